"""Somebody leaves a company: what hangs on them is handed over, and all of it is one step to undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language, ngettext
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact, CustomValue, Task, TaskParty, User
from crm_desktop.model.activity import SYSTEM
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.base import now
from crm_desktop.services import tasks
from crm_desktop.services.contacts import account_called, affiliate
from crm_desktop.services.records import check, living
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.dates import show_date
from crm_desktop.text.findings import Severity
from crm_desktop.text.whole_day import whole_day

DEPARTED = "departed"
KEEP, SUCCESSOR, CLOSE, COLLEAGUE = "keep", "successor", "close", "user:"
"""What becomes of an open task; `COLLEAGUE` is followed by the key of the one of us who takes it over."""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task about somebody who leaves."""

    key: int
    title: str
    due_at: datetime | None
    owner: str


@dataclass(frozen=True, slots=True)
class Farewell:
    """What hangs on somebody at a place: to be shown before it is handed over."""

    affiliation: int
    contact_id: int
    contact: str
    account_id: int
    account: str
    is_primary: bool
    colleagues: tuple[tuple[int, str], ...]
    """Who else is there now: affiliations with name and title."""
    tasks: tuple[OpenTask, ...]
    reports: tuple[str, ...]
    """Who reports to them."""
    owner: str
    """Who looks after the account, where that is somebody else: they get a task."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """That somebody leaves a place on a day, and what is to become of what hangs on them."""

    affiliation: int
    on: date
    successor: int | None = None
    """The affiliation of a colleague."""
    tasks: Mapping[int, str] = field(default_factory=dict)
    """What becomes of open tasks, by key: `KEEP` where nothing is said."""
    new_account: int | None = None
    """Where they work from now on, by key or by name; a name that nobody has makes an account."""
    new_account_name: str = ""
    new_title: str = ""


def prepare(workspace: Workspace, affiliation: int) -> Farewell:
    """What hangs on somebody at a place; raises Missing when there is no such place."""
    with workspace.read() as session:
        record = living(session, Affiliation, affiliation)
        account = session.get_one(Account, record.account_id)
        users = queries.users(session)
        is_of_another = account.owner_id is not None and account.owner_id != workspace.author
        here = select(Affiliation.id, Contact.full_name, Affiliation.title).join(Contact)
        here = here.where(Affiliation.account_id == record.account_id, Affiliation.id != affiliation, *_CURRENT)
        return Farewell(
            affiliation,
            record.contact_id,
            session.get_one(Contact, record.contact_id).full_name,
            account.id,
            account.name,
            record.is_primary,
            tuple(
                (key, " · ".join(filter(None, (name, title))))
                for key, name, title in session.execute(here.order_by(Contact.sort_key, Affiliation.id))
            ),
            tuple(
                OpenTask(each.id, each.title, each.due_at, users.get(each.owner_id or 0, ""))
                for each in session.scalars(_open_tasks(record))
            ),
            tuple(_name(session, each) for each in session.scalars(_reports(record))),
            users.get(account.owner_id or 0, "") if is_of_another else "",
        )


_CURRENT = (Affiliation.deleted_at.is_(None), Affiliation.status == CURRENT, Contact.deleted_at.is_(None))


def leave(workspace: Workspace, leaving: Leaving) -> bool:
    """Note that somebody has left, and hand over what hung on them; the link and its history stay.

    Gives whether the account now needs a new primary contact. Raises Invalid, by field, for what cannot be.
    """
    with workspace.write(_("Has left the company")) as session:
        record = living(session, Affiliation, leaving.affiliation)
        successor = _successor(session, record, leaving)
        was_primary = record.is_primary
        record.status, record.to_date, record.is_primary = DEPARTED, leaving.on, False
        session.flush()
        if successor is not None and was_primary:
            successor.is_primary = True
        told = [
            _left(session, record, leaving),
            _primary_now(session, successor) if was_primary else "",
            _rehang(session, record, successor),
            _hand_over(session, record, successor, leaving.tasks),
        ]
        new = _go_on(session, record, leaving)
        if new is not None:
            told.append(_works_at(session, new))
            note(session, new, _("Came from {account}.").format(account=_account(session, record).name))
        note(session, record, "\n".join(filter(None, told)))
        for place in (record, new):
            if place is not None:
                _notify(session, place, left=place is record)
        return was_primary and successor is None and _has_others(session, record)


def _successor(session: Writing, record: Affiliation, leaving: Leaving) -> Affiliation | None:
    """The colleague who takes over; raises Invalid for what cannot be."""
    wrong: dict[str, str] = {}
    if record.status != CURRENT:
        wrong["to_date"] = _("They are no longer there.")
    elif record.from_date and leaving.on < record.from_date:
        wrong["to_date"] = _("The end is before the beginning.")
    found = living(session, Affiliation, leaving.successor) if leaving.successor else None
    if found is not None and (
        found.account_id != record.account_id or found.status != CURRENT or found.id == record.id
    ):
        wrong["successor"] = _("Choose somebody at the same account.")
    if found is None and SUCCESSOR in leaving.tasks.values():
        wrong["successor"] = _("Choose who takes over the tasks.")
    if wrong:
        raise Invalid(wrong)
    return found


def _left(session: Writing, record: Affiliation, leaving: Leaving) -> str:
    return _("{name} has left {account}, last day {date}.").format(
        name=_name(session, record), account=_account(session, record).name, date=show_date(leaving.on, language())
    )


def _primary_now(session: Writing, successor: Affiliation | None) -> str:
    if successor is None:
        return _("There is no primary contact now.")
    return _("{name} is the primary contact now.").format(name=_name(session, successor))


def _rehang(session: Writing, record: Affiliation, successor: Affiliation | None) -> str:
    """Have those who reported to somebody report to the successor, else one step higher, else to nobody."""
    below = session.scalars(_reports(record)).all()
    if successor is not None and _is_below(session, successor, record):
        successor.reports_to_id = record.reports_to_id
    boss = successor.id if successor is not None else record.reports_to_id
    moved = [each for each in below if each is not successor]
    for each in moved:
        each.reports_to_id = boss
    if not moved:
        return ""
    names = ", ".join(_name(session, each) for each in moved)
    if boss is None:
        return _("Nobody is noted above them any more: {names}.").format(names=names)
    return _("Now report to {boss}: {names}.").format(
        boss=_name(session, session.get_one(Affiliation, boss)), names=names
    )


def _is_below(session: Session, place: Affiliation, above: Affiliation) -> bool:
    seen: set[int] = set()
    step: int | None = place.reports_to_id
    while step is not None and step not in seen:
        if step == above.id:
            return True
        seen.add(step)
        step = session.get_one(Affiliation, step).reports_to_id
    return False


def _hand_over(session: Writing, record: Affiliation, successor: Affiliation | None, chosen: Mapping[int, str]) -> str:
    """Do with open tasks what was chosen; what is not one of them is left alone."""
    done = 0
    for task in session.scalars(_open_tasks(record)).all():
        what = chosen.get(task.id, KEEP)
        done += what != KEEP
        if what == CLOSE:
            task.done_at = now()
        elif what == SUCCESSOR and successor is not None:
            _give_to(session, task, record.contact_id, successor.contact_id)
        elif what.startswith(COLLEAGUE):
            task.owner_id = living(session, User, int(what.removeprefix(COLLEAGUE))).id
    return ngettext("{count} open task was settled.", "{count} open tasks were settled.", done) if done else ""


def _give_to(session: Writing, task: Task, before: int, after: int) -> None:
    if task.contact_id == before:
        task.contact_id = after
    parties = session.scalars(
        select(TaskParty).where(TaskParty.task_id == task.id, TaskParty.deleted_at.is_(None))
    ).all()
    is_there = any(each.contact_id == after for each in parties) or task.contact_id == after
    for each in parties:
        if each.contact_id == before:
            session.remove(each)
            if not is_there:
                session.add(TaskParty(task_id=task.id, contact_id=after))


def _go_on(session: Writing, record: Affiliation, leaving: Leaving) -> Affiliation | None:
    """The place where they are from now on, when it is known; raises Invalid for the one they leave."""
    account = leaving.new_account
    if account is None and leaving.new_account_name.strip():
        account = account_called(session, leaving.new_account_name)
    if account is None:
        return None
    if account == record.account_id:
        message = _("That is the account they leave. Use “Role changed” for a new job there.")
        raise Invalid({"new_account": message})
    made = affiliate(session, record.contact_id, account)
    if leaving.new_title.strip():
        made.title = _checked("title", leaving.new_title)
    return made


def _works_at(session: Writing, place: Affiliation) -> str:
    where = " · ".join(filter(None, (_account(session, place).name, place.title)))
    return _("Works at {place} now.").format(place=where)


def note(session: Writing, place: Affiliation, text: str) -> None:
    """Write into the timelines of a contact and the account what happened to the link between them."""
    entry = Activity(kind=SYSTEM, summary=text, account_id=place.account_id, author_id=session.author)
    session.add(entry)
    session.flush()
    session.add(ActivityParty(activity_id=entry.id, contact_id=place.contact_id))


def _notify(session: Writing, place: Affiliation, *, left: bool) -> None:
    """Give whoever looks after the account a task, where that is somebody else."""
    account = _account(session, place)
    if account.owner_id is None or account.owner_id == session.author:
        return
    words = _("{name} has left {account}: who follows?") if left else _("{name} works at {account} now: say hello")
    title = words.format(name=_name(session, place), account=account.name)
    today = whole_day(datetime.now().astimezone().date())
    contact = None if left else place.contact_id
    tasks.add(session, tasks.Draft(title, due_at=today, account=account.id, contact=contact, owner=account.owner_id))


def _has_others(session: Session, record: Affiliation) -> bool:
    query = select(Affiliation.id).join(Contact).where(Affiliation.account_id == record.account_id, *_CURRENT)
    return session.scalar(query.limit(1)) is not None


def change_role(workspace: Workspace, affiliation: int, texts: Mapping[str, str], on: date) -> int:
    """Note that somebody has another title or department at the same account from a day on; gives the new place.

    The old place stays with its last day. Raises Invalid, by field, for what cannot be.
    """
    if not any(text.strip() for text in texts.values()):
        raise Invalid({"title": _("Write the new title or department.")})
    values = {name: _checked(name, text) for name, text in texts.items()}
    with workspace.write(_("Role changed")) as session:
        old = living(session, Affiliation, affiliation)
        if old.status != CURRENT:
            raise Invalid({"title": _("They are no longer there.")})
        if old.from_date and on < old.from_date:
            raise Invalid({"from_date": _("The end is before the beginning.")})
        was_primary = old.is_primary
        old.status, old.to_date, old.is_primary = "changed", on, False
        session.flush()
        kept = {name: getattr(old, name) for name in _KEPT}
        new = Affiliation(**kept | values, is_primary=was_primary, from_date=on)
        session.add(new)
        session.flush()
        _take_along(session, old, new)
        for each in session.scalars(_reports(old)).all():
            each.reports_to_id = new.id
        before, after = (" · ".join(filter(None, (each.title, each.department))) for each in (old, new))
        words = _("{name}: {after} from {date}, before that {before}.") if before else _("{name}: {after} from {date}.")
        told = {"name": _name(session, new), "after": after, "before": before, "date": show_date(on, language())}
        note(session, new, words.format(**told))
        return new.id


_KEPT = (
    "account_id",
    "contact_id",
    "title",
    "department",
    "decision_role",
    "attitude",
    "influence",
    "responsibility",
    "reports_to_id",
)
"""What stays when somebody gets another job at the same account."""


def _take_along(session: Writing, old: Affiliation, new: Affiliation) -> None:
    """Have the new place say in people's own fields what the old one said."""
    query = select(CustomValue).where(CustomValue.affiliation_id == old.id, CustomValue.deleted_at.is_(None))
    for each in session.scalars(query).all():
        session.add(CustomValue(field_id=each.field_id, affiliation_id=new.id, text=each.text, number=each.number))


