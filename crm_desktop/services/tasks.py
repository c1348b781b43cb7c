"""Tasks and appointments: made, changed, moved, done; each verb is one step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Entity, Task, TaskParty
from crm_desktop.model.base import now
from crm_desktop.model.task import NORMAL, TO_DO
from crm_desktop.services import records, repeating, snoozing
from crm_desktop.services.clock import Now
from crm_desktop.services.records import living
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.whole_day import whole_day

LONGEST_TITLE = 200
LONGEST_REMINDER = timedelta(days=14)
"""So long before its moment a task can be reminded of at most."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A task as it is to be: what a form, a template, a repetition or a foreign calendar says of it."""

    title: str
    kind: str = TO_DO
    due_at: datetime | None = None
    has_time: bool = False
    ends_at: datetime | None = None
    start_at: datetime | None = None
    priority: str = NORMAL
    place: str = ""
    note: str = ""
    repeat: str = ""
    remind_minutes: int | None = None
    account: int | None = None
    contact: int | None = None
    people: Sequence[int] = ()
    """Contacts who take part besides the one it is about."""
    owner: int | None = None
    """Nobody said: whoever makes it."""


def create(workspace: Workspace, draft: Draft) -> int:
    """Make a task; gives its key. Raises Invalid, by field, when it cannot be."""
    check(draft)
    with workspace.write(_("Plan: {title}").format(title=draft.title.strip())) as session:
        return add(session, draft).id


def plan(workspace: Workspace, entity: type[Entity], key: int, title: str, day: date) -> int:
    """Make a task for a day about an account or a contact; gives its key."""
    account, contact = (None, key) if entity is Contact else (key, None)
    return create(workspace, Draft(title, due_at=whole_day(day), account=account, contact=contact))


def add(session: Writing, draft: Draft, activity: int | None = None) -> Task:
    """Put a task that was checked, and its people, into a write that is under way; `activity` is where it was agreed.

    One without a title is called “Follow up”.
    """
    task = Task(owner_id=draft.owner or session.author, activity_id=activity)
    _fill(session, task, draft)
    session.add(task)
    session.flush()
    _invite(session, task, draft.people)
    return task


def change(workspace: Workspace, key: int, draft: Draft) -> None:
    """Have a task be as a form says, people included. Raises Invalid, by field, when it cannot be."""
    check(draft)
    with workspace.write(_("Change task: {title}").format(title=draft.title.strip())) as session:
        rewrite(session, key, draft)


def rewrite(session: Writing, key: int, draft: Draft) -> Task:
    """Have a task be as a checked draft says, within a write that is under way."""
    task = living(session, Task, key)
    _fill(session, task, draft)
    task.owner_id = draft.owner or task.owner_id
    _invite(session, task, draft.people)
    return task


def load(workspace: Workspace, key: int) -> Draft:
    """A task as a form shows it; raises Missing when there is none."""
    with workspace.read() as session:
        return draft_of(session, living(session, Task, key))


def draft_of(session: Session, task: Task) -> Draft:
    """A task as it would be said again."""
    people = session.scalars(_parties(task.id).order_by(TaskParty.id))
    return Draft(
        title=task.title,
        kind=task.kind,
        due_at=task.due_at,
        has_time=task.has_time,
        ends_at=task.ends_at,
        start_at=task.start_at,
        priority=task.priority,
        place=task.place or "",
        note=task.note or "",
        repeat=task.repeat or "",
        remind_minutes=task.remind_minutes,
        account=task.account_id,
        contact=task.contact_id,
        people=tuple(each.contact_id for each in people),
        owner=task.owner_id,
    )


def move(workspace: Workspace, key: int, due_at: datetime, *, has_time: bool) -> None:
    """Put a task on another day or moment; an appointment keeps its length."""
    with workspace.write(_("Move task")) as session:
        task = living(session, Task, key)
        session.call(_("Move: {title}").format(title=task.title))
        _put(task, due_at, has_time=has_time)


def snooze(workspace: Workspace, keys: Iterable[int], until: date, at: Now) -> None:
    """Put tasks off as one step: to a moment (a `datetime`), or to a day, on which each keeps its time of day."""
    if snoozing.is_over(until, at):
        raise Invalid({"until": _("That is over already. Write a later moment.")})
    with workspace.write(_("Snooze task")) as session:
        for key in keys:
            task = living(session, Task, key)
            if isinstance(until, datetime):
                _put(task, until, has_time=True)
            elif task.due_at and task.has_time:
                _put(task, at.moment(until, at.local(task.due_at).time()), has_time=True)
            else:
                _put(task, whole_day(until), has_time=False)


