"""Finding records by any part of what people remember: ready-made tokens in FTS5, kept by the write path.

One contentless table for each kind of record, so that results come grouped. Tokens are made by `text/tokens.py` and
`text/ranks.py`. Where they say less than the query (three hanzi and more, very long words), what FTS5 finds is only a
candidate, and is checked against the record's own words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Row

from crm_desktop.model.account import PERSON
from crm_desktop.model.own_kinds import KINDS
from crm_desktop.text.folding import fold
from crm_desktop.text.phones import digits
from crm_desktop.text.ranks import INSIDE, rank, rank_queries, rank_tokens
from crm_desktop.text.tokens import (
    LONGEST,
    are_enough,
    mail_tokens,
    matches,
    name_tokens,
    phone_tokens,
    query_tokens,
    text_tokens,
    words_inside,
)

SEARCHED = ("account", "contact", "activity")
PHONES = ("mobile", "landline", "fax")
OWN_KINDS = ", ".join(f"'{code}'" for code, kind in KINDS.items() if kind.is_searched)
"""The kinds of people's own fields whose texts are searched."""
BATCH = 1000
PAGE = 200
"""How many candidates are read at once to check them."""
NAMED = ("account", "contact")
"""What has a name, which `name_key` holds in folded form."""
RECENT = {
    "account": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "contact": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "activity": "r.at DESC, r.id DESC",
}


@dataclass(slots=True)
class Words:
    """What a record can be found by."""

    people: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)

    def tokens(self) -> str:
        """All tokens of the record, ready for FTS5."""
        found: set[str] = set()
        for name in self.people:
            found.update(name_tokens(name, surname=True), rank_tokens(name, surname=True))
        for name in self.companies:
            found.update(name_tokens(name, surname=False), rank_tokens(name, surname=False))
        for text in self.texts:
            found.update(text_tokens(text))
        for mail in self.mails:
            found.update(mail_tokens(mail))
        for number in self.digits:
            found.update(phone_tokens(number))
        return " ".join(found)

    def match(self, query: str) -> bool:
        """Whether the record really holds what was asked for."""
        return matches(query, self.texts, [*self.people, *self.mails], self.digits, self.companies)


def ensure(connection: Connection) -> None:
    """Make the search tables where they are missing."""
    for entity in SEARCHED:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS search_{entity} USING fts5(tokens, content='', contentless_delete=1,"
            " detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')"
        )


def refresh(connection: Connection) -> None:
    """Bring the index up to date for the records in `temp.affected`."""
    for _count in refreshing(connection):
        pass


