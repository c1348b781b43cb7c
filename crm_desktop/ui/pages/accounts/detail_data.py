"""All that the detail pane shows of one record, in parts: read once, and again where a change concerns a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from crm_desktop.model import Account, Affiliation, Contact, Entity, house
from crm_desktop.model.account import PERSON
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import OWN, Field, fields_of
from crm_desktop.model.worked_out import Beat
from crm_desktop.services import (
    accounts,
    addresses,
    attachments,
    branches,
    cadence,
    channels,
    contacts,
    depth,
    lifecycle,
    records,
    task_list,
    touches,
)
from crm_desktop.services.addresses import Location
from crm_desktop.services.attachments import Attached
from crm_desktop.services.branches import Branch
from crm_desktop.services.channels import Reach
from crm_desktop.services.clock import now
from crm_desktop.services.contacts import Place
from crm_desktop.services.depth import Depth
from crm_desktop.services.lifecycle import Stage
from crm_desktop.services.records import Record
from crm_desktop.services.task_list import Asked, Listed
from crm_desktop.services.touches import Touch
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace
from crm_desktop.ui.record_offers import offers, search

__all__ = ["ALL", "Branch", "View", "again", "differing", "offers", "search", "view"]
KINDS: dict[str, type[Entity]] = {"account": Account, "contact": Contact}
WORDS = ("user", "pick_item", "custom_field")
"""What fields are called by, and what is chosen from: after a change, any value may read otherwise."""
OF_STAGE = ("level", "status", "lifecycle_override", "lifecycle_reason", "lifecycle_until")
WITH_RECORD = ("tagging", "tag", "custom_value", *WORDS)
FIRST_TASKS = 6
TALKS = ("activity", "activity_party", "task")
RHYTHMS = ("cadence", "shared_setting", "saved_list", "tag", "tagging", "affiliation")


@dataclass(frozen=True, slots=True)
class View:
    """One record with everything around it."""

    record: Record
    places: Sequence[Place] = ()
    reaches: Sequence[Reach] = ()
    locations: Sequence[Location] = ()
    touch: Touch = field(default_factory=Touch)
    tasks: Sequence[Listed] = ()
    """The first of those still to be done."""
    task_count: int = 0
    depth: Depth = field(default_factory=Depth)
    beat: Beat | None = None
    """How often one wants to be in touch, and how that stands."""
    stage: Stage | None = None
    """Where an account stands in its life cycle."""
    parent: Branch | None = None
    branches: Sequence[Branch] = ()
    """The first of those below an account."""
    branch_count: int = 0
    files: Sequence[Attached] = ()
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
    def person(self) -> int | None:
        """The one contact of a private customer."""
        if self.entity != "account" or self.record.fields["kind"].value != PERSON:
            return None
        return next((each.contact_id for each in self.places), None)

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


ALL = frozenset(each.name for each in fields(View))
"""The names of the parts of a view."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is read together, and the news after which it may be different."""

    read: Callable[[Workspace, View], Mapping[str, Any]]
    is_concerned: Callable[[View, Change], bool]
    may_wait: bool = False
    """Whether it takes so long with very many talks that after a change the rest is shown first."""


def view(workspace: Workspace, entity: str, key: int) -> View:
    """A record and what is around it; raises Missing when there is none."""
    with workspace.looking():
        found = View(_load(workspace, entity, key))
        for part in AROUND[entity]:
            found = replace(found, **part.read(workspace, found))
    return found


def again(workspace: Workspace, known: View, change: Change, *, may_wait: bool = False) -> View:
    """What is known, with the parts read anew that a change concerns; raises Missing when the record is gone.

    Those that may wait are read by a second call.
    """
    now = known
    with workspace.looking():
        for part in (RECORD, *AROUND[known.entity]):
            if part.may_wait == may_wait and part.is_concerned(now, change):
                now = replace(now, **part.read(workspace, now))
    return now


def differing(before: View, after: View) -> frozenset[str]:
    """The names of the parts that are no longer what they were."""
    return frozenset(each for each in ALL if getattr(before, each) != getattr(after, each))


def _load(workspace: Workspace, entity: str, key: int) -> Record:
    return records.load(workspace, KINDS[entity], key, _own(fields_of(KINDS[entity])))


def _own(all_fields: Iterable[Field]) -> list[Field]:
    """The fields that are shown as they are; numbers, mails and addresses have rows of their own."""
    return [each for each in all_fields if each.origin is None or each.origin.table in ("tag", OWN)]


