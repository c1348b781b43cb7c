"""What falls into a span of days: tasks, appointments and birthdays, as the clock on the wall shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Task, TaskParty
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.model.kinds import Birthday
from crm_desktop.services import repeating
from crm_desktop.services.clock import Now
from crm_desktop.services.records import living
from crm_desktop.services.task_rules import is_alive
from crm_desktop.store import filtering
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import dates

BIRTHDAY = "birthday"
"""What stands for the kind of task where somebody has a birthday."""
MOST = 5000
"""More than anybody can look at: what is beyond is told, not read."""
FAR = timedelta(hours=15)
"""No zone is further from another than this from noon; a day without a time is looked for so far beyond its edges."""
LONGEST = timedelta(days=366)
"""An appointment that began longer ago is not looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar: a task, an appointment, or the birthday of a contact."""

    key: int
    """The task, or the contact who has a birthday."""
    title: str
    kind: str
    starts: datetime
    """What the clock on the wall shows, without a zone; midnight where only the day counts."""
    ends: datetime | None = None
    """Of an appointment; of one for whole days the midnight at which its last day begins."""
    has_time: bool = False
    is_done: bool = False
    person: str = ""
    account: str = ""
    contact_id: int | None = None
    account_id: int | None = None
    place: str = ""
    people: tuple[str, ...] = ()
    """Who else takes part."""
    repeats: bool = False
    age: int | None = None
    owner_id: int | None = None
    will_repeat: bool = False
    """It stands where a task will be due again: the task itself is elsewhere, and nothing is kept here yet."""

    @property
    def is_birthday(self) -> bool:
        """Whether it is no task."""
        return self.kind == BIRTHDAY

    @property
    def is_fixed(self) -> bool:
        """Whether it cannot be moved, ticked off or deleted where it stands."""
        return self.is_birthday or self.will_repeat

    @property
    def first(self) -> date:
        """The day on which it begins."""
        return self.starts.date()

    @property
    def last(self) -> date:
        """The last day of which it takes a part; what ends at midnight does not touch the next one."""
        if self.ends is None or self.ends <= self.starts:
            return self.first
        return (self.ends - timedelta(microseconds=1)).date() if self.has_time else self.ends.date()

    @property
    def opens(self) -> tuple[str, int] | None:
        """The record it is about, by entity and key."""
        if self.contact_id is not None:
            return "contact", self.contact_id
        return None if self.account_id is None else ("account", self.account_id)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row with what falls on them, by their beginning; `is_cut` when there was more than can be shown."""

    first: date
    last: date
    entries: tuple[Entry, ...] = ()
    is_cut: bool = False

    def of(self, day: date) -> list[Entry]:
        """What falls on a day: birthdays and what has no time first, then by the clock."""
        return [each for each in self.entries if each.first <= day <= each.last]


def read(session: Session, first: date, last: date, at: Now, *, owner: int | None = None) -> Span:
    """What falls into the days from `first` to `last`, of everybody or of one user and of nobody in particular."""
    tasks, is_cut = _tasks(session, first, last, at, owner)
    again = list(islice(_again(session, first, last, at, owner), MOST + 1))
    entries = [*_with_people(session, [*tasks, *again[:MOST]]), *_birthdays(session, first, last)]
    return Span(first, last, tuple(sorted(entries, key=_order)), is_cut or len(again) > MOST)


def _order(entry: Entry) -> tuple[Any, ...]:
    return entry.first, entry.has_time, not entry.is_birthday, entry.starts, entry.key


def _edges(first: date, last: date, at: Now) -> tuple[datetime, datetime]:
    """Moments beyond which nothing is on these days."""
    half = timedelta(hours=12) + FAR
    return _midday(first, at) - half, _midday(last, at) + half


def _query(owner: int | None) -> Select[*tuple[Any, ...]]:
    """Tasks with whom they are about."""
    columns = (
        *(Task.id, Task.title, Task.kind, Task.due_at, Task.ends_at, Task.has_time, Task.done_at, Task.place),
        *(Task.repeat, Task.owner_id, Task.contact_id, Task.account_id),
    )
    query = (
        select(*columns, Contact.full_name, Account.name.label("account"))
        .outerjoin(Contact, Contact.id == Task.contact_id)
        .outerjoin(Account, Account.id == Task.account_id)
        .where(is_alive())
        .order_by(Task.due_at, Task.id)
        .limit(MOST + 1)
    )
    return query if owner is None else query.where(or_(Task.owner_id.is_(None), Task.owner_id == owner))


