"""Doubtful rows beside the records that they may mean, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from crm_desktop.model import Contact
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.plan import Candidate, Doubt, Pair
from crm_desktop.services.importing.targets import code_of
from crm_desktop.store import queries

Texts = Mapping[str, str]
LONGEST = 300
"""Characters of a value that are shown."""


def side_by_side(session: Session, doubts: Sequence[Doubt], lines: Sequence[Line], book: Book) -> list[Doubt]:
    """The doubts with the values of both sides, of the fields that either has."""
    if not doubts:
        return []
    by_key = {line.key: line for line in lines}
    keys = {key for doubt in doubts for each in doubt.candidates if (key := _key(each))}
    fields = [each for each in book.fields["contact"].values() if each.own != 0]
    there = queries.values(session, Contact, fields, sorted(keys))
    labels = {code_of(each): each.label for each in fields}
    known = {
        key: {code_of(each): book.shown(each, row[each.name]) for each in fields if row[each.name]}
        for key, row in there.items()
    }
    found = []
    for doubt in doubts:
        ours = _said(by_key[doubt.key], book)
        candidates = []
        for each in doubt.candidates:
            key = _key(each)
            theirs = known.get(key, {}) if key else _said(by_key[_line_of(each)], book)
            candidates.append(replace(each, fields=_pairs(labels, ours, theirs)))
        found.append(replace(doubt, candidates=tuple(candidates)))
    return found


def _pairs(labels: Texts, ours: Texts, theirs: Texts) -> tuple[Pair, ...]:
    return tuple(
        Pair(label, ours.get(code, "")[:LONGEST], theirs.get(code, "")[:LONGEST])
        for code, label in labels.items()
        if code in ours or code in theirs
    )


def _said(line: Line, book: Book) -> dict[str, str]:
    """What a row says, by target."""
    found = {"account.name": line.company} if line.company else {}
    for entity in ("contact", "affiliation"):
        for name, value in line.part(entity).items():
            found[f"{entity}.{name}"] = book.shown(book.fields[entity][name], value)
    return found


def _line_of(candidate: Candidate) -> str:
    """The key of the line that made a candidate."""
    return candidate.decision.removeprefix(choices.SAME_ROW)


def _key(candidate: Candidate) -> int:
    """The contact that a candidate is, 0 when it is one of another row."""
    if candidate.decision.startswith(choices.SAME_ROW):
        return 0
    return int(candidate.decision.removeprefix(choices.SAME))
