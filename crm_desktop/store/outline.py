"""The account tree as rows, read through the bare driver so that the first window needs nothing else."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from crm_desktop.store.driver import Connection, connect
from crm_desktop.text.folding import plain

ACCOUNT, CONTACT = "account", "contact"
CLOSED, PERSON, DEPARTED = "closed", "person", "departed"
NAME, RECENT, LEVEL = "name", "recent", "level"
"""What accounts at the top can be ordered by."""
LEVELS = ("vip", "a", "b", "c", "normal")
"""From the most important down, as long as the data file has no levels of its own."""
FIRST = 200
PART = 10_000
MOST_BELOW = 20_000
HIGHEST = 250
NODE_COLUMNS = "a.id, a.name, a.kind, a.level, a.status, a.child_count, a.last_activity_at"
LIVING = "a.deleted_at IS NULL AND a.status <> 'closed'"
UNDER_CLOSED = (
    "EXISTS (SELECT 1 FROM account p WHERE p.id = a.parent_id AND (p.status = 'closed' OR p.deleted_at NOTNULL))"
)
ALL_AT_THE_TOP = f"""
SELECT {{0}} FROM account a WHERE a.parent_id IS NULL AND {LIVING} UNION ALL
SELECT {{0}} FROM account p CROSS JOIN account a ON a.parent_id = p.id
WHERE p.deleted_at IS NULL AND p.status = 'closed' AND {LIVING} UNION ALL
SELECT {{0}} FROM account p CROSS JOIN account a ON a.parent_id = p.id WHERE p.deleted_at NOTNULL AND {LIVING}"""
"""Accounts without a parent, and the branches of closed ones, which nobody would find otherwise."""
CONTACT_COLUMNS = "c.id, c.full_name, f.title, f.status, c.last_activity_at, f.is_primary"
CURRENT_FIRST = "f.status = 'departed', f.is_primary DESC, c.sort_key, c.id, f.id DESC"
# A plus sign before a column keeps SQLite from walking through an index of it where a few keys are given.
CONCERNED = (
    ("account", "SELECT id, NULL FROM account WHERE id IN ({})"),
    ("account", "SELECT parent_id, NULL FROM account WHERE id IN ({})"),
    ("contact", "SELECT NULL, id FROM contact WHERE id IN ({})"),
    ("contact", "SELECT account_id, NULL FROM affiliation WHERE contact_id IN ({})"),
    ("affiliation", "SELECT account_id, contact_id FROM affiliation WHERE id IN ({})"),
    ("activity", "SELECT account_id, NULL FROM activity WHERE id IN ({})"),
)
"""Which accounts and contacts look different when a row of a table does."""
_PADDED_NUMBER = re.compile(r"\d{10,}")
Rank: TypeAlias = tuple[Any, ...]


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


class Look(NamedTuple):
    """Which accounts stand at the top of the tree, and in what order."""

    order: str = NAME
    level: str = ""
    status: str = ""

    @property
    def is_flat(self) -> bool:
        """Whether accounts stand at the top that are branches of others."""
        return bool(self.level or self.status)


class Outline:
    """Reads the tree; one connection of its own, which only reads."""

    def __init__(self, path: Path) -> None:
        self._connection: Connection = connect(path, read_only=True)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def first(self) -> list[Node]:
        """The first accounts, enough to fill a screen at once."""
        return self._accounts(f"WHERE a.parent_id IS NULL AND {LIVING} ORDER BY a.sort_key, a.id LIMIT {FIRST}")

    def roots(self, look: Look) -> Iterator[array[int]]:
        """The keys of the accounts at the top, in order; in parts, so that a window can be drawn in between."""
        source, given = self._at_the_top(look)
        if look.order != NAME:
            source = f"SELECT * FROM ({source})"
        found = self._connection.execute(f"SELECT id FROM ({source} ORDER BY {self._order(look)})", given)
        while part := found.fetchmany(PART):
            yield array("q", [key for (key,) in part])

    def _at_the_top(self, look: Look) -> tuple[str, list[str]]:
        columns = {NAME: "a.id, a.sort_key", RECENT: "a.id, a.sort_key, a.last_activity_at"}.get(
            look.order, "a.id, a.sort_key, a.level"
        )
        if not look.is_flat:
            return ALL_AT_THE_TOP.format(columns), []
        test, given = _flat(look)
        return f"SELECT {columns} FROM account a WHERE {test}", given

    def _order(self, look: Look) -> str:
        if look.order == RECENT:
            return "last_activity_at IS NULL, last_activity_at DESC, sort_key, id"
        if look.order == LEVEL:
            places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(self.levels()))
            return f"CASE level {places} ELSE 99 END, sort_key, id"
        return "+sort_key, id" if look.is_flat else "sort_key, id"

    def levels(self) -> tuple[str, ...]:
        """The codes of the levels, the most important first."""
        rows = self._connection.execute(
            "SELECT code FROM pick_item WHERE list_code = 'level' AND deleted_at IS NULL ORDER BY position, id"
        )
        codes = tuple(code for (code,) in rows if code.isidentifier())
        return codes or LEVELS

    def belonging(self, look: Look, ids: Iterable[int]) -> set[int]:
        """Which of these accounts stand at the top."""
        test, given = _flat(look) if look.is_flat else (f"{LIVING} AND (a.parent_id IS NULL OR {UNDER_CLOSED})", [])
        test = test.replace("a.deleted_at IS", "+a.deleted_at IS")
        rows = self._connection.execute(f"SELECT a.id FROM account a WHERE a.id IN ({_list(ids)}) AND {test}", given)
        return {key for (key,) in rows}

    def ranks(self, look: Look, ids: Iterable[int]) -> dict[int, Rank]:
        """What these accounts are ordered by, comparable as `roots` orders them."""
        rows = self._connection.execute(
            f"SELECT id, sort_key, last_activity_at, level FROM account WHERE id IN ({_list(ids)})"
        )
        places = {code: place for place, code in enumerate(self.levels())} if look.order == LEVEL else {}
        found: dict[int, Rank] = {}
        for key, name, at, level in rows:
            tie = (name or "", key)
            if look.order == RECENT:
                found[key] = (not at, [-ord(each) for each in at or ""], *tie)
            else:
                found[key] = (places.get(level, 99), *tie) if look.order == LEVEL else tie
        return found

    def ordered(self, ids: Iterable[int]) -> list[int]:
        """Living accounts by name, closed ones too."""
        rows = self._connection.execute(
            f"SELECT id FROM account WHERE id IN ({_list(ids)}) AND +deleted_at IS NULL ORDER BY +sort_key, id"
        )
        return [key for (key,) in rows]

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
        branches = self._connection.execute(
            "SELECT a.id FROM account a WHERE a.parent_id = ?1 AND a.deleted_at IS NULL AND (a.status <> 'closed'"
            " OR (SELECT status FROM account WHERE id = ?1) = 'closed') ORDER BY a.sort_key, a.id",
            (account,),
        )
        people = self._connection.execute(
            "SELECT c.id FROM affiliation f JOIN contact c ON c.id = f.contact_id"
            f" WHERE f.account_id = ? AND f.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY {CURRENT_FIRST}",
            (account,),
        )
        return [key for (key,) in branches], list(dict.fromkeys(key for (key,) in people))

    def branches(self, accounts: Iterable[int]) -> set[int]:
        """The living accounts right below some accounts."""
        rows = self._connection.execute(
            f"SELECT id FROM account WHERE parent_id IN ({_list(accounts)}) AND deleted_at IS NULL"
        )
        return {key for (key,) in rows}

    def families(self, account: int) -> list[int]:
        """An account and the branches at any depth that have something below them."""
        rows = self._connection.execute(
            "WITH RECURSIVE down(id, depth) AS (SELECT ?1, 0 UNION ALL"
            " SELECT a.id, depth + 1 FROM down CROSS JOIN account a ON a.parent_id = down.id"
            f" WHERE {LIVING} AND a.child_count > 0 AND depth < {HIGHEST} LIMIT {MOST_BELOW}) SELECT id FROM down",
            (account,),
        )
        return [key for (key,) in rows]

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

    def beginning(self, text: str, contacts: Sequence[int]) -> set[int]:
        """The accounts, and those of some contacts, whose name, pinyin or initials begin with what was typed."""
        typed = "".join(each for each in plain(text) if each.isalnum())
        if not typed:
            return set()
        low, high = ("0", ":") if typed[0].isdecimal() else (typed[0], chr(ord(typed[0]) + 1))
        pattern = ("*" if typed[0].isdecimal() else "") + "*".join(typed) + "*"
        rows = self._connection.execute(
            "SELECT id, sort_key FROM account WHERE deleted_at IS NULL AND sort_key >= ? AND sort_key < ?"
            " AND sort_key GLOB ?",
            (low, high, pattern),
        ).fetchall()
        if contacts:
            rows += self._connection.execute(
                f"SELECT id, sort_key FROM contact WHERE id IN ({_list(contacts)}) AND sort_key GLOB ?", (pattern,)
            ).fetchall()
        if len(typed) == 1 and not typed.isdecimal():
            return {key for key, _name in rows}
        return {key for key, name in rows if begins(name, typed)}

    def counts(self) -> tuple[int, int]:
        """How many accounts and contacts there are."""
        accounts, contacts = self._connection.execute(
            "SELECT (SELECT count(*) FROM account WHERE deleted_at IS NULL),"
            " (SELECT count(*) FROM contact WHERE deleted_at IS NULL)"
        ).fetchone()
        return accounts, contacts

    def tally(self) -> dict[tuple[str, str], int]:
        """How many living accounts have each status and level."""
        rows = self._connection.execute(
            "SELECT status, coalesce(level, ''), count(*) FROM account WHERE deleted_at IS NULL GROUP BY status, level"
        )
        return {(status, level): count for status, level, count in rows}

    def _accounts(self, tail: str) -> list[Node]:
        rows = self._connection.execute(f"SELECT {NODE_COLUMNS} FROM account a {tail}")
        return [
            Node(ACCOUNT, key, name, kind, level or "", status, children, at or "")
            for key, name, kind, level, status, children, at in rows
        ]


def first_page(path: Path) -> tuple[list[Node], tuple[int, int]]:
    """The first accounts and the counts of a data file, or nothing when there is none yet or it is an older one."""
    if not path.exists():
        return [], (0, 0)
    with closing(Outline(path)) as outline:
        return outline.first(), outline.counts()


def begins(sort_key: str, typed: str) -> bool:
    """Whether a name, known by its sort key, begins with letters as they are typed: spelt out or by initials."""
    words = [_PADDED_NUMBER.sub(_bare, each) for each in sort_key.split(" ") if len(each) > 1 or each < "\u3000"]
    return "".join(words).startswith(typed) or "".join([each[:1] for each in words]).startswith(typed)


def _bare(number: re.Match[str]) -> str:
    return number[0].lstrip("0") or "0"


def _flat(look: Look) -> tuple[str, list[str]]:
    """The condition of a look that lists accounts of one level or status, wherever they stand."""
    tests, given = ["a.deleted_at IS NULL"], []
    if look.status:
        tests.append("a.status = ?")
        given.append(look.status)
    else:
        tests.append("a.status <> 'closed'")
    if look.level:
        tests.append("a.level = ?")
        given.append(look.level)
    return " AND ".join(tests), given


def _contact(row: tuple[int, str, str | None, str | None, str | None, int | None]) -> Node:
    key, name, title, status, at, is_primary = row
    return Node(CONTACT, key, name, title or "", "", status or "current", 0, at or "", bool(is_primary))


def _list(ids: Iterable[int]) -> str:
    return ",".join(map(str, map(int, ids)))
