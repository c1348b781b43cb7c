"""What the mouse is doing: moving an entry, pulling its lower edge, or drawing a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crm_desktop.model.task import MEETING
from crm_desktop.services.calendar import Entry
from crm_desktop.ui.pages.calendar.slots import STEP, Slot, end_of, is_bar, lengthened, moved

MOVE, LENGTHEN, NEW = "move", "lengthen", "new"
NOBODY = 0
"""The key of an appointment that is only being drawn."""


@dataclass(frozen=True, slots=True)
class Drag:
    """One drag: what was done to which entry, from which slot on."""

    what: str
    begun: Slot
    entry: Entry

    def over(self, slot: Slot) -> Entry:
        """What becomes of the entry when it is let go over a slot."""
        if self.what == MOVE:
            return self._moved(slot)
        if slot.minute is None or self.begun.minute is None:
            return self.entry
        at = snapped(slot)
        if self.what == LENGTHEN:
            return lengthened(self.entry, max(at, self.entry.starts) + STEP)
        begun = snapped(self.begun)
        return replace(self.entry, starts=min(begun, at), ends=max(begun, at) + STEP)

    def _moved(self, slot: Slot) -> Entry:
        """By days only where one of both has no time of day, or to a time of day from the row of whole days."""
        days = slot.day - self.begun.day
        if slot.minute is None and self.begun.minute is None:
            return moved(self.entry, self.entry.starts + days, has_time=self.entry.has_time)
        if slot.minute is None:
            return moved(self.entry, datetime.combine(self.entry.first + days, datetime.min.time()), has_time=False)
        if self.begun.minute is None:
            return moved(self.entry, snapped(slot), has_time=True)
        by = timedelta(minutes=slot.minute - self.begun.minute)
        return moved(self.entry, _rounded(self.entry.starts + days + by), has_time=True)


def drawn(slot: Slot) -> Drag:
    """Draw a new appointment from a slot on."""
    at = snapped(slot)
    return Drag(NEW, slot, Entry(NOBODY, "", MEETING, at, at + STEP, has_time=True))


def snapped(slot: Slot) -> datetime:
    """The quarter of an hour that a slot lies in."""
    step = STEP.seconds // 60
    return Slot(slot.day, (slot.minute or 0) // step * step).at


def _rounded(at: datetime) -> datetime:
    """The nearest quarter of an hour."""
    step = STEP.seconds // 60
    minutes = at.hour * 60 + at.minute
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=round(minutes / step) * step)


def can_lengthen(entry: Entry) -> bool:
    """Whether it has a lower edge to pull."""
    return entry.has_time and not is_bar(entry) and not entry.is_fixed


def pulled(entry: Entry, steps: int) -> Entry:
    """An entry so many quarters of an hour longer, or shorter."""
    return lengthened(entry, end_of(entry) + steps * STEP)
