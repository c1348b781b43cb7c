"""The rows of a text file one after the other, with what is to be said about their cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.cells import SCIENTIFIC, ZEROED, Remarks
from crm_desktop.exchange.csv_layout import Layout, reader
from crm_desktop.exchange.guard import without_guard
from crm_desktop.i18n import _
from crm_desktop.text.sheet import Row

MOST_ROWS = 2_000_000
WIDEST = 1024
MOST_CELLS = 60_000_000
REMARKABLE = ("'", "E+", "e+", "�", "000\n")
"""A row without any of these needs no closer look."""


class Rows:
    """Numbered rows; iterating raises FileProblem that names the row at fault."""

    def __init__(self, text: Iterable[str], name: str, layout: Layout, remarks: Remarks) -> None:
        self._text = iter(text)
        self._name = name
        self._layout = layout
        self._remarks = remarks
        self._lines: list[str] = []
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        rows = reader(self._kept(), self._layout.delimiter)
        cells = 0
        while (line := self._next(rows)) is not None:
            if self._number > self._layout.skipped:
                cells += len(line)
                self._check_size(len(line), cells)
                yield self._number, self._row(line)
            if len(self._lines) > 1:
                self._look_at_lines(line)
            last = self._lines
            self._lines = []
        self._check_end(last if self._number else [])

    def _next(self, rows: Iterator[list[str]]) -> list[str] | None:
        self._number += 1
        try:
            return next(rows, None)
        except csv.Error as error:
            message = _(
                "Row {row} of “{name}” cannot be read: one of its cells is far too long. Check its quotation marks."
            )
            raise FileProblem(message.format(name=self._name, row=f"{self._number:,}")) from error

    def _kept(self) -> Iterator[str]:
        """The lines of the text; those of the present row are remembered."""
        for line in self._text:
            self._lines.append(line)
            yield line

    def _row(self, line: list[str]) -> Row:
        text = "\n".join(line) + "\n"
        if any([mark in text for mark in REMARKABLE]):  # noqa: C419 - a list is faster here than a generator
            for place, cell in enumerate(line):
                self._remark(place, cell)
            line = [without_guard(cell) for cell in line]
        return tuple([cell if cell and not cell.isspace() else None for cell in line])

    def _remark(self, place: int, cell: str) -> None:
        if SCIENTIFIC.fullmatch(cell) or ZEROED.fullmatch(cell):
            self._remarks.add_damage(self._number, place, cell)
        elif "�" in cell:
            self._remarks.add(self._number, place, self._remarks.broken)

    def _look_at_lines(self, line: list[str]) -> None:
        """Remark on a cell of several lines that look like rows themselves: a quotation mark may be missing."""
        enough = max(2, self._layout.width - 1)
        inner = self._lines[1:-1] if len(self._lines) > 2 else self._lines[1:]
        if not any(each.count(self._layout.delimiter) >= enough for each in inner):
            return
        place = next((at for at, cell in enumerate(line) if "\n" in cell or "\r" in cell), 0)
        self._remarks.add(
            self._number,
            place,
            _("This cell holds several rows of the file. A quotation mark may be missing above or below it."),
        )

    def _check_size(self, width: int, cells: int) -> None:
        if self._number > MOST_ROWS or width > WIDEST or cells > MOST_CELLS:
            message = _(
                "“{name}” is too large: row {row} is beyond the {rows} rows and {columns} columns that can be read. "
                "Split the file."
            )
            raise FileProblem(
                message.format(name=self._name, rows=f"{MOST_ROWS:,}", columns=WIDEST, row=f"{self._number:,}")
            )

    def _check_end(self, lines: list[str]) -> None:
        """Refuse a file whose last quotation never ends: it would hide all rows behind its beginning in one cell."""
        try:
            list(reader(chain(lines), self._layout.delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return
            message = _(
                "“{name}” has a quotation mark in row {row} that is never closed. Close it or take it away, "
                "and try again."
            )
            raise FileProblem(message.format(name=self._name, row=f"{self._number - 1:,}")) from error
