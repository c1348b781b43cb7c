"""A record as an import is going to make or change it; there are many, so that one takes as little room as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.model.fields import Field

NOTHING: Mapping[str, Any] = {}
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class _More:
    """What few drafts have."""

    begun: Mapping[str, Any] | None = None
    links: Mapping[str, int | None] | None = None
    changed: dict[str, Field] | None = None
    added: dict[str, tuple[Any, ...]] | None = None
    said: frozenset[str] = frozenset()


@dataclass(slots=True)
class Draft:
    """What a record is going to hold, and which of that is new.

    `values` may be shared with the row that made the record, so that it is never changed but put in its place anew.
    """

    entity: str
    key: int
    values: Mapping[str, Any]
    contact: int | None = None
    """Whose place a new affiliation is."""
    account: int | None = None
    """Where a new affiliation is, or what a new activity is about."""
    parties: tuple[int, ...] = ()
    """The contacts that are new to an activity."""
    _more: _More | None = None

    @property
    def is_new(self) -> bool:
        """Whether the record is to be made."""
        return self.key < 0

    @property
    def is_written(self) -> bool:
        """Whether anything of it is to be written."""
        return self.key < 0 or bool(self.changed or self.added or self.links or self.parties)

    @property
    def first(self) -> Mapping[str, Any]:
        """What a new record holds by the row that makes it, before later rows say more."""
        return self.values if self._more is None or self._more.begun is None else self._more.begun

    @property
    def links(self) -> Mapping[str, int | None]:
        """Columns that are no fields, such as the parent of an account."""
        return (self._more and self._more.links) or NOTHING

    @property
    def changed(self) -> Mapping[str, Field]:
        """The fields that get another value, when the record is there already."""
        return (self._more and self._more.changed) or NOTHING

    @property
    def added(self) -> Mapping[str, tuple[Any, ...]]:
        """New values beside those that are there, by name of the field."""
        return (self._more and self._more.added) or NOTHING

    @property
    def said(self) -> frozenset[str]:
        """The fields of which the file said already what they hold."""
        return self._more.said if self._more else _NONE

    @property
    def more(self) -> tuple[Mapping[str, Any] | None, Mapping[str, int | None] | None, frozenset[str]] | None:
        """Of a new record: what it held first, what it refers to, and what was said of it; None for most."""
        found = self._more
        return None if found is None else (found.begun, found.links, found.said)

    @more.setter
    def more(self, told: tuple[Mapping[str, Any] | None, Mapping[str, int | None] | None, frozenset[str]]) -> None:
        begun, links, said = told
        self._more = _More(begun, links, said=said)

    def set(self, name: str, value: Any) -> None:
        """Have a field hold a value from now on."""
        if self.key < 0:
            more = self._others()
            more.begun = self.values if more.begun is None else more.begun
        self.values = {**self.values, name: value}

    def link(self, name: str, key: int | None) -> None:
        """Have the record refer to another one."""
        more = self._others()
        more.links = {**self.links, name: key}

    def mark_changed(self, found: Field) -> None:
        """Note that a field of a record that is there gets another value."""
        more = self._others()
        more.changed = more.changed or {}
        more.changed[found.name] = found

    def add(self, found: Field, values: tuple[Any, ...]) -> None:
        """Note that a field of a record that is there gets more values."""
        more = self._others()
        more.added = more.added or {}
        more.added[found.name] = (*more.added.get(found.name, ()), *values)

    def say(self, name: str) -> None:
        """Note that the file said what a field holds."""
        more = self._others()
        if name not in more.said:
            more.said = _with(more.said, name)

    def _others(self) -> _More:
        if self._more is None:
            self._more = _More()
        return self._more


@lru_cache(maxsize=1000)
def _with(names: frozenset[str], name: str) -> frozenset[str]:
    """Some names and one more; drafts share the few sets that there are."""
    return names | {name}
