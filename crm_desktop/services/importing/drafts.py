"""All the drafts of an import, by kind of record and number.

Those of new records rest packed, because there are very many: as bytes one takes a third of the room, and it is back
in a few microseconds when a later row says more of it or somebody looks at it.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.line import Part
from crm_desktop.services.importing.packing import Runs, lively_part, packed, plain_part


class Drafts:
    """New records have negative numbers, and no two of them the same one, of whatever kind they are."""

    def __init__(self, kinds: Iterable[str] = ()) -> None:
        self._kinds = tuple(kinds)
        self._kind_at = {each: at for at, each in enumerate(self._kinds)}
        self._there: dict[str, dict[int, Draft]] = {each: {} for each in self._kinds}
        self._numbers = {each: array("q") for each in self._kinds}
        self._open: dict[int, Draft] = {}
        self._packed = Runs()
        self._places: dict[str, Mapping[str, int]] = {}
        """Where the values of each kind stand in what rows say of it."""
        self._tagged: dict[int, None] = {}
        self._looked_at: list[Draft] = []
        """Those of records that are there since drafts were laid to rest."""
        self._said: dict[int, frozenset[str]] = {}
        """What was said of records that are there, and is what they hold; else nothing is kept of these."""

    def add(self, draft: Draft) -> None:
        """Keep one more."""
        if draft.key > 0:
            self._there[draft.entity][draft.key] = draft
            self._looked_at.append(draft)
            for name in self._said.get(draft.key, ()):
                draft.say(name)
        else:
            if draft.key not in self._open and not self._packed.has(-draft.key):
                self._numbers[draft.entity].append(draft.key)
            self._open[draft.key] = draft

    def get(self, entity: str, key: int) -> Draft | None:
        """A draft, to be changed if need be until the drafts are laid to rest; None when there is none."""
        if key > 0:
            return self._there[entity].get(key)
        found = self._open.get(key)
        if found is None and self._packed.has(-key):
            found = self._open[key] = self._unpacked(key)
        return found

    def look(self, key: int) -> Draft:
        """The draft of a new record, not to be changed."""
        return self._open.get(key) or self._unpacked(key)

    def numbers(self, entity: str) -> Sequence[int]:
        """The numbers of the new records of a kind, in the order of the file."""
        return self._numbers.get(entity, ())

    def new(self, entity: str) -> Iterator[Draft]:
        """The new records of a kind, in the order of the file."""
        return map(self.look, self.numbers(entity))

    def there(self, entity: str) -> Collection[Draft]:
        """The drafts of records of a kind that are there already."""
        return self._there[entity].values()

    def resting(self, key: int) -> Sequence[Any]:
        """A new record as it rests: its kind, values (of `names` in a row, else by name), contact, account and more."""
        found: Sequence[Any] = self._packed.get(-key)
        return found

    def names(self, entity: str) -> Sequence[str]:
        """The fields whose values most new records of a kind have in a row."""
        return tuple(self._places.get(entity, ()))

    def tagged(self, entity: str) -> Iterator[Draft]:
        """The new records of a kind that have tags."""
        return (draft for draft in map(self.look, self._tagged) if draft.entity == entity)

    def __len__(self) -> int:
        return sum(map(len, self._numbers.values())) + sum(map(len, self._there.values()))

    def rest(self) -> Collection[Draft]:
        """Pack all new ones that are at hand, and let go of those of which nothing is to be written.

        Gives the new ones for a last look; nobody may change them any more.
        """
        self._drop_unchanged()
        found = self._open
        self._open = {}
        for key, draft in found.items():
            if draft.values.get("tags"):
                self._tagged[key] = None
            self._packed.put(-key, self._as_bytes(draft))
        self._packed.settle()
        return found.values()

    def _drop_unchanged(self) -> None:
        for draft in self._looked_at:
            if not draft.is_written:
                del self._there[draft.entity][draft.key]
                if draft.said:
                    self._said[draft.key] = draft.said
        self._looked_at.clear()

    def forget(self, but: Iterable[int]) -> None:
        """Let go of all drafts but for some of new records, which can still be looked at."""
        self._open = {each: self.look(each) for each in but}
        self._there = {each: {} for each in self._kinds}
        self._numbers = {each: array("q") for each in self._kinds}
        self._packed, self._tagged, self._said = Runs(), {}, {}

    def _as_bytes(self, draft: Draft) -> bytes:
        values, more = draft.values, draft.more
        told: list[Any] | dict[str, Any]
        if isinstance(values, Part) and self._places.setdefault(draft.entity, values.places) is values.places:
            told = values.plain_values()
        else:
            told = plain_part(values)
        if more and more[0] is not None:
            more = (plain_part(more[0]), *more[1:])
        return packed((self._kind_at[draft.entity], told, draft.contact, draft.account, draft.parties, more))

    def _unpacked(self, key: int) -> Draft:
        kind, told, contact, account, parties, more = self._packed.get(-key)
        entity = self._kinds[kind]
        values = lively_part(told) if isinstance(told, dict) else Part(self._places[entity], told)
        draft = Draft(entity, key, values, contact, account, parties)
        if more:
            begun, *rest = more
            draft.more = (None if begun is None else lively_part(begun), *rest)
        return draft
