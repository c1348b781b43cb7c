"""How far a task can be put off by one key, and until when that is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crm_desktop.i18n import _
from crm_desktop.services.clock import Now

MINUTES, HOUR, TOMORROW, MONDAY = "minutes", "hour", "tomorrow", "monday"
DELAYS = {MINUTES: timedelta(minutes=10), HOUR: timedelta(hours=1)}


def choices() -> list[tuple[str, str]]:
    """The usual delays: codes and words."""
    return [
        (MINUTES, _("In 10 minutes")),
        (HOUR, _("In 1 hour")),
        (TOMORROW, _("Tomorrow")),
        (MONDAY, _("Next Monday")),
    ]


def until(code: str, at: Now) -> date:
    """Until when a delay lasts: a moment (a `datetime`), or a day on which the time of a task stays."""
    if code in DELAYS:
        return at.at + DELAYS[code]
    return at.day + timedelta(days=1 if code == TOMORROW else 7 - at.day.weekday())


def is_over(until: date, at: Now) -> bool:
    """Whether a moment or a day is over, so that nothing can be put off to it."""
    return until <= at.at if isinstance(until, datetime) else until < at.day
