"""Appointments of other calendars become tasks: new ones are made, known ones brought up to date, in one step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Channel, Contact, Task, picks
from crm_desktop.model.task import MEETING, NORMAL, TO_DO
from crm_desktop.services import tasks
from crm_desktop.services.calendar_out import HERE, OURS
from crm_desktop.services.clock import Now
from crm_desktop.services.tasks import LONGEST_REMINDER, LONGEST_TITLE, Draft
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text import mails, repeat
from crm_desktop.text.event import Event, Events, Guest, When
from crm_desktop.text.whole_day import whole_day

NEW, CHANGED, SAME, CANCELLED, SKIPPED = "new", "changed", "same", "cancelled", "skipped"
OUTCOMES = (NEW, CHANGED, SAME, CANCELLED, SKIPPED)
"""What becomes of an event; one is skipped that was deleted here, or is cancelled there and was never known here."""
MOST_TOLD = 50
OUR_UID = re.compile(rf"{OURS}([0-9]{{1,19}}){HERE}\Z")


@dataclass(frozen=True, slots=True)
class Coming:
    """One event and what becomes of it."""

    event: Event
    draft: Draft
    outcome: str
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, before anything is written."""

    coming: tuple[Coming, ...]
    notes: tuple[str, ...] = ()
    step: int | None = None
    """The step by which it was written, if anything was."""

    def count(self, outcome: str) -> int:
        """How many events have this outcome."""
        return sum(each.outcome == outcome for each in self.coming)

    @property
    def writes(self) -> int:
        """How many tasks would be made, changed or deleted."""
        return sum(each.outcome in (NEW, CHANGED, CANCELLED) for each in self.coming)

    def counts(self) -> dict[str, int]:
        """How many events have which outcome."""
        found = Counter(each.outcome for each in self.coming)
        return {outcome: found[outcome] for outcome in OUTCOMES}


def plan(workspace: Workspace, found: Events, at: Now) -> Plan:
    """What would become of these events; nothing is written."""
    with workspace.read() as session:
        return _plan(session, found, at)


def bring_in(workspace: Workspace, found: Events, at: Now, name: str = "") -> Plan:
    """Write what `plan` says, as one step to undo; gives what was done."""
    title = _("Import calendar {name}").format(name=name) if name else _("Import calendar")
    with workspace.write(title) as session:
        planned = _plan(session, found, at)
        for each in planned.coming:
            _carry_out(session, each)
    return replace(planned, step=session.set_id) if planned.writes else planned


def _plan(session: Session, found: Events, at: Now) -> Plan:
    last = {each.uid: each for each in found.events}  # the last word on an event counts
    known = _known(session, list(last))
    people = _by_mail(session, [guest.mail for each in last.values() for guest in each.guests])
    notes = list(found.notes)
    coming = []
    for uid, event in last.items():
        task = known.get(uid)
        before = tasks.draft_of(session, task) if task is not None else None
        draft = _draft(event, _whom(session, event, people, before), at, notes)
        if before is not None:
            draft = _kept(event, draft, before, at)
        coming.append(Coming(event, draft, _outcome(event, draft, task, before), None if task is None else task.id))
    return Plan(tuple(coming), tuple(_limited(notes)))


def _limited(notes: Sequence[str]) -> list[str]:
    told = list(dict.fromkeys(notes))
    if len(told) <= MOST_TOLD:
        return told
    rest = len(told) - MOST_TOLD
    more = ngettext("{count} more remark is not shown.", "{count} more remarks are not shown.", rest)
    return [*told[:MOST_TOLD], more]


def _kept(event: Event, draft: Draft, before: Draft, at: Now) -> Draft:
    """What a calendar says of a task that is known here, with what calendars cannot know of it."""
    is_told = draft.contact is not None
    return replace(
        _gone_on(draft, before, at),
        account=before.account,
        owner=before.owner,
        start_at=before.start_at,
        kind=draft.kind if picks.code_of("task_kind", event.kind) else before.kind,
        priority=draft.priority if event.priority else before.priority,
        remind_minutes=before.remind_minutes if draft.remind_minutes is None else draft.remind_minutes,
        contact=draft.contact if is_told else before.contact,
        people=draft.people if is_told else before.people,
    )


