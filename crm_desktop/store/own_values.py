"""What records hold in people's own fields, for lists: read by the page, sorted by, and asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm_desktop.model import Account, Contact, CustomValue, Entity, picks
from crm_desktop.model.fields import Field, field_named
from crm_desktop.model.kinds import Choice, Choices
from crm_desktop.model.own_kinds import BETWEEN, Linked, RecordLink, value_of

Rows = dict[int, dict[str, Any]]
NAMES: dict[str, tuple[type[Account | Contact], InstrumentedAttribute[str]]] = {
    "account": (Account, Account.name),
    "contact": (Contact, Contact.full_name),
}
"""What a link may lead to, and what that is called."""


def owner_of(entity: type[Entity]) -> InstrumentedAttribute[int | None]:
    """The column that says which record of this kind a value belongs to."""
    column: InstrumentedAttribute[int | None] = getattr(CustomValue, f"{entity.__tablename__}_id")
    return column


def read(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """Fill the values of these fields into rows, by record."""
    by_key = {each.own: each for each in fields}
    for row in rows.values():
        row.update({each.name: None for each in fields})
    owner = owner_of(entity)
    query = select(owner, CustomValue.field_id, CustomValue.text)
    query = query.where(owner.in_(rows), CustomValue.field_id.in_(by_key), CustomValue.deleted_at.is_(None))
    for key, own, text in session.execute(query):
        field = by_key[own]
        assert key is not None
        rows[key][field.name] = value_of(field.kind, text)
    for each in fields:
        if isinstance(each.kind, RecordLink):
            _name_links(session, each, each.kind, rows)


def _name_links(session: Session, field: Field, kind: RecordLink, rows: Rows) -> None:
    """Give links the names of the records that they lead to."""
    entity, name = NAMES[kind.table]
    keys = {row[field.name].key for row in rows.values() if row[field.name] is not None}
    query = select(entity.id, name, entity.deleted_at.is_not(None)).where(entity.id.in_(keys - {None}))
    known = {key: Linked(key, called, is_gone=is_gone) for key, called, is_gone in session.execute(query)}
    for row in rows.values():
        link: Linked | None = row[field.name]
        if link is not None and link.key is not None:
            row[field.name] = known.get(link.key, Linked(None, str(link.key)))


def order(entity: type[Entity], field: Field) -> ColumnElement[Any]:
    """What a list is ordered by: a number where there is one, the place in the pick list, a linked record's name."""
    kept = _values(entity, field)
    if isinstance(field.kind, Choice):
        places = {each.code: place for place, each in enumerate(picks.of(field.kind.list_code))}
        if not places:
            return kept.with_only_columns(CustomValue.text).scalar_subquery()
        return kept.with_only_columns(case(places, value=CustomValue.text, else_=len(places))).scalar_subquery()
    if isinstance(field.kind, RecordLink):
        linked, name = NAMES[field.kind.table]
        kept = kept.outerjoin(linked, linked.id == cast(CustomValue.text, BigInteger))
        return kept.with_only_columns(func.coalesce(linked.sort_key, name, CustomValue.text)).scalar_subquery()
    return kept.with_only_columns(func.coalesce(CustomValue.number, CustomValue.text)).scalar_subquery()


def holds(entity: type[Entity], name: str, value: str) -> ColumnElement[bool]:
    """Whether records hold a value, written as it is kept; one of several picked ones is enough."""
    field = field_named(entity, name)
    kept = _values(entity, field)
    if isinstance(field.kind, Choices):
        among = BETWEEN + CustomValue.text + BETWEEN
        return kept.where(among.contains(f"{BETWEEN}{value}{BETWEEN}", autoescape=True)).exists()
    return kept.where(CustomValue.text == value).exists()


def _values(entity: type[Entity], field: Field) -> Select[Any]:
    owned = owner_of(entity) == entity.id
    return select(CustomValue.id).where(owned, CustomValue.field_id == field.own, CustomValue.deleted_at.is_(None))


def count(session: Session, fields: Iterable[int]) -> dict[int, int]:
    """How many records hold something in each of these fields, by the keys of the fields."""
    query = select(CustomValue.field_id, func.count()).where(
        CustomValue.field_id.in_(list(fields)), CustomValue.deleted_at.is_(None)
    )
    return {key: total for key, total in session.execute(query.group_by(CustomValue.field_id))}  # noqa: C416 - rows are no pairs to mypy
