"""The days on which something comes again, as they were said: what all languages have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from crm_desktop.text.repeat_rule import LAST, LENGTHS, SHORTEST_MONTH, WORKDAYS, clamp, ordered
from crm_desktop.text.when_words import weekday_of


class Days(NamedTuple):
    """Days of the week, of the month or of the year; `sort` is which of these, nothing when no day was said."""

    sort: str = ""
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    position: int = 0


NONE = Days()


def from_to(first: int, last: int) -> list[int]:
    """Days of a week in a row; none where the next week would begin."""
    return list(range(first, last + 1)) if first < last else []


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


def of_quarters(*, at_end: bool) -> Days:
    """The last day of every quarter, or its first."""
    return Days("dates", month_days=(LAST,), months=(3, 6, 9, 12)) if at_end else Days("dates", (), (1,), (1, 4, 7, 10))


def only_where_there(month_days: list[int]) -> Days | None:
    """Days of the month that are left out where there are none, as RFC 5545 has it."""
    if not month_days or any(day != LAST and not 1 <= day <= 31 for day in month_days):
        return None
    return Days("month", month_days=_sorted(set(month_days)))


def _sorted(days: set[int]) -> tuple[int, ...]:
    return tuple(sorted(days, key=lambda each: (each < 0, each)))


class Nth(NamedTuple):
    """The first, the last Friday, the third working day; the day may be named with the next one only."""

    which: int
    weekday: str = ""
    is_workday: bool = False


class Language(NamedTuple):
    """How one language says how often, and on which days; nothing (or 0) is what it does not understand."""

    often: tuple[tuple[str, str, int], ...]
    """What a text is: how often, and counted by how many; `days` is what is said of the days."""
    between: re.Pattern[str]
    """What stands between several days."""
    in_months: re.Pattern[str]
    or_last: str
    if_any: str
    span: Callable[[str], Days | None]
    """The ends of quarters and years."""
    week: Callable[[str], list[int]]
    nth: Callable[[str], Nth | None]
    month_days: Callable[[list[str]], list[int]]
    date: Callable[[str], tuple[int, int] | None]
    month: Callable[[str], int]

    def days(self, text: str) -> Days | None:
        """The days that all of a text names; None when it is not certain which."""
        if not text:
            return NONE
        if span := self.span(text):
            return span
        if text.endswith(self.or_last):
            meant = text.removesuffix(self.or_last)
            found = self._of_month(meant) or self._of_year(meant)
            return found if found is not None and found.position else None
        if text.endswith(self.if_any):
            return self._only_where_there(text.removesuffix(self.if_any))
        week = self.week(text)
        if week:
            return of_week(week)
        return self._numbered(text) or self._of_month(text) or self._of_year(text) or self._in_months(text)

    def _only_where_there(self, text: str) -> Days | None:
        meant = self._of_year(text)
        if meant is not None:
            return meant._replace(month_days=(29,), position=0) if meant.position else None
        return only_where_there(self._month_days(text))

    def _numbered(self, text: str, months: tuple[int, ...] = ()) -> Days | None:
        weekday, meant = "", []
        for part in reversed(self.between.split(text)):  # the first and third Monday; 第一和第三个周一
            found = self.nth(part)
            if found is None:
                return None
            if found.is_workday:
                return working_day(found.which, months) if part == text else None
            weekday = found.weekday or weekday
            if not weekday:
                return None
            meant.append((found.which, weekday_of(weekday)))
        return numbered(meant, months)

    def _month_days(self, text: str) -> list[int]:
        return self.month_days(self.between.split(text))

    def _of_month(self, text: str, months: tuple[int, ...] = ()) -> Days | None:
        meant = self._month_days(text)
        return of_month(meant, months) if meant else None

    def _of_year(self, text: str) -> Days | None:
        dates = [self.date(each) for each in self.between.split(text)]
        return of_year([each for each in dates if each]) if all(dates) else None

    def _in_months(self, text: str) -> Days | None:
        """The second Sunday of May, the last day of March and June; 5月第二个周日, 1月和7月的1号."""
        found = self.in_months.fullmatch(text)
        if found is None:
            return None
        months = tuple(sorted({self.month(each) for each in self.between.split(found["months"])}))
        if not all(1 <= month <= 12 for month in months):
            return None
        return self._numbered(found["days"], months) or self._of_month(found["days"], months)
