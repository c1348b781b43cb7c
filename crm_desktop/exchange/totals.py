"""Rows at the end of a list that add it up: they are no records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.text.sheet import Cell, Row

LAST_ROWS = 4
"""Rows at the end in which totals are looked for; a sum of groups may stand above the sum of all."""
WORD = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*和|汇\s*总|求\s*和|總\s*計|合\s*計|小\s*計|共\s*計|"
    r"(?:grand |sub)?totals?|sub-totals?|sum|summe|gesamt)\s*[:：]?\s*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[¥$€£]?\s?-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]+)?\s?[%元条人家个]?")
PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{8,}")


def totals(rows: Sequence[Row], numbers: Sequence[int]) -> frozenset[int]:
    """The numbers of the rows that add up the others."""
    found = set()
    for row, number in zip(reversed(rows[-LAST_ROWS:]), reversed(numbers[-LAST_ROWS:]), strict=True):
        if not is_total(row):
            break
        found.add(number)
    return frozenset(found) if len(found) < len(rows) else frozenset()


def is_total(row: Row) -> bool:
    """Whether a row of several columns begins with a word for a sum and holds nothing else but numbers."""
    filled = [cell for cell in row if cell is not None]
    if len(row) < 2 or not filled or not isinstance(filled[0], str) or not WORD.fullmatch(filled[0]):
        return False
    return all(_is_amount(cell) for cell in filled[1:])


def _is_amount(cell: Cell) -> bool:
    """A number that is no telephone number."""
    if isinstance(cell, bool):
        return False
    text = str(cell).strip()
    return (isinstance(cell, int | float) or bool(NUMBER.fullmatch(text))) and not PHONE.fullmatch(text)
