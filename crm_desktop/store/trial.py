"""Writing for real and taking it back at once, to know what a write comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from crm_desktop.model import Entity
from crm_desktop.store.workspace import Workspace, Writing

TITLE = "trial"
"""Nobody sees it, because nothing of such a step stays."""
COUNT = "SELECT total_changes()"


class _Back(Exception):
    """Ends a write so that nothing of it stays."""


@contextmanager
def taken_back(workspace: Workspace) -> Iterator[Writing]:
    """A write of which nothing stays.

    Foreign keys are only looked at when a write ends, so that a row may refer to one that another trial made.
    """
    with suppress(_Back), workspace.write(TITLE) as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        session.is_trial = True
        yield session
        raise _Back


def inserted(
    session: Writing, entity: type[Entity], columns: Mapping[str, Sequence[Any]], alike: Mapping[str, Any]
) -> int:
    """How many rows were made when these were to be, as the database counts them."""
    connection = session.connection()
    before: int = connection.exec_driver_sql(COUNT).scalar_one()
    session.insert_columns(entity, columns, alike)
    after: int = connection.exec_driver_sql(COUNT).scalar_one()
    return after - before