def _gone_on(draft: Draft, before: Draft, at: Now) -> Draft:
    """A series as far as it has come here; days that are left out here stay so."""
    if not (draft.repeat and before.repeat and draft.due_at and before.due_at) or repeat.check(before.repeat):
        return draft
    zone = at.zone if draft.has_time else UTC
    ours = repeat.for_calendars(before.repeat, has_time=before.has_time, zone=at.zone)
    has_come = _has_come_to(before, draft, at)
    is_same = repeat.plain(draft.repeat) == ours or (has_come and repeat.is_counted(before.repeat))
    rule = repeat.plain(before.repeat if is_same else draft.repeat)
    days = {*repeat.left_out(draft.repeat), *repeat.left_out(before.repeat)}
    series = repeat.without(rule, before.due_at if has_come else draft.due_at, days, zone, since=at.day)
    known = repeat.without(before.repeat, before.due_at, (), zone, since=at.day)
    if series is None:
        return draft
    return _begun(draft, series.due, before.repeat if known and known.rule == series.rule else series.rule)


def _has_come_to(before: Draft, draft: Draft, at: Now) -> bool:
    """Whether a series that began some time ago is due here on a later one of its days."""
    if before.due_at is None or draft.due_at is None or before.has_time != draft.has_time:
        return False
    if not draft.due_at < min(before.due_at, at.at):
        return False
    just_before, zone = before.due_at - timedelta(microseconds=1), at.zone if draft.has_time else UTC
    return repeat.next_after(repeat.plain(draft.repeat), draft.due_at, just_before, zone) == before.due_at


def _begun(draft: Draft, due: datetime, rule: str) -> Draft:
    """A series that is due first at a moment, as long as it was."""
    assert draft.due_at is not None
    return replace(draft, due_at=due, ends_at=draft.ends_at and due + (draft.ends_at - draft.due_at), repeat=rule)


def _outcome(event: Event, draft: Draft, task: Task | None, before: Draft | None) -> str:
    if task is not None and task.deleted_at is not None:
        return SKIPPED
    if event.is_cancelled:
        return CANCELLED if task is not None else SKIPPED
    if task is None or before is None:
        return NEW
    return SAME if _facts(draft) == _facts(before) and _is_done_alike(event, task) else CHANGED


def _is_done_alike(event: Event, task: Task) -> bool:
    """What was done here is not undone by a calendar that does not know."""
    return event.done_at is None or task.done_at is not None


def _known(session: Session, uids: Sequence[str]) -> dict[str, Task]:
    """The tasks that these events are already, in the bin or not, by the name of the event."""
    ours = {int(match[1]): uid for uid in uids if (match := OUR_UID.match(uid)) and int(match[1]) < 2**63}
    found: dict[str, Task] = {}
    named = select(Task).where(Task.calendar_uid.in_(among(uids)))
    for task in session.scalars(named.order_by(Task.deleted_at.is_(None), Task.id)):
        found[task.calendar_uid or ""] = task
    for task in session.scalars(select(Task).where(Task.id.in_(among(ours)))):
        found.setdefault(ours[task.id], task)
    return found


def _by_mail(session: Session, given: Iterable[str]) -> dict[str, int]:
    """The contacts with these mail addresses; of several with one address none is meant."""
    found: dict[str, set[int]] = {}
    query = select(func.lower(Channel.norm), Channel.contact_id).where(
        func.lower(Channel.norm).in_(among(_plain_mail(each) for each in given if each)),
        Channel.kind == "email",
        Channel.deleted_at.is_(None),
        Channel.contact_id.is_not(None),
    )
    for norm, contact in session.execute(query):
        found.setdefault(norm or "", set()).add(contact or 0)
    return {mail: next(iter(keys)) for mail, keys in found.items() if len(keys) == 1}


def _plain_mail(text: str) -> str:
    return (mails.read(text).value or text.strip()).lower()


Known: TypeAlias = Callable[[Guest], int | None]
"""Which contact somebody is who takes part."""


def _whom(session: Session, event: Event, people: dict[str, int], before: Draft | None) -> Known:
    """By mail address; who takes part already is also known by name."""
    names: dict[str, int] = {}
    if before is not None and any(not each.mail for each in event.guests):
        there = [each for each in (before.contact, *before.people) if each is not None]
        rows = session.execute(select(Contact.full_name, Contact.id).where(Contact.id.in_(there)))
        names = {each.full_name: each.id for each in rows}
    return lambda guest: people.get(_plain_mail(guest.mail)) if guest.mail else names.get(guest.name)


