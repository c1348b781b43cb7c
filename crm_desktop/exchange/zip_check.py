"""A look into a workbook before a reader gets it: a small file can unfold to more than any memory holds.

The limits follow Apache POI's ZipSecureFile in spirit; they are set by honest files, the densest of which shrinks to a
hundredth. A used range of millions of columns by rows needs a few bytes only, so the positions of cells are looked at,
too: the reader would end the whole program.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _

MOST_ENTRIES = 2000
LARGEST_CONTENT = 500 * 2**20
DENSEST = 500
HARMLESS = 10 * 2**20
"""Entries up to this size may be as dense as they like."""
MOST_ROWS = 200_000
WIDEST = 200
CHUNK = 2**20
OVERLAP = 64
FAR_AWAY = re.compile(
    rb"\sr\s*=\s*[\"'](?:"
    rb"[A-Z]{3,}[0-9]"  # beyond column ZZ
    rb"|(?:[H-Z][A-Z]|G[S-Z])[0-9]"  # beyond column GR, the 200th
    rb"|[A-Z]*(?:[0-9]{7,}|[2-9][0-9]{5})(?![0-9])"  # beyond row 199,999
    rb"|[^\"'>]{0,40}&)"  # a position in disguise
)


ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
"""A cell that holds an error such as #N/A, which the reader gives as blank."""


def check(path: Path) -> int:
    """The number of cells that hold an error of Excel, in all sheets together.

    Raises FileProblem when a workbook would unfold to more than an honest one, or is damaged.
    """
    errors = 0
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path)
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    errors += _check_content(archive, entry, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = _(
            "“{name}” is damaged or is not an Excel workbook. Open it in Excel, save it again as .xlsx, and try again."
        )
        raise FileProblem(message.format(name=path.name)) from error
    return errors


def _check_sizes(archive: zipfile.ZipFile, path: Path) -> None:
    entries = archive.infolist()
    dense = any(each.file_size > max(HARMLESS, DENSEST * each.compress_size) for each in entries)
    if dense or len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST_CONTENT:
        raise FileProblem(
            _("“{name}” unfolds to far more than an honest workbook. It was not opened.").format(name=path.name)
        )


def _check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> int:
    """Unfold an entry piece by piece, which shows a size that lies, look for cells far away, and count errors."""
    is_sheet = "worksheets/" in entry.filename.lower()
    errors = 0
    with archive.open(entry) as content:
        before = b""
        while piece := content.read(CHUNK):
            if is_sheet and FAR_AWAY.search(before + piece):
                message = _(
                    "“{name}” has cells beyond row {rows} or column {columns}. Copy the list to a new workbook."
                )
                raise FileProblem(message.format(name=path.name, rows=f"{MOST_ROWS:,}", columns=WIDEST))
            if not before and b"\0" in piece[:64]:
                raise zipfile.BadZipFile(entry.filename)
            errors += len(ERROR.findall(before + piece)) - len(ERROR.findall(before)) if is_sheet else 0
            before = piece[-OVERLAP:]
    return errors
