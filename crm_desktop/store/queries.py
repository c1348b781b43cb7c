"""Reading for lists: all the keys at once, the values of a page of records when they are looked at."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Address, Affiliation, Channel, Contact, Entity, Tag, Tagging, User
from crm_desktop.model.account import CLOSED
from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.model.filters import NOTHING, Group
from crm_desktop.store import filtering, own_values, pictures, search
from crm_desktop.store.ordering import NATURAL, ordered

PAGE = 500
BIT = 200_000
Rows = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows: which entity, in what order, and what narrows it."""

    entity: type[Entity]
    order: str = ""
    descending: bool = False
    text: str = ""
    equal: tuple[tuple[str, str], ...] = ()
    """Columns, and fields of people's own, that must hold a value, such as `("status", "active")`."""
    closed: bool = False
    """Whether closed accounts are listed, too; a text or a filter that asks for the status finds them anyway."""
    filter: Group = NOTHING
    today: date | None = None
    """The day on which the filter is asked, when it is not this one."""

    @property
    def hides_closed(self) -> bool:
        """Whether closed accounts are left out."""
        asks = any(each.path == "status" for each in self.filter.tests())
        return self.entity is Account and not (self.closed or self.text or asks)


def keys(session: Session, listing: Listing, most: int | None = None) -> array[int]:
    """The keys of every matching record, or of the first `most`: eight bytes each, so that any list fits in memory.

    They come as one text: half a million rows one by one take three times as long, and the interpreter with it.
    """
    query = _narrowed(session, select(listing.entity.id), listing)
    rows = ordered(query, listing.entity, listing.order, descending=listing.descending).limit(most).subquery()
    return _numbers(session.scalar(select(func.group_concat(rows.c.id))) or "")


def _numbers(text: str) -> array[int]:
    """The numbers of a text with commas, read bit by bit, so that other threads get their turn."""
    found = array("q")
    start = 0
    while start < len(text):
        end = text.find(",", start + BIT)
        end = len(text) if end < 0 else end
        found.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return found


def count(session: Session, listing: Listing) -> int:
    """How many records match."""
    return session.scalar(_narrowed(session, select(func.count(listing.entity.id)), listing)) or 0


def _narrowed(session: Session, query: Select[Any], listing: Listing) -> Select[Any]:
    entity = listing.entity
    columns = inspect(entity).columns
    is_in_index = not listing.filter and not listing.text and listing.order in NATURAL
    query = query.where(entity.deleted_at.is_(None) if is_in_index else filtering.living(entity))
    if listing.hides_closed:
        query = query.where(Account.status != CLOSED)
    if listing.filter:
        query = query.where(filtering.condition(entity, listing.filter, listing.today))
    for name, value in listing.equal:
        query = query.where(columns[name] == value if name in columns else own_values.holds(entity, name, value))
    if listing.text.strip():
        found = search.find(session.connection(), entity.__tablename__, listing.text)
        query = query.where(entity.id.in_(among(found)))
    return query


