"""The traces of imports, which are no data of people's: written with an import, and not undone with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.model import ImportJob
from crm_desktop.store.workspace import Writing

ROW_SQL = """
INSERT INTO import_row (job_id, number, outcome, account_id, contact_id, notes) VALUES (?, ?, ?, ?, ?, ?)
"""


def keep(session: Writing, job: ImportJob, pages: Iterable[Sequence[tuple[Any, ...]]]) -> None:
    """Keep what an import was and what became of its rows, some at a time, in the step that does it."""
    session.add(job)
    session.flush()
    for rows in pages:
        session.connection().exec_driver_sql(ROW_SQL, list(rows))
