"""Which tasks are to be reminded of now, each once; due while nobody was looking, they are told as late.

Nothing here waits: whoever asks gives the moment that the wall clock shows, so that sleep, another clock or another
time zone only change the answer to the next question. Moments are compared in UTC.
"""

from __future__ import annotations

import time as system_time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Contact, Task
from crm_desktop.services.clock import Now
from crm_desktop.services.task_rules import is_mine, is_open
from crm_desktop.services.tasks import LONGEST_REMINDER
from crm_desktop.store.filtering import plainly
from crm_desktop.store.lookup import among
from crm_desktop.store.opening import recall, remember
from crm_desktop.store.workspace import Workspace

TOLD = "reminders.told"
"""The name by which is remembered what was told: the task, and when it was due then."""
PROMPT = timedelta(minutes=2)
"""A reminder that comes within this time is not called late."""
A_DAY = timedelta(days=1)
NEAR = 2 * A_DAY
"""A morning is less than this before or after the moment that is kept for its day."""
COLUMNS = (
    Task.id,
    Task.title,
    Task.due_at,
    Task.has_time,
    Task.remind_minutes,
    Task.start_at,
    Task.account_id,
    Task.contact_id,
    Contact.full_name,
    Account.name,
)
Told: TypeAlias = dict[str, float]


class Looking(Protocol):
    """What data are read with: a workspace, or a look into one that can be broken off."""

    author: int | None

    def read(self) -> Any:
        """A session to look with."""


@dataclass(frozen=True, slots=True)
class Due:
    """An open task whose moment has come, or a birthday that is near (see `birthdays.py`)."""

    task: int
    title: str
    due_at: datetime
    has_time: bool
    reminds_at: datetime
    is_late: bool
    account: int | None = None
    contact: int | None = None
    who: str = ""
    """The contact and the account it is about."""
    birthday: date | None = None
    """The day of a birthday; then there is no task."""

    @property
    def identity(self) -> tuple[str, int | None]:
        """What tells it from others, however often it is read."""
        return ("birthday", self.contact) if self.birthday else ("task", self.task)

    def place(self) -> tuple[str, int] | None:
        """The record to show for it."""
        if self.contact is not None:
            return "contact", self.contact
        return ("account", self.account) if self.account is not None else None


@dataclass(frozen=True, slots=True)
class State:
    """All tasks that are due, which of them were not told yet, and when to look again at the latest."""

    due: tuple[Due, ...] = ()
    fresh: tuple[Due, ...] = ()
    next_at: datetime | None = None


def follow_zone() -> None:
    """Let this process see another time zone that the computer was set to; Windows shows it at the next start."""
    if reread := getattr(system_time, "tzset", None):
        reread()


def look(looking: Looking, clock: Now) -> State:
    """What is due by this clock, the longest due first."""
    with looking.read() as session:
        told, mine = _told(session), (is_mine(looking.author), *is_open())
        found = select(*COLUMNS).outerjoin(Contact, Contact.id == Task.contact_id)
        found = found.outerjoin(Account, Account.id == Task.account_id).where(*mine, _is_near(clock))
        tasks = [(_reminds_at(each, clock), each) for each in session.execute(found)]
        near = [at for at, _task in tasks if at > clock.at]
        far = None if near else _far(session, clock, mine)
    here = sorted((each for each in tasks if each[0] <= clock.at), key=lambda each: (each[0], each[1].id))
    due = tuple(_due(task, at, clock) for at, task in here)
    fresh = tuple(each for each in due if told.get(str(each.task)) != each.due_at.timestamp())
    return State(due, fresh, min(near) if near else far)


def _is_near(clock: Now) -> ColumnElement[bool]:
    """That a task may have to be told by now, or soon.

    The index of days would lead to all that was done in the past, and that twice.
    """
    due = plainly(Task.due_at)
    early = and_(Task.remind_minutes.is_not(None), due <= clock.at + NEAR + LONGEST_REMINDER)
    return or_(due <= clock.at + NEAR, early)


def _far(session: Session, clock: Now, mine: tuple[ColumnElement[bool], ...]) -> datetime | None:
    """When to look again at the latest, where nothing is near."""
    plain = session.scalar(select(func.min(Task.due_at)).where(*mine, not_(_is_near(clock))))
    early = select(func.min(Task.due_at)).where(*mine, not_(_is_near(clock)), Task.remind_minutes.is_not(None))
    first = session.scalar(early)
    return min(filter(None, (plain and plain - A_DAY, first and first - LONGEST_REMINDER)), default=None)


def _reminds_at(task: Any, clock: Now) -> datetime:
    """When a task is told: not before it begins."""
    at = clock.reminds_at(task.due_at, has_time=task.has_time, minutes=task.remind_minutes)
    return max(at, task.start_at) if task.start_at else at


def tell(workspace: Workspace, fresh: Iterable[Due]) -> None:
    """Remember that these were told; what is no longer open, or due at another moment, is forgotten.

    They are known by when they were due, not by when they were told of: neither a clock that is set back nor another
    time zone tells a task twice, and one that was put off is told again.
    """
    with workspace.read() as session:
        told = _told(session) | {str(each.task): each.due_at.timestamp() for each in fresh}
        still = _still_due(session, [int(key) for key in told])
    remember(workspace, TOLD, {key: at for key, at in told.items() if still.get(int(key)) == at})


def _due(task: Any, at: datetime, clock: Now) -> Due:
    is_late = clock.at - task.due_at > PROMPT if task.has_time else clock.day_of(task.due_at) < clock.day_of(clock.at)
    who = filter(None, (task.full_name, task.name))
    return Due(
        task.id,
        task.title,
        task.due_at,
        task.has_time,
        at,
        is_late,
        task.account_id,
        task.contact_id,
        " · ".join(dict.fromkeys(who)),  # a private customer is called as its contact is
    )


def _still_due(session: Session, keys: Sequence[int]) -> dict[int, float]:
    asked = select(Task.id, Task.due_at).where(Task.id.in_(among(keys)), Task.due_at.is_not(None))
    rows = session.execute(asked.where(Task.done_at.is_(None), Task.deleted_at.is_(None)))
    return {key: at.timestamp() for key, at in rows if at is not None}


def _told(session: Session) -> Told:
    found = recall(session, TOLD)
    return {str(key): float(at) for key, at in found.items()} if isinstance(found, dict) else {}
