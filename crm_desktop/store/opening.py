"""Opening a data folder: the right version, the right pick lists, the local user, and a clock that goes on."""

from __future__ import annotations

import json
import random

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from crm_desktop.model import Remembered, User
from crm_desktop.model.ids import DEVICES, clock
from crm_desktop.store import house, migrate, own_fields, search
from crm_desktop.store.driver import PATIENCE
from crm_desktop.store.engine import WRITING
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.workspace import Workspace

DEVICE = "device"


def open_workspace(folder: DataFolder, patience: int = PATIENCE) -> Workspace:
    """The workspace of a data folder, made on first use and brought to this version's schema.

    Raises FolderProblem when the folder cannot be used.
    """
    folder.prepare()
    migrate.to_newest(folder)
    workspace = Workspace(folder.database, patience)
    with workspace.engine.begin() as connection:
        clock.resume(_device(connection), _newest(connection))
        is_current = search.is_current(connection)
    if not is_current:
        with workspace.engine.execution_options(**WRITING).begin() as connection:
            search.ensure(connection)
    with workspace.read() as session:
        workspace.author = session.scalar(select(User.id).where(User.is_local, User.deleted_at.is_(None)))
    own_fields.follow(workspace)
    house.follow(workspace)
    return workspace


def recall(session: Session, name: str) -> object:
    """What was remembered by this name, or None."""
    row = session.get(Remembered, name)
    return json.loads(row.value) if row else None


def remember(workspace: Workspace, name: str, value: object) -> None:
    """Keep a small thing by name; it is the program's own memory, no data of people's, and not undone."""
    text = json.dumps(value, ensure_ascii=False)
    with workspace.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO remembered (name, value) VALUES (?, ?)", (name, text))


def _device(connection: Connection) -> int:
    """This laptop's number, random at first; a team hub may give out another one later."""
    found = connection.exec_driver_sql("SELECT value FROM remembered WHERE name = ?", (DEVICE,)).scalar()
    if found is not None:
        return int(json.loads(found))
    device = random.SystemRandom().randrange(DEVICES)
    connection.exec_driver_sql("INSERT INTO remembered (name, value) VALUES (?, ?)", (DEVICE, str(device)))
    return device


def _newest(connection: Connection) -> int:
    newest: int = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_set").scalar_one()
    return newest
