"""The account tree as rows, read through the bare driver so that the first window needs nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeAlias

from crm_desktop.store.driver import Connection, connect
from crm_desktop.store.outline_order import LIVING, Ordering

ACCOUNT, CONTACT = "account", "contact"
CLOSED, PERSON, DEPARTED = "closed", "person", "departed"
FIRST = 200
COUNTED = 20_000
"""So many accounts or contacts are counted before the first window is painted; more are, afterwards."""
MOST_BELOW = 10_000
"""How many rows one press of a key opens."""
HIGHEST = 250
NODE_COLUMNS = "a.id, a.name, a.kind, a.level, a.status, a.child_count, a.last_activity_at, a.created_at"
CONTACT_COLUMNS = "c.id, c.full_name, f.title, f.status, c.last_activity_at, f.is_primary, c.created_at"
CURRENT_FIRST = "f.status = 'departed', f.is_primary DESC, c.sort_key, c.id, f.id DESC"
# A plus sign before a column keeps SQLite from walking through an index of it where a few keys are given.
CONCERNED = (
    ("account", "SELECT id, NULL FROM account WHERE id IN ({})"),
    ("account", "SELECT parent_id, NULL FROM account WHERE id IN ({})"),
    ("contact", "SELECT NULL, id FROM contact WHERE id IN ({})"),
    ("contact", "SELECT account_id, NULL FROM affiliation WHERE contact_id IN ({})"),
    ("affiliation", "SELECT account_id, contact_id FROM affiliation WHERE id IN ({})"),
    ("activity", "SELECT account_id, NULL FROM activity WHERE id IN ({})"),
    ("activity", "SELECT NULL, contact_id FROM activity_party WHERE activity_id IN ({})"),
    ("activity_party", "SELECT NULL, contact_id FROM activity_party WHERE id IN ({})"),
)
"""Which accounts and contacts look different when a row of a table does."""


Counts: TypeAlias = tuple[int, int] | None
"""How many accounts and contacts there are, None while that is not known."""


class Node(NamedTuple):
    """One row of the tree: an account, or a contact at the account above it."""

    kind: str
    id: int
    name: str
    note: str = ""
    """The job title of a contact; the kind of an account, `organisation` or `person`."""
    level: str = ""
    status: str = ""
    children: int = 0
    last_activity_at: str = ""
    """In UTC as the database keeps it, or empty."""
    is_primary: bool = False
    created_at: str = ""
    """When it was entered."""
    rhythm: int | None = None
    """Within how many days one wants to be in touch, 0 for never; None for the usual of an account's level."""


