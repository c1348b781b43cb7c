"""Workbooks as they come (.xlsx, .xlsm, .xls, .xlsb, .ods): every failure is one sentence, every value is plain.

It runs in the process that `reader_process` starts: a small file can make the reader of workbooks end its process.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import csv_file, look_ods, zip_check
from crm_desktop.exchange.cells import PlainRows, Remarks
from crm_desktop.exchange.flow import Flow, Piece, in_pieces
from crm_desktop.exchange.look import Look, Place, at_workbook
from crm_desktop.exchange.merged import Merged
from crm_desktop.exchange.workbook_notes import notes
from crm_desktop.i18n import _
from crm_desktop.text.sheet import Cell, Row, Sheet, column_letters

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_ROWS = 1_048_576
"""The rows of an Excel sheet."""
WIDEST = 1024
MOST_CELLS = 40_000_000


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was opened."""

    path: Path
    inside: Any
    archive: zipfile.ZipFile | None

    @property
    def visible_first(self) -> list[str]:
        """The names of the sheets, those that Excel hides last."""
        return sorted(self.names, key=self.is_hidden)

    @property
    def names(self) -> list[str]:
        """The names of the sheets that hold cells, in their order."""
        from python_calamine import SheetTypeEnum

        return [each.name for each in self.inside.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]

    def is_hidden(self, name: str) -> bool:
        """Whether Excel hides a sheet."""
        from python_calamine import SheetVisibleEnum

        seen = next(each.visible for each in self.inside.sheets_metadata if each.name == name)
        return bool(seen != SheetVisibleEnum.Visible)

    @property
    def is_document(self) -> bool:
        """Whether it is an OpenDocument and not a workbook of Excel."""
        return self.archive is not None and "content.xml" in self.archive.namelist()

    def look(self, sheet: str) -> Look | None:
        """What the reader of workbooks does not tell; None where that cannot be known."""
        if self.archive is None:
            return None
        if self.is_document:
            return look_ods.at_document(self.archive, sheet)
        return at_workbook(self.archive, sheet)


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets that hold cells, in their order; raises FileProblem."""
    if _is_text(path):
        return csv_file.sheet_names(path)
    with opened(path) as book:
        return book.names


def read(path: Path, sheet: str = "", encoding: str = "") -> Flow:
    """The rows of a sheet, the first that holds any when none is named; raises FileProblem."""
    if _is_text(path):
        found = yield from csv_file.read(path, sheet, encoding)
        note = _("The file is called a workbook and is a text. It was read as a text.")
        return replace(found, notes=(note, *found.notes))
    with opened(path) as book:
        if sheet and sheet not in book.names:
            message = _("“{name}” has no sheet “{sheet}”. It has: {sheets}.")
            raise FileProblem(message.format(name=path.name, sheet=sheet, sheets=", ".join(book.names)))
        for name in [sheet] if sheet else book.visible_first:
            filled = yield from _sheet(book, name)
            if filled is not None:
                return filled
    message = _("“{name}” has no rows in it. Choose another sheet or another file.")
    raise FileProblem(message.format(name=path.name))


def _sheet(book: Book, name: str) -> Generator[Piece, None, Sheet | None]:
    """The rows of one sheet; None when it has none."""
    with _in_words(book.path, name):
        look = book.look(name)
        inside = book.inside.get_sheet_by_name(name)
        if inside.start is None:
            return None
        _check_range(book.path, name, inside.end)
        remarks = Remarks()
        width = inside.end[1] + 1
        merged = Merged(_ranges(inside, look), width)
        rows = merged.filled(_mended(iter(PlainRows(_padded(inside), remarks, has_lengths=book.is_document)), look))
        is_blank = True
        for piece in in_pieces(rows):
            is_blank = False
            yield piece
        if is_blank:
            return None
        told = notes(look, merged.in_list, remarks, is_hidden=book.is_hidden(name))
        return Sheet(name, [], [], told, remarks=remarks.found)


def _padded(inside: Any) -> Iterator[list[object]]:
    """All rows from the first of the file, beginning with column A."""
    missing = [""] * inside.start[1]
    return (missing + line for line in inside.iter_rows()) if missing else inside.iter_rows()


def _mended(rows: Iterator[tuple[int, Row]], look: Look | None) -> Iterator[tuple[int, Row]]:
    """The rows with yes and no where the reader gave one and zero, and blanks where it gave the name of an error."""
    known: dict[Place, Cell] = {**look.truths, **dict.fromkeys(look.errors)} if look else {}
    if not known:
        return rows
    return ((number, tuple(known.get((number, place), cell) for place, cell in enumerate(row))) for number, row in rows)


def _ranges(inside: Any, look: Look | None) -> list[Any]:
    """Merged cells, as rows from 1 and places from 0."""
    known = inside.merged_cell_ranges
    if known is None:
        return look.merged if look else []
    return sorted(((top + 1, left), (bottom + 1, right)) for (top, left), (bottom, right) in known)


def _check_range(path: Path, name: str, end: tuple[int, int]) -> None:
    rows, columns = end[0] + 1, end[1] + 1
    if columns > WIDEST or rows > MOST_ROWS or rows * columns > MOST_CELLS:
        message = _(
            "Sheet “{sheet}” of “{name}” reaches to column {column} and row {row}, which is more than can be read. "
            "Copy the list itself to a new workbook."
        )
        raise FileProblem(
            message.format(sheet=name, name=path.name, column=column_letters(columns - 1), row=f"{rows:,}")
        )


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """A workbook, after a look at its beginning and its list of contents."""
    from python_calamine import CalamineWorkbook

    is_zip = _check_kind(path)
    with _in_words(path):
        archive = zipfile.ZipFile(path) if is_zip else None
        try:
            if archive:
                zip_check.check(archive, path)
                if _is_locked_document(archive):
                    raise FileProblem(_locked(path))
            with path.open("rb") as file:
                # by its path the reader trusts the ending and knows a password; by its content it tries them all
                of_its_kind = path.suffix.lower() in _endings(archive)
                inside = CalamineWorkbook.from_path(path) if of_its_kind else CalamineWorkbook.from_filelike(file)
                with inside:
                    yield Book(path, inside, archive)
        finally:
            if archive:
                archive.close()


def _endings(archive: zipfile.ZipFile | None) -> tuple[str, ...]:
    """The endings that fit the content of a workbook."""
    if archive is None:
        return (".xls",)
    names = archive.namelist()
    if "content.xml" in names:
        return (".ods",)
    return (".xlsb",) if "xl/workbook.bin" in names else (".xlsx", ".xlsm")


@contextmanager
def _in_words(path: Path, sheet: str = "") -> Iterator[None]:
    """Tell in a sentence what the readers of workbooks may raise."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise FileProblem(_locked(path)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = _(
            "“{name}” is damaged or is not a workbook. Open it in Excel, save it again as .xlsx, and try again."
        )
        raise FileProblem(message.format(name=path.name)) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        message = _("“{name}” cannot be read. Open it in Excel, save it again as .xlsx, and try again.")
        if sheet:
            message = _(
                "Sheet “{sheet}” of “{name}” cannot be read. Open it in Excel, save it again as .xlsx, and try again."
            )
        raise Unreadable(message.format(name=path.name, sheet=sheet)) from error