def among(ids: Iterable[int]) -> Select[tuple[int]]:
    """Keys as rows to select from: there may be more of them than a statement can have parameters."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def values(session: Session, entity: type[Entity], fields: Iterable[Field], ids: Sequence[int]) -> Rows:
    """The values of the named fields for some records, by record and field name; records that are gone are left out."""
    fields = list(fields)
    found: Rows = {}
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        rows = _own(session, entity, [each for each in fields if each.origin is None], page)
        for table in {each.origin.table for each in fields if each.origin}:
            wanted = [each for each in fields if each.origin and each.origin.table == table]
            RELATED[table](session, entity, wanted, rows)
        found |= rows
    return found


def _own(session: Session, entity: type[Entity], fields: Sequence[Field], ids: Sequence[int]) -> Rows:
    columns = inspect(entity).columns
    names = [name for each in fields for name in each.columns()]
    query = select(entity.id, *(columns[name] for name in names)).where(entity.id.in_(among(ids)))
    rows: Rows = {}
    is_plain = len(names) == len(fields)
    for key, *cells in session.execute(query):
        row = dict(zip(names, cells, strict=True))
        rows[key] = row if is_plain else {each.name: each.value(row) for each in fields}
    return rows


def _channels(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    kinds = {each.origin.name: each.name for each in fields if each.origin}

    def query(owner: str, ids: Iterable[int]) -> Select[Any]:
        column = getattr(Channel, owner)
        values = (Channel.kind, Channel.raw, Channel.norm, Channel.ext, Channel.country, Channel.state)
        living = select(column, *values).where(
            column.in_(among(ids)), Channel.kind.in_(kinds), Channel.deleted_at.is_(None)
        )
        return living.order_by(Channel.is_primary.desc(), Channel.id)

    found = ((key, kinds[kind], ChannelValue(kind, *rest)) for key, kind, *rest in _owned(session, entity, rows, query))
    _collect(rows, fields, found)


def _addresses(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    source = inspect(Address).local_table.alias("source")

    def query(owner: str, ids: Iterable[int]) -> Select[Any]:
        column = getattr(Address, owner)
        lines = select(column, func.coalesce(source.c.line, Address.line))
        lines = lines.outerjoin(source, (source.c.id == Address.inherits_id) & source.c.deleted_at.is_(None))
        return lines.where(column.in_(among(ids)), Address.deleted_at.is_(None)).order_by(
            Address.is_primary.desc(), Address.id
        )

    _collect(rows, fields, ((key, fields[0].name, line) for key, line in _owned(session, entity, rows, query)))


def _owned(
    session: Session, entity: type[Entity], rows: Rows, query: Callable[[str, Iterable[int]], Select[Any]]
) -> Iterator[Any]:
    """The rows that belong to records; a private customer shows those of its one contact, where they are kept."""
    yield from session.execute(query(f"{entity.__tablename__}_id", rows))
    if entity is Account:
        persons = select(Contact.id, Contact.person_account_id).where(
            Contact.person_account_id.in_(among(rows)), filtering.living(Contact)
        )
        people = {contact: account for contact, account in session.execute(persons)}  # noqa: C416 - rows are no pairs to mypy
        if people:
            for contact, *rest in session.execute(query("contact_id", people)):
                yield people[contact], *rest


def _tags(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    owner = getattr(Tagging, f"{entity.__tablename__}_id")
    query = (
        select(owner, Tag.name)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(owner.in_(among(rows)), Tagging.deleted_at.is_(None), Tag.deleted_at.is_(None))
        .order_by(Tagging.id)
    )
    _collect(rows, fields, ((key, fields[0].name, name) for key, name in session.execute(query)))


def _pictures(session: Session, _entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """The newest photo of each contact, without its bytes."""
    found = pictures.photos(session, list(rows), with_data=False)
    for key, row in rows.items():
        row.update({each.name: found.get(key) for each in fields})


def _affiliations(session: Session, _entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    names = [each.origin.name for each in fields if each.origin]
    columns = [Account.name if name == "account" else getattr(Affiliation, name) for name in names]
    query = (
        select(Contact.id, *columns)
        .join(Affiliation, Affiliation.id == Contact.main_affiliation_id)
        .join(Account, Account.id == Affiliation.account_id)
        .where(Contact.id.in_(among(rows)))
    )
    for row in rows.values():
        row.update({each.name: None for each in fields})
    for key, *cells in session.execute(query):
        rows[key].update({each.name: cell for each, cell in zip(fields, cells, strict=True)})


def _collect(rows: Rows, fields: Sequence[Field], found: Iterable[tuple[int, str, Any]]) -> None:
    """Gather several values for a field of a record in a tuple, None when there are none."""
    blank = dict.fromkeys(each.name for each in fields)
    for row in rows.values():
        row.update(blank)
    for key, name, value in found:
        row = rows[key]
        before = row[name]
        row[name] = (value,) if before is None else (*before, value)


RELATED: Mapping[str, Callable[[Session, type[Entity], Sequence[Field], Rows], None]] = {
    "channel": _channels,
    "address": _addresses,
    "tag": _tags,
    "affiliation": _affiliations,
    "picture": _pictures,
    "own": own_values.read,
}


def names(session: Session, entity: type[Entity], ids: Iterable[int]) -> dict[int, str]:
    """What records are called, by key."""
    column = Contact.full_name if entity is Contact else getattr(entity, "name")  # noqa: B009 - each other entity has one
    found = session.execute(select(entity.id, column).where(entity.id.in_(among(ids))))
    return {key: str(name) for key, name in found}


def users(session: Session) -> dict[int, str]:
    """The people who own accounts and write activities, by key."""
    query = select(User.id, User.name).where(User.deleted_at.is_(None)).order_by(User.name)
    return {key: str(name) for key, name in session.execute(query)}
