"""Copies of the data file that can be trusted: made while the program works, checked before they count, and put back.

Thinning follows Anki's rule (rslib/src/collection/backup.rs): all of two days, then 12 daily, 10 weekly, 9 monthly.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from crm_desktop.errors import Busy, FileProblem, FolderProblem
from crm_desktop.i18n import _
from crm_desktop.store import attachments
from crm_desktop.store.attachments import BESIDE, Files, files_of
from crm_desktop.store.attachments import write_out as _write_out
from crm_desktop.store.driver import Connection, DriverError, connect, in_words
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.schema import SCHEMA

HEADER = b"SQLite format 3\0"
OURS = frozenset({"account", "contact", "change_set", "change_item", "remembered"})
NAME = "crm-%Y-%m-%d-%H%M%S.db"
NAMED = re.compile(r"crm-\d{4}-\d\d-\d\d-\d{6}\.db")
SIDE_FILES = ("-wal", "-shm", "-journal")
ALL_OF = timedelta(days=2)
THINNED: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (12, datetime.date),
    (10, lambda at: at.isocalendar()[:2]),
    (9, lambda at: (at.year, at.month)),
)
"""How many periods keep a backup, and what tells one period from another."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made by itself, with the moment in its name."""

    path: Path
    at: datetime


def backup(database: Path, target: Path) -> Path:
    """Copy the data file to `target` while others may be writing; the copy is checked before it gets its name.

    Attached files go to a folder beside it, each once for all backups there; `attachments.lacking` tells of those that
    could not be copied.

    Raises FileProblem when there is nothing to copy, when `target` is a file of another kind, or when the data is
    damaged; FolderProblem when there is no room.
    """
    if not database.is_file():
        raise FileProblem(_("There is no data to back up in {path}.").format(path=database.parent))
    _refuse_to_replace(database, target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        DataFolder(target.parent).need(_size(database))
        try:
            _copy(database, part)
            _write_out(part)
            attachments.carry(part, files_of(DataFolder(database.parent)), Files(target.parent / BESIDE))
            part.replace(target)
        finally:
            _remove(part)
        _write_out(target.parent)
    return target


def automatic(folder: DataFolder, now: datetime | None = None) -> Path:
    """Make a backup with the moment in its name, then remove older ones that are no longer needed."""
    moment = now or datetime.now().astimezone()
    made = backup(folder.database, folder.backups / f"{moment:{NAME}}")
    found = {each.at: each.path for each in backups(folder)}
    for each in surplus(found, moment.replace(tzinfo=None)):
        found[each].unlink(missing_ok=True)
    attachments.thin(folder.backups)
    return made


def backups(folder: DataFolder) -> list[Backup]:
    """The backups that were made by themselves, newest first."""
    found = [
        Backup(path, datetime.strptime(path.name, NAME))  # noqa: DTZ007 - names tell local time
        for path in folder.backups.glob("crm-*.db")
        if NAMED.fullmatch(path.name)
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def surplus(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which of the backups made at `moments` are needed no more; the newest one is always needed."""
    older = sorted(moments, reverse=True)
    first_day: date = (now - ALL_OF).date()
    needed = {each for each in older if each.date() > first_day} | set(older[:1])
    older = [each for each in older if each not in needed]
    for count, period in THINNED:
        newest: dict[object, datetime] = {}
        for each in older:
            newest.setdefault(period(each), each)
        chosen = list(newest.values())[:count]
        needed.update(chosen)
        older = [each for each in older if each < chosen[-1]] if len(chosen) == count else []
    return set(moments) - needed


def restore(folder: DataFolder, file: Path) -> Path | None:
    """Put the backup `file` in the place of the folder's data; gives the safety copy of what was there, if anything.

    The attached files beside it come back with it; `attachments.lacking` tells which were not there.

    Nobody may have the data open. Raises FileProblem, with nothing changed, when the file is missing, not ours,
    damaged or newer than this program; Busy when the data is in use.
    """
    folder.prepare()
    part = folder.database.with_name(f".{folder.database.name}.restoring")
    with _told(file):
        if not file.is_file():
            raise FileProblem(_("There is no file {path}. Nothing was changed.").format(path=file))
        folder.need(2 * _size(file) + 2 * _size(folder.database))
        try:
            _fetch(file, part)
            verify(part, file.name)
            _write_out(part)
            attachments.carry(part, Files(file.parent / BESIDE), files_of(folder))
            kept = _set_aside(folder)
            part.replace(folder.database)
        finally:
            _remove(part)
        _write_out(folder.path)
    return kept


def verify(path: Path, name: str) -> int:
    """Make sure that the file at `path`, known to people as `name`, is whole and ours; gives its schema version."""
    with path.open("rb") as stream:
        if stream.read(len(HEADER)) != HEADER:
            raise FileProblem(_not_ours(name))
    try:
        with closing(connect(path)) as connection:
            version = _recognised(connection, name)
            faults = connection.execute("PRAGMA integrity_check(1)").fetchall()
            if faults != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise FileProblem(_damaged(name))
            connection.execute("PRAGMA journal_mode = DELETE")
    except (DriverError, FolderProblem) as error:
        raise FileProblem(_damaged(name)) from error
    return version


def _recognised(connection: Connection, name: str) -> int:
    """The schema version; a foreign file's triggers and views would run with our rights, so that it is refused."""
    parts = connection.execute("SELECT type, name FROM sqlite_schema").fetchall()
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    is_ours = {table for kind, table in parts if kind == "table"} >= OURS
    if not version or not is_ours or any(kind in ("trigger", "view") for kind, _name in parts):
        raise FileProblem(_not_ours(name))
    if version > SCHEMA:
        message = _(
            "“{name}” was made with a newer version of this program (format {found}, this one knows {known})."
            " Nothing was changed. Install the newer version, or choose an older backup."
        )
        raise FileProblem(message.format(name=name, found=version, known=SCHEMA))
    return version


def _not_ours(name: str) -> str:
    return _("“{name}” is not a backup of this program. Nothing was changed. Choose another file.").format(name=name)


def _damaged(name: str) -> str:
    return _("“{name}” is damaged. Nothing was changed. Choose another backup.").format(name=name)


def _refuse_to_replace(database: Path, target: Path) -> None:
    if not target.exists():
        return
    if target.is_dir():
        raise FileProblem(_("{path} is a folder. Name a file for the backup.").format(path=target))
    with target.open("rb") as stream:
        is_database = stream.read(len(HEADER)) == HEADER
    if not is_database or target.samefile(database):
        message = _("{path} holds something else and was left as it is. Choose another name for the backup.")
        raise FileProblem(message.format(path=target))


def _copy(database: Path, part: Path) -> None:
    """Copy through the driver's backup interface, which sees one moment of the data, into one file without a WAL."""
    with closing(connect(database, read_only=True)) as source, closing(connect(part)) as copy, in_words():
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            message = _(
                "The data file is damaged, so no backup was made of it and older backups are kept. Restore one."
            )
            raise FileProblem(message)


def _fetch(file: Path, part: Path) -> None:
    """Copy a file, and what was not yet taken over from its WAL, so that it can be checked without touching it."""
    _remove(part)
    shutil.copyfile(file, part)
    wal = file.with_name(f"{file.name}-wal")
    if wal.is_file():
        shutil.copyfile(wal, part.with_name(f"{part.name}-wal"))


def _set_aside(folder: DataFolder) -> Path | None:
    """Keep the present data in `backups/` and leave no WAL that would be taken for the restored file's."""
    present = folder.database
    if not present.is_file():
        return None
    stamp = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    try:
        with closing(connect(present)) as connection, in_words():
            connection.execute("PRAGMA journal_mode = DELETE")
        return backup(present, folder.backups / f"before-restore-{stamp}.db")
    except Busy as error:
        message = _("The data is in use. Nothing was changed. Close the program first, then restore the backup.")
        raise Busy(message) from error
    except (FileProblem, FolderProblem):
        kept = folder.backups / f"damaged-{stamp}.db"
        for side in ("", *SIDE_FILES):
            file = present.with_name(f"{present.name}{side}")
            if file.is_file():
                shutil.copyfile(file, kept.with_name(f"{kept.name}{side}"))
        _write_out(kept)
        for side in SIDE_FILES:
            present.with_name(f"{present.name}{side}").unlink(missing_ok=True)
        return kept


def _size(database: Path) -> int:
    files = (database, database.with_name(f"{database.name}-wal"))
    return sum(each.stat().st_size for each in files if each.is_file())


def _remove(part: Path) -> None:
    for side in ("", *SIDE_FILES):
        part.with_name(f"{part.name}{side}").unlink(missing_ok=True)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Tell in words what the system says about a file."""
    try:
        yield
    except OSError as error:
        message = _("{path} cannot be used: {reason}. Choose another place.")
        raise FileProblem(message.format(path=error.filename or file, reason=error.strerror)) from error
