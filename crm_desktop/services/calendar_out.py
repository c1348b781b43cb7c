"""Tasks and appointments as other calendars take them, each in the time zone it is meant in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm_desktop.model import Channel, Contact, Task, TaskParty, picks
from crm_desktop.model.task import MEETING, NORMAL
from crm_desktop.services import calendar
from crm_desktop.services.clock import Now
from crm_desktop.services.task_rules import is_alive
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import repeat
from crm_desktop.text.event import Event, Guest, When
from crm_desktop.text.zones import local_zone

OURS, HERE = "task-", "@crm-desktop"
"""Around the key of a task in the name that other calendars know it by."""
MET = (MEETING, "visit")
"""What takes its time even when nobody said until when."""


def uid_of(task: int, calendar_uid: str | None) -> str:
    """What other calendars call a task: always the same, and what came from one keeps its name there."""
    return calendar_uid or f"{OURS}{task}{HERE}"


def events(workspace: Workspace, keys: Sequence[int] | None = None, *, zone: tzinfo | None = None) -> list[Event]:
    """These tasks, or all that have a day, by their beginning."""
    with workspace.read() as session:
        found = session.execute(_query(keys)).all()
        guests = _guests(session, found)
    here = zone or local_zone()
    made = [_event(each, guests[each.id], here) for each in found]
    return sorted(made, key=lambda each: (each.starts is None, str(each.starts)))


def keys_between(workspace: Workspace, first: date, last: date, at: Now, owner: int | None = None) -> list[int]:
    """The tasks that fall into some days, as the calendar shows them."""
    with workspace.read() as session:
        span = calendar.read(session, first, last, at, owner=owner)
    return list(dict.fromkeys(each.key for each in span.entries if not each.is_birthday))


def _query(keys: Sequence[int] | None) -> Select[*tuple[Any, ...]]:
    columns = (
        *(Task.id, Task.title, Task.kind, Task.due_at, Task.has_time, Task.ends_at, Task.place, Task.note),
        *(Task.repeat, Task.remind_minutes, Task.priority, Task.done_at, Task.contact_id, Task.calendar_uid),
    )
    query = select(*columns, Task.updated_at).where(is_alive())
    return query.where(Task.due_at.is_not(None) if keys is None else Task.id.in_(among(keys)))


def _event(row: Any, guests: Sequence[Guest], zone: tzinfo) -> Event:
    takes_time = row.due_at is not None and (bool(row.ends_at) or row.kind in MET)
    return Event(
        uid_of(row.id, row.calendar_uid),
        row.title,
        _when(row.due_at, zone, has_time=row.has_time),
        _when(row.ends_at, zone, has_time=row.has_time),
        is_task=not takes_time,
        kind=picks.label("task_kind", row.kind),
        place=row.place or "",
        note=row.note or "",
        guests=tuple(guests),
        repeat=repeat.for_calendars(row.repeat, has_time=row.has_time, zone=zone) if row.repeat else "",
        left_out=_left_out(row, zone),
        remind_minutes=row.remind_minutes,
        priority="" if row.priority == NORMAL else row.priority,
        done_at=row.done_at,
        changed=row.updated_at,
    )


def _left_out(row: Any, zone: tzinfo) -> tuple[When, ...]:
    """Days that are left out of a series, at the time of day at which it would come."""
    days = repeat.left_out(row.repeat or "")
    if not row.has_time or row.due_at is None:
        return days
    hour = row.due_at.astimezone().time()
    return tuple(datetime.combine(each, hour).astimezone(zone) for each in days)


def _when(moment: datetime | None, zone: tzinfo, *, has_time: bool) -> When | None:
    if moment is None:
        return None
    here = moment.astimezone(zone)
    return here if has_time else here.date()


def _guests(session: Session, rows: Sequence[Any]) -> dict[int, list[Guest]]:
    """Whom a task is about and who takes part, each with the main mail address."""
    people: dict[int, list[int]] = defaultdict(list)
    for each in rows:
        if each.contact_id is not None:
            people[each.id].append(each.contact_id)
    query = select(TaskParty.task_id, TaskParty.contact_id).where(
        TaskParty.task_id.in_(among(each.id for each in rows))
    )
    for task, contact in session.execute(query.where(TaskParty.deleted_at.is_(None)).order_by(TaskParty.id)):
        people[task].append(contact)
    known = _people(session, {each for several in people.values() for each in several})
    found: dict[int, list[Guest]] = defaultdict(list)
    for task, several in people.items():
        found[task] = [known[each] for each in dict.fromkeys(several) if each in known]
    return found


def _people(session: Session, keys: Collection[int]) -> dict[int, Guest]:
    """Those of them who are not in the bin."""
    living = select(Contact.id, Contact.full_name).where(Contact.id.in_(among(keys)), Contact.deleted_at.is_(None))
    names = {each.id: each.full_name for each in session.execute(living)}
    mails: dict[int, str] = {}
    query = select(Channel.contact_id, Channel.norm, Channel.raw).where(
        Channel.contact_id.in_(among(keys)), Channel.kind == "email", Channel.deleted_at.is_(None)
    )
    for contact, norm, raw in session.execute(query.order_by(Channel.is_primary.desc(), Channel.id)):
        if contact is not None:
            mails.setdefault(contact, norm or raw)
    return {key: Guest(name, mails.get(key, "")) for key, name in names.items()}
