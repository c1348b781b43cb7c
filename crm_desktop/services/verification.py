"""Which records nobody has verified for longer than the house wants, and what is said when somebody did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES, Account, Affiliation, Channel, Contact, Entity, Task
from crm_desktop.model.account import CLOSED, PERSON
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.base import now
from crm_desktop.model.channel import SUSPECT, channel_label, verified
from crm_desktop.model.fields import field_named
from crm_desktop.model.picks import label, of
from crm_desktop.services import accounts, channels, house_rules
from crm_desktop.services.records import check, living
from crm_desktop.services.today_rules import VERIFIED_KINDS
from crm_desktop.services.values import owner_column, put
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Severity

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now

MOST = 999
"""So many are counted: whoever has more has very many, and no page waits for it."""
DETAILS: Mapping[str, tuple[str, ...]] = {"account": ("website",), "contact": ("title", "department")}
"""The fields that are verified together with the channels."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record to verify."""

    entity: str
    key: int
    level: str
    """The level whose rule asks for it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a record says of itself: a channel, or a field."""

    entity: str
    key: int
    name: str
    """The kind of channel, or the name of the field."""
    label: str
    text: str
    """What stands in an editor; reading it again gives the same."""
    checked_at: datetime | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A record to verify, with all that is to be verified."""

    entity: str
    key: int
    name: str
    job: str
    account: str
    level: str
    affiliation: int | None
    """Where a contact works first of all."""
    verified_at: datetime | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many records of a level there are, and how many of them were verified in time."""

    level: str
    days: int
    fresh: int
    total: int


def days(session: Session) -> dict[str, int]:
    """After how many days the records of each level are to be verified, the most important level first."""
    said = house_rules.values(session)
    return {level: said[rule.name] for level, rule in house_rules.VERIFY.items()}


def days_of(workspace: Workspace, level: str) -> int:
    """The same for one level; a level without a rule counts as none."""
    with workspace.read() as session:
        return house_rules.value(session, house_rules.VERIFY.get(level, house_rules.VERIFY[""]))


def level_label(level: str) -> str:
    """The word for a level, or that there is none."""
    return label("level", level) if level else _("Without a level")


def queue(session: Session, at: Now) -> list[Waiting]:
    """The records to verify, those of important accounts first, at most one more than `MOST`.

    Level by level, and no further than that: along the index of levels, a page of them takes milliseconds where all
    would be half a million. Whoever has a next step is left out: it is the occasion to ask.
    """
    found: dict[tuple[str, int], Waiting] = {}
    for level, rule in days(session).items():
        before = at.begins(-rule)
        for entity, query in _records(level):
            if len(found) <= MOST:
                asked = query.where(_is_stale(entity, before), ~_has_next_step(entity))
                for key in session.scalars(asked.limit(MOST + 1 - len(found))):
                    found.setdefault((entity, key), Waiting(entity, key, level))
    return list(found.values())


def freshness(session: Session, at: Now) -> list[Fresh]:
    """How much of each level was verified in time; levels without records are left out."""
    return [found for level, rule in days(session).items() if (found := _freshness(session, at, level, rule)).total]


def _freshness(session: Session, at: Now, level: str, rule: int) -> Fresh:
    total = stale = 0
    for entity, query in _records(level):
        each = query.add_columns(_is_stale(entity, at.begins(-rule)).label("stale")).subquery()
        counts = select(func.count(), func.count(case((each.c.stale, 1))))
        there, old = session.execute(counts).one()
        total, stale = total + there, stale + old
    return Fresh(level, rule, total - stale, total)


def _records(level: str) -> Iterator[tuple[str, Select[int]]]:
    """The kinds of records of a level, and how to find them."""
    yield "account", _accounts(level)
    yield "contact", _people(level)
    if not level:
        yield "contact", _people_alone()


def _accounts(level: str) -> Select[int]:
    """A private customer is verified as the person is."""
    return select(Account.id).where(*_important(level), Account.kind != PERSON)


def _people(level: str) -> Select[int]:
    here = (Affiliation.deleted_at.is_(None), Affiliation.status == CURRENT, Contact.deleted_at.is_(None))
    query = select(Contact.id).join(Affiliation, Affiliation.contact_id == Contact.id)
    return query.join(Account, Account.id == Affiliation.account_id).where(*here, *_important(level)).distinct()


def _people_alone() -> Select[int]:
    """Whoever never was at an account."""
    linked = select(Affiliation.id).where(Affiliation.contact_id == Contact.id, Affiliation.deleted_at.is_(None))
    return select(Contact.id).where(Contact.deleted_at.is_(None), ~linked.exists())


def _important(level: str) -> tuple[ColumnElement[bool], ...]:
    statuses = [each.code for each in of("status") if each.code != CLOSED]
    unruled = or_(Account.level.is_(None), Account.level.not_in([each for each in house_rules.VERIFY if each]))
    is_such = Account.level == level if level else unruled
    return (Account.deleted_at.is_(None), Account.status.in_(statuses), is_such)


def _has_next_step(entity: str) -> ColumnElement[bool]:
    link, owner = (Task.account_id, Account.id) if entity == "account" else (Task.contact_id, Contact.id)
    return select(Task.id).where(link == owner, Task.done_at.is_(None), Task.deleted_at.is_(None)).exists()


def _is_stale(entity: str, before: datetime) -> ColumnElement[bool]:
    """That the record itself, or one of its channels, was last entered or verified before a moment."""
    record, owner = (Account, Channel.account_id) if entity == "account" else (Contact, Channel.contact_id)
    old = select(Channel.id).where(owner == record.id, *_stale_channel(before)).exists()
    return or_(func.coalesce(record.verified_at, record.created_at) < before, old)


