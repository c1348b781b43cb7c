"""Merging the parts of the search index bit by bit, so that no save has to merge many of them at once.

FTS5 adds a part with every write, and after each 64 pages one write merges what has gathered: measured on 150,000
contacts, every 32nd save took 50 to 150 ms for that. Merged a bit at a time between saves, none takes longer than 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from crm_desktop.store.engine import WRITING, bare
from crm_desktop.store.search import SEARCHED

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

PAGES = 8
"""How many pages of an index are merged at once: the lock is held for a few milliseconds."""
NOTHING = 2
"""A merge that changes fewer rows than that had nothing to merge (SQLite's documentation of FTS5, 6.9)."""


def merge(workspace: Workspace) -> bool:
    """Merge a bit of what has gathered; gives whether there may be more. Whoever else is writing goes first."""
    try:
        with workspace.engine.execution_options(**WRITING).begin() as connection:
            return any(_merge(connection, entity) for entity in SEARCHED)
    except OperationalError:
        return False


def _merge(connection: Connection, entity: str) -> bool:
    driver = bare(connection)
    before = driver.total_changes
    driver.execute(f"INSERT INTO search_{entity} (search_{entity}, rank) VALUES ('merge', {PAGES})")
    return bool(driver.total_changes - before >= NOTHING)
