"""A look at the list of contents of a workbook: a small file can unfold to more than any memory holds.

The limits follow Apache POI's ZipSecureFile in spirit; they are set by honest files, the densest of which shrinks to a
hundredth. What lies about its size is stopped by the limits of the process that reads it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _

MOST_ENTRIES = 5000
LARGEST_CONTENT = 2 * 2**30
DENSEST = 500
HARMLESS = 10 * 2**20
"""Entries up to this size may be as dense as they like."""
HONEST_RATIO = 50
"""How much larger than its file the content of an ordinary workbook is, at most."""


def check(archive: zipfile.ZipFile, path: Path) -> None:
    """Raise FileProblem when a workbook says that it unfolds to more than an honest one would."""
    entries = archive.infolist()
    dense = any(each.file_size > max(HARMLESS, DENSEST * each.compress_size) for each in entries)
    if dense or len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST_CONTENT:
        raise FileProblem(
            _("“{name}” unfolds to far more than an honest workbook. It was not opened.").format(name=path.name)
        )


def honest_size(path: Path) -> int:
    """How many bytes of content the size of a file lets expect; limits of memory grow with it."""
    size = path.stat().st_size
    if not zipfile.is_zipfile(path):
        return size
    try:
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return size
    return min(unfolded, HONEST_RATIO * size)