def _draft(event: Event, known: Known, at: Now, notes: list[str]) -> Draft:
    there = list(dict.fromkeys(key for each in event.guests if (key := known(each)) is not None))
    strangers = [each for each in event.guests if known(each) is None]
    draft = Draft(
        title=event.title.strip()[:LONGEST_TITLE],
        kind=picks.code_of("task_kind", event.kind) or (TO_DO if event.is_task else MEETING),
        due_at=_moment(event.starts, at),
        has_time=isinstance(event.starts, datetime),
        ends_at=_moment(event.ends, at),
        priority=event.priority or NORMAL,
        place=" ".join(event.place.split())[:LONGEST_TITLE],
        note="\n".join(filter(None, (event.note.strip(), _with(strangers)))),
        repeat=_rule(event, notes),
        remind_minutes=_reminder(event, notes),
        contact=there[0] if there else None,
        people=tuple(there[1:]),
    )
    return _without_days(event, draft, at, notes)


def _without_days(event: Event, draft: Draft, at: Now, notes: list[str]) -> Draft:
    """A series without the single days that are left out there: without its first one it begins later."""
    if not draft.repeat or draft.due_at is None or not event.left_out:
        return draft
    zone = at.zone if draft.has_time else UTC
    days = {_day(each, at) for each in event.left_out}
    series = repeat.without(draft.repeat, draft.due_at, days, zone, since=at.day)
    if series is None:
        message = _("“{title}”: all days of the series are left out; it was kept once.")
        notes.append(message.format(title=draft.title[:60]))
        return replace(draft, repeat="")
    kept = repeat.left_out(series.rule)
    if any(each > kept[-1] for each in days if kept):
        message = _("“{title}”: of the days that are left out of the series, the first {count} are kept.")
        notes.append(message.format(title=draft.title[:60], count=len(kept)))
    return _begun(draft, series.due, series.rule)


def _with(strangers: Sequence[Guest]) -> str:
    """Those who take part and are no contacts yet are kept in the note."""
    if not strangers:
        return ""
    names = "; ".join(" ".join(filter(None, (each.name, each.mail and f"<{each.mail}>"))) for each in strangers)
    return _("With: {names}").format(names=names)


def _day(when: When, at: Now) -> date:
    moment = _moment(when, at)
    return at.day_of(moment) if moment and isinstance(when, datetime) else when


def _moment(when: When | None, at: Now) -> datetime | None:
    if when is None:
        return None
    if not isinstance(when, datetime):
        return whole_day(when)
    if when.tzinfo is not None:
        return when
    return when.replace(tzinfo=at.zone) if at.zone else when.astimezone()


def _rule(event: Event, notes: list[str]) -> str:
    """The rule by which it comes again, when tasks can keep it; else it is kept once, and said so."""
    rule = event.repeat
    if not rule or event.starts is None:
        return ""
    if kept := repeat.kept(rule):
        return kept
    message = _("“{title}” repeats in a way that is not known here ({rule}); it was kept once.")
    notes.append(message.format(title=event.title[:60], rule=rule[:80]))
    return ""


def _reminder(event: Event, notes: list[str]) -> int | None:
    """How long before it is reminded of: no longer than tasks can be, which is said."""
    longest = LONGEST_REMINDER // timedelta(minutes=1)
    if event.remind_minutes is None or not isinstance(event.starts, datetime):
        return None  # of whole days it is always in the morning
    if event.remind_minutes <= longest:
        return event.remind_minutes
    notes.append(_("“{title}” is reminded of 14 days before, not earlier.").format(title=event.title[:60]))
    return longest


def _facts(draft: Draft) -> tuple[Any, ...]:
    """What counts when asked whether anything is new."""
    moments = tuple(each and each.timestamp() for each in (draft.due_at, draft.ends_at))
    plain = (draft.title.strip(), draft.kind, draft.has_time, draft.priority, draft.place, draft.note, draft.repeat)
    return (*moments, *plain, draft.remind_minutes, draft.contact, frozenset(draft.people))


def _carry_out(session: Writing, coming: Coming) -> None:
    if coming.outcome == NEW:
        task = tasks.add(session, coming.draft)
        task.calendar_uid = coming.event.uid
        task.done_at = coming.event.done_at
    elif coming.outcome == CHANGED and coming.task is not None:
        task = tasks.rewrite(session, coming.task, coming.draft)
        task.done_at = task.done_at or coming.event.done_at
    elif coming.outcome == CANCELLED and coming.task is not None:
        tasks.discard(session, coming.task)
