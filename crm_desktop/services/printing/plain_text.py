"""A document as plain text, for a mail or any editor: nothing is left out but the blank lines to write on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from crm_desktop.services.printing.document import (
    BOX,
    TICKED,
    Checks,
    Document,
    Facts,
    Heading,
    Lines,
    Notes,
    Paragraph,
    Said,
    Table,
)
from crm_desktop.services.printing.words import joined

INDENT = "    "


def as_text(document: Document) -> str:
    """All of a document, lines parted by line feeds."""
    title = " ".join(filter(None, (document.title, document.subject)))
    lines = [title, document.stamp, _underline(title, "=")]
    for each in document.parts:
        written = list(WRITERS[type(each)](each))
        lines += written[1:] if written[:1] == lines[-1:] == [""] else written
    return "\n".join(each.rstrip() for each in lines).rstrip() + "\n"


def _underline(text: str, sign: str) -> str:
    """A line as wide as a text; a hanzi is as wide as two letters."""
    return sign * sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _heading(part: Heading) -> Iterator[str]:
    yield from ("", part.text) if part.is_small else ("", part.text, _underline(part.text, "-"))


def _facts(part: Facts) -> Iterator[str]:
    yield ""
    for each in (*part.left, *part.right):
        yield from _hanging(f"{each.label}: ", joined(each.strong, each.text))


def _table(part: Table) -> Iterator[str]:
    for row in part.rows:
        mark, cells = (row[0], row[1:]) if row[0] in (BOX, TICKED) else ("-", row)
        yield from _hanging(f"{mark} ", joined(*(joined(*each.splitlines()) for each in cells)))


def _notes(part: Notes) -> Iterator[str]:
    for label, text in part.rows:
        yield from _hanging("- ", f"{' '.join(label.splitlines())}: {text}")


def _checks(part: Checks) -> Iterator[str]:
    for each in part.texts:
        yield from _hanging(f"{BOX} ", each)


def _paragraph(part: Paragraph) -> Iterator[str]:
    yield part.text


def _said(part: Said) -> Iterator[str]:
    yield joined(f"{part.at} {part.who}", part.how)
    for each in (*part.text.splitlines(), *part.steps):
        yield f"{INDENT}{each}"
    yield ""


def _lines(_part: Lines) -> Iterator[str]:
    yield from ()


def _hanging(mark: str, text: str) -> Iterator[str]:
    """A mark and a text, whose further lines stand in below it."""
    first, *rest = text.splitlines() or [""]
    yield f"{mark}{first}"
    yield from (f"{INDENT}{each}" for each in rest)


WRITERS: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Facts: _facts,
    Table: _table,
    Notes: _notes,
    Checks: _checks,
    Paragraph: _paragraph,
    Said: _said,
    Lines: _lines,
}
