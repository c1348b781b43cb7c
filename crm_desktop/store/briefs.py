"""What is told of records that were found, besides why: read by few plain statements, once for each key press."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from crm_desktop.store.engine import bare


class AccountBrief(NamedTuple):
    """An account, with the name of the one above it."""

    name: str
    above: str | None
    industry: str | None
    status: str


class ContactBrief(NamedTuple):
    """A contact, with the main place of work."""

    name: str
    title: str | None
    company: str | None


class ActivityBrief(NamedTuple):
    """An activity, with the account that it belongs to."""

    kind: str
    at: datetime
    summary: str
    company: str | None


def accounts(connection: Connection, keys: Iterable[int]) -> dict[int, AccountBrief]:
    """What is told of these accounts."""
    rows = _rows(
        connection,
        "SELECT r.id, r.name, a.name, r.industry, r.status FROM json_each(?) s CROSS JOIN account r ON r.id = s.value"
        " LEFT JOIN account a ON a.id = r.parent_id",
        keys,
    )
    return {key: AccountBrief(*told) for key, *told in rows}


def contacts(connection: Connection, keys: Iterable[int]) -> dict[int, ContactBrief]:
    """What is told of these contacts."""
    rows = _rows(
        connection,
        "SELECT r.id, r.full_name, w.title, a.name FROM json_each(?) s CROSS JOIN contact r ON r.id = s.value"
        " LEFT JOIN affiliation w ON w.id = r.main_affiliation_id LEFT JOIN account a ON a.id = w.account_id",
        keys,
    )
    return {key: ContactBrief(*told) for key, *told in rows}


def activities(connection: Connection, keys: Iterable[int]) -> dict[int, ActivityBrief]:
    """What is told of these activities."""
    rows = _rows(
        connection,
        "SELECT r.id, r.kind, r.at, r.summary, a.name FROM json_each(?) s CROSS JOIN activity r ON r.id = s.value"
        " LEFT JOIN account a ON a.id = r.account_id",
        keys,
    )
    return {
        key: ActivityBrief(kind, datetime.fromisoformat(at).replace(tzinfo=UTC), summary, company)
        for key, kind, at, summary, company in rows
    }


def living(connection: Connection, entity: str, keys: Iterable[int]) -> list[int]:
    """Those of these records that are not in the bin.

    The join keeps SQLite from walking all the living ones by an index that begins with `deleted_at`.
    """
    query = f"SELECT r.id FROM json_each(?) s CROSS JOIN {entity} r ON r.id = s.value WHERE r.deleted_at IS NULL"
    return [key for (key,) in _rows(connection, query, keys)]


def _rows(connection: Connection, query: str, keys: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = bare(connection).execute(query, (json.dumps(list(keys)),)).fetchall()
    return rows
