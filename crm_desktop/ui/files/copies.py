"""Copies of attached files for other programs: read-only, in a folder of their own that goes when the program ends."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "crm-copies-"
OLD = 86_400
"""Seconds after which copies that a crash left behind are removed."""
FROM_ELSEWHERE = "[ZoneTransfer]\r\nZoneId=3\r\n"
"""What Windows writes beside a file that came from the internet, so that programs open it with care."""
_folders: list[Path] = []


def new_place(name: str) -> Path:
    """Where a copy of this name goes: a folder of its own, so that it keeps its name."""
    if not _folders:
        _remove_old(Path(tempfile.gettempdir()))
        _folders.append(Path(tempfile.mkdtemp(prefix=PREFIX)))
        atexit.register(remove_all)
    return Path(tempfile.mkdtemp(dir=_folders[0])) / name


def protect(path: Path) -> None:
    """Make a copy read-only, so that nobody works on it by mistake, and tell the system that it came from elsewhere."""
    if os.name == "nt":
        with suppress(OSError):
            Path(f"{path}:Zone.Identifier").write_text(FROM_ELSEWHERE, encoding="ascii")
    path.chmod(stat.S_IREAD)


def remove_all() -> None:
    """Remove all copies; one that a program still holds open goes another day."""
    while _folders:
        _remove(_folders.pop())


def _remove_old(place: Path) -> None:
    for each in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if each.stat().st_mtime < time.time() - OLD:
                _remove(each)


def _remove(folder: Path) -> None:
    for each in folder.glob("*/*"):
        with suppress(OSError):
            each.chmod(stat.S_IREAD | stat.S_IWRITE)
    shutil.rmtree(folder, ignore_errors=True)
