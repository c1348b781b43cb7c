"""In which order lists stand: names by their pinyin, choices by their place in the pick list, blanks at the end."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, func, inspect, literal, select, union_all

from crm_desktop.model import (
    Account,
    Address,
    Affiliation,
    Channel,
    Contact,
    Entity,
    Picture,
    Tag,
    Tagging,
    Task,
    User,
    picks,
)
from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import Choice, Kind, LinkTo
from crm_desktop.model.worked_out import LIFECYCLE, RHYTHM, shown_field
from crm_desktop.store import lifecycles, own_values, rhythms
from crm_desktop.store.filtering import condition, living, plainly

NATURAL = ("", "name", "full_name")
"""What stands for the order of names, which an index keeps."""
Query = Select[Any]
Values = Query | CompoundSelect[Any]


def can_order(entity: type[Entity], name: str) -> bool:
    """Whether a list of these records can stand in this order."""
    if name in NATURAL or name in inspect(entity).columns:
        return True
    with suppress(KeyError):
        return bool(shown_field(entity, name))
    return False


def is_by_parts(entity: type[Entity], name: str) -> bool:
    """Whether the order is that of values of which a record may have several, each a row of its own."""
    if name in NATURAL or name in inspect(entity).columns:
        return False
    origin = shown_field(entity, name).origin
    return origin is not None and origin.table in PARTS


def ordered(query: Query, entity: type[Entity], name: str, *, descending: bool) -> Query:
    """A query for records in the order of one of their columns or fields; those that are alike by their age."""
    columns = inspect(entity).columns
    if name in NATURAL:
        order: ColumnElement[Any] = columns["sort_key" if "sort_key" in columns else "id"]
        return query.order_by(order.desc() if descending else order, entity.id)
    order = _of_column(columns[name]) if name in columns else _of_field(entity, shown_field(entity, name))
    # Descending, SQLite has blanks at the end by itself.
    return query.order_by(order.desc() if descending else order.asc().nulls_last(), entity.id)


def owners_in_order(entity: type[Entity], name: str, few: Query | None, *, descending: bool) -> Query:
    """The owners of all values of a field in the order of these, some of them several times.

    Read and `merged` with the records that are listed, that is quicker than a join with them, and the first ones are
    there at once. `few` gives the records whose values are wanted, where they are few.
    """
    field = shown_field(entity, name)
    assert field.origin is not None
    values = PARTS[field.origin.table](entity, field, few).subquery().c
    return select(values.owner).order_by(values.value.desc() if descending else values.value, values.owner)


def merged(wanted: array[int], owners: array[int]) -> array[int]:
    """The wanted records in the order of their first values, then those without one.

    Key by key, so that other threads get their turn.
    """
    rest, found, missing = dict[int, None](), array("q"), object()
    for key in wanted:
        rest[key] = None
    for owner in owners:
        if rest.pop(owner, missing) is None:
            found.append(owner)
    found.extend(key for key in rest)
    return found


def _of_column(column: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = column.info.get("kind")
    if isinstance(kind, Choice):
        return _in_order(kind, column)
    if isinstance(kind, LinkTo):
        return select(User.name).where(User.id == column).scalar_subquery()
    return column


def _in_order(kind: Kind, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The place of a code in its pick list."""
    assert isinstance(kind, Choice)
    places = {each.code: place for place, each in enumerate(picks.of(kind.list_code))}
    unknown = case((column.is_not(None), len(places)))
    return case(places, value=column, else_=unknown) if places else column


def _of_field(entity: type[Entity], field: Field) -> ColumnElement[Any]:
    assert field.origin is not None
    today = datetime.now().astimezone().date()
    if field.origin.table == RHYTHM:
        return rhythms.due(entity, today, condition)
    if field.origin.table == LIFECYCLE:
        return _in_order(field.kind, lifecycles.stage(today))
    return own_values.order(entity, field) if field.own is not None else _at_main_place(field.origin.name)


def _at_main_place(name: str) -> ColumnElement[Any]:
    main = Affiliation.id == Contact.main_affiliation_id
    if name == "account":
        query = select(Account.sort_key).join(Affiliation, Affiliation.account_id == Account.id)
        return query.where(main).scalar_subquery()
    return select(getattr(Affiliation, name)).where(main).scalar_subquery()


def _values(
    entity: type[Entity], table: Any, few: Query | None, value: Any, *conditions: ColumnElement[bool]
) -> Values:
    """The values in a table with their owners; a private customer's are kept at the one contact."""
    owner = getattr(table, f"{entity.__tablename__}_id")
    found = (table.deleted_at.is_(None), *conditions)
    values = select(owner.label("owner"), value.label("value")).where(_among(owner, few), *found)
    if entity is not Account:
        return values
    account = Contact.person_account_id
    persons = select(account, value).join(table, table.contact_id == plainly(Contact.id))
    return union_all(values, persons.where(_among(account, few), living(Contact), *found))


def _among(owner: Any, few: Query | None) -> ColumnElement[bool]:
    """That something belongs to one of a few records, or to any: then the table is read, not an index of its owners."""
    return plainly(owner).is_not(None) if few is None else owner.in_(few)


def _channels(entity: type[Entity], field: Field, few: Query | None) -> Values:
    assert field.origin is not None
    value = func.coalesce(func.nullif(Channel.norm, ""), Channel.raw)
    return _values(entity, Channel, few, value, Channel.kind == field.origin.name)


def _addresses(entity: type[Entity], _field: Field, few: Query | None) -> Values:
    return _values(entity, Address, few, Address.line)


def _tags(entity: type[Entity], _field: Field, few: Query | None) -> Values:
    owner = getattr(Tagging, f"{entity.__tablename__}_id")
    query = select(owner.label("owner"), Tag.name.label("value")).join(Tag, Tag.id == Tagging.tag_id)
    return query.where(_among(owner, few), Tagging.deleted_at.is_(None), Tag.deleted_at.is_(None))


def _pictures(entity: type[Entity], _field: Field, few: Query | None) -> Values:
    """Who has a photo comes first."""
    return _values(entity, Picture, few, literal(0))


def _next_steps(entity: type[Entity], _field: Field, few: Query | None) -> Values:
    return _values(entity, Task, few, Task.due_at, Task.done_at.is_(None), Task.due_at.is_not(None))


PARTS: Mapping[str, Callable[[type[Entity], Field, Query | None], Values]] = {
    "channel": _channels,
    "address": _addresses,
    "tag": _tags,
    "picture": _pictures,
    "task": _next_steps,
}
"""The values of records in a table of their own, with the record as `owner`, by that table."""
