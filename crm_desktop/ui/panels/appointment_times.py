"""From when until when: three lines as people type them, and as they are shown again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm_desktop.i18n import _
from crm_desktop.text import when

DAY, BEGIN, END = "due_at", "begins", "ends_at"
"""The lines, as the check of a task names them."""


@dataclass(frozen=True, slots=True)
class Times:
    """What was understood; `wrong` says which line was not, and why."""

    starts: datetime | None
    ends: datetime | None
    has_time: bool
    wrong: dict[str, str]


def read(day: str, begin: str, end: str, now: datetime) -> Times:
    """The times of an appointment; with no time of day it is for whole days."""
    wrong: dict[str, str] = {}
    found = _only_day(day, now)
    if found is None:
        wrong[DAY] = _("This is not a day, such as 2026-11-24 or “next tue”.")
        return Times(None, None, has_time=False, wrong=wrong)
    if not begin.strip():
        ends = _only_day(end, now) if end.strip() else None
        if end.strip() and ends is None:
            wrong[END] = _("This is not a day, such as 2026-11-24 or “next tue”.")
        elif ends is not None and ends.date() < found.date():
            wrong[END] = _("The end has to come after the beginning.")
        return Times(found, ends, has_time=False, wrong=wrong)
    starts = _clock(found, begin, now)
    if starts is None:
        wrong[BEGIN] = _("This is not a time of day, such as 10:00.")
        return Times(found, None, has_time=False, wrong=wrong)
    ends = (_clock(found, end, now) or _moment(end, now)) if end.strip() else None
    if end.strip() and ends is None:
        wrong[END] = _("This is not a time of day, such as 10:00.")
    elif ends is not None and ends <= starts:
        wrong[END] = _("The end has to come after the beginning.")
    return Times(starts, ends, has_time=True, wrong=wrong)


def shown(starts: datetime, ends: datetime | None, *, has_time: bool) -> tuple[str, str, str]:
    """The three lines for an appointment."""
    day = f"{starts:%Y-%m-%d}"
    if not has_time:
        return day, "", f"{ends:%Y-%m-%d}" if ends else ""
    if ends is None:
        return day, f"{starts:%H:%M}", ""
    return day, f"{starts:%H:%M}", f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%Y-%m-%d %H:%M}"


def _only_day(text: str, now: datetime) -> datetime | None:
    found = when.read(text.strip(), now)
    return found.at if found is not None and not found.has_time and not found.rest else None


def _clock(day: datetime, text: str, now: datetime) -> datetime | None:
    """A time of day on a day; what names a day of its own is none."""
    if when.read(text.strip(), now) is None:
        return None
    found = when.read(f"{day:%Y-%m-%d} {text.strip()}", now)
    return found.at if found is not None and found.has_time and not found.rest else None


def _moment(text: str, now: datetime) -> datetime | None:
    found = when.read(text.strip(), now)
    return found.at if found is not None and found.has_time and not found.rest else None
