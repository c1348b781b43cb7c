"""How tasks are told in lists: in the window, on the command line and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.model import picks
from crm_desktop.model.task import NORMAL, TO_DO
from crm_desktop.services.clock import Now
from crm_desktop.services.task_list import ALL_DAY, DONE, LATE, LATER, TIMED, TODAY, UNDATED, WEEK, Listed
from crm_desktop.text.dates import show_day, show_soon

TITLES = {
    LATE: N_("Late"),
    TODAY: N_("Today"),
    WEEK: N_("Next 7 days"),
    LATER: N_("Later"),
    UNDATED: N_("Without a date"),
    DONE: N_("Done lately"),
    ALL_DAY: N_("Any time of the day"),
    TIMED: N_("At a time of day"),
}
REMINDERS = (0, 5, 10, 15, 30, 60, 120, 24 * 60, 2 * 24 * 60, 7 * 24 * 60)
"""The minutes before its moment that a reminder of a task is offered for."""


def title(section: str) -> str:
    """The head of a section."""
    return _(TITLES[section])


def about(task: Listed) -> str:
    """The second line of a task: what kind it is, with whom, and where."""
    kind = picks.label("task_kind", task.kind) if task.kind != TO_DO else ""
    firm = task.account if task.account != task.person else ""
    return " · ".join(filter(None, (kind, task.person, firm, task.place)))


def when(task: Listed, at: Now) -> str:
    """When it is due, or was done, or begins."""
    if task.done_at:
        return show_day(task.done_at.date(), at.day, language())
    return _open_when(task, at, show_day)


def soon(task: Listed, at: Now) -> str:
    """When an open task is due, in few letters, for a narrow card."""
    return _open_when(task, at, show_soon)


def _open_when(task: Listed, at: Now, say: Callable[[date, date, str], str]) -> str:
    if task.start_at and task.start_at > at.at:
        return _("from {day}").format(day=say(task.start_at.date(), at.day, language()))
    if task.due_at is None:
        return ""
    if task.section == LATE and task.due_at.date() < at.day:
        return ngettext("{count} day late", "{count} days late", (at.day - task.due_at.date()).days)
    if task.section in (TODAY, LATE, TIMED):
        return span(task) or _("today")
    if task.section == ALL_DAY:
        return ""
    day = say(task.due_at.date(), at.day, language())
    return f"{day} {task.due_at:%H:%M}" if task.has_time else day


def span(task: Listed) -> str:
    """The time of day of a task, to its end where it has one; nothing for a whole day."""
    if task.due_at is None or not task.has_time:
        return ""
    end = f"–{task.ends_at:%H:%M}" if task.ends_at else ""
    return f"{task.due_at:%H:%M}{end}"


def tone(task: Listed) -> str:
    """The tone of what stands at the right."""
    return "err" if task.section == LATE else "text2"


def sentence(task: Listed, at: Now) -> str:
    """All that a row says."""
    pressing = picks.label("priority", task.priority) if task.priority != NORMAL else ""
    priority = _("Priority: {priority}").format(priority=pressing) if pressing else ""
    done = _("done") if task.done_at else ""
    repeats = _("repeats") if task.repeats else ""
    return " · ".join(filter(None, (task.title, about(task), when(task, at), priority, repeats, done)))


def reminder(minutes: int) -> str:
    """How long before its moment a task is reminded of."""
    if not minutes:
        return _("At its time")
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("{count} day before", "{count} days before", days)
    if minutes % 60 == 0:
        return ngettext("{count} hour before", "{count} hours before", minutes // 60)
    return ngettext("{count} minute before", "{count} minutes before", minutes)
