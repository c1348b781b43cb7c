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
from crm_desktop.i18n import _, ngettext
from crm_desktop.text.sheet import Table

EVERY = 500
"""Rows between two reports of progress."""
MOST_NOTES = 2000
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that break an XML file or that a text file cannot hold."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and what had to be changed in it."""

    path: Path
    rows: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as a file can hold it, line ends as line feeds, and whether anything had to go."""

    text: str
    is_changed: bool


class Notes:
    """What had to be changed in a file, cell by cell; beyond a number that anybody reads, cells are only counted."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._untold = 0

    def broken(self, table: Table, number: int, place: int) -> None:
        """Characters of a cell in the row of this number, the first below the header is 1, could not be written."""
        message = _("{sheet}, row {row}, “{column}”: characters that no file can hold were left out.")
        self._add(message, table, number, place)

    def cut(self, table: Table, number: int, place: int) -> None:
        """The end of a cell could not be written."""
        message = _("{sheet}, row {row}, “{column}”: cut to the 32,767 characters that Excel can hold.")
        self._add(message, table, number, place)

    def _add(self, message: str, table: Table, number: int, place: int) -> None:
        if len(self._told) < MOST_NOTES:
            told = message.format(sheet=table.name, row=number + 1, column=table.header[place])
            self._told.append(told)
        else:
            self._untold += 1

    def told(self) -> tuple[str, ...]:
        """The sentences."""
        if not self._untold:
            return tuple(self._told)
        more = ngettext("{count} more cell was changed.", "{count} more cells were changed.", self._untold)
        return (*self._told, more)


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


def cleaned(text: str) -> Cleaned:
    """The text without what no file can hold."""
    if text.isprintable():
        return Cleaned(text, is_changed=False)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = NOT_TEXT.sub("", lines)
    return Cleaned(whole, is_changed=whole != lines)


def _in_words(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return _("The disk is full: “{name}” was not written. Make room and try again.").format(name=path.name)
    if error.errno == errno.ENOENT:
        return _("The folder for “{name}” is not there. Choose another one.").format(name=path.name)
    message = _("“{name}” cannot be written. Close it in other programs, or choose another folder.")
    return message.format(name=path.name)
