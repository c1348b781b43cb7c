"""Contacts as cards for address books: what was written, with photos and all places of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import Choice, Choices, Kind, LinkTo, Region
from crm_desktop.model.picture import PhotoKind
from crm_desktop.services.importing import identity
from crm_desktop.store import pictures, queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.card import Card, Place

PAGE = 50
"""Contacts read at once: their photos are in memory together."""
ROLE = "affiliation"
AS_KEPT = (Choice, Choices, Region)
"""Kinds whose codes are understood everywhere, whatever the language of their words."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The cards of a list, read while they are written; `total` says how many there are."""

    workspace: Workspace
    keys: Sequence[int]

    @property
    def total(self) -> int:
        """How many cards there are."""
        return len(self.keys)

    def __iter__(self) -> Iterator[Card]:
        with self.workspace.read() as session:
            people = queries.users(session)
            for start in range(0, len(self.keys), PAGE):
                yield from _cards(session, self.keys[start : start + PAGE], people)
                session.expunge_all()


def cards(workspace: Workspace, *, keys: Sequence[int] | None = None, text: str = "") -> Sheaf:
    """The named contacts, or all that hold the words of `text`."""
    if keys is None:
        with workspace.read() as session:
            keys = queries.keys(session, Listing(Contact, text=text))
    return Sheaf(workspace, keys)


def written(kind: Kind, value: Any, people: Mapping[int, str]) -> tuple[str, ...]:
    """A value as texts that its kind reads again: several values are several texts."""
    if value is None or value in ("", ()):
        return ()
    if isinstance(kind, ChannelKind):
        return tuple(each.raw for each in value)
    if isinstance(value, bool):
        return ("yes",) if value else ()
    if isinstance(kind, LinkTo):
        return (people[value],) if value in people else ()
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    return (str(value) if isinstance(kind, AS_KEPT) or isinstance(value, str) else kind.edit(value),)


def _cards(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> Iterator[Card]:
    fields = [each for each in fields_of(Contact) if not each.origin or each.origin.table != ROLE]
    values = queries.values(session, Contact, [each for each in fields if not isinstance(each.kind, PhotoKind)], keys)
    photos = pictures.photos(session, keys)
    places = _places(session, keys, people)
    query = select(Contact.id, Contact.family_name, Contact.given_name, Contact.updated_at).where(Contact.id.in_(keys))
    rows = {key: (family or "", given or "", at) for key, family, given, at in session.execute(query)}
    for key in keys:
        if key not in values:
            continue
        texts = {each: written(each.kind, values[key].get(each.name), people) for each in fields}
        there = places.get(key, ())
        yield Card(
            identity.write({"contact": key} | identity.read(there[0].record) if there else {"contact": key}),
            values[key]["full_name"],
            rows[key][0],
            rows[key][1],
            {each.code: found for each, found in texts.items() if found and each.own is None},
            {each.label: found for each, found in texts.items() if found and each.own is not None},
            tuple(replace(each, record=f"contact:{key}/{each.record}") for each in there),
            photos[key].uri if key in photos else "",
            rows[key][2],
        )


def _places(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> dict[int, list[Place]]:
    """Where contacts work and worked, those of now first."""
    found: dict[int, list[Place]] = defaultdict(list)
    query = select(Affiliation, Account.name).join(Account, Account.id == Affiliation.account_id)
    query = query.where(
        Affiliation.contact_id.in_(keys), Affiliation.deleted_at.is_(None), Account.deleted_at.is_(None)
    )
    roles = session.execute(query.order_by(Affiliation.status != CURRENT, Affiliation.id)).all()
    fields = fields_of(Affiliation)
    values = queries.values(session, Affiliation, fields, [role.id for role, _name in roles])
    for role, name in roles:
        texts = {_code(each): written(each.kind, values[role.id][each.name], people) for each in fields}
        record = identity.write({"affiliation": role.id, "account": role.account_id})
        filled = {code: text for code, text in texts.items() if text}
        found[role.contact_id].append(Place(record, name, filled, role.status == CURRENT))
    return found


def _code(field: Field) -> str:
    """The name under which a sheet of contacts has a field of the place: the job title is one of the contact's."""
    return f"contact.{field.name}" if field.name in ("title", "department") else field.code