def outdated(connection: Connection) -> int:
    """How many records in `temp.affected` have words that may be others now."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM temp.affected WHERE words").scalar_one())


def refreshing(connection: Connection) -> Iterator[int]:
    """`refresh` bit by bit; gives how many records each bit had."""
    for entity in SEARCHED:
        of_kind = f"FROM temp.affected t CROSS JOIN {entity} r ON r.id = t.id WHERE t.entity = '{entity}' AND t.words"
        old = connection.exec_driver_sql(f"SELECT r.id {of_kind} AND NOT t.is_new").scalars().all()
        for page in _pages(old):
            connection.exec_driver_sql(
                f"DELETE FROM search_{entity} WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(page),)
            )
            yield 0
        living = connection.exec_driver_sql(f"SELECT r.id {of_kind} AND r.deleted_at IS NULL").scalars().all()
        yield from _fill(connection, entity, _pages(living))
        yield len(old) and len(set(old) - set(living))


def _pages(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


def _fill(connection: Connection, entity: str, pages: Sequence[Sequence[int]]) -> Iterator[int]:
    """Put records into the index; the tokens of a page are made while SQLite, in a thread, takes those before it.

    One statement takes a whole page, because the interpreter is free for the other thread as long as that runs.
    """
    if not pages:
        return
    words = (words_of(connection, entity, page) for page in pages)
    ready = _tokens(next(words))
    with ThreadPoolExecutor(1) as beside:
        for ahead in words:
            writing = beside.submit(_add, connection, entity, ready)
            count, ready = len(ready), _tokens(ahead)
            writing.result()
            yield count
    _add(connection, entity, ready)
    yield len(ready)


def _add(connection: Connection, entity: str, tokens: Mapping[int, str]) -> None:
    connection.exec_driver_sql(
        f"INSERT INTO search_{entity} (rowid, tokens) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
        (json.dumps(tokens, ensure_ascii=False),),
    )


def _tokens(found: Mapping[int, Words]) -> dict[int, str]:
    return {key: words.tokens() for key, words in found.items()}


def words_of(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, Words]:
    """What the living ones among these records can be found by.

    A plus keeps SQLite from walking all the living ones by an index that begins with `deleted_at`.
    """
    return WORDS[entity](connection, ",".join(map(str, ids)))


def _accounts(connection: Connection, ids: str) -> dict[int, Words]:
    found: dict[int, Words] = {}
    rows = connection.exec_driver_sql(
        "SELECT id, kind, name, short_name, name_en, credit_code, website, description FROM account"
        f" WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    for key, kind, name, short_name, name_en, *texts in rows:
        names = [each for each in (name, short_name, name_en) if each]
        found[key] = Words(texts=[each for each in texts if each])
        if kind == PERSON:
            found[key].people = names
        else:
            found[key].companies = names
    _reach(connection, "account_id", ids, found)
    _own(connection, "v.account_id", ids, found)
    return found


def _contacts(connection: Connection, ids: str) -> dict[int, Words]:
    found: dict[int, Words] = {}
    rows = connection.exec_driver_sql(
        "SELECT id, full_name, english_name, hobby, personality, note FROM contact"
        f" WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    for key, name, english, *texts in rows:
        found[key] = Words(people=[each for each in (name, english) if each], texts=[each for each in texts if each])
    _reach(connection, "contact_id", ids, found)
    _own(connection, "v.contact_id", ids, found)
    _own(connection, "a.contact_id", ids, found)
    rows = connection.exec_driver_sql(
        f"SELECT contact_id, title, department FROM affiliation WHERE contact_id IN ({ids}) AND deleted_at IS NULL"
    )
    for key, *texts in rows:
        if key in found:
            found[key].texts.extend(each for each in texts if each)
    return found


def _activities(connection: Connection, ids: str) -> dict[int, Words]:
    rows = connection.exec_driver_sql(
        f"SELECT id, summary, place FROM activity WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    found = {key: Words(texts=[each for each in texts if each]) for key, *texts in rows}
    _own(connection, "v.activity_id", ids, found)
    return found


def _reach(connection: Connection, owner: str, ids: str, found: dict[int, Words]) -> None:
    """Add channels, addresses and tags."""
    for key, kind, raw, norm, ext in connection.exec_driver_sql(
        f"SELECT {owner}, kind, raw, norm, ext FROM channel WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
    ):
        if key not in found:
            continue
        if kind in PHONES:
            found[key].digits.append(digits(raw, norm, ext))
        else:
            found[key].mails.append(norm or raw)
    for key, text in connection.exec_driver_sql(
        f"SELECT {owner}, line FROM address WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
        f" UNION ALL SELECT g.{owner}, t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        f" WHERE g.{owner} IN ({ids}) AND g.deleted_at IS NULL"
    ):
        if key in found:
            found[key].texts.append(text)


def _own(connection: Connection, owner: str, ids: str, found: dict[int, Words]) -> None:
    """Add what is written in people's own fields: `v` is the value, `a` the place of work that it may be about."""
    role = " JOIN affiliation a ON a.id = v.affiliation_id AND a.deleted_at IS NULL" if owner[0] == "a" else ""
    for key, kind, text in connection.exec_driver_sql(
        f"SELECT {owner}, f.kind, v.text FROM custom_value v JOIN custom_field f ON f.id = v.field_id{role}"
        f" WHERE {owner} IN ({ids}) AND v.deleted_at IS NULL AND f.deleted_at IS NULL AND f.kind IN ({OWN_KINDS})"
    ):
        if key not in found:
            continue
        if kind == "phone":
            found[key].digits.append(digits(text, "", ""))
        elif kind == "mail":
            found[key].mails.append(text)
        else:
            found[key].texts.append(text)


WORDS: dict[str, Callable[[Connection, str], dict[int, Words]]] = {
    "account": _accounts,
    "contact": _contacts,
    "activity": _activities,
}


