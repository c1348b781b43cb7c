"""Finding records by any part of what people remember: ready-made tokens in FTS5, kept by the write path.

One contentless table for each kind of record, so that results come grouped. Tokens are made by `text/tokens.py` and
`text/ranks.py`. Where they say less than the query (three hanzi and more, four letters and more), what FTS5 finds is
only a candidate, and is checked against the record's own words.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Row

from crm_desktop.store.engine import bare
from crm_desktop.store.words import Words, words_of
from crm_desktop.text.folding import fold
from crm_desktop.text.ranks import INSIDE, rank, rank_queries
from crm_desktop.text.tokens import Alternatives, are_enough, query_tokens, words_inside

SEARCHED = ("account", "contact", "activity")
BATCH = 1000
PAGE = 200
"""How many candidates are read at once to check them."""
NEWEST = 400
"""Among how many of the newest candidates the best are looked for before the others."""
NAMED = ("account", "contact")
"""What has a name, which `name_key` holds in folded form."""
RECENT = {
    "account": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "contact": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "activity": "r.at DESC, r.id DESC",
}
TABLE = (
    "CREATE VIRTUAL TABLE search_{entity} USING fts5(grams, content='', contentless_delete=1, detail=none,"
    " tokenize='ascii')"
)
"""Another name of the column tells apart what an older version made."""


RAREST = 4
"""How many tokens of a word are asked for."""
SAMPLES, COMMON = 1000, 3
"""From how many records the common tokens are learned, and in how many of these such a token is."""
LATER = "CREATE TABLE IF NOT EXISTS search_later (entity TEXT, id INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID"
"""The records that `store/search_later.py` has yet to see to."""
SHARES = (
    "CREATE TABLE IF NOT EXISTS search_common (entity TEXT, token TEXT, share INTEGER, PRIMARY KEY (entity, token))"
    " WITHOUT ROWID"
)
"""In how many of some records the common tokens are."""


def ensure(connection: Connection) -> None:
    """Make the search tables; where they are missing or are an older version's, they are filled later."""
    connection.exec_driver_sql(LATER)
    connection.exec_driver_sql(SHARES)
    for entity in SEARCHED:
        name, wanted = f"search_{entity}", TABLE.format(entity=entity)
        query = "SELECT sql FROM sqlite_master WHERE name = ?"
        if connection.exec_driver_sql(query, (name,)).scalar() != wanted:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
            connection.exec_driver_sql(wanted)
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO search_later SELECT '{entity}', id FROM {entity} WHERE deleted_at IS NULL"
            )


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.exec_driver_sql("DELETE FROM search_later")
    for entity in SEARCHED:
        connection.exec_driver_sql(f"INSERT INTO search_{entity} (search_{entity}) VALUES ('delete-all')")
        living = connection.exec_driver_sql(f"SELECT id FROM {entity} WHERE deleted_at IS NULL ORDER BY id")
        for _count in _fill(connection, entity, living.scalars().all()):
            pass
    take_samples(connection)


