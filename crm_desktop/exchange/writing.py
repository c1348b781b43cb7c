"""Writing a file so that nobody ever sees half of it, and cleaning what no file can hold."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _

EVERY = 500
"""Rows between two reports of progress."""
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that break an XML file or that a text file cannot hold."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and what had to be changed in it."""

    path: Path
    rows: int
    notes: tuple[str, ...] = ()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write to, which takes the place of `path` when all went well and vanishes otherwise."""
    part = part_of(path)
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as error:
        raise FileProblem(_in_words(path, error)) from error
    finally:
        part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where a file is while it is written; a writer that was killed leaves it behind."""
    return path.with_name(f".{path.name}.part")


def without_broken(text: str) -> str:
    """The text without what a file cannot hold, line ends as line feeds."""
    if text.isascii() and text.isprintable():
        return text
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _in_words(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return _("The disk is full: “{name}” was not written. Make room and try again.").format(name=path.name)
    if error.errno == errno.ENOENT:
        return _("The folder for “{name}” is not there. Choose another one.").format(name=path.name)
    message = _("“{name}” cannot be written. Close it in other programs, or choose another folder.")
    return message.format(name=path.name)
