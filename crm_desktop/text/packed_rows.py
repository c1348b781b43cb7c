"""Rows of a large sheet in a quarter of the room that they take as tuples."""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from typing_extensions import override

if TYPE_CHECKING:
    from crm_desktop.text.sheet import Row


class PackedRows(Sequence["Row"]):
    """Rows packed piece by piece; of these the last one that was looked at is at hand."""

    __hash__ = None  # type: ignore[assignment] # like a list

    def __init__(self) -> None:
        self.width = 0
        """The length of the longest row."""
        self._pieces: list[bytes] = []
        self._starts: list[int] = []
        self._count = 0
        self._at_hand: tuple[int, list[Row]] = (-1, [])

    def add(self, rows: list[Row]) -> None:
        """Put a piece behind the others."""
        if rows:
            self.width = max(self.width, *map(len, rows))
            self._starts.append(self._count)
            self._pieces.append(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))
            self._count += len(rows)

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    @override
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._row(each) for each in range(*at.indices(self._count))]
        return self._row(range(self._count)[at])

    @override
    def __iter__(self) -> Iterator[Row]:
        for run in self._pieces:
            yield from pickle.loads(run)  # noqa: S301 - packed here

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def _row(self, at: int) -> Row:
        piece = bisect_right(self._starts, at) - 1
        if self._at_hand[0] != piece:
            self._at_hand = (piece, pickle.loads(self._pieces[piece]))  # noqa: S301 - packed here
        return self._at_hand[1][at - self._starts[piece]]
