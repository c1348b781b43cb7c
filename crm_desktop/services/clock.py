"""The moment at which something is asked, and the zone and habits of who asks: a clock that tests can set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MORNING = time(9)
"""When a task with a date only is reminded of, unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Now:
    """A moment and the zone in which its day begins and ends, None for that of this computer."""

    at: datetime
    zone: tzinfo | None = None
    morning: time = MORNING

    @property
    def day(self) -> date:
        """The day it is."""
        return self.day_of(self.at)

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock on the wall shows it."""
        return moment.astimezone(self.zone)

    def day_of(self, moment: datetime) -> date:
        """The calendar day that a moment falls on here."""
        return self.local(moment).date()

    def moment(self, day: date, hour: time) -> datetime:
        """A time of day as a moment in UTC; one that the clock skips in spring is as long after midnight as it says."""
        return datetime.combine(day, hour.replace(tzinfo=None), self.zone).astimezone(UTC)

    def begins(self, days: int = 0) -> datetime:
        """The moment when a day begins, so many days from this one."""
        return self.moment(self.day + timedelta(days=days), time())

    def reminds_at(self, due_at: datetime, *, has_time: bool, minutes: int | None = None) -> datetime:
        """When a task is to be reminded of: at its moment or so long before, else in the morning of its day."""
        if has_time:
            return due_at - timedelta(minutes=minutes or 0)
        return self.moment(self.day_of(due_at), self.morning)


def now(morning: time = MORNING) -> Now:
    """This moment on this computer."""
    return Now(datetime.now(UTC), None, morning)
