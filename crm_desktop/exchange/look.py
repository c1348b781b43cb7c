"""What the reader of workbooks does not tell: errors, formulas without a result, hidden rows.

It is found by looking for a few marks in the file itself. A sheet without them, as most are, costs little more than
its unfolding.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""The number of a row, from 1, and the place of a column, from 0."""
CHUNK = 2**20
LONGEST_CELL = 4 * 2**20
MOST = 20_000
"""Cells of a kind that are told one by one."""
_ATTRIBUTE = rb"""\s*=\s*["']([^"']*)["']"""
_REFERENCE = re.compile(rb"\sr" + _ATTRIBUTE)
_ERROR = re.compile(rb"""<c\s([^>]*\bt\s*=\s*["']e["'][^>]*)(?<!/)>(.*?)</c>""", re.DOTALL)
_NO_RESULT = re.compile(
    rb"<c\s([^>]*[^/])>\s*<f[\s/>](?:[^>]*/>|[^>]*>[^<]*</f>|[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_HIDDEN = re.compile(rb"""<(row|col)\s[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(slots=True)
class Look:
    """What was seen in the file of one sheet."""

    errors: dict[Place, str] = field(default_factory=dict)
    """Cells that hold an error such as #N/A."""
    no_results: list[Place] = field(default_factory=list)
    """Formulas that were never calculated."""
    truths: dict[Place, bool] = field(default_factory=dict)
    """Yes and no, where the reader gives a number."""
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    """First and last cell of ranges, where the reader does not give them."""
    hidden_rows: int = 0
    hidden_columns: int = 0
    lost: int = 0
    """Errors and formulas without a result that do not say in which cell they are."""


def at_workbook(archive: zipfile.ZipFile, sheet: str) -> Look | None:
    """What is in a sheet of an .xlsx file; None when its part of the file is not found."""
    part = part_of(archive, sheet)
    if part is None:
        return None
    look = Look()
    for piece in pieces(archive, part):
        if b'"e"' in piece or b"'e'" in piece:
            for found in _ERROR.finditer(piece):
                value = _VALUE.search(found[2])
                _keep_error(look, found[1], html.unescape(value[1].decode(errors="replace")) if value else "#N/A")
        if b"<f" in piece:
            for found in _NO_RESULT.finditer(piece):
                _keep_no_result(look, found[1])
        if b"hidden" in piece:
            for found in _HIDDEN.finditer(piece):
                if found[1] == b"row":
                    look.hidden_rows += 1
                else:
                    look.hidden_columns += _columns(found[0])
    return look


def part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the entry that holds a sheet."""
    try:
        book = archive.read("xl/workbook.xml")
        links = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return None
    targets = {attribute(each[0], b"Id"): attribute(each[0], b"Target") for each in _LINK.finditer(links)}
    for each in _SHEET.finditer(book):
        if attribute(each[0], b"name") == sheet:
            target = targets.get(attribute(each[0], rb"\w+:id"), "").removeprefix("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """An entry of a workbook bit by bit, each beginning with a whole cell or row."""
    with archive.open(part) as content:
        rest = b""
        while read := content.read(CHUNK):
            piece = rest + read
            if b"<x:" in piece:
                piece = piece.replace(b"<x:", b"<").replace(b"</x:", b"</")
            cut = max(piece.rfind(b"<c "), piece.rfind(b"<row "))
            if cut <= 0 and len(piece) < LONGEST_CELL:
                rest = piece
                continue
            cut = cut if cut > 0 else len(piece)
            yield piece[:cut]
            rest = piece[cut:]
        yield rest


def cell_at(name: str) -> Place | None:
    """Where `B2` is: row 2, column 1."""
    found = _CELL_NAME.fullmatch(name)
    if not found:
        return None
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), place - 1


def reference(attributes: bytes) -> Place | None:
    """Where a cell says that it is."""
    found = _REFERENCE.search(b" " + attributes)
    return cell_at(found[1].decode(errors="replace")) if found else None


def _keep_error(look: Look, attributes: bytes, text: str) -> None:
    place = reference(attributes)
    if place is None or len(look.errors) >= MOST:
        look.lost += 1
    else:
        look.errors[place] = text


def _keep_no_result(look: Look, attributes: bytes) -> None:
    place = reference(attributes)
    if place is None or len(look.no_results) >= MOST:
        look.lost += 1
    else:
        look.no_results.append(place)


def _columns(tag: bytes) -> int:
    first, last = attribute(tag, b"min"), attribute(tag, b"max")
    return int(last) - int(first) + 1 if first.isdecimal() and last.isdecimal() else 1


def attribute(tag: bytes, name: bytes) -> str:
    """What a tag says under a name; blank when it does not."""
    found = re.search(rb"\s" + name + _ATTRIBUTE, tag)
    return html.unescape(found[1].decode(errors="replace")) if found else ""
