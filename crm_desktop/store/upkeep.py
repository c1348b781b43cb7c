"""Columns and tables that the program works out from others, brought up to date inside the transaction that writes.

Search keys, sort keys, counts and last dates are never journaled: whatever is written, undone or imported, they are
worked out again here for the rows concerned.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from crm_desktop.model.account import PERSON
from crm_desktop.store import search
from crm_desktop.store.journal import UPDATE, Item
from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.handles import url_domain
from crm_desktop.text.mails import domain
from crm_desktop.text.names import split
from crm_desktop.text.pinyin import sort_key

TABLES = """
CREATE TEMP TABLE IF NOT EXISTS touched (entity TEXT, id INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS affected (entity TEXT, id INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID
"""
OWNERS = (
    ("account", "account", "id"),
    ("account", "account", "parent_id"),
    ("account", "affiliation", "account_id"),
    ("account", "activity", "account_id"),
    ("account", "channel", "account_id"),
    ("account", "address", "account_id"),
    ("account", "tagging", "account_id"),
    ("contact", "contact", "id"),
    ("contact", "affiliation", "contact_id"),
    ("contact", "activity_party", "contact_id"),
    ("contact", "channel", "contact_id"),
    ("contact", "address", "contact_id"),
    ("contact", "tagging", "contact_id"),
    ("activity", "activity", "id"),
)
"""Whose keys and counts depend on a row: (affected entity, written table, column that says which)."""
ACCOUNT_COUNTS = """
UPDATE account SET
  child_count = (SELECT count(*) FROM account below WHERE below.parent_id = account.id AND below.deleted_at IS NULL)
    + (SELECT count(*) FROM affiliation a WHERE a.account_id = account.id AND a.deleted_at IS NULL),
  last_activity_at = (SELECT at FROM activity
    WHERE account_id = account.id AND deleted_at IS NULL AND kind <> 'system' ORDER BY at DESC LIMIT 1)
WHERE id IN (SELECT id FROM temp.affected WHERE entity = 'account')
"""
CONTACT_LINKS = """
UPDATE contact SET
  main_affiliation_id = (SELECT a.id FROM affiliation a WHERE a.contact_id = contact.id AND a.deleted_at IS NULL
    ORDER BY a.status <> 'current', a.id LIMIT 1),
  last_activity_at = (SELECT max(y.at) FROM activity_party p JOIN activity y ON y.id = p.activity_id
    WHERE p.contact_id = contact.id AND p.deleted_at IS NULL AND y.deleted_at IS NULL AND y.kind <> 'system')
WHERE id IN (SELECT id FROM temp.affected WHERE entity = 'contact')
"""
PARTIES_OF_ACTIVITIES = """
INSERT OR IGNORE INTO temp.affected SELECT 'contact', p.contact_id FROM temp.touched t
JOIN activity_party p ON p.activity_id = t.id WHERE t.entity = 'activity'
"""


def refresh(connection: Connection, items: Iterable[Item]) -> None:
    """Work out again whatever depends on the rows of `items`."""
    _gather(connection, items)
    connection.exec_driver_sql(ACCOUNT_COUNTS)
    connection.exec_driver_sql(CONTACT_LINKS)
    _account_keys(connection)
    _contact_keys(connection)
    search.refresh(connection)


def refresh_all(connection: Connection) -> None:
    """Work out everything again, for `check --repair` and after a migration."""
    refresh_columns(connection)
    search.refresh(connection)


def refresh_columns(connection: Connection) -> None:
    """Work out again the columns that depend on others, of every record."""
    _empty(connection)
    for entity in ("account", "contact", "activity"):
        connection.exec_driver_sql(f"INSERT INTO temp.affected SELECT '{entity}', id FROM {entity}")
    connection.exec_driver_sql(ACCOUNT_COUNTS)
    connection.exec_driver_sql(CONTACT_LINKS)
    _account_keys(connection)
    _contact_keys(connection)


def _empty(connection: Connection) -> None:
    for statement in TABLES.split(";"):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("DELETE FROM temp.touched")
    connection.exec_driver_sql("DELETE FROM temp.affected")


def _gather(connection: Connection, items: Iterable[Item]) -> None:
    """Note the rows written and all that depends on them, owners that they had before included."""
    _empty(connection)
    items = list(items)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO temp.touched VALUES (?, ?)", [(item.entity, item.row_id) for item in items]
    )
    written = {item.entity for item in items}
    for entity, table, column in OWNERS:
        if table in written:
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO temp.affected SELECT '{entity}', r.{column} FROM temp.touched t"
                f" JOIN {table} r ON r.id = t.id WHERE t.entity = '{table}' AND r.{column} IS NOT NULL"
            )
    if "activity" in written:
        connection.exec_driver_sql(PARTIES_OF_ACTIVITIES)
    before = [owner for item in items if item.op == UPDATE for owner in _owners_before(item)]
    if before:
        connection.exec_driver_sql("INSERT OR IGNORE INTO temp.affected VALUES (?, ?)", before)


def _owners_before(item: Item) -> Iterable[tuple[str, int]]:
    for entity, table, column in OWNERS:
        if table == item.entity and (owner := (item.before or {}).get(column)):
            yield entity, owner


def _account_keys(connection: Connection) -> None:
    rows = connection.exec_driver_sql(
        "SELECT a.id, a.name, a.kind, a.website, (SELECT norm FROM channel c WHERE c.account_id = a.id"
        " AND c.kind = 'email' AND c.deleted_at IS NULL ORDER BY c.is_primary DESC, c.id LIMIT 1)"
        " FROM temp.affected t JOIN account a ON a.id = t.id WHERE t.entity = 'account'"
    ).all()
    keys = [
        (fold(name), company_core(name), sort_key(name, surname=kind == PERSON), _domain(website, mail), key)
        for key, name, kind, website, mail in rows
    ]
    if keys:
        connection.exec_driver_sql(
            "UPDATE account SET name_key = ?, core_key = ?, sort_key = ?, domain_key = ? WHERE id = ?", keys
        )


def _domain(website: str | None, mail: str | None) -> str | None:
    return (url_domain(website) if website else "") or (domain(mail) if mail else "") or None


def _contact_keys(connection: Connection) -> None:
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.full_name FROM temp.affected t JOIN contact c ON c.id = t.id WHERE t.entity = 'contact'"
    ).all()
    keys = []
    for key, name in rows:
        parts = split(name)
        keys.append((fold(name), sort_key(name, surname=True), parts.family, parts.given, key))
    if keys:
        connection.exec_driver_sql(
            "UPDATE contact SET name_key = ?, sort_key = ?, family_name = ?, given_name = ? WHERE id = ?", keys
        )
