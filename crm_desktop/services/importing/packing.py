"""Values of rows as bytes, while nobody needs them: there are very many, and so they take a third of the room."""

from __future__ import annotations

import marshal
import pickle
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Any

from crm_desktop.model.channel import ChannelValue

PICKLED = 0x80
"""The byte that a pickle begins with, and nothing that is marshalled."""
PIECE = 1 << 16
"""Bytes, about, that lie in one piece."""
BITS = 32
"""How many bits tell a place within a piece."""


class Runs:
    """Packed values by number, many of them in one piece: apart, each would take a fifth more."""

    def __init__(self) -> None:
        self._at = array("Q")
        self._pieces = [b""]
        self._waiting: list[bytes] = []
        self._length = 0

    def put(self, number: int, run: bytes) -> None:
        """Keep something, in place of what was there; it can be had after `settle`."""
        if self._length > PIECE:
            self.settle()
        if number >= len(self._at):
            self._at.extend(repeat(0, 1 + number - len(self._at)))
        self._at[number] = len(self._pieces) << BITS | self._length
        self._waiting.append(run)
        self._length += len(run)

    def settle(self) -> None:
        """Put together what came last."""
        self._pieces.append(b"".join(self._waiting))
        self._waiting.clear()
        self._length = 0

    def has(self, number: int) -> bool:
        """Whether there is anything of a number."""
        return number < len(self._at) and self._at[number] > 0

    def get(self, number: int) -> Any:
        """What was kept; whoever unpacks it knows where it ends."""
        piece, start = divmod(self._at[number], 1 << BITS)
        return unpacked(memoryview(self._pieces[piece])[start:])


def packed(parts: Any) -> bytes:
    """Some values as bytes: what is nothing but plain values takes a tenth of the time of all others."""
    try:
        return marshal.dumps(parts)
    except ValueError:
        return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)


def all_packed(rows: Iterable[Any]) -> list[bytes]:
    """Many values of one sort, each packed by itself."""
    found = list(rows)
    try:
        return list(map(marshal.dumps, found))
    except ValueError:
        return list(map(packed, found))


def unpacked(run: bytes | memoryview) -> Any:
    """What was packed."""
    return pickle.loads(run) if run[0] == PICKLED else marshal.loads(run)  # noqa: S301, S302 - our own


def plain(values: Iterable[Any]) -> list[Any]:
    """Values and cells with channels, days and moments as lists, which no other value is."""
    return [_PLAIN[type(each)](each) if type(each) in _PLAIN else each for each in values]


def plain_column(values: Sequence[Any]) -> list[Any]:
    """The same as `plain`, sooner where none of the values has to be changed."""
    return list(values) if _PLAIN.keys().isdisjoint(map(type, values)) else plain(values)


def lively(values: Iterable[Any]) -> list[Any]:
    """Values and cells as they were."""
    return [as_it_was(each) if type(each) is list else each for each in values]


def lively_at(values: list[Any], place: int) -> Any:
    """The value at a place as it was, which it is there from now on, too."""
    found = values[place]
    if type(found) is list:
        found = values[place] = as_it_was(found)
    return found


def as_it_was(value: list[Any]) -> date | tuple[ChannelValue, ...]:
    """A value that was made plain."""
    if type(value[0]) is str:
        return datetime.fromisoformat(value[0])
    if type(value[0]) is int:
        return date.fromordinal(value[0])
    return tuple([ChannelValue(*each) for each in value])


def plain_part(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of fields by name, with channels as lists."""
    return dict(zip(values, plain(values.values()), strict=True))


def lively_part(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of fields by name as they were."""
    return dict(zip(values, lively(values.values()), strict=True))


def _channels(value: tuple[Any, ...]) -> Sequence[Any]:
    return list(map(tuple, value)) if value and type(value[0]) is ChannelValue else value


def _moment(value: datetime) -> datetime | list[str]:
    return value if value.tzinfo or value.fold else [value.isoformat()]


def _day(value: date) -> list[int]:
    return [value.toordinal()]


_PLAIN: dict[type, Callable[[Any], Any]] = {tuple: _channels, datetime: _moment, date: _day}
