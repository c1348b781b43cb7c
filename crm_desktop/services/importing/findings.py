"""What is worth a look after an import: blanks that are wanted, values that are doubtful, rows about one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model.fields import Field
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


def findings(plan: Plan, ids: Mapping[int, int]) -> Iterator[FindingLine]:
    """Everything worth a look; `ids` are the identities of the records that were made."""
    wanted: dict[str, list[Field]] = {part.entity: [] for part in PARTS}
    for each in (field for fields in plan.book.fields.values() for field in fields.values() if field.wanted):
        entity, _dot, name = code_of(each).partition(".")
        if not each.read_only:
            wanted[entity].append(plan.book.fields[entity][name])
    for row in plan.rows:
        if row.outcome in (Outcome.CREATE, Outcome.UPDATE):
            entity, key = ("contact", row.contact) if row.contact is not None else ("account", row.account)
            if key is not None:
                about = (entity, ids.get(key, key))
                for kind, sentence in _of_row(plan, row, wanted):
                    yield FindingLine(row.number, kind, sentence, *about)


def _of_row(plan: Plan, row: PlanRow, wanted: Mapping[str, list[Field]]) -> Iterator[tuple[str, str]]:
    missing = [
        field.label
        for entity, key, values in row.fresh
        for field in wanted[entity]
        if _is_missing(values, field) and _is_missing(plan.drafts[entity][key].values, field)
    ]
    if missing:
        yield MISSING, _("Still blank: {fields}.").format(fields=", ".join(dict.fromkeys(missing)))
    for each in row.warnings:
        yield SUSPICIOUS, each
    if row.same_as is not None:
        yield DUPLICATE, _("The same as row {row} of the file; both were put together.").format(row=row.same_as)


def _is_missing(values: Mapping[str, Any], field: Field) -> bool:
    return values.get(field.name) in (None, "", ())
