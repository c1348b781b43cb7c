"""A document as a row of plain parts: whoever writes or prints it decides what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

BOX, TICKED = "☐", "☑"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the parts below it are about; it never stands alone at the foot of a page."""

    text: str
    is_small: bool = False
    """Whether it heads a part of a part, such as a day."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: what it is called, and what it is; `strong` stands out and comes first."""

    label: str
    text: str
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Things that are known, in two columns."""

    left: tuple[Fact, ...]
    right: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a header, which is repeated on every page; `widths` are shares of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Texts, each beside what it belongs to, such as its day."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """Things to tick off."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a timeline: when, who, how, what was said, and what was to come of it."""

    at: str
    who: str
    how: str
    text: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Blank lines to write on."""

    count: int


Part: TypeAlias = Heading | Facts | Table | Notes | Checks | Paragraph | Said | Lines


@dataclass(frozen=True, slots=True)
class Document:
    """All of it: what kind of paper it is, whom it is about, and when and by whom it was printed."""

    title: str
    subject: str
    stamp: str
    parts: tuple[Part, ...]
