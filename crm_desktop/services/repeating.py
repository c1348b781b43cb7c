"""Tasks that come again: the next one is made when one is done; one can be skipped, and the repetition ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Task, TaskParty
from crm_desktop.model.base import now
from crm_desktop.services import records
from crm_desktop.services.records import living
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text import repeat
from crm_desktop.text.whole_day import whole_day

SAME = ("title", "kind", "has_time", "priority", "place", "note", "remind_minutes")
SAME_LINKS = ("account_id", "contact_id", "owner_id", "template_item_id")


class Again(Protocol):
    """What is asked of a task to reckon when it comes again."""

    repeat: str | None
    due_at: datetime | None
    has_time: bool


def make_next(session: Writing, task: Task, at: datetime | None = None, zone: tzinfo | None = None) -> Task | None:
    """Make the task that follows one which is just done, in the same step; None when nothing follows.

    One that is done late is followed by the next date that is still to come, so that nothing begins as late.
    """
    due = _next_due(task, at or now(), zone)
    if due is None or _follower(session, task) is not None:
        return None
    made = Task(**{name: getattr(task, name) for name in (*SAME, *SAME_LINKS)})
    made.repeat_of_id = task.id
    made.repeat = _next_rule(task, zone)
    made.start_at = task.start_at
    made.ends_at = task.ends_at
    assert task.due_at is not None
    _shift(made, task.due_at, due, zone)
    session.add(made)
    session.flush()
    people = select(TaskParty.contact_id).where(TaskParty.task_id == task.id, TaskParty.deleted_at.is_(None))
    session.add_all(
        TaskParty(task_id=made.id, contact_id=each) for each in session.scalars(people.order_by(TaskParty.id))
    )
    return made


def skip(workspace: Workspace, key: int, at: datetime | None = None, zone: tzinfo | None = None) -> datetime | None:
    """Leave this one out: the task moves to its next date, which is given; the last one goes to the bin."""
    with workspace.write(_("Skip task")) as session:
        task = living(session, Task, key)
        if not task.repeat:
            raise Invalid({"repeat": _("This task does not repeat.")})
        session.call(_("Skip: {title}").format(title=task.title))
        due = _next_due(task, at or now(), zone, may_be_today=True)
        if due is None:
            for each in (*records.parts(session, Task, [key]), task):
                session.remove(each)
            return None
        assert task.due_at is not None
        task.repeat = _next_rule(task, zone)
        _shift(task, task.due_at, due, zone)
        return due


def end(workspace: Workspace, key: int) -> None:
    """Have a task not come again after this one."""
    with workspace.write(_("End repetition")) as session:
        task = living(session, Task, key)
        session.call(_("End repetition: {title}").format(title=task.title))
        task.repeat = None


def rule_of(words: str, today: date) -> str:
    """The rule that words mean; raises Invalid when they are not understood."""
    rule = repeat.read(words, today)
    if rule is None:
        raise Invalid({"repeat": repeat.check("")})
    return rule


def set_words(workspace: Workspace, key: int, words: str, today: date) -> str:
    """Have a task come again as words say; gives the rule. Raises Invalid when they are not understood."""
    rule = rule_of(words, today)
    with workspace.write(_("Repeat task")) as session:
        task = living(session, Task, key)
        if task.due_at is None:
            raise Invalid({"repeat": _("A task that repeats needs a day to begin with.")})
        session.call(_("Repeat: {title}").format(title=task.title))
        task.repeat = rule
    return rule


def upcoming(rule: str, due: datetime, *, has_time: bool, count: int = 3, zone: tzinfo | None = None) -> list[datetime]:
    """The next moments at which a task would be due, to be shown before it is saved."""
    found: list[datetime] = []
    while len(found) < count and not repeat.check(rule):
        following = repeat.next_after(rule, due, due, _zone(zone, has_time=has_time))
        if following is None:
            break
        rule, due = repeat.later(repeat.anchored(rule, _day(due, zone, has_time=has_time))), following
        found.append(due)
    return found


def coming(task: Again, begin: datetime, end: datetime, at: datetime, zone: tzinfo | None = None) -> Iterator[datetime]:
    """When a task that repeats will be due again, within a span.

    The dates between one that is late and `at` are left out, as they are when it is done (see `make_next`).
    """
    rule, due, after = task.repeat or "", task.due_at, at
    if due is None or repeat.check(rule):
        return
    if not task.has_time:
        after = whole_day(at.astimezone(zone).date())
    if not repeat.is_counted(rule):
        after = max(after, begin - timedelta(seconds=1))
    while (following := repeat.next_after(rule, due, after, _zone(zone, has_time=task.has_time))) and following < end:
        if following >= begin:
            yield following
        rule = repeat.later(repeat.anchored(rule, _day(due, zone, has_time=task.has_time)))
        due = following


def _next_due(task: Task, at: datetime, zone: tzinfo | None, *, may_be_today: bool = False) -> datetime | None:
    if not task.repeat or task.due_at is None or repeat.check(task.repeat):
        return None
    after = at
    if not task.has_time:
        after = whole_day(at.astimezone(zone).date())
        after -= timedelta(seconds=1) if may_be_today else timedelta()
    return repeat.next_after(task.repeat, task.due_at, after, _zone(zone, has_time=task.has_time))


def _zone(zone: tzinfo | None, *, has_time: bool) -> tzinfo | None:
    """Where the clock is that counts; a whole day is kept as a moment in UTC."""
    return zone if has_time else UTC


def _day(due: datetime, zone: tzinfo | None, *, has_time: bool) -> date:
    return due.astimezone(_zone(zone, has_time=has_time)).date()


def _next_rule(task: Task, zone: tzinfo | None) -> str:
    assert task.repeat is not None
    assert task.due_at is not None
    return repeat.later(repeat.anchored(task.repeat, _day(task.due_at, zone, has_time=task.has_time)))


def _follower(session: Writing, task: Task) -> int | None:
    """The task that was made after this one before, when it was ticked off a first time."""
    return session.scalar(select(Task.id).where(Task.repeat_of_id == task.id, Task.deleted_at.is_(None)).limit(1))


def _shift(task: Task, before: datetime, due: datetime, zone: tzinfo | None) -> None:
    """Move a task with its start and its end, by the clock on the wall."""
    zone = _zone(zone, has_time=task.has_time)
    by = _wall(due, zone) - _wall(before, zone)
    for name in ("start_at", "ends_at"):
        moment: datetime | None = getattr(task, name)
        if moment is not None:
            wall = _wall(moment, zone) + by
            setattr(task, name, (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC))
    task.due_at = due.astimezone(UTC)


def _wall(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
