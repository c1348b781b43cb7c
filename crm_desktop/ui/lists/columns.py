"""What a list can show of a record: its fields, and a few columns that the program works out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.model.fields import Field, fields_of, generation
from crm_desktop.model.kinds import Moment, Notes
from crm_desktop.model.picture import PhotoKind
from crm_desktop.model.worked_out import NEXT_STEP, worked_out

if TYPE_CHECKING:
    from crm_desktop.model import Entity

FIRST, USUAL, LONG, SHORT = 210, 150, 220, 120
WIDTHS = {"account": 170, "tags": 160, "last_activity_at": 120, NEXT_STEP: 150}
"""How wide some columns are, in design pixels: with them the first ones of contacts fit into 1440."""
FIRST_OF_CONTACTS = ("full_name", "account", "title", "mobile", "last_activity_at", NEXT_STEP, "tags", "email")
"""Who it is, how to call them, and how things stand: the further columns are seen when one goes to the right."""
RECENT_DAYS = 60


class Ago(Moment):
    """A moment in the past, told by the days since then."""

    @override
    def show(self, value: datetime | None) -> str:
        if value is None:
            return "—"
        days = (datetime.now().astimezone().date() - value.astimezone().date()).days
        if days <= 0:
            return _("Today")
        if days == 1:
            return _("Yesterday")
        return (
            ngettext("{count} day ago", "{count} days ago", days) if days <= RECENT_DAYS else super().show(value)[:10]
        )


WORKED_OUT = (
    ("last_activity_at", N_("Last contact"), Ago()),
    ("created_at", N_("Created"), Moment()),
    ("updated_at", N_("Changed"), Moment()),
)
"""Columns of the table that are no fields, by name, label and kind."""


def columns_of(entity: type[Entity]) -> tuple[Field, ...]:
    """Everything a list of these records can show, in the order in which it is offered."""
    fields = [each for each in fields_of(entity) if not isinstance(each.kind, PhotoKind)]
    known = {each.name for each in fields}
    table = entity.__table__.columns
    more = [
        Field(entity.__tablename__, name, text, kind, read_only=True)
        for name, text, kind in WORKED_OUT
        if name in table and name not in known
    ]
    return (*fields, *more, *worked_out(entity).values())


def usual(entity: type[Entity]) -> list[str]:
    """The columns of a list that nobody has arranged yet."""
    first = FIRST_OF_CONTACTS if entity.__tablename__ == "contact" else ()
    return list(dict.fromkeys((*first, *(each.name for each in columns_of(entity) if each.table))))


def named(entity: type[Entity], names: Iterable[str]) -> list[Field]:
    """These columns, without those that there are no longer."""
    known = {each.name: each for each in columns_of(entity)}
    return [known[each] for each in dict.fromkeys(names) if each in known]


def width_of(field: Field, place: int) -> int:
    """How wide a column is before somebody drags it, in design pixels."""
    if place == 0:
        return FIRST
    if isinstance(field.kind, Notes) or field.name == "address":
        return LONG
    return WIDTHS.get(field.name, SHORT if isinstance(field.kind, Moment) else USUAL)


class Choice:
    """Which columns a list shows, in which order; people's own new fields join it by themselves."""

    def __init__(self, entity: type[Entity]) -> None:
        self._entity = entity
        self._shown: list[str] | None = None
        self._own: dict[str, bool] = {}
        self._generation = -1
        self._join()

    def names(self) -> list[str]:
        """The names of the columns, from left to right."""
        self._join()
        return usual(self._entity) if self._shown is None else list(self._shown)

    def fields(self) -> list[Field]:
        """The columns, from left to right."""
        return named(self._entity, self.names())

    def show(self, names: Sequence[str] | None) -> None:
        """Show these columns in this order; None shows the usual ones."""
        self._shown = None if names is None else [each.name for each in named(self._entity, names)] or None

    def state(self) -> list[str] | None:
        """What is to be remembered; None while nobody has arranged anything."""
        return None if self._shown is None else list(self._shown)

    def _join(self) -> None:
        """Take in what became of people's own fields since: new ones are shown, others follow their setting."""
        if self._generation == generation():
            return
        self._generation = generation()
        own = {each.name: each.table for each in fields_of(self._entity) if each.own is not None}
        if self._shown is not None:
            known = {each.name for each in columns_of(self._entity)}
            self._shown = [each for each in self._shown if each in known and own.get(each) is not False]
            turned_on = [name for name, shown in own.items() if shown and not self._own.get(name)]
            self._shown += [name for name in turned_on if name not in self._shown]
        self._own = own
