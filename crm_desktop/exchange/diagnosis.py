"""Why a workbook could not be read: the cell at fault, found by a slower look that an honest file never needs."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from crm_desktop.exchange.excel import MOST_CELLS, MOST_ROWS, WIDEST
from crm_desktop.exchange.look import attribute, part_of, pieces, reference
from crm_desktop.i18n import N_, _
from crm_desktop.text.sheet import column_letters

_CELL = re.compile(rb"<c(\s[^>]*[^/])>(.*?)</c>", re.DOTALL)
_STRAY = re.compile(
    rb"""<c\s[^>]*\br\s*=\s*["']([^"']*[^A-Z0-9"'][^"']*|[0-9][^"']*|[A-Z]{4,}[^"']*|[A-Z]+[0-9]{8,})["']"""
)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_NAME = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
NO_PLACE = N_("“{name}” cannot be read: sheet “{sheet}” has a cell “{cell}”, which no sheet can have.")
FAR_AWAY = N_(
    "“{name}” cannot be read: cell {cell} of sheet “{sheet}” is far away from the rest of the list. "
    "Delete it, or copy the list itself to a new workbook."
)
NO_TEXT = N_("“{name}” is damaged: cell {cell} of sheet “{sheet}” names a text that is not in the file.")
NO_NUMBER = N_("“{name}” is damaged: cell {cell} of sheet “{sheet}” holds a number that is none.")
FARTHEST = 4_000_000
"""Cells that a list may span when the rest of it does not say how large it is."""


def reason(path: Path) -> str:
    """A sentence that names file, sheet and cell; blank when nothing was found."""
    try:
        with zipfile.ZipFile(path) as archive:
            texts = _count_of_texts(archive)
            for tag in _NAME.finditer(archive.read("xl/workbook.xml")):
                sheet = attribute(tag[0], b"name")
                part = part_of(archive, sheet)
                if part and (found := _Search(path, sheet, texts).through(archive, part)):
                    return found
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, RuntimeError):
        return ""
    return ""


class _Search:
    """Goes through the cells of one sheet until one cannot be right."""

    def __init__(self, path: Path, sheet: str, texts: int) -> None:
        self.path, self.sheet, self.texts = path, sheet, texts
        self.last_row, self.last_place = 0, 0

    def through(self, archive: zipfile.ZipFile, part: str) -> str:
        """A sentence about the first cell at fault."""
        for piece in pieces(archive, part):
            if stray := _STRAY.search(piece):
                return self._told(NO_PLACE, stray[1].decode(errors="replace")[:20])
            for attributes, content in _CELL.findall(piece):
                if found := self._fault(attributes, content):
                    return found
        return ""

    def _fault(self, attributes: bytes, content: bytes) -> str:
        value = _VALUE.search(content)
        place = reference(attributes)
        name = f"{column_letters(place[1])}{place[0]}" if place else ""
        if place and value and self._is_far(*place):
            return self._told(FAR_AWAY, name)
        kind = attribute(attributes, b"t")
        text = value[1].strip() if value else b""
        if kind == "s" and not (text.isdigit() and int(text[:12]) < self.texts):
            return self._told(NO_TEXT, name)
        if text and kind in ("", "n") and not _is_number(text):
            return self._told(NO_NUMBER, name)
        return ""

    def _is_far(self, row: int, place: int) -> bool:
        """Whether the cell spreads the list over more cells than can be read."""
        self.last_row, self.last_place = max(self.last_row, row), max(self.last_place, place)
        area = self.last_row * (self.last_place + 1)
        return self.last_row > MOST_ROWS or self.last_place >= WIDEST or area > min(MOST_CELLS, FARTHEST)

    def _told(self, message: str, cell: str) -> str:
        return _(message).format(name=self.path.name, sheet=self.sheet, cell=cell or "?")


def _is_number(text: bytes) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _count_of_texts(archive: zipfile.ZipFile) -> int:
    """How many texts the workbook keeps for its cells."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return 0
    return sum(len(_TEXT.findall(piece)) for piece in pieces(archive, "xl/sharedStrings.xml"))
