"""The same look into an OpenDocument sheet (.ods), whose cells have no names and are counted."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from crm_desktop.exchange.look import CHUNK, MOST, Look, attribute

_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell|table-column)((?:\s[^>]*?)?)(/?)>")
_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)")
_MARKS = (b'"error"', b'value-type="boolean"', b"-spanned=", b"table:visibility=")
_FAR = 10_000
"""Rows said at once; nobody hides so many by hand, but every sheet ends with as many blank ones."""


def at_document(archive: zipfile.ZipFile, sheet: str) -> Look:
    """What is in a sheet of an .ods file."""
    look = Look()
    with archive.open("content.xml") as content:
        is_marked = any(mark in piece for piece in _overlapping(content) for mark in _MARKS)
    if is_marked:
        with archive.open("content.xml") as content:
            _Counter(sheet, look).read(_tags(content))
    return look


class _Counter:
    """Knows in which cell it is while the tags of a document go by."""

    def __init__(self, sheet: str, look: Look) -> None:
        self.sheet, self.look = sheet, look
        self.is_here = False
        self.row, self.place, self.repeated = 1, 0, 1

    def read(self, tags: Iterator[tuple[re.Match[bytes], bytes]]) -> None:
        """Keep what is found in the cells of the sheet."""
        for tag, after in tags:
            closing, name, attributes, empty = tag.groups()
            if name == b"table":
                self.is_here = not closing and attribute(attributes, b"table:name") == self.sheet
            elif self.is_here and name == b"table-row":
                if not closing:
                    self._begin_row(attributes)
                if closing or empty:
                    self.row += self.repeated
            elif self.is_here and name == b"table-column":
                if _is_hidden(attributes):
                    self.look.hidden_columns += _times(attributes, b"table:number-columns-repeated")
            elif self.is_here and not closing:
                self._see_cell(attributes, after)

    def _begin_row(self, attributes: bytes) -> None:
        self.place, self.repeated = 0, _times(attributes, b"table:number-rows-repeated")
        if _is_hidden(attributes) and self.repeated < _FAR:
            self.look.hidden_rows += self.repeated

    def _see_cell(self, attributes: bytes, after: bytes) -> None:
        here, look = (self.row, self.place), self.look
        if b'value-type="error"' in attributes and len(look.errors) < MOST:
            text = _TEXT.search(after)
            look.errors[here] = html.unescape(text[1].decode(errors="replace")) if text else "#N/A"
        if b'value-type="boolean"' in attributes and len(look.truths) < MOST:
            look.truths[here] = b'boolean-value="true"' in attributes
        across = _times(attributes, b"table:number-columns-spanned")
        down = _times(attributes, b"table:number-rows-spanned")
        if (across > 1 or down > 1) and len(look.merged) < MOST:
            look.merged.append((here, (self.row + down - 1, self.place + across - 1)))
        self.place += _times(attributes, b"table:number-columns-repeated")


def _tags(content: IO[bytes]) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Each tag of the table and the first bytes behind it."""
    rest = b""
    while read := content.read(CHUNK):
        piece = rest + read
        cut = max(piece.rfind(b"<table:"), piece.rfind(b"</table:"), 0)
        for tag in _TAG.finditer(piece, 0, cut):
            yield tag, piece[tag.end() : tag.end() + 200]
        rest = piece[cut:]
    for tag in _TAG.finditer(rest):
        yield tag, rest[tag.end() : tag.end() + 200]


def _overlapping(content: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while read := content.read(CHUNK):
        yield before + read
        before = read[-64:]


def _is_hidden(attributes: bytes) -> bool:
    return attribute(attributes, b"table:visibility") in {"collapse", "filter"}


def _times(attributes: bytes, name: bytes) -> int:
    found = attribute(attributes, name)
    return int(found) if found.isdecimal() and len(found) < 9 else 1
