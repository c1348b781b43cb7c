"""Finding anything by any part of what is remembered of it, and saying why it was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import picks
from crm_desktop.model.account import CLOSED
from crm_desktop.services.evidence import BODY, LONGEST_BODY, Reason, evidence
from crm_desktop.store import briefs, nearest
from crm_desktop.store.sources import Source, sources_of
from crm_desktop.text.folding import fold
from crm_desktop.text.spans import Span, snippet

ACCOUNT, CONTACT, ACTIVITY = KINDS = ("account", "contact", "activity")


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

    @property
    def author(self) -> int | None:
        """The user who looks, whose own records come first."""

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one moment of the data."""


def find(source: Reads, text: str, limit: int = 8, kinds: Collection[str] = KINDS) -> list[Hit]:
    """At most `limit` records of each of these kinds that hold every word of `text`, in the order of `store.nearest`.

    Exact names come before those that begin with it, then numbers that end with it, then all others; among equals the
    user's own first, then the most recent.
    """
    if not fold(text):
        return []
    hits: list[Hit] = []
    with source.read() as session:
        connection = session.connection()
        for kind, show in SHOW.items():
            if kind not in kinds:
                continue
            ranks = dict(islice(nearest.best(connection, kind, text, limit, source.author), limit))
            shown = show(connection, ranks)
            sources = sources_of(connection, kind, ranks)
            hits += [_hit(kind, key, rank, text, shown[key], sources[key]) for key, rank in ranks.items()]
    return hits


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


def _accounts(connection: Connection, keys: Collection[int]) -> dict[int, Shown]:
    return {
        key: Shown(
            told.name,
            _joined(
                told.above,
                picks.label("industry", told.industry) if told.industry else None,
                picks.label("status", told.status) if told.status == CLOSED else None,
            ),
        )
        for key, told in briefs.accounts(connection, keys).items()
    }


def _contacts(connection: Connection, keys: Collection[int]) -> dict[int, Shown]:
    found = briefs.contacts(connection, keys).items()
    return {key: Shown(told.name, _joined(told.title, told.company)) for key, told in found}


def _activities(connection: Connection, keys: Collection[int]) -> dict[int, Shown]:
    return {
        key: Shown(
            _joined(picks.label("activity_kind", told.kind), told.company),
            f"{told.at.astimezone():%Y-%m-%d}",
            told.summary,
        )
        for key, told in briefs.activities(connection, keys).items()
    }


def _joined(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


SHOW: Mapping[str, Callable[[Connection, Collection[int]], dict[int, Shown]]] = {
    ACCOUNT: _accounts,
    CONTACT: _contacts,
    ACTIVITY: _activities,
}
"""What is searched, in the order in which it is shown."""


def noun_of_group(entity: str) -> str:
    """The heading above hits of one kind."""
    words = {"account": _("Accounts"), "contact": _("Contacts"), "activity": _("Activities"), "attachment": _("Files")}
    return words[entity]


def why(hit: Hit) -> str:
    """Why a record was found, in words; nothing when its name shows it."""
    return ", ".join(str(each) for each in hit.reasons)


def words_of_later(count: int) -> str:
    """That the search does not know some records yet."""
    return ngettext("{count} new record is not searchable yet", "{count} new records are not searchable yet", count)
