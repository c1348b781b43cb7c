"""When and how often we were in touch with somebody, and how warm that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crm_desktop.model.base import now
from crm_desktop.services import activity_queries
from crm_desktop.services.activities import NextStep, as_step
from crm_desktop.store.workspace import Workspace

RECENT = timedelta(days=90)
MOST_RECENT = 999
"""Touches of the last days are counted so far: whoever has more of them has very many."""


@dataclass(slots=True)
class Touch:
    """The head of a 360° view: when and how often we were in touch, and what comes next."""

    last_at: datetime | None = None
    recent: int = 0
    """How often in the last 90 days; anything above `MOST_RECENT` is more than that."""
    next_step: NextStep | None = None


def touch(workspace: Workspace, *, account: int | None = None, contact: int | None = None) -> Touch:
    """When and how often we were in touch, and the first thing still to be done."""
    entity, key = ("contact", contact) if contact is not None else ("account", account)
    lately: dict[str, Any] = {"key": key, "since": now() - RECENT, "most": MOST_RECENT + 1}
    with workspace.read() as session:
        found = [session.execute(each, lately).one() for each in activity_queries.touches(entity)]
        step = session.execute(activity_queries.next_step(entity), {"key": key}).first()
        last = max(filter(None, (at for at, _recent in found)), default=None)
        recent = min(sum(count for _at, count in found), lately["most"])
        return Touch(last, recent, as_step(step) if step else None)


def warmth(touched: Touch) -> int:
    """How warm a relation is, 0 to 5: recency gives up to 3 bars, frequency in 90 days up to 2."""
    if touched.last_at is None:
        return 0
    days = (now() - touched.last_at).days
    recency = 3 if days <= 14 else 2 if days <= 45 else 1 if days <= 90 else 0
    frequency = 2 if touched.recent >= 6 else 1 if touched.recent >= 2 else 0
    return recency + frequency
