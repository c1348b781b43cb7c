"""Sheets as plain values: what a file holds and what is to be written, whatever the format of the file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from crm_desktop.text.packed_rows import PackedRows

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Row: TypeAlias = tuple[Cell, ...]
LONGEST_CELL = 32_767
"""Characters, in UTF-16, that Excel takes in one cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that hold something, each with its number there, and what is to be said about the file."""

    name: str
    rows: Sequence[Row]
    numbers: list[int]
    notes: tuple[str, ...] = ()
    encoding: str = ""
    """How the characters of a text file were understood."""
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What is to be said about single cells, by row number and place of the column."""
    totals: frozenset[int] = frozenset()
    """The numbers of the rows at the end that add up the others."""

    @property
    def width(self) -> int:
        """The length of the longest row."""
        if isinstance(self.rows, PackedRows):
            return self.rows.width
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to be written under a header, perhaps read only as they are asked for.

    `hidden` are the places of columns that nobody needs to see, `amounts` those of amounts of money.
    """

    name: str
    header: tuple[str, ...]
    rows: Collection[Row]
    hidden: frozenset[int] = frozenset()
    facts: tuple[tuple[str, str], ...] = ()
    """What the reader of the file should know: a word and what it is, such as the time and the filter."""
    amounts: frozenset[int] = frozenset()


def sheet_of(name: str, lines: Iterable[Sequence[Cell]], first: int = 1, notes: tuple[str, ...] = ()) -> Sheet:
    """A sheet without its blank lines; `first` is the number of the first line in the file."""
    rows: list[Row] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, start=first):
        row = tuple(None if isinstance(cell, str) and not cell.strip() else cell for cell in line)
        if any(cell is not None for cell in row):
            rows.append(row)
            numbers.append(number)
    return Sheet(name, rows, numbers, notes)


def cut(text: str) -> str:
    """As much of a text as a cell of Excel holds; characters outside the basic plane count twice."""
    if len(text) <= LONGEST_CELL // 2:
        return text
    raw = text.encode("utf-16-le", errors="surrogatepass")
    return text if len(raw) <= 2 * LONGEST_CELL else raw[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore")


def column_letters(place: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
