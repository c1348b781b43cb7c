"""Merged cells: a header's words stand above all of its columns, a value of the list stays where it is and is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from crm_desktop.exchange.look import Place
from crm_desktop.text.sheet import Cell, Row

Range = tuple[Place, Place]
"""The first and the last cell that became one."""
HEADER_ROWS = 12
"""Rows at the top of a sheet in which a header is looked for."""
HEADER_LINES = 3
LONGEST_WORD = 40
MOST_DIGITS = 3


class Merged:
    """The merged cells of a sheet; those of its header are found while its first rows go by."""

    def __init__(self, ranges: Iterable[Range], width: int) -> None:
        self._width = width
        self.in_list = [each for each in ranges if each[0][1] < width]

    def filled(self, rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """The rows, with a merged word of the header in all of its cells."""
        if not self.in_list:
            return rows
        top = {number: list(row) for number, row in islice(rows, HEADER_ROWS)}
        last = _last_of_words(top)
        wide = [each for each in self.in_list if each[1][0] <= last and self._names_columns(each)]
        if wide:
            begin = min(each[0][0] for each in wide)
            end = max(each[1][0] for each in wide if each[0][0] < begin + HEADER_LINES)
            in_header = [each for each in self.in_list if each[0][0] <= end and each[1][0] <= last]
            self.in_list = [each for each in self.in_list if each not in in_header]
            for each in in_header:
                if not self._is_title(each):
                    _fill(top, each)
        return chain(((number, tuple(row)) for number, row in top.items()), rows)

    def _names_columns(self, cells: Range) -> bool:
        """Whether it is a word above several columns, and no title above all of them."""
        (first, left), (last, right) = cells
        return first == last and left < right and not self._is_title(cells)

    def _is_title(self, cells: Range) -> bool:
        (_first, left), (_last, right) = cells
        return left < right and right - left + 1 >= self._width


def _last_of_words(top: dict[int, list[Cell]]) -> int:
    """The last row of those at the top that hold nothing but words, as a header does and hardly ever a record."""
    last = 0
    for number, row in top.items():
        if not all(_is_word(cell) for cell in row):
            break
        last = number
    return last


def _is_word(cell: Cell) -> bool:
    if cell is None:
        return True
    if not isinstance(cell, str) or len(cell) > LONGEST_WORD:
        return False
    return sum(letter.isdecimal() for letter in cell) <= MOST_DIGITS


def _fill(top: dict[int, list[Cell]], cells: Range) -> None:
    (first, left), (last, right) = cells
    word = top[first][left] if first in top and left < len(top[first]) else None
    for number in range(first, last + 1):
        row = top.get(number, [])
        for place in range(left, min(right + 1, len(row))):
            if row[place] is None:
                row[place] = word
