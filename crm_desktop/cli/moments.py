"""Days and moments that are typed, in digits or in words: 2026-11-24, “next tue 10am”, 下周二上午10点."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from crm_desktop.text.when import Moment

FIRST_YEAR, LAST_YEAR = 1950, 2199
"""Beyond them nobody plans anything, and the calendar ends before the years of computers do."""


class Step(NamedTuple):
    """A next step, and when it is due."""

    title: str = ""
    at: datetime | None = None
    has_time: bool = False


def moment_of(text: str, *, base: datetime | None = None, over: bool = False) -> Moment:
    """The moment that all of a text names, counted from `base` or now; `over` means one that is past."""
    from crm_desktop.text import when

    found = when.read(text, base or datetime.now().astimezone(), over=over)
    if found is None or found.rest.strip():
        message = _("“{text}” was not understood as a date. Write it like “tomorrow 10:00” or “2026-11-24”.")
        raise Invalid({"when": message.format(text=text[:40])})
    return found


def day_of(text: str | None) -> date | None:
    """The day that a text names for certain; None when nothing was said."""
    from crm_desktop.text import dates

    if not text or not text.strip():
        return None
    found = dates.read(text)
    return found.value if found.value and not found.findings else moment_of(text).at.date()


def near_day_of(text: str | None) -> date | None:
    """The day that a text names, if a calendar can show it."""
    found = day_of(text)
    if found and not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = _("Name a day between {first} and {last}.")
        raise Invalid({"when": message.format(first=FIRST_YEAR, last=LAST_YEAR)})
    return found


def step_of(text: str | None) -> Step:
    """A next step with the moment that its words name."""
    from crm_desktop.text import when

    found = when.read(text, datetime.now().astimezone()) if text else None
    return Step(found.rest, found.at, found.has_time) if found else Step(text or "")
