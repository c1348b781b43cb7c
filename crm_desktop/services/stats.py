"""How much there is of everything, for people and for support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from crm_desktop.model import ENTITIES, Account, Activity, ChangeSet
from crm_desktop.store.backup import backups
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.schema import SCHEMA
from crm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Stats:
    """The size and state of a data folder; it names no person."""

    records: dict[str, int]
    """Living records by entity."""
    binned: dict[str, int]
    """Records in the bin by entity."""
    levels: dict[str, int]
    statuses: dict[str, int]
    first_activity: datetime | None
    last_activity: datetime | None
    steps: int
    file_bytes: int
    schema: int
    sqlite: str
    last_backup: datetime | None


def stats(workspace: Workspace, folder: DataFolder) -> Stats:
    """Count everything in an open data folder."""
    living, binned = {}, {}
    with workspace.read() as session:
        for name, entity in ENTITIES.items():
            columns = func.count(entity.id), func.count(entity.deleted_at)
            total, gone = session.execute(select(*columns)).one()
            living[name], binned[name] = total - gone, gone
        counted = []
        for column in (Account.level, Account.status):
            query = select(column, func.count()).where(Account.deleted_at.is_(None), column.is_not(None))
            found = session.execute(query.group_by(column).order_by(column))
            counted.append({str(code): number for code, number in found})
        first, last = session.execute(
            select(func.min(Activity.at), func.max(Activity.at)).where(Activity.deleted_at.is_(None))
        ).one()
        steps = session.scalar(select(func.count(ChangeSet.id))) or 0
        sqlite = session.scalar(select(func.sqlite_version())) or ""
    newest = backups(folder)[:1]
    return Stats(
        records=living,
        binned=binned,
        levels=counted[0],
        statuses=counted[1],
        first_activity=first,
        last_activity=last,
        steps=steps,
        file_bytes=folder.database.stat().st_size,
        schema=SCHEMA,
        sqlite=sqlite,
        last_backup=newest[0].at if newest else None,
    )
