"""Tasks that come again: the next one is made when one is done; one can be skipped, and the repetition ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

from sqlalchemy import func, select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language
from crm_desktop.model import ChangeItem, ChangeSet, Entity, Task, TaskParty
from crm_desktop.model.base import now
from crm_desktop.services import records
from crm_desktop.services.records import living
from crm_desktop.store.workspace import REDO, UNDO, Workspace, Writing
from crm_desktop.text import repeat
from crm_desktop.text.dates import show_date
from crm_desktop.text.repeat import Series
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
    series = _following(task, at or now(), zone)
    if series is None or _follower(session, task) is not None:
        return None
    made = Task(**{name: getattr(task, name) for name in (*SAME, *SAME_LINKS)})
    made.repeat_of_id = task.id
    made.repeat = series.rule
    made.start_at = task.start_at
    made.ends_at = task.ends_at
    assert task.due_at is not None
    _shift(made, task.due_at, series.due, zone)
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
        series = _following(task, at or now(), zone, may_be_today=True)
        if series is not None and task.due_at is not None:
            clock = _zone(zone, has_time=task.has_time)
            skipped, today = task.due_at.astimezone(clock).date(), (at or now()).astimezone(zone).date()
            series = repeat.without(series.rule, series.due, [skipped], clock, since=today)
        return _go_on(session, task, series, zone)


def _go_on(session: Writing, task: Task, series: Series | None, zone: tzinfo | None) -> datetime | None:
    """Have a task be due as its series says now; one that is over goes to the bin."""
    if series is None:
        for each in (*records.parts(session, Task, [task.id]), task):
            session.remove(each)
        return None
    assert task.due_at is not None
    _shift(task, task.due_at, series.due, zone)
    task.repeat = series.rule
    return series.due


def leave_out(workspace: Workspace, key: int, day: date, zone: tzinfo | None = None) -> datetime | None:
    """Leave one day out of a series: the task stays where it is, or moves when that is its own day, see `skip`."""
    with workspace.write(_("Leave a day out")) as session:
        task = living(session, Task, key)
        session.call(_("Without {day}: {title}").format(day=show_date(day, language()), title=task.title))
        if not task.repeat or task.due_at is None or repeat.check(task.repeat):
            raise Invalid({"repeat": _("This task does not repeat.")})
        clock = _zone(zone, has_time=task.has_time)
        days = (day, day + timedelta(days=1))
        begin, until = (datetime.combine(each, time(), clock).astimezone(clock) for each in days)
        is_own = begin <= task.due_at < until
        if not is_own and not any(coming(task, begin, until, task.due_at, zone)):
            raise Invalid({"day": _("The series does not come on that day.")})
        series = repeat.without(task.repeat, task.due_at, [day], clock)
        if series is not None and not is_own and day not in repeat.left_out(series.rule):
            raise Invalid({"day": _("No more single days can be left out of this series.")})
        return _go_on(session, task, series, zone)


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
        following = repeat.following(rule, due, due, _zone(zone, has_time=has_time))
        if following is None:
            break
        due, rule = following
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
    clock = _zone(zone, has_time=task.has_time)
    while (following := repeat.following(rule, due, after, clock)) and following.due < end:
        due, rule = following
        if due >= begin:
            yield due


def _following(task: Task, at: datetime, zone: tzinfo | None, *, may_be_today: bool = False) -> Series | None:
    if not task.repeat or task.due_at is None or repeat.check(task.repeat):
        return None
    after = at
    if not task.has_time:
        after = whole_day(at.astimezone(zone).date())
        after -= timedelta(seconds=1) if may_be_today else timedelta()
    return repeat.following(task.repeat, task.due_at, after, _zone(zone, has_time=task.has_time))


def _zone(zone: tzinfo | None, *, has_time: bool) -> tzinfo | None:
    """Where the clock is that counts; a whole day is kept as a moment in UTC."""
    return zone if has_time else UTC


def take_back(session: Writing, task: Task) -> bool:
    """Put the task that was made after one which is open again into the bin; whether it had to stay.

    It stays when people have worked on it since, or it is done as well.
    """
    made = _follower(session, task)
    if made is None:
        return False
    there = [made, *records.parts(session, Task, [made.id])]
    is_touched = _is_worked_on(session, made, there)
    for each in [] if is_touched else there:
        session.remove(each)
    return is_touched


def _is_worked_on(session: Writing, made: Task, there: Sequence[Entity]) -> bool:
    """Whether any step after that which made a task, and was not taken back, touched it or what is part of it."""
    people = session.scalars(select(TaskParty.id).where(TaskParty.task_id == made.id))
    rows = {*people, *(each.id for each in there)}
    steps = select(func.count(ChangeSet.id.distinct())).join(ChangeItem, ChangeItem.set_id == ChangeSet.id)
    is_live = ChangeSet.undone_by.is_(None), ChangeSet.kind.not_in((UNDO, REDO))
    return (session.scalar(steps.where(ChangeItem.row_id.in_(rows), *is_live)) or 0) > 1


def _follower(session: Writing, task: Task) -> Task | None:
    """The task that was made after this one before, when it was ticked off a first time."""
    return session.scalar(select(Task).where(Task.repeat_of_id == task.id, Task.deleted_at.is_(None)).limit(1))


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
