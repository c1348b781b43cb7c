"""Taking a change set back, at any later time and in any order.

Field by field: what still holds the value that the set left gets its old value again; what was changed since is kept
and listed. A row that the set made goes to the bin unless people have worked on it since; what it needs stays with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import IntegrityError

from crm_desktop.errors import Conflict, Missing
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, finish
from crm_desktop.model import ENTITIES, ChangeItem, ChangeSet
from crm_desktop.model.base import now
from crm_desktop.store import alike
from crm_desktop.store.journal import INSERT, UPDATE, Group, Item, binder, loads, packed
from crm_desktop.store.workspace import REDO, UNDO, Workspace, Writing

LIVE = "kind NOT IN ('undo', 'redo') AND undone_by IS NULL"
KEPT_TABLE = "CREATE TEMP TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY)"
MADE_TABLE = "CREATE TEMP TABLE IF NOT EXISTS made (entity TEXT, id INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID"
SET_BY_THE_STEP = (
    "SELECT 1 FROM change_item u WHERE u.row_id = r.id AND u.set_id = ? AND u.op = 'update'"
    " AND json_extract(u.after, '$.{column}') = r.{column}"
)
"""A reference that the step made itself: it is taken back with the step, so that nothing has to be kept for it."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was not taken back, and why."""

    entity: str
    row_id: int
    column: str
    reason: str
    is_changed_since: bool = False
    """Whether that is so because people worked on it; otherwise it could not be done."""


@dataclass(slots=True)
class Undone:
    """The outcome of taking a change set back."""

    title: str
    set_id: int = 0
    rows: int = 0
    kept: list[Kept] = field(default_factory=list)


def undo(workspace: Workspace, set_id: int | None = None) -> Undone | None:
    """Take back a change set, the newest one if none is named; None when there is nothing to undo.

    Raises Missing when there is no such step, Conflict when nothing of it can be taken back any more.
    """
    return finish(undoing(workspace, set_id))


def redo(workspace: Workspace) -> Undone | None:
    """Do again what was last taken back; None when there is nothing to redo."""
    return finish(redoing(workspace))


def undoing(workspace: Workspace, set_id: int | None = None) -> Job[Undone | None]:
    """`undo` as a job; given up before its end, it changes nothing."""
    target = set_id or workspace.undo_target()
    return None if target is None else (yield from _reverse(workspace, *_meant(workspace, target)))


def redoing(workspace: Workspace) -> Job[Undone | None]:
    """`redo` as a job."""
    target = workspace.redo_target()
    return None if target is None else (yield from _reverse(workspace, target, REDO))


def _meant(workspace: Workspace, target: int) -> tuple[int, str]:
    """Taking back an undoing is doing its step again; taking back a redoing is taking back the step itself."""
    with workspace.read() as session:
        step = session.get(ChangeSet, target)
        if step is None or step.undo_of is None:
            return target, UNDO
        if step.kind == UNDO:
            return target, REDO
        undoing = session.get_one(ChangeSet, step.undo_of)
        return undoing.undo_of or target, UNDO


def _reverse(workspace: Workspace, target: int, kind: str) -> Job[Undone]:
    with workspace.read() as session:
        step = session.get(ChangeSet, target)
        if step is None:
            raise Missing(_("There is no such step in the history."))
        if step.undone_by is not None:
            raise Conflict(_("“{title}” was already undone.").format(title=step.title))
        title, original, total = step.title, step.undo_of, step.rows
    outcome = Undone(title)
    with workspace.write(title, kind, undo_of=target) as session:
        outcome.set_id = session.set_id
        for _step in (_reverse_inserts(session, target, outcome), _reverse_updates(session, target, outcome)):
            for _page in _step:
                yield Progress(min(len(session.items), total), total)
        outcome.rows = len(session.items)
        if not session.items and outcome.kept:
            raise Conflict(_nothing_left(outcome, kind))
        session.execute(update(ChangeSet).where(ChangeSet.id == target).values(undone_by=session.set_id))
        if kind == REDO:
            session.execute(update(ChangeSet).where(ChangeSet.id == original).values(undone_by=None))
        yield from session.finishing()
    return outcome


def _nothing_left(outcome: Undone, kind: str) -> str:
    text = _("“{title}” cannot be undone. {reason}") if kind == UNDO else _("“{title}” cannot be done again. {reason}")
    return text.format(title=outcome.title, reason=outcome.kept[0].reason)