def outdated(connection: Connection) -> int:
    """How many records in `temp.affected` have words that may be others now."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM temp.affected WHERE words").scalar_one())


def refreshing(connection: Connection) -> Iterator[int]:
    """Bring the index up to date for the records in `temp.affected`; gives how many records each bit had."""
    for entity in SEARCHED:
        affected = f"FROM temp.affected t WHERE t.entity = '{entity}' AND t.words"
        old = connection.exec_driver_sql(f"SELECT t.id {affected} AND NOT t.is_new").scalars().all()
        for page in _pages(old):
            take_out(connection, entity, page)
            yield 0
        connection.exec_driver_sql(
            f"DELETE FROM search_later WHERE entity = '{entity}' AND id IN (SELECT t.id {affected})"
        )
        living = f"FROM temp.affected t CROSS JOIN {entity} r ON r.id = t.id"
        living += f" WHERE t.entity = '{entity}' AND t.words AND r.deleted_at IS NULL ORDER BY r.id"
        keys = connection.exec_driver_sql(f"SELECT r.id {living}").scalars().all()
        yield from _fill(connection, entity, keys)
        yield len(old) and len(set(old) - set(keys))


def _pages(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


def _fill(connection: Connection, entity: str, keys: Sequence[int]) -> Iterator[int]:
    """Put records into the index; the tokens of a page are made while SQLite, in a thread, takes those before it.

    One statement takes a whole page, because the interpreter is free for the other thread as long as that runs.
    """
    if not keys:
        return
    pages = (tokens_of(connection, entity, page) for page in _pages(keys))
    ready = next(pages)
    with ThreadPoolExecutor(1) as beside:
        for ahead in pages:
            writing = beside.submit(put_in, connection, entity, ready)
            count, ready = len(ready), ahead
            writing.result()
            yield count
    put_in(connection, entity, ready)
    yield len(ready)


def tokens_of(connection: Connection, entity: str, keys: Sequence[int]) -> dict[int, str]:
    """The tokens of the living ones among these records."""
    return {key: words.tokens() for key, words in words_of(connection, entity, keys).items()}


def put_in(connection: Connection, entity: str, tokens: Mapping[int, str]) -> None:
    """Put records that are not in the index there."""
    connection.exec_driver_sql(
        f"INSERT INTO search_{entity} (rowid, grams) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
        (json.dumps(tokens, ensure_ascii=False),),
    )


def take_out(connection: Connection, entity: str, keys: Sequence[int]) -> None:
    """Take records out of the index; those that are not there do no harm."""
    connection.exec_driver_sql(
        f"DELETE FROM search_{entity} WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    )


def best(connection: Connection, entity: str, query: str, limit: int) -> Iterator[tuple[int, int, Words]]:
    """The records of one kind that hold `query`: key, rank and words, the nearest first, then the most recent.

    Nothing is left out, however much there is; `limit` says how many are likely to be taken. Of more than `NEWEST`
    records of one rank, the newest ones come first, the most recent of these at the top.
    """
    tokens, asked, is_enough = query_tokens(query), fold(query), are_enough(query)
    if not tokens:
        return
    told: set[int] = set()
    wanted = expression(connection, entity, tokens)
    for level, narrowed in [*_levels(connection, entity, asked), (INSIDE, wanted)]:
        for page in _nearest(connection, entity, narrowed, asked if level == INSIDE else "", limit):
            keys = [key for key in page if key not in told]
            words = words_of(connection, entity, keys) if keys else {}
            for key in keys:
                near = rank(asked, words[key].people, words[key].companies)
                if level == INSIDE:
                    is_right = is_enough or words[key].match(query)
                else:
                    is_right = near == level and words[key].match(query)
                if is_right:
                    told.add(key)
                    yield key, near, words[key]


def _levels(connection: Connection, entity: str, asked: str) -> list[tuple[int, str]]:
    """What to ask for at each level above INSIDE."""
    if entity not in NAMED or not asked:
        return []
    return [(level, expression(connection, entity, [(tuple(each),)])) for level, each in rank_queries(asked).items()]


def _nearest(connection: Connection, entity: str, wanted: str, asked: str, limit: int) -> Iterator[Sequence[int]]:
    """The living records that hold what is wanted, the newest ones in their order of nearness, then all others."""
    table = f"search_{entity}"
    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT {NEWEST}"
    newest = [key for (key,) in bare(connection).execute(query, (wanted,))]
    if not newest:
        return
    order, values = RECENT[entity], [json.dumps(newest)]
    if asked and entity in NAMED:
        order = f"instr(r.name_key, ?) = 0, {order}"
        values.append(asked)
    living = f"FROM json_each(?) s CROSS JOIN {entity} r ON r.id = s.value WHERE r.deleted_at IS NULL"
    keys = [key for (key,) in bare(connection).execute(f"SELECT r.id {living} ORDER BY {order}", values)]
    yield from _growing(keys, limit)
    if len(newest) == NEWEST:
        older = f"SELECT r.id {_living(entity)} AND s.rowid < ? ORDER BY s.rowid DESC"
        with closing(connection.exec_driver_sql(older, (wanted, newest[-1])).scalars()) as rest:
            yield from map(list, rest.partitions(PAGE))


def _growing(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Pages that double, because where the first held little, much has to be looked through."""
    start = 0
    while start < len(keys):
        yield keys[start : start + size]
        start, size = start + size, min(2 * size, PAGE)


