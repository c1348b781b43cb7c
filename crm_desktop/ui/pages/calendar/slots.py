"""Where one is in the calendar: a day, and a time of it or the row for whole days; and how things are moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from crm_desktop.services.calendar import Entry

DAY, WEEK, MONTH = "day", "week", "month"
MODES = (DAY, WEEK, MONTH)
STEP = timedelta(minutes=15)
A_DAY = timedelta(days=1)
MINUTES = 24 * 60
USUAL_LENGTH = timedelta(hours=1)
SHORTEST = 30
"""What has no end is drawn as long as this, in minutes."""
WEEKS = 6
"""So many weeks are seen of a month, whichever it is."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and a minute of it; without a minute, the whole day."""

    day: date
    minute: int | None = None

    @property
    def at(self) -> datetime:
        """What the clock on the wall shows there."""
        return datetime.combine(self.day, time()) + timedelta(minutes=self.minute or 0)


def slot_of(entry: Entry) -> Slot:
    """Where an entry begins."""
    return Slot(entry.first, minute_of(entry.starts) if entry.has_time and not is_bar(entry) else None)


def minute_of(at: datetime) -> int:
    """How many minutes of the day are over."""
    return at.hour * 60 + at.minute


def is_bar(entry: Entry) -> bool:
    """Whether it stands in the row for whole days: what has no time, and what takes a day or more."""
    return not entry.has_time or (entry.ends is not None and entry.ends - entry.starts >= A_DAY)


def standing(entry: Entry) -> tuple[bool, bool, bool, datetime]:
    """The order in rows of what begins on one day: what is open, by the clock; then birthdays; what is done last."""
    return entry.is_done, entry.is_birthday, not is_bar(entry), entry.starts


def minutes_on(entry: Entry, day: date) -> tuple[int, int]:
    """From which minute to which one an entry takes a part of a day."""
    begin = minute_of(entry.starts) if entry.first == day else 0
    if entry.ends is None or entry.ends <= entry.starts:
        return begin, begin
    return begin, minute_of(entry.ends) if entry.ends.date() == day else MINUTES


def moved(entry: Entry, to: datetime, *, has_time: bool) -> Entry:
    """An entry elsewhere, as long as it was; whole days and times of day are of no common length."""
    ends = None if entry.ends is None or has_time != entry.has_time else to + (entry.ends - entry.starts)
    return replace(entry, starts=to, ends=ends, has_time=has_time)


def lengthened(entry: Entry, ends: datetime) -> Entry:
    """An entry with another end, which is never before its first quarter of an hour is over."""
    return replace(entry, ends=max(ends, entry.starts + STEP))


def end_of(entry: Entry) -> datetime:
    """Where it ends as it is drawn."""
    return entry.ends or entry.starts + timedelta(minutes=SHORTEST)


def days_of(mode: str, day: date, *, begins_monday: bool) -> tuple[date, date]:
    """The first and the last day that are seen with a day."""
    if mode == DAY:
        return day, day
    first = day if mode == WEEK else day.replace(day=1)
    first -= timedelta(days=first.weekday() if begins_monday else (first.weekday() + 1) % 7)
    return first, first + timedelta(days=7 * (1 if mode == WEEK else WEEKS) - 1)


def turned(mode: str, day: date, by: int) -> date:
    """The day that is meant when one turns to the next day, week or month (1) or the one before (-1)."""
    if mode != MONTH:
        return day + timedelta(days=by * (1 if mode == DAY else 7))
    months = day.year * 12 + day.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - A_DAY
    return first.replace(day=min(day.day, last.day))
