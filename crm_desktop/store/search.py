"""Finding records by any part of what people remember: ready-made tokens in FTS5, kept by the write path.

One contentless table for each kind of record, so that results come grouped. Tokens are made by `text/tokens.py` and
`text/ranks.py`. Where they say less than the query (three hanzi and more, four letters and more), what FTS5 finds is
only a candidate, and is checked against the record's own words.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Row

from crm_desktop.store.engine import bare
from crm_desktop.store.words import words_of
from crm_desktop.text.tokens import Alternatives, are_enough, query_tokens, words_inside

SEARCHED = ("account", "contact", "activity")
BATCH = 1000
PAGE = 200
"""How many candidates are read at once to check them."""
NAMED = ("account", "contact")
"""What has a name, which `name_key` holds in folded form."""
TABLE = (
    "CREATE VIRTUAL TABLE search_{entity} USING fts5({column}, content='', contentless_delete=1, detail=none,"
    " tokenize='ascii')"
)
COLUMN = {"account": "grams_ends", "contact": "grams_ends", "activity": "grams"}
"""Another name of the column tells apart what an older version made."""


RAREST = 4
"""How many tokens of a word are asked for, fewer where there are more words, but at least half as many."""
SAMPLES, COMMON, OFTEN = 1000, 3, 250
"""From how many records the common tokens are learned, in how many of these such a token is, and in how many it says
little."""
LATER = "CREATE TABLE IF NOT EXISTS search_later (entity TEXT, id INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID"
"""The records that `store/search_later.py` has yet to see to."""
SHARES = (
    "CREATE TABLE IF NOT EXISTS search_common (entity TEXT, token TEXT, share INTEGER, PRIMARY KEY (entity, token))"
    " WITHOUT ROWID"
)
"""In how many of some records the common tokens are."""


def is_current(connection: Connection) -> bool:
    """Whether the search tables are there as this version makes them."""
    query = "SELECT sql FROM sqlite_master WHERE name IN (SELECT value FROM json_each(?))"
    made = connection.exec_driver_sql(query, (json.dumps([f"search_{entity}" for entity in SEARCHED]),)).scalars()
    return set(made) == {_table(entity) for entity in SEARCHED}


def ensure(connection: Connection) -> None:
    """Make the search tables; where they are missing or are an older version's, they are filled later."""
    connection.exec_driver_sql(LATER)
    connection.exec_driver_sql(SHARES)
    for entity in SEARCHED:
        query = "SELECT sql FROM sqlite_master WHERE name = ?"
        if connection.exec_driver_sql(query, (f"search_{entity}",)).scalar() != _table(entity):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS search_{entity}")
            connection.exec_driver_sql(_table(entity))
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO search_later SELECT '{entity}', id FROM {entity} WHERE deleted_at IS NULL"
            )


def _table(entity: str) -> str:
    return TABLE.format(entity=entity, column=COLUMN[entity])


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
    """Put records into the index; gives how many each bit had."""
    for page in _pages(keys):
        tokens = tokens_of(connection, entity, page)
        put_in(connection, entity, tokens)
        yield len(tokens)


def tokens_of(connection: Connection, entity: str, keys: Sequence[int]) -> dict[int, str]:
    """The tokens of the living ones among these records."""
    return {key: words.tokens() for key, words in words_of(connection, entity, keys).items()}


def put_in(connection: Connection, entity: str, tokens: Mapping[int, str]) -> None:
    """Put records that are not in the index there."""
    statement = f"INSERT INTO search_{entity} (rowid, {COLUMN[entity]}) VALUES (?, ?)"
    bare(connection).executemany(statement, list(tokens.items()))


def take_out(connection: Connection, entity: str, keys: Sequence[int]) -> None:
    """Take records out of the index; those that are not there do no harm."""
    connection.exec_driver_sql(
        f"DELETE FROM search_{entity} WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    )


def expression(connection: Connection, entity: str, asked: Sequence[Alternatives]) -> str:
    """What a query asks for, in the language of FTS5.

    Of each word only the rarest tokens, and of a long query no word that very many records hold, because it takes long
    to run along lists of thousands of records; what the others would leave out is left out when candidates are checked.
    Of short words, whose tokens are enough, none is left out.
    """
    tokens = {token for word in asked for each in word for token in each}
    query = "SELECT token, share FROM search_common WHERE entity = ? AND token IN (SELECT value FROM json_each(?))"
    shares = dict(bare(connection).execute(query, (entity, json.dumps(list(tokens)))).fetchall())
    telling = [word for word in asked if max(min(shares.get(token, 0) for token in each) for each in word) < OFTEN]
    is_checked = any(len(each) > 1 for word in asked for each in word)
    words = telling if telling and is_checked else asked
    most = max(RAREST // 2, RAREST + 1 - len(words))
    found = ([_all_of(_rarest(each, shares, most)) for each in word] for word in words)
    return " AND ".join(f"({' OR '.join(word)})" for word in found)


def _rarest(tokens: Iterable[str], shares: Mapping[str, int], most: int) -> list[str]:
    """The rarest tokens; of equals those that stand apart, because neighbours say nearly the same."""
    every = list(dict.fromkeys(tokens))
    apart = max(1, len(every) // most)
    spread = [token for start in range(apart) for token in every[start::apart]]
    return sorted(spread, key=lambda token: shares.get(token, 0))[:most]


def _all_of(tokens: Iterable[str]) -> str:
    return "(" + " AND ".join(f'"{each}"' for each in tokens) + ")"


def take_samples(connection: Connection) -> None:
    """Learn from some records which tokens are common; of a word about which nothing is known the first are used."""
    note_common(connection, {entity: tokens_of(connection, entity, some(connection, entity)) for entity in SEARCHED})


def note_common(connection: Connection, samples: Mapping[str, Mapping[int, str]]) -> None:
    """Keep which tokens are common, as the tokens of some records of each kind tell."""
    connection.exec_driver_sql("DELETE FROM search_common")
    for entity, tokens in samples.items():
        counts = Counter(chain.from_iterable(map(str.split, tokens.values())))
        rows = [(entity, token, count) for token, count in counts.items() if count >= COMMON]
        if rows:
            connection.exec_driver_sql("INSERT INTO search_common VALUES (?, ?, ?)", rows)


def some(connection: Connection, entity: str) -> list[int]:
    """Records from all over the table."""
    first, last = connection.exec_driver_sql(f"SELECT min(id), max(id) FROM {entity}").one()
    if first is None:
        return []
    places = [first + (last - first) * each // SAMPLES for each in range(SAMPLES)]
    query = f"SELECT DISTINCT (SELECT id FROM {entity} WHERE id >= value ORDER BY id LIMIT 1) FROM json_each(?)"
    return list(connection.exec_driver_sql(query, (json.dumps(places),)).scalars())


def living(entity: str) -> str:
    """The end of a statement over the living records that the index has for what is wanted."""
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
        f"SELECT r.id, {certain} AS is_certain {living(entity)} ORDER BY s.rowid DESC",
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
