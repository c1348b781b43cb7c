"""Tasks put off and tasks made ahead, each as one step to undo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Affiliation, Contact, Entity, Task
from crm_desktop.services.records import living
from crm_desktop.services.today import Now
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.when import USUAL_HOUR


def snooze(workspace: Workspace, task: int, at: Now) -> None:
    """Put a task off to tomorrow at the same time of day; one that is due later, to the day after."""
    with workspace.write(_("Snooze task")) as session:
        record = living(session, Task, task)
        due = at.local(record.due_at or _moment(at.day, time(USUAL_HOUR), at))
        record.due_at = _moment(max(due.date(), at.day) + timedelta(days=1), due.time(), at)


def plan(workspace: Workspace, entity: type[Entity], key: int, title: str, day: date, at: Now) -> int:
    """Make a task for a day about an account or a contact; gives its key."""
    text = title.strip()
    if not text:
        raise Invalid({"title": _("Write what is to be done.")})
    with workspace.write(_("Plan: {title}").format(title=text)) as session:
        living(session, entity, key)
        is_person = entity is Contact
        task = Task(
            title=text[:200],
            due_at=_moment(day, time(USUAL_HOUR), at),
            has_time=False,
            contact_id=key if is_person else None,
            account_id=_account_of(session, key) if is_person else key,
            owner_id=session.author,
        )
        session.add(task)
        session.flush()
        return task.id


def _account_of(session: Writing, contact: int) -> int | None:
    """Where somebody works first of all."""
    query = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    return session.scalar(query.where(Contact.id == contact))


def _moment(day: date, clock: time, at: Now) -> datetime:
    """The moment when the clock on the wall shows this."""
    wall = datetime.combine(day, clock.replace(tzinfo=None), at.zone)
    return wall if at.zone else wall.astimezone()
