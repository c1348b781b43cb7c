"""Lists for other programs: words instead of codes, and identities by which a file finds its records again."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import User
from crm_desktop.services.exporting.columns import chosen, columns_of, offered, spread
from crm_desktop.services.exporting.rows import Rows, most_channels
from crm_desktop.services.exporting.wanted import (
    ACCOUNTS,
    ACTIVITIES,
    CONTACTS,
    EVERYTHING,
    SUBJECTS,
    WHAT,
    Wanted,
)
from crm_desktop.services.importing import fingerprint
from crm_desktop.services.importing.targets import RECORD_LABEL
from crm_desktop.store import queries
from crm_desktop.store.cache import little_cache
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.sheet import Table

__all__ = [
    "ACCOUNTS", "ACTIVITIES", "CONTACTS", "EVERYTHING", "SUBJECTS", "WHAT", "Counts", "Wanted", "columns", "counts",
    "reading", "tables",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records would be exported, of how many there are."""

    records: int
    total: int


@contextmanager
def reading(workspace: Workspace, wanted: Wanted) -> Iterator[list[Table]]:
    """The lists that are wanted as sheets of plain cells, which can be read as long as this lasts.

    All of it is read from one moment of the data, whatever is written meanwhile.
    """
    wanted.check()
    with _what_is_there_stays(), workspace.read() as session, little_cache(session.connection()):
        person = session.scalar(select(User.name).where(User.id == workspace.author)) or ""
        yield [_table(session, part, person) for part in wanted.parts()]


@contextmanager
def _what_is_there_stays() -> Iterator[None]:
    """Look for circular garbage among the new objects only; measured, the rest takes 15 % of an export."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def tables(
    workspace: Workspace, what: str, *, fields: Sequence[str] = (), listing: Listing | None = None, text: str = ""
) -> Job[list[Table]]:
    """The same lists with all their rows in memory, all fields and all records unless said otherwise.

    `fields` are codes of columns in their order, `listing` is a list as it is seen, `text` narrows as a search does.
    """
    wanted = Wanted(what, tuple(fields), text=text)
    if listing and what in SUBJECTS and listing.entity is SUBJECTS[what][0]:
        wanted = replace(Wanted.seen(listing), columns=tuple(fields), text=text or listing.text)
    made = []
    with reading(workspace, wanted) as found:
        for done, each in enumerate(found, start=1):
            made.append(replace(each, rows=list(each.rows)))
            yield Progress(done, len(found), each.name)
    return made


def columns(what: str) -> list[tuple[str, str]]:
    """The columns that a list may have, by code and by the word that people see, in their order."""
    entity, _label = SUBJECTS[what]
    return [(each.code, each.label) for each in offered(entity)]


def usual(what: str) -> list[str]:
    """The codes of the columns that are written when nobody chose any."""
    return [each.code for each in columns_of(SUBJECTS[what][0])]


def counts(workspace: Workspace, wanted: Wanted) -> Counts:
    """How many records would be exported, of how many there are of their kind."""
    with workspace.read() as session:
        total = sum(queries.count(session, Listing(each.entity, closed=True)) for each in wanted.parts())
        records = sum(_count(session, each) for each in wanted.parts())
    return Counts(records, total)


def _count(session: Session, wanted: Wanted) -> int:
    return queries.count(session, wanted.listing) if wanted.ids is None else len(wanted.keys(session))


def _table(session: Session, wanted: Wanted, person: str) -> Table:
    _entity, label = SUBJECTS[wanted.what]
    picked = chosen(wanted.entity, wanted.columns)
    keys = wanted.keys(session)
    most = most_channels(session, wanted.entity, keys) if any(each.holds_channels for each in picked) else {}
    spread_out = spread(picked, most)
    rows = Rows(session, wanted.entity, keys, spread_out)
    header = (
        *(each.label for each in spread_out),
        _(RECORD_LABEL),
        fingerprint.header([each.target for each in spread_out]),
    )
    hidden = frozenset({len(spread_out), len(spread_out) + 1})
    amounts = frozenset(place for place, each in enumerate(spread_out) if each.is_amount)
    return Table(
        _(label),
        header,
        rows,
        hidden,
        _facts(wanted.narrowing(queries.users(session)), len(keys), len(rows), person),
        amounts,
    )


def _facts(narrowing: str, records: int, rows: int, person: str) -> tuple[tuple[str, str], ...]:
    found = [(_("Filter"), narrowing or _("none"))]
    if rows != records:
        found.append((_("Records"), f"{records:,}"))
    found += [(_("Rows"), f"{rows:,}"), (_("Written"), f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")]
    return (*found, (_("Written by"), person)) if person else tuple(found)
