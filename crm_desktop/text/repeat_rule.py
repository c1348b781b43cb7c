"""A rule of RFC 5545 for what comes again, taken apart: the subset that people understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
FREQUENCIES = (DAILY, WEEKLY, MONTHLY, YEARLY)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = tuple((0, day) for day in range(5))
"""Mondays to Fridays; public holidays are not known here."""
LAST = -1
SHORTEST_MONTH = 28
MOST = 999
LONGEST = 200
LEFT_OUT = "\nEXDATE:"
"""Between a rule and the days on which it is left out, which are a line of their own in RFC 5545 (3.8.5.1)."""
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Repetition:
    """How often, on which days, and until when."""

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    """Which one of the month, from its end when negative, 0 for each; and the weekday, Monday being 0."""
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    position: int = 0
    """Which of the days that fit is meant, counted from the end when negative; 0 for all of them."""
    count: int | None = None
    """How many times from now on, the present one included."""
    until: date | None = None
    """The last day, or the last moment, on which it may be."""
    without: tuple[date, ...] = ()
    """Single days on which it is left out, in order."""

    @property
    def is_plain(self) -> bool:
        """Whether it says how often, but not on which days."""
        return not (self.weekdays or self.month_days or self.months or self.position)

    @property
    def clamped(self) -> int:
        """The day of the month where a month without it takes its last day; 0 for other rules."""
        days = self.month_days
        is_so = self.position == LAST and len(days) > 1 and days == tuple(range(SHORTEST_MONTH, days[-1] + 1))
        return days[-1] if is_so else 0


def clamp(day: int) -> tuple[tuple[int, ...], int]:
    """The days and the position of a rule for a day that short months do not have: they take their last day.

    RFC 5545 leaves such months out; who says “on the 30th” does not expect that nothing is due in February. Other
    programs understand the rule in the same way, because it is written in the terms of the RFC.
    """
    if day <= SHORTEST_MONTH:
        return (day,), 0
    return ((LAST,), 0) if day == LENGTHS[0] else (tuple(range(SHORTEST_MONTH, day + 1)), LAST)


def write(rule: Repetition) -> str:
    """The rule as RFC 5545 has it, and below it the days on which it is left out."""
    parts = [
        ("FREQ", rule.frequency),
        ("INTERVAL", str(rule.interval) if rule.interval > 1 else ""),
        ("BYDAY", ",".join(f"{nth or ''}{WEEKDAYS[day]}" for nth, day in rule.weekdays)),
        ("BYMONTHDAY", _joined(rule.month_days)),
        ("BYMONTH", _joined(rule.months)),
        ("BYSETPOS", str(rule.position or "")),
        ("COUNT", str(rule.count or "")),
        ("UNTIL", _written_until(rule.until) if rule.until else ""),
    ]
    said = ";".join(f"{name}={value}" for name, value in parts if value)
    days = ",".join(f"{each:%Y%m%d}" for each in rule.without)
    return f"{said}{LEFT_OUT}{days}" if days else said


def _joined(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))


def _written_until(until: date) -> str:
    return f"{until.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(until, datetime) else f"{until:%Y%m%d}"


def parse(text: str) -> Repetition:
    """The rule that a text is; ValueError for what is no such rule, or says what is not known here."""
    if len(text) > LONGEST:
        raise ValueError(text)
    said: dict[str, str] = {}
    text, _line, left_out = text.upper().partition(LEFT_OUT)
    for part in text.removeprefix("RRULE:").strip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in said or name not in PARTS:
            raise ValueError(part)
        said[name] = value
    begins = said.pop("WKST", "MO")
    if said.get("FREQ") not in FREQUENCIES or begins not in WEEKDAYS:
        raise ValueError(text)
    values = {PARTS[name][0]: PARTS[name][1](value) for name, value in said.items()}
    found = _numbered(Repetition(**values))  # type: ignore[arg-type]
    if begins != "MO" and found.interval > 1 and len(found.weekdays) > 1:
        raise ValueError(text)  # of every second week it counts which day is its first
    found = replace(found, month_days=(LAST,), position=0) if found.clamped == LENGTHS[0] else found
    return replace(found, without=tuple(sorted(set(map(_day, left_out.split(",")))))) if left_out else found


def _numbered(rule: Repetition) -> Repetition:
    """The last of all Fridays of a month is its last Friday: other programs write it either way."""
    if rule.frequency == MONTHLY and rule.position and len(rule.weekdays) == 1 and not rule.weekdays[0][0]:
        return replace(rule, weekdays=((rule.position, rule.weekdays[0][1]),), position=0)
    return rule


def _number(text: str) -> int:
    found = int(text)
    if not 1 <= found <= MOST:
        raise ValueError(text)
    return found


def _numbers(least: int, most: int) -> Callable[[str], tuple[int, ...]]:
    def read(text: str) -> tuple[int, ...]:
        found = tuple(sorted({int(each) for each in text.split(",")}, key=lambda each: (each < 0, each)))
        if any(not (least <= each <= most) or each == 0 for each in found):
            raise ValueError(text)
        return found

    return read


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = [BY_DAY.fullmatch(each) for each in text.split(",")]
    days = {(int(each[1] or 0), WEEKDAYS.index(each[2])) for each in found if each}
    if None in found or any(not -5 <= nth <= 5 for nth, _day in days):
        raise ValueError(text)
    return ordered(days)


def ordered(days: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Days of the week in their order, each once, those that are counted from the end last."""
    return tuple(sorted(set(days), key=lambda each: (each[0] < 0, each)))


def _position(text: str) -> int:
    found = int(text)
    if not -5 <= found <= 5 or not found:
        raise ValueError(text)
    return found


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()


def _until(text: str) -> date:
    if len(text) == len("20261231"):
        return _day(text)
    found = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return found if text.endswith("Z") else found.date()  # a time without a zone: its day counts


PARTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "FREQ": ("frequency", str),
    "INTERVAL": ("interval", _number),
    "BYDAY": ("weekdays", _weekdays),
    "BYMONTHDAY": ("month_days", _numbers(LAST, 31)),
    "BYMONTH": ("months", _numbers(1, 12)),
    "BYSETPOS": ("position", _position),
    "COUNT": ("count", _number),
    "UNTIL": ("until", _until),
    "WKST": ("", str),
}
"""What a rule may say, by its name in the RFC: where it is kept, and how it is read."""
