"""What is worth a look after an import: blanks that are wanted, values that are doubtful, rows about one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model.fields import Field
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.draft import Draft
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


def note_missing(rows: Iterable[PlanRow], book: Book) -> None:
    """Have the rows of a plan say which wanted fields are still blank in the records that they make."""
    wanted: dict[str, list[Field]] = {part.entity: [] for part in PARTS}
    for each in (field for fields in book.fields.values() for field in fields.values() if field.wanted):
        entity, _dot, name = code_of(each).partition(".")
        if not each.read_only:
            wanted[entity].append(book.fields[entity][name])
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        if row.made:
            labels = tuple(
                dict.fromkeys(label for draft in row.made for label in _missing(draft, wanted[draft.entity]))
            )
            row.missing = same.setdefault(labels, labels)


def _missing(draft: Draft, wanted: Iterable[Field]) -> Iterator[str]:
    for each in wanted:
        if _is_missing(draft.first, each) and _is_missing(draft.values, each):
            yield each.label


def _is_missing(values: Mapping[str, Any], field: Field) -> bool:
    return values.get(field.name) in (None, "", ())


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
