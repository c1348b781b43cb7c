"""How papers put days, moments and several things in a row."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop.i18n import _, language
from crm_desktop.model import picks
from crm_desktop.model.base import now
from crm_desktop.services import users
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.dates import show_day

BEFORE_ALL = date.min
"""Seen from here every day is of another year, so that its year is told."""


def joined(*parts: str) -> str:
    """What there is of several things, parted by dots."""
    return " · ".join(filter(None, parts))


def today() -> date:
    """This day, here."""
    return now().astimezone().date()


def day_of(at: datetime) -> date:
    """The day of a moment, here."""
    return at.astimezone().date()


def clock(at: datetime) -> str:
    """The time of day of a moment, here."""
    return f"{at.astimezone():%H:%M}"


def day_words(day: date) -> str:
    """A day with its weekday, and with its year unless that is this one."""
    return show_day(day, today(), language())


def whole_day_words(day: date) -> str:
    """A day with its weekday and its year, for papers that are kept."""
    return show_day(day, BEFORE_ALL, language())


def moment_words(at: datetime | None, *, has_time: bool) -> str:
    """A day, with the time where there is one; nothing for no moment."""
    if at is None:
        return ""
    return f"{day_words(day_of(at))} {clock(at)}" if has_time else day_words(day_of(at))


def pick(name: str, code: str | None) -> str:
    """The word for a value of a pick list; nothing for no value."""
    return picks.label(name, code) if code else ""


def stamp(workspace: Workspace) -> str:
    """When it is printed, and by whom."""
    printed = _("Printed {moment}").format(moment=f"{now().astimezone():%Y-%m-%d %H:%M}")
    return joined(printed, users.local_name(workspace))
