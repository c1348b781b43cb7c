"""Finding attached files by their names: each word may stand anywhere in it, in any case.

The names are few and short enough to be looked through one by one, so that the search keeps no words of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import Attachment
from crm_desktop.services.attachments import Attached, load_all
from crm_desktop.services.finding import Hit, Reads
from crm_desktop.text.folding import fold, is_ideographic
from crm_desktop.text.ranks import BEGINS, INSIDE
from crm_desktop.text.spans import Span, written

FILE = "attachment"


def find_files(source: Reads, text: str, limit: int = 8) -> list[Hit]:
    """At most `limit` files whose names hold every word of `text`: those that begin with it, then the newest first."""
    words = text.split()
    if not words or limit <= 0:
        return []
    asked = fold(text)
    begins = or_(*(Attachment.file_name.startswith(each, autoescape=True) for each in _spellings(text.strip())))
    with source.read() as session:
        rows = _newest(session, and_(*map(_holds, words)), limit)
        if len(rows) == limit:  # those that begin with it may be older
            rows = [*_newest(session, begins, limit), *rows]
        found = load_all(session, list(dict.fromkeys(rows)))
    found.sort(key=lambda each: not fold(each.name).startswith(asked))
    return [
        Hit(
            FILE,
            each.id,
            each.name,
            each.about,
            name_spans=_spans(each, words),
            rank=BEGINS if fold(each.name).startswith(asked) else INSIDE,
        )
        for each in found[:limit]
    ]


def _newest(session: Session, wanted: ColumnElement[bool], limit: int) -> Sequence[Attachment]:
    """Keys grow with time, so that the look ends as soon as there are enough."""
    query = select(Attachment).where(Attachment.deleted_at.is_(None), wanted)
    return session.scalars(query.order_by(Attachment.id.desc()).limit(limit)).all()


def _holds(word: str) -> ColumnElement[bool]:
    return or_(*(Attachment.file_name.contains(each, autoescape=True) for each in _spellings(word)))


def _spellings(word: str) -> list[str]:
    """How the word may be written: LIKE knows no case but that of ASCII, and some disks take accents apart."""
    if word.isascii():
        return [word]
    cases = (word, word.lower(), word.upper(), *([fold(word)] if any(map(is_ideographic, word)) else []))
    return list(dict.fromkeys(unicodedata.normalize(form, each) for each in cases for form in ("NFC", "NFD")))


def _spans(file: Attached, words: Sequence[str]) -> tuple[Span, ...]:
    found = (written(fold(each), file.name) for each in words)
    return tuple(sorted({span for each in found if each is not None for span in each.spans}))
