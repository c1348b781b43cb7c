"""All that the detail pane shows of one record, read in one go; and what its pickers offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.model.account import PERSON
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import fields_of
from crm_desktop.services import accounts, activities, addresses, channels, contacts, records
from crm_desktop.services.activities import Touch
from crm_desktop.services.addresses import Location
from crm_desktop.services.channels import Reach
from crm_desktop.services.contacts import Place
from crm_desktop.services.records import Record
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.ui.record_offers import offers, search

MOST_BRANCHES = 200
"""How many branches an account shows beside the tree, which has them all."""
__all__ = ["Branch", "View", "offers", "search", "view"]


@dataclass(frozen=True, slots=True)
class Branch:
    """Another account above or below."""

    id: int
    name: str
    level: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class View:
    """One record with everything around it."""

    record: Record
    reaches: Sequence[Reach]
    locations: Sequence[Location]
    places: Sequence[Place]
    touch: Touch
    parent: Branch | None = None
    branches: Sequence[Branch] = ()
    """The first of those below an account."""
    branch_count: int = 0
    person: int | None = None
    """The one contact of a private customer."""
    main: Record | None = None
    """Where a contact is first of all, as an affiliation of its own."""
    boss: str = ""
    """The name of the one a contact reports to."""
    level: str = ""
    """The level of the account where a contact works."""
    phone_prefix: str = ""
    """How telephone numbers begin where a contact works."""

    @property
    def entity(self) -> str:
        """Which kind of record it is."""
        return self.record.entity

    @property
    def place(self) -> Place | None:
        """Where a contact is now, first of all."""
        return next((each for each in self.places if self.main is not None and each.id == self.main.id), None)

    @property
    def has_left(self) -> bool:
        """Whether a contact has left every account it was at."""
        return bool(self.places) and all(each.status != CURRENT for each in self.places)

    def text(self, name: str) -> str:
        """A field as people read it."""
        return self.record.fields[name].text

    def code(self, name: str) -> str:
        """A field's stored code."""
        return str(self.record.fields[name].value or "")


def view(workspace: Workspace, entity: str, key: int) -> View:
    """A record and what is around it; raises Missing when there is none."""
    return _account(workspace, key) if entity == "account" else _contact(workspace, key)


def _account(workspace: Workspace, key: int) -> View:
    record = records.load(workspace, Account, key)
    places = contacts.places(workspace, account=key)
    person = None
    if record.fields["kind"].value == PERSON:
        person = next((each.contact_id for each in places), None)
    above = record.links["parent_id"]
    with workspace.read() as session:
        below = queries.keys(session, Listing(Account, equal=(("parent_id", str(key)),), closed=True))
    shown = below[:MOST_BRANCHES]
    family = _branches(workspace, [*([above] if above else []), *shown])
    return View(
        record,
        channels.of_record(workspace, Account, key),
        addresses.of_record(workspace, Account, key),
        places,
        activities.touch(workspace, account=key),
        parent=family.get(above) if above else None,
        branches=[family[each] for each in shown if each in family],
        branch_count=len(below),
        person=person,
    )


def _branches(workspace: Workspace, keys: Sequence[int]) -> dict[int, Branch]:
    if not keys:
        return {}
    shown = [each for each in fields_of(Account) if each.name in {"name", "level", "status"}]
    with workspace.read() as session:
        rows = queries.values(session, Account, shown, keys)
    return {key: Branch(key, row["name"], row["level"] or "", row["status"] == "closed") for key, row in rows.items()}


def _contact(workspace: Workspace, key: int) -> View:
    record = records.load(workspace, Contact, key)
    places = contacts.places(workspace, contact=key)
    role = records.load(workspace, Affiliation, places[0].id) if places else None
    boss = role.links["reports_to_id"] if role else None
    work = _branches(workspace, [places[0].account_id]) if places else {}
    return View(
        record,
        channels.of_record(workspace, Contact, key),
        addresses.of_record(workspace, Contact, key),
        places,
        activities.touch(workspace, contact=key),
        main=role,
        boss=contacts.name_at(workspace, boss) if boss else "",
        level=next((each.level for each in work.values()), ""),
        phone_prefix=accounts.phone_prefix(workspace, places[0].account_id) if places else "",
    )
