"""Bringing a data file to this version's schema: in one transaction, after a verified backup."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from crm_desktop.errors import FolderProblem
from crm_desktop.i18n import _
from crm_desktop.store.driver import connect
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.schema import SCHEMA

SCRIPTS = Path(__file__).parent / "migrations"


def version_of(path: Path) -> int:
    """The schema version of a data file; 0 for a new one."""
    with closing(connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def to_newest(folder: DataFolder) -> None:
    """Migrate the folder's data file if it is older; raises FolderProblem if it is newer than this program."""
    found = version_of(folder.database)
    if found == SCHEMA:
        return
    if found > SCHEMA:
        message = _(
            "The data was last used with a newer version of this program (format {found}, this one knows {known})."
            " It was not touched. Install the newer version, or restore an older backup."
        )
        raise FolderProblem(message.format(found=found, known=SCHEMA))
    if found:
        _keep_a_copy(folder, found)
    upgrade(folder.database)


def upgrade(path: Path) -> None:
    """Run every missing migration in one transaction, then make sure that the search tables are there."""
    from alembic import command
    from alembic.config import Config

    from crm_desktop.store import search
    from crm_desktop.store.engine import WRITING, open_engine

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    engine = open_engine(path)
    try:
        with engine.execution_options(**WRITING).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            search.ensure(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        engine.dispose()


def _keep_a_copy(folder: DataFolder, version: int) -> None:
    from crm_desktop.store.backup import backup

    backup(folder.database, folder.backups / f"before-version-{SCHEMA}-from-{version}.db")
