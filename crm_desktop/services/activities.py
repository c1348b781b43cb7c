"""Logging what happened and what is next, and reading it back as a timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import (
    Account,
    Activity,
    ActivityColleague,
    ActivityParty,
    Affiliation,
    Contact,
    User,
    picks,
)
from crm_desktop.model.activity import OUT
from crm_desktop.model.base import now
from crm_desktop.services import activity_queries, attachments, records, tasks
from crm_desktop.services.activity_queries import GROUP, STORY, Statement
from crm_desktop.services.attachments import Attached, Stored
from crm_desktop.services.records import living
from crm_desktop.services.tasks import Draft
from crm_desktop.services.verification import sign_talk
from crm_desktop.store import queries
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace, Writing

PAGE = 60
Found: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be logged, or what a logged entry is to say."""

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
    colleagues: Sequence[int] = ()
    """Those of us who took part besides the author."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the timeline: a contact, or one of us."""

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
    colleagues: tuple[Person, ...] = ()
    account: str = ""
    details_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a timeline is shown: kinds of activity, words that must all be found in an entry, somebody's part."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    person: int | None = None
    """The contact who took part."""
    branches: bool = False
    """An account's timeline is that of all accounts below it, too."""


ALL = Narrowed()


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
    activity = Activity(at=entry.at or now(), zone=_zone(entry.at), author_id=session.author)
    _fill(session, activity, entry)
    account = activity.account_id = entry.account or account_of(session, entry.contacts)
    session.add(activity)
    session.flush()
    _gather(session, activity.id, entry)
    if entry.details_confirmed:
        sign_talk(session, account, entry.contacts)
    if entry.next_step.strip() or entry.next_at:
        contact = entry.contacts[0] if entry.contacts else None
        step = Draft(
            entry.next_step, due_at=entry.next_at, has_time=entry.next_has_time, account=account, contact=contact
        )
        tasks.add(session, step, activity.id)
    attachments.add(session, "activity", activity.id, entry.files)
    return activity


def change(workspace: Workspace, activity: int, entry: Entry) -> None:
    """Have an entry say all that `entry` says but its next step, which is a task of its own.

    Raises Invalid as `log` does. A moment that nobody names stays what it was; an entry without an account has none,
    wherever its people work now.
    """
    _refuse_impossible(entry)
    with workspace.write(_("Edit activity")) as session:
        record = living(session, Activity, activity)
        if entry.details_confirmed and not record.details_confirmed:
            sign_talk(session, entry.account, entry.contacts)
        if entry.at is not None and entry.at != record.at:
            record.at, record.zone = entry.at, _zone(entry.at)
        _fill(session, record, entry)
        _gather(session, activity, entry)


def _zone(at: datetime | None) -> str:
    return str((at or datetime.now().astimezone()).tzinfo)


def _fill(session: Writing, activity: Activity, entry: Entry) -> None:
    """What an entry says of itself; a record that it names anew must be there."""
    if entry.account is not None and entry.account != activity.account_id:
        living(session, Account, entry.account)
    activity.kind, activity.direction = entry.kind, entry.direction
    activity.minutes, activity.place = entry.minutes, entry.place.strip() or None
    activity.summary, activity.outcome = entry.summary.strip(), entry.outcome or None
    activity.details_confirmed = entry.details_confirmed
    activity.account_id = entry.account


def _gather(session: Writing, activity: int, entry: Entry) -> None:
    """Have just these people and just these of us take part."""
    for entity, who, named, kind in (
        (ActivityParty, "contact_id", entry.contacts, Contact),
        (ActivityColleague, "user_id", entry.colleagues, User),
    ):
        wanted = dict.fromkeys(named)
        there = select(entity).where(entity.activity_id == activity, entity.deleted_at.is_(None))
        for part in session.scalars(there):
            if getattr(part, who) in wanted:
                del wanted[getattr(part, who)]
            else:
                session.remove(part)
        for each in wanted:
            living(session, kind, each)
            session.add(entity(activity_id=activity, **{who: each}))


def _refuse_impossible(entry: Entry) -> None:
    if not (entry.summary.strip() or entry.outcome or entry.files):
        raise Invalid({"summary": _("Write what was said, or choose “No answer”.")})
    if entry.account is None and not entry.contacts:
        raise Invalid({"account": _("Choose an account or a contact first.")})
    if entry.minutes is not None and entry.minutes < 0:
        raise Invalid({"minutes": _("The duration cannot be negative.")})


