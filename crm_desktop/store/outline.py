"""The account tree as rows, read through the bare driver so that the first window needs nothing else."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from crm_desktop.store.driver import Connection, connect

ACCOUNT, CONTACT = "account", "contact"
FIRST = 200
LIVING_ROOT = "a.deleted_at IS NULL AND a.parent_id IS NULL AND a.status <> 'closed'"
ACCOUNT_COLUMNS = "a.id, a.name, a.level, a.status, a.child_count, a.last_activity_at, a.kind"


class Node(NamedTuple):
    """One row of the tree: an account, or a contact at the account above it."""

    kind: str
    id: int
    name: str
    note: str
    """The job title of a contact; the kind of an account, `organisation` or `person`."""
    level: str
    status: str
    children: int
    last_activity_at: str
    """In UTC as the database keeps it, or empty."""
    is_primary: bool = False


class Outline:
    """Reads the tree; one connection of its own, which only reads."""

    def __init__(self, path: Path) -> None:
        self._connection: Connection = connect(path, read_only=True)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def first(self) -> list[Node]:
        """The first accounts, enough to fill a screen at once."""
        return self._accounts(f"WHERE {LIVING_ROOT} ORDER BY a.sort_key, a.id LIMIT {FIRST}")

    def roots(self, level: str = "", status: str = "") -> array[int]:
        """The keys of all accounts without a parent, in order; with a level or status, of all accounts that have it."""
        where, given = [LIVING_ROOT], []
        if level or status:
            where = ["a.deleted_at IS NULL"]
        for column, value in (("level", level), ("status", status)):
            if value:
                where.append(f"a.{column} = ?")
                given.append(value)
        found = self._connection.execute(
            f"SELECT a.id FROM account a WHERE {' AND '.join(where)} ORDER BY a.sort_key, a.id",
            given,
        )
        return array("q", (key for (key,) in found))

    def accounts(self, ids: Sequence[int]) -> dict[int, Node]:
        """Rows by key, for a page of accounts."""
        return {node.id: node for node in self._accounts(f"WHERE a.id IN ({_list(ids)})")}

    def contacts(self, ids: Sequence[int]) -> dict[int, Node]:
        """Rows by key, for some contacts wherever they are."""
        rows = self._connection.execute(
            "SELECT c.id, c.full_name, f.title, f.status, c.last_activity_at, f.is_primary FROM contact c"
            f" LEFT JOIN affiliation f ON f.id = c.main_affiliation_id WHERE c.id IN ({_list(ids)})"
        )
        return {row[0]: _contact(row) for row in rows}

    def children(self, account: int) -> list[Node]:
        """What is below an account: its branches, then its contacts; who has left comes last."""
        branches = self._accounts(
            "WHERE a.parent_id = ? AND a.deleted_at IS NULL ORDER BY a.sort_key, a.id", (account,)
        )
        people = self._connection.execute(
            "SELECT c.id, c.full_name, f.title, f.status, c.last_activity_at, f.is_primary"
            " FROM affiliation f JOIN contact c ON c.id = f.contact_id"
            " WHERE f.account_id = ? AND f.deleted_at IS NULL AND c.deleted_at IS NULL"
            " ORDER BY f.status = 'departed', f.is_primary DESC, c.sort_key, c.id",
            (account,),
        )
        contacts: dict[int, Node] = {}
        for row in people:
            contacts.setdefault(row[0], _contact(row))
        return [*branches, *contacts.values()]

    def above(self, kind: str, key: int) -> list[int]:
        """The accounts above a record, from the top down."""
        if kind == CONTACT:
            query = (
                "SELECT f.account_id FROM contact c JOIN affiliation f ON f.id = c.main_affiliation_id WHERE c.id = ?"
            )
            start = self._connection.execute(query, (key,)).fetchone()
            return [*self.above(ACCOUNT, start[0]), start[0]] if start else []
        rows = self._connection.execute(
            "WITH RECURSIVE up(id, parent, depth) AS (SELECT id, parent_id, 0 FROM account WHERE id = ?"
            " UNION ALL SELECT a.id, a.parent_id, depth + 1 FROM account a JOIN up ON a.id = up.parent WHERE depth < 100)"
            " SELECT id FROM up WHERE depth > 0 ORDER BY depth DESC",
            (key,),
        )
        return [each for (each,) in rows]

    def counts(self) -> tuple[int, int]:
        """How many accounts and contacts there are."""
        one = "SELECT (SELECT count(*) FROM account WHERE deleted_at IS NULL), (SELECT count(*) FROM contact WHERE deleted_at IS NULL)"
        accounts, contacts = self._connection.execute(one).fetchone()
        return accounts, contacts

    def tally(self, column: str) -> dict[str, int]:
        """How many living accounts have each `level` or `status`."""
        if column not in ("level", "status"):
            raise ValueError(column)
        rows = self._connection.execute(
            f"SELECT {column}, count(*) FROM account WHERE deleted_at IS NULL AND {column} IS NOT NULL GROUP BY 1"
        )
        return dict(rows)

    def _accounts(self, tail: str, given: Iterable[object] = ()) -> list[Node]:
        rows = self._connection.execute(f"SELECT {ACCOUNT_COLUMNS} FROM account a {tail}", tuple(given))
        return [
            Node(ACCOUNT, key, name, kind, level or "", status, children, at or "")
            for key, name, level, status, children, at, kind in rows
        ]


def first_page(path: Path) -> tuple[list[Node], tuple[int, int]]:
    """The first accounts and the counts of a data file, or nothing when there is none yet or it is an older one."""
    if not path.exists():
        return [], (0, 0)
    with closing(Outline(path)) as outline:
        return outline.first(), outline.counts()


def _contact(row: tuple[int, str, str | None, str | None, str | None, int | None]) -> Node:
    key, name, title, status, at, is_primary = row
    return Node(CONTACT, key, name, title or "", "", status or "current", 0, at or "", bool(is_primary))


def _list(ids: Iterable[int]) -> str:
    return ",".join(map(str, map(int, ids)))
