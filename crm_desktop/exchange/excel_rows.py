"""Rows of a sheet as Office Open XML (ECMA-376, part 1, 18.3.1.73 and 18.3.1.4), texts within the row itself.

XlsxWriter writes the frame of a workbook; its rows cost four times as much as these, measured over 15 columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from crm_desktop.exchange.writing import Notes, cleaned
from crm_desktop.text.sheet import Row, Table, column_letters, cut

TEXT, DAY, MOMENT, AMOUNT = "text", "day", "moment", "amount"
LOOKS = {TEXT: "@", DAY: "yyyy-mm-dd", MOMENT: "yyyy-mm-dd hh:mm", AMOUNT: "#,##0.00"}
"""The number format of each look."""
LARGEST = 10**15
"""A spreadsheet keeps 15 digits only."""
DAY_ZERO = date(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)
"""Programs do not agree on the numbers of earlier days: Excel has a 29 February 1900."""
SECONDS_OF_DAY = 86_400
SHORT = 16_000
"""Characters that fit in a cell whatever they are."""
STRING = ' t="inlineStr"><is><t>'
PRESERVED = ' xml:space="preserve">'
"""What keeps blanks at both ends of a text."""
CODE_OF_CHARACTER = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
"""What would be read as the code of a character (ECMA-376, part 1, 22.9.2.19)."""


class RowWriter:
    """Turns the rows of one table into XML; what could not stay whole is noted."""

    def __init__(self, table: Table, looks: Mapping[str, str], numerals: Collection[int], notes: Notes) -> None:
        """`looks` are the numbers of the cell formats, `numerals` the places of columns that are text throughout."""
        self._table, self._notes = table, notes
        letters = [column_letters(place) for place in range(len(table.header))]
        style = {name: f' s="{number}"' for name, number in looks.items()}
        self._cells = [f'<c r="{each}' for each in letters]
        self._texts = [f'"{style[TEXT] if place in numerals else ""}{STRING}' for place in range(len(letters))]
        self._numbers = [f'"{style[AMOUNT] if place in table.amounts else ""}><v>' for place in range(len(letters))]
        self._days = {DAY: f'"{style[DAY]}><v>', MOMENT: f'"{style[MOMENT]}><v>'}

    def xml(self, done: int, row: Row) -> str:
        """A row; `done` is 1 for the first one below the header."""
        number = str(done + 1)
        parts = [f'<row r="{number}">']
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                text = cell if cell.isprintable() and len(cell) < SHORT else self._whole(done, place, cell)
                if "&" in text or "<" in text or ">" in text or "_x" in text:
                    text = _escaped(text)
                before = self._texts[place]
                if text.strip() is not text:
                    before = f"{before[:-1]}{PRESERVED}"
                parts.append(f"{self._cells[place]}{number}{before}{text}</t></is></c>")
            else:
                parts.append(f"{self._cells[place]}{number}{self._value(place, cell)}</c>")
        parts.append("</row>")
        return "".join(parts)

    def _whole(self, done: int, place: int, cell: str) -> str:
        """As much of a text as a cell can hold."""
        clean = cleaned(cell)
        if clean.is_changed:
            self._notes.broken(self._table, done, place)
        short = cut(clean.text)
        if short != clean.text:
            self._notes.cut(self._table, done, place)
        return short

    def _value(self, place: int, cell: float | date) -> str:
        """What follows the address of a cell that is no text."""
        if isinstance(cell, bool):
            return f'" t="b"><v>{cell:d}</v>'
        if isinstance(cell, int | float):
            is_exact = math.isfinite(cell) and abs(cell) < LARGEST
            return f"{self._numbers[place]}{cell!r}</v>" if is_exact else f'"{STRING}{cell}</t></is>'
        if not isinstance(cell, datetime):
            is_known = cell >= FIRST_DAY
            return f"{self._days[DAY]}{(cell - DAY_ZERO).days}</v>" if is_known else f'"{STRING}{cell}</t></is>'
        if cell.date() < FIRST_DAY:
            return f'"{STRING}{cell:%Y-%m-%d %H:%M}</t></is>'
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f"{self._days[MOMENT]}{(cell.date() - DAY_ZERO).days + seconds / SECONDS_OF_DAY!r}</v>"


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return CODE_OF_CHARACTER.sub("_x005F_", text)
