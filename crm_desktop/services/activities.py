"""Logging what happened and what is next, and reading it back as a timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Activity, ActivityParty, Affiliation, Contact, Task, picks
from crm_desktop.model.activity import OUT, SYSTEM
from crm_desktop.model.base import now
from crm_desktop.services.records import living
from crm_desktop.store import queries
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace

PAGE = 60
RECENT = timedelta(days=90)
Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be logged."""

    kind: str
    summary: str
    account: int | None = None
    contacts: Sequence[int] = ()
    direction: str = OUT
    at: datetime | None = None
    minutes: int | None = None
    place: str = ""
    outcome: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    next_has_time: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the timeline."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed to do next."""

    id: int
    title: str
    due_at: datetime | None
    has_time: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """One entry of a timeline, ready to be drawn."""

    id: int
    kind: str
    direction: str
    at: datetime
    minutes: int | None
    place: str
    summary: str
    outcome: str
    author: str
    account_id: int | None
    people: tuple[Person, ...] = ()
    next_steps: tuple[NextStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows a timeline: kinds of activity, and words that must all be found in an entry."""

    kinds: tuple[str, ...] = ()
    text: str = ""


ALL = Narrowed()


@dataclass(slots=True)
class Touch:
    """The head of a 360° view: when and how often we were in touch, and what comes next."""

    last_at: datetime | None = None
    recent: int = 0
    """How often in the last 90 days."""
    next_step: NextStep | None = None


def log(workspace: Workspace, entry: Entry) -> int:
    """Keep an activity, its people and its next step as one step to undo; gives its key.

    Raises Invalid when there is no text or nobody it is about.
    """
    _refuse_impossible(entry)
    title = _("Log: {kind}").format(kind=picks.label("activity_kind", entry.kind))
    with workspace.write(title) as session:
        account = entry.account or _account_of(session, entry.contacts)
        activity = Activity(
            kind=entry.kind,
            direction=entry.direction,
            at=entry.at or now(),
            minutes=entry.minutes,
            place=entry.place or None,
            summary=entry.summary.strip(),
            outcome=entry.outcome or None,
            zone=str((entry.at or datetime.now().astimezone()).tzinfo),
            account_id=account,
            author_id=session.author,
        )
        session.add(activity)
        session.flush()
        session.add_all(ActivityParty(activity_id=activity.id, contact_id=each) for each in entry.contacts)
        if entry.next_step.strip() or entry.next_at:
            session.add(_task(entry, activity, account))
        return activity.id


def _refuse_impossible(entry: Entry) -> None:
    if not entry.summary.strip() and not entry.outcome:
        raise Invalid({"summary": _("Write what was said, or choose “No answer”.")})
    if entry.account is None and not entry.contacts:
        raise Invalid({"account": _("Choose an account or a contact first.")})
    if entry.minutes is not None and entry.minutes < 0:
        raise Invalid({"minutes": _("The duration cannot be negative.")})


def _task(entry: Entry, activity: Activity, account: int | None) -> Task:
    contact = entry.contacts[0] if entry.contacts else None
    title = entry.next_step.strip() or _("Follow up")
    return Task(
        title=title[:200],
        due_at=entry.next_at,
        has_time=entry.next_has_time,
        account_id=account,
        contact_id=contact,
        activity_id=activity.id,
        owner_id=activity.author_id,
    )


def _account_of(session: Session, contacts: Iterable[int]) -> int | None:
    """The account that a talk with these people belongs to: where the first of them works."""
    query = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    return session.scalar(query.where(Contact.id.in_(list(contacts))).limit(1))


def edit(workspace: Workspace, activity: int, summary: str) -> None:
    """Correct what was written."""
    if not summary.strip():
        raise Invalid({"summary": _("Write what was said, or delete the entry.")})
    with workspace.write(_("Edit activity")) as session:
        living(session, Activity, activity).summary = summary.strip()


def remove(workspace: Workspace, activity: int) -> None:
    """Put an entry, its people and its next step in the bin."""
    with workspace.write(_("Delete activity")) as session:
        record = living(session, Activity, activity)
        for entity in (ActivityParty, Task):
            for part in session.scalars(
                select(entity).where(entity.activity_id == activity, entity.deleted_at.is_(None))
            ):
                session.remove(part)
        session.remove(record)


def complete(workspace: Workspace, task: int, *, done: bool = True) -> None:
    """Tick a next step off, or untick it."""
    with workspace.write(_("Complete task") if done else _("Reopen task")) as session:
        living(session, Task, task).done_at = now() if done else None


def timeline(
    workspace: Workspace,
    *,
    account: int | None = None,
    contact: int | None = None,
    before: tuple[datetime, int] | None = None,
    narrowed: Narrowed = ALL,
    count: int = PAGE,
) -> list[Bubble]:
    """The newest `count` entries older than `before` (its moment and key), newest first: however far back, as quick.

    An account's timeline merges what was talked with all its people, departed ones too, when no account was noted.
    """
    found: list[Activity] = []
    with workspace.read() as session:
        for part in _parts(account, contact):
            query = select(Activity).where(*part, *_matching(narrowed))
            if before is not None:
                query = query.where(tuple_(Activity.at, Activity.id) < tuple_(*before))
            found += session.scalars(query.order_by(Activity.at.desc(), Activity.id.desc()).limit(count))
        found.sort(key=lambda each: (each.at, each.id), reverse=True)
        return _bubbles(session, found[:count])


def entries(
    workspace: Workspace,
    keys: Iterable[int],
    *,
    account: int | None = None,
    contact: int | None = None,
    narrowed: Narrowed = ALL,
) -> list[Bubble]:
    """Those of the named entries that belong to a timeline, as they are now; in no order."""
    wanted = Activity.id.in_(list(keys))
    with workspace.read() as session:
        found = [
            each
            for part in _parts(account, contact)
            for each in session.scalars(select(Activity).where(wanted, *part, *_matching(narrowed)))
        ]
        return _bubbles(session, found)


def concerned(workspace: Workspace, change: Change) -> set[int]:
    """The entries that may look different after a change: their own rows, people and next steps."""
    keys = set(change.rows.get("activity", ()))
    with workspace.read() as session:
        for entity in (ActivityParty, Task):
            rows = list(change.rows.get(entity.__tablename__, ()))
            if rows:
                keys.update(filter(None, session.scalars(select(entity.activity_id).where(entity.id.in_(rows)))))
    return keys


def count(
    workspace: Workspace, *, account: int | None = None, contact: int | None = None, narrowed: Narrowed = ALL
) -> int:
    """How many entries a timeline has."""
    with workspace.read() as session:
        return sum(
            session.scalar(select(func.count(Activity.id)).where(*part, *_matching(narrowed))) or 0
            for part in _parts(account, contact)
        )


def _parts(account: int | None, contact: int | None) -> list[Conditions]:
    """What makes up a timeline, in parts that share no entry and each go along an index.

    In one condition with OR, SQLite would sort all entries of an account for every page.
    """
    living = Activity.deleted_at.is_(None)
    if contact is not None:
        return [(living, Activity.id.in_(_talks_of(ActivityParty.contact_id == contact)))]
    people = select(Affiliation.contact_id).where(Affiliation.account_id == account, Affiliation.deleted_at.is_(None))
    loose = Activity.account_id.is_(None)
    return [
        (living, Activity.account_id == account),
        (living, loose, Activity.id.in_(_talks_of(ActivityParty.contact_id.in_(people)))),
    ]


def _talks_of(who: ColumnElement[bool]) -> Select[int]:
    return select(ActivityParty.activity_id).where(who, ActivityParty.deleted_at.is_(None))


def _matching(narrowed: Narrowed) -> Conditions:
    kinds = (Activity.kind.in_(narrowed.kinds),) if narrowed.kinds else ()
    return kinds + tuple(_says(word) for word in narrowed.text.split())


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word stands anywhere in an entry: what was said, where, with whom and what is next.

    SQLite's LIKE knows small and capital letters of ASCII only, so other letters are looked for in both.
    """
    people = (
        select(ActivityParty.id)
        .join(Contact, Contact.id == ActivityParty.contact_id)
        .where(ActivityParty.deleted_at.is_(None), ActivityParty.activity_id == Activity.id)
    )
    steps = select(Task.id).where(Task.deleted_at.is_(None), Task.activity_id == Activity.id)
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(
        *(
            condition
            for each in sorted(spellings)
            for condition in (
                Activity.summary.contains(each, autoescape=True),
                Activity.place.contains(each, autoescape=True),
                people.where(Contact.full_name.contains(each, autoescape=True)).exists(),
                steps.where(Task.title.contains(each, autoescape=True)).exists(),
            )
        )
    )


def _bubbles(session: Session, found: Sequence[Activity]) -> list[Bubble]:
    ids = [each.id for each in found]
    people: dict[int, list[Person]] = defaultdict(list)
    query = select(ActivityParty.activity_id, Contact.id, Contact.full_name).join(
        Contact, Contact.id == ActivityParty.contact_id
    )
    for activity, key, name in session.execute(
        query.where(ActivityParty.activity_id.in_(ids), ActivityParty.deleted_at.is_(None)).order_by(ActivityParty.id)
    ):
        people[activity].append(Person(key, name))
    steps: dict[int, list[NextStep]] = defaultdict(list)
    for task in session.scalars(
        select(Task).where(Task.activity_id.in_(ids), Task.deleted_at.is_(None)).order_by(Task.id)
    ):
        steps[task.activity_id or 0].append(_next(task))
    authors = queries.users(session)
    return [
        Bubble(
            each.id,
            each.kind,
            each.direction,
            each.at,
            each.minutes,
            each.place or "",
            each.summary,
            each.outcome or "",
            authors.get(each.author_id or 0, ""),
            each.account_id,
            tuple(people[each.id]),
            tuple(steps[each.id]),
        )
        for each in found
    ]


def _next(task: Task) -> NextStep:
    return NextStep(task.id, task.title, task.due_at, task.has_time, task.done_at is not None)


def touch(workspace: Workspace, *, account: int | None = None, contact: int | None = None) -> Touch:
    """When and how often we were in touch, and the first thing still to be done."""
    with workspace.read() as session:
        recent, last = 0, None
        for part in _parts(account, contact):
            about = (*part, Activity.kind != SYSTEM)
            newest = session.scalar(select(Activity.at).where(*about).order_by(Activity.at.desc()).limit(1))
            lately = select(func.count(Activity.id)).where(*about, Activity.at >= now() - RECENT)
            recent += session.scalar(lately) or 0
            last = max(filter(None, (last, newest)), default=None)
        open_tasks = select(Task).where(Task.done_at.is_(None), Task.deleted_at.is_(None))
        mine = Task.contact_id == contact if contact is not None else Task.account_id == account
        task = session.scalar(open_tasks.where(mine).order_by(Task.due_at.is_(None), Task.due_at, Task.id).limit(1))
        return Touch(last, recent, _next(task) if task else None)


def warmth(touched: Touch) -> int:
    """How warm a relation is, 0 to 5: recency gives up to 3 bars, frequency in 90 days up to 2."""
    if touched.last_at is None:
        return 0
    days = (now() - touched.last_at).days
    recency = 3 if days <= 14 else 2 if days <= 45 else 1 if days <= 90 else 0
    frequency = 2 if touched.recent >= 6 else 1 if touched.recent >= 2 else 0
    return recency + frequency
