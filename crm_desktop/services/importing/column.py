"""A column of the sheet that goes to a field: how its cells are read, and how they fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

from crm_desktop.i18n import _
from crm_desktop.model.kinds import Kind, as_text
from crm_desktop.services.importing.vocabulary import LEFT_OUT, UnknownValue, Vocabulary
from crm_desktop.text import bands
from crm_desktop.text.findings import Reading, Severity
from crm_desktop.text.folding import clean
from crm_desktop.text.sheet import Cell

MOST_REMEMBERED = 20_000
MOST_SURE = 1_000
UNSURE: Final = object()
"""Stands for the value of a cell of which something is to be said, or that is no text."""

Read: TypeAlias = Callable[[Cell], Reading[Any]]


@dataclass(slots=True)
class ColumnCheck:
    """How the values of a column fit the field it goes to."""

    filled: int = 0
    doubtful: int = 0
    corrected: int = 0
    """How many were understood with a remark only."""
    example: str = ""
    sentence: str = ""
    """The first doubtful value, and what is to be said about it."""
    undecided: int = 0
    """How many different values the field does not know, of which nobody said what they mean."""
    unknown: list[UnknownValue] = field(default_factory=list)
    """These and those that something was said of; the most frequent ones, when there are very many."""

    def note(self, cell: Cell, reading: Reading[Any], times: int = 1) -> None:
        """Count a value that comes so many times."""
        worst = reading.worst
        if worst is None:
            return
        if worst == Severity.INFO:
            self.corrected += times
            return
        self.doubtful += times
        if not self.sentence:
            self.example = clean(as_text(cell))[:80]
            self.sentence = next(each.text for each in reading.findings if each.severity == worst)


class Understood(NamedTuple):
    """What a cell means, and all that its row is told about it."""

    reading: Reading[Any]
    value: Any = None
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unplaced: str = ""
    """What has no place in the field, as a line for the notes."""
    employees: int | None = None
    """The exact number in a column of sizes, which is kept beside its band."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but the value."""
        return not (self.warnings or self.problems or self.unplaced) and self.employees is None


class Tally(NamedTuple):
    """How many cells of a column were filled, and how often those came of which something may be said."""

    filled: int
    cells: Counter[Any]


class _Sure(dict[Cell, Any]):
    """The values of cells that come again and again; what is more than a value is `UNSURE`."""

    def __init__(self, look: Callable[[str], Any]) -> None:
        super().__init__({None: None})
        self._look = look

    def __missing__(self, cell: Cell) -> Any:
        if not isinstance(cell, str):
            return UNSURE  # as keys, 1, 1.0 and True would be the same
        if len(self) > MOST_SURE:
            self.clear()
            self[None] = None
        value = self[cell] = self._look(cell)
        return value


class ColumnReader:
    """Reads the cells of one column; a value that comes again and again is understood once."""

    def __init__(
        self,
        header: str,
        kind: Kind,
        read: Read,
        at_once: Callable[[str], Any] | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.check = ColumnCheck()
        self.vocabulary = vocabulary
        """What tells the values that the field does not know, where it has values of its own."""
        self.keeps_employees = False
        self.kind = kind
        self._header = header
        self._read = read
        self._at_once = at_once
        """Gives the value of a text that surely is right, None for all others, which are left to `read`."""
        self._sure = _Sure(self._look)
        self._known: dict[object, Understood] = {}

    def values(self, cells: Sequence[Cell]) -> list[Any]:
        """What cells mean; `UNSURE` stands for those that `understood` is to be asked for."""
        return list(map(self._sure.__getitem__, cells))

    def understood(self, cell: Cell) -> Understood:
        """What a cell means, with all that is to be said about it."""
        key = _key(cell)
        found = self._known.get(key)
        if found is None:
            found = self._understand(cell)
            if len(self._known) < MOST_REMEMBERED:
                self._known[key] = found
        return found

    def tally(self, cells: Sequence[Cell], unsure: Iterable[int]) -> Tally:
        """What is to be counted of some cells, of which those at some places were not sure."""
        told = cells if self.vocabulary else [cells[at] for at in unsure]
        return Tally(len(cells) - cells.count(None), Counter(_key(each) for each in told if each is not None))

    def count(self, tally: Tally) -> None:
        """Count cells that were read."""
        self.check.filled += tally.filled
        for key, times in tally.cells.items():
            cell = key if isinstance(key, str) else key[1]
            self.check.note(cell, self.understood(cell).reading, times)
            if self.vocabulary:
                self.vocabulary.count(cell, times)

    def settle_check(self) -> None:
        """Have the check tell which values are unknown, after all rows were counted."""
        if self.vocabulary:
            self.check.undecided, self.check.unknown = self.vocabulary.told()

    def _look(self, text: str) -> Any:
        """The value of a text, unless there is more to it."""
        if self._at_once and (value := self._at_once(text)) is not None:
            return value
        found = self.understood(text)
        return found.value if found.is_plain else UNSURE

    def _understand(self, cell: Cell) -> Understood:
        text = as_text(cell)
        if self._at_once and (value := self._at_once(text)) is not None:
            return Understood(Reading(value), value)
        reading = self._read(cell)
        warnings, problems = self._told(reading)
        if reading.worst == Severity.BLOCK or reading.value is LEFT_OUT:
            return Understood(reading, None, warnings, problems)
        if reading.value is None and (text := clean(text)):
            kept = _("“{column}”: “{text}” was kept in the notes.").format(column=self._header, text=text[:80])
            return Understood(reading, None, (*warnings, kept), problems, unplaced=f"{self._header}: {text}")
        return Understood(reading, reading.value, warnings, problems, employees=self._employees(text))

    def _employees(self, text: str) -> int | None:
        found = bands.read_band(clean(text)).value if self.keeps_employees else None
        return found[1] if found else None

    def _told(self, reading: Reading[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sentences of a reading: what is doubtful, and why the row cannot be taken."""
        found: tuple[list[str], list[str]] = ([], [])
        for each in dict.fromkeys(reading.findings):
            sentence = _("“{column}”: {sentence}").format(column=self._header, sentence=each.text)
            found[each.severity == Severity.BLOCK].append(sentence)
        return tuple(found[0]), tuple(found[1])


def _key(cell: Cell) -> object:
    """What tells cells apart: 1, 1.0 and True differ."""
    return cell if isinstance(cell, str) else (type(cell), cell)
