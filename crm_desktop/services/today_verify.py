"""The numbers and addresses that nobody has verified for long, those of important accounts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Affiliation, Channel, Task
from crm_desktop.model.account import CLOSED
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.channel import SUSPECT, channel_label
from crm_desktop.model.picks import of
from crm_desktop.services.today_rules import VERIFIED_KINDS
from crm_desktop.text import rhythm

MOST = 999
"""So many are counted: whoever has more has very many, and no page waits for it."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A channel to verify, and whose it is."""

    key: int
    label: str
    text: str
    checked_at: datetime | None
    contact_id: int | None
    account_id: int | None
    account: str


def keys(session: Session, before: datetime) -> list[int]:
    """The channels that were last entered or verified before a moment, at most one more than `MOST`.

    Level by level, and no further than that: along the index of levels, a page of them takes milliseconds where all
    would be half a million. Whoever has a next step is left out: it is the occasion to ask.
    """
    found: dict[int, None] = {}
    for level in rhythm.DAYS:
        for query in (_of_accounts(level, before), _of_people(level, before)):
            if len(found) <= MOST:
                found.update(dict.fromkeys(session.scalars(query.limit(MOST + 1 - len(found)))))
    return list(found)


def _of_accounts(level: str, before: datetime) -> Select[int]:
    busy = select(Task.id).where(Task.account_id == Account.id, Task.done_at.is_(None), Task.deleted_at.is_(None))
    query = select(Channel.id).join(Account, Account.id == Channel.account_id)
    return query.where(*_important(level), *_stale(before), ~busy.exists())


def _of_people(level: str, before: datetime) -> Select[int]:
    busy = select(Task.id).where(
        Task.contact_id == Channel.contact_id, Task.done_at.is_(None), Task.deleted_at.is_(None)
    )
    here = (Affiliation.deleted_at.is_(None), Affiliation.status == CURRENT)
    query = select(Channel.id).join(Affiliation, Affiliation.contact_id == Channel.contact_id)
    query = query.join(Account, Account.id == Affiliation.account_id).distinct()
    return query.where(*here, *_important(level), *_stale(before), ~busy.exists())


def _important(level: str) -> tuple[Any, ...]:
    statuses = [each.code for each in of("status") if each.code != CLOSED]
    return (Account.deleted_at.is_(None), Account.status.in_(statuses), Account.level == level)


def _stale(before: datetime) -> tuple[Any, ...]:
    doubtful = and_(Channel.checked_at.is_(None), Channel.state == SUSPECT)
    return (
        Channel.deleted_at.is_(None),
        Channel.do_not_use.is_(False),
        Channel.kind.in_(VERIFIED_KINDS),
        or_(doubtful, func.coalesce(Channel.checked_at, Channel.created_at) < before),
    )


def channels(session: Session, wanted: Sequence[int]) -> list[Stale]:
    """These channels, in this order."""
    query = select(Channel, Account.name).outerjoin(Account, Account.id == Channel.account_id)
    found = {row.id: (row, name) for row, name in session.execute(query.where(Channel.id.in_(wanted)))}
    return [_shown(*found[key]) for key in wanted if key in found]


def _shown(row: Channel, account: str | None) -> Stale:
    label = channel_label(row.kind)
    return Stale(row.id, label, row.value.show(), row.checked_at, row.contact_id, row.account_id, account or "")
