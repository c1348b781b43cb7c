"""Birthdays that are to be reminded of: once for each person and year, some days before, late when nobody looked.

As with tasks nothing waits here: whoever asks gives the moment that the wall clock shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Task
from crm_desktop.model.kinds import Birthday
from crm_desktop.services import house_rules, tasks
from crm_desktop.services.clock import Now
from crm_desktop.services.records import living
from crm_desktop.services.reminders import Due, Looking
from crm_desktop.services.today_rules import birthdays_within
from crm_desktop.store import filtering
from crm_desktop.store.lookup import among
from crm_desktop.store.opening import recall, remember
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import dates
from crm_desktop.text.whole_day import whole_day

TOLD = "birthdays.told"
"""The name by which is remembered who was told of: the birthday, and the day on which it was told."""
BELATED = 7
"""For so many days after it a birthday is still worth a late word to somebody who was not told before."""
A_DAY = timedelta(days=1)
Told: TypeAlias = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Coming:
    """A birthday to be reminded of."""

    contact: int
    name: str
    account: str
    day: date
    age: int | None
    reminds_at: datetime
    is_late: bool
    """Whether the day is over: nobody looked in time."""
    is_fresh: bool
    """Whether it was not told yet."""

    def as_due(self) -> Due:
        """The same among the tasks that are due."""
        turns = _("turns {age}").format(age=self.age) if self.age is not None else ""
        who = " · ".join(filter(None, (turns, self.account)))
        title = _("Birthday: {name}").format(name=self.name)
        at = whole_day(self.day)
        return Due(
            task=0,
            title=title,
            due_at=at,
            has_time=False,
            reminds_at=self.reminds_at,
            is_late=self.is_late,
            contact=self.contact,
            who=who,
            birthday=self.day,
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """The birthdays to be reminded of, the nearest first, and when there may be others."""

    due: tuple[Coming, ...]
    next_at: datetime
    clock: Now
    """By which it was looked."""

    @property
    def fresh(self) -> tuple[Coming, ...]:
        """Those that were not told yet."""
        return tuple(each for each in self.due if each.is_fresh)


def look(looking: Looking, clock: Now) -> Outlook:
    """The birthdays to be reminded of by this clock.

    They are reminded of in the morning, so many days before as the house wants. Left out are those that somebody has
    planned something for, people in the bin, and people who want neither calls nor mail.
    """
    today = clock.day
    with looking.read() as session:
        before = house_rules.value(session, house_rules.BIRTHDAY)
        told = _told(session)
        found = [each for row in session.execute(_born(looking.author, today, before)) if (each := _coming(row, clock))]
        found = [each for each in found if _is_due(each, clock, before, told)]
        planned = _planned(session, clock, found)
    due = tuple(
        Coming(key, name, firm or "", day, age, _morning(clock, day, before), day < today, _is_fresh(told, key, day))
        for key, name, firm, day, age in sorted(found, key=lambda each: (each[3], each[1]))
        if key not in planned
    )
    return Outlook(due, _next_morning(clock), clock)


def tell(workspace: Workspace, fresh: Iterable[Coming], clock: Now) -> None:
    """Remember that these were told, once for each person and year; what is long over is forgotten."""
    today = clock.day
    long_ago = (today - timedelta(days=60)).isoformat()
    with workspace.read() as session:
        told = {key: (day, on) for key, (day, on) in _told(session).items() if day >= long_ago}
    told |= {str(each.contact): (each.day.isoformat(), today.isoformat()) for each in fresh}
    remember(workspace, TOLD, told)


def plan_greeting(workspace: Workspace, contact: int, day: date, clock: Now) -> int:
    """Make a task to greet somebody on the birthday, or today where that is over; gives its key."""
    with workspace.read() as session:
        title = _("Birthday greeting for {name}").format(name=living(session, Contact, contact).full_name)
    due = whole_day(max(day, clock.day))
    return tasks.create(workspace, tasks.Draft(title, due_at=due, contact=contact))


Found: TypeAlias = tuple[int, str, str | None, date, int | None]


def _born(author: int | None, today: date, before: int) -> Select[*tuple[Any, ...]]:
    """Those whose birthday was or comes within the days, with where they are first of all."""
    columns = (Contact.id, Contact.full_name, Account.name, Contact.birthday, Contact.created_at)
    query = select(*columns).outerjoin(Affiliation, Affiliation.id == Contact.main_affiliation_id)
    query = query.outerjoin(Account, Account.id == Affiliation.account_id)
    within = filtering.condition(Contact, birthdays_within(before + BELATED), today - BELATED * A_DAY)
    wanted: tuple[ColumnElement[bool], ...] = (
        filtering.living(Contact),
        or_(Contact.do_not_call.is_(False), Contact.do_not_mail.is_(False)),
        or_(Contact.owner_id.is_(None), Contact.owner_id == author),
    )
    return query.where(within, *wanted)


def _coming(row: Any, clock: Now) -> Found | None:
    """The birthday nearest to this day; one that was over when the person was entered was not missed."""
    key, name, firm, kept, created = row
    today = clock.day
    born = Birthday.day(kept)
    day = dates.next_birthday(born, today - BELATED * A_DAY) if born else None
    if born is None or day is None or day < min(clock.day_of(created), today):
        return None
    return key, name, firm, day, dates.age_on(born, day)


def _is_due(found: Found, clock: Now, before: int, told: Told) -> bool:
    """Whether its morning has come; one that is over only if nobody was told of it before it was."""
    key, _name, _firm, day, _age = found
    if _morning(clock, day, before) > clock.at:
        return False
    is_over = day < clock.day
    which, on = told.get(str(key), ("", ""))
    return not is_over or which != day.isoformat() or on > which


def _is_fresh(told: Told, key: int, day: date) -> bool:
    return told.get(str(key), ("", ""))[0] != day.isoformat()


def _morning(clock: Now, day: date, before: int) -> datetime:
    return clock.moment(day - before * A_DAY, clock.morning)


def _next_morning(clock: Now) -> datetime:
    today = clock.day
    midnight = clock.begins(1)
    return min(each for each in (clock.moment(today, clock.morning), midnight) if each > clock.at)


def _planned(session: Session, clock: Now, found: list[Found]) -> set[int]:
    """The contacts for whom something is or was planned on the day, or soon after it."""
    days = {key: day for key, _name, _firm, day, _age in found}
    planned: set[int] = set()
    query = select(Task.contact_id, Task.due_at).where(Task.contact_id.in_(among(days)), Task.deleted_at.is_(None))
    for contact, due in session.execute(query):
        if contact and due and timedelta() <= clock.day_of(due) - days[contact] <= BELATED * A_DAY:
            planned.add(contact)
    return planned


def _told(session: Session) -> Told:
    found = recall(session, TOLD)
    kept: Mapping[str, Any] = found if isinstance(found, dict) else {}
    return {str(key): (str(day), str(on)) for key, (day, on) in kept.items()}
