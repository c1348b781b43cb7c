"""Which accounts stand where in the tree: what narrows it, what it is ordered by, and what typed letters lead to."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple, TypeAlias

from crm_desktop.store.driver import Connection

NAME, RECENT, LEVEL = "name", "recent", "level"
"""What accounts at the top can be ordered by."""
LEVELS = ("vip", "a", "b", "c", "normal")
"""From the most important down, as long as the data file has no levels of its own."""
PART = 10_000
AHEAD = 8
"""How many names that begin as typed are told at first; then so many times more."""
LONGEST_WORD = 40
"""Letters of the first word of a name, as far as people type it."""
LIVING = "a.deleted_at IS NULL AND a.status <> 'closed'"
UNDER_CLOSED = (
    "EXISTS (SELECT 1 FROM account p WHERE p.id = a.parent_id AND (p.status = 'closed' OR p.deleted_at NOTNULL))"
)
ALL_AT_THE_TOP = f"""
SELECT {{0}} FROM account a WHERE {{1}}a.parent_id IS NULL AND {{1}}{LIVING} UNION ALL
SELECT {{0}} FROM account p CROSS JOIN account a ON a.parent_id = p.id
WHERE p.deleted_at IS NULL AND p.status = 'closed' AND {LIVING} UNION ALL
SELECT {{0}} FROM account p CROSS JOIN account a ON a.parent_id = p.id WHERE p.deleted_at NOTNULL AND {LIVING}"""
"""Accounts without a parent, and the branches of closed ones, which nobody would find otherwise.

With a plus sign before its columns, SQLite reads the table from its beginning to its end: to look up each account
that an index names takes twice as long, and the index has nothing but the names.
"""
OF_SOME = "FROM json_each(?) j CROSS JOIN account a ON a.id = j.value WHERE a.deleted_at IS NULL"
"""Living accounts among keys, however many."""
_PADDED_NUMBER = re.compile(r"\d{10,}")
Rank: TypeAlias = tuple[Any, ...]


class Look(NamedTuple):
    """Which accounts the tree shows, and in what order they stand at the top."""

    order: str = NAME
    level: str = ""
    status: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether only accounts of a level or status are shown, with what they are below."""
        return bool(self.level or self.status)


