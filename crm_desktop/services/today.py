"""What the day asks for, in sections: each says how much there is, and gives its first rows as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import ENTITIES, Account, Affiliation, Contact, Task, User, picks
from crm_desktop.model.account import CLOSED
from crm_desktop.model.filters import Group
from crm_desktop.model.kinds import Birthday
from crm_desktop.services import house_rules, verification
from crm_desktop.services.clock import Now, now
from crm_desktop.services.task_rules import by_day, is_begun, is_late, is_open
from crm_desktop.services.today_rules import (
    BIRTHDAYS,
    CAPTURED,
    COMING,
    COMING_DAYS,
    DORMANT,
    FILTERS,
    LATE,
    OVERDUE,
    SECTIONS,
    TODAY,
    VERIFY,
    birthdays_within,
)
from crm_desktop.store import filtering
from crm_desktop.store.lookup import among
from crm_desktop.store.queries import Listing
from crm_desktop.text import dates

__all__ = ["FEW", "Item", "Now", "Section", "listing", "next_turn", "now", "read", "read_all"]

FEW = 6
"""How many rows of a section are read when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what it is about, and what is to be known before it is done."""

    section: str
    key: int
    """The task, contact or account that is acted upon."""
    title: str
    kind: str = ""
    """What kind of task it is."""
    person: str = ""
    job: str = ""
    account: str = ""
    owner: str = ""
    """Whose task it is, where that is not the one who uses this computer."""
    contact_id: int | None = None
    account_id: int | None = None
    at: datetime | None = None
    """When it is due, or when there was contact or verification last."""
    has_time: bool = False
    day: date | None = None
    """The day of a birthday."""
    age: int | None = None
    days: int | None = None
    """For how many days it is late, has waited or was not verified."""
    level: str = ""
    channel: str = ""
    is_planned: bool = False
    """Whether a task for the day of the birthday is there already."""

    @property
    def opens(self) -> tuple[str, int] | None:
        """The record to look at, by entity and key."""
        if self.contact_id is not None:
            return "contact", self.contact_id
        return None if self.account_id is None else ("account", self.account_id)


@dataclass(frozen=True, slots=True)
class Section:
    """How many there are, and the first of them."""

    code: str
    count: int
    items: tuple[Item, ...]
    is_more: bool = False
    """Whether there are more than `count`: they were not counted to the end."""


def filter_of(session: Session, code: str) -> tuple[str, Group] | None:
    """The kind of record and the filter that show all of a section, for the sections that are a list."""
    if code == BIRTHDAYS:
        return "contact", birthdays_within(house_rules.value(session, house_rules.BIRTHDAY))
    return FILTERS.get(code)


def listing(session: Session, code: str, at: Now) -> Listing | None:
    """The list that shows all of a section, for the sections that are one."""
    found = filter_of(session, code)
    return Listing(ENTITIES[found[0]], filter=found[1], today=at.day) if found else None


def read(session: Session, code: str, at: Now, most: int = FEW) -> Section:
    """One section as it is at a moment, with its first `most` rows."""
    return READ[code](session, at, most)


def read_all(session: Session, at: Now, most: int = FEW) -> list[Section]:
    """Every section, in order."""
    return [read(session, code, at, most) for code in SECTIONS]


def next_turn(session: Session, at: Now) -> datetime:
    """When a section becomes another one though nothing is written: a task begins, gets late, or the day is over."""
    within = (at.at, at.begins(1))
    late = select(func.min(Task.due_at)).where(*is_open(), Task.has_time, Task.due_at > within[0])
    begun = select(func.min(Task.start_at)).where(*is_open(), Task.start_at > within[0])
    turns = (session.scalar(late), session.scalar(begun), within[1])
    return min(filter(None, turns))


def _late(session: Session, at: Now, most: int) -> Section:
    return _tasks(session, LATE, at, most, (is_late(at),))


def _today(session: Session, at: Now, most: int) -> Section:
    within = (Task.due_at >= at.begins(), Task.due_at < at.begins(1))
    return _tasks(session, TODAY, at, most, (*within, or_(Task.due_at >= at.at, Task.has_time.is_(False))))


def _coming(session: Session, at: Now, most: int) -> Section:
    within = (Task.due_at >= at.begins(1), Task.due_at < at.begins(1 + COMING_DAYS))
    return _tasks(session, COMING, at, most, within)


def _tasks(session: Session, code: str, at: Now, most: int, found: tuple[ColumnElement[bool], ...]) -> Section:
    count, first = _first(session, select(Task.id).where(*is_open(), is_begun(at), *found).order_by(*by_day(at)), most)
    return Section(code, count, task_rows(session, code, [key for key, *_count in first], at))


def _first(session: Session, query: Select[*tuple[Any, ...]], most: int) -> tuple[int, Sequence[Any]]:
    """How many rows there are, which each row ends with, and the first of them: to ask twice is to scan twice."""
    found = session.execute(query.add_columns(func.count().over()).limit(max(most, 1))).all()
    return (found[0][-1] if found else 0), found[:most]


def task_rows(session: Session, code: str, keys: Sequence[int], at: Now) -> tuple[Item, ...]:
    """The rows of a section for some tasks, in this order."""
    columns = (Task.id, Task.title, Task.kind, Task.due_at, Task.has_time, Task.contact_id, Contact.full_name)
    query = (
        select(*columns, Task.account_id, Account.name, User.name)
        .outerjoin(Contact, Contact.id == Task.contact_id)
        .outerjoin(Account, Account.id == Task.account_id)
        .outerjoin(User, and_(User.id == Task.owner_id, not_(User.is_local)))
        .where(Task.id.in_(among(keys)))
    )
    found = {each.id: _task(code, each, at) for each in session.execute(query)}
    return tuple(found[key] for key in keys)


def _task(code: str, row: Row[*tuple[Any, ...]], at: Now) -> Item:
    key, title, kind, due, has_time, contact, person, account, firm, owner = row
    late = (at.day - at.local(due).date()).days
    return Item(
        code,
        key,
        title,
        kind,
        person or "",
        account=firm or "",
        owner=owner or "",
        contact_id=contact,
        account_id=account,
        at=at.local(due),
        has_time=has_time,
        days=late if code == LATE else None,
    )


def _captured(session: Session, at: Now, most: int) -> Section:
    asked = _listing(session, CAPTURED, at)
    query = select(Contact.id, Contact.created_at).where(*_fulfils(asked))
    count, made = _first(session, query.order_by(Contact.created_at.desc(), Contact.id.desc()), most)
    people = people_of(session, [key for key, *_more in made])
    items = (
        Item(CAPTURED, key, people[key].name, days=_days(created, at), at=at.local(created), **people[key].facts())
        for key, created, _count in made
    )
    return Section(CAPTURED, count, tuple(items))


def _birthdays(session: Session, at: Now, most: int) -> Section:
    query = select(Contact.id, Contact.birthday).where(*_fulfils(_listing(session, BIRTHDAYS, at)))
    known: dict[str, date | None] = {}
    coming: list[tuple[date, int, str]] = []
    for key, kept in session.execute(query):
        if kept is None:
            continue
        ending = kept[-5:] + kept[:1]  # of which lunar ones begin with a letter
        if ending not in known:
            born = Birthday.day(kept)
            known[ending] = dates.next_birthday(born, at.day) if born else None
        if (day := known[ending]) is not None:
            coming.append((day, key, kept))
    coming.sort()
    first = [(day, key, Birthday.day(kept)) for day, key, kept in coming[:most]]
    people = people_of(session, [key for _day, key, _born in first])
    planned = _planned(session, at, people)
    return Section(
        BIRTHDAYS,
        len(coming),
        tuple(
            Item(
                BIRTHDAYS,
                key,
                people[key].name,
                day=day,
                age=dates.age_on(born, day) if born else None,
                is_planned=(key, day) in planned,
                **people[key].facts(),
            )
            for day, key, born in first
        ),
    )


def _planned(session: Session, at: Now, keys: Iterable[int]) -> set[tuple[int, date]]:
    """For which contacts something is planned on which day."""
    query = select(Task.contact_id, Task.due_at).where(Task.contact_id.in_(list(keys)), Task.due_at >= at.begins())
    found = session.execute(query.where(*is_open()))
    return {(contact, at.local(due).date()) for contact, due in found if contact and due}


def _dormant(session: Session, at: Now, most: int) -> Section:
    asked = _listing(session, DORMANT, at)
    levels = [each.code for each in picks.of("level")]
    rank = case({level: place for place, level in enumerate(levels)}, value=Account.level, else_=len(levels))
    columns = (Account.id, Account.name, Account.level, Account.last_activity_at)
    query = select(*columns).where(*_fulfils(asked)).order_by(rank, Account.last_activity_at, Account.id)
    count, first = _first(session, query, most)
    items = (
        Item(DORMANT, key, name, account_id=key, level=level or "", **_since(last, at))
        for key, name, level, last, _count in first
    )
    return Section(DORMANT, count, tuple(items))


def _overdue(session: Session, at: Now, most: int) -> Section:
    """Who has a rhythm of one's own, whatever becomes of the account meanwhile; the longest silence comes first."""
    query = select(Contact.id, Contact.last_activity_at).where(*_fulfils(_listing(session, OVERDUE, at)))
    count, first = _first(session, query.order_by(Contact.last_activity_at, Contact.id), most)
    people = people_of(session, [key for key, *_more in first])
    items = (
        Item(OVERDUE, key, people[key].name, **people[key].facts(), **_since(last, at)) for key, last, _count in first
    )
    return Section(OVERDUE, count, tuple(items))


