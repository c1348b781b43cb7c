"""What an import is going to do, row by row: the preview and the writing are both made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crm_desktop.model.fields import Field
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.reading import ColumnCheck
from crm_desktop.services.importing.sheet_layout import Layout
from crm_desktop.text.sheet import Sheet


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    SAME = "same"
    LEFT_OUT = "left_out"
    """The mode does not allow what the row asks for."""
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that gets another value, in words."""

    entity: str
    record: int
    code: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """A field that gets another value; negative numbers stand for records that are to be made."""

    entity: str
    record: int
    field: Field
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a doubtful row may mean, and why it may."""

    decision: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row of which nobody but the user knows whether its person is there already."""

    row: int
    title: str
    candidates: tuple[Candidate, ...]
    decision: str


@dataclass(slots=True)
class PlanRow:
    """What becomes of one row."""

    number: int
    outcome: Outcome
    title: str
    steps: list[Step] = field(default_factory=list)
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    account: int | None = None
    contact: int | None = None
    users: Mapping[int, str] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields that change, in words."""
        return tuple(self._in_words(each) for each in self.steps)

    def _in_words(self, step: Step) -> FieldChange:
        def shown(value: Any) -> str:
            return self.users.get(value) or (step.field.kind.show(value) if value is not None else "")

        field = step.field
        return FieldChange(step.entity, step.record, field.code, field.label, shown(step.old), shown(step.new))


@dataclass(slots=True)
class Counts:
    """How many rows come to what, and how many records are made."""

    create: int = 0
    update: int = 0
    same: int = 0
    left_out: int = 0
    problem: int = 0
    accounts: int = 0
    contacts: int = 0
    affiliations: int = 0
    activities: int = 0

    @property
    def rows(self) -> int:
        """All rows of the file below its header."""
        return self.create + self.update + self.same + self.left_out + self.problem


@dataclass(slots=True)
class Draft:
    """A record as it is going to be: what it holds now, and which of that is new."""

    entity: str
    key: int
    values: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Field] = field(default_factory=dict)
    added: dict[str, list[Any]] = field(default_factory=dict)
    """New values of fields that hold several in a related table, by name."""
    links: dict[str, Any] = field(default_factory=dict)
    """Columns that are no fields, such as the parent of an account."""

    @property
    def is_new(self) -> bool:
        """Whether the record is to be made."""
        return self.key < 0

    @property
    def is_written(self) -> bool:
        """Whether anything of it is to be written."""
        return self.is_new or bool(self.changed or self.added or self.links)


@dataclass(slots=True)
class Plan:
    """All that an import is going to do; `basis` is the newest change set that it knows of."""

    sheet: Sheet
    layout: Layout
    options: Options
    basis: int
    rows: list[PlanRow] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    doubts: list[Doubt] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    checks: dict[int, ColumnCheck] = field(default_factory=dict)
    """How the values of each mapped column fit, by its place."""
    drafts: dict[tuple[str, int], Draft] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The words above the columns."""
        return self.layout.headers

    @property
    def warnings(self) -> list[tuple[int, str]]:
        """Everything doubtful, with the number of its row in the file."""
        return [(row.number, each) for row in self.rows for each in row.warnings]

    def of(self, outcome: Outcome) -> list[PlanRow]:
        """The rows of one outcome."""
        return [each for each in self.rows if each.outcome == outcome]

    def new(self, entity: str) -> Iterator[Draft]:
        """The records of a kind that are to be made, in the order of the file."""
        return (each for (table, key), each in self.drafts.items() if table == entity and key < 0)
