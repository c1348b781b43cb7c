"""An appointment or a task as calendars pass them on: plain values, whatever the format of the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

When: TypeAlias = datetime | date
"""A moment; a moment without a zone, which is whatever the clock on the wall shows; or a whole day."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who takes part."""

    name: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a calendar."""

    uid: str
    title: str
    starts: When | None = None
    ends: When | None = None
    """Of whole days the last one."""
    is_task: bool = False
    """Something to be done, which takes no time of its own."""
    kind: str = ""
    place: str = ""
    note: str = ""
    guests: tuple[Guest, ...] = ()
    repeat: str = ""
    left_out: tuple[When, ...] = ()
    """Of what comes again, single ones that are left out, as they would begin."""
    remind_minutes: int | None = None
    priority: str = ""
    done_at: datetime | None = None
    is_cancelled: bool = False
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """What a calendar file holds, and what is to be said about it."""

    events: tuple[Event, ...]
    notes: tuple[str, ...] = ()


def is_day(when: When | None) -> bool:
    """Whether only the day counts."""
    return when is not None and not isinstance(when, datetime)
