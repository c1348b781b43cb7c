"""What the worker found out about a file and about an import, as the page reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SURE = 0.8
"""A mapping that is less certain than this is to be looked at."""
SURE_ORIGINS = ("own", "remembered")
CREATE, UPDATE, SAME, LEFT_OUT, PROBLEM = "create", "update", "same", "left_out", "problem"
OUTCOMES = (CREATE, UPDATE, SAME, LEFT_OUT, PROBLEM)
SAME_ROW = "same:row:"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column of the file and where it seems to belong."""

    place: int
    letter: str
    header: str
    samples: tuple[str, ...]
    target: str
    certainty: float
    origin: str

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody had better look at its target."""
        return bool(self.target) and self.origin not in SURE_ORIGINS and self.certainty < SURE


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was read: its sheets, its first rows and its columns."""

    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    rows: int
    columns: tuple[ColumnFacts, ...]
    notes: tuple[str, ...] = ()
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def is_remembered(self) -> bool:
        """Whether such a file was imported before, or comes from here."""
        return any(each.origin in SURE_ORIGINS for each in self.columns)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> FileFacts:
        """The facts in what the worker printed."""
        columns = tuple(
            ColumnFacts(
                int(each["place"]),
                str(each["letter"]),
                str(each["header"]),
                tuple(each["samples"]),
                each["target"] or "",
                float(each["certainty"]),
                str(each["origin"]),
            )
            for each in told["columns"]
        )
        first = tuple((int(number), tuple(cells)) for number, cells in told["first"])
        sheets, notes = tuple(told["sheets"]), tuple(told["notes"])
        return cls(sheets, str(told["sheet"]), int(told["header_row"]), int(told["rows"]), columns, notes, first)


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """How the values of a column fit the field it goes to."""

    filled: int = 0
    doubtful: int = 0
    corrected: int = 0
    example: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A field that gets another value."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What becomes of one row of the file."""

    number: int
    outcome: str
    title: str
    changes: tuple[ChangeFacts, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """Somebody whom a doubtful row may mean."""

    decision: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtFacts:
    """A row of which only a person can say whether it is about somebody who is there."""

    row: int
    title: str
    candidates: tuple[CandidateFacts, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What an import does, or did."""

    counts: Mapping[str, int]
    people: int
    companies: int
    rows: tuple[RowFacts, ...]
    doubts: tuple[DoubtFacts, ...]
    cells: Mapping[int, tuple[str, ...]]
    checks: Mapping[int, CheckFacts]
    notes: tuple[str, ...] = ()
    warnings: int = 0
    set_id: int | None = None
    prepared_again: bool = False
    by_outcome: Mapping[str, tuple[RowFacts, ...]] = field(default_factory=dict)

    @property
    def written(self) -> int:
        """How many rows of the file change something."""
        return self.counts[CREATE] + self.counts[UPDATE]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> PlanFacts:
        """The facts in what the worker printed."""
        rows = tuple(_row(each) for each in told["plan"])
        return cls(
            counts={name: int(count) for name, count in told["counts"].items()},
            people=int(told["people"]),
            companies=int(told["companies"]),
            rows=rows,
            doubts=tuple(_doubt(each) for each in told["doubts"]),
            cells={int(number): tuple(cells) for number, cells in told["cells"].items()},
            checks={int(each["place"]): _check(each) for each in told["checks"]},
            notes=tuple(told["notes"]),
            warnings=int(told["warnings"]),
            set_id=told.get("set_id"),
            prepared_again=bool(told.get("prepared_again")),
            by_outcome={code: tuple(each for each in rows if each.outcome == code) for code in OUTCOMES},
        )


def _row(told: Mapping[str, Any]) -> RowFacts:
    changes = tuple(ChangeFacts(each["label"], each["old"], each["new"]) for each in told["changes"])
    problems, warnings = tuple(told["problems"]), tuple(told["warnings"])
    return RowFacts(int(told["number"]), told["outcome"], told["title"], changes, problems, warnings)


def _doubt(told: Mapping[str, Any]) -> DoubtFacts:
    candidates = (CandidateFacts(each["decision"], each["title"], each["reason"]) for each in told["candidates"])
    return DoubtFacts(int(told["row"]), told["title"], tuple(candidates))


def _check(told: Mapping[str, Any]) -> CheckFacts:
    numbers = (int(told[name]) for name in ("filled", "doubtful", "corrected"))
    return CheckFacts(*numbers, str(told["example"]), str(told["sentence"]))