def _since(last: datetime | None, at: Now) -> dict[str, Any]:
    """When there was contact last, and how long ago that is."""
    return {"at": at.local(last), "days": _days(last, at)} if last else {}


def _verify(session: Session, at: Now, most: int) -> Section:
    waiting = verification.queue(session, at)
    return Section(
        VERIFY,
        min(len(waiting), verification.MOST),
        tuple(_card(each, at) for each in verification.cards(session, waiting[:most], at)),
        is_more=len(waiting) > verification.MOST,
    )


def _card(found: verification.Card, at: Now) -> Item:
    old = [each for each in found.lines if each.is_stale]
    seen = [each.checked_at for each in old] or [found.verified_at]
    last = None if None in seen else min(filter(None, seen))
    return Item(
        VERIFY,
        found.key,
        found.name,
        job=found.job,
        account=found.account,
        contact_id=found.key if found.entity == "contact" else None,
        account_id=found.key if found.entity == "account" else None,
        channel=" · ".join(f"{each.label} {each.text}" for each in old),
        at=last and at.local(last),
        days=_days(last, at) if last else None,
        level=found.level,
    )


READ: Mapping[str, Callable[[Session, Now, int], Section]] = {
    LATE: _late,
    TODAY: _today,
    CAPTURED: _captured,
    BIRTHDAYS: _birthdays,
    DORMANT: _dormant,
    OVERDUE: _overdue,
    VERIFY: _verify,
    COMING: _coming,
}


def _listing(session: Session, code: str, at: Now) -> Listing:
    found = listing(session, code, at)
    assert found is not None
    return found


def _fulfils(asked: Listing) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a list, as the list itself asks them."""
    is_open = (Account.status != CLOSED,) if asked.hides_closed else ()
    return (filtering.condition(asked.entity, asked.filter, asked.today), filtering.living(asked.entity), *is_open)


def _days(moment: datetime, at: Now) -> int:
    return (at.day - at.local(moment).date()).days


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is and where."""

    id: int
    name: str
    job: str
    account: str

    def facts(self) -> dict[str, Any]:
        """What a row tells about somebody besides the name."""
        return {"job": self.job, "account": self.account, "contact_id": self.id}


def people_of(session: Session, keys: Iterable[int]) -> dict[int, Person]:
    """Contacts with the place where they are first of all, by key."""
    query = (
        select(Contact.id, Contact.full_name, Affiliation.title, Account.name)
        .outerjoin(Affiliation, Affiliation.id == Contact.main_affiliation_id)
        .outerjoin(Account, Account.id == Affiliation.account_id)
        .where(Contact.id.in_(among(keys)))
    )
    return {key: Person(key, name, title or "", firm or "") for key, name, title, firm in session.execute(query)}
