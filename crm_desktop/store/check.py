"""Looking for damage and disorder in the data file, and mending what can be worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, func, select

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import ENTITIES, Address, Affiliation, Channel, Entity
from crm_desktop.store import attachments, search, upkeep
from crm_desktop.store.driver import DriverError, connect
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.workspace import Workspace

REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something found wrong: what, how often, and whether it has been mended."""

    code: str
    text: str
    count: int
    repaired: bool = False


def check(workspace: Workspace, *, repair: bool = False) -> list[Fault]:
    """What is wrong with the data file; with `repair`, mended where it can be. An empty list means all is well."""
    if damaged := _damage(workspace.path):
        return damaged
    with workspace.read() as session:
        connection = session.connection()
        faults = [*_broken_links(connection), *_index(connection, repaired=repair)]
    faults += _several_primaries(workspace, repair=repair)
    faults += _orphans(workspace, repair=repair)
    faults += _derived(workspace, repair=repair)
    faults += _attachments(workspace, repair=repair)
    return faults


def _damage(path: Path) -> list[Fault]:
    """Whether the file itself is whole; when it is not, no other answer can be trusted.

    A connection of its own looks: one that has searched before takes for damage what another one has done to the
    index since (FTS5 of SQLite 3.53 goes by what it remembers of the index there).
    """
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
    except DriverError as error:
        found = [(str(error),)]
    if found == [("ok",)]:
        return []
    text = _("The data file is damaged. Restore the newest backup with “restore”; nothing was changed.")
    return [Fault("damage", text, len(found))]


def _broken_links(connection: Connection) -> Iterator[Fault]:
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if found:
        text = ngettext(
            "{count} row points to a record that is not there.",
            "{count} rows point to records that are not there.",
            len(found),
        )
        yield Fault("broken_links", text, len(found))


def _index(connection: Connection, *, repaired: bool) -> Iterator[Fault]:
    """Records that a search would miss, and entries that lead nowhere; `_derived` makes the index anew."""
    counts = [search.unindexed(connection, entity) for entity in search.SEARCHED]
    missing, extra = sum(each["missing"] for each in counts), sum(each["left over"] for each in counts)
    if missing:
        text = ngettext("The search misses {count} record.", "The search misses {count} records.", missing)
        yield Fault("index_missing", text, missing, repaired)
    if extra:
        text = ngettext(
            "The search index holds {count} record that is gone.",
            "The search index holds {count} records that are gone.",
            extra,
        )
        yield Fault("index_extra", text, extra, repaired)


def _several_primaries(workspace: Workspace, *, repair: bool) -> list[Fault]:
    """Owners with more than one primary phone, mail or address; the oldest one stays primary."""
    surplus: dict[type[Entity], list[int]] = {}
    with workspace.read() as session:
        for entity, parts in ((Channel, ("account_id", "contact_id", "kind")), (Address, ("account_id", "contact_id"))):
            columns = [entity.__table__.c[name] for name in parts]
            place = func.row_number().over(partition_by=columns, order_by=entity.id).label("place")
            primary = select(entity.id, place).where(entity.deleted_at.is_(None), entity.is_primary).subquery()
            surplus[entity] = list(session.scalars(select(primary.c.id).where(primary.c.place > 1)))
    count = sum(map(len, surplus.values()))
    if not count:
        return []
    if repair:
        with workspace.write(_("Repair: one primary each"), REPAIR) as session:
            for part, keys in surplus.items():
                for key in keys:
                    session.get_one(part, key).is_primary = False  # type: ignore[attr-defined] # both have it
    text = ngettext("{count} entry is one primary too many.", "{count} entries are one primary too many.", count)
    return [Fault("several_primaries", text, count, repair)]


def _orphans(workspace: Workspace, *, repair: bool) -> list[Fault]:
    """Living parts of records in the bin, such as a telephone number whose contact is gone."""
    found: dict[type[Entity], set[int]] = {}
    with workspace.read() as session:
        for part, column, owner in belongings():
            query = select(part.id).join(owner, and_(column == owner.id, owner.deleted_at.is_not(None)))
            found.setdefault(part, set()).update(session.scalars(query.where(part.deleted_at.is_(None))))
    count = sum(map(len, found.values()))
    if not count:
        return []
    if repair:
        with workspace.write(_("Repair: parts of deleted records"), REPAIR) as session:
            for part, keys in found.items():
                for key in sorted(keys):
                    session.remove(session.get_one(part, key))
    text = ngettext(
        "{count} entry belongs to a record in the bin.", "{count} entries belong to records in the bin.", count
    )
    return [Fault("orphans", text, count, repair)]


def belongings() -> Iterator[tuple[type[Entity], Any, type[Entity]]]:
    """Every column by which a row belongs to a record: (part, column, owner)."""
    for part in ENTITIES.values():
        for column in part.__table__.columns:
            if column.info.get("part_of") or (part is Affiliation and column.key == "account_id"):
                [reference] = column.foreign_keys
                yield part, column, ENTITIES[reference.column.table.name]


def _derived(workspace: Workspace, *, repair: bool) -> list[Fault]:
    """Work everything out again and compare; kept with `repair`, else taken back."""
    engine = workspace.engine.execution_options(writing=True)
    with engine.connect() as connection, connection.begin() as transaction:
        for table, names in _kept_up():
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.was_{table}")
            connection.exec_driver_sql(f"CREATE TEMP TABLE was_{table} AS SELECT id, {names} FROM {table}")
        upkeep.refresh_columns(connection)
        wrong = sum(_differing(connection, table, names) for table, names in _kept_up())
        for table, _names in _kept_up():
            connection.exec_driver_sql(f"DROP TABLE temp.was_{table}")
        if repair:
            search.rebuild(connection)
        else:
            transaction.rollback()
    if not wrong:
        return []
    text = ngettext(
        "{count} record has a key, count or date that is out of step.",
        "{count} records have keys, counts or dates that are out of step.",
        wrong,
    )
    return [Fault("out_of_step", text, wrong, repair)]


def _attachments(workspace: Workspace, *, repair: bool) -> list[Fault]:
    """Attached files that are missing or not what was attached; a backup may have them still."""
    folder = DataFolder(workspace.path.parent)
    bad = attachments.unsound(workspace.path, attachments.files_of(folder))
    left = attachments.mend(folder, bad) if repair else bad
    found = [(len(bad) - len(left), True), (len(left), False)]
    return [Fault("attachments", _attachment_words(count), count, is_repaired) for count, is_repaired in found if count]


def _attachment_words(count: int) -> str:
    return ngettext(
        "{count} attached file is missing or damaged.", "{count} attached files are missing or damaged.", count
    )


def _kept_up() -> Iterator[tuple[str, str]]:
    """Each table that has derived columns, with their names."""
    for table, entity in ENTITIES.items():
        if names := [each.key for each in entity.__table__.columns if each.info.get("kept_up")]:
            yield table, ", ".join(names)


def _differing(connection: Connection, table: str, names: str) -> int:
    """How many living records came out differently."""
    return int(
        connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT id, {names} FROM {table} WHERE deleted_at IS NULL"
            f" EXCEPT SELECT id, {names} FROM temp.was_{table})"
        ).scalar_one()
    )
