"""The days that come next, side by side on the page of the day: how much there is each day, and the first of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm_desktop.model import Task
from crm_desktop.services import today
from crm_desktop.services.clock import Now
from crm_desktop.services.task_rules import RANK, is_begun, is_open
from crm_desktop.services.today import Item, Section
from crm_desktop.services.today_rules import COMING, COMING_DAYS

MOST_OF_DAY = 4
"""How many rows of a day are read; all are in the calendar."""


@dataclass(frozen=True, slots=True)
class WeekAhead(Section):
    """The first rows of each day, day after day."""

    counts: tuple[int, ...] = (0,) * COMING_DAYS
    """How many there are on each day, from tomorrow on."""


def day_of(at: Now, place: int) -> date:
    """A day by its place among those that come, the first of which is tomorrow."""
    return at.day + timedelta(days=place + 1)


def place_of(item: Item, at: Now) -> int:
    """The place of a row's day."""
    assert item.at is not None
    return (item.at.date() - at.day).days - 1


def read(session: Session, at: Now, most: int = MOST_OF_DAY) -> WeekAhead:
    """The days to come, each with its first `most` tasks: those of the whole day, then by the clock."""
    day = case(*((Task.due_at < at.begins(each + 2), each) for each in range(COMING_DAYS - 1)), else_=COMING_DAYS - 1)
    within = (Task.due_at >= at.begins(1), Task.due_at < at.begins(1 + COMING_DAYS))
    order = (Task.has_time, case((Task.has_time, 0), else_=RANK), Task.due_at, Task.id)
    numbered = (
        select(
            Task.id,
            day.label("day"),
            func.row_number().over(partition_by=day, order_by=order).label("place"),
            func.count().over(partition_by=day).label("count"),
        )
        .where(*is_open(), is_begun(at), *within)
        .subquery()
    )
    columns = numbered.c
    first = select(columns.id, columns.day, columns.count).where(columns.place <= most)
    found = session.execute(first.order_by(columns.day, columns.place)).all()
    counts = {place: count for _key, place, count in found}
    items = today.task_rows(session, COMING, [key for key, _place, _count in found], at)
    every = tuple(counts.get(place, 0) for place in range(COMING_DAYS))
    return WeekAhead(COMING, sum(every), items, counts=every)
