"""Tasks and appointments: made, changed, moved, done; each verb is one step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Task, TaskParty
from crm_desktop.model.base import now
from crm_desktop.model.task import NORMAL, TO_DO
from crm_desktop.services import attachments
from crm_desktop.services.records import living
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.whole_day import whole_day

LONGEST_TITLE = 200


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


def add(session: Writing, draft: Draft) -> Task:
    """Put a task that was checked, and its people, into a write that is under way."""
    task = Task(owner_id=draft.owner or session.author)
    _fill(session, task, draft)
    session.add(task)
    session.flush()
    _invite(session, task, draft.people)
    return task


def change(workspace: Workspace, key: int, draft: Draft) -> None:
    """Have a task be as a form says, people included. Raises Invalid, by field, when it cannot be."""
    check(draft)
    with workspace.write(_("Change task: {title}").format(title=draft.title.strip())) as session:
        task = living(session, Task, key)
        _fill(session, task, draft)
        task.owner_id = draft.owner or task.owner_id
        _invite(session, task, draft.people)


def load(workspace: Workspace, key: int) -> Draft:
    """A task as a form shows it; raises Missing when there is none."""
    with workspace.read() as session:
        task = living(session, Task, key)
        people = session.scalars(_parties(key).order_by(TaskParty.id))
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
        due = _due(due_at, has_time=has_time)
        if task.ends_at and task.due_at:
            task.ends_at = due + (task.ends_at - task.due_at) if has_time else None
        task.due_at, task.has_time = due, has_time


def remove(workspace: Workspace, key: int) -> None:
    """Put a task in the bin, with its people."""
    with workspace.write(_("Delete task")) as session:
        task = living(session, Task, key)
        for party in session.scalars(_parties(key)):
            session.remove(party)
        attachments.remove_of(session, "task", [key])
        session.remove(task)


def complete(workspace: Workspace, key: int, *, done: bool = True) -> None:
    """Tick a task off, or untick it."""
    with workspace.write(_("Complete task") if done else _("Reopen task")) as session:
        living(session, Task, key).done_at = now() if done else None


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
    if wrong:
        raise Invalid(wrong)


def _fill(session: Writing, task: Task, draft: Draft) -> None:
    task.title = draft.title.strip()[:LONGEST_TITLE]
    task.kind, task.priority = draft.kind, draft.priority
    task.due_at = draft.due_at and _due(draft.due_at, has_time=draft.has_time)
    task.has_time = draft.has_time
    task.ends_at = draft.ends_at if draft.has_time else None
    task.start_at = draft.start_at
    task.place, task.note, task.repeat = draft.place or None, draft.note or None, draft.repeat or None
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
