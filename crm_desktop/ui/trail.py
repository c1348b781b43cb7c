"""The records and pages seen one after the other, for Back and Forward."""

from __future__ import annotations

from typing import TypeAlias

NO_KEY = 0
"""The key of a page as a whole."""
Place: TypeAlias = tuple[str, int]
"""Entity and key of a record, or the code of a page and no key."""


class Trail:
    """Where one has been; a new place cuts off what one had come back from."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._here = -1

    def note(self, place: Place) -> None:
        """Remember a place that is seen now."""
        if self._places[self._here : self._here + 1] != [place]:
            self._places = [*self._places[: self._here + 1], place]
            self._here = len(self._places) - 1

    def step(self, by: int) -> Place | None:
        """Go back (-1) or forward (1); None where the trail ends."""
        if not 0 <= self._here + by < len(self._places):
            return None
        self._here += by
        return self._places[self._here]