def best(connection: Connection, entity: str, query: str, limit: int) -> Iterator[tuple[int, int, Words]]:
    """The records of one kind that hold `query`: key, rank and words, the nearest first, then the most recent.

    Nothing is left out, however much there is; `limit` says how many are likely to be taken.
    """
    tokens, asked, is_enough = query_tokens(query), fold(query), are_enough(query)
    if not tokens:
        return
    told: set[int] = set()
    for level, wanted in [*_levels(connection, entity, asked, tokens), (INSIDE, tokens)]:
        for keys in _nearest(connection, entity, wanted, asked if level == INSIDE else "", limit):
            words = words_of(connection, entity, keys) if keys else {}
            for key in keys:
                near = rank(asked, words[key].people, words[key].companies)
                is_due = key not in told if level == INSIDE else near == level
                if is_due and ((is_enough and level == INSIDE) or words[key].match(query)):
                    told.add(key)
                    yield key, near, words[key]


def _levels(connection: Connection, entity: str, asked: str, tokens: list[str]) -> list[tuple[int, list[str]]]:
    """The tokens to ask for at each level above INSIDE; none when no name begins with what was asked."""
    if entity not in NAMED:
        return []
    wanted = rank_queries(asked)
    begins = " OR ".join(_match([token]) for token in wanted.values() if token.endswith("*"))
    table = f"search_{entity}"
    if not connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (begins,)).first():
        return []
    # A token holds the beginning of a long name only, which many names may share.
    others = tokens if len(asked) > LONGEST else []
    return [(level, [token, *others]) for level, token in wanted.items()]


def _nearest(connection: Connection, entity: str, tokens: list[str], asked: str, limit: int) -> Iterator[list[int]]:
    """The living records that hold all the tokens, those with `asked` in their name first: a small page, then large."""
    order, values = RECENT[entity], [_match(tokens)]
    if asked and entity in NAMED:
        order = f"instr(r.name_key, ?) = 0, {order}"
        values.append(asked)
    query = f"SELECT r.id {_living(entity)} ORDER BY {order} LIMIT ? OFFSET ?"
    keys = connection.exec_driver_sql(query, (*values, limit, 0)).scalars().all()
    yield list(keys)
    if len(keys) == limit:
        rest = connection.exec_driver_sql(query, (*values, -1, limit)).scalars().all()
        yield from (list(rest[start : start + PAGE]) for start in range(0, len(rest), PAGE))


def _match(tokens: Iterable[str]) -> str:
    return " AND ".join(f'"{each[:-1]}"*' if each.endswith("*") else f'"{each}"' for each in tokens)


def _living(entity: str) -> str:
    index = f"search_{entity}"
    return f"FROM {index} s CROSS JOIN {entity} r ON r.id = s.rowid WHERE {index} MATCH ? AND r.deleted_at IS NULL"


def find(connection: Connection, entity: str, query: str, limit: int | None = None) -> Iterator[int]:
    """The records of one kind that hold `query`, newest first; every one of them when there is no limit."""
    tokens = query_tokens(query)
    if not tokens:
        return
    is_enough = are_enough(query)
    words = words_inside(query) if entity in NAMED and not is_enough else []
    certain = "1" if is_enough else " AND ".join(["instr(r.name_key, ?) > 0"] * len(words)) or "0"
    rows = connection.exec_driver_sql(
        f"SELECT r.id, {certain} AS is_certain {_living(entity)} ORDER BY s.rowid DESC", (*words, _match(tokens))
    )
    with closing(rows):
        pages = (_checked(connection, entity, page, query) for page in rows.partitions(PAGE))
        yield from islice(chain.from_iterable(pages), limit)


def _checked(connection: Connection, entity: str, rows: Sequence[Row[Any]], query: str) -> Iterator[int]:
    """The keys of those that hold the query for certain, or prove to hold it when their words are read."""
    doubtful = [each.id for each in rows if not each.is_certain]
    words = words_of(connection, entity, doubtful) if doubtful else {}
    return (each.id for each in rows if each.is_certain or words[each.id].match(query))


def unindexed(connection: Connection, entity: str) -> dict[str, int]:
    """How many living records the index lacks and how many dead ones it still holds."""
    counts: dict[str, Any] = defaultdict(int)
    counts["missing"] = connection.exec_driver_sql(
        f"SELECT count(*) FROM {entity} WHERE deleted_at IS NULL AND id NOT IN (SELECT rowid FROM search_{entity})"
    ).scalar_one()
    counts["left over"] = connection.exec_driver_sql(
        f"SELECT count(*) FROM search_{entity} WHERE rowid NOT IN (SELECT id FROM {entity} WHERE deleted_at IS NULL)"
    ).scalar_one()
    return dict(counts)
