"""The traces of imports, which are no data of people's: written with an import, and not undone with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import insert

from crm_desktop.model import ImportJob, ImportRow
from crm_desktop.store.workspace import Writing

PAGE = 1000


def keep(session: Writing, job: ImportJob, rows: Iterable[dict[str, Any]]) -> None:
    """Keep what an import was and what became of its rows, in the step that does it."""
    session.add(job)
    session.flush()
    waiting = iter(rows)
    while page := list(islice(waiting, PAGE)):
        session.connection().execute(insert(ImportRow), page)
