"""The days on which something comes again, as they were said."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.text.repeat_rule import LAST, LENGTHS, SHORTEST_MONTH, WORKDAYS, clamp, ordered


class Days(NamedTuple):
    """Days of the week, of the month or of the year; `sort` is which of these, nothing when no day was said."""

    sort: str = ""
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    position: int = 0


NONE = Days()
QUARTER_ENDS, QUARTER_BEGINS = (3, 6, 9, 12), (1, 4, 7, 10)


def of_week(days: list[int]) -> Days:
    """Some days of every week."""
    return Days("weekdays", ordered((0, day) for day in days))


def numbered(days: list[tuple[int, int]], months: tuple[int, ...] = ()) -> Days:
    """Such as the last Friday of a month."""
    return Days("numbered", ordered(days), months=months)


def working_day(which: int, months: tuple[int, ...] = ()) -> Days:
    """Such as the last working day of a month."""
    return Days("numbered", WORKDAYS, months=months, position=which)


def of_month(days: list[int], months: tuple[int, ...] = ()) -> Days | None:
    """Days of a month by number; of several, none that short months do not have but the 31st, which is the last."""
    if any(day != LAST and not 1 <= day <= 31 for day in days):
        return None
    if months:
        return of_year([(month, day) for month in months for day in days])
    if len(days) == 1 and days[0] != LAST:
        found, position = clamp(days[0])
        return Days("month", month_days=found, position=position)
    meant = {LAST if day == LENGTHS[0] else day for day in days}
    return None if max(meant) > SHORTEST_MONTH else Days("month", month_days=_sorted(meant))


def of_year(dates: list[tuple[int, int]]) -> Days | None:
    """Dates (month, day): one, or the same days in several months; 29 February is the last day where there is none."""
    months, days = sorted({month for month, _day in dates}), {day for _month, day in dates}
    if len(set(dates)) != len(months) * len(days) or any(not 1 <= month <= 12 for month in months):
        return None
    if any(day != LAST and not 1 <= day <= LENGTHS[month - 1] for month, day in dates):
        return None
    if dates == [(2, 29)]:
        found, position = clamp(29)
        return Days("dates", month_days=found, months=(2,), position=position)
    return Days("dates", month_days=_sorted(days), months=tuple(months))


def only_where_there(month_days: list[int]) -> Days | None:
    """Days of the month that are left out where there are none, as RFC 5545 has it."""
    if not month_days or any(day != LAST and not 1 <= day <= 31 for day in month_days):
        return None
    return Days("month", month_days=_sorted(set(month_days)))


def _sorted(days: set[int]) -> tuple[int, ...]:
    return tuple(sorted(days, key=lambda each: (each < 0, each)))
