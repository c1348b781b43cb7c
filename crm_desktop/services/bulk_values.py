"""How a page of records gets a value, wherever the value is kept: `values.put` for many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import inspect, select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, CustomValue, Entity, Tag, Tagging
from crm_desktop.model.base import default_of
from crm_desktop.model.fields import Field
from crm_desktop.model.own_kinds import RecordLink
from crm_desktop.services.bulk_parts import Acted, set_addresses, set_channels
from crm_desktop.services.records import part_columns
from crm_desktop.services.values import own_value_row, resolved, tag_named
from crm_desktop.store.lookup import among
from crm_desktop.store.own_values import owner_of
from crm_desktop.store.workspace import Writing
from crm_desktop.text.bands import band_of
from crm_desktop.text.folding import fold

Act: TypeAlias = Callable[[Writing, Sequence[int]], Acted]
"""What is done with the living records of a page."""


def setting(entity: type[Entity], what: Field, value: Any) -> Act:
    """Have a field hold a value; raises Invalid for one that many records cannot be given at once."""
    table = what.origin.table if what.origin else ""
    if what.read_only or table not in SETTING:
        message = _("“{label}” cannot be changed for many records at once.")
        raise Invalid({what.name: message.format(label=what.label)})
    make = SETTING[table]

    def act(session: Writing, keys: Sequence[int]) -> Acted:
        return make(session, entity, what, value, keys)

    return act


def _columns(session: Writing, entity: type[Entity], what: Field, value: Any, keys: Sequence[int]) -> Acted:
    column = inspect(entity).columns[what.name]
    if value is None and not column.nullable:
        value = default_of(column)
    values = what.spread(value)
    if entity is Account and what.name == "employees" and value:
        values["size_band"] = band_of(value)
    changed = session.update_rows(entity, keys, values)
    if entity is Account and what.name == "size_band":
        _forget_other_numbers(session, value, keys)
    return Acted(changed)


def _forget_other_numbers(session: Writing, band: str | None, keys: Sequence[int]) -> None:
    """Take numbers of employees away that belong to another band, as `records.settle` does."""
    counted = select(Account.id, Account.employees).where(Account.id.in_(among(keys)), Account.employees > 0)
    other = [key for key, employees in session.execute(counted) if employees and band_of(employees) != band]
    session.update_rows(Account, other, {"employees": None})


def _main_places(session: Writing, _entity: type[Entity], what: Field, value: Any, keys: Sequence[int]) -> Acted:
    """The title and the department belong to the place where somebody works first of all."""
    assert what.origin is not None
    mains = select(Contact.id, Contact.main_affiliation_id).where(Contact.id.in_(among(keys)))
    places = {key: place for key, place in session.execute(mains) if place is not None}
    changed = session.update_rows(Affiliation, list(places.values()), {what.origin.name: value})
    message = _("Link an account first: “{label}” belongs to the place where somebody works.").format(label=what.label)
    homeless = [key for key in keys if key not in places] if value is not None else []
    return Acted(changed, dict.fromkeys(homeless, message))


def _own(session: Writing, entity: type[Entity], what: Field, value: Any, keys: Sequence[int]) -> Acted:
    owner = owner_of(entity)
    kept = select(owner, CustomValue.id).where(
        owner.in_(among(keys)), CustomValue.field_id == what.own, CustomValue.deleted_at.is_(None)
    )
    there = {key: each for key, each in session.execute(kept)}  # noqa: C416 - rows are no pairs to mypy
    if value in (None, "", ()):
        session.remove_rows(CustomValue, list(there.values()))
        return Acted(len(there))
    if isinstance(what.kind, RecordLink):
        value = resolved(session, value, what.kind.table)
    row = own_value_row(what, 0, value)
    changed = session.update_rows(CustomValue, list(there.values()), {"text": row["text"], "number": row["number"]})
    new = [key for key in keys if key not in there]
    session.insert_rows(CustomValue, [own_value_row(what, key, value) for key in new])
    return Acted(changed + len(new))


def _tags(session: Writing, entity: type[Entity], _what: Field, value: Any, keys: Sequence[int]) -> Acted:
    """Have them carry these tags and no others."""
    names = list(value or ())
    owner = _tag_owner(entity)
    wanted = {tag_named(session, name).id for name in names}
    others = select(owner, Tagging.id).where(
        owner.in_(among(keys)), Tagging.deleted_at.is_(None), Tagging.tag_id.not_in(wanted)
    )
    rows = session.execute(others).all()
    session.remove_rows(Tagging, [each for _owner, each in rows])
    return Acted(len({key for key, _each in rows} | _put_tags(session, entity, wanted, keys)))


SETTING: Mapping[str, Callable[[Writing, type[Entity], Field, Any, Sequence[int]], Acted]] = {
    "": _columns,
    "affiliation": _main_places,
    "own": _own,
    "tag": _tags,
    "channel": set_channels,
    "address": set_addresses,
}
"""How a field is set for many records, by the table that keeps it."""


def tagging(entity: type[Entity], names: Sequence[str]) -> Act:
    """Put tags on records."""

    def act(session: Writing, keys: Sequence[int]) -> Acted:
        return Acted(len(_put_tags(session, entity, {tag_named(session, name).id for name in names}, keys)))

    return act


def _put_tags(session: Writing, entity: type[Entity], tags: set[int], keys: Sequence[int]) -> set[int]:
    """Put tags on those that lack them; gives the keys of these."""
    changed: set[int] = set()
    owner = _tag_owner(entity)
    for tag in sorted(tags):
        has = select(owner).where(owner.in_(among(keys)), Tagging.tag_id == tag, Tagging.deleted_at.is_(None))
        lacking = set(keys).difference(session.scalars(has))
        session.insert_rows(Tagging, [{"tag_id": tag, owner.key: key} for key in sorted(lacking)])
        changed |= lacking
    return changed


def untagging(entity: type[Entity], names: Sequence[str]) -> Act:
    """Take tags off records."""
    owner = _tag_owner(entity)
    named = select(Tag.id).where(Tag.name_key.in_([fold(name) for name in names]), Tag.deleted_at.is_(None))

    def act(session: Writing, keys: Sequence[int]) -> Acted:
        carried = select(owner, Tagging.id).where(
            owner.in_(among(keys)), Tagging.tag_id.in_(named), Tagging.deleted_at.is_(None)
        )
        rows = session.execute(carried).all()
        session.remove_rows(Tagging, [each for _owner, each in rows])
        return Acted(len({key for key, _each in rows}))

    return act


def deleting(entity: type[Entity]) -> Act:
    """Put records in the bin with their parts."""

    def act(session: Writing, keys: Sequence[int]) -> Acted:
        for other, owner in part_columns(entity):
            rows = select(other.id).where(owner.in_(among(keys)), other.deleted_at.is_(None))
            session.remove_rows(other, session.scalars(rows).all())
        session.remove_rows(entity, keys)
        return Acted(len(keys))

    return act


def _tag_owner(entity: type[Entity]) -> Any:
    return getattr(Tagging, f"{entity.__tablename__}_id")