class Outline(Ordering):
    """Reads the tree; one connection of its own, which only reads."""

    def __init__(self, path: Path, *, cache: int = 0) -> None:
        self.path = path
        self._connection: Connection = connect(path, read_only=True)
        if cache:
            self._connection.execute(f"PRAGMA cache_size = -{cache}")

    def break_off(self) -> None:
        """End what another thread reads here at this moment, with an error there."""
        self._connection.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def first(self) -> list[Node]:
        """The first accounts, enough to fill a screen at once."""
        return self._accounts(f"WHERE a.parent_id IS NULL AND {LIVING} ORDER BY a.sort_key, a.id LIMIT {FIRST}")

    def accounts(self, ids: Iterable[int]) -> dict[int, Node]:
        """Rows by key, for a page of accounts."""
        return {node.id: node for node in self._accounts(f"WHERE a.id IN ({_list(ids)}) AND +a.deleted_at IS NULL")}

    def contacts(self, ids: Iterable[int]) -> dict[int, Node]:
        """Rows by key, for some contacts wherever they are."""
        rows = self._connection.execute(
            f"SELECT {CONTACT_COLUMNS} FROM contact c LEFT JOIN affiliation f ON f.id = c.main_affiliation_id"
            f" WHERE c.id IN ({_list(ids)}) AND +c.deleted_at IS NULL"
        )
        return {row[0]: _contact(row) for row in rows}

    def people(self, account: int, ids: Iterable[int]) -> dict[int, Node]:
        """Rows by key, for some of the contacts at an account."""
        found: dict[int, Node] = {}
        for row in self._connection.execute(
            f"SELECT {CONTACT_COLUMNS} FROM affiliation f JOIN contact c ON c.id = f.contact_id WHERE f.account_id = ?"
            f" AND f.contact_id IN ({_list(ids)}) AND f.deleted_at IS NULL AND c.deleted_at IS NULL"
            f" ORDER BY {CURRENT_FIRST}",
            (account,),
        ):
            found.setdefault(row[0], _contact(row))
        return found

    def below(self, account: int) -> tuple[list[int], list[int]]:
        """The keys of an account's branches, and of its contacts; who has left comes last.

        Closed branches are left out, unless the account itself is closed.
        """
        return self.all_below([account])[account]

    def all_below(self, accounts: Iterable[int]) -> dict[int, tuple[list[int], list[int]]]:
        """What is right below each of some accounts."""
        found: dict[int, tuple[list[int], list[int]]] = {key: ([], []) for key in accounts}
        for above, key in self._connection.execute(
            "SELECT p.id, a.id FROM account p CROSS JOIN account a ON a.parent_id = p.id"
            f" WHERE p.id IN ({_list(found)}) AND a.deleted_at IS NULL"
            " AND (a.status <> 'closed' OR p.status = 'closed') ORDER BY p.id, a.sort_key, a.id"
        ):
            found[above][0].append(key)
        people: dict[tuple[int, int], None] = {}
        for pair in self._connection.execute(
            "SELECT f.account_id, c.id FROM affiliation f CROSS JOIN contact c ON c.id = f.contact_id"
            f" WHERE f.account_id IN ({_list(found)}) AND f.deleted_at IS NULL AND c.deleted_at IS NULL"
            f" ORDER BY {CURRENT_FIRST}"
        ):
            people[pair] = None
        for account, key in people:
            found[account][1].append(key)
        return found

    def branches(self, accounts: Iterable[int]) -> set[int]:
        """The living accounts right below some accounts."""
        rows = self._connection.execute(
            f"SELECT id FROM account WHERE parent_id IN ({_list(accounts)}) AND deleted_at IS NULL"
        )
        return {key for (key,) in rows}

    def families(self, account: int) -> list[int]:
        """An account and the branches at any depth that have something below them, as many as one can look through.

        Those nearest to the account come first.
        """
        rows = self._connection.execute(
            "WITH RECURSIVE down(id, below, depth) AS ("
            " SELECT id, child_count, 0 FROM account WHERE id = ? UNION ALL"
            " SELECT a.id, a.child_count, depth + 1 FROM down CROSS JOIN account a ON a.parent_id = down.id"
            f" WHERE {LIVING} AND a.child_count > 0 AND depth < {HIGHEST} LIMIT {MOST_BELOW})"
            " SELECT id, below FROM down",
            (account,),
        )
        found: list[int] = []
        room = MOST_BELOW
        for key, below in rows:
            if found and below > room:
                break
            room -= below
            found.append(key)
        return found

    def above(self, account: int) -> list[int]:
        """The accounts above an account, from the top down; a closed one is no way to it."""
        rows = self._connection.execute(
            "WITH RECURSIVE up(id, parent, depth) AS (SELECT id, parent_id, 0 FROM account WHERE id = ? UNION ALL"
            " SELECT a.id, a.parent_id, depth + 1 FROM account a JOIN up ON a.id = up.parent"
            f" WHERE {LIVING} AND depth < {HIGHEST}) SELECT id FROM up WHERE depth > 0 ORDER BY depth DESC",
            (account,),
        )
        return [key for (key,) in rows]

    def homes(self, contacts: Iterable[int]) -> dict[int, list[int]]:
        """The living accounts of each contact, the main one first."""
        rows = self._connection.execute(
            "SELECT f.contact_id, f.account_id FROM affiliation f JOIN contact c ON c.id = f.contact_id"
            " JOIN account a ON a.id = f.account_id"
            f" WHERE c.id IN ({_list(contacts)}) AND f.deleted_at IS NULL AND c.deleted_at IS NULL"
            " AND a.deleted_at IS NULL ORDER BY a.status = 'closed', f.id <> coalesce(c.main_affiliation_id, 0), f.id"
        )
        found: dict[int, list[int]] = {}
        for contact, account in rows:
            found.setdefault(contact, []).append(account)
        return found

    def concerned(self, rows: Mapping[str, Collection[int]]) -> tuple[set[int], set[int]]:
        """The accounts and the contacts that may look different after a change of these rows, by table."""
        accounts, contacts = set(rows.get(ACCOUNT, ())), set(rows.get(CONTACT, ()))
        for table, query in CONCERNED:
            if table in rows:
                for account, contact in self._connection.execute(query.format(_list(rows[table]))):
                    accounts.add(account)
                    contacts.add(contact)
        return accounts - {None}, contacts - {None}

    def few(self) -> Counts:
        """How many accounts and contacts there are, None when counting them would take longer than a glance."""
        found = [
            self._connection.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE deleted_at IS NULL LIMIT {COUNTED + 1})"
            ).fetchone()[0]
            for table in (ACCOUNT, CONTACT)
        ]
        return None if max(found) > COUNTED else (self._open(found[0]), found[1])

    def counts(self) -> tuple[int, int]:
        """How many accounts and contacts there are, as the tree and the lists show them: closed accounts left out."""
        accounts, contacts = self._connection.execute(
            "SELECT (SELECT count(*) FROM account WHERE deleted_at IS NULL),"
            " (SELECT count(*) FROM contact WHERE deleted_at IS NULL)"
        ).fetchone()
        return self._open(accounts), contacts

    def _open(self, accounts: int) -> int:
        """How many of so many accounts are not closed; all of them where all are, for they are there."""
        closed = "SELECT count(*) FROM account WHERE deleted_at IS NULL AND status = ?"
        return accounts - int(self._connection.execute(closed, (CLOSED,)).fetchone()[0]) or accounts

    def tally(self) -> dict[tuple[str, str], int]:
        """How many living accounts have each status and level."""
        rows = self._connection.execute(
            "SELECT status, coalesce(level, ''), count(*) FROM account WHERE deleted_at IS NULL GROUP BY status, level"
        )
        return {(status, level): count for status, level, count in rows}

    def _accounts(self, tail: str) -> list[Node]:
        rows = self._connection.execute(f"SELECT {NODE_COLUMNS} FROM account a {tail}")
        return [
            Node(ACCOUNT, key, name, kind, level or "", status, children, at or "", created_at=made)
            for key, name, kind, level, status, children, at, made in rows
        ]


def first_page(path: Path) -> tuple[list[Node], Counts]:
    """The first accounts and the counts of a data file, or nothing when there is none yet or it is an older one."""
    if not path.exists():
        return [], (0, 0)
    with closing(Outline(path)) as outline:
        return outline.first(), outline.few()


def _contact(row: tuple[int, str, str | None, str | None, str | None, int | None, str]) -> Node:
    key, name, title, status, at, is_primary, made = row
    return Node(CONTACT, key, name, title or "", "", status or "current", 0, at or "", bool(is_primary), made)


def _list(ids: Iterable[int]) -> str:
    return ",".join(map(str, map(int, ids)))
