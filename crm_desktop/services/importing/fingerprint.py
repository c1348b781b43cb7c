"""What a row held when it was exported: a short mark for each cell, so that a file that comes back tells what changed.

The version column of an export has the codes of the columns in its header, `Version|account.name|account.level`, and
in each row the record's version and the marks of its cells, `3|Qx_9a|47DEQ`. A mark is the beginning of a SHA-256, so
a cell that was changed looks unchanged once in a billion (2 to the 30th).
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from crm_desktop.text.sheet import Cell, cut

WORD = "Version"
"""The first word of the header; it is not translated, because the column is for the program alone."""
SIGN = "|"
MARK_LENGTH = 5
URL_SAFE = bytes.maketrans(b"+/", b"-_")
SHORT = 16_000
"""Characters that fit in a cell whatever they are."""
T = TypeVar("T")
GUARDED = ("'=", "'+", "'-", "'@")
"""How a text begins that a spreadsheet must not take for a formula."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What a row was when it was exported: the record's version, and the marks of its cells by code of column."""

    version: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)


def header(codes: Sequence[str]) -> str:
    """The cell above the version column, for columns of these codes in their order."""
    return SIGN.join((WORD, *codes))


def cell(version: int, cells: Sequence[Cell]) -> str:
    """The version column's cell of one row; `cells` as they are written, in the order of the header's codes."""
    return SIGN.join((str(version), *[BLANK if each is None else mark(each) for each in cells]))


def is_header(text: object) -> bool:
    """Whether a cell of a header stands above a version column."""
    return isinstance(text, str) and (text == WORD or text.startswith(WORD + SIGN))


def read_header(text: str) -> tuple[str, ...]:
    """The codes that a header names."""
    return tuple(text.split(SIGN)[1:])


def read(codes: Sequence[str], text: object) -> Exported | None:
    """What a cell of the version column says, None when it is none of ours any more."""
    version, *marks = str(text).split(SIGN)
    if not version.isdigit() or len(marks) != len(codes):
        return None
    return Exported(int(version), dict(zip(codes, marks, strict=True)))


def spread(values: Sequence[T], columns: int) -> tuple[tuple[T, ...], ...]:
    """Several values in so many columns: one in each, and all that are left in the last, so that none is lost."""
    single = [(each,) for each in values[: columns - 1]]
    return (*single, tuple(values[columns - 1 :]), *[()] * (columns - 1 - len(single)))


def mark(value: Any) -> str:
    """A few letters that stand for what a cell says, whether it comes back as a number, a day or text."""
    if value is None:
        return BLANK
    return _mark_of_text(value) if isinstance(value, str) else _hashed(plain(value))


def plain(value: Any) -> str:
    """A cell as text, the same before and after it went through a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, float | Decimal):
        value = float(value)
        return f"{value:.15g}" if not value.is_integer() or abs(value) >= 1e15 else str(int(value))
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain_text(text: str) -> str:
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    text = text.strip()
    if text.startswith(GUARDED):
        text = text[1:]
    return text if len(text) < SHORT else cut(text).rstrip()


@lru_cache(maxsize=5000)
def _mark_of_text(text: str) -> str:
    return _hashed(_plain_text(text))


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode(errors="replace")).digest()
    return b2a_base64(digest[:6], newline=False).translate(URL_SAFE)[:MARK_LENGTH].decode()


BLANK = _hashed("")