def _reverse_inserts(session: Writing, target: int, outcome: Undone) -> Iterator[None]:
    connection = session.connection()
    connection.exec_driver_sql(MADE_TABLE)
    connection.exec_driver_sql("DELETE FROM temp.made")
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO temp.made SELECT entity, row_id FROM change_item WHERE set_id = ? AND op = ?",
        (target, INSERT),
    )
    tables = connection.exec_driver_sql("SELECT DISTINCT entity FROM temp.made").scalars().all()
    if not tables:
        return
    outcome.kept += _worked_on(connection, target, tables)
    stamp = binder(ENTITIES["account"].__table__.c.deleted_at)(now())
    _bin_followers(session, tables)
    for table in tables:
        ids = connection.exec_driver_sql(
            f"SELECT r.id FROM {table} r JOIN temp.made m ON m.entity = '{table}' AND m.id = r.id"
            " WHERE r.deleted_at IS NULL AND r.id NOT IN (SELECT id FROM temp.kept)"
        ).scalars()
        session.items.add_group(Group(table, packed(ids), UPDATE, {"deleted_at": None}, {"deleted_at": stamp}))
        connection.exec_driver_sql(
            f"UPDATE {table} SET deleted_at = ?, version = version + 1 WHERE deleted_at IS NULL"
            f" AND id IN (SELECT id FROM temp.made WHERE entity = '{table}') AND id NOT IN (SELECT id FROM temp.kept)",
            (stamp,),
        )
        yield


def _bin_followers(session: Writing, tables: Sequence[str]) -> None:
    """Put into the bin what means nothing without a row that goes there, such as the values of a field."""
    for table, column, owner in _references():
        if owner in tables and ENTITIES[table].__table__.c[column].info.get("follows"):
            rows = (
                f"SELECT r.id FROM {table} r JOIN temp.made m ON m.entity = '{owner}' AND m.id = r.{column}"
                " WHERE r.deleted_at IS NULL AND m.id NOT IN (SELECT id FROM temp.kept)"
                f" AND r.id NOT IN (SELECT id FROM temp.made WHERE entity = '{table}')"
            )
            ids = session.connection().exec_driver_sql(rows).scalars().all()
            session.remove_rows(ENTITIES[table], ids)


def _worked_on(connection: Connection, target: int, tables: Iterable[str]) -> list[Kept]:
    """Fill `temp.kept` with the rows that people have worked on since, what is part of them and what they need."""
    connection.exec_driver_sql(KEPT_TABLE)
    connection.exec_driver_sql("DELETE FROM temp.kept")
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO temp.kept SELECT i.row_id FROM change_item i JOIN temp.made m ON m.id = i.row_id"
        f" WHERE i.set_id IN (SELECT id FROM change_set WHERE id > ? AND {LIVE})",
        (target,),
    )
    for table, column, owner in _references():
        if owner in tables and not ENTITIES[table].__table__.c[column].info.get("follows"):
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO temp.kept SELECT r.{column} FROM {table} r JOIN temp.made m"
                f" ON m.entity = '{owner}' AND m.id = r.{column} WHERE r.deleted_at IS NULL"
                f" AND r.id NOT IN (SELECT id FROM temp.made WHERE entity = '{table}')"
                f" AND NOT EXISTS ({SET_BY_THE_STEP.format(column=column)})",
                (target,),
            )
    while _spread(connection, tables):
        pass
    reason = _("It was changed since, so it is kept.")
    return [
        Kept(entity, key, "", reason, is_changed_since=True)
        for entity, key in connection.exec_driver_sql(
            "SELECT m.entity, m.id FROM temp.kept k JOIN temp.made m ON m.id = k.id"
            " WHERE m.entity IN ('account', 'contact', 'activity', 'task', 'tag', 'custom_field')"
        )
    ]


def _spread(connection: Connection, tables: Iterable[str]) -> int:
    """Keep, too, what kept rows refer to and what is part of them; gives how many rows that added."""
    added = 0
    for table, column, owner in _references():
        if table not in tables or owner not in tables:
            continue
        added += connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO temp.kept SELECT r.{column} FROM temp.kept k JOIN {table} r ON r.id = k.id"
            f" JOIN temp.made m ON m.entity = '{owner}' AND m.id = r.{column}"
        ).rowcount
        if ENTITIES[table].__table__.c[column].info.get("part_of"):
            added += connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO temp.kept SELECT r.id FROM temp.kept k JOIN {table} r ON r.{column} = k.id"
                f" JOIN temp.made m ON m.entity = '{table}' AND m.id = r.id WHERE r.deleted_at IS NULL"
            ).rowcount
    return added


