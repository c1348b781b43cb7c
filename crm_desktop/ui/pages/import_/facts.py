"""What the worker found out about a file and about an import, as the page reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, TypeVar

from crm_desktop.i18n import _, ngettext
from crm_desktop.text.sheet import column_letters

SURE = 0.8
"""A mapping that is less certain than this is to be looked at."""
SURE_ORIGINS = ("own", "remembered")
CREATE, UPDATE, SAME, LEFT_OUT, PROBLEM = "create", "update", "same", "left_out", "problem"
OUTCOMES = (CREATE, UPDATE, SAME, LEFT_OUT, PROBLEM)
SAME_AS, SAME_ROW = "same:", "same:row:"
WARNINGS = "warnings"
MOST_PROBLEMS = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column of the file and where it seems to belong."""

    place: int
    header: str
    samples: tuple[str, ...] = ()
    target: str = ""
    certainty: float = 0.0
    origin: str = ""
    group: str = ""
    """What stands above the column's own words, in a header of several lines; the header begins with it."""

    @property
    def letter(self) -> str:
        """What a spreadsheet calls the column."""
        return column_letters(self.place)

    @property
    def name(self) -> str:
        """The column's own words."""
        return self.header.removeprefix(self.group).strip() or self.header

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
    """Where the header begins, 0 when there is none."""
    rows: int
    columns: tuple[ColumnFacts, ...]
    notes: tuple[str, ...] = ()
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()
    encoding: str = ""
    """How a text file is written, as it was found out or chosen."""
    last_header_row: int = 0
    """Where it ends; most have one row only."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was said of values when such a file was imported before, by target."""

    @property
    def is_remembered(self) -> bool:
        """Whether such a file was imported before, or comes from here."""
        return any(each.origin in SURE_ORIGINS for each in self.columns)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> FileFacts:
        """The facts in what the worker printed."""
        first = tuple((int(each["number"]), tuple(map(as_text, each["cells"]))) for each in told["first_rows"])
        header_row, lines = int(told["header_row"]), int(told["header_rows"])
        above = sum(number < header_row for number, _cells in first)
        last, cells = dict(enumerate(first)).get(above + lines - 1, (header_row, ())) if header_row else (0, ())
        rows = int(told["rows"]) - (above + lines if header_row else 0)
        columns = tuple(_column(each, cells if lines > 1 else ()) for each in told["columns"])
        sheets, notes = tuple(told["sheets"]), tuple(told["notes"])
        encoding, values = told["encoding"], told["values"]
        return cls(sheets, told["sheet"], header_row, rows, columns, notes, first, encoding, last, values)


@dataclass(frozen=True, slots=True)
class UnknownFacts:
    """A value that the field does not know, and in how many rows it stands."""

    text: str
    count: int
    meaning: str | None = None
    """What was said that it means; None when nothing was."""
    guess: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """How the values of a column fit the field it goes to."""

    filled: int = 0
    doubtful: int = 0
    corrected: int = 0
    example: str = ""
    sentence: str = ""
    undecided: int = 0
    """How many different values the field does not know, of which nobody said what they mean."""
    unknown: tuple[UnknownFacts, ...] = ()


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
    fields: Sequence[Mapping[str, str]] = ()
    """What the file says and what is there, field by field, as the worker told it."""


@dataclass(frozen=True, slots=True)
class DoubtFacts:
    """Somebody in a row of whom only a person can say whether that is somebody who is there."""

    key: str
    """What decisions call it: a row may name several people."""
    row: int
    title: str
    candidates: tuple[CandidateFacts, ...]


@dataclass(frozen=True, slots=True)
class ConflictFacts:
    """A cell that was changed in the file and here since it was exported."""

    key: str
    row: int
    title: str
    label: str
    mine: str
    file: str


@dataclass(frozen=True, slots=True)
class DateFacts:
    """In what order the file writes day, month and year."""

    used: str = ""
    found: str = ""
    columns: tuple[int, ...] = ()
    is_ambiguous: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """Something to look at after an import, and the record that it is about."""

    row: int
    title: str
    kind: str
    sentence: str
    entity: str
    key: int


