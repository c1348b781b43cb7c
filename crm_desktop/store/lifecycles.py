"""The life cycle of accounts as SQL; `text/lifecycle.py` is the same rule for one of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from crm_desktop.model import Account, Activity
from crm_desktop.model.activity import SYSTEM
from crm_desktop.model.house import house
from crm_desktop.text.lifecycle import ACTIVE, DORMANT, LOST, NEW, STAGES

Moment: TypeAlias = ColumnElement[Any]
TOUCHES: tuple[Any, ...] = (Account.last_activity_at,)
"""The last days of what shows that a customer is alive; the last order joins them."""
BEGINNINGS: tuple[Any, ...] = ()
"""From when on a customer is new once more, besides from the day on that it is known; the first deal joins them."""


def stage(today: date) -> ColumnElement[str]:
    """The code of the stage of each account on a day."""
    limits = house().limits
    told = Account.lifecycle_override
    is_told = and_(told.in_(STAGES), or_(Account.lifecycle_until.is_(None), Account.lifecycle_until >= today))
    return case(
        (is_told, told),
        (_is_new(_before(today, limits.new)), NEW),
        (_is_touched(_before(today, limits.dormant)), ACTIVE),
        (_is_touched(_before(today, limits.lost)), DORMANT),
        else_=LOST,
    )


def known_since() -> ColumnElement[Any]:
    """When an account was first known: it was entered, or had its first touch."""
    first = select(func.min(Activity.at)).where(*_TALKS_WITH).correlate(Account).scalar_subquery()
    return func.min(Account.created_at, func.coalesce(first, Account.created_at), type_=Account.created_at.type)


def touched_at() -> ColumnElement[Any]:
    """When an account was last touched, in whatever way."""
    if len(TOUCHES) == 1:
        last: ColumnElement[Any] = TOUCHES[0]
        return last
    # SQLite's greatest of several values is nothing as soon as one of them is.
    latest = [func.coalesce(each, func.coalesce(*TOUCHES)) for each in TOUCHES]
    return func.max(*latest, type_=Account.created_at.type)


_TALKS_WITH = (Activity.account_id == Account.id, Activity.deleted_at.is_(None), Activity.kind != SYSTEM)


def _before(today: date, days: int) -> datetime:
    """The moment when the day begins that is so many days before today."""
    return datetime.combine(today - timedelta(days=days), time()).astimezone()


def _is_new(since: datetime) -> ColumnElement[bool]:
    """What was entered late was talked with before."""
    earlier = select(Activity.id).where(*_TALKS_WITH, Activity.at < since).correlate(Account)
    return or_(and_(Account.created_at >= since, ~earlier.exists()), *(each >= since for each in BEGINNINGS))


def _is_touched(since: datetime) -> ColumnElement[bool]:
    never = and_(*(each.is_(None) for each in TOUCHES))
    return or_(*(each >= since for each in TOUCHES), and_(never, Account.created_at >= since))
