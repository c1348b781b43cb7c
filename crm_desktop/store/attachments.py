"""The bytes of attached files: each kept once under its SHA-256, whole or not at all, never changed afterwards.

A row in the data file names a file; the file may be there before any row does, and stays when the row goes to the bin.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from crm_desktop.errors import FileProblem, FolderProblem
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, finish
from crm_desktop.store.driver import DriverError, connect
from crm_desktop.store.folder import DataFolder

CHUNK = 1 << 20
BESIDE = "crm-attachments"
"""The folder beside backups that holds the files they name, each once for all of them."""
NAMED = re.compile(r"[0-9a-f]{64}")
UNFINISHED = ".part"
GRACE = 3600.0
"""Seconds that a file without a row stays: somebody may be about to write the row."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are in the store."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Unused:
    """Files that nothing names."""

    count: int = 0
    size: int = 0
    """In bytes."""
    is_held: bool = False
    """Whether all stay, because a damaged data file may name some."""


class Files:
    """A folder of files by their SHA-256."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self, sha256: str) -> Path:
        """Where the bytes of this sum are, or would be."""
        if not NAMED.fullmatch(sha256):
            raise FileProblem(_("This attachment has no valid check sum. Attach the file again."))
        return self.path / sha256[:2] / sha256

    def has(self, sha256: str, size: int) -> bool:
        """Whether the file is there with the right size; whether its bytes are right is known when they are read."""
        with suppress(OSError):
            return bool(NAMED.fullmatch(sha256)) and self.place(sha256).stat().st_size == size
        return False

    def keeping(self, source: Path, name: str, most: int) -> Job[Kept]:
        """Copy a file into the store, in a job that tells how far it is; given up, it leaves nothing.

        Raises FileProblem, with `name`, for what cannot be read or has more than `most` bytes.
        """
        with _read(source, name) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > most:
                raise FileProblem(_too_large(name, most))
            return (yield from self._taking(stream, size, name, most))

    def keep(self, data: bytes) -> Kept:
        """Put bytes into the store."""
        return finish(self._taking(BytesIO(data), len(data), "", len(data)))

    def read(self, sha256: str, name: str) -> bytes:
        """The bytes, checked; raises FileProblem when they are not there or are not what was attached."""
        with _read(self.place(sha256), name, is_ours=True) as stream:
            data = stream.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileProblem(_damaged(name))
        return data

    def copying(self, sha256: str, target: Path, name: str = "") -> Job[None]:
        """Write the bytes to another place, whole and checked or not at all."""
        name = name or target.name
        part = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
        try:
            with _read(self.place(sha256), name, is_ours=True) as source, _writing(target), part.open("wb") as copy:
                found = yield from _copying(source, copy, os.fstat(source.fileno()).st_size, name)
            if found.sha256 != sha256:
                raise FileProblem(_damaged(name))
            with _writing(target):
                part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def is_sound(self, sha256: str) -> bool:
        """Whether the bytes are there and are what was attached."""
        try:
            with self.place(sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def names(self) -> Iterator[Path]:
        """All files of the store, and what was left of some that were never finished."""
        yield from (each for each in self.path.glob("*") if each.name.endswith(UNFINISHED))
        yield from (each for each in self.path.glob("[0-9a-f][0-9a-f]/*") if each.is_file())

    def _taking(self, stream: BinaryIO, size: int, name: str, most: int) -> Job[Kept]:
        with _writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            DataFolder(self.path).need(size)
        part = self.path / f".{os.getpid()}-{time.monotonic_ns()}{UNFINISHED}"
        try:
            with _writing(part), part.open("xb") as copy:
                kept = yield from _copying(stream, copy, size, name, most)
            self._take_over(part, kept)
        finally:
            part.unlink(missing_ok=True)
        return kept

    def _take_over(self, part: Path, kept: Kept) -> None:
        """Give whole bytes their name; those that are there already, and sound, stay the ones that are kept."""
        target = self.place(kept.sha256)
        with _writing(target):
            if self.has(kept.sha256, kept.size) and self.is_sound(kept.sha256):
                os.utime(target)  # so that a sweep that is under way leaves it
                return
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            write_out(target.parent)


def files_of(folder: DataFolder) -> Files:
    """The attached files of a data folder."""
    return Files(folder.attachments)


def needed(database: Path) -> dict[str, int]:
    """The size of each file that any row of a data file names, in the bin or not; by SHA-256."""
    with closing(connect(database, read_only=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'attachment'").fetchone():
            return {}  # written by a version that knew no attachments
        rows = connection.execute("SELECT sha256, size FROM attachment").fetchall()
    return {str(key): size if isinstance(size, int) else -1 for key, size in rows}


def lacking(database: Path, *places: Files) -> list[str]:
    """The files that a data file names and that none of the places has."""
    return [key for key, size in needed(database).items() if not any(each.has(key, size) for each in places)]


def carry(database: Path, source: Files, target: Files) -> None:
    """Copy what a data file names and `target` lacks; what `source` lacks or holds damaged is left out."""
    wanted = {
        key: size for key, size in needed(database).items() if source.has(key, size) and not target.has(key, size)
    }
    if not wanted:
        return
    with _writing(target.path):
        target.path.mkdir(parents=True, exist_ok=True)
    DataFolder(target.path).need(sum(wanted.values()))
    for key in wanted:
        place = target.place(key)
        with _writing(place):
            place.parent.mkdir(exist_ok=True)
        with suppress(FileProblem):
            finish(source.copying(key, place))
            write_out(place.parent)


def unsound(database: Path, files: Files) -> list[str]:
    """The files that a data file names and that are missing or damaged; every byte is read."""
    return [key for key in needed(database) if not NAMED.fullmatch(key) or not files.is_sound(key)]


def mend(folder: DataFolder, wanted: Iterable[str]) -> list[str]:
    """Bring back files from beside the backups; gives those that are not there either."""
    kept, files = Files(folder.backups / BESIDE), files_of(folder)
    still = []
    for key in wanted:
        if not NAMED.fullmatch(key) or not kept.is_sound(key):
            still.append(key)
            continue
        place = files.place(key)
        with _writing(place):
            place.parent.mkdir(parents=True, exist_ok=True)
        finish(kept.copying(key, place))
    return still


def unused(folder: DataFolder, now: float | None = None) -> Unused:
    """The files of the store that no row names, in the bin or not, and halves that a crash left.

    While a damaged data file is kept that may name some of them, there are none.
    """
    if any(folder.backups.glob("damaged-*.db")):
        return Unused(is_held=True)
    return _told(_strays(files_of(folder), needed(folder.database), (now or time.time()) - GRACE))


def sweep(folder: DataFolder, now: float | None = None) -> Unused:
    """Remove the files that `unused` tells of; gives those that are gone."""
    if any(folder.backups.glob("damaged-*.db")):
        return Unused(is_held=True)
    return _told(_removing(_strays(files_of(folder), needed(folder.database), (now or time.time()) - GRACE)))


def thin(backups: Path) -> None:
    """Remove files beside backups that no data file among these names any more."""
    files = Files(backups / BESIDE)
    if not files.path.is_dir():
        return
    named: set[str] = set()
    for each in backups.glob("*.db"):
        try:
            named |= needed(each).keys()
        except (DriverError, FolderProblem):
            return  # nobody knows what it names
    _told(_removing(_strays(files, named, time.time() - GRACE)))


def _strays(files: Files, named: Iterable[str], before: float) -> Iterator[tuple[Path, int]]:
    """Files that are not among the named ones and older than a moment, with their sizes."""
    wanted = set(named)
    for each in list(files.names()):
        with suppress(OSError):
            found = each.stat()
            if each.name not in wanted and found.st_mtime < before:
                yield each, found.st_size


def _removing(files: Iterable[tuple[Path, int]]) -> Iterator[tuple[Path, int]]:
    for path, size in files:
        with suppress(OSError):
            path.unlink()
            yield path, size


def _told(files: Iterable[tuple[Path, int]]) -> Unused:
    sizes = [size for _path, size in files]
    return Unused(len(sizes), sum(sizes))


def write_out(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder (which Windows does by itself)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copying(source: BinaryIO, copy: BinaryIO, size: int, name: str, most: int = 0) -> Job[Kept]:
    """Copy bytes to the disk and reckon their sum on the way."""
    found, done = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        found.update(chunk)
        done += len(chunk)
        if most and done > most:  # it grew since it was looked at
            raise FileProblem(_too_large(name, most))
        copy.write(chunk)
        yield Progress(done, max(size, done), name)
    copy.flush()
    os.fsync(copy.fileno())
    return Kept(found.hexdigest(), done)


@contextmanager
def _read(path: Path, name: str, *, is_ours: bool = False) -> Iterator[BinaryIO]:
    """A file to read from; what the system says of it is told in words."""
    try:
        if not is_ours and not path.is_file():
            reason = _("“{name}” is a folder. Attach the files in it, or put them in a .zip file first.")
            missing = _("There is no file “{name}”. Check where it is.")
            raise FileProblem((reason if path.is_dir() else missing).format(name=name))
        stream = path.open("rb")
    except OSError as error:
        words: Callable[[str], str] = _gone if is_ours else _unreadable
        raise FileProblem(words(name)) from error
    with stream:
        yield stream


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = _("{path} cannot be written: {reason}. Make room, or allow writing, and try again.")
        raise FolderProblem(message.format(path=path, reason=error.strerror)) from error


def _unreadable(name: str) -> str:
    message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
    return message.format(name=name)


def _gone(name: str) -> str:
    message = _("The file of “{name}” is missing from the data folder. Restore a backup, or attach it again.")
    return message.format(name=name)


def _damaged(name: str) -> str:
    message = _("The file of “{name}” is damaged. Restore a backup, or attach it again.")
    return message.format(name=name)


def _too_large(name: str, most: int) -> str:
    message = _("“{name}” is larger than {limit} MB. Attach a smaller file, or allow larger ones in the settings.")
    return message.format(name=name, limit=most // 1_000_000)
