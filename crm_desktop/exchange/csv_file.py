"""Text files with a value between delimiters, as they come: CSV and its relatives.

The quote is always a double quote and the delimiter is found by counting: guessing both at once loses rows
(a name such as O'Brien is taken for the opening of a quotation).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import encodings
from crm_desktop.exchange.cells import Remarks
from crm_desktop.exchange.csv_layout import HEAD, Layout, layout_of
from crm_desktop.exchange.csv_rows import Rows
from crm_desktop.exchange.encodings import ENCODINGS, Coding
from crm_desktop.exchange.flow import Flow, gathered, in_pieces
from crm_desktop.i18n import _
from crm_desktop.text.sheet import Sheet

LARGEST_FILE = 2**30
LONGEST_CELL = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its name and how it was understood."""

    name: str
    title: str
    layout: Layout
    coding: Coding | None = None


def sheet_names(path: Path) -> list[str]:
    """A text file is a single sheet, called like the file."""
    return [path.stem]


def read(path: Path, _sheet: str = "", encoding: str = "") -> Flow:
    """The rows of a text file; numbers stay text, so that no telephone number loses its zero. Raises FileProblem."""
    with _opened(path) as file:
        coding = _coding(file, path, encoding)
        with _text(file, coding, strict=bool(encoding)) as text, _in_words(path.name, coding):
            layout = _layout(text.read(HEAD), path.name)
            text.seek(0)
            source = Source(path.name, path.stem, layout, coding)
            return (yield from _rows(text, source))


def read_text(text: str) -> Sheet:
    """The rows of a text, such as cells that were copied in a spreadsheet program; raises FileProblem."""
    name = _("Clipboard")
    with _in_words(name, None):
        source = Source(name, name, _layout(text[:HEAD], name))
        return gathered(_rows(io.StringIO(text, newline=""), source))


def _rows(text: TextIO, source: Source) -> Flow:
    remarks = Remarks()
    rows = Rows(text, source.name, source.layout, remarks)
    previous = csv.field_size_limit(LONGEST_CELL)
    try:
        is_blank = True
        for piece in in_pieces(rows):
            is_blank = False
            yield piece
    finally:
        csv.field_size_limit(previous)
    if is_blank:
        raise FileProblem(_("“{name}” has no rows in it. Choose another file.").format(name=source.name))
    notes = (*_told(source.coding), *source.layout.notes)
    return Sheet(source.title, [], [], notes, source.coding.name if source.coding else "", remarks.found)


def _layout(head: str, name: str) -> Layout:
    if not head.strip():
        raise FileProblem(_("“{name}” is empty. Choose a file with a list in it.").format(name=name))
    return layout_of(head)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            if path.stat().st_size > LARGEST_FILE:
                message = _("“{name}” is too large. Split it into smaller files.")
                raise FileProblem(message.format(name=path.name))
            yield file
    except FileNotFoundError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    except OSError as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error


def _coding(file: BinaryIO, path: Path, wanted: str) -> Coding:
    if wanted:
        try:
            return encodings.chosen(wanted, file)
        except LookupError as error:
            message = _("There is no encoding “{encoding}”. Choose one of {encodings}.")
            raise FileProblem(message.format(encoding=wanted, encodings=", ".join(ENCODINGS))) from error
    coding = encodings.found_in(file)
    if coding is None:
        raise FileProblem(
            _("“{name}” is not a text file. Choose a CSV file or an Excel workbook.").format(name=path.name)
        )
    return coding


@contextmanager
def _text(file: BinaryIO, coding: Coding, *, strict: bool) -> Iterator[TextIO]:
    """The decoded file; where the encoding was found out, a broken character is shown as such and remarked on."""
    file.seek(0)
    text = io.TextIOWrapper(file, coding.codec, "strict" if strict else "replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _told(coding: Coding | None) -> tuple[str, ...]:
    if coding is None or not coding.is_guess:
        return ()
    message = _("The file is not UTF-8; it was read as {encoding}. If names look wrong, choose another encoding.")
    return (message.format(encoding=coding.name.upper()),)


@contextmanager
def _in_words(name: str, coding: Coding | None) -> Iterator[None]:
    try:
        yield
    except UnicodeError as error:
        message = _("“{name}” is not written in {encoding}. Choose another encoding.")
        raise FileProblem(message.format(name=name, encoding=coding.name.upper() if coding else "")) from error
