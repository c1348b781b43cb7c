"""vCards as a sheet: a row for each card, under the words that stand above our own lists of contacts."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import encodings, vcard_fields
from crm_desktop.exchange.encodings import Coding
from crm_desktop.exchange.vcard_fields import Found
from crm_desktop.exchange.vcard_lines import Property, RawCard, decoded, property_of, raw_cards
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.text.sheet import Cell, Row, Sheet

LARGEST_FILE = 200 * 2**20
MOST_CARDS = 200_000
MOST_TOLD = 200
"""So many cards are named when something is wrong with them; the rest is counted."""
RECORD_LABEL = N_("Record id")
ALWAYS = ("contact.full_name", "contact.account", "contact.mobile", "contact.email")
"""The columns that are there even when no card fills them, so that the header is known for ours."""
Values: TypeAlias = Mapping[str, list[str]]
NOTHING: Values = {}
SAME_PERSON = ("contact.full_name", "contact.mobile", "contact.email", "contact.wechat")
"""What a row for a further company repeats, so that it is known whom it is about."""
FIRST_ROWS = 50
"""A column of identities must begin among these, or nobody could tell what the sheet is about."""
FOLD = re.compile(rb"\r?\n[ \t]")
WIDE = ("utf-16", "utf-32")
"""Encodings in which a line end is no single byte."""


def sheet_names(path: Path) -> list[str]:
    """A file of cards is a single sheet, called like the file."""
    return [path.stem]


def read(path: Path, _sheet: str = "", encoding: str = "") -> Sheet:
    """The cards of a file that can be taken, each with its warnings and those of the others in the notes.

    The header stands in row 1, so that card 1 is row 2, as in a list. Raises FileProblem when there is no card at all.
    """
    raw, coding = _bytes(path, encoding)
    cards: list[tuple[int, Found]] = []
    told: list[str] = []
    number = 0
    for card in raw_cards(raw.removeprefix(codecs.BOM_UTF8)):
        number = card.number
        if number > MOST_CARDS:
            message = _("“{name}” is too large: at most {cards} cards can be read. Split the file.")
            raise FileProblem(message.format(name=path.name, cards=f"{MOST_CARDS:,}"))
        found = _understood(card, coding.codec, told)
        if found is not None:
            cards.append((number, found))
    if not number:
        message = _("“{name}” holds no contact card (BEGIN:VCARD). Choose a vCard file.")
        raise FileProblem(message.format(name=path.name))
    if not cards:
        raise FileProblem(_("No card of “{name}” can be taken. {reason}").format(name=path.name, reason=told[0]))
    header, rows = _as_rows([found for _number, found in cards])
    numbered = [(number + 1, row) for (number, _found), several in zip(cards, rows, strict=True) for row in several]
    numbers = [1, *(number for number, _row in numbered)]
    notes = (*_guessed(coding, [found for _number, found in cards]), *_limited(told))
    return Sheet(path.stem, [header, *(row for _number, row in numbered)], numbers, notes, coding.name)


def _understood(card: RawCard, encoding: str, told: list[str]) -> Found | None:
    """What a card says, None when it cannot be taken; what is to be said about it is added to `told`."""
    properties = _properties(card, encoding)
    found = vcard_fields.read(properties)
    found.is_guessed = any(not each.value.isascii() and not each.param("CHARSET") for each in properties)
    name = next(iter(found.values["contact.full_name"] or found.values["contact.account"]), "")
    problem = card.problem
    if not problem and vcard_fields.is_group(properties):
        problem = _("it stands for a group, not for a person.")
    elif not problem and not any(found.values.values()):
        problem = _("it says nothing.")
    sentences = [problem] if problem else [*card.warnings, *found.warnings]
    told += [_told(card.number, name, each) for each in sentences]
    return None if problem else found


def _told(number: int, name: str, sentence: str) -> str:
    if name:
        return _("Card {number} ({name}): {sentence}").format(number=number, name=name[:40], sentence=sentence)
    return _("Card {number}: {sentence}").format(number=number, sentence=sentence)


def _properties(card: RawCard, encoding: str) -> list[Property]:
    """The lines of a card; what is none belongs to the line above, as when a program forgot to protect a line feed."""
    properties: list[Property] = []
    for line in card.lines:
        found = property_of(line, encoding)
        if found is not None:
            properties.append(found)
            if found.odd:
                message = _("“{name}” is not in the encoding of the file; it was read as {encoding}.")
                card.warnings.append(message.format(name=found.name, encoding=found.odd.upper()))
        elif text := decoded(line, "", encoding)[0].strip():
            properties.append(Property("NOTE", text.replace("\\", "\\\\")))
            card.warnings.append(_("“{text}” is no line of a card and was kept in the notes.").format(text=text[:40]))
    return properties


def _guessed(coding: Coding, cards: Sequence[Found]) -> Iterator[str]:
    """That the encoding was guessed, when any text hangs on it: most lines of version 2.1 name their own."""
    if coding.is_guess and any(each.is_guessed for each in cards):
        message = _("The file is not UTF-8; it was read as {encoding}. If names look wrong, choose another encoding.")
        yield message.format(encoding=coding.name.upper())


def _limited(told: Sequence[str]) -> Iterator[str]:
    yield from islice(told, MOST_TOLD)
    if len(told) > MOST_TOLD:
        rest = len(told) - MOST_TOLD
        yield ngettext("{count} more card has a warning.", "{count} more cards have warnings.", rest)


def _as_rows(cards: Sequence[Found]) -> tuple[Row, list[list[Row]]]:
    """The header and the rows of each card, one for each of its companies, with the columns that any card fills."""
    columns = _columns()
    if not any(each.values.get("record.id") for each in cards[:FIRST_ROWS]):
        del columns["record.id"]
    for card in cards:
        _spell_out(card, columns)
    used = {code for card in cards for values in (card.values, *card.places) for code, texts in values.items() if texts}
    chosen = [code for code in columns if code in used or code in ALWAYS]
    labels = list(dict.fromkeys(label for card in cards for label in card.own))
    rows: list[list[Row]] = []
    for card in cards:
        same = {code: card.values[code] for code in SAME_PERSON if code in card.values}
        further = [({**same, **place}, NOTHING) for place in card.places]
        rows.append([_row(chosen, labels, *each) for each in [(card.values, card.own), *further]])
    return (*(columns[code] for code in chosen), *labels), rows


def _row(chosen: Sequence[str], labels: Sequence[str], values: Values, own: Values) -> Row:
    return (
        *(_cell(code, values.get(code)) for code in chosen),
        *("、".join(own.get(each, ())) or None for each in labels),
    )


def _columns() -> dict[str, str]:
    """The words above our own lists of contacts, by the code of the field."""
    from crm_desktop.model import Affiliation, Contact
    from crm_desktop.model.fields import fields_of

    fields = [*fields_of(Contact), *fields_of(Affiliation)]
    there = {each.name for each in fields_of(Contact)}
    words = {each.code: each.label for each in fields if each.entity == "contact" or each.name not in there}
    return {**words, "record.id": _(RECORD_LABEL)}


def _spell_out(card: Found, columns: Mapping[str, str]) -> None:
    """Give own lines the codes of their fields, and put into the notes what has no column."""
    spelled = {code.replace("_", "-").replace(".", "-"): code for code in columns}
    for code in [each for each in card.values if each not in columns]:
        texts = card.values.pop(code)
        if code in spelled:
            card.values[spelled[code]] = texts
        else:
            for text in texts:
                card.keep(code, text)
    for code, label in columns.items():
        if code not in _marks():
            for text in card.values.get(code, ())[1:]:
                card.keep(label, text)
    if card.notes:
        card.values["contact.note"] = [*card.values.get("contact.note", ()), *card.notes]


def _cell(code: str, texts: Sequence[str] | None) -> Cell:
    """Several values in one cell, as the kind of the field takes them apart again."""
    if not texts or not texts[0]:
        return None
    mark = _marks().get(code)
    return texts[0] if mark is None else mark.join(texts)


@cache
def _marks() -> dict[str, str]:
    """What stands between several values, by the code of each field that holds several."""
    from crm_desktop.model import Contact
    from crm_desktop.model.address import AddressKind
    from crm_desktop.model.channel import ChannelKind
    from crm_desktop.model.fields import declared_fields
    from crm_desktop.model.kinds import Choices
    from crm_desktop.model.tag import TagsKind

    found = {"contact.linkedin": " ", "contact.note": "\n"}
    for each in declared_fields(Contact):
        if isinstance(each.kind, ChannelKind | AddressKind | Choices | TagsKind):
            words = "\n" if isinstance(each.kind, AddressKind) else "、"
            found.setdefault(each.code, "; " if isinstance(each.kind, ChannelKind) else words)
    return found


def _bytes(path: Path, encoding: str) -> tuple[bytes, Coding]:
    """The file, and the encoding of what names none of its own."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileProblem(_("“{name}” is too large. Split it into smaller files.").format(name=path.name))
        with path.open("rb") as file:
            raw = file.read()
            whole = file if raw.isascii() else BytesIO(FOLD.sub(b"", raw))
            coding = encodings.chosen(encoding, file) if encoding else encodings.found_in(whole)
    except FileNotFoundError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    except (OSError, LookupError) as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error
    if coding is None:
        message = _("“{name}” holds no contact card (BEGIN:VCARD). Choose a vCard file.")
        raise FileProblem(message.format(name=path.name))
    if coding.name in WIDE:
        return raw.decode(coding.codec, errors="replace").encode(), Coding(coding.name, "utf-8")
    return raw, coding
