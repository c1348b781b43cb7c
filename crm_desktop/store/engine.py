"""SQLAlchemy over the driver: pooled connections, real transactions, JSON that stays readable."""

import json
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from crm_desktop.store.driver import PATIENCE, connect
from crm_desktop.store.functions import teach

WRITING = {"writing": True}
"""The execution option of a connection that writes: it takes the lock at once, so that it cannot fail later."""


def open_engine(path: Path, patience: int = PATIENCE) -> Engine:
    """An engine for the file at `path`, one pooled connection a thread."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, patience),
        poolclass=QueuePool,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "connect", teach)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def bare(connection: Connection) -> "dbapi2.Connection":
    """The driver's own connection below one of SQLAlchemy, for what is read many times for one key press."""
    return connection.connection.driver_connection