def _tasks(session: Session, first: date, last: date, at: Now, owner: int | None) -> tuple[list[Entry], bool]:
    begin, end = _edges(first, last, at)
    query = _query(owner).where(Task.due_at < end, Task.due_at >= begin - LONGEST)
    rows = session.execute(query.where(or_(Task.due_at >= begin, Task.ends_at >= begin))).all()
    found = [_entry(each, at) for each in rows[:MOST]]
    kept = [each for each in found if each.first <= last and each.last >= first]
    return kept, len(rows) > MOST


def _with_people(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    people = people_of(session, {each.key for each in entries})
    return [replace(each, people=tuple(people.get(each.key, ()))) for each in entries]


def _again(session: Session, first: date, last: date, at: Now, owner: int | None) -> Iterator[Entry]:
    """Where open tasks that repeat will be due again."""
    begin, end = _edges(first, last, at)
    if last < at.day:
        return
    is_open = Task.done_at.is_(None), Task.repeat.is_not(None), Task.due_at < end
    for row in session.execute(_query(owner).where(*is_open)).all():
        kept = _entry(row, at)
        length = row.ends_at - row.due_at if row.ends_at else timedelta()
        for due in repeating.coming(row, begin - length, end, at.at, at.zone):
            starts = wall(due, at) if row.has_time else _midnight(wall(due, at))
            ends = kept.ends and kept.ends + (starts - kept.starts)
            found = replace(kept, starts=starts, ends=ends, will_repeat=True)
            if found.first <= last and found.last >= first:
                yield found


def _midday(day: date, at: Now) -> datetime:
    """Noon of a day, which exists in every zone on every day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=at.zone)
    return noon if at.zone else noon.astimezone()


def _entry(row: Any, at: Now) -> Entry:
    starts, ends = wall(row.due_at, at), row.ends_at and wall(row.ends_at, at)
    if not row.has_time:
        starts, ends = _midnight(starts), ends and _midnight(ends)
    return Entry(
        row.id,
        row.title,
        row.kind,
        starts,
        ends,
        row.has_time,
        row.done_at is not None,
        row.full_name or "",
        row.account or "",
        row.contact_id,
        row.account_id,
        row.place or "",
        repeats=bool(row.repeat),
        owner_id=row.owner_id,
    )


def wall(moment: datetime, at: Now) -> datetime:
    """What the clock on the wall shows at a moment."""
    return at.local(moment).replace(tzinfo=None)


def moment(shown: datetime, at: Now) -> datetime:
    """When the clock on the wall shows this; of an hour that is left out in spring, the one after it."""
    return shown.replace(tzinfo=at.zone) if at.zone else shown.astimezone()


def _midnight(shown: datetime) -> datetime:
    return datetime.combine(shown.date(), time())


def people_of(session: Session, tasks: Collection[int]) -> dict[int, list[str]]:
    """The names of those who take part in appointments besides whom they are about."""
    found: dict[int, list[str]] = defaultdict(list)
    query = select(TaskParty.task_id, Contact.full_name).join(Contact, Contact.id == TaskParty.contact_id)
    query = query.where(TaskParty.task_id.in_(among(tasks)), TaskParty.deleted_at.is_(None))
    for task, name in session.execute(query.order_by(TaskParty.id)):
        found[task].append(name)
    return found


def _birthdays(session: Session, first: date, last: date) -> Iterable[Entry]:
    """Solar and lunar ones; 29 February is kept on the 28th in common years."""
    days = str((last - first).days)
    within = filtering.condition(Contact, Group(ALL, (Test("birthday", "next_days", (days,)),)), first)
    query = (
        select(Contact.id, Contact.full_name, Contact.birthday, Account.id, Account.name)
        .outerjoin(Affiliation, Affiliation.id == Contact.main_affiliation_id)
        .outerjoin(Account, Account.id == Affiliation.account_id)
        .where(within, filtering.living(Contact))
        .order_by(Contact.id)
        .limit(MOST)
    )
    for key, name, kept, firm, account in session.execute(query):
        born = Birthday.day(kept) if kept else None
        day = dates.next_birthday(born, first) if born else None
        if born is not None and day is not None and day <= last:
            at, age = datetime.combine(day, time()), dates.age_on(born, day)
            yield Entry(key, name, BIRTHDAY, at, age=age, account=account or "", contact_id=key, account_id=firm)


def set_end(workspace: Workspace, key: int, ends_at: datetime) -> None:
    """Let an appointment take until this moment."""
    with workspace.write(_("Change the end of an appointment")) as session:
        task = living(session, Task, key)
        if task.due_at is None or ends_at < task.due_at:
            raise Invalid({"ends_at": _("The end has to come after the beginning.")})
        session.call(_("Change the end: {title}").format(title=task.title))
        task.ends_at = ends_at
