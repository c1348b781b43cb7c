"""Sheets as plain values: what a file holds and what is to be written, whatever the format of the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that hold something, each with its number there, and what is to be said about the file."""

    name: str
    rows: list[Row]
    numbers: list[int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to be written under a header; `hidden` are the places of columns that nobody needs to see."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    hidden: frozenset[int] = frozenset()
    facts: tuple[tuple[str, str], ...] = ()
    """What the reader of the file should know: a word and what it is, such as the time and the filter."""


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


def column_letters(place: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
