"""Reading for lists: all the keys at once, the values of a page of records when they are looked at."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, column, func, inspect, literal_column, select, table
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Contact, Entity
from crm_desktop.model.account import CLOSED
from crm_desktop.model.filters import NOTHING, Group
from crm_desktop.store import filtering, own_values, search
from crm_desktop.store.cells import PAGE, values
from crm_desktop.store.engine import bare
from crm_desktop.store.ordering import NATURAL, is_by_parts, merged, ordered, owners_in_order
from crm_desktop.text.tokens import are_enough, query_tokens

__all__ = ["PAGE", "Listing", "among", "count", "keys", "names", "users", "values"]
BIT = 200_000
FEW = 20_000
"""Of so few records the values are looked up one by one instead of sorting those of all."""
SPARE = 2
"""So many values are read for each record wanted: some belong to records that are not listed, some to one twice."""


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
    """The keys of every matching record, or of the first `most`: eight bytes each, so that any list fits in memory."""
    entity, order = listing.entity, listing.order
    if _is_plain(listing):
        return _by_name(session, listing, most)
    if is_by_parts(entity, order):
        return _by_parts(session, listing, most)
    query = _narrowed(session, select(entity.id), listing)
    return _read(session, ordered(query, entity, order, descending=listing.descending).limit(most))


def _by_parts(session: Session, listing: Listing, most: int | None) -> array[int]:
    """Records in the order of values of which they may have several; descending, the greatest value counts."""
    entity, order, descending = listing.entity, listing.order, listing.descending
    query = _narrowed(session, select(entity.id), listing).order_by(entity.id)
    if most is not None:
        first = owners_in_order(entity, order, None, descending=descending).limit(most * SPARE)
        owners = _read(session, first)
        found = merged(_read(session, query.where(entity.id.in_(among(owners)))), owners)
        if len(found) >= most:
            return found[:most]
    wanted = _read(session, query)
    few = among(wanted) if len(wanted) < FEW else None
    return merged(wanted, _read(session, owners_in_order(entity, order, few, descending=descending)))[:most]


def _is_plain(listing: Listing) -> bool:
    """Whether all records are listed by name, as an index has them."""
    narrowed = listing.filter or listing.text.strip() or listing.equal
    return not narrowed and listing.order in NATURAL and "sort_key" in listing.entity.__table__.columns


def _by_name(session: Session, listing: Listing, most: int | None) -> array[int]:
    """A plain statement, because somebody waits for the first page, and SQLAlchemy takes longer than SQLite for it."""
    entity = listing.entity
    session.flush()
    is_open = f" AND status <> '{CLOSED}'" if listing.hides_closed else ""
    query = f"SELECT id FROM {entity.__tablename__} WHERE deleted_at IS NULL{is_open}"
    query += f" ORDER BY sort_key{' DESC' if listing.descending else ''}, id LIMIT ?"
    given = (-1 if most is None else most,)
    return _numbers(bare(session.connection()).execute(f"SELECT group_concat(id) FROM ({query})", given).fetchone()[0])


def _read(session: Session, query: Select[Any]) -> array[int]:
    """The keys that a query gives.

    They come as one text: half a million rows one by one take three times as long, and the interpreter with it.
    """
    rows = query.subquery()
    return _numbers(session.scalar(select(func.group_concat(rows.c[0]))))


def _numbers(text: str | None) -> array[int]:
    """The numbers of a text with commas, read bit by bit, so that other threads get their turn."""
    found = array("q")
    start = 0
    while text and start < len(text):
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
        query = query.where(entity.id.in_(_holding(session, entity, listing.text)))
    return query


def _holding(session: Session, entity: type[Entity], text: str) -> Select[Any]:
    """The keys of the records that hold a text; where the index is sure of all it finds, SQLite alone sees to it."""
    name, connection, tokens = entity.__tablename__, session.connection(), query_tokens(text)
    if not tokens or not are_enough(text):
        return among(search.find(connection, name, text))
    index = f"search_{name}"
    found: Select[Any] = select(column("rowid")).select_from(table(index))
    return found.where(literal_column(index).op("MATCH")(search.expression(connection, name, tokens)))


def among(ids: Iterable[int]) -> Select[tuple[int]]:
    """Keys as rows to select from: there may be more of them than a statement can have parameters."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def names(session: Session, entity: type[Entity], ids: Iterable[int]) -> dict[int, str]:
    """What records are called, by key."""
    column = Contact.full_name if entity is Contact else getattr(entity, "name")  # noqa: B009 - each other entity has one
    found = session.execute(select(entity.id, column).where(entity.id.in_(among(ids))))
    return {key: str(name) for key, name in found}


def users(session: Session) -> dict[int, str]:
    """The people who own accounts and write activities, by key."""
    session.flush()
    return dict(
        bare(session.connection())
        .execute("SELECT id, name FROM user WHERE deleted_at IS NULL ORDER BY name")
        .fetchall()
    )
