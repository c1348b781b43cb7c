"""Search words of many records at once: worked out after the step that changed them, in small steps of their own.

A step that touches thousands of records only notes which they are, so that the data is there, and free for the next
step, in half the time. The note is part of the step, so that nothing is forgotten when the program ends meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, Engine

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, all_stays
from crm_desktop.pool import Pool, how_many, pool
from crm_desktop.store import search
from crm_desktop.store.cache import little_cache
from crm_desktop.store.engine import WRITING, open_engine
from crm_desktop.store.journal import dumps

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

MOST_AT_ONCE = 5000
"""Up to how many records a step brings into the search by itself."""
MANY = 20_000
"""From how many records on other processes help."""
DEAD_AT_ONCE = 20_000
"""How many records are taken out of the index at once: FTS5 marks them in every part of it when it commits."""
_DEAD = " AND NOT EXISTS (SELECT 1 FROM {entity} r WHERE r.id = search_later.id AND r.deleted_at IS NULL)"


def put_off(connection: Connection) -> None:
    """Note the records in `temp.affected` whose words may be others now."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO search_later SELECT entity, id FROM temp.affected WHERE words ORDER BY entity, id"
    )


def waiting(workspace: Workspace) -> int:
    """How many records the search does not know as they are now."""
    with workspace.read() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM search_later").scalar_one())


def is_waiting(workspace: Workspace) -> bool:
    """Whether there is any record that the search does not know as it is now."""
    with workspace.read() as session:
        return session.connection().exec_driver_sql("SELECT 1 FROM search_later LIMIT 1").first() is not None


def catching_up(workspace: Workspace) -> Job[None]:
    """Bring the search up to date; given up before its end, it goes on from there the next time.

    The words are read and cut up before the lock is taken, so that people can save in between; where there are very
    many, other processes do that while this one has SQLite take what they made.
    """
    total, done = waiting(workspace), 0
    if not total:
        return
    helpers = how_many() if total > MANY else 0
    with all_stays(), pool(helpers, partial(_cut, workspace.engine), _cutter, workspace.path) as cutters:
        for (entity, keys), found in _pages(workspace, cutters):
            _take(workspace, entity, keys, found)
            done += len(keys)
            yield Progress(min(done, total), total, _("Bringing the search up to date"))
        if total > MOST_AT_ONCE:
            _take_samples(workspace, cutters)


class Cut(NamedTuple):
    """The tokens of some records, and the newest step that they know of."""

    basis: int
    tokens: Mapping[int, str]


Page = tuple[str, Sequence[int]]
"""A kind of record, and some that wait."""


def _pages(workspace: Workspace, cutters: Pool[Page, Cut]) -> Iterator[tuple[Page, Cut]]:
    """The records that wait, page by page; those that are not to be found any more have no tokens."""
    for entity in search.SEARCHED:
        for page in _waiting(workspace, entity, _DEAD, DEAD_AT_ONCE):
            yield page, Cut(-1, {})
    living = (_waiting(workspace, entity, "", search.BATCH) for entity in search.SEARCHED)
    yield from cutters.map(chain.from_iterable(living))


def _take_samples(workspace: Workspace, cutters: Pool[Page, Cut]) -> None:
    """Learn anew which tokens are common."""
    with workspace.read() as session:
        wanted = [(entity, search.some(session.connection(), entity)) for entity in search.SEARCHED]
    found = {entity: cut.tokens for (entity, _keys), cut in cutters.map(wanted)}
    with workspace.engine.execution_options(**WRITING).begin() as connection:
        search.note_common(connection, found)


def _waiting(workspace: Workspace, entity: str, narrowed: str, size: int) -> Iterator[Page]:
    """The records of a kind that wait, page by page."""
    condition = narrowed.format(entity=entity)
    query = f"SELECT id FROM search_later WHERE entity = ? AND id > ?{condition} ORDER BY id LIMIT {size}"
    last = -1
    while True:
        with workspace.read() as session:
            keys = session.connection().exec_driver_sql(query, (entity, last)).scalars().all()
        if not keys:
            return
        yield entity, keys
        last = keys[-1]


def _cutter(path: Path) -> Callable[[Page], Cut]:
    """What cuts the words of records up in another process."""
    return partial(_cut, open_engine(path))


def _cut(engine: Engine, page: Page) -> Cut:
    with engine.begin() as connection, little_cache(connection):
        return Cut(_newest(connection), search.tokens_of(connection, *page))


def _newest(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_set").scalar_one())


def _take(workspace: Workspace, entity: str, keys: Sequence[int], found: Cut) -> None:
    """Put a page into the index, without the records that another step has seen to meanwhile."""
    with workspace.engine.execution_options(**WRITING).begin() as connection, little_cache(connection):
        left = connection.exec_driver_sql(
            "DELETE FROM search_later WHERE entity = ? AND id IN (SELECT value FROM json_each(?)) RETURNING id",
            (entity, dumps(list(keys))),
        ).scalars()
        still = left.all()
        search.take_out(connection, entity, still)
        tokens = found.tokens
        if tokens and found.basis != _newest(connection):  # other words may have been written since they were read
            tokens = search.tokens_of(connection, entity, still)
        search.put_in(connection, entity, {key: tokens[key] for key in still if key in tokens})
