"""Which of the records that hold what is typed come first: what the search panel, the tree and the command line show.

By nearness (`text/ranks.py`), the user's own before others', the most recent first. Of more than `NEWEST` records of
one rank this order holds among the `NEWEST` that were made last; the older ones follow, the newest first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from sqlalchemy import Connection

from crm_desktop.model.account import PERSON
from crm_desktop.store.engine import bare
from crm_desktop.store.search import NAMED, PAGE, expression, living
from crm_desktop.store.words import Words, words_of
from crm_desktop.text.folding import fold
from crm_desktop.text.pieces import query_words
from crm_desktop.text.ranks import ENDS, INSIDE, rank, rank_queries
from crm_desktop.text.tokens import are_enough, query_tokens

NEWEST = 400
"""Among how many of the newest records of a rank the best are looked for before the others."""
RECENT = {
    "account": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "contact": "coalesce(r.last_activity_at, r.created_at) DESC, r.id DESC",
    "activity": "r.at DESC, r.id DESC",
}
OWNER = {"account": "owner_id", "contact": "owner_id", "activity": "author_id"}
"""The column that tells whose a record is."""
NAMES = {
    "account": "SELECT id, kind, name, short_name, name_en FROM account WHERE id IN ({})",
    "contact": f"SELECT id, '{PERSON}', full_name, english_name FROM contact WHERE id IN ({{}})",
}
Found = tuple[int, int]
"""The key of a record and its rank."""


def best(connection: Connection, entity: str, query: str, limit: int, own: int | None = None) -> Iterator[Found]:
    """The records of one kind that hold `query`, the nearest first; those of the user `own` before others'.

    Nothing is left out, however much there is; `limit` says how many are likely to be taken.
    """
    asked = fold(query)
    told: set[int] = set()
    for level, wanted in _levels(connection, entity, query):
        for page in _candidates(connection, entity, wanted, asked if level == INSIDE else "", limit, own):
            keys = [key for key in page if key not in told]
            held = _holding(connection, entity, keys, query, level) if keys else {}
            for key in keys:
                words = held.get(key)
                if words is None:
                    continue
                near = rank(asked, words.people, words.companies, words.digits)
                if level in (near, INSIDE):
                    told.add(key)
                    yield key, near


def _levels(connection: Connection, entity: str, query: str) -> Iterator[tuple[int, str]]:
    """What to ask the index for, rank by rank; the last of these fetches all that holds the query."""
    tokens = query_tokens(query)
    if not tokens:
        return
    for level, each in rank_queries(fold(query)).items():
        if entity in NAMED or level == ENDS:
            yield level, expression(connection, entity, [(tuple(each),)])
    yield INSIDE, expression(connection, entity, tokens)


def _holding(connection: Connection, entity: str, keys: Sequence[int], query: str, level: int) -> Mapping[int, Words]:
    """The records among these that hold the query; only their names where those or the tokens tell it already."""
    is_told_by_name = level < ENDS and len(query_words(query)) == 1
    if is_told_by_name or (level == INSIDE and are_enough(query)):
        return _names(connection, entity, keys)
    return {key: words for key, words in words_of(connection, entity, keys).items() if words.match(query)}


def _names(connection: Connection, entity: str, keys: Sequence[int]) -> dict[int, Words]:
    if entity not in NAMED:
        return dict.fromkeys(keys, Words())
    found: dict[int, Words] = {}
    for key, kind, *names in bare(connection).execute(NAMES[entity].format(",".join(map(str, keys)))):
        given = [each for each in names if each]
        found[key] = Words(people=given) if kind == PERSON else Words(companies=given)
    return found


def _candidates(
    connection: Connection, entity: str, wanted: str, asked: str, limit: int, own: int | None
) -> Iterator[Sequence[int]]:
    """The living records that hold what is wanted, the newest ones in their order, then all others."""
    table = f"search_{entity}"
    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT {NEWEST}"
    newest = [key for (key,) in bare(connection).execute(query, (wanted,))]
    if not newest:
        return
    order = [RECENT[entity]]
    if own is not None:
        order.insert(0, f"r.{OWNER[entity]} IS :own DESC")
    if asked and entity in NAMED:
        order.insert(0, "instr(r.name_key, :asked) = 0")
    rows = f"FROM json_each(:keys) s CROSS JOIN {entity} r ON r.id = s.value WHERE r.deleted_at IS NULL"
    places = {"keys": json.dumps(newest), "asked": asked, "own": own}
    ordered = bare(connection).execute(f"SELECT r.id {rows} ORDER BY {', '.join(order)}", places)
    yield from _growing([key for (key,) in ordered], limit)
    if len(newest) == NEWEST:
        older = f"SELECT r.id {living(entity)} AND s.rowid < ? ORDER BY s.rowid DESC"
        with closing(connection.exec_driver_sql(older, (wanted, newest[-1])).scalars()) as rest:
            yield from map(list, rest.partitions(PAGE))


def _growing(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Pages that double, because where the first held little, much has to be looked through."""
    start = 0
    while start < len(keys):
        yield keys[start : start + size]
        start, size = start + size, min(2 * size, PAGE)
