"""The values of some records, as lists and forms show them: plain statements on the driver's own connection.

The page in sight is read while somebody waits for it, and putting a statement together takes SQLAlchemy longer, the
first time, than the page takes to read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Affiliation, Entity, Task
from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.model.worked_out import LIFECYCLE, RHYTHM, Beat, Due
from crm_desktop.store import filtering, lifecycles, own_values, pictures, rhythms
from crm_desktop.store.engine import bare
from crm_desktop.store.journal import reader
from crm_desktop.store.lookup import among

PAGE = 500
SOME = "IN (SELECT value FROM json_each(?))"
"""Keys as rows: there may be more of them than a statement can have parameters."""
Rows = dict[int, dict[str, Any]]
Line = tuple[Any, ...]


def values(session: Session, entity: type[Entity], fields: Iterable[Field], ids: Sequence[int]) -> Rows:
    """The values of the named fields for some records, by record and field name; records that are gone are left out."""
    fields = list(fields)
    tables = {each.origin.table for each in fields if each.origin}
    session.flush()
    found: Rows = {}
    for start in range(0, len(ids), PAGE):
        rows = _own(session, entity, [each for each in fields if each.origin is None], ids[start : start + PAGE])
        for table in tables:
            wanted = [each for each in fields if each.origin and each.origin.table == table]
            RELATED[table](session, entity, wanted, rows)
        found |= rows
    return found


def _ask(session: Session, text: str, keys: Iterable[int], *more: object) -> Iterable[Line]:
    found: Iterable[Line] = bare(session.connection()).execute(text, (json.dumps(list(keys)), *more))
    return found


@cache
def _readers(entity: type[Entity], names: tuple[str, ...]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """What turns each of these columns, as the database keeps it, into its value."""
    return tuple((name, reader(entity.__table__.columns[name])) for name in names)


def _own(session: Session, entity: type[Entity], fields: Sequence[Field], ids: Sequence[int]) -> Rows:
    names = tuple(name for each in fields for name in each.columns())
    readers, is_plain = _readers(entity, names), len(names) == len(fields)
    text = f"SELECT {', '.join(('id', *names))} FROM {entity.__tablename__} WHERE id {SOME}"
    rows: Rows = {}
    for key, *cells in _ask(session, text, ids):
        row = {name: read(cell) for (name, read), cell in zip(readers, cells, strict=True)}
        rows[key] = row if is_plain else {each.name: each.value(row) for each in fields}
    return rows


def _owned(session: Session, entity: type[Entity], rows: Rows, text: str, *more: object) -> Iterator[Line]:
    """The rows that belong to records; a private customer shows those of its one contact, where they are kept.

    `text` asks for the owner first, with `{owner}` for its column.
    """
    yield from _ask(session, text.format(owner=f"{entity.__tablename__}_id"), rows, *more)
    if entity is not Account:
        return
    persons = f"SELECT id, person_account_id FROM contact WHERE person_account_id {SOME} AND +deleted_at IS NULL"
    people: dict[int, int] = dict(_ask(session, persons, rows))
    if people:
        for contact, *rest in _ask(session, text.format(owner="contact_id"), people, *more):
            yield people[contact], *rest


def _channels(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    kinds = {each.origin.name: each.name for each in fields if each.origin}
    text = (
        f"SELECT {{owner}}, kind, raw, norm, ext, country, state FROM channel WHERE {{owner}} {SOME} AND kind {SOME}"
        " AND deleted_at IS NULL ORDER BY is_primary DESC, id"
    )
    found = _owned(session, entity, rows, text, json.dumps(list(kinds)))
    _collect(rows, fields, ((key, kinds[kind], ChannelValue(kind, *rest)) for key, kind, *rest in found))


def _addresses(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """An address that follows another one says what that one says."""
    text = (
        "SELECT a.{owner}, coalesce(source.line, a.line) FROM address a"
        " LEFT JOIN address source ON source.id = a.inherits_id AND source.deleted_at IS NULL"
        f" WHERE a.{{owner}} {SOME} AND a.deleted_at IS NULL ORDER BY a.is_primary DESC, a.id"
    )
    _collect(rows, fields, ((key, fields[0].name, line) for key, line in _owned(session, entity, rows, text)))


def _tags(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    owner = f"{entity.__tablename__}_id"
    text = (
        f"SELECT t.{owner}, tag.name FROM tagging t JOIN tag ON tag.id = t.tag_id"
        f" WHERE t.{owner} {SOME} AND t.deleted_at IS NULL AND tag.deleted_at IS NULL ORDER BY t.id"
    )
    _collect(rows, fields, ((key, fields[0].name, name) for key, name in _ask(session, text, rows)))


def _pictures(session: Session, _entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """The newest photo of each contact, without its bytes."""
    found = pictures.photos(session, list(rows), with_data=False)
    for key, row in rows.items():
        row.update({each.name: found.get(key) for each in fields})


def _next_steps(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """When the earliest task is due that is not done."""
    text = (
        f"SELECT {{owner}}, due_at, has_time FROM task WHERE {{owner}} {SOME}"
        " AND done_at IS NULL AND deleted_at IS NULL ORDER BY due_at IS NULL, due_at, id"
    )
    read = reader(Task.__table__.columns["due_at"])
    for row in rows.values():
        row.update({each.name: None for each in fields})
    for key, at, has_time in _owned(session, entity, rows, text):
        due = Due(read(at), bool(has_time))
        for each in fields:
            before = rows[key][each.name]
            if before is None or (due.at and (before.at is None or due.at < before.at)):
                rows[key][each.name] = due


def _affiliations(session: Session, _entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """What contacts are at their main place of work, and how that is called."""
    names = [each.origin.name for each in fields if each.origin]
    columns = ", ".join("a.name" if name == "account" else f"f.{name}" for name in names)
    readers = [reader((Account.name if name == "account" else getattr(Affiliation, name)).expression) for name in names]
    text = (
        f"SELECT c.id, {columns} FROM contact c JOIN affiliation f ON f.id = c.main_affiliation_id"
        f" JOIN account a ON a.id = f.account_id WHERE c.id {SOME}"
    )
    for row in rows.values():
        row.update({each.name: None for each in fields})
    for key, *cells in _ask(session, text, rows):
        rows[key].update({each.name: read(cell) for each, read, cell in zip(fields, readers, cells, strict=True)})


def _rhythms(session: Session, entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    """How often one is to be in touch, and since when there was no touch."""
    today = datetime.now().astimezone().date()
    days = rhythms.of_few(session, entity, rows, today, partial(filtering.condition_of_few, among(rows)))
    read = reader(entity.__table__.columns["created_at"])
    text = f"SELECT id, coalesce(last_activity_at, created_at) FROM {entity.__tablename__} WHERE id {SOME}"
    for key, last in _ask(session, text, rows):
        beat = Beat(days[key], read(last).astimezone().date()) if key in days else None
        rows[key].update({each.name: beat for each in fields})


def _stages(session: Session, _entity: type[Entity], fields: Sequence[Field], rows: Rows) -> None:
    stage = lifecycles.stage(datetime.now().astimezone().date())
    for key, code in session.execute(select(Account.id, stage).where(Account.id.in_(among(rows)))):
        rows[key].update({each.name: code for each in fields})


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
    "task": _next_steps,
    RHYTHM: _rhythms,
    LIFECYCLE: _stages,
    "own": own_values.read,
}
"""How fields are read whose values are kept in another table, by that table."""
