"""How the values of a text file are kept apart, and what stands above its list."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from crm_desktop.i18n import _, ngettext

DELIMITERS = ",;\t|，"
SAMPLE = 60
HEAD = 2**18
"""Characters at the beginning that are looked at."""
MOST_ABOVE = 20
SHOWN = 60
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """What has to be known before the rows can be read."""

    delimiter: str
    width: int
    skipped: int = 0
    """Rows above the list, that are no part of it."""
    notes: tuple[str, ...] = ()


def layout_of(head: str) -> Layout:
    """The layout of a text that begins like this."""
    separator = SEPARATOR_LINE.match(head)
    body = head[separator.end() :] if separator else head
    delimiter = separator[1] if separator else max(DELIMITERS, key=lambda each: _evenness(body, each))
    rows = _first_rows(body, delimiter)
    width = _usual_width(rows)[0]
    above = _above(rows, width)
    return Layout(delimiter, width, above + bool(separator), _told(rows[:above]))


def reader(text: Iterator[str], delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Rows of cells; the quote is always the same."""
    return csv.reader(text, delimiter=delimiter, quotechar='"', doublequote=True, strict=strict)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(reader(io.StringIO(text, newline=""), delimiter), SAMPLE))
    except csv.Error:
        return []


def _usual_width(rows: Sequence[list[str]]) -> tuple[int, int]:
    """The width that most rows have, and how many have it."""
    widths = Counter(len(row) for row in rows if row)
    return max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """How even the rows become; of two delimiters that are equally even, the one with longer rows is it."""
    filled = [row for row in _first_rows(text, delimiter) if row]
    width, count = _usual_width(filled)
    return (count / len(filled), width) if width > 1 else (0.0, 0)


def _above(rows: Sequence[list[str]], width: int) -> int:
    """How many rows of a single cell stand above a list of several columns, blank ones counted."""
    if width < 2:
        return 0
    single = sum(1 for _row in takewhile(lambda row: len(row) <= 1, rows[:MOST_ABOVE]))
    has_text = any(any(cell.strip() for cell in row) for row in rows[:single])
    return single if has_text and single < len(rows) else 0


def _told(rows: Sequence[list[str]]) -> tuple[str, ...]:
    """What the rows above the list say, so that nothing of them is lost unseen."""
    if not rows:
        return ()
    count = ngettext(
        "{count} line above the list was left out:", "{count} lines above the list were left out:", len(rows)
    )
    texts = [" ".join(" ".join(row).split()) for row in rows]
    shown = [text if len(text) <= SHOWN else f"{text[:SHOWN]}…" for text in texts if text]
    return (f"{count} " + " ".join(_("“{text}”").format(text=text) for text in shown),)
