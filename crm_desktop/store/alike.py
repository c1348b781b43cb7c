"""Rows that a step changed alike, such as those of an import that was undone: put back many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from crm_desktop.store.journal import UPDATE, Group, dumps, loads, packed
from crm_desktop.store.workspace import Writing

MANY = 100
"""From so many rows on, one statement for all of them is worth its while."""
PAGE = 5000
TABLES = ("alike", "repeated")
REPEATED = """
INSERT INTO temp.repeated SELECT row_id FROM change_item WHERE set_id = ? GROUP BY row_id HAVING count(*) > 1
"""
GROUPS = """
SELECT entity, before, after FROM change_item WHERE set_id = ? AND op = 'update'
GROUP BY entity, before, after HAVING count(*) >= ?
"""
UNTOUCHED = """
SELECT i.row_id FROM change_item i JOIN {entity} r ON r.id = i.row_id
WHERE i.set_id = ? AND i.op = 'update' AND i.entity = ? AND i.before = ? AND i.after = ? AND {is_left}
AND i.row_id NOT IN (SELECT id FROM temp.repeated) ORDER BY i.row_id
"""


def put_back(session: Writing, target: int) -> Iterator[None]:
    """Give the rows that the step `target` changed alike, and that are still as it left them, their old values.

    They are in `temp.alike` afterwards. Rows that it changed twice, that somebody changed since, or whose place is
    taken stay as they are: they have to be looked at one by one.
    """
    connection = session.connection()
    for table in TABLES:
        connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(f"DELETE FROM temp.{table}")
    groups = connection.exec_driver_sql(GROUPS, (target, MANY)).all()
    if groups:
        connection.exec_driver_sql(REPEATED, (target,))
    for entity, before, after in groups:
        was, left = loads(before), loads(after)
        keys = _untouched(connection, target, (entity, before, after), left)
        for start in range(0, len(keys), PAGE):
            _write(session, Group(entity, packed(keys[start : start + PAGE]), UPDATE, left, was))
            yield


def _untouched(
    connection: Connection, target: int, group: tuple[str, str, str], left: Mapping[str, Any]
) -> Sequence[int]:
    """The rows of a group that are still as the step left them."""
    is_left = " AND ".join(f"r.{name} IS ?" for name in left)
    query = UNTOUCHED.format(entity=group[0], is_left=is_left)
    return connection.exec_driver_sql(query, (target, *group, *left.values())).scalars().all()


def _write(session: Writing, group: Group) -> None:
    """Write the rows of a group, unless one of them finds its place taken."""
    connection, keys, values = session.connection(), dumps(list(group.keys)), group.after or {}
    fields = ", ".join(f"{name} = ?" for name in values)
    try:
        with session.begin_nested():
            connection.exec_driver_sql(
                f"UPDATE {group.entity} SET {fields}, version = version + 1"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (*values.values(), keys),
            )
    except IntegrityError:
        return
    connection.exec_driver_sql("INSERT INTO temp.alike SELECT value FROM json_each(?)", (keys,))
    session.items.add_group(group)
