"""Why a record was found: which field holds each word that was asked for, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES
from crm_desktop.model.channel import CHANNELS, channel_label
from crm_desktop.model.fields import field_named, own_fields
from crm_desktop.store.sources import COMPANY, HANDLE, NUMBER, OWN, PEOPLE, Source
from crm_desktop.text.folding import fold
from crm_desktop.text.pieces import SHORT, query_words
from crm_desktop.text.spans import INITIALS, SPELT, WRITTEN, Found, Span, snippet, spelt, written

NAMES = ("name", "full_name")
"""The fields that a record is called by: what is found there is seen in its name."""
TAIL = 8
"""How many digits are still said to be the last ones of a number, and not the number."""
LONGEST = 48
"""How much of a text is shown."""
BODY, LONGEST_BODY = "summary", 64
"""The text that an activity is about, and how much of it is shown."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a record was found by."""

    field: str
    """The field, such as `mobile`; `name` and `full_name` for a name that is spelt otherwise than it is written."""
    label: str
    """What kind of thing it is, in words: the name of the field, “pinyin”, “initials” or “ends”."""
    text: str
    """What was found there."""
    spans: tuple[Span, ...] = ()
    """Which parts of the text were asked for."""

    def __str__(self) -> str:
        return f"{self.label} {self.text}".strip()


@dataclass(slots=True)
class Evidence:
    """What is told of a record about a query."""

    name: list[Span] = field(default_factory=list)
    """The parts of its name that were asked for, as written or as spelt."""
    reasons: list[Reason] = field(default_factory=list)


def evidence(entity: str, query: str, sources: Sequence[Source]) -> Evidence:
    """Where the words of a query stand among the texts of a record; each word is told once, where it says most."""
    found = Evidence()
    whole = _held(fold(query), sources)
    for word in (fold(query),) if whole else query_words(query):
        held = whole or _held(word, sources)
        if held is not None:
            _tell(found, entity, word, *held)
    found.name.sort()
    return found


def _held(word: str, sources: Sequence[Source]) -> tuple[Source, Found] | None:
    """The first text that holds a word, and where; what begins with it goes before what has it inside."""
    for is_generous in (False, True):
        for source in sources:
            if there := _place(word, source, is_generous=is_generous):
                return source, there
    return None


def _place(word: str, source: Source, *, is_generous: bool) -> Found | None:
    """Where a word stands in a text, as the search reads that text; the generous way looks inside all words."""
    if source.way == NUMBER:
        return written(word, source.text) if is_generous or len(word) >= SHORT else None
    if source.way in (PEOPLE, COMPANY, HANDLE):
        there = written(word, source.text, inside=is_generous or len(word) >= SHORT)
        return there or spelt(word, source.text, surname=source.way != COMPANY, initials=source.way != HANDLE)
    return written(word, source.text, inside=is_generous)


def _tell(found: Evidence, entity: str, word: str, source: Source, there: Found) -> None:
    if source.field in NAMES:
        found.name += [each for each in there.spans if each not in found.name]
        if there.how == WRITTEN:
            return
    reason = _reason(entity, word, source, there)
    for place, told in enumerate(found.reasons):
        if (told.field, told.text) == (reason.field, reason.text):
            found.reasons[place] = replace(told, spans=tuple(sorted({*told.spans, *reason.spans})))
            return
    found.reasons.append(reason)


def _reason(entity: str, word: str, source: Source, there: Found) -> Reason:
    if source.field in NAMES and there.how in (SPELT, INITIALS):
        return Reason(source.field, _("pinyin") if there.how == SPELT else _("initials"), word)
    if source.way == NUMBER:
        if source.text.endswith(word) and len(word) <= TAIL and word != source.text:
            return Reason(source.field, _("ends"), word)
        shown = written(word, source.shown)
        return Reason(source.field, label(entity, source.field), source.shown, shown.spans if shown else ())
    text, spans = source.shown, there.spans
    room = LONGEST_BODY if source.field == BODY else LONGEST
    if len(text) > room or "\n" in text:
        text, spans = snippet(text, spans, room)
    return Reason(source.field, label(entity, source.field), text, spans)


def label(entity: str, name: str) -> str:
    """The word for a field that was found in, as `store.sources` names it."""
    if name in CHANNELS:
        return channel_label(name)
    if name.startswith(OWN):
        own = int(name.removeprefix(OWN))
        return next((each.label for fields in own_fields().values() for each in fields if each.own == own), "")
    return field_named(ENTITIES[entity], name).label
