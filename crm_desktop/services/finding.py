"""Finding anything by any part of what is remembered of it, and saying why it was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Account, Activity, Affiliation, Contact, Entity, picks
from crm_desktop.services.evidence import BODY, LONGEST_BODY, Reason, evidence
from crm_desktop.store import queries, search
from crm_desktop.store.sources import NUMBER, Source, sources_of
from crm_desktop.text.folding import fold
from crm_desktop.text.spans import Span, snippet

ACCOUNT, CONTACT, ACTIVITY = KINDS = ("account", "contact", "activity")
LOOKED_THROUGH = 8
"""How many times as many records are looked through for the last digits of a number."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found."""

    entity: str
    id: int
    name: str
    subtitle: str
    reasons: tuple[Reason, ...] = ()
    """By what it was found, where its name does not show it as written."""
    name_spans: tuple[Span, ...] = ()
    """The parts of the name that were asked for."""
    subtitle_spans: tuple[Span, ...] = ()
    rank: int = 0
    """How near the name comes, as told by `text.ranks`."""


class Shown(NamedTuple):
    """What is told of a record besides why it was found."""

    name: str
    subtitle: str
    body: str = ""
    """A long text, of which the part that was found stands behind the subtitle."""


class Reads(Protocol):
    """What gives a session to look with: the workspace, or a look that can be broken off."""

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one moment of the data."""


def find(source: Reads, text: str, limit: int = 8, kinds: Collection[str] = KINDS) -> list[Hit]:
    """At most `limit` records of each of these kinds that hold every word of `text`.

    Exact names come before those that begin with it, these before all others; among equals the most recent first.
    """
    if not fold(text):
        return []
    hits: list[Hit] = []
    with source.read() as session:
        connection = session.connection()
        for entity, show in SHOW.items():
            kind = entity.__tablename__
            if kind not in kinds:
                continue
            wanted = limit * (LOOKED_THROUGH if is_number(text) else 1)
            ranks = {key: rank for key, rank, _words in islice(search.best(connection, kind, text, wanted), wanted)}
            sources = sources_of(connection, kind, ranks)
            keys = _tails_first(text, ranks, sources)[:limit]
            shown = show(session, keys) if keys else {}
            hits += [_hit(kind, key, ranks[key], text, shown[key], sources[key]) for key in keys]
    return hits


def is_number(text: str) -> bool:
    """Whether nothing but digits is looked for."""
    return fold(text).isdecimal()


def _tails_first(text: str, ranks: Mapping[int, int], sources: Mapping[int, Sequence[Source]]) -> list[int]:
    """The records in order; of digits, people remember the last ones of a number, so those come first."""
    if not is_number(text):
        return list(ranks)
    asked = fold(text)

    def place(key: int) -> tuple[int, bool]:
        return ranks[key], not any(each.way == NUMBER and each.text.endswith(asked) for each in sources[key])

    return sorted(ranks, key=place)


def _hit(kind: str, key: int, rank: int, text: str, shown: Shown, sources: Sequence[Source]) -> Hit:
    found = evidence(kind, text, sources)
    subtitle, reasons = _with_body(shown, found.reasons)
    spans: list[Span] = []
    for place, reason in enumerate(reasons):
        at = subtitle.find(reason.text) if reason.spans else -1
        if at >= 0:
            spans += [(at + start, at + end) for start, end in reason.spans]
            reasons[place] = replace(reason, text="", spans=())
    # Of a private customer, names may be found in the one person behind it.
    names = tuple(each for each in found.name if each[1] <= len(shown.name))
    return Hit(kind, key, shown.name, subtitle, tuple(reasons), names, tuple(spans), rank)


def _with_body(shown: Shown, reasons: Sequence[Reason]) -> tuple[str, list[Reason]]:
    """The subtitle with the part of the long text that was found, or its beginning."""
    if not shown.body:
        return shown.subtitle, list(reasons)
    part = next((each.text for each in reasons if each.field == BODY), None)
    return _joined(shown.subtitle, part or snippet(shown.body, (), LONGEST_BODY)[0]), list(reasons)


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
            f"{at.astimezone():%Y-%m-%d}",
            summary,
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
    return ", ".join(str(each) for each in hit.reasons)
