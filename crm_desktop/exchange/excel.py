"""Excel workbooks as they come: every failure is told in one sentence, every value is plain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import zip_check
from crm_desktop.i18n import _, ngettext
from crm_desktop.text.sheet import Cell, Sheet, sheet_of

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXACT = 1e15
"""The first whole number of which a spreadsheet no longer keeps every digit."""


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets that hold cells, in their order; raises FileProblem."""
    with _opened(path) as (book, _errors):
        return _names(book)


def read(path: Path, sheet: str = "", _encoding: str = "") -> Sheet:
    """The rows of a sheet, the first that holds any when none is named; raises FileProblem."""
    with _opened(path) as (book, errors):
        names = _names(book)
        if sheet and sheet not in names:
            message = _("“{name}” has no sheet “{sheet}”. It has: {sheets}.")
            raise FileProblem(message.format(name=path.name, sheet=sheet, sheets=", ".join(names)))
        for name in [sheet] if sheet else names:
            found = book.get_sheet_by_name(name)
            if found.start is not None:
                first = found.start[0] + 1
                lines = [[_plain(cell) for cell in line] for line in found.to_python()]
                read_sheet = sheet_of(name, lines, first, _told(errors))
                if read_sheet.rows:
                    return read_sheet
    message = _("“{name}” has no rows in it. Choose another sheet or another file.")
    raise FileProblem(message.format(name=path.name))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, int]]:
    """A workbook that is safe to read, and how many of its cells hold an error."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_kind(path)
    errors = zip_check.check(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            yield book, errors
    except PasswordError as error:
        raise FileProblem(_locked(path)) from error
    except (CalamineError, OSError, ValueError) as error:
        message = _("“{name}” cannot be read. Open it in Excel, save it again as .xlsx, and try again.")
        raise FileProblem(message.format(name=path.name)) from error


def _told(errors: int) -> tuple[str, ...]:
    if not errors:
        return ()
    told = ngettext(
        "{count} cell of the workbook holds an error of Excel such as #N/A. It was read as blank.",
        "{count} cells of the workbook hold errors of Excel such as #N/A. They were read as blank.",
        errors,
    )
    return (told,)


def _names(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]


def _check_kind(path: Path) -> None:
    """Tell apart, by its first bytes, what is called a workbook and is none."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
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
    if start.startswith(OLE):
        message = _("“{name}” is in the old Excel format. Open it in Excel, save it as .xlsx, and try again.")
        raise FileProblem(message.format(name=path.name))
    if not start.startswith(ZIP):
        message = _("“{name}” is not an Excel workbook. Choose a file that ends in .xlsx or .csv.")
        raise FileProblem(message.format(name=path.name))


def _locked(path: Path) -> str:
    message = _("“{name}” is protected by a password. Open it in Excel, save it without the password, and try again.")
    return message.format(name=path.name)


def _plain(cell: object) -> Cell:
    """A cell without the `.0` that the file format gives to every whole number; times of day as text."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell if isinstance(cell, str | int | date | datetime) else None
