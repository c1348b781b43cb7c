"""The rows of a sheet that are records, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Protocol

from crm_desktop.text.sheet import Row, Sheet


class NumberedRows(Sized, Protocol):
    """Rows that can be gone through, perhaps several times, with their numbers in the file."""

    def __iter__(self) -> Iterator[tuple[int, Row]]: ...


class DataRows:
    """The rows of a sheet below its header, but for totals; gone through anew each time, so that none is held."""

    def __init__(self, sheet: Sheet, last: int) -> None:
        self._sheet = sheet
        self._last = last

    @property
    def totals(self) -> list[int]:
        """The numbers of the rows that add up the others."""
        return [number for number in self._sheet.numbers if number > self._last and number in self._sheet.totals]

    def __len__(self) -> int:
        return sum(number > self._last for number in self._sheet.numbers) - len(self.totals)

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        totals, last = self._sheet.totals, self._last
        for number, row in zip(self._sheet.numbers, self._sheet.rows, strict=True):
            if number > last and number not in totals:
                yield number, row
