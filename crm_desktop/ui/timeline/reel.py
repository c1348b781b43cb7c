"""Which entries are in sight: a reel of any length of which only what is seen, and its end, is ever measured."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.ui.timeline.shape import Setting, Shape, measure
from crm_desktop.ui.timeline.words import day_of

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble
    from crm_desktop.ui.models.timeline import TimelineModel

KEPT = 240
"""Shapes that are remembered; a screen shows about ten."""


class Reel:
    """A place in the timeline: the entry at the upper edge, and how much of it is above the edge."""

    def __init__(self, model: TimelineModel) -> None:
        self._model = model
        self._shapes: OrderedDict[int, Shape] = OrderedDict()
        self._open: set[int] = set()
        self._end: tuple[int, float] | None = None
        self._held: tuple[datetime, int] | None = None
        self._held_end = True
        self.setting: Setting | None = None
        self.height = 0
        self.top = 0
        self.offset = 0.0

    def __len__(self) -> int:
        return len(self._model.rows)

    def fit(self, setting: Setting, height: int) -> None:
        """Measure from now on in another setting, for a window of that height; what is at the edge stays there."""
        at_end = self.setting is None or self.is_at_end()
        old = 1.0 if at_end else self.shape(self.top).height
        if setting != self.setting:
            self._shapes.clear()
        self.setting, self.height, self._end = setting, height, None
        if at_end:
            self.to_end()
        else:
            self.offset *= self.shape(self.top).height / old
            self._settle()

    def shape(self, place: int) -> Shape:
        """The shape of an entry, measured when it is first asked for."""
        assert self.setting is not None
        bubble = self._model.rows[place]
        has_day = place == 0 or day_of(bubble.at) != day_of(self._model.rows[place - 1].at)
        known = self._shapes.get(bubble.id)
        if known is not None and known.bubble is bubble and bool(known.day) == has_day:
            self._shapes.move_to_end(bubble.id)
            return known
        made = measure(bubble, self.setting, has_day=has_day, is_open=bubble.id in self._open)
        self._shapes[bubble.id] = made
        if len(self._shapes) > KEPT:
            self._shapes.popitem(last=False)
        return made

    def open(self, bubble: Bubble) -> None:
        """Show all lines of a long entry."""
        self._open.add(bubble.id)
        self._shapes.pop(bubble.id, None)
        self._end = None
        self._settle()

    def visible(self) -> Iterator[tuple[int, float, Shape]]:
        """The entries in sight: place, upper edge and shape."""
        y = -self.offset
        for place in range(self.top, len(self)):
            if y >= self.height:
                return
            shape = self.shape(place)
            yield place, y, shape
            y += shape.height

    def at(self, y: float) -> tuple[int, float, Shape] | None:
        """The entry at a height."""
        return next((each for each in self.visible() if each[1] <= y < each[1] + each[2].height), None)

    def move(self, pixels: float) -> None:
        """Go down, or up if negative, as far as there is something."""
        self.offset += pixels
        self._settle()

    def jump(self, position: float) -> None:
        """Go to a place and a share of it, as `position` gives it."""
        if len(self):
            self.top = min(max(int(position), 0), len(self) - 1)
            self.offset = (position - self.top) * self.shape(self.top).height
            self._settle()

    def to_end(self) -> None:
        """Go to the newest entry."""
        self.top, self.offset = self._bottom()

    def reveal(self, place: int) -> None:
        """Go just as far as it takes to see all of an entry, or its beginning if it is longer than the window."""
        if place < self.top or (place == self.top and self.offset > 0):
            self.top, self.offset = place, 0.0
        else:
            room = self.height - self.shape(place).height
            first = place
            while first > self.top and room > 0:
                first -= 1
                room -= self.shape(first).height
            if room <= 0 and (first, -room) > (self.top, self.offset):
                self.top, self.offset = (first, -room) if first < place else (place, 0.0)
        self._settle()

    @property
    def position(self) -> float:
        """Where the upper edge is, in entries."""
        return self._in_entries(self.top, self.offset)

    @property
    def end_position(self) -> float:
        """Where the upper edge is when the newest entry is in sight."""
        return self._in_entries(*self._bottom())

    def is_at_end(self) -> bool:
        """Whether the newest entry is in sight."""
        return (self.top, self.offset + 1) >= self._bottom()

    def grew(self, count: int) -> None:
        """Older entries came in front: what is seen stays where it is."""
        first = self._model.rows[count]
        before = self._shapes.get(first.id)
        self.top += count
        self._end = None
        if self.top == count and before is not None:  # it may no longer be the first of its day
            self.offset -= before.height - self.shape(count).height
            self._settle()

    def hold(self) -> None:
        """Remember what is at the edge, before entries come, go or change."""
        self._held_end = not len(self) or self.is_at_end()
        edge = self._model.rows[self.top] if len(self) else None
        self._held = (edge.at, edge.id) if edge else None

    def release(self) -> None:
        """Have what was at the edge be there again, or what came after it."""
        self._end = None
        if self._held_end or self._held is None:
            self.to_end()
            return
        self.top = bisect_left(self._model.rows, self._held, key=lambda each: (each.at, each.id))
        if self.top < len(self) and self._model.rows[self.top].id != self._held[1]:
            self.offset = 0.0
        self._settle()

    def forget(self) -> None:
        """Begin anew: once it is fitted again, at the end of another timeline."""
        self._shapes.clear()
        self._open.clear()
        self.setting = self._end = None
        self.top, self.offset = 0, 0.0

    def _in_entries(self, place: int, offset: float) -> float:
        return place + offset / self.shape(place).height if len(self) else 0.0

    def _bottom(self) -> tuple[int, float]:
        if self._end is None:
            self._end = self._find_bottom() if self.setting else None
        return self._end or (0, 0.0)

    def _find_bottom(self) -> tuple[int, float]:
        room = float(self.height)
        for place in range(len(self) - 1, -1, -1):
            room -= self.shape(place).height
            if room <= 0:
                return place, -room
        return 0, 0.0

    def _settle(self) -> None:
        """Have the edge be inside the entry it names, and not beyond either end."""
        self.top = max(min(self.top, len(self) - 1), 0)
        while self.offset < 0 and self.top > 0:
            self.top -= 1
            self.offset += self.shape(self.top).height
        self.offset = max(self.offset, 0.0)
        while self.top < len(self) - 1 and self.offset >= self.shape(self.top).height:
            self.offset -= self.shape(self.top).height
            self.top += 1
        self.top, self.offset = min((self.top, self.offset), self._bottom())
