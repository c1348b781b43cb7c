"""The one place that opens a database file: bundled SQLite, the settings we rely on, and errors in words.

It needs nothing but the driver, so that the first window can read before SQLAlchemy is imported. The settings are
those of SQLite's own advice for durable writes (WAL, synchronous FULL) and for untrusted schemas.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2

from crm_desktop.errors import Busy, FolderProblem, UserError
from crm_desktop.i18n import _

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can damage a WAL file that two connections use (the WAL-reset bug, mended in 3.51.3)."""
PATIENCE = 5000
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "cache_size = -64000",
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)
Connection: TypeAlias = "dbapi2.Connection"
DriverError = dbapi2.Error


def connect(path: Path, patience: int = PATIENCE, *, read_only: bool = False) -> Connection:
    """A connection to the file at `path`; it waits `patience` milliseconds for another writer.

    Raises FolderProblem when the file cannot be opened.
    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise FolderProblem(_("SQLite {version} is too old to be safe.").format(version=dbapi2.sqlite_version))
    with in_words():
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {patience}")
            for pragma in PRAGMAS:
                if not (read_only and pragma.startswith("journal_mode")):
                    connection.execute(f"PRAGMA {pragma}")
        except DriverError:
            connection.close()
            raise
    return connection


def sqlite_version() -> str:
    """The version of the SQLite that is inside the driver."""
    return str(dbapi2.sqlite_version)


def cipher_version() -> str:
    """The version of SQLCipher, which SQLite is built with."""
    connection = dbapi2.connect(":memory:")
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        connection.close()


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the driver says into a sentence for people."""
    try:
        yield
    except DriverError as error:
        known = _known(str(error))
        if known is None:
            raise
        raise known from error


def _known(message: str) -> UserError | None:
    if "locked" in message:
        return Busy(_("Somebody else is saving at this moment; please try again."))
    if "disk is full" in message:
        return FolderProblem(
            _("The disk is full. Nothing of this step was saved; what was there is safe. Make room and try again.")
        )
    if "readonly" in message or "unable to open" in message or "attempt to write" in message:
        return FolderProblem(
            _("The data folder cannot be written to. Choose another folder, or allow writing to this one.")
        )
    if "not a database" in message or "malformed" in message:
        return FolderProblem(_("The data file is damaged or is not ours. It was not touched. Restore a backup."))
    return None
