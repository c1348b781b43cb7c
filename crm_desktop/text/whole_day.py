"""A calendar day as a moment: which day it is must not change with the time zone of the laptop."""

from datetime import UTC, date, datetime, time

MIDDLE = time(10, 30, tzinfo=UTC)
"""The same calendar day from UTC-10:30 to UTC+13:30, that is wherever customers are but for a few islands."""


def whole_day(day: date) -> datetime:
    """The moment that stands for a day on which the hour does not matter."""
    return datetime.combine(day, MIDDLE)
