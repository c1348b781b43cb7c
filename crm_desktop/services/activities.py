"""Logging what happened and what is next, and reading it back as a timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Activity, ActivityParty, Affiliation, Contact, picks
from crm_desktop.model.activity import OUT
from crm_desktop.model.base import now
from crm_desktop.services import activity_queries, attachments, records, tasks
from crm_desktop.services.activity_queries import Statement
from crm_desktop.services.attachments import Attached, Stored
from crm_desktop.services.records import living
from crm_desktop.services.tasks import Draft
from crm_desktop.services.verification import sign_talk
from crm_desktop.store import queries
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace, Writing

PAGE = 60
RECENT = timedelta(days=90)
MOST_RECENT = 999
"""Touches of the last days are counted so far: whoever has more of them has very many."""
Found: TypeAlias = Row[*tuple[Any, ...]]


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
    files: Sequence[Stored] = ()
    details_confirmed: bool = False
    """Whether phone and mail were asked after: then they, and whoever took part, are verified by it."""


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
    files: tuple[Attached, ...] = ()


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
    """How often in the last 90 days; anything above `MOST_RECENT` is more than that."""
    next_step: NextStep | None = None


def log(workspace: Workspace, entry: Entry) -> int:
    """Keep an activity, its people and its next step as one step to undo; gives its key.

    Raises Invalid when there is no text or nobody it is about.
    """
    _refuse_impossible(entry)
    title = _("Log: {kind}").format(kind=picks.label("activity_kind", entry.kind))
    with workspace.write(title) as session:
        return add(session, entry).id


def add(session: Writing, entry: Entry) -> Activity:
    """Put an activity that is possible, its people and its next step into a write that is under way."""
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
        details_confirmed=entry.details_confirmed,
    )
    session.add(activity)
    session.flush()
    if entry.details_confirmed:
        sign_talk(session, account, entry.contacts)
    session.add_all(ActivityParty(activity_id=activity.id, contact_id=each) for each in entry.contacts)
    if entry.next_step.strip() or entry.next_at:
        contact = entry.contacts[0] if entry.contacts else None
        step = Draft(
            entry.next_step, due_at=entry.next_at, has_time=entry.next_has_time, account=account, contact=contact
        )
        tasks.add(session, step, activity.id)
    attachments.add(session, "activity", activity.id, entry.files)
    return activity


def _refuse_impossible(entry: Entry) -> None:
    if not (entry.summary.strip() or entry.outcome or entry.files):
        raise Invalid({"summary": _("Write what was said, or choose “No answer”.")})
    if entry.account is None and not entry.contacts:
        raise Invalid({"account": _("Choose an account or a contact first.")})
    if entry.minutes is not None and entry.minutes < 0:
        raise Invalid({"minutes": _("The duration cannot be negative.")})


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
        for each in (*records.parts(session, Activity, [activity]), record):
            session.remove(each)


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
    entity, key = _whose(account, contact)
    given = {"key": key, "count": count} | ({"at": before[0], "before": before[1]} if before else {})
    with workspace.read() as session:
        found = _rows(session, activity_queries.pages(entity, is_older=before is not None), narrowed, given)
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
    entity, key = _whose(account, contact)
    with workspace.read() as session:
        given = {"key": key, "keys": list(keys)}
        return _bubbles(session, _rows(session, activity_queries.among(entity), narrowed, given))


def concerned(workspace: Workspace, change: Change) -> set[int]:
    """The entries that may look different after a change: their own rows, people and next steps."""
    keys = set(change.rows.get("activity", ()))
    parts = {
        "activity_party": activity_queries.TALKS_OF_PARTIES,
        "task": activity_queries.TALKS_OF_STEPS,
    }
    if touched := parts.keys() & change.rows.keys():
        with workspace.read() as session:
            for table in touched:
                keys.update(filter(None, session.scalars(parts[table], {"keys": list(change.rows[table])})))
    if files := change.rows.get("attachment"):
        with workspace.read() as session:
            keys |= attachments.talks_of(session, files)
    return keys


def count(
    workspace: Workspace, *, account: int | None = None, contact: int | None = None, narrowed: Narrowed = ALL
) -> int:
    """How many entries a timeline has."""
    entity, key = _whose(account, contact)
    with workspace.read() as session:
        statements = activity_queries.counts(entity)
        return sum(session.scalar(_narrow(each, narrowed), {"key": key}) or 0 for each in statements)


def _whose(account: int | None, contact: int | None) -> tuple[str, int | None]:
    return ("contact", contact) if contact is not None else ("account", account)


def _rows(
    session: Session, statements: Iterable[Statement], narrowed: Narrowed, given: Mapping[str, Any]
) -> list[Found]:
    return [row for each in statements for row in session.execute(_narrow(each, narrowed), given)]


def _narrow(statement: Statement, narrowed: Narrowed) -> Statement:
    """A statement for some entries only; the one that is ready made where all are wanted."""
    if narrowed.kinds:
        statement = statement.where(Activity.kind.in_(narrowed.kinds))
    return statement.where(*map(activity_queries.says, narrowed.text.split())) if narrowed.text else statement


def _bubbles(session: Session, found: Sequence[Found]) -> list[Bubble]:
    if not found:
        return []
    keys = {"keys": [each.id for each in found]}
    people: dict[int, list[Person]] = defaultdict(list)
    for activity, key, name in session.execute(activity_queries.PEOPLE_OF, keys):
        people[activity].append(Person(key, name))
    steps: dict[int, list[NextStep]] = defaultdict(list)
    for step in session.execute(activity_queries.STEPS_OF, keys):
        steps[step.activity_id].append(_next(step))
    authors = queries.users(session)
    files = attachments.of_activities(session, keys["keys"])
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
            tuple(files.get(each.id, ())),
        )
        for each in found
    ]


def _next(task: Found) -> NextStep:
    return NextStep(task.id, task.title, task.due_at, task.has_time, task.done_at is not None)


def touch(workspace: Workspace, *, account: int | None = None, contact: int | None = None) -> Touch:
    """When and how often we were in touch, and the first thing still to be done."""
    entity, key = _whose(account, contact)
    lately: dict[str, Any] = {"key": key, "since": now() - RECENT, "most": MOST_RECENT + 1}
    with workspace.read() as session:
        found = [session.execute(each, lately).one() for each in activity_queries.touches(entity)]
        step = session.execute(activity_queries.next_step(entity), {"key": key}).first()
        last = max(filter(None, (at for at, _recent in found)), default=None)
        recent = min(sum(count for _at, count in found), lately["most"])
        return Touch(last, recent, _next(step) if step else None)


def warmth(touched: Touch) -> int:
    """How warm a relation is, 0 to 5: recency gives up to 3 bars, frequency in 90 days up to 2."""
    if touched.last_at is None:
        return 0
    days = (now() - touched.last_at).days
    recency = 3 if days <= 14 else 2 if days <= 45 else 1 if days <= 90 else 0
    frequency = 2 if touched.recent >= 6 else 1 if touched.recent >= 2 else 0
    return recency + frequency
