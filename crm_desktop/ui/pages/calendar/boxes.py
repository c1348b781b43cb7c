"""Where everything stands: pure geometry, made anew only when the entries, the days or the size change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF

from crm_desktop.services.calendar import Entry
from crm_desktop.text.lanes import lanes, rows
from crm_desktop.ui import theme
from crm_desktop.ui.pages.calendar.slots import MINUTES, SHORTEST, Slot, is_bar, minutes_on, standing

GUTTER, HEAD, BAR, HOUR = 58, 50, 22, 48
MOST_BARS, MOST_OF_A_DAY = 4, 8
"""So many rows of whole days are seen at once above the hours: of a week, and of a day alone where there is room."""
OPEN_PART = 0.8
"""So much of the height the rows of whole days take at most when all of them are to be seen."""
READABLE = 140
"""What is chosen is at least as wide as this, in front of what stands beside it."""
MONTH_HEAD, NUMBER, LINE, LOWEST_LINE, EDGE, GAP = 30, 24, 20, 18, 4, 2


@dataclass(frozen=True, slots=True)
class Box:
    """An entry, or the part of it on one day or in one week, and where it stands."""

    entry: Entry
    area: QRectF
    begins: bool = True
    ends: bool = True
    """Whether it begins and ends here."""


@dataclass(frozen=True, slots=True)
class More:
    """That so many more are not shown on a day."""

    day: date
    count: int
    area: QRectF
    at_right: bool = False
    """Whether it ends where the day ends, beside its number."""


class Places(Protocol):
    """Days, weeks and months alike."""

    bars: list[Box]
    """What stands fast."""
    blocks: list[Box]
    """What scrolls with the hours; their areas count from midnight."""
    mores: list[More]
    top: float
    """Where what scrolls begins."""
    height: float
    """How high all that scrolls is."""

    def slot_at(self, place: QPointF, scrolled: float) -> Slot | None:
        """The slot at a point."""

    def area_of(self, slot: Slot) -> QRectF:
        """Where a slot is; one with a time counts from midnight."""


class DayPlaces:
    """One day or seven side by side: whole days above, the clock below."""

    def __init__(
        self, entries: Sequence[Entry], first: date, count: int, size: QSizeF, *, is_open: bool = False
    ) -> None:
        self.first, self.count, self.size, self.is_open = first, count, size, is_open
        self.gutter, self.head, self.hour = theme.px(GUTTER), theme.px(HEAD), theme.px(HOUR)
        self.wide = max(size.width() - self.gutter, count) / count
        self.days = [first + timedelta(days=each) for each in range(count)]
        self.bars, self.mores = [], []  # type: list[Box], list[More]
        self.most = self._most_bars()
        shown = self._place_bars([each for each in entries if is_bar(each)])
        self.top = self.head + max(shown, 1) * theme.px(BAR) + theme.px(EDGE) * 2
        self.height = self.hour * 24
        self.blocks = self._blocks([each for each in entries if not is_bar(each)])

    def left(self, day: date) -> float:
        """Where the column of a day begins."""
        return self.gutter + (day - self.first).days * self.wide

    def y(self, minute: float) -> float:
        """How far below midnight a minute of the day is."""
        return minute * self.hour / 60

    def _most_bars(self) -> int:
        """So many rows of whole days that the hours keep half of the height; all there is room for when it is open."""
        if self.is_open:
            return max(int((self.size.height() * OPEN_PART - self.head) // theme.px(BAR)), MOST_BARS)
        room = int((self.size.height() / 2 - self.head) // theme.px(BAR))
        return MOST_BARS if self.count > 1 else min(max(room, MOST_BARS), MOST_OF_A_DAY)

    def _place_bars(self, entries: Sequence[Entry]) -> int:
        found, mores, shown = bars_of(entries, self.days, self.most)
        line = theme.px(BAR)
        for entry, first, last, row in found:
            area = QRectF(
                self.gutter + first * self.wide,
                self.head + theme.px(EDGE) + row * line,
                (last - first + 1) * self.wide,
                line,
            )
            self.bars.append(_box(entry, area.adjusted(2, 1, -3, -1), self.days[first], self.days[last]))
        for at, count in mores:
            top = self.head + theme.px(EDGE) + (self.most - 1) * line
            self.mores.append(More(self.days[at], count, QRectF(self.gutter + at * self.wide, top, self.wide, line)))
        return shown

    def _blocks(self, entries: Sequence[Entry]) -> list[Box]:
        made = []
        for day in self.days:
            here = [each for each in entries if each.first <= day <= each.last]
            spans = [minutes_on(each, day) for each in here]
            spans = [(min(begin, MINUTES - SHORTEST), max(end, begin + SHORTEST)) for begin, end in spans]
            for entry, (begin, end), lane in zip(here, spans, lanes(spans), strict=True):
                wide = (self.wide - theme.px(EDGE) * 2) / lane.of
                left = self.left(day) + theme.px(EDGE) / 2 + lane.place * wide
                area = QRectF(left, self.y(begin), wide - 2, self.y(min(end, MINUTES) - begin) - 1)
                made.append(_box(entry, area, day, day))
        return made

    def grown(self, box: Box) -> Box:
        """An entry as wide as its title needs, within its day."""
        at = int((box.area.center().x() - self.gutter) // self.wide)
        right = self.gutter + (at + 1) * self.wide - theme.px(EDGE)
        wide = max(box.area.width(), min(theme.px(READABLE), self.wide - theme.px(EDGE) * 2))
        left = min(box.area.left(), right - wide)
        return replace(box, area=QRectF(left, box.area.top(), wide, box.area.height()))

    def slot_at(self, place: QPointF, scrolled: float) -> Slot | None:
        """The slot at a point; nothing beside the days and above them."""
        at = int((place.x() - self.gutter) // self.wide)
        if not 0 <= at < self.count or place.y() < self.head:
            return None
        if place.y() < self.top:
            return Slot(self.days[at])
        minute = (place.y() - self.top + scrolled) / self.hour * 60
        return Slot(self.days[at], int(min(max(minute, 0), MINUTES - 1)))

    def area_of(self, slot: Slot) -> QRectF:
        """Half an hour of a day, or its place among whole days."""
        left = self.left(slot.day)
        if slot.minute is None:
            return QRectF(left, self.head, self.wide, self.top - self.head)
        return QRectF(left, self.y(slot.minute), self.wide, self.y(SHORTEST))


class MonthPlaces:
    """Weeks below one another, each with as many lines as there is room for."""

    top = height = 0.0

    def __init__(self, entries: Sequence[Entry], first: date, weeks: int, size: QSizeF) -> None:
        self.first, self.weeks, self.size = first, weeks, size
        self.head = theme.px(MONTH_HEAD)
        self.wide, self.high = size.width() / 7, max(size.height() - self.head, weeks) / weeks
        self.bars, self.blocks, self.mores = [], [], []  # type: list[Box], list[Box], list[More]
        room = self.high - theme.px(NUMBER)
        self.lines = max(int(room // theme.px(LOWEST_LINE)), 1)
        self.line = min(room / self.lines, theme.px(LINE))
        for week in range(weeks):
            self._place(entries, week)

    def cell(self, day: date) -> QRectF:
        """Where a day is."""
        at = (day - self.first).days
        return QRectF(at % 7 * self.wide, self.head + at // 7 * self.high, self.wide, self.high)

    def _place(self, entries: Sequence[Entry], week: int) -> None:
        days = [self.first + timedelta(days=7 * week + each) for each in range(7)]
        here = [each for each in entries if each.first <= days[-1] and each.last >= days[0]]
        found, mores, _shown = bars_of(here, days, self.lines, told_apart=True)
        line, number = self.line, theme.px(NUMBER)
        for entry, first, last, row in found:
            top = self.cell(days[first]).top() + number + row * line
            area = QRectF(first * self.wide, top, (last - first + 1) * self.wide, line)
            self.bars.append(_box(entry, area.adjusted(3, 1, -4, -1), days[first], days[last]))
        for at, count in mores:
            area = QRectF(at * self.wide + number, self.cell(days[at]).top() + 1, self.wide - number - 4, number)
            self.mores.append(More(days[at], count, area, at_right=True))

    def slot_at(self, place: QPointF, scrolled: float) -> Slot | None:  # noqa: ARG002 - months do not scroll
        """The day at a point; nothing above the days."""
        at, week = int(place.x() // self.wide), int((place.y() - self.head) // self.high)
        if place.y() < self.head or not 0 <= at < 7 or not 0 <= week < self.weeks:
            return None
        return Slot(self.first + timedelta(days=7 * week + at))

    def area_of(self, slot: Slot) -> QRectF:
        """The field of a day."""
        return self.cell(slot.day)


def bars_of(
    entries: Sequence[Entry], days: Sequence[date], most: int, *, told_apart: bool = False
) -> tuple[list[tuple[Entry, int, int, int]], list[tuple[int, int]], int]:
    """What stands in the rows of some days, as entry, first and last day and row; how many more a day has; the rows.

    Where more than `most` rows are wanted, the last one tells how many there are besides, unless that is `told_apart`.
    """
    ordered = sorted(entries, key=standing)
    spans = [(max((each.first - days[0]).days, 0), min((each.last - days[0]).days, len(days) - 1)) for each in ordered]
    placed = rows(spans)
    full = [most] * len(days) if told_apart else _rows_free(spans, placed, len(days), most)
    found = []
    hidden = [0] * len(days)
    for entry, (first, last), row in zip(ordered, spans, placed, strict=True):
        if row < min(full[first : last + 1]):
            found.append((entry, first, last, row))
        else:
            for day in range(first, last + 1):
                hidden[day] += 1
    mores = [(day, count) for day, count in enumerate(hidden) if count]
    return found, mores, min(max(placed, default=-1) + 1, most)


def _rows_free(spans: Sequence[tuple[int, int]], placed: Sequence[int], days: int, most: int) -> list[int]:
    """How many rows of each day show entries: one less where something of it has no room, which is told there."""
    full = [most] * days
    while True:
        short = {
            day
            for (first, last), row in zip(spans, placed, strict=True)
            if row >= min(full[first : last + 1])
            for day in range(first, last + 1)
        }
        if all(full[day] < most for day in short):
            return full
        full = [most - 1 if day in short else free for day, free in enumerate(full)]


def _box(entry: Entry, area: QRectF, first: date, last: date) -> Box:
    return Box(entry, area, entry.first >= first, entry.last <= last)
