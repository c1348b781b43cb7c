"""An entry that was logged, taken up to be corrected, or put where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Account, Activity, ActivityColleague, ActivityParty, Affiliation, Contact, Task
from crm_desktop.services.activities import Entry, account_of
from crm_desktop.services.records import living
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace, Writing


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an entry went, and who of its people went with it."""

    to: str
    stayed: tuple[str, ...]
    left: tuple[str, ...]


def load(workspace: Workspace, activity: int) -> Entry:
    """An entry as a form shows it, but for its next steps; raises Missing when there is none."""
    with workspace.read() as session:
        record = living(session, Activity, activity)
        colleagues = select(ActivityColleague.user_id).where(
            ActivityColleague.activity_id == activity, ActivityColleague.deleted_at.is_(None)
        )
        return Entry(
            kind=record.kind,
            summary=record.summary,
            account=record.account_id,
            contacts=tuple(each.contact_id for each in _parties(session, activity)),
            colleagues=tuple(session.scalars(colleagues.order_by(ActivityColleague.id))),
            direction=record.direction,
            at=record.at,
            minutes=record.minutes,
            place=record.place or "",
            outcome=record.outcome or "",
            details_confirmed=record.details_confirmed,
        )


def move(workspace: Workspace, activity: int, entity: str, key: int) -> Moved:
    """Put an entry with another account or contact, as one step to undo.

    Those of its people who work there stay; everybody else is taken off. The only one of a talk that goes to another
    person is taken off, too: it was logged with the wrong one. Its next steps go with it.
    """
    with workspace.write(_("Move activity")) as session:
        record = living(session, Activity, activity)
        name = living(session, Contact, key).full_name if entity == "contact" else living(session, Account, key).name
        account = key if entity == "account" else account_of(session, [key])
        parties = _parties(session, activity)
        there = _working_at(session, account) if entity == "account" or len(parties) > 1 else {key}
        there |= {key} if entity == "contact" else set()
        stays = [each.contact_id for each in parties if each.contact_id in there]
        leaves = [each for each in parties if each.contact_id not in there]
        for party in leaves:
            session.remove(party)
        if entity == "contact" and key not in stays:
            session.add(ActivityParty(activity_id=activity, contact_id=key))
            stays.append(key)
        record.account_id = account
        _take_steps(session, activity, account, stays)
        gone = [each.contact_id for each in leaves]
        names = queries.names(session, Contact, [*stays, *gone])
        return Moved(name, tuple(names[each] for each in stays), tuple(names.get(each, "") for each in gone))


def _take_steps(session: Writing, activity: int, account: int | None, people: Sequence[int]) -> None:
    """Have the next steps be about the same account and people as their entry."""
    for task in session.scalars(select(Task).where(Task.activity_id == activity, Task.deleted_at.is_(None))):
        task.account_id = account
        if task.contact_id not in people:
            task.contact_id = people[0] if people else None


def _working_at(session: Writing, account: int | None) -> set[int]:
    if account is None:
        return set()
    links = select(Affiliation.contact_id).where(Affiliation.account_id == account, Affiliation.deleted_at.is_(None))
    return set(session.scalars(links))


def _parties(session: Session, activity: int) -> Sequence[ActivityParty]:
    query = select(ActivityParty).where(ActivityParty.activity_id == activity, ActivityParty.deleted_at.is_(None))
    return session.scalars(query.order_by(ActivityParty.id)).all()