class Ordering:
    """What the tree asks about the places of accounts."""

    _connection: Connection

    def roots(self, order: str = NAME) -> Iterator[array[int]]:
        """The keys of the accounts at the top, in order; in parts, so that they can be given up in between."""
        columns = {NAME: "", RECENT: ", a.last_activity_at", LEVEL: ", a.level"}[order]
        source = ALL_AT_THE_TOP.format(f"a.id, a.sort_key{columns}", "+" if columns else "")
        if order != NAME:
            source = f"SELECT * FROM ({source})"
        found = self._connection.execute(f"SELECT id FROM ({source} ORDER BY {self._order(order)})")
        while part := found.fetchmany(PART):
            yield array("q", [key for (key,) in part])

    def _order(self, order: str, sort_key: str = "sort_key") -> str:
        if order == RECENT:
            return f"last_activity_at IS NULL, last_activity_at DESC, {sort_key}, id"
        if order == LEVEL:
            places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(self.levels()))
            return f"CASE level {places} ELSE 99 END, {sort_key}, id"
        return f"{sort_key}, id"

    def levels(self) -> tuple[str, ...]:
        """The codes of the levels, the most important first."""
        rows = self._connection.execute(
            "SELECT code FROM pick_item WHERE list_code = 'level' AND deleted_at IS NULL ORDER BY position, id"
        )
        codes = tuple(code for (code,) in rows if code.isidentifier())
        return codes or LEVELS

    def belonging(self, ids: Iterable[int]) -> set[int]:
        """Which of these accounts stand at the top, when nothing narrows the tree."""
        rows = self._connection.execute(
            f"SELECT a.id {OF_SOME} AND a.status <> 'closed' AND (a.parent_id IS NULL OR {UNDER_CLOSED})", (_json(ids),)
        )
        return {key for (key,) in rows}

    def ranks(self, order: str, ids: Iterable[int]) -> dict[int, Rank]:
        """What these accounts are ordered by, comparable as `roots` orders them."""
        rows = self._connection.execute(
            "SELECT a.id, a.sort_key, a.last_activity_at, a.level FROM json_each(?) j CROSS JOIN account a"
            " ON a.id = j.value",
            (_json(ids),),
        )
        places = {code: place for place, code in enumerate(self.levels())} if order == LEVEL else {}
        found: dict[int, Rank] = {}
        for key, name, at, level in rows:
            tie = (name or "", key)
            if order == RECENT:
                found[key] = (not at, [-ord(each) for each in at or ""], *tie)
            else:
                found[key] = (places.get(level, 99), *tie) if order == LEVEL else tie
        return found

    def ordered(self, ids: Iterable[int], order: str = NAME) -> list[int]:
        """Living accounts in order, closed ones too."""
        rows = self._connection.execute(
            f"SELECT id FROM (SELECT a.id, a.sort_key, a.last_activity_at, a.level {OF_SOME})"
            f" ORDER BY {self._order(order)}",
            (_json(ids),),
        )
        return [key for (key,) in rows]

    def fitting(self, look: Look, ids: Iterable[int] | None = None) -> set[int]:
        """The living accounts of the level and status that a look asks for, of some or of all."""
        tests, given = "", []
        for name, value in (("level", look.level), ("status", look.status)):
            if value:
                tests += f" AND a.{name} = ?"
                given.append(value)
        if ids is not None:
            rows = self._connection.execute(f"SELECT a.id {OF_SOME}{tests}", (_json(ids), *given))
        else:
            tests += "" if look.status else " AND a.status <> 'closed'"
            rows = self._connection.execute(f"SELECT a.id FROM account a WHERE a.deleted_at IS NULL{tests}", given)
        return {key for (key,) in rows}

    def parents(self, accounts: Iterable[int], shown: Set[int]) -> dict[int, int]:
        """The account above each of these and of those above them, 0 at the top; a closed one only if it is `shown`."""
        found: dict[int, int] = {}
        wanted = set(accounts)
        while wanted:
            rows = self._connection.execute(
                "SELECT a.id, p.id, p.status FROM json_each(?) j CROSS JOIN account a ON a.id = j.value"
                " LEFT JOIN account p ON p.id = a.parent_id AND p.deleted_at IS NULL WHERE a.deleted_at IS NULL",
                (_json(wanted),),
            )
            for key, above, status in rows:
                found[key] = above if above and (status != "closed" or above in shown) else 0
            wanted = set(found.values()) - found.keys() - {0}
        return found

    def beginning(self, text: str, contacts: Sequence[int]) -> set[int]:
        """The accounts, and those of some contacts, whose name, pinyin or initials begin with what was typed."""
        begins = _Beginning(text)
        if not begins.typed:
            return set()
        rows = self._connection.execute(
            "SELECT a.id, a.sort_key FROM account a WHERE a.deleted_at IS NULL AND a.sort_key >= ? AND a.sort_key < ?"
            f" AND {begins.test('a')}",
            (*begins.bounds, *begins.patterns),
        ).fetchall()
        rows += self._contacts_beginning(begins, contacts)
        return begins.among(rows)

    def beginning_after(self, text: str, after: Rank) -> Iterator[list[int]]:
        """Accounts whose name begins with what was typed, by name from a place on, then from the first; few, then more.

        `after` is a name's sort key and its account.
        """
        begins, found, many = _Beginning(text), [], AHEAD
        for above, least in (after, ("", 0)) if begins.typed else ():
            low, high = begins.bounds
            rows = self._connection.execute(
                "SELECT a.id, a.sort_key FROM account a WHERE a.deleted_at IS NULL AND a.sort_key >= ?"
                f" AND a.sort_key < ? AND (a.sort_key, a.id) > (?, ?) AND {begins.test('a')}"
                " ORDER BY a.sort_key, a.id",
                (max(low, above), high, above, least, *begins.patterns),
            )
            for key, name in rows:
                if begins.fits(name):
                    found.append(key)
                if len(found) == many:
                    yield found
                    found, many = [], many * AHEAD
            yield found
            found = []

    def some_beginning(self, text: str, accounts: Iterable[int], contacts: Iterable[int]) -> set[int]:
        """Those of some accounts and contacts whose name begins with what was typed."""
        begins = _Beginning(text)
        if not begins.typed:
            return set()
        rows = self._connection.execute(
            f"SELECT a.id, a.sort_key {OF_SOME} AND {begins.test('a')}", (_json(accounts), *begins.patterns)
        ).fetchall()
        return begins.among([*rows, *self._contacts_beginning(begins, contacts)])

    def _contacts_beginning(self, begins: _Beginning, contacts: Iterable[int]) -> list[tuple[int, str]]:
        return list(
            self._connection.execute(
                "SELECT c.id, c.sort_key FROM json_each(?) j CROSS JOIN contact c ON c.id = j.value"
                f" WHERE {begins.test('c')}",
                (_json(contacts), *begins.patterns),
            )
        )


class _Beginning:
    """The names that begin with some letters, as a range and as patterns of sort keys, which hold a few others too."""

    def __init__(self, text: str) -> None:
        from crm_desktop.text.folding import plain

        self.typed = typed = "".join(each for each in plain(text) if each.isalnum())
        is_number = typed[:1].isdecimal()
        self.bounds = ("0", ":") if is_number else (typed[:1], chr(ord(typed[:1] or "a") + 1))
        if is_number:  # which a sort key holds with noughts before it
            self.patterns = ["*" + "*".join(typed) + "*"]
        else:
            initials = "".join(f" *{each}*" if each.isdecimal() else f" {each}*" for each in typed)
            words = [f"{typed[:end]} *{'*'.join(typed[end:])}*" for end in range(1, min(len(typed), LONGEST_WORD))]
            self.patterns = [f"{typed}*", *words, initials.lstrip()]

    def test(self, table: str) -> str:
        """The condition that a row may begin so; it takes the patterns as its values."""
        return f"({' OR '.join([f'{table}.sort_key GLOB ?'] * len(self.patterns))})"

    def among(self, rows: Sequence[tuple[int, str]]) -> set[int]:
        """The keys of those rows of key and sort key that really begin so."""
        return {key for key, name in rows if self.fits(name)}

    def fits(self, sort_key: str) -> bool:
        """Whether a name that was found by the patterns really begins so."""
        return (len(self.typed) == 1 and not self.typed.isdecimal()) or begins(sort_key, self.typed)


def begins(sort_key: str, typed: str) -> bool:
    """Whether a name, known by its sort key, begins with letters as they are typed: spelt out or by initials."""
    words = [_PADDED_NUMBER.sub(_bare, each) for each in sort_key.split(" ") if len(each) > 1 or each < "\u3000"]
    return "".join(words).startswith(typed) or "".join([each[:1] for each in words]).startswith(typed)


def _bare(number: re.Match[str]) -> str:
    return number[0].lstrip("0") or "0"


def _json(ids: Iterable[int]) -> str:
    return json.dumps(list(map(int, ids)))
