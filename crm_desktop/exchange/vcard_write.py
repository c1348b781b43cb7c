"""vCards for other address books: version 3.0, which every telephone reads, or 4.0.

What has no line of its own in the standard is written into lines of ours (X-CRM-…), so that a card comes back as it
was; what other people should read of them stands in a note as well, which we pass over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from crm_desktop.exchange.vcard_fields import IN_WORDS, OWN, OWN_FIELD, PLACE, RECORD, SEXES
from crm_desktop.exchange.writing import EVERY, Written, cleaned, whole_file
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model.kinds import Birthday
from crm_desktop.text.card import Card, Place, Texts

V3, V4 = "3.0", "4.0"
VERSIONS = (V3, V4)
MOST_NOTES = 200
SIMPLE = {
    "contact.title": "TITLE",
    "affiliation.responsibility": "ROLE",
    "contact.wechat": "X-WECHAT-ID",
    "contact.qq": "X-QQ",
    "contact.linkedin": "X-SOCIALPROFILE;TYPE=linkedin",
    "contact.note": "NOTE",
}
OF_PLACE = ("contact.account", "contact.title", "contact.department")
"""What is said of the main place under the names of the contact's fields."""
LETTERS = {code: letter for letter, code in SEXES.items()}
YEARLESS = "BDAY;X-APPLE-OMIT-YEAR=1604:1604"


def write(path: Path, cards: Iterable[Card], total: int = 0, version: str = V3) -> Job[Written]:
    """Write cards to a file one after the other, so that any number of them fits in memory."""
    from icalendar.parser import Contentline

    done, notes = 0, list[str]()
    with whole_file(path) as part, part.open("wb") as file:
        for done, card in enumerate(cards, start=1):
            for line in lines(card, version):
                file.write(Contentline(line).to_ical())  # type: ignore[no-untyped-call] # the library has no types here
                file.write(b"\r\n")
            if _is_broken(card) and len(notes) < MOST_NOTES:
                message = _("Card {number} ({name}): characters that no file can hold were left out.")
                notes.append(message.format(number=done, name=cleaned(card.name).text[:40]))
            if done % EVERY == 0:
                yield Progress(done, total)
    return Written(path, done, tuple(notes))


def _is_broken(card: Card) -> bool:
    """Whether a text of the card holds what a file cannot."""
    groups: list[Texts] = [card.values, card.own, *(place.values for place in card.places)]
    texts = [card.name, *(text for group in groups for several in group.values() for text in several)]
    return any(cleaned(each).is_changed for each in texts)


def lines(card: Card, version: str = V3) -> Iterator[str]:
    """The lines of a card before they are folded."""
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield "PRODID:-//crm_desktop//contacts//EN"
    yield f"FN:{_escaped(card.name)}"
    yield f"N:{_parts(card.family, card.given if card.family or card.given else card.name)};;;"
    left = dict(card.values)
    left.pop("contact.full_name", None)
    for place in card.places[:1]:
        left |= {code: texts for code, texts in place.values.items() if texts}
        yield from _main_place(place, left)
    for code, writer in WRITERS.items():
        yield from writer(left.pop(code, ()), version)
    for code, name in SIMPLE.items():
        for text in left.pop(code, ()):
            yield f"{name}:{_escaped(text)}"
    for code, texts in left.items():
        for text in texts:
            yield f"{_own_name(code)}:{_escaped(text)}"
    for label, texts in card.own.items():
        for text in texts:
            yield f'{OWN_FIELD};LABEL="{_caret(label)}":{_escaped(text)}'
    for place in card.places[1:]:
        yield from _further_place(place)
    yield from _photo(card.photo, version)
    yield from _marks(card)
    yield "END:VCARD"