def day_after(due: date | None, at: Now) -> date:
    """Tomorrow; for what is due later than today, the day after that."""
    return max(due or at.day, at.day) + timedelta(days=1)


def remove(workspace: Workspace, key: int) -> None:
    """Put a task in the bin, with its people."""
    with workspace.write(_("Delete task")) as session:
        discard(session, key)


def discard(session: Writing, key: int) -> None:
    """Put a task in the bin, with its people and files, within a write that is under way."""
    task = living(session, Task, key)
    for each in (*records.parts(session, Task, [key]), task):
        session.remove(each)


def complete(workspace: Workspace, key: int, *, done: bool = True) -> bool:
    """Tick a task off, or untick it, which takes back the one that was made after it.

    Whether that one had to stay, because people have worked on it since.
    """
    with workspace.write(_("Complete task") if done else _("Reopen task")) as session:
        task = living(session, Task, key)
        told = _("Done: {title}") if done else _("Open again: {title}")
        session.call(told.format(title=task.title))
        if done:
            tick(session, task)
            return False
        task.done_at = None
        return repeating.take_back(session, task)


def tick(session: Writing, task: Task) -> None:
    """Tick a task off in a write that is under way, with all that follows from it."""
    if task.done_at is None:
        task.done_at = now()
        _ticked(session, task)


def _ticked(session: Writing, task: Task) -> None:
    """What follows when a task is done, in the same step."""
    repeating.make_next(session, task)


def _put(task: Task, due_at: datetime, *, has_time: bool) -> None:
    due = _due(due_at, has_time=has_time)
    if task.ends_at and task.due_at:
        task.ends_at = due + (task.ends_at - task.due_at) if has_time == task.has_time else None
    task.due_at, task.has_time = due, has_time


def check(draft: Draft) -> None:
    """Refuse what cannot be: raises Invalid with a sentence for each field."""
    wrong: dict[str, str] = {}
    if not draft.title.strip():
        wrong["title"] = _("Write what is to be done.")
    if draft.repeat and draft.due_at is None:
        wrong["repeat"] = _("A task that repeats needs a day to begin with.")
    if draft.ends_at and (draft.due_at is None or draft.ends_at < draft.due_at):
        wrong["ends_at"] = _("The end has to come after the beginning.")
    if draft.start_at and draft.due_at and draft.start_at > draft.due_at:
        wrong["start_at"] = _("The start has to come before the day it is due.")
    if draft.remind_minutes and not 0 <= draft.remind_minutes <= LONGEST_REMINDER // timedelta(minutes=1):
        wrong["remind_minutes"] = _("A reminder comes at most 14 days before.")
    if wrong:
        raise Invalid(wrong)


def _fill(session: Writing, task: Task, draft: Draft) -> None:
    title = draft.title.strip()
    task.title = title[:LONGEST_TITLE] or _("Follow up")
    note = f"{title}\n{draft.note}".strip() if len(title) > LONGEST_TITLE else draft.note
    task.kind, task.priority = draft.kind, draft.priority
    task.due_at = draft.due_at and _due(draft.due_at, has_time=draft.has_time)
    task.has_time = draft.has_time
    task.ends_at = draft.ends_at and _due(draft.ends_at, has_time=draft.has_time)
    task.start_at = draft.start_at
    task.place, task.note, task.repeat = draft.place or None, note or None, draft.repeat or None
    task.remind_minutes = draft.remind_minutes
    _about(session, task, draft)


def _about(session: Writing, task: Task, draft: Draft) -> None:
    if draft.contact is not None and draft.contact != task.contact_id:
        living(session, Contact, draft.contact)
    if draft.account is not None and draft.account != task.account_id:
        living(session, Account, draft.account)
    task.contact_id = draft.contact
    task.account_id = draft.account or (account_of(session, draft.contact) if draft.contact else None)


def _invite(session: Writing, task: Task, people: Iterable[int]) -> None:
    wanted = dict.fromkeys(people)
    for party in session.scalars(_parties(task.id)):
        if party.contact_id in wanted:
            del wanted[party.contact_id]
        else:
            session.remove(party)
    session.add_all(TaskParty(task_id=task.id, contact_id=each) for each in wanted)


def _parties(task: int) -> Select[TaskParty]:
    return select(TaskParty).where(TaskParty.task_id == task, TaskParty.deleted_at.is_(None))


def account_of(session: Writing, contact: int) -> int | None:
    """Where somebody works first of all."""
    query = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    return session.scalar(query.where(Contact.id == contact))


def _due(at: datetime, *, has_time: bool) -> datetime:
    """When it is due as it is kept: of a day without a time, the day as whoever chose it saw it."""
    return at if has_time else whole_day(at.date())
