"""What reminders say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.text.dates import show_day

if TYPE_CHECKING:
    from datetime import date

    from crm_desktop.services.clock import Now
    from crm_desktop.services.reminders import Due

NAMED = 3


def heading(due: Sequence[Due]) -> str:
    """The title of the only task, or how many there are."""
    if len(due) == 1:
        return due[0].title
    tasks = [each for each in due if each.birthday is None]
    greetings = len(due) - len(tasks)
    told = [_tasks(tasks)] if tasks else []
    told += [ngettext("{count} birthday", "{count} birthdays", greetings)] if greetings else []
    return " · ".join(told)


def _tasks(due: Sequence[Due]) -> str:
    late = sum(each.is_late for each in due)
    if late == len(due):
        return ngettext("{count} task is late", "{count} tasks are late", late)
    if not late:
        return ngettext("{count} task is due", "{count} tasks are due", len(due))
    return _("{due} tasks are due, {late} of them late").format(due=len(due), late=late)


def verb(due: Due) -> str:
    """What is done about it with one key."""
    return _("Done") if due.birthday is None else _("Plan a greeting")


def explanation(due: Sequence[Due], clock: Now) -> str:
    """When the only task is due and whom it is about, or the first titles."""
    if len(due) == 1:
        return " · ".join(filter(None, (when(due[0], clock), due[0].who)))
    named = [each.title for each in due[:NAMED]]
    return " · ".join([*named, "…"] if len(due) > NAMED else named)


def when(due: Due, clock: Now) -> str:
    """“Today”, “Tue Nov 24 10:00, late”."""
    words = moment(due.due_at, clock) if due.has_time else _day(due.due_at, clock)
    if due.is_late and due.birthday is not None:
        return _("{when}, already over").format(when=words)
    return _("{when}, late").format(when=words) if due.is_late else words


def until(at: date, clock: Now) -> str:
    """Until when a task is put off: a moment, or a day."""
    return moment(at, clock) if isinstance(at, datetime) else show_day(at, clock.day, language())


def moment(at: datetime, clock: Now) -> str:
    """“Today 10:00”, “Tue Nov 24 10:00”."""
    return f"{_day(at, clock)} {at.astimezone(clock.zone):%H:%M}"


def _day(at: datetime, clock: Now) -> str:
    day, today = clock.day_of(at), clock.day
    return _("Today") if day == today else show_day(day, today, language())
