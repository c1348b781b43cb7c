"""Lists of tasks: by how pressing they are, of one day, or of one record; read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, case, func, not_, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Contact, Task, TaskParty
from crm_desktop.services.clock import Now
from crm_desktop.services.task_rules import RANK, by_day, is_alive, is_begun, is_late, is_mine

LATE, TODAY, WEEK, LATER, UNDATED, DONE = "late", "today", "week", "later", "undated", "done"
SECTIONS = (LATE, TODAY, WEEK, LATER, UNDATED, DONE)
ALL_DAY, TIMED = "all_day", "timed"
WEEK_DAYS, DONE_DAYS = 7, 7
PAGE = 200
COLUMNS = (
    Task.id,
    Task.title,
    Task.kind,
    Task.priority,
    Task.due_at,
    Task.has_time,
    Task.ends_at,
    Task.start_at,
    Task.done_at,
    Task.place,
    Task.repeat,
    Task.owner_id,
    Task.contact_id,
    Contact.full_name.label("person"),
    Task.account_id,
    Account.name.label("account"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tasks are wanted."""

    mine: bool = False
    kind: str = ""
    priority: str = ""
    text: str = ""
    """Words that must all be in the task or in the names it is about."""
    day: date | None = None
    """One day's tasks, done ones too; none: all open ones and those done lately."""
    is_open: bool = False
    """Only those still to be done."""
    account: int | None = None
    contact: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A task as a list shows it; its moments are those of the clock on the wall."""

    section: str
    key: int
    title: str
    kind: str
    priority: str
    due_at: datetime | None
    has_time: bool
    ends_at: datetime | None
    start_at: datetime | None
    done_at: datetime | None
    place: str
    repeats: bool
    owner_id: int | None
    contact_id: int | None
    person: str
    account_id: int | None
    account: str

    @property
    def opens(self) -> tuple[str, int] | None:
        """The record it is about, by entity and key."""
        if self.contact_id is not None:
            return "contact", self.contact_id
        return None if self.account_id is None else ("account", self.account_id)


def read(
    session: Session, asked: Asked, at: Now, author: int | None, *, start: int = 0, most: int = PAGE
) -> list[Listed]:
    """A page of a list: so many tasks from a place on, section after section."""
    section = _section(asked, at)
    query = _with_names(select(section.label("section"), *COLUMNS)).where(*_conditions(asked, at, author))
    rows = session.execute(query.order_by(*_order(asked, at, section)).offset(start).limit(most))
    return [_listed(each, at) for each in rows]


def counts(session: Session, asked: Asked, at: Now, author: int | None) -> dict[str, int]:
    """How many tasks each section of a list has, those that have none left out."""
    plain = select(_section(asked, at).label("section"), func.count().label("tasks"))
    query = _with_names(plain) if asked.text else plain
    found = session.execute(query.where(*_conditions(asked, at, author)).group_by("section"))
    return {each.section: each.tasks for each in found}


def count_open(session: Session, entity: str, key: int) -> int:
    """How many tasks are still to be done about an account or a contact."""
    return session.scalar(_count_open(entity), {"key": key}) or 0


@cache
def _count_open(entity: str) -> Select[int]:
    about = _about_contact(bindparam("key")) if entity == "contact" else Task.account_id == bindparam("key")
    return select(func.count()).select_from(Task).where(is_alive(), Task.done_at.is_(None), about)


def _about_contact(contact: int | BindParameter[int]) -> ColumnElement[bool]:
    there = select(TaskParty.task_id).where(TaskParty.contact_id == contact, TaskParty.deleted_at.is_(None))
    about = select(Task.id).where(Task.contact_id == contact)
    return Task.id.in_(about.union_all(there))  # two look-ups by index, where an “or” reads every task


def _with_names(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    about = query.outerjoin(Contact, Contact.id == Task.contact_id)
    return about.outerjoin(Account, Account.id == Task.account_id)


def _section(asked: Asked, at: Now) -> ColumnElement[str]:
    if asked.day is not None:
        return case((Task.has_time, TIMED), else_=ALL_DAY)
    return case(
        (Task.done_at.is_not(None), DONE),
        (not_(is_begun(at)), LATER),
        (Task.due_at.is_(None), UNDATED),
        (is_late(at), LATE),
        (Task.due_at < at.begins(1), TODAY),
        (Task.due_at < at.begins(1 + WEEK_DAYS), WEEK),
        else_=LATER,
    )


def _order(asked: Asked, at: Now, section: ColumnElement[str]) -> tuple[Any, ...]:
    if asked.day is not None:
        whole = case((Task.has_time, 0), (Task.done_at.is_not(None), 9), else_=RANK)
        return Task.has_time, whole, Task.due_at, RANK, Task.id
    places = {code: place for place, code in enumerate(SECTIONS)}
    return case(places, value=section), Task.done_at.desc(), *by_day(at)


def _conditions(asked: Asked, at: Now, author: int | None) -> Iterator[ColumnElement[bool]]:
    yield is_alive()
    if asked.day is None:
        yield or_(Task.done_at.is_(None), Task.done_at >= at.begins(-DONE_DAYS))
    else:
        days = (asked.day - at.day) // timedelta(days=1)
        yield Task.due_at >= at.begins(days)
        yield Task.due_at < at.begins(days + 1)
    if asked.is_open:
        yield Task.done_at.is_(None)
    if asked.mine:
        yield is_mine(author)
    for name, value in (("kind", asked.kind), ("priority", asked.priority), ("account_id", asked.account)):
        if value:
            yield getattr(Task, name) == value
    if asked.contact is not None:
        yield _about_contact(asked.contact)
    for word in asked.text.split():
        yield or_(
            *(each.contains(word, autoescape=True) for each in (Task.title, Task.note, Task.place)),
            Contact.full_name.contains(word, autoescape=True),
            Account.name.contains(word, autoescape=True),
        )


def _listed(row: Row[Any], at: Now) -> Listed:
    moments = {
        name: moment and at.local(moment)
        for name in ("due_at", "ends_at", "start_at", "done_at")
        for moment in (getattr(row, name),)
    }
    return Listed(
        section=row.section,
        key=row.id,
        title=row.title,
        kind=row.kind,
        priority=row.priority,
        has_time=row.has_time,
        place=row.place or "",
        repeats=bool(row.repeat),
        owner_id=row.owner_id,
        contact_id=row.contact_id,
        person=row.person or "",
        account_id=row.account_id,
        account=row.account or "",
        **moments,
    )
