"""What somebody wants to have exported, as plain values that can be kept in a file."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.model import Account, Activity, Contact, Entity
from crm_desktop.model.fields import field_named
from crm_desktop.model.filters import NOBODY, NOTHING, Group, checked, from_json, say, to_json
from crm_desktop.services.exporting.columns import sortable
from crm_desktop.store import queries
from crm_desktop.store.ordering import can_order
from crm_desktop.store.queries import Listing

ACCOUNTS, CONTACTS, ACTIVITIES, EVERYTHING = "accounts", "contacts", "activities", "everything"
WHAT = (ACCOUNTS, CONTACTS, ACTIVITIES, EVERYTHING)
SUBJECTS: dict[str, tuple[type[Entity], str]] = {
    ACCOUNTS: (Account, N_("Accounts")),
    CONTACTS: (Contact, N_("Contacts")),
    ACTIVITIES: (Activity, N_("Activities")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are exported, in which order, and with which columns; what is left out means all of it."""

    what: str
    columns: tuple[str, ...] = ()
    """Codes of columns in their order."""
    text: str = ""
    """Words that narrow as a search does."""
    order: str = ""
    descending: bool = False
    equal: tuple[tuple[str, str], ...] = ()
    """Columns that must hold a value, as in `Listing`."""
    closed: bool = True
    ids: tuple[int, ...] | None = None
    """The keys of the records, for a selection."""
    filter: Group = NOTHING

    @classmethod
    def seen(cls, listing: Listing) -> Wanted:
        """What a list shows, with the columns still to be chosen."""
        what = next(name for name, (entity, _label) in SUBJECTS.items() if entity is listing.entity)
        order = (listing.order, listing.descending)
        return cls(what, (), listing.text, *order, listing.equal, listing.closed, filter=listing.filter)

    @classmethod
    def from_json(cls, kept: object) -> Wanted:
        """What was kept as JSON; raises Invalid for what is none of ours."""
        if not isinstance(kept, Mapping):
            raise Invalid(
                {
                    "options": _("The settings of an export are an object such as {example}.").format(
                        example='{"what": "contacts"}'
                    )
                }
            )
        values = {name: _read(str(name), value) for name, value in kept.items()}
        wanted = cls(**({"what": EVERYTHING} | values))
        wanted.check()
        return wanted

    def to_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return asdict(self) | {"filter": to_json(self.filter)}

    def check(self) -> None:
        """Raise Invalid for records, columns or an order that do not exist."""
        if self.what not in WHAT:
            message = _("“{name}” is not one of {choices}.")
            raise Invalid({"what": message.format(name=self.what, choices=", ".join(WHAT))})
        if self.what == EVERYTHING:
            self._check_everything()
        elif not can_order(self.entity, self.order):
            message = _("A list cannot be sorted by “{name}”. Choose from: {choices}.")
            raise Invalid({"sort": message.format(name=self.order, choices=", ".join(sortable(self.entity)))})
        else:
            checked(self.filter, self.entity)

    def _check_everything(self) -> None:
        one_kind = {"columns": self.columns, "sort": self.order, "ids": self.ids, "filter": self.filter}
        for name, value in one_kind.items():
            if value:
                message = _("Columns, an order and single records can be chosen for one kind of record only.")
                raise Invalid({name: message})

    @property
    def entity(self) -> type[Entity]:
        """The kind of record, when it is only one."""
        return SUBJECTS[self.what][0]

    def parts(self) -> list[Wanted]:
        """One for each kind of record."""
        if self.what != EVERYTHING:
            return [self]
        return [replace(self, what=each, columns=(), order="", ids=None) for each in SUBJECTS]

    @property
    def listing(self) -> Listing:
        """The list that is exported."""
        return Listing(self.entity, self.order, self.descending, self.text, self.equal, self.closed, self.filter)

    def keys(self, session: Session) -> array[int]:
        """The keys of the records in their order; of a selection those that are still there."""
        found = queries.keys(session, self.listing)
        if self.ids is None:
            return found
        chosen = set(self.ids)
        return array("q", (each for each in found if each in chosen))

    def narrowing(self, people: Mapping[int, str] = NOBODY) -> str:
        """What keeps other records out, in words with the names of `people`; empty when nothing does."""
        found = [_("“{text}”").format(text=self.text.strip())] if self.text.strip() else []
        for name, value in self.equal:
            field = field_named(self.entity, name)
            found.append(f"{field.label}: {field.kind.show(field.kind.read(value).value)}")
        found += [say(self.filter, self.entity, people)] if self.filter else []
        if self.listing.hides_closed:
            found.append(_("without closed accounts"))
        if self.ids is not None:
            found.append(ngettext("{count} selected record", "{count} selected records", len(self.ids)))
        return " · ".join(found)


def _read(name: str, value: object) -> Any:
    """A setting as JSON keeps it; raises Invalid when it is of another sort, or none at all."""
    if name not in Wanted.__dataclass_fields__:
        raise Invalid({name: _("“{name}” is no setting of an export.").format(name=name)})
    if name in ("what", "text", "order") and isinstance(value, str):
        return value
    if name in ("descending", "closed") and isinstance(value, bool):
        return value
    if name == "filter" or (name == "ids" and value is None):
        return from_json(value) if name == "filter" else None
    if isinstance(value, list | tuple):
        if name == "columns" and all(isinstance(each, str) for each in value):
            return tuple(value)
        if name == "ids" and all(isinstance(each, int) and not isinstance(each, bool) for each in value):
            return tuple(value)
        if name == "equal" and all(isinstance(each, list | tuple) and len(each) == 2 for each in value):
            return tuple((str(column), str(held)) for column, held in value)
    raise Invalid({name: _("“{name}” cannot be “{value}”.").format(name=name, value=str(value)[:80])})
