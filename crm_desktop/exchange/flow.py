"""Rows on their way: a file is read piece by piece, so that no more of it is in memory than is needed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from crm_desktop.text.sheet import Row, Sheet

Piece: TypeAlias = tuple[list[int], list[Row]]
"""Row numbers and the rows."""
Flow: TypeAlias = Generator[Piece, None, Sheet]
"""Yields the rows that hold something; gives the sheet, without rows, when all were read."""
Reader: TypeAlias = Callable[[Path, str, str], Flow]
"""Reads a file, given the name of a sheet and an encoding, which may be blank."""
ROWS = 2000
"""Rows of a piece."""


def gathered(flow: Flow) -> Sheet:
    """The whole sheet in memory."""
    numbers: list[int] = []
    rows: list[Row] = []
    while True:
        try:
            more_numbers, more_rows = next(flow)
        except StopIteration as end:
            sheet: Sheet = end.value
            return replace(sheet, rows=rows, numbers=numbers)
        numbers += more_numbers
        rows += more_rows


def at_once(read: Callable[[Path, str, str], Sheet]) -> Reader:
    """A reader of pieces from one that gives whole sheets, for formats whose files are small."""

    def flow(path: Path, name: str, encoding: str) -> Flow:
        sheet = read(path, name, encoding)
        for at in range(0, len(sheet.rows), ROWS):
            yield sheet.numbers[at : at + ROWS], list(sheet.rows[at : at + ROWS])
        return replace(sheet, rows=[], numbers=[])

    return flow


def in_pieces(rows: Iterable[tuple[int, Row]]) -> Iterator[Piece]:
    """Numbered rows, many at a time; blank ones are left out."""
    filled = ((number, row) for number, row in rows if row.count(None) < len(row))
    while piece := list(islice(filled, ROWS)):
        numbers, values = zip(*piece, strict=True)
        yield list(numbers), list(values)


def same_text_once(rows: Sequence[Row]) -> list[Row]:
    """The rows with equal texts kept only once, which makes them smaller to send and to hold."""
    seen: dict[object, object] = {}
    once = seen.setdefault
    return [tuple([once(cell, cell) if cell.__class__ is str else cell for cell in row]) for row in rows]  # type: ignore[misc]
