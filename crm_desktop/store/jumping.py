"""Where in a list a name stands that begins with some letters: by halving where names are in order, else by looking."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from crm_desktop.model import Entity
from crm_desktop.store.outline_order import begins
from crm_desktop.store.queries import among
from crm_desktop.text.folding import plain

PAGE = 2000
MOST = 10_000
"""Rows that are looked at one after the other where nothing else helps."""
TRIED = 12
"""Names that an index offers, of which some may not be in the list."""
AFTER_ALL = "\U0010ffff"


def row_of(
    session: Session, entity: type[Entity], keys: array[int], text: str, begin: int, *, descending: bool | None
) -> int | None:
    """The first row from `begin` on, or from the top, whose name begins with a text, spelt out or by initials.

    `descending` is None where the list is not in the order of its names.
    """
    typed = "".join(each for each in plain(text) if each.isalnum())
    if not typed or not keys:
        return None
    if descending is None:
        return _around(session, entity, keys, typed, range(len(keys)), begin)
    finder = _Finder(session, entity, keys, descending=descending)
    if not typed.isascii():
        from crm_desktop.text.pinyin import sort_key

        spelt = sort_key(typed, surname=True)
        exact = finder.first(spelt)
        return exact if exact < len(keys) and finder.name(exact).startswith(spelt) else None
    rows, exact = finder.between(typed[0], _next(typed[0])), finder.first(typed)
    is_ahead = begin not in rows or exact >= begin
    if is_ahead and exact < len(keys) and begins(finder.name(exact), typed):
        return exact
    offered = finder.by_index(typed, begin if begin in rows else None)
    if offered is None and begin in rows:
        offered = finder.by_index(typed, None)
    return offered if offered is not None else _around(session, entity, keys, typed, rows, begin)


def _next(letter: str) -> str:
    return ":" if letter.isdecimal() else chr(ord(letter) + 1)


def _pattern(typed: str) -> str:
    """What every name that begins so looks like in its sort key, and many others."""
    return ("*" if typed[0].isdecimal() else "") + "*".join(typed) + "*"


def _around(
    session: Session, entity: type[Entity], keys: array[int], typed: str, rows: range, begin: int
) -> int | None:
    """The first fitting row from `begin` on, then from the top of the rows on."""
    begin = begin if begin in rows else rows.start
    ahead = _first(session, entity, keys, typed, range(begin, rows.stop))
    return _first(session, entity, keys, typed, range(rows.start, begin)) if ahead is None else ahead


def _first(session: Session, entity: type[Entity], keys: array[int], typed: str, rows: range) -> int | None:
    """The first of some rows whose name begins with what was typed."""
    column = inspect(entity).columns["sort_key"]
    for part in _pages(rows):
        ids = keys[part.start : part.stop]
        found = session.execute(
            select(entity.id, column).where(entity.id.in_(among(ids)), column.op("GLOB")(_pattern(typed)))
        )
        fitting = {key for key, name in found if name and begins(name, typed)}
        if fitting:
            return part.start + next(place for place, key in enumerate(ids) if key in fitting)
    return None


def _pages(rows: range) -> Iterator[range]:
    for start in range(rows.start, min(rows.stop, rows.start + MOST), PAGE):
        yield range(start, min(start + PAGE, rows.stop))


class _Finder:
    """Looks up sort keys by row, in a list that is in their order."""

    def __init__(self, session: Session, entity: type[Entity], keys: array[int], *, descending: bool) -> None:
        self._session, self._entity, self._keys, self._descending = session, entity, keys, descending
        self._column = inspect(entity).columns["sort_key"]

    def name(self, row: int) -> str:
        """The sort key of the record in a row."""
        return self._session.scalar(select(self._column).where(self._entity.id == self._keys[row])) or ""

    def first(self, low: str) -> int:
        """The first row whose sort key is not before `low`, in the direction of the list."""
        return self._halve(low) if not self._descending else self._halve(low + AFTER_ALL)

    def by_index(self, typed: str, after: int | None) -> int | None:
        """The row of the first name that begins so, initials too, by the index of all names; from a row on."""
        name, entity = self._column, self._entity
        low, high = typed[0], _next(typed[0])
        query = select(name).where(entity.deleted_at.is_(None), name.op("GLOB")(_pattern(typed)))
        if self._descending:
            query = query.where(name >= low, name < high if after is None else name <= self.name(after))
            query = query.order_by(name.desc())
        else:
            query = query.where(name >= (low if after is None else self.name(after)), name < high).order_by(name)
        tried: set[str] = set()
        for found in self._session.scalars(query.limit(PAGE)):
            if found in tried or not begins(found, typed):
                continue
            row = self._halve(found)
            if row < len(self._keys) and self.name(row) == found and (after is None or row >= after):
                return row
            tried.add(found)
            if len(tried) > TRIED:
                break
        return None

    def between(self, low: str, high: str) -> range:
        """The rows whose sort keys are from `low` up to, but not with, `high`."""
        if self._descending:
            return range(self._halve(high), self._halve(low))
        return range(self._halve(low), self._halve(high))

    def _halve(self, bound: str) -> int:
        start, stop = 0, len(self._keys)
        while start < stop:
            middle = (start + stop) // 2
            name = self.name(middle)
            if (name >= bound) if self._descending else (name < bound):
                start = middle + 1
            else:
                stop = middle
        return start