def account_of(session: Session, contacts: Iterable[int]) -> int | None:
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

    An account's timeline merges what was talked with all its people, departed ones too, when no account was noted;
    and that of its branches, if `narrowed` says so. With an account and a contact it is the whole story around the
    contact: all that was talked with that account, and with the contact elsewhere.
    """
    entity, whose = _whose(account, contact, narrowed)
    given = whose | {"count": count} | ({"at": before[0], "before": before[1]} if before else {})
    with workspace.read() as session:
        found = _rows(session, activity_queries.pages(entity, is_older=before is not None), narrowed, given)
        if entity == GROUP:
            found += _of_branches(session, narrowed, given)
        found.sort(key=_moment, reverse=True)
        return _bubbles(session, found[:count])


def _of_branches(session: Session, narrowed: Narrowed, given: Mapping[str, Any]) -> list[Found]:
    """The newest entries of an account and all below it: branch by branch, as far as one can have any of them.

    Asked for at once, SQLite would sort all that they ever said for every page.
    """
    is_older, count = "at" in given, given["count"]
    of_one = activity_queries.pages("account", is_older=is_older)[0]
    newest = activity_queries.newest_of_branches(is_older=is_older, conditions=_conditions(narrowed))
    found: list[Found] = []
    for branch, at in session.execute(newest, given).all():
        if len(found) >= count and at < found[count - 1].at:
            break
        found += session.execute(_narrow(of_one, narrowed), {**given, "key": branch})
        found.sort(key=_moment, reverse=True)
        del found[count:]
    return found


def _moment(found: Found) -> tuple[datetime, int]:
    return found.at, found.id


def entries(
    workspace: Workspace,
    keys: Iterable[int],
    *,
    account: int | None = None,
    contact: int | None = None,
    narrowed: Narrowed = ALL,
) -> list[Bubble]:
    """Those of the named entries that belong to a timeline, as they are now; in no order."""
    entity, whose = _whose(account, contact, narrowed)
    with workspace.read() as session:
        given = whose | {"keys": list(keys)}
        return _bubbles(session, _rows(session, activity_queries.among(entity), narrowed, given))


def concerned(workspace: Workspace, change: Change) -> set[int]:
    """The entries that may look different after a change: their own rows, people and next steps."""
    keys = set(change.rows.get("activity", ()))
    parts = {
        "activity_party": activity_queries.TALKS_OF_PARTIES,
        "activity_colleague": activity_queries.TALKS_OF_COLLEAGUES,
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
    entity, whose = _whose(account, contact, narrowed)
    with workspace.read() as session:
        statements = activity_queries.counts(entity)
        return sum(session.scalar(_narrow(each, narrowed), whose) or 0 for each in statements)


def _whose(account: int | None, contact: int | None, narrowed: Narrowed) -> tuple[str, dict[str, Any]]:
    """Which statements make the timeline, and the records that they ask for."""
    if contact is not None:
        return ("contact", {"key": contact}) if account is None else (STORY, {"key": contact, "account": account})
    return (GROUP if narrowed.branches else "account"), {"key": account}


def _rows(
    session: Session, statements: Iterable[Statement], narrowed: Narrowed, given: Mapping[str, Any]
) -> list[Found]:
    return [row for each in statements for row in session.execute(_narrow(each, narrowed), given)]


def _narrow(statement: Statement, narrowed: Narrowed) -> Statement:
    """A statement for some entries only; the one that is ready made where all are wanted."""
    conditions = _conditions(narrowed)
    return statement.where(*conditions) if conditions else statement


def _conditions(narrowed: Narrowed) -> tuple[ColumnElement[bool], ...]:
    found = [activity_queries.says(each) for each in narrowed.text.split()]
    if narrowed.kinds:
        found.append(Activity.kind.in_(narrowed.kinds))
    if narrowed.person is not None:
        found.append(activity_queries.took_part(narrowed.person))
    return tuple(found)


def _bubbles(session: Session, found: Sequence[Found]) -> list[Bubble]:
    if not found:
        return []
    keys = {"keys": [each.id for each in found]}
    people: dict[tuple[int, bool], list[Person]] = defaultdict(list)
    for activity, key, name, is_ours, _since in session.execute(activity_queries.PEOPLE_OF, keys):
        people[activity, bool(is_ours)].append(Person(key, name))
    steps: dict[int, list[NextStep]] = defaultdict(list)
    for step in session.execute(activity_queries.STEPS_OF, keys):
        steps[step.activity_id].append(as_step(step))
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
            tuple(people[each.id, False]),
            tuple(steps[each.id]),
            tuple(files.get(each.id, ())),
            tuple(people[each.id, True]),
            each.account or "",
            each.details_confirmed,
        )
        for each in found
    ]


def as_step(task: Found) -> NextStep:
    """A next step as it was read."""
    return NextStep(task.id, task.title, task.due_at, task.has_time, task.done_at is not None)
