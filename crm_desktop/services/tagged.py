"""Tags by what is typed of their names, with how many records carry each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Contact, Tag, Tagging
from crm_desktop.services.finding import Reads
from crm_desktop.text.pinyin import sort_key
from crm_desktop.text.spans import Span, fits

MOST = 30


class Tagged(NamedTuple):
    """A tag and what carries it."""

    id: int
    name: str
    accounts: int
    contacts: int
    spans: tuple[Span, ...]
    """The parts of the name that were asked for."""


def find(source: Reads, text: str, limit: int = MOST) -> list[Tagged]:
    """The tags whose names hold what is typed, also by pinyin and initials, by name; all of them for a blank."""
    with source.read() as session:
        rows = session.execute(select(Tag.id, Tag.name).where(Tag.deleted_at.is_(None)))
        fitting = [(key, name, spans) for key, name in rows if (spans := fits(text, [name])) is not None]
        fitting = sorted(fitting, key=lambda each: sort_key(each[1]))[:limit]
        counts = _counts(session, [key for key, *_rest in fitting])
    return [Tagged(key, name, *counts.get(key, (0, 0)), spans) for key, name, spans in fitting]


def _counts(session: Session, tags: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many living accounts and contacts carry each tag."""
    found = select(Tagging.tag_id, func.count(Account.id), func.count(Contact.id))
    found = found.outerjoin(Account, (Account.id == Tagging.account_id) & Account.deleted_at.is_(None))
    found = found.outerjoin(Contact, (Contact.id == Tagging.contact_id) & Contact.deleted_at.is_(None))
    found = found.where(Tagging.tag_id.in_(tags), Tagging.deleted_at.is_(None)).group_by(Tagging.tag_id)
    return {key: (accounts, contacts) for key, accounts, contacts in session.execute(found)}