def _places(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    return {"places": contacts.places(workspace, **{shown.entity: shown.record.id})}


def _reaches(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    return {"reaches": channels.of_record(workspace, KINDS[shown.entity], shown.record.id)}


def _locations(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    return {"locations": addresses.of_record(workspace, KINDS[shown.entity], shown.record.id)}


def _touch(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    return {"touch": touches.touch(workspace, **{shown.entity: shown.record.id})}


def _tasks(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    account, contact = (shown.record.id, None) if shown.entity == "account" else (None, shown.record.id)
    asked = Asked(is_open=True, account=account, contact=contact)
    with workspace.read() as session:
        count = task_list.count_open(session, shown.entity, shown.record.id)
        first = task_list.read(session, asked, now(), workspace.author, most=FIRST_TASKS) if count else []
    return {"tasks": first, "task_count": count}


def _dates(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    """What follows from the days of touches."""
    entity, key = shown.entity, shown.record.id
    return {
        "depth": depth.of_record(workspace, entity, key),
        "beat": cadence.beats(workspace, KINDS[entity], [key]).get(key),
        "stage": lifecycle.of_account(workspace, key) if entity == "account" else None,
    }


def _has_other_dates(shown: View, change: Change) -> bool:
    by_itself = house.has_lists() and _is_itself(shown, change)
    return by_itself or change.touches(*TALKS, *RHYTHMS) or change.moved("account", *OF_STAGE)


def _family(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    above = shown.record.links["parent_id"]
    below, count = branches.below(workspace, shown.record.id)
    return {"parent": branches.one(workspace, above) if above else None, "branches": below, "branch_count": count}


def _role(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    if not shown.places:
        return {"main": None, "boss": ""}
    main = records.load(workspace, Affiliation, shown.places[0].id)
    boss = main.links["reports_to_id"]
    return {"main": main, "boss": contacts.name_at(workspace, boss) if boss else ""}


def _work(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    if not shown.places:
        return {"level": "", "phone_prefix": ""}
    account = shown.places[0].account_id
    found = branches.one(workspace, account)
    return {"level": found.level if found else "", "phone_prefix": accounts.phone_prefix(workspace, account)}


def _files(workspace: Workspace, shown: View) -> Mapping[str, Any]:
    return {"files": attachments.listed(workspace, shown.entity, shown.record.id)}


def _names(shown: View, change: Change) -> bool:
    """Whether somebody, or a company, among the places of a record may be called otherwise or be gone."""
    people = change.rows.get("contact", frozenset()) if change.moved("contact", "full_name") else frozenset()
    firms = change.rows.get("account", frozenset()) if change.moved("account", "name") else frozenset()
    return any(each.contact_id in people or each.account_id in firms for each in shown.places)


def _is_itself(shown: View, change: Change) -> bool:
    return shown.record.id in change.rows.get(shown.entity, frozenset())


DATES = Part(_dates, _has_other_dates, may_wait=True)
RECORD = Part(
    lambda workspace, shown: {"record": _load(workspace, shown.entity, shown.record.id)},
    lambda shown, change: change.touches(*WITH_RECORD) or _is_itself(shown, change),
)
PLACES = Part(_places, lambda shown, change: change.touches("affiliation") or _names(shown, change))
REACHES = Part(_reaches, lambda _shown, change: change.touches("channel"))
LOCATIONS = Part(
    _locations,
    lambda _shown, change: change.touches("address", "affiliation") or change.moved("account", "name", "region"),
)
FILES = Part(
    _files,
    lambda _shown, change: (
        change.touches("attachment", "affiliation", "user")
        or (change.touches("activity_party") and "activity" not in change.inserted)
        or change.rewrote("activity", "summary", "account_id")
        or change.rewrote("task", "title", "account_id", "contact_id")
        or change.rewrote("contact", "full_name")
    ),
)
TASKS = Part(
    _tasks,
    lambda shown, change: change.touches("task", "task_party") or _is_itself(shown, change) or _names(shown, change),
)
AROUND: dict[str, tuple[Part, ...]] = {
    "account": (
        PLACES,
        REACHES,
        LOCATIONS,
        TASKS,
        FILES,
        Part(_touch, lambda _shown, change: change.touches(*TALKS, "affiliation")),
        DATES,
        Part(_family, lambda _shown, change: change.moved("account", "parent_id", "name", "level", "status")),
    ),
    "contact": (
        PLACES,
        REACHES,
        LOCATIONS,
        TASKS,
        FILES,
        Part(_touch, lambda _shown, change: change.touches(*TALKS)),
        DATES,
        Part(
            _role,
            lambda _shown, change: (
                change.touches("affiliation", "custom_value", *WORDS) or change.moved("contact", "full_name")
            ),
        ),
        Part(
            _work,
            lambda _shown, change: change.touches("affiliation", "channel") or change.moved("account", "level"),
        ),
    ),
}
"""What stands around a record of each kind, in an order in which it can be read."""