def _checked(name: str, text: str) -> str | None:
    found = check(Affiliation, name, text)
    if found.worst == Severity.BLOCK:
        raise Invalid({name: "\n".join(each.text for each in found.findings)})
    return found.value if found.value is None else str(found.value)


def _open_tasks(record: Affiliation) -> Select[Task]:
    """What is still to be done with somebody at a place, or at none that is named."""
    invited = select(TaskParty.task_id).where(TaskParty.contact_id == record.contact_id, TaskParty.deleted_at.is_(None))
    about = or_(Task.contact_id == record.contact_id, Task.id.in_(invited))
    here = or_(Task.account_id == record.account_id, Task.account_id.is_(None))
    query = select(Task).where(Task.done_at.is_(None), Task.deleted_at.is_(None), about, here)
    return query.order_by(Task.due_at.is_(None), Task.due_at, Task.id)


def _reports(record: Affiliation) -> Select[Affiliation]:
    query = select(Affiliation).where(Affiliation.reports_to_id == record.id, Affiliation.deleted_at.is_(None))
    return query.where(Affiliation.status == CURRENT).order_by(Affiliation.id)


def _name(session: Session, place: Affiliation) -> str:
    return session.get_one(Contact, place.contact_id).full_name


def _account(session: Session, place: Affiliation) -> Account:
    return session.get_one(Account, place.account_id)
