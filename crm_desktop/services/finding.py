"""Finding anything by any part of what is remembered of it, and saying why it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Account, Activity, Affiliation, Contact, Entity, picks
from crm_desktop.store import queries, search
from crm_desktop.store.search import Words
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.folding import fold
from crm_desktop.text.tokens import matches

NAME, PINYIN, PHONE, MAIL, TEXT = "name", "pinyin", "phone", "mail", "text"
AROUND = 18
"""How many characters of a note are shown on each side of what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found."""

    entity: str
    id: int
    name: str
    subtitle: str
    matched: str
    """By what: `name`, `pinyin`, `phone`, `mail` (any address or handle) or `text`."""
    why: str
    """What was found, where the name does not show it: the number, the address, the words of the note."""
    rank: int
    """How near the name comes, as told by `text.ranks`."""


class Shown(NamedTuple):
    """What is told of a record besides why it was found."""

    name: str
    subtitle: str


def find(workspace: Workspace, text: str, limit: int = 8) -> list[Hit]:
    """At most `limit` accounts, as many contacts and as many activities that hold every word of `text`.

    Exact names come before those that begin with it, these before all others; among equals the most recent first.
    """
    if not fold(text):
        return []
    hits: list[Hit] = []
    with workspace.read() as session:
        for entity, show in SHOW.items():
            best = search.best(session.connection(), entity.__tablename__, text, limit)
            found = {key: (rank, words) for key, rank, words in islice(best, limit)}
            shown = show(session, list(found)) if found else {}
            for key, (rank, words) in found.items():
                matched, why = _reason(text, words)
                hits.append(Hit(entity.__tablename__, key, *shown[key], matched, why, rank))
    return hits


def _reason(text: str, words: Words) -> tuple[str, str]:
    """By what a record was found, and what to show of it."""
    if _is_in_name(text, words):
        is_plain = any(fold(text) in fold(name) for name in (*words.people, *words.companies))
        return (NAME if is_plain else PINYIN), ""
    for number in words.digits:
        if matches(text, [], [], [number]):
            return PHONE, number
    for mail in words.mails:
        if matches(text, [], [mail], []):
            return MAIL, mail
    for each in words.texts:
        if matches(text, [each], [], []):
            return TEXT, snippet(each, text)
    others = [each for each in text.split() if not _is_in_name(each, words)]
    return _reason(others[0], words) if others and others[0] != text.strip() else (TEXT, "")


def _is_in_name(text: str, words: Words) -> bool:
    return matches(text, [], words.people, [], words.companies)


def snippet(note: str, text: str) -> str:
    """The part of a note around what was found, on one line."""
    plain = " ".join(note.split())
    word = text.split(maxsplit=1)[0]
    at = plain.casefold().find(word.casefold())
    start = max(0, at - AROUND)
    end = max(at, 0) + len(word) + AROUND
    return f"{'…' if start else ''}{plain[start:end]}{'…' if end < len(plain) else ''}"


def _accounts(session: Session, keys: Sequence[int]) -> dict[int, Shown]:
    columns = (Account.id, Account.name, Account.industry, Account.parent_id, Account.status)
    rows = session.execute(select(*columns).where(Account.id.in_(keys))).all()
    above = queries.names(session, Account, {parent for _id, _name, _industry, parent, *_rest in rows if parent})
    return {
        key: Shown(
            name,
            _joined(
                above.get(parent or 0),
                picks.label("industry", industry) if industry else None,
                picks.label("status", status) if status == "closed" else None,
            ),
        )
        for key, name, industry, parent, status in rows
    }


def _contacts(session: Session, keys: Sequence[int]) -> dict[int, Shown]:
    query = (
        select(Contact.id, Contact.full_name, Affiliation.title, Account.name)
        .outerjoin(Affiliation, Affiliation.id == Contact.main_affiliation_id)
        .outerjoin(Account, Account.id == Affiliation.account_id)
    )
    rows = session.execute(query.where(Contact.id.in_(keys)))
    return {key: Shown(name, _joined(title, company)) for key, name, title, company in rows}


def _activities(session: Session, keys: Sequence[int]) -> dict[int, Shown]:
    query = select(Activity.id, Activity.kind, Activity.at, Activity.summary, Account.name)
    query = query.outerjoin(Account, Account.id == Activity.account_id).where(Activity.id.in_(keys))
    return {
        key: Shown(
            _joined(picks.label("activity_kind", kind), company),
            _joined(f"{at.astimezone():%Y-%m-%d}", " ".join(summary.split())[:60]),
        )
        for key, kind, at, summary, company in session.execute(query)
    }


def _joined(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


SHOW: Mapping[type[Entity], Callable[[Session, Sequence[int]], dict[int, Shown]]] = {
    Account: _accounts,
    Contact: _contacts,
    Activity: _activities,
}
"""What is searched, in the order in which it is shown."""


def noun_of_group(entity: str) -> str:
    """The heading above hits of one kind."""
    return {"account": _("Accounts"), "contact": _("Contacts"), "activity": _("Activities")}[entity]


def why(hit: Hit) -> str:
    """Why a record was found, in words; nothing when its name shows it."""
    if hit.matched == PHONE:
        return _("Phone {number}").format(number=hit.why)
    return _("Pinyin") if hit.matched == PINYIN else hit.why
