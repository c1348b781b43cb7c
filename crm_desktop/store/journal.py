"""What a write did to which rows, kept so that it can be told, taken back and done again."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from sqlalchemy import Column, Connection, inspect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from crm_desktop.model import Entity
from crm_desktop.model.base import BOOKKEEPING

INSERT, UPDATE = "insert", "update"
ITEM_SQL = "INSERT INTO change_item (set_id, seq, entity, row_id, op, before, after)"
FEW = 20
MANY_ROWS = 2000
"""From so many rows on, the news of a change does not tell which they are."""
Values = Mapping[str, Any]
dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def loads(text: str | None) -> Any:
    """The columns of a recorded item, or None."""
    return None if text is None else json.loads(text)


@dataclass(frozen=True, slots=True)
class Item:
    """One row of one entity, as a write left it: the columns changed, before and after, as the database keeps them."""

    entity: str
    row_id: int
    op: str
    before: Values | None = None
    after: Values | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The same done to many rows of one entity."""

    entity: str
    keys: Sequence[int]
    op: str
    before: Values | None = None
    after: Values | None = None


class Items:
    """What a write did, in its order; rows that were treated alike take no more room than their numbers."""

    def __init__(self) -> None:
        self.parts: list[Item | Group] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        for part in self.parts:
            if isinstance(part, Item):
                yield part
            else:
                yield from (Item(part.entity, key, part.op, part.before, part.after) for key in part.keys)

    def append(self, item: Item) -> None:
        """Note one row."""
        self.parts.append(item)
        self._count += 1

    def extend(self, items: Iterable[Item]) -> None:
        """Note several rows."""
        for each in items:
            self.append(each)

    def add_alike(self, group: Group) -> None:
        """Note rows that were treated alike: one by one when they are few, because each group is written by itself."""
        if len(group.keys) < FEW:
            self.extend(Item(group.entity, key, group.op, group.before, group.after) for key in group.keys)
        else:
            self.add_group(group)

    def add_group(self, group: Group) -> None:
        """Note many rows that were treated alike."""
        if group.keys:
            self.parts.append(group)
            self._count += len(group.keys)


def packed(keys: Iterable[int]) -> Sequence[int]:
    """Many identities in as little room as can be."""
    return keys if isinstance(keys, range) else array("q", keys)


@dataclass(frozen=True, slots=True)
class Change:
    """News of a change set: which rows of which entities are no longer what they were.

    A big one names no rows: anything may be different, and whoever shows something reads it again, once.
    """

    set_id: int
    title: str
    kind: str
    rows: Mapping[str, frozenset[int]]
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which columns were updated, by entity."""
    inserted: frozenset[str] = frozenset()
    """The entities that got new rows."""
    undo_of: int | None = None
    is_big: bool = False

    def touches(self, *entities: str) -> bool:
        """Whether any row of these entities was made, changed or removed."""
        return self.is_big or any(each in self.rows for each in entities)

    def moved(self, entity: str, *columns: str) -> bool:
        """Whether rows of an entity came or went, or changed in one of `columns`."""
        return entity in self.inserted or self.rewrote(entity, *columns)

    def rewrote(self, entity: str, *columns: str) -> bool:
        """The same of rows that were there before: what is new had nothing that belonged to it."""
        watched = {"deleted_at", *columns}
        return self.is_big or bool(watched & self.fields.get(entity, frozenset()))


def big_change(set_id: int, title: str, kind: str, undo_of: int | None = None) -> Change:
    """The news of so many rows that naming them would take longer than looking again."""
    return Change(set_id, title, kind, {}, undo_of=undo_of, is_big=True)


def change_of(set_id: int, title: str, kind: str, items: Items, undo_of: int | None = None) -> Change:
    """The news of a list of items."""
    if len(items) > MANY_ROWS:
        return big_change(set_id, title, kind, undo_of)
    rows: dict[str, set[int]] = {}
    fields: dict[str, set[str]] = {}
    inserted: set[str] = set()
    for item in items:
        rows.setdefault(item.entity, set()).add(item.row_id)
        if item.op == INSERT:
            inserted.add(item.entity)
        else:
            fields.setdefault(item.entity, set()).update(item.after or ())
    frozen_rows = {name: frozenset(ids) for name, ids in rows.items()}
    frozen_fields = {name: frozenset(names) for name, names in fields.items()}
    return Change(set_id, title, kind, frozen_rows, frozen_fields, frozenset(inserted), undo_of)


@cache
def journaled(entity: type[Entity]) -> dict[str, Column[Any]]:
    """The columns whose changes are recorded: people's data, without what the program works out or counts by itself."""
    return {
        each.key: each
        for each in entity.__table__.columns
        if each.key not in BOOKKEEPING and not each.info.get("kept_up") and each.key != "id"
    }


@cache
def binder(column: Column[Any]) -> Callable[[Any], Any]:
    """What turns a value of a column into what the database keeps."""
    dialect = SQLiteDialect()
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _same


def bound(column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    """Values of a column as the database keeps them."""
    bind = binder(column)
    return values if bind is _same else [bind(each) for each in values]


@cache
def reader(column: Column[Any]) -> Callable[[Any], Any]:
    """What turns what the database keeps into a value of a column."""
    dialect = SQLiteDialect()
    return column.type.dialect_impl(dialect).result_processor(dialect, None) or _same


def _same(value: Any) -> Any:
    return value


def inserted(record: Entity) -> Item:
    """The item of a row that was just made."""
    return Item(record.__tablename__, record.id, INSERT)


def updated(record: Entity) -> Item | None:
    """The item of a row that is just being changed, or None when nothing that matters differs."""
    state = inspect(record)
    before, after = {}, {}
    for name, column in journaled(type(record)).items():
        history = state.attrs[name].history
        if history.has_changes():
            bind = binder(column)
            was = bind(history.deleted[0]) if history.deleted else None
            now = bind(history.added[0]) if history.added else None
            if was != now:
                before[name], after[name] = was, now
    return Item(record.__tablename__, record.id, UPDATE, before, after) if after else None


def record(connection: Connection, set_id: int, items: Items) -> None:
    """Keep what a change set did."""
    seq = 0
    singles: list[tuple[Any, ...]] = []
    for part in items.parts:
        before, after = (None if each is None else dumps(each) for each in (part.before, part.after))
        if isinstance(part, Item):
            singles.append((set_id, seq, part.entity, part.row_id, part.op, before, after))
            seq += 1
        else:
            connection.exec_driver_sql(
                f"{ITEM_SQL} SELECT ?, ? + key, ?, value, ?, ?, ? FROM json_each(?)",
                (set_id, seq, part.entity, part.op, before, after, dumps(list(part.keys))),
            )
            seq += len(part.keys)
    if singles:
        connection.exec_driver_sql(f"{ITEM_SQL} VALUES (?, ?, ?, ?, ?, ?, ?)", singles)
