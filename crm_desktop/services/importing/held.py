"""What records hold, in little room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.services.importing.packing import all_packed, lively, plain, unpacked


class Held:
    """What records hold by name of field, packed: a whole address book comes back as often as a new one comes in."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._runs: dict[tuple[str, int], bytes] = {}

    def put(self, entity: str, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """Keep what records of a kind hold, all of them in the same fields."""
        if rows:
            self._names[entity] = tuple(next(iter(rows.values())))
            runs = all_packed(plain(row.values()) for row in rows.values())
            self._runs.update(zip([(entity, key) for key in rows], runs, strict=True))

    def get(self, entity: str, key: int) -> Mapping[str, Any] | None:
        """What a record holds; None when nothing is known of it."""
        run = self._runs.get((entity, key))
        return None if run is None else dict(zip(self._names[entity], lively(unpacked(run)), strict=True))

    def has(self, entity: str, key: int) -> bool:
        """Whether anything is known of a record."""
        return (entity, key) in self._runs

    def keys(self, entity: str) -> list[int]:
        """The records of a kind of which something is known."""
        return [key for each, key in self._runs if each == entity]
