"""What an import is going to do, row by row: the preview and the writing are both made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from crm_desktop.model.fields import Field
from crm_desktop.services.importing.book import PLACE, Book
from crm_desktop.services.importing.column import ColumnCheck
from crm_desktop.services.importing.date_order import DateOrder
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.drafts import Drafts
from crm_desktop.services.importing.foreign import Foreign
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.own_columns import NewField
from crm_desktop.services.importing.sheet_layout import Layout
from crm_desktop.services.importing.source import Source
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


class Step(NamedTuple):
    """A field that gets another value; negative numbers stand for records that are to be made."""

    entity: str
    record: int
    field: Field
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Pair:
    """A field of a doubtful row beside that of the record it may mean: what the file says, and what is there."""

    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a doubtful row may mean, and why it may."""

    decision: str
    title: str
    reason: str
    certainty: float = 0.0
    fields: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody of whom nobody but the user knows whether that person is there already."""

    key: str
    """What decisions call it: the number of the row, with `:2` or `:3` for its second or third person."""
    row: int
    title: str
    candidates: tuple[Candidate, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed in the file and here since it was exported."""

    row: int
    code: str
    label: str
    title: str
    mine: str
    file: str
    decision: str

    @property
    def key(self) -> str:
        """What decisions call it."""
        return f"{self.row}:{self.code}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no record, such as a total."""

    number: int
    sentence: str


@dataclass(slots=True)
class PlanRow:
    """What becomes of one row."""

    number: int
    outcome: Outcome
    title: str
    book: Book = field(repr=False)
    drafts: Drafts = field(repr=False)
    makes: Sequence[int] = ()
    """The numbers of the records that the row makes."""
    missing: tuple[str, ...] = ()
    """The labels of the fields that are wanted and still blank in them."""
    other_steps: Sequence[Step] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    account: int | None = None
    contact: int | None = None
    same_as: int | None = None
    """The earlier row of the file that is about the same person, or the same company when it names nobody."""

    @property
    def made(self) -> list[Draft]:
        """The records that the row makes."""
        return [self.drafts.look(each) for each in self.makes]

    @property
    def steps(self) -> list[Step]:
        """The fields that change; those of new records were blank before."""
        found, places = [], []
        for draft in self.made:
            fields = self.book.fields[draft.entity]
            found += [Step(draft.entity, draft.key, fields[name], None, each) for name, each in draft.first.items()]
            if draft.contact is not None:
                places.append(Step("contact", draft.contact, PLACE, None, self.book.accounts[draft.account or 0]))
        return [*found, *places, *self.other_steps]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields that change, in words."""
        return tuple(self._in_words(each) for each in self.steps)

    def _in_words(self, step: Step) -> FieldChange:
        show, found = self.book.shown, step.field
        return FieldChange(
            step.entity, step.record, found.code, found.label, show(found, step.old), show(found, step.new)
        )


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


@dataclass
class Plan:
    """All that an import is going to do; `basis` is the newest change set that it knows of."""

    sheet: Sheet
    layout: Layout
    options: Options
    basis: int
    book: Book
    source: Source | None = None
    rows: list[PlanRow] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    doubts: list[Doubt] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    dates: DateOrder = field(default_factory=DateOrder)
    new_fields: tuple[NewField, ...] = ()
    checks: dict[int, ColumnCheck] = field(default_factory=dict)
    """How the values of each mapped column fit, by its place."""
    drafts: Drafts = field(default_factory=Drafts)
    wanted: Mapping[int, int] = field(default_factory=dict)
    """The identities that new records have in the file, by their numbers; they get them where these are free."""
    foreign: Foreign = field(default_factory=Foreign)
    """Which record each identity of the file means."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The words above the columns."""
        return self.layout.headers

    @cached_property
    def warnings(self) -> list[tuple[int, str]]:
        """Everything doubtful, with the number of its row in the file."""
        return [(row.number, each) for row in self.rows for each in row.warnings]

    def of(self, outcome: Outcome) -> list[PlanRow]:
        """The rows of one outcome."""
        return [each for each in self.rows if each.outcome == outcome]

    def forget(self, details: int) -> None:
        """Let go of what was to be written, but for the details of so many rows of each outcome."""
        told: Counter[Outcome] = Counter()
        for row in self.rows:
            told[row.outcome] += 1
            if told[row.outcome] > details:
                row.makes, row.other_steps = (), ()
        self.drafts.forget({each for row in self.rows for each in row.makes})
