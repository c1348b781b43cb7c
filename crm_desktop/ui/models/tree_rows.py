"""The rows of a tree drawn as one flat list: each knows its depth, so that a subtree is a run of rows."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress

CONTACT, OPEN, WAY = 1, 2, 4
"""Marks of a row: it is a contact (else an account); what is below it is shown; it only leads to what was found."""
DEEPEST = 250
FEW = 8
"""From how many on keys are looked for all at once."""
IS_CONTACT = bytes(mark & CONTACT for mark in range(256))
IS_OPEN = bytes(mark & OPEN for mark in range(256))
IS_ROOT = bytes([1] + [0] * 255)


class Rows:
    """Keys, depths and marks side by side, ten bytes a row; every look-up runs in C, half a million rows are few."""

    __slots__ = ("depths", "keys", "marks")

    def __init__(self, keys: Iterable[int] = (), depth: int = 0, mark: int = 0) -> None:
        self.keys = array("q", keys)
        self.depths = bytearray([depth]) * len(self.keys)
        self.marks = bytearray([mark]) * len(self.keys)

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, key: int, depth: int, mark: int) -> None:
        """Put one row at the end."""
        self.keys.append(key)
        self.depths.append(depth)
        self.marks.append(mark)

    def extend(self, others: Rows) -> None:
        """Put rows at the end."""
        self.replace(len(self), len(self), others)

    def replace(self, start: int, end: int, others: Rows) -> None:
        """Put rows in the place of those from `start` to before `end`."""
        self.keys[start:end] = others.keys
        self.depths[start:end] = others.depths
        self.marks[start:end] = others.marks

    def part(self, start: int, end: int) -> Rows:
        """A copy of the rows from `start` to before `end`."""
        found = Rows()
        found.keys, found.depths, found.marks = self.keys[start:end], self.depths[start:end], self.marks[start:end]
        return found

    def roots(self) -> array[int]:
        """The keys of the rows at the top."""
        return array("q", compress(self.keys, self.depths.translate(IS_ROOT)))

    def contacts(self) -> list[int]:
        """The keys of all contacts shown."""
        return list(compress(self.keys, self.marks.translate(IS_CONTACT)))

    def open(self) -> list[int]:
        """The rows below which something is shown, from the top down."""
        return list(compress(range(len(self)), self.marks.translate(IS_OPEN)))

    def is_contact(self, row: int) -> bool:
        """Whether a row is a contact."""
        return bool(self.marks[row] & CONTACT)

    def is_way(self, row: int) -> bool:
        """Whether a row is shown only because something below it was found."""
        return bool(self.marks[row] & WAY)

    def first_wanted(self) -> int:
        """The first row that does not only lead to others."""
        return next((row for row in range(len(self)) if not self.is_way(row)), 0)

    def is_open(self, row: int) -> bool:
        """Whether what is below a row is shown."""
        return bool(self.marks[row] & OPEN)

    def above(self, row: int) -> int:
        """The row that a row is below, or -1 at the top."""
        depth = self.depths[row]
        return self.depths.rfind(depth - 1, 0, row) if depth else -1

    def root(self, row: int) -> int:
        """The row at the top that a row is below, or the row itself."""
        return self.depths.rfind(0, 0, row + 1)

    def end(self, row: int) -> int:
        """The first row after everything below a row."""
        end = len(self)
        for depth in range(self.depths[row] + 1):
            found = self.depths.find(depth, row + 1, end)
            if found >= 0:
                end = found
        return end

    def find(self, key: int, *, contact: bool = False, start: int = 0, end: int | None = None) -> int:
        """The first row of a record from `start` to before `end`, or -1."""
        rows = self._search(key, start, len(self) if end is None else end)
        return next((row for row in rows if self.is_contact(row) == contact), -1)

    def all(self, key: int, *, contact: bool = False) -> list[int]:
        """Every row of a record: a contact has one below each of its accounts."""
        return [row for row in self._search(key, 0, len(self)) if self.is_contact(row) == contact]

    def first(self, key: int) -> int:
        """The first row with a key, be it of an account or of a contact; or -1."""
        return next(self._search(key, 0, len(self)), -1)

    def places(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Every row of each of some accounts that are shown."""
        found: dict[int, list[int]] = {}
        if len(keys) <= FEW:
            found = {key: self.all(key) for key in keys}
        else:
            for row in compress(range(len(self)), map(set(keys).__contains__, self.keys)):
                if not self.is_contact(row):
                    found.setdefault(self.keys[row], []).append(row)
        return {key: rows for key, rows in found.items() if rows}

    def _search(self, key: int, start: int, end: int) -> Iterator[int]:
        """The rows with a key; bytes are searched five times as fast as numbers."""
        inside, wanted = memoryview(self.keys)[start:end].tobytes(), array("q", [key]).tobytes()
        place = inside.find(wanted)
        while place >= 0:
            if place % len(wanted) == 0:
                yield start + place // len(wanted)
            place = inside.find(wanted, place + 1)

    def next_of(self, keys: set[int], start: int) -> int:
        """The first row from `start` on, and then from the top, with one of these keys; or -1."""
        for first, last in ((start, len(self)), (0, start)):
            hits = compress(range(first, last), map(keys.__contains__, self.keys[first:last]))
            row = next(hits, -1)
            if row >= 0:
                return row
        return -1

    def difference(self, start: int, end: int, others: Rows) -> tuple[int, int, Rows]:
        """What must really be replaced so that `others` stand from `start` to before `end`: where, and by what."""
        mine = (self.keys[start:end], self.depths[start:end], self.marks[start:end])
        theirs = (others.keys, others.depths, others.marks)
        front = min(_same_front(a, b) for a, b in zip(mine, theirs, strict=True))
        back = min(_same_front(a[front:][::-1], b[front:][::-1]) for a, b in zip(mine, theirs, strict=True))
        return start + front, end - back, others.part(front, len(others) - back)


def _same_front(mine: Sequence[int], theirs: Sequence[int]) -> int:
    """How many items are equal from the first one on; found by halving, because slices are compared in C."""
    low, high = 0, min(len(mine), len(theirs))
    while low < high:
        middle = (low + high + 1) // 2
        if mine[low:middle] == theirs[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
