"""What a list shows of records besides their fields: worked out from other tables when a page is read, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from typing_extensions import override

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.model.fields import Field, Origin, fields_of
from crm_desktop.model.kinds import Cell, Choice, Kind
from crm_desktop.text.dates import show_day

if TYPE_CHECKING:
    from crm_desktop.model.base import Entity

NEXT_STEP, RHYTHM, LIFECYCLE = "next_step", "rhythm", "lifecycle"


class Due(NamedTuple):
    """When the earliest thing is to be done that is not done yet; without a moment, at some time."""

    at: datetime | None
    has_time: bool = False

    def days_late(self, now: datetime) -> int | None:
        """How many days ago it should have been done, 0 for earlier today; None while there is time."""
        if self.at is None:
            return None
        days = (now.astimezone().date() - self.at.astimezone().date()).days
        is_late = self.at < now if self.has_time else days > 0
        return days if is_late else None


class DueKind(Kind):
    """A next follow-up: the day, and the time of day where it has one."""

    @override
    def show(self, value: Due | None) -> str:
        if value is None:
            return "—"
        if value.at is None:
            return _("No date")
        now, at = datetime.now().astimezone(), value.at.astimezone()
        if late := value.days_late(now):
            return ngettext("{count} day late", "{count} days late", late)
        day = _("Today") if at.date() == now.date() else show_day(at.date(), now.date(), language())
        return f"{day} {at:%H:%M}" if value.has_time else day

    @override
    def cell(self, value: Due | None) -> Cell:
        return value and value.at and value.at.astimezone().date()


class Beat(NamedTuple):
    """How often one is to be in touch, in days, and the day when one was last, or since when one could have been."""

    days: int
    last: date

    def days_late(self, today: date) -> int:
        """For how many days one should have been in touch; 0 while there is time."""
        return max((today - self.last).days - self.days, 0)


class RhythmKind(Kind):
    """A rhythm, and how late one is."""

    @override
    def show(self, value: Beat | None) -> str:
        return "—" if value is None else say_beat(value, datetime.now().astimezone().date())

    @override
    def cell(self, value: Beat | None) -> Cell:
        return value and self.show(value)


def say_beat(beat: Beat, today: date) -> str:
    """A rhythm in a few words, such as “14 d · 3 d late”."""
    days, late = ngettext("{count} d", "{count} d", beat.days), beat.days_late(today)
    return f"{days} · {ngettext('{count} d late', '{count} d late', late)}" if late else days


_NEXT_STEP = Field("", NEXT_STEP, N_("Next follow-up"), DueKind(), origin=Origin("task", "due"), read_only=True)
_RHYTHM = Field("", RHYTHM, N_("Rhythm"), RhythmKind(), origin=Origin(RHYTHM, "days"), read_only=True)
_LIFECYCLE = Field(
    "", LIFECYCLE, N_("Life cycle"), Choice("lifecycle"), origin=Origin(LIFECYCLE, "stage"), read_only=True
)
_COLUMNS = {"account": (_NEXT_STEP, _RHYTHM, _LIFECYCLE), "contact": (_NEXT_STEP, _RHYTHM)}


@cache
def worked_out(entity: type[Entity]) -> Mapping[str, Field]:
    """The further columns of a kind of record, by name."""
    table = entity.__tablename__
    return {each.name: replace(each, entity=table) for each in _COLUMNS.get(table, ())}


def shown_field(entity: type[Entity], name: str) -> Field:
    """A field of a kind of record, or a further column of its lists; KeyError when there is none of that name."""
    return {**worked_out(entity), **{each.name: each for each in fields_of(entity)}}[name]
