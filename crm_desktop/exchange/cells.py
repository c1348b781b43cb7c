"""What a cell of a workbook says as a plain value, and what has to be said about it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.text.sheet import Cell, Row

EXACT = 2**53
"""The first whole number from which on a spreadsheet cannot hold every one."""
FIFTEEN_DIGITS = 10**15
"""Spreadsheets keep so many digits of a number (Microsoft, Excel specifications and limits)."""
SCIENTIFIC = re.compile(r"\s*[+-]?[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}\s*")
ZEROED = re.compile(r"\s*[1-9][0-9]{14}0{3,}\s*")
"""A whole number of 18 digits or more of which Excel left 15; shorter ones may end like this by chance."""
NO_SUCH_DAY = date(1900, 2, 28)
"""What the reader makes of serial number 60, the 29 February 1900 that only Excel knows."""
MIDNIGHT = time()
LENGTH = re.compile(r"PT([0-9]+)H([0-9]{2})M([0-9]{2})S")
"""How OpenDocument writes a time (ISO 8601)."""
MOST_REMARKS = 20_000
"""Cells that are remarked on; a file with more of them has another problem."""


class Remarks:
    """What is to be said about single cells."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self.damaged = _(
            "This number lost digits when the file was saved: it stands there as {text}. Look it up and type it again."
        )
        self.broken = _("Some characters of this cell are broken. They are shown as “�”.")
        self.midnight = _("0:00 may stand for a blank or for a date that Excel cannot show. Please check it.")
        self.no_day = _("28 February 1900 may be the day 60 of Excel, which does not exist. Please check it.")

    def add(self, row: int, place: int, text: str) -> None:
        """Keep what is to be said, unless there is too much already."""
        if len(self.found) < MOST_REMARKS:
            self.found.setdefault((row, place), text)

    def add_damage(self, row: int, place: int, text: str) -> None:
        """Tell that a number is not what it was."""
        self.add(row, place, self.damaged.format(text=text.strip()))


class PlainRows:
    """Numbered rows of plain values from what the reader of workbooks gives; odd cells are remarked on."""

    def __init__(self, lines: Iterable[list[Any]], remarks: Remarks, *, has_lengths: bool = False) -> None:
        self._lines = lines
        self._remarks = remarks
        self._mark = "PT" if has_lengths else "E+"
        self._is_odd = False

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        text, plain, mark = self._text, self._plain, self._mark
        for number, line in enumerate(self._lines, start=1):
            row = tuple(
                [
                    (text(cell) if "E+" in cell or mark in cell else cell if cell and not cell.isspace() else None)
                    if cell.__class__ is str
                    else plain(cell)
                    for cell in line
                ]
            )
            if self._is_odd:
                self._is_odd = False
                for place, cell in enumerate(line):
                    _remark(number, place, cell, self._remarks)
            yield number, row

    def _text(self, text: str) -> str:
        self._is_odd = True
        length = LENGTH.fullmatch(text) if self._mark == "PT" else None
        return ":".join(length.groups()) if length else text

    def _plain(self, cell: object) -> Cell:
        found = plain(cell)
        if found.__class__ is str or found == NO_SUCH_DAY:
            self._is_odd = True
        return found


def plain(cell: object) -> Cell:
    """A value without the `.0` that workbooks give to every whole number; times and lost digits as text."""
    if isinstance(cell, float):
        if not -FIFTEEN_DIGITS < cell < FIFTEEN_DIGITS:
            return f"{cell:.15G}" if is_damaged(cell) else int(cell)
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, timedelta):
        return duration(cell)
    if isinstance(cell, time):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | date | datetime) else None


def is_damaged(number: float) -> bool:
    """Whether a number has more digits than a spreadsheet keeps, or is none at all."""
    if not math.isfinite(number):
        return True
    return abs(number) >= EXACT or (abs(number) >= FIFTEEN_DIGITS and number % 10 == 0)


def duration(length: timedelta) -> str:
    """Hours, minutes and seconds, however many hours there are."""
    sign = "-" if length < timedelta() else ""
    minutes, seconds = divmod(round(abs(length).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}"


def _remark(number: int, place: int, cell: object, remarks: Remarks) -> None:
    if isinstance(cell, str):
        if SCIENTIFIC.fullmatch(cell):
            remarks.add_damage(number, place, cell)
    elif isinstance(cell, float):
        if is_damaged(cell):
            remarks.add_damage(number, place, f"{cell:.15G}")
    elif cell == MIDNIGHT:
        remarks.add(number, place, remarks.midnight)
    elif cell == NO_SUCH_DAY:
        remarks.add(number, place, remarks.no_day)
