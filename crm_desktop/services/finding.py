"""Finding anything by any part of what is remembered of it, and saying why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Account, Activity, Affiliation, Contact, Entity, picks
from crm_desktop.store import queries, search
from crm_desktop.store.search import Words
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.pinyin import initials, pinyin
from crm_desktop.text.tokens import matches

NAME, PINYIN, PHONE, MAIL, TEXT = "name", "pinyin", "phone", "mail", "text"
EXACT, SPELT, BEGINS, BEGINS_SPELT, INSIDE, ELSEWHERE = range(6)
"""How good a hit is, best first."""
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of a record besides why it was found."""

    name: str
    subtitle: str
    at: datetime


def find(workspace: Workspace, text: str, limit: int = 8) -> list[Hit]:
    """At most `limit` accounts, as many contacts and as many activities that hold every word of `text`.

    Exact names come before those that begin with it, these before all others; among equals the most recent first.
    """
    if not fold(text):
        return []
    hits: list[Hit] = []
    with workspace.read() as session:
        for entity, show in SHOW.items():
            found = _ranked(session, entity, text)
            shown = show(session, list(found))
            order = sorted(shown, key=lambda key: (found[key][0], -shown[key].at.timestamp(), -key))
            for key in order[:limit]:
                rank, words = found[key]
                matched, why = _reason(text, words)
                told = shown[key]
                hits.append(Hit(entity.__tablename__, key, told.name, told.subtitle, matched, why, rank))
    return hits


def _ranked(session: Session, entity: type[Entity], text: str) -> dict[int, tuple[int, Words]]:
    """How good each record is that really holds the text, with all it can be found by, by key."""
    connection = session.connection()
    newest = search.candidates(connection, entity.__tablename__, text)
    keys = list(dict.fromkeys([*newest, *_called(session, entity, text)]))
    found: dict[int, tuple[int, Words]] = {}
    if not keys:
        return found
    is_one_word = len(text.split()) == 1
    for key, words in search.words_of(connection, entity.__tablename__, keys).items():
        rank = _rank(text, words)
        if (is_one_word and rank != ELSEWHERE) or words.match(text):
            found[key] = (rank, words)
    return found


def _called(session: Session, entity: type[Entity], text: str) -> Iterable[int]:
    """Records of exactly this name, which may be older than the newest that hold its words."""
    same: ColumnElement[bool]
    if entity is Contact:
        same = Contact.name_key == fold(text)
    elif entity is Account:
        same = Account.core_key == company_core(text)
    else:
        return []
    return session.scalars(select(entity.id).where(same, entity.deleted_at.is_(None)).limit(search.CANDIDATES))


def _rank(text: str, words: Words) -> int:
    asked = fold(text)
    ranks = [_rank_of_name(asked, name, surname=True) for name in words.people]
    ranks += [_rank_of_name(asked, name, surname=False) for name in words.companies]
    return min(ranks, default=ELSEWHERE)


def _rank_of_name(asked: str, name: str, *, surname: bool) -> int:
    folded = fold(name)
    if asked in (folded, company_core(name)):
        return EXACT
    if folded.startswith(asked):
        return BEGINS
    if not asked.isascii() or name.isascii():
        return INSIDE if asked in folded else ELSEWHERE
    spelt = (fold(pinyin(name, surname)), fold(initials(name, surname)))
    if asked in spelt:
        return SPELT
    if any(each.startswith(asked) for each in spelt):
        return BEGINS_SPELT
    return INSIDE if asked in folded else ELSEWHERE


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
    columns = (Account.id, Account.name, Account.industry, Account.parent_id, _touched(Account), Account.status)
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
            at,
        )
        for key, name, industry, parent, at, status in rows
    }


def _contacts(session: Session, keys: Sequence[int]) -> dict[int, Shown]:
    query = (
        select(Contact.id, Contact.full_name, Affiliation.title, Account.name, _touched(Contact))
        .outerjoin(Affiliation, Affiliation.id == Contact.main_affiliation_id)
        .outerjoin(Account, Account.id == Affiliation.account_id)
    )
    rows = session.execute(query.where(Contact.id.in_(keys)))
    return {key: Shown(name, _joined(title, company), at) for key, name, title, company, at in rows}


def _activities(session: Session, keys: Sequence[int]) -> dict[int, Shown]:
    query = select(Activity.id, Activity.kind, Activity.at, Activity.summary, Account.name)
    query = query.outerjoin(Account, Account.id == Activity.account_id).where(Activity.id.in_(keys))
    return {
        key: Shown(
            _joined(picks.label("activity_kind", kind), company),
            _joined(f"{at.astimezone():%Y-%m-%d}", " ".join(summary.split())[:60]),
            at,
        )
        for key, kind, at, summary, company in session.execute(query)
    }


def _touched(entity: type[Account] | type[Contact]) -> ColumnElement[datetime]:
    return func.coalesce(entity.last_activity_at, entity.created_at, type_=entity.__table__.c.created_at.type)


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