def _references() -> list[tuple[str, str, str]]:
    """Every foreign key of the model: (table, column, table it refers to)."""
    return [
        (name, column.key, key.column.table.name)
        for name, entity in ENTITIES.items()
        for column in entity.__table__.columns
        for key in column.foreign_keys
    ]


def _reverse_updates(session: Writing, target: int, outcome: Undone) -> Iterator[None]:
    yield from alike.put_back(session, target)
    made = select(ChangeItem.row_id).where(ChangeItem.set_id == target, ChangeItem.op == INSERT)
    query = select(ChangeItem).where(
        ChangeItem.set_id == target, ChangeItem.op == UPDATE, ChangeItem.row_id.not_in(made)
    )
    query = query.where(text("row_id NOT IN (SELECT id FROM temp.alike)"))
    steps = session.scalars(query.order_by(ChangeItem.entity, ChangeItem.row_id, ChangeItem.seq.desc())).all()
    waiting: list[Item] = []
    for entity, group in groupby(steps, lambda step: step.entity):
        by_row: dict[int, list[ChangeItem]] = defaultdict(list)
        for step in group:
            by_row[step.row_id].append(step)
        keys = list(by_row)
        for start in range(0, len(keys), PAGE):
            page = {key: by_row[key] for key in keys[start : start + PAGE]}
            waiting += _put_back(session, list(_reverse_page(session, entity, page, outcome)))
            yield
    _put_back_late(session, waiting, outcome)


def _reverse_page(session: Writing, entity: str, steps: dict[int, list[ChangeItem]], outcome: Undone) -> Iterator[Item]:
    """What is to be written into the rows of a page."""
    columns = sorted({name for items in steps.values() for item in items for name in loads(item.after)})
    marks = ",".join("?" * len(steps))
    found = session.connection().exec_driver_sql(
        f"SELECT id, {', '.join(columns)} FROM {entity} WHERE id IN ({marks})",
        tuple(steps),
    )
    current = {key: dict(zip(columns, values, strict=True)) for key, *values in found}
    for key, items in steps.items():
        before = dict(current.get(key, {}))
        after = _wound_back(dict(before), items, outcome)
        changed = {name: value for name, value in after.items() if before[name] != value}
        if changed:
            yield Item(entity, key, UPDATE, {name: before[name] for name in changed}, changed)


def _wound_back(values: dict[str, Any], items: Iterable[ChangeItem], outcome: Undone) -> dict[str, Any]:
    for item in items:
        was, became = loads(item.before), loads(item.after)
        for name, left in became.items():
            if name not in values:
                outcome.kept.append(Kept(item.entity, item.row_id, name, _("The record is no longer there.")))
            elif values[name] == left:
                values[name] = was[name]
            elif values[name] != was[name]:
                reason = _("It was changed since, so it is kept.")
                outcome.kept.append(Kept(item.entity, item.row_id, name, reason, is_changed_since=True))
    return values


def _put_back(session: Writing, items: Sequence[Item]) -> list[Item]:
    """Write a page of rows back; gives those whose place is taken.

    All at once when that goes; one by one takes ten times as long.
    """
    if _are_put_back(session, items):
        return []
    return [each for each in items if not _are_put_back(session, [each])]


def _put_back_late(session: Writing, waiting: Sequence[Item], outcome: Undone) -> None:
    """Try again now that the others are back, because one of those may have held the place."""
    while waiting:
        refused = _put_back(session, waiting)
        if len(refused) == len(waiting):
            break
        waiting = refused
    reason = _("Another record has taken its place meanwhile.")
    outcome.kept += [Kept(each.entity, each.row_id, "", reason) for each in waiting]


def _are_put_back(session: Writing, items: Sequence[Item]) -> bool:
    """Write rows back, all or none."""
    lines: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for each in items:
        lines[each.entity, *(each.after or {})].append((*(each.after or {}).values(), each.row_id))
    try:
        with session.begin_nested():
            for (entity, *names), rows in lines.items():
                values = ", ".join(f"{name} = ?" for name in names)
                session.connection().exec_driver_sql(
                    f"UPDATE {entity} SET {values}, version = version + 1 WHERE id = ?", rows
                )
    except IntegrityError:
        return False
    session.items.extend(items)
    return True
