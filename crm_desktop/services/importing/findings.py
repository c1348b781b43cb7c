"""What is worth a look after an import: blanks that are wanted, values that are doubtful, rows about one person."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.line import NOT_SAID, Part
from crm_desktop.services.importing.parts import PARTS
from crm_desktop.services.importing.plan import Outcome, Plan, PlanRow
from crm_desktop.services.importing.targets import code_of

MISSING, SUSPICIOUS, DUPLICATE = "missing", "suspicious", "duplicate"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A sentence about a row and the record that it is about."""

    row: int
    kind: str
    sentence: str
    entity: str
    key: int


class Missing:
    """Notes of new records, in as little room as can be, which wanted fields are still blank in them."""

    def __init__(self, book: Book) -> None:
        self._wanted: dict[str, dict[str, str]] = {"user": {}, **{part.entity: {} for part in PARTS}}
        """The fields that are wanted by name, and what they are called, by kind of record."""
        for each in (field for fields in book.fields.values() for field in fields.values() if field.wanted):
            entity, _dot, name = code_of(each).partition(".")
            if not each.read_only:
                self._wanted[entity][name] = book.fields[entity][name].label
        self._of = array("I")
        self._every: list[tuple[str, ...]] = [()]
        self._places: dict[tuple[str, ...], int] = {(): 0}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}

    def note(self, drafts: Iterable[Draft]) -> None:
        """Note it of new records, perhaps anew."""
        for draft in drafts:
            labels = _missing(draft, self._wanted[draft.entity])
            if -draft.key >= len(self._of):
                self._of.extend(repeat(0, 1 - draft.key - len(self._of)))
            if labels not in self._places:
                self._places[labels] = len(self._every)
                self._every.append(labels)
            self._of[-draft.key] = self._places[labels]

    def of(self, made: Iterable[int]) -> tuple[str, ...]:
        """The labels of the fields that are blank in some new records."""
        labels = tuple(dict.fromkeys(label for key in made for label in self._every[self._of[-key]]))
        return self._same.setdefault(labels, labels)


def _missing(draft: Draft, wanted: Mapping[str, str]) -> tuple[str, ...]:
    values, first = draft.values, draft.first
    blank = _blank(values, wanted)
    if blank and first is not values:
        blank = _blank(first, blank)
    return tuple([wanted[name] for name in blank])


def _blank(values: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    if isinstance(values, Part):
        return values.blank(names)
    return [name for name in names if values.get(name) in NOT_SAID]


def findings(plan: Plan, ids: Mapping[int, int]) -> Iterator[FindingLine]:
    """Everything worth a look; `ids` are the identities of the records that were made."""
    for row in plan.rows:
        if row.outcome in (Outcome.CREATE, Outcome.UPDATE):
            entity, key = ("contact", row.contact) if row.contact is not None else ("account", row.account)
            if key is not None:
                about = (entity, ids.get(key, key))
                for kind, sentence in _of_row(row):
                    yield FindingLine(row.number, kind, sentence, *about)


def _of_row(row: PlanRow) -> Iterator[tuple[str, str]]:
    if row.missing:
        yield MISSING, _("Still blank: {fields}.").format(fields=", ".join(row.missing))
    for each in row.warnings:
        yield SUSPICIOUS, each
    if row.same_as is not None:
        yield DUPLICATE, _("The same as row {row} of the file; both were put together.").format(row=row.same_as)