def _stale_channel(before: datetime) -> tuple[ColumnElement[bool], ...]:
    doubtful = and_(Channel.checked_at.is_(None), Channel.state == SUSPECT)
    return (
        Channel.deleted_at.is_(None),
        Channel.do_not_use.is_(False),
        Channel.kind.in_(VERIFIED_KINDS),
        or_(doubtful, func.coalesce(Channel.checked_at, Channel.created_at) < before),
    )


def cards(session: Session, wanted: Sequence[Waiting], at: Now) -> list[Card]:
    """These records with what is to be verified of them, in this order; those in the bin are left out."""
    before = {level: at.begins(-rule) for level, rule in days(session).items()}
    found = (_card(session, each, before[each.level]) for each in wanted)
    return [each for each in found if each is not None]


def _card(session: Session, waiting: Waiting, before: datetime) -> Card | None:
    record = session.get(ENTITIES[waiting.entity], waiting.key)
    if record is None or record.deleted_at is not None:
        return None
    main = record.main_affiliation_id if isinstance(record, Contact) else None
    place = session.get(Affiliation, main) if main is not None else None
    where = place and session.get(Account, place.account_id)
    assert isinstance(record, Account | Contact)
    return Card(
        waiting.entity,
        waiting.key,
        record.full_name if isinstance(record, Contact) else record.name,
        (place and place.title) or "",
        where.name if where else "",
        waiting.level,
        place.id if place and place.status == CURRENT else None,
        record.verified_at,
        (*_reaches(session, record, before), *_details(record, place)),
    )


def _reaches(session: Session, record: Entity, before: datetime) -> Iterable[Line]:
    mine = getattr(Channel, owner_column(record)) == record.id
    query = select(Channel).where(mine, Channel.deleted_at.is_(None), Channel.do_not_use.is_(False))
    stale = set(session.scalars(select(Channel.id).where(mine, *_stale_channel(before))))
    for each in session.scalars(query.order_by(Channel.is_primary.desc(), Channel.id)):
        text = each.raw if each.state == SUSPECT else each.value.show()
        yield Line("channel", each.id, each.kind, channel_label(each.kind), text, each.checked_at, each.id in stale)


def _details(record: Entity, place: Affiliation | None) -> Iterable[Line]:
    holder = place if isinstance(record, Contact) else record
    if holder is not None:
        for name in DETAILS[record.__tablename__]:
            field = field_named(type(holder), name)
            yield Line(holder.__tablename__, holder.id, name, field.label, field.kind.edit(getattr(holder, name)))


def confirm(workspace: Workspace, entity: str, key: int) -> None:
    """Note that somebody made sure just now that all of a record still holds, as one step to undo."""
    with workspace.write(_title(workspace, entity, key)) as session:
        sign(session, living(session, ENTITIES[entity], key))


def gone(workspace: Workspace, account: int) -> None:
    """Close an account that was found to be closed or to exist no longer, as one step to undo."""
    accounts.close(workspace, account, _("it is closed or exists no longer, as was found when it was verified"))


def correct(workspace: Workspace, entity: str, key: int, changes: Sequence[tuple[Line, str]]) -> None:
    """Have lines of a record say something else, and note that all of it holds now, as one step to undo.

    Raises Invalid by the labels of lines for what cannot be.
    """
    with workspace.write(_title(workspace, entity, key)) as session:
        wrong: dict[str, str] = {}
        for line, text in changes:
            try:
                _say(session, line, text)
            except Invalid as error:
                wrong[line.label] = str(error)
        if wrong:
            raise Invalid(wrong)
        session.flush()
        sign(session, living(session, ENTITIES[entity], key))


def _say(session: Writing, line: Line, text: str) -> None:
    if line.entity == "channel":
        channels.correct(session, line.key, text)
        return
    kind = ENTITIES[line.entity]
    found = check(kind, line.name, text)
    if found.worst == Severity.BLOCK or (found.value is None and text.strip()):
        raise Invalid({line.name: "\n".join(each.text for each in found.findings)})
    put(session, living(session, kind, line.key), field_named(kind, line.name), found.value)


def sign(session: Writing, record: Entity, kinds: Sequence[str] = ()) -> None:
    """Note in a write that is under way that a record holds, with its channels: all of them, or those of some kinds."""
    assert isinstance(record, Account | Contact)
    record.verified_at = moment = now()
    holder, key = channels.kept_with(session, type(record), record.id)
    owner = Channel.account_id if holder is Account else Channel.contact_id
    query = select(Channel).where(owner == key, Channel.deleted_at.is_(None), Channel.do_not_use.is_(False))
    for each in session.scalars(query.where(Channel.kind.in_(kinds)) if kinds else query):
        verified(each, moment)
    if holder is not type(record):
        session.get_one(Contact, key).verified_at = moment


def sign_talk(session: Writing, account: int | None, contacts: Iterable[int]) -> None:
    """Note that a talk confirmed the details of the people who took part, or where nobody is named, of the account."""
    people: list[Any] = [living(session, Contact, each) for each in contacts]
    for each in people or ([living(session, Account, account)] if account is not None else []):
        sign(session, each, VERIFIED_KINDS)


def _title(workspace: Workspace, entity: str, key: int) -> str:
    with workspace.read() as session:
        called = queries.names(session, ENTITIES[entity], [key])
    return _("Verify {name}").format(name=called.get(key, ""))
