"""Days as filters name them: an ISO day, a day so far from today, or a whole week, month, quarter or year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from crm_desktop.i18n import _, ngettext
from crm_desktop.text import dates

TODAY = "today"
_AWAY = re.compile(r"([+-]\d{1,5})([dwmy])")
_SPAN = re.compile(r"(week|month|quarter|year)([+-]\d{1,4})?")
_PART_OF_A_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row, both ends included."""

    first: date
    last: date


def read(text: str, today: date) -> Span | None:
    """The days that a text names on the day `today`; None when it names none.

    `today`, `-30d`, `+2w`, `-6m`, `-1y` are single days; `week`, `month-1`, `quarter`, `year+1` are whole ones, weeks
    beginning on Monday as ISO 8601 has them; `2026` and `2026-03` are a year and a month; anything else is read as a
    date is.
    """
    plain = text.strip().lower()
    if plain == TODAY:
        return Span(today, today)
    try:
        return _relative(plain, today) or _written(plain)
    except (OverflowError, ValueError):
        return None


def is_relative(text: str) -> bool:
    """Whether the days that a text names are others every day, week, month or year."""
    plain = text.strip().lower()
    return plain == TODAY or bool(_AWAY.fullmatch(plain) or _SPAN.fullmatch(plain))


def _relative(plain: str, today: date) -> Span | None:
    if match := _AWAY.fullmatch(plain):
        day = _away(today, int(match[1]), match[2])
        return Span(day, day)
    match = _SPAN.fullmatch(plain)
    return _whole(match[1], int(match[2] or 0), today) if match else None


def _written(plain: str) -> Span | None:
    if match := _PART_OF_A_YEAR.fullmatch(plain):
        year, month = int(match[1]), int(match[2] or 0)
        first = date(year, month or 1, 1)
        return Span(first, date(year, month or 12, monthrange(year, month or 12)[1]))
    found = dates.read(plain).value
    return Span(found, found) if found else None


def _away(today: date, count: int, unit: str) -> date:
    if unit == "d":
        return today + timedelta(days=count)
    if unit == "w":
        return today + timedelta(weeks=count)
    first = _months_on(today.replace(day=1), count * (12 if unit == "y" else 1))
    return first.replace(day=min(today.day, monthrange(first.year, first.month)[1]))


def _whole(unit: str, count: int, today: date) -> Span:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=count)
        return Span(monday, monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = _months_on(date(today.year, (today.month - 1) // months * months + 1, 1), count * months)
    return Span(first, _months_on(first, months) - timedelta(days=1))


def _months_on(first: date, count: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)


def show(text: str) -> str:
    """The days that a text names, in words; an ISO day is shown as it is."""
    plain = text.strip().lower()
    if plain == TODAY:
        return _("today")
    if match := _AWAY.fullmatch(plain):
        return _show_away(int(match[1]), match[2])
    if match := _SPAN.fullmatch(plain):
        return _show_whole(match[1], int(match[2] or 0))
    return text


def _show_away(count: int, unit: str) -> str:
    size = abs(count)
    told = {
        "d": ngettext("{count} day", "{count} days", size),
        "w": ngettext("{count} week", "{count} weeks", size),
        "m": ngettext("{count} month", "{count} months", size),
        "y": ngettext("{count} year", "{count} years", size),
    }[unit]
    return (_("{time} ago") if count < 0 else _("{time} from today")).format(time=told)


def _show_whole(unit: str, count: int) -> str:
    this = {
        "week": (_("last week"), _("this week"), _("next week")),
        "month": (_("last month"), _("this month"), _("next month")),
        "quarter": (_("last quarter"), _("this quarter"), _("next quarter")),
        "year": (_("last year"), _("this year"), _("next year")),
    }[unit]
    if -1 <= count <= 1:
        return this[count + 1]
    return _("{span} {count:+}").format(span=this[1], count=count)
