"""What a list shows of records besides their fields: worked out from other tables when a page is read, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from typing_extensions import override

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.model.fields import Field, Origin, fields_of
from crm_desktop.model.kinds import Kind
from crm_desktop.text.dates import show_day

if TYPE_CHECKING:
    from crm_desktop.model.base import Entity

NEXT_STEP = "next_step"


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


_NEXT_STEP = (N_("Next follow-up"), DueKind(), Origin("task", "due"))


@cache
def worked_out(entity: type[Entity]) -> Mapping[str, Field]:
    """The further columns of a kind of record, by name."""
    if entity.__tablename__ not in ("account", "contact"):
        return {}
    text, kind, origin = _NEXT_STEP
    return {NEXT_STEP: Field(entity.__tablename__, NEXT_STEP, text, kind, origin=origin, read_only=True)}


def shown_field(entity: type[Entity], name: str) -> Field:
    """A field of a kind of record, or a further column of its lists; KeyError when there is none of that name."""
    return {**worked_out(entity), **{each.name: each for each in fields_of(entity)}}[name]
