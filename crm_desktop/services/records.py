"""Making, showing, changing and removing any record; verbs that mean more than that have modules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.model import ENTITIES, Account, Contact, Entity
from crm_desktop.model.fields import Field, field_named, fields_of
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services.values import put
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.bands import band_of
from crm_desktop.text.findings import Finding, Reading, Severity

E = TypeVar("E", bound=Entity)
HANDS = "hand"
PAGE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of one record as a page shows it."""

    field: Field
    value: Any
    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a page shows it."""

    entity: str
    id: int
    name: str
    fields: Mapping[str, Shown]
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    version: int
    source: str | None
    links: Mapping[str, int | None]
    """The columns that point to other records."""


def load(workspace: Workspace, entity: type[Entity], key: int, fields: Iterable[Field] | None = None) -> Record:
    """A record with all its fields, or with those that are named; raises Missing when there is none."""
    wanted = fields_of(entity) if fields is None else tuple(fields)
    elsewhere = [each for each in wanted if each.origin is not None]
    with workspace.read() as session:
        row = session.execute(_row(entity), {"key": key}).mappings().first()
        if row is None:
            raise Missing(_("This record has been deleted."))
        found: dict[str, Any] = {**row}
        related = queries.values(session, entity, elsewhere, [key])[key] if elsewhere else {}
        people = queries.users(session) if any(isinstance(each.kind, LinkTo) for each in wanted) else {}
    values = related | {each.name: each.value(found) for each in wanted if each.origin is None}
    return Record(
        entity.__tablename__,
        key,
        found.get("full_name") or found.get("name") or "",
        {each.name: _shown(each, values[each.name], people) for each in wanted},
        found["created_at"],
        found["updated_at"],
        found["deleted_at"],
        found["version"],
        found["source"],
        {name: found[name] for name in _links(entity)},
    )


@cache
def _row(entity: type[Entity]) -> Select[*tuple[Any, ...]]:
    table = entity.__table__
    return select(table).where(table.c.id == bindparam("key"))


@cache
def _links(entity: type[Entity]) -> tuple[str, ...]:
    return tuple(each.key for each in entity.__table__.columns if each.foreign_keys)


def _shown(field: Field, value: Any, people: Mapping[int, str]) -> Shown:
    if isinstance(field.kind, LinkTo):
        return Shown(field, value, people.get(value, "") if value else "")
    return Shown(field, value, field.kind.show(value), field.kind.check(value))


def check(entity: type[Entity], name: str, text: str) -> Reading[Any]:
    """What a text would mean in a field and what is to be said about it, without saving; for checks while typing."""
    field = field_named(entity, name)
    found = field.kind.read(text)
    if field.required and found.value is None:
        needed = Finding(Severity.BLOCK, _("“{label}” is needed.").format(label=field.label))
        return Reading(None, (needed, *found.findings))
    return found


def change(workspace: Workspace, entity: type[Entity], key: int, name: str, text: str) -> tuple[Finding, ...]:
    """Have one field say `text`; gives what is doubtful about it.

    Raises Invalid, and saves nothing, when that would make an impossible record or when the text cannot be understood
    and has no place to be kept as it is.
    """
    field = field_named(entity, name)
    found = check(entity, name, text)
    if found.worst == Severity.BLOCK or (found.value is None and text.strip()):
        raise Invalid({name: "\n".join(each.text for each in found.findings)})
    with workspace.write(_("Edit {field}").format(field=field.label)) as session:
        record = living(session, entity, key)
        put(session, record, field, found.value)
        settle(record, name)
    return found.findings


def settle(record: Entity, name: str) -> None:
    """Carry out what follows from a new value: a number of employees picks its band."""
    if isinstance(record, Account):
        if name == "employees" and record.employees:
            record.size_band = band_of(record.employees)
        elif name == "size_band" and record.employees and band_of(record.employees) != record.size_band:
            record.employees = None


def create(workspace: Workspace, entity: type[Entity], texts: Mapping[str, str], **given: Any) -> int:
    """A new record from texts by field name; gives its key. Raises Invalid with a sentence for each field at fault."""
    title = _("New {what}").format(what=noun(entity))
    with workspace.write(title) as session:
        record = make(session, entity, texts, **given)
        return record.id


def make(session: Writing, entity: type[E], texts: Mapping[str, str], **given: Any) -> E:
    """A new record inside a write that does more."""
    readings = {name: check(entity, name, text) for name, text in texts.items()}
    missing = [
        each
        for each in fields_of(entity)
        if each.required and each.origin is None and each.name not in {*texts, *given}
    ]
    problems = {each.name: _("“{label}” is needed.").format(label=each.label) for each in missing}
    problems |= {name: found.findings[0].text for name, found in readings.items() if found.worst == Severity.BLOCK}
    if problems:
        raise Invalid(problems)
    record = entity(source=HANDS, **given)
    session.add(record)
    own = [name for name in readings if field_named(entity, name).origin is None]
    for name in [*own, *(name for name in readings if name not in own)]:
        put(session, record, field_named(entity, name), readings[name].value)
        settle(record, name)
    session.flush()
    return record


def living(session: Session, entity: type[E], key: int) -> E:
    """The record to be changed; raises Missing when it is not there or in the bin."""
    record = session.get(entity, key)
    if record is None:
        raise Missing(_("There is no record with the number {number}. Check the number.").format(number=key))
    if record.deleted_at is not None:
        raise Missing(_("This record has been deleted."))
    return record


def noun(entity: type[Entity]) -> str:
    """The word for a kind of record."""
    words = {
        "account": _("Account"),
        "contact": _("Contact"),
        "activity": _("Activity"),
        "task": _("Task"),
        "tag": _("Tag"),
        "attachment": pgettext("file", "File"),
    }
    return words.get(str(entity.__tablename__), entity.__name__)


def remove(workspace: Workspace, entity: type[Entity], keys: Iterable[int]) -> None:
    """Put records and all their parts in the bin, as one step to undo."""
    keys = list(keys)
    with workspace.read() as session:
        called = queries.names(session, entity, keys[:1]) if entity in (Account, Contact) else {}
    if len(keys) == 1 and called:
        title = _("Delete {name}").format(name=called[keys[0]])
    else:
        title = ngettext("Delete {count} record", "Delete {count} records", len(keys))
    with workspace.write(title) as session:
        for start in range(0, len(keys), PAGE):
            _remove(session, entity, keys[start : start + PAGE])
        if entity is Account:
            session.flush()
            lift_branches(session, set(keys))


def _remove(session: Writing, entity: type[Entity], keys: Sequence[int]) -> None:
    found = session.scalars(select(entity).where(entity.id.in_(keys), entity.deleted_at.is_(None))).all()
    if len(found) < len(keys):
        raise Missing(_("This record has been deleted."))
    for each in (*parts(session, entity, keys), *found):
        session.remove(each)


def parts(session: Writing, entity: type[Entity], keys: Sequence[int]) -> Iterator[Entity]:
    """What goes to the bin with records: their channels, addresses, tags and affiliations, and parts of these."""
    for other, owner in part_columns(entity):
        found = session.scalars(select(other).where(owner.in_(keys), other.deleted_at.is_(None))).all()
        yield from found
        if found:
            yield from parts(session, other, [each.id for each in found])


def part_columns(entity: type[Entity]) -> Iterator[tuple[type[Entity], Any]]:
    """What may go to the bin with records of a kind, each with the column that says which record it belongs to."""
    for other in ENTITIES.values():
        for column in other.__table__.columns:
            belongs = column.info.get("part_of") or other.__tablename__ == "affiliation"
            if belongs and any(key.column.table.name == entity.__tablename__ for key in column.foreign_keys):
                yield other, getattr(other, column.key)


def lift_branches(session: Writing, removed: Set[int]) -> None:
    """Put the branches of deleted accounts below what stands above these, or at the top."""
    keys = list(removed)
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        for branch in session.scalars(select(Account).where(Account.parent_id.in_(page), Account.deleted_at.is_(None))):
            while branch.parent_id in removed:
                branch.parent_id = session.get_one(Account, branch.parent_id).parent_id
