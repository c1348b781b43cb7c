"""The keys of a list, read in a thread: the first page at once, then all of them, and what became of the old ones."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import compress, groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, Signal
from typing_extensions import override

from crm_desktop.store import queries
from crm_desktop.store.interruptible import Interruptible, Stopped
from crm_desktop.store.ordering import NATURAL
from crm_desktop.store.queries import Listing

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

FIRST = 256
BIT = 20_000
"""Keys that are looked at in one go; between two goes the window gets its turn."""
MOST_RUNS = 20_000
MANY = 20_000
"""A list of more records is sorted long enough to show the first of them ahead."""
Keys = array  # what a list is made of: eight bytes each


def no_keys() -> array[int]:
    """An empty list of keys."""
    return array("q")


@dataclass(frozen=True, slots=True)
class Held:
    """What a view holds on to while another list comes: records chosen, that of the cursor, and the one on top."""

    chosen: array[int] = field(default_factory=no_keys)
    is_all: bool = False
    current: int | None = None
    row: int = -1
    column: int = 0
    top: int | None = None


@dataclass(frozen=True, slots=True)
class Splice:
    """A list that differs from the one before in one place: so many rows went at a row, so many came there."""

    at: int
    gone: int
    come: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a thread has read."""

    number: int
    listing: Listing
    keys: array[int]
    is_whole: bool = True
    splice: Splice | None = None
    """How it differs from the list that was there, if that can be told so simply."""
    held: Held | None = None
    runs: tuple[tuple[int, int], ...] = ()
    """First and last row of what is held, from the top."""
    total: int = 0
    """How many there are without anything that narrows the list."""


def splice_of(old: array[int], new: array[int]) -> Splice:
    """What is between the beginning and the end that two lists have in common."""
    short = min(len(old), len(new))
    start = _same(old, new, short)
    end = _same(old, new, short - start, from_end=True)
    return Splice(start, len(old) - start - end, len(new) - start - end)


def _same(old: array[int], new: array[int], most: int, *, from_end: bool = False) -> int:
    """How many keys two lists have in common at one end, found by halving."""
    left, right = memoryview(old), memoryview(new)
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        one, two = (
            (left[len(old) - middle :], right[len(new) - middle :]) if from_end else (left[:middle], right[:middle])
        )
        if one.tobytes() == two.tobytes():
            low = middle
        else:
            high = middle - 1
    return low


def runs_of(keys: array[int], chosen: array[int]) -> tuple[tuple[int, int], ...]:
    """Where some keys stand in a list, as first and last rows; nothing when they are scattered too widely to paint."""
    if not chosen:
        return ()
    wanted = set(chosen)
    rows: list[int] = []
    for start in range(0, len(keys), BIT):
        part = keys[start : start + BIT]
        rows += compress(range(start, start + len(part)), map(wanted.__contains__, part))
        if len(rows) >= len(wanted):
            break
    found: list[tuple[int, int]] = []
    for _offset, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        part_rows = [row for _place, row in run]
        found.append((part_rows[0], part_rows[-1]))
    return tuple(found) if len(found) <= MOST_RUNS else ()


class News(QObject):
    """Carries what was read to the interface's thread."""

    found = Signal(object)
    failed = Signal(int)
    """The reading of this number broke: what was there stays, and nobody may wait for more."""


class Reading(QRunnable):
    """Reads the keys of a list in a thread; `number` tells which reading it is."""

    def __init__(
        self, workspace: Workspace, listing: Listing, number: int, before: array[int] | None, held: Held
    ) -> None:
        super().__init__()
        self.news = News()
        self.number = number
        self._looking = Interruptible(workspace)
        self._listing = listing
        self._before, self._held = before, held

    def stop(self) -> None:
        """Break off: a newer reading is under way."""
        self._looking.stop()

    @override
    def run(self) -> None:
        is_over = False
        try:
            with suppress(Stopped):
                self._read_all()
            is_over = True
        finally:
            if not is_over:
                self.news.failed.emit(self.number)

    def _read_all(self) -> None:
        before = self._before
        if self._shows_first_page():
            self.news.found.emit(self.first_page())
        keys = self._read(None)
        runs = () if self._held.is_all else runs_of(keys, self._held.chosen)
        splice = splice_of(before, keys) if before is not None else None
        total = len(keys)
        if self._is_narrowed():
            with self._looking.read() as session:
                total = queries.count(session, Listing(self._listing.entity))
        self.news.found.emit(
            Found(self.number, self._listing, keys, splice=splice, held=self._held, runs=runs, total=total)
        )

    def _read(self, most: int | None) -> array[int]:
        with self._looking.read() as session:
            return queries.keys(session, self._listing, most)

    def _shows_first_page(self) -> bool:
        """Whether the first records are shown ahead: of the first list, and of a long one that is put in order.

        Not where something is chosen, which may come later in the list.
        """
        if self._before is None:
            return not self.is_quick()
        is_free = not self._held.chosen and not self._held.is_all and self._held.current is None
        return is_free and len(self._before) > MANY and not self._is_narrowed() and self._listing.order not in NATURAL

    def first_page(self) -> Found:
        """The first records of the list."""
        keys = self._read(FIRST)
        total = len(self._before or keys)
        return Found(self.number, self._listing, keys, is_whole=False, total=total)

    def is_quick(self) -> bool:
        """Whether the first page is there in a few milliseconds, because an index keeps the order."""
        return not self._is_narrowed() and self._listing.order in NATURAL

    def _is_narrowed(self) -> bool:
        listing = self._listing
        return bool(listing.text.strip() or listing.filter or listing.equal)


Hold = Callable[[], Held]
