"""How much of the data file is kept in memory while it is read from one end to the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

LITTLE = 24_000
"""Kilobytes; measured, an export is no faster with more of them, and a large import keeps within 400 MB by it."""


@contextmanager
def little_cache(connection: Connection) -> Iterator[None]:
    """Keep few pages of the file: each is needed once or twice."""
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{LITTLE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")
