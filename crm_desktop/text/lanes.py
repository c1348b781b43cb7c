"""Things that overlap, side by side: in which column each one stands, and how many columns its group has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Lane(NamedTuple):
    """A column: its place from the left, and how many stand side by side there."""

    place: int
    of: int


def lanes(spans: Sequence[tuple[float, float]]) -> list[Lane]:
    """The column of each span (begin, end), in the order they are given.

    Spans that overlap never share a column, spans that only touch may; what overlaps, directly or through others, is a
    group with as many columns as ever stand side by side in it, no more.
    """
    found: list[Lane] = [Lane(0, 1)] * len(spans)
    group: list[int] = []
    places: dict[int, int] = {}
    ends: list[float] = []
    for at in sorted(range(len(spans)), key=lambda each: (spans[each][0], -spans[each][1], each)):
        begin, end = spans[at]
        if ends and begin >= max(ends):
            _close(found, group, places, len(ends))
            group, ends = [], []
        free = next((place for place, taken in enumerate(ends) if taken <= begin), len(ends))
        ends[free : free + 1] = [end]
        group.append(at)
        places[at] = free
    _close(found, group, places, len(ends))
    return found


def _close(found: list[Lane], group: Sequence[int], places: dict[int, int], width: int) -> None:
    for at in group:
        found[at] = Lane(places[at], width)


def rows(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The row of each span of days (first, last), so that none that share a day share a row; longer ones come first."""
    taken: list[set[int]] = []
    found = [0] * len(spans)
    for at in sorted(range(len(spans)), key=lambda each: (spans[each][0], -spans[each][1], each)):
        days = set(range(spans[at][0], spans[at][1] + 1))
        row = next((number for number, there in enumerate(taken) if not there & days), len(taken))
        if row == len(taken):
            taken.append(set())
        taken[row] |= days
        found[at] = row
    return found
