"""What is chosen in a list, told by first and last rows, however many rows there are between them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from crm_desktop.ui.models.table import TableModel

Run = tuple[int, int]
SELECT = QItemSelectionModel.SelectionFlag


def runs_of(selection: QItemSelectionModel) -> list[Run]:
    """First and last rows of what is selected, from the top; parts that touch are one."""
    parts = sorted((each.top(), each.bottom()) for each in selection.selection().toList())
    found: list[Run] = []
    for first, last in parts:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def count_of(runs: Iterable[Run]) -> int:
    """How many rows that is."""
    return sum(last - first + 1 for first, last in runs)


def keys_of(records: TableModel, runs: Iterable[Run]) -> array[int]:
    """The keys of these rows, in the order of the list."""
    found = array("q")
    for first, last in runs:
        found += records.keys[first : last + 1]
    return found


def first_rows(runs: Iterable[Run], most: int) -> list[int]:
    """The first rows of what is chosen."""
    rows: list[int] = []
    for first, last in runs:
        rows += range(first, min(last + 1, first + most - len(rows)))
        if len(rows) >= most:
            break
    return rows


def selection_of(records: TableModel, runs: Sequence[Run]) -> QItemSelection:
    """Whole rows as a selection."""
    found, last_column = QItemSelection(), records.columnCount() - 1
    for first, last in runs:
        found.select(records.index(first, 0), records.index(last, last_column))
    return found
