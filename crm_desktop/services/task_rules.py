"""What a task is at a moment, as conditions that every list of tasks shares: late, begun, still about somebody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from crm_desktop.model import Account, Contact, Task
from crm_desktop.services.clock import Now
from crm_desktop.store.filtering import plainly

HIGH, LOW = "high", "low"
RANK = case((Task.priority == HIGH, 0), (Task.priority == LOW, 2), else_=1)
"""The more pressing, the less."""


def is_late(at: Now) -> ColumnElement[bool]:
    """That a task should have been done: its moment is over, or its day where it has no time.

    Most tasks of the past are done: along the index of days they are all visited, which takes thrice as long as a scan.
    """
    return and_(plainly(Task.due_at) < at.at, or_(Task.has_time, Task.due_at < at.begins()))


def is_begun(at: Now) -> ColumnElement[bool]:
    """That there is something to do already: a task with a start waits for it in silence."""
    return or_(Task.start_at.is_(None), Task.start_at <= at.at)


def is_mine(author: int | None) -> ColumnElement[bool]:
    """That a task is this user's, or nobody's."""
    return or_(Task.owner_id.is_(None), Task.owner_id == author)


def is_alive() -> ColumnElement[bool]:
    """That neither a task nor whom it is about is in the bin; what comes back from there brings its tasks along.

    The bin is looked through once by its index: to look at whom each of 20,000 tasks is about takes 10 ms.
    """
    binned = (
        link.in_(select(entity.id).where(entity.deleted_at.is_not(None)).correlate(None))
        for entity, link in ((Contact, Task.contact_id), (Account, Task.account_id))
    )
    return and_(Task.deleted_at.is_(None), *(each.is_not(True) for each in binned))


def is_open() -> tuple[ColumnElement[bool], ...]:
    """That a task is still to be done."""
    return Task.done_at.is_(None), is_alive()


def by_day(at: Now) -> tuple[Any, ...]:
    """The order of tasks: by day, within a day the pressing ones first, then by moment."""
    offset = at.local(at.at).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    day = func.date(Task.due_at, f"{minutes:+d} minutes")
    return day, RANK, Task.due_at, Task.id
