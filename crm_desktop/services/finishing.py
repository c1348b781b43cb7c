"""Finishing a task with what came of it and what is next, as one step to undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm_desktop.i18n import _
from crm_desktop.model import Contact, Task, TaskParty
from crm_desktop.services import activities, tasks
from crm_desktop.services.activities import Entry
from crm_desktop.services.records import living
from crm_desktop.services.tasks import Draft
from crm_desktop.store.workspace import Workspace, Writing

AS_ACTIVITY = {"todo": "note"}
"""The kind of activity that doing a task is, where it is not called the same."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task, and what is to be done next."""

    kind: str = ""
    """The kind of activity; none: as the task says."""
    summary: str = ""
    """What was said; none: the title of the task."""
    outcome: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    next_has_time: bool = False


def activity_kind(task_kind: str) -> str:
    """The kind of activity that doing a task of a kind is."""
    return AS_ACTIVITY.get(task_kind, task_kind)


def finish(workspace: Workspace, key: int, result: Result) -> int | None:
    """Tick a task off, log what came of it and plan the next step; gives the key of what was logged.

    A task about nobody has no timeline: what came of it is added to its note.
    """
    with workspace.write(_("Complete task")) as session:
        task = living(session, Task, key)
        session.call(_("Done: {title}").format(title=task.title))
        tasks.tick(session, task)
        if task.account_id is None and task.contact_id is None:
            _note(session, task, result)
            return None
        logged = activities.add(session, _entry(session, task, result))
        task.result_id = logged.id
        return logged.id


def _entry(session: Writing, task: Task, result: Result) -> Entry:
    others = select(TaskParty.contact_id).join(Contact, Contact.id == TaskParty.contact_id)
    living = others.where(TaskParty.task_id == task.id, TaskParty.deleted_at.is_(None), Contact.deleted_at.is_(None))
    people = filter(None, (task.contact_id, *session.scalars(living.order_by(TaskParty.id))))
    return Entry(
        result.kind or activity_kind(task.kind),
        result.summary.strip() or task.title,
        task.account_id,
        tuple(dict.fromkeys(people)),
        place=task.place or "",
        outcome=result.outcome,
        next_step=result.next_step,
        next_at=result.next_at,
        next_has_time=result.next_has_time,
    )


def _note(session: Writing, task: Task, result: Result) -> None:
    if result.summary.strip():
        task.note = "\n".join(filter(None, (task.note, result.summary.strip())))
    if result.next_step.strip() or result.next_at:
        tasks.add(session, Draft(result.next_step, due_at=result.next_at, has_time=result.next_has_time))