class Unreadable(FileProblem):
    """A workbook that the reader refuses; a closer look may tell which cell is at fault."""


def _check_kind(path: Path) -> bool:
    """Tell apart, by its first bytes, what is called a workbook and is none; whether it is a zip file."""
    try:
        with path.open("rb") as file:
            start = file.read(512)
            locked = start.startswith(OLE) and ENCRYPTED in file.read(2**20)
    except FileNotFoundError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    except OSError as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error
    if not start:
        raise FileProblem(_("“{name}” is empty. Choose a file with a list in it.").format(name=path.name))
    if locked:
        raise FileProblem(_locked(path))
    if not start.startswith((ZIP, OLE)):
        raise FileProblem(_no_workbook(start).format(name=path.name))
    return start.startswith(ZIP)


def _is_text(path: Path) -> bool:
    """Whether it is a text that got the name of an old workbook, as web programs often give it."""
    if path.suffix.lower() != ".xls" or not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(512)
    return bool(start.strip()) and not start.startswith((ZIP, OLE)) and not _is_page(start)


def _is_page(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _no_workbook(start: bytes) -> str:
    if _is_page(start):
        return _("“{name}” is a web page with the name of a workbook. Open it in Excel and save it as .xlsx.")
    return _("“{name}” is not an Excel workbook. Choose a file that ends in .xlsx or .csv.")


def _is_locked_document(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument says that its content is encrypted."""
    if "META-INF/manifest.xml" not in archive.namelist() or "content.xml" not in archive.namelist():
        return False
    return b"encryption-data" in archive.read("META-INF/manifest.xml")


def _locked(path: Path) -> str:
    message = _("“{name}” is protected by a password. Open it in Excel, save it without the password, and try again.")
    return message.format(name=path.name)
