"""Search words of many records at once: worked out after the step that changed them, in small steps of their own.

A step that touches thousands of records only notes which they are, so that the data is there, and free for the next
step, in half the time. The note is part of the step, so that nothing is forgotten when the program ends meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, all_stays
from crm_desktop.store import search
from crm_desktop.store.cache import little_cache
from crm_desktop.store.engine import WRITING
from crm_desktop.store.journal import dumps

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

MOST_AT_ONCE = 5000
"""Up to how many records a step brings into the search by itself."""
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

    The words are read and cut up before the lock is taken, so that people can save in between; the tokens of a page
    are made while SQLite, in a thread, takes those before it.
    """
    total, done = waiting(workspace), 0
    if not total:
        return
    with all_stays(), ThreadPoolExecutor(1) as beside:
        writing = None
        for entity, tokens in _pages(workspace):
            if writing is not None:
                writing.result()
            writing = beside.submit(_take, workspace, entity, tokens)
            done += len(tokens)
            yield Progress(min(done, total), total, _("Bringing the search up to date"))
        if writing is not None:
            writing.result()
    if total > MOST_AT_ONCE:
        with workspace.engine.execution_options(**WRITING).begin() as connection:
            search.take_samples(connection)


def _pages(workspace: Workspace) -> Iterator[tuple[str, Mapping[int, str | None]]]:
    """The tokens of the records that wait, page by page; None for those that are not to be found any more."""
    for entity in search.SEARCHED:
        for keys in _waiting(workspace, entity, _DEAD, DEAD_AT_ONCE):
            yield entity, dict.fromkeys(keys)
        for keys in _waiting(workspace, entity, "", search.BATCH):
            with workspace.read() as session, little_cache(session.connection()):
                tokens = search.tokens_of(session.connection(), entity, keys)
            yield entity, {key: tokens.get(key) for key in keys}


def _waiting(workspace: Workspace, entity: str, narrowed: str, size: int) -> Iterator[Sequence[int]]:
    """The records of a kind that wait, page by page."""
    condition = narrowed.format(entity=entity)
    query = f"SELECT id FROM search_later WHERE entity = ? AND id > ?{condition} ORDER BY id LIMIT {size}"
    last = -1
    while True:
        with workspace.read() as session:
            keys = session.connection().exec_driver_sql(query, (entity, last)).scalars().all()
        if not keys:
            return
        yield keys
        last = keys[-1]


def _take(workspace: Workspace, entity: str, tokens: Mapping[int, str | None]) -> None:
    """Put a page into the index, without the records that another step has seen to meanwhile."""
    with workspace.engine.execution_options(**WRITING).begin() as connection, little_cache(connection):
        still = connection.exec_driver_sql(
            "DELETE FROM search_later WHERE entity = ? AND id IN (SELECT value FROM json_each(?)) RETURNING id",
            (entity, dumps(list(tokens))),
        ).scalars()
        keys = list(still)
        search.take_out(connection, entity, keys)
        living = {key: found for key in keys if (found := tokens[key])}
        if living:
            search.put_in(connection, entity, living)