def _main_place(place: Place, left: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Where the person works; where nobody works any more, only we read of it."""
    if place.is_current:
        yield f"ORG:{_parts(place.company, *left.pop('contact.department', ()))}"
        return
    left["contact.account"] = (place.company,)
    for code in OF_PLACE:
        for text in left.pop(code, ()):
            yield f"{_own_name(code)}:{_escaped(text)}"


def _further_place(place: Place) -> Iterator[str]:
    """A second company: a line for us, and a note for everybody else."""
    said = [f"{code}={text}" for code, texts in place.values.items() for text in texts]
    yield f"{PLACE}:{_parts(place.record, place.company, *said)}"
    if place.is_current:
        told = [place.company, *(text for code in OF_PLACE[1:] for text in place.values.get(code, ()))]
        yield _in_words(_("Also at: {place}").format(place=" · ".join(told)))


def _phones(types: str) -> Callable[[tuple[str, ...], str], Iterator[str]]:
    def written(texts: tuple[str, ...], version: str) -> Iterator[str]:
        for place, text in enumerate(texts):
            yield f"TEL;TYPE={types}{_preferred(place, texts, version)}:{_escaped(text)}"

    return written


def _mails(texts: tuple[str, ...], version: str) -> Iterator[str]:
    for place, text in enumerate(texts):
        kind = "INTERNET,WORK" if version == V3 else "WORK"
        yield f"EMAIL;TYPE={kind}{_preferred(place, texts, version)}:{_escaped(text)}"


def _preferred(place: int, texts: tuple[str, ...], version: str) -> str:
    if place or len(texts) < 2:
        return ""
    return ",PREF" if version == V3 else ";PREF=1"


def _addresses(texts: tuple[str, ...], _version: str) -> Iterator[str]:
    for text in texts:
        yield f"ADR;TYPE=WORK:;;{_escaped(text)};;;;"


def _tags(texts: tuple[str, ...], _version: str) -> Iterator[str]:
    if texts:
        yield f"CATEGORIES:{','.join(_escaped(each) for each in texts)}"


def _gender(texts: tuple[str, ...], version: str) -> Iterator[str]:
    for text in texts:
        name = "X-GENDER" if version == V3 else "GENDER"
        yield f"{name}:{LETTERS[text]}" if text in LETTERS else f"{name}:;{_escaped(text)}"


def _birthday(texts: tuple[str, ...], version: str) -> Iterator[str]:
    """A lunar day is another one every year, so that only words can tell it to other programs."""
    for text in texts:
        day = Birthday.day(text)
        if day is None or day.lunar:
            yield f"{_own_name('contact.birthday')}:{_escaped(text)}"
            yield _in_words(_("Birthday: {day}").format(day=Birthday().show(text)))
        elif version == V3:
            yield f"{f'BDAY:{day.year:04}' if day.year else YEARLESS}-{day.month:02}-{day.day:02}"
        else:
            yield f"BDAY:{f'{day.year:04}' if day.year else '--'}{day.month:02}{day.day:02}"


def _photo(uri: str, version: str) -> Iterator[str]:
    if uri and version == V3:
        head, _mark, data = uri.partition(",")
        yield f"PHOTO;ENCODING=b;TYPE={head.partition('/')[2].partition(';')[0].upper()}:{data}"
    elif uri:
        yield f"PHOTO:{uri}"


def _marks(card: Card) -> Iterator[str]:
    """By what other programs, and we, find the same person again."""
    if card.record:
        person = card.record.partition("/")[0]
        yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, person)}"
        yield f"{RECORD}:{_escaped(card.record)}"
    if card.changed is not None:
        yield f"REV:{card.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _in_words(text: str) -> str:
    return f"NOTE;{IN_WORDS}=1:{_escaped(text)}"


def _caret(text: str) -> str:
    """A text as a parameter may hold it (RFC 6868)."""
    return cleaned(text).text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def _own_name(code: str) -> str:
    return OWN + code.upper().replace(".", "-").replace("_", "-")


def _parts(*texts: str) -> str:
    return ";".join(_escaped(each) for each in texts)


def _escaped(text: str) -> str:
    """A text that no comma, semicolon or line feed ends."""
    text = cleaned(text).text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")


WRITERS: dict[str, Callable[[tuple[str, ...], str], Iterator[str]]] = {
    "contact.mobile": _phones("CELL,VOICE"),
    "contact.phone": _phones("WORK,VOICE"),
    "contact.email": _mails,
    "contact.address": _addresses,
    "contact.birthday": _birthday,
    "contact.gender": _gender,
    "contact.tags": _tags,
}
