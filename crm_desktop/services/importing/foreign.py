"""Identities that a file brings along: one that the data file does not know means one record all through the file."""

from __future__ import annotations

from collections.abc import Iterable


class Foreign:
    """Which record each identity of the file means; negative numbers are records to be made."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, int], int] = {}
        self._ids: dict[tuple[str, int], int] = {}

    def note(self, entity: str, identity: int | None, key: int | None) -> None:
        """Keep what an identity means, unless it is known; a row without one notes nothing."""
        if identity is not None and key is not None:
            self._keys.setdefault((entity, identity), key)
            self._ids.setdefault((entity, key), identity)

    def key(self, entity: str, identity: int | None) -> int | None:
        """The record that an identity means, None when nothing is known of it."""
        return None if identity is None else self._keys.get((entity, identity))

    def possible(self, entity: str, identity: int | None, keys: Iterable[int]) -> list[int]:
        """Those of some records that the file does not know by another identity."""
        if identity is None or not self._ids:
            return list(keys)
        return [each for each in keys if self._ids.get((entity, each), identity) == identity]

    def wanted(self) -> dict[int, int]:
        """The identities that records to be made have in the file, by their numbers; each is that of one record."""
        found = ((key, entity, identity) for (entity, identity), key in self._keys.items() if key < 0)
        return {key: identity for key, entity, identity in found if self._ids[entity, key] == identity}