def expression(connection: Connection, entity: str, asked: Sequence[Alternatives]) -> str:
    """What a query asks for, in the language of FTS5.

    Of each word only the rarest tokens, because it takes long to run along lists of thousands of records; what the
    others would leave out is left out when candidates are checked.
    """
    tokens = {token for word in asked for each in word for token in each}
    query = "SELECT token, share FROM search_common WHERE entity = ? AND token IN (SELECT value FROM json_each(?))"
    shares = dict(bare(connection).execute(query, (entity, json.dumps(list(tokens)))).fetchall())
    words = ([_all_of(_rarest(each, shares)) for each in word] for word in asked)
    return " AND ".join(f"({' OR '.join(word)})" for word in words)


def _rarest(tokens: Iterable[str], shares: Mapping[str, int]) -> list[str]:
    """The rarest tokens; of equals those that stand apart, because neighbours say nearly the same."""
    every = list(dict.fromkeys(tokens))
    apart = max(1, len(every) // RAREST)
    spread = [token for start in range(apart) for token in every[start::apart]]
    return sorted(spread, key=lambda token: shares.get(token, 0))[:RAREST]


def _all_of(tokens: Iterable[str]) -> str:
    return "(" + " AND ".join(f'"{each}"' for each in tokens) + ")"


def take_samples(connection: Connection) -> None:
    """Learn from some records which tokens are common; of a word about which nothing is known the first are used."""
    connection.exec_driver_sql("DELETE FROM search_common")
    for entity in SEARCHED:
        found = tokens_of(connection, entity, _some(connection, entity)).values()
        counts = Counter(token for tokens in found for token in tokens.split())
        rows = [(entity, token, count) for token, count in counts.items() if count >= COMMON]
        if rows:
            connection.exec_driver_sql("INSERT INTO search_common VALUES (?, ?, ?)", rows)


def _some(connection: Connection, entity: str) -> list[int]:
    """Records from all over the table."""
    first, last = connection.exec_driver_sql(f"SELECT min(id), max(id) FROM {entity}").one()
    if first is None:
        return []
    places = [first + (last - first) * each // SAMPLES for each in range(SAMPLES)]
    query = f"SELECT DISTINCT (SELECT id FROM {entity} WHERE id >= value ORDER BY id LIMIT 1) FROM json_each(?)"
    return list(connection.exec_driver_sql(query, (json.dumps(places),)).scalars())


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
        f"SELECT r.id, {certain} AS is_certain {_living(entity)} ORDER BY s.rowid DESC",
        (*words, expression(connection, entity, tokens)),
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
    """How many living records the index lacks and how many dead ones it still holds, besides those that wait."""
    counts: dict[str, Any] = defaultdict(int)
    later = f"(SELECT id FROM search_later WHERE entity = '{entity}')"
    counts["missing"] = connection.exec_driver_sql(
        f"SELECT count(*) FROM {entity} WHERE deleted_at IS NULL AND id NOT IN (SELECT rowid FROM search_{entity})"
        f" AND id NOT IN {later}"
    ).scalar_one()
    counts["left over"] = connection.exec_driver_sql(
        f"SELECT count(*) FROM search_{entity} WHERE rowid NOT IN (SELECT id FROM {entity} WHERE deleted_at IS NULL)"
        f" AND rowid NOT IN {later}"
    ).scalar_one()
    return dict(counts)
