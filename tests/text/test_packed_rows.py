"""Rows that take little room are read like a list of rows."""

from datetime import UTC, date, datetime

from crm_desktop.text.packed_rows import PackedRows

ROWS = [("张三", 1, None), ("Anna", 2.5, True, date(2025, 3, 8)), (datetime(2025, 3, 8, 9, tzinfo=UTC),), ("x", "y")]


def test_packed_rows_are_like_the_list_that_they_came_from():
    packed = PackedRows()
    for start in range(0, len(ROWS), 3):
        packed.add(ROWS[start : start + 3])
    packed.add([])
    assert packed == ROWS
    assert (len(packed), packed.width, list(packed)) == (4, 4, ROWS)
    assert [packed[at] for at in (-1, 0, 3, 2)] == [ROWS[at] for at in (-1, 0, 3, 2)]
    assert packed[1:] == ROWS[1:]
    assert packed[-2:] == ROWS[-2:]
