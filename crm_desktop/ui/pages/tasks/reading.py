"""Pages of a list of tasks, as they are looked up in a thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.services import task_list, today
from crm_desktop.services.task_list import Asked, Listed

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now
    from crm_desktop.store.interruptible import Interruptible


class Found(NamedTuple):
    """What was read: the rows from `start` on, the counts of all sections, and when they become others."""

    asked: Asked
    at: Now
    start: int
    rows: list[Listed]
    counts: dict[str, int]
    turn: datetime


def look(asked: Asked, at: Now, start: int, most: int) -> Callable[[Interruptible], Found]:
    """A look at so many tasks from a place on."""

    def looking(data: Interruptible) -> Found:
        with data.read() as session:
            rows = task_list.read(session, asked, at, data.author, start=start, most=most)
            counts = task_list.counts(session, asked, at, data.author)
            return Found(asked, at, start, rows, counts, today.next_turn(session, at))

    return looking