@dataclass(frozen=True, slots=True)
class FilesFacts:
    """The attached files beside an export: how many come along, how many with its other sheets, and what is wrong."""

    attached: int = 0
    elsewhere: int = 0
    problems: tuple[str, ...] = ()

    @property
    def sentences(self) -> Iterator[str]:
        """All of it in words, of many problems the first few."""
        if self.attached:
            yield ngettext("{count} attached file comes along.", "{count} attached files come along.", self.attached)
        if self.elsewhere:
            yield ngettext(
                "{count} attached file comes along with another sheet of this export.",
                "{count} attached files come along with other sheets of this export.",
                self.elsewhere,
            )
        yield from self.problems[:MOST_PROBLEMS]
        if (more := len(self.problems) - MOST_PROBLEMS) > 0:
            yield ngettext("{count} more file was left out.", "{count} more files were left out.", more)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What an import does, or did."""

    counts: Mapping[str, int]
    people: int
    companies: int
    rows: tuple[RowFacts, ...]
    doubts: tuple[DoubtFacts, ...]
    checks: Mapping[int, CheckFacts]
    notes: tuple[str, ...] = ()
    warnings: tuple[tuple[int, str, str], ...] = ()
    """The number of a row, its title and a sentence."""
    conflicts: tuple[ConflictFacts, ...] = ()
    dates: DateFacts = DateFacts()
    findings: tuple[FindingFacts, ...] = ()
    more_doubts: Mapping[str, str] = field(default_factory=dict)
    """Doubts beyond those that are told in full, by their keys, each with whom it most likely means."""
    noted: Mapping[str, int] = field(default_factory=dict)
    """How many findings there are of each kind, and how many warnings; not all of them are told."""
    set_id: int | None = None
    prepared_again: bool = False
    files: FilesFacts = FilesFacts()

    @property
    def written(self) -> int:
        """How many rows of the file change something."""
        return self.counts[CREATE] + self.counts[UPDATE]

    @property
    def completed(self) -> int:
        """How many contacts that are there already get something more."""
        return max(0, self.people - self.counts["contacts"])

    @property
    def total(self) -> int:
        """All rows of the file below its header."""
        return sum(self.counts[each] for each in OUTCOMES)

    @property
    def questions(self) -> int:
        """How many rows and cells want a decision."""
        return len(self.doubts) + len(self.more_doubts) + len(self.conflicts)

    def undecided(self, decisions: Mapping[str, str]) -> int:
        """How many doubtful people nobody decided; they are taken as new."""
        told = sum(each.key not in decisions for each in self.doubts)
        return told + len(self.more_doubts.keys() - decisions.keys())

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> PlanFacts:
        """The facts in what the worker printed."""
        rows = tuple(_row(each) for each in told["rows"])
        files = FilesFacts(**told["files"] | {"problems": tuple(told["files"]["problems"])})
        return cls(
            counts=told["counts"],
            people=told["people"],
            companies=told["companies"],
            rows=rows,
            doubts=tuple(_doubt(each) for each in told["doubts"]),
            checks={int(place): _check(each) for place, each in told["checks"].items()},
            notes=(*files.sentences, *told["notes"], *(_left_out(each) for each in told["left"])),
            warnings=tuple((int(each["row"]), each["title"], each["text"]) for each in told["warnings"]),
            conflicts=tuple(_known(ConflictFacts, each | {"key": _conflict_key(each)}) for each in told["conflicts"]),
            dates=_dates(told["dates"]),
            findings=tuple(_known(FindingFacts, each) for each in told["findings"]),
            more_doubts=dict(told["more_doubts"]),
            noted={**told["finding_counts"], WARNINGS: told["warning_count"]},
            set_id=told["set_id"],
            prepared_again=told["prepared_again"],
            files=files,
        )


def _known(made: type[T], told: Mapping[str, Any]) -> T:
    """Facts of a kind from what was told; what the page does not show is left aside."""
    return made(**{name: told[name] for name in _names(made)})  # type: ignore[arg-type] # T is a dataclass


@cache
def _names(made: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(made))


def _check(told: Mapping[str, Any]) -> CheckFacts:
    return CheckFacts(**{**told, "unknown": tuple(UnknownFacts(**each) for each in told["unknown"])})


def _left_out(told: Mapping[str, Any]) -> str:
    return _("Row {row}: {problem}").format(row=told["number"], problem=told["sentence"])


def _conflict_key(told: Mapping[str, Any]) -> str:
    """What a conflict is called in the choices of an import."""
    return f"{told['row']}:{told['code']}"


def _dates(told: Mapping[str, Any] | None) -> DateFacts:
    found = _known(DateFacts, told) if told else DateFacts()
    return replace(found, columns=tuple(found.columns))


def _column(told: Mapping[str, Any], lowest: Sequence[str]) -> ColumnFacts:
    """A column, and by the lowest line of its header which part of that is its own."""
    place, header = int(told["place"]), str(told["header"])
    own = " ".join(lowest[place].split()) if place < len(lowest) else ""
    group = header.removesuffix(own).strip() if own and header != own and header.endswith(own) else ""
    samples, target = tuple(told["samples"]), told["target"] or ""
    return ColumnFacts(place, header, samples, target, told["certainty"], told["origin"], group)


def as_text(cell: object) -> str:
    """A cell as people read it."""
    return "" if cell is None else str(cell)


def _row(told: Mapping[str, Any]) -> RowFacts:
    changes = tuple(ChangeFacts(each["label"], each["old"], each["new"]) for each in told["changes"])
    problems, warnings = tuple(told["problems"]), tuple(told["warnings"])
    return RowFacts(int(told["number"]), told["outcome"], told["title"], changes, problems, warnings)


def _doubt(told: Mapping[str, Any]) -> DoubtFacts:
    candidates = tuple(_known(CandidateFacts, each) for each in told["candidates"])
    return DoubtFacts(told["key"], told["row"], told["title"], candidates)
