"""Rhythms as SQL: how often one is to be in touch with a record, and whether that is overdue.

Where several apply, the shortest counts; so whoever is overdue by one of them is overdue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import chain, groupby
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, false, func, null, or_, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Affiliation, Contact, Entity, Tagging
from crm_desktop.model.account import CLOSED
from crm_desktop.model.filters import Group
from crm_desktop.model.house import Rhythm, house
from crm_desktop.store.lookup import AMONG, among, packed

Condition: TypeAlias = ColumnElement[bool]
Ask: TypeAlias = Callable[[type[Entity], Group, date], Condition]
"""What makes a condition of the filter of a list."""
Applying: TypeAlias = tuple[int, int | None]
"""A record and the days of one of its rhythms."""


def allowed(entity: type[Entity], today: date, ask: Ask) -> ColumnElement[Any]:
    """After how many days one is to be in touch with a record again; nothing where no rhythm applies."""
    by_days, paused = _scopes(entity, today, ask)
    if not by_days:
        return null()
    return case((paused, null()), *((within, days) for days, within in by_days.items()))


def of_few(
    session: Session, entity: type[Entity], keys: Collection[int], today: date, ask: Ask, *, own: bool = False
) -> dict[int, int]:
    """The rhythms of a page of records, in days; who has none is left out.

    What they are for is looked up for these records alone: on 150,000 contacts, to ask all takes a second. Their `own`
    rhythms are those by tag or list.
    """
    found: dict[int, list[int | None]] = defaultdict(list)
    applying = [_by_list(session, entity, keys, today, ask), _by_tag(session, entity, keys)]
    for key, days in chain(*applying, () if own else _by_level(session, entity, keys)):
        found[key].append(days)
    if entity is Account:
        for key in session.scalars(CLOSED_ONES, {"keys": packed(keys)}):
            found.pop(key, None)
    return {key: min(each or 0 for each in days) for key, days in found.items() if days and None not in days}


def _by_list(
    session: Session, entity: type[Entity], keys: Collection[int], today: date, ask: Ask
) -> Iterator[Applying]:
    for each in house().rhythms:
        if each.filter is not None and each.is_for(entity.__tablename__):
            query = select(entity.id).where(entity.id.in_(among(keys)), ask(entity, each.filter, today))
            yield from ((key, each.days) for key in session.scalars(query))


def _by_tag(session: Session, entity: type[Entity], keys: Collection[int]) -> Iterator[Applying]:
    of_tags = [each for each in house().rhythms if each.tag is not None]
    if of_tags:
        tagged = session.execute(_taggings(entity), {"keys": packed(keys)})
        yield from ((key, each.days) for key, tag in tagged for each in of_tags if each.tag == tag)


def _by_level(session: Session, entity: type[Entity], keys: Collection[int]) -> Iterator[Applying]:
    days = {each.level: each.days for each in house().rhythms if each.level}
    for statement in _levels(entity):
        found = session.execute(statement, {"keys": packed(keys)})
        yield from ((key, days[level]) for key, level in found if level in days)


@cache
def _levels(entity: type[Entity]) -> tuple[Select[int, str | None], ...]:
    """The level of each record: a contact's is that of the account where it is first of all."""
    if entity is Account:
        return (select(Account.id, Account.level).where(Account.id.in_(AMONG)),)
    here = Contact.id.in_(AMONG)
    main = select(Contact.id, Account.level).join(Affiliation, Affiliation.id == Contact.main_affiliation_id)
    person = select(Contact.id, Account.level).join(Account, Account.id == Contact.person_account_id)
    return main.join(Account, Account.id == Affiliation.account_id).where(here), person.where(here)


@cache
def _taggings(entity: type[Entity]) -> Select[int, int]:
    owner = getattr(Tagging, f"{entity.__tablename__}_id")
    return select(owner, Tagging.tag_id).where(owner.in_(AMONG), Tagging.deleted_at.is_(None))


CLOSED_ONES = select(Account.id).where(Account.id.in_(AMONG), Account.status == CLOSED)


def overdue(entity: type[Entity], today: date, ask: Ask, *, own: bool = False) -> Condition:
    """That nobody was in touch for longer than a rhythm allows; before the first touch, since the record was made.

    Only a rhythm of their `own` counts then, by tag or list: a level is that of a whole account.
    """
    by_days, paused = _scopes(entity, today, ask, own=own)
    late = [and_(_untouched(entity, today, days), within) for days, within in by_days.items()]
    return and_(or_(false(), *late), paused.is_not(True))


def has_rhythm(entity: type[Entity], today: date, ask: Ask) -> Condition:
    """That a rhythm applies to a record."""
    by_days, paused = _scopes(entity, today, ask)
    return and_(or_(false(), *by_days.values()), paused.is_not(True))


def due(entity: type[Entity], today: date, ask: Ask) -> ColumnElement[Any]:
    """When one is to be in touch again, as a number of days to sort by."""
    columns: Any = entity
    last = func.coalesce(columns.last_activity_at, columns.created_at)
    return func.julianday(last) + allowed(entity, today, ask)


def _scopes(
    entity: type[Entity], today: date, ask: Ask, *, own: bool = False
) -> tuple[Mapping[int, Condition], Condition]:
    """Who has a rhythm of how many days, the shortest first; and who has none, whatever else applies."""
    found = [each for each in house().rhythms if each.is_for(entity.__tablename__) and not (own and each.level)]
    in_order = sorted((each for each in found if each.days is not None), key=lambda each: each.days or 0)
    by_days = {
        days or 0: or_(*_within(entity, list(same), today, ask))
        for days, same in groupby(in_order, lambda each: each.days)
    }
    paused = _within(entity, [each for each in found if each.days is None], today, ask)
    if entity is Account:
        paused.append(Account.status == CLOSED)
    return by_days, or_(false(), *paused)


def _within(entity: type[Entity], rhythms: list[Rhythm], today: date, ask: Ask) -> list[Condition]:
    """Which records some rhythms are for."""
    levels = [each.level for each in rhythms if each.level]
    tags = [each.tag for each in rhythms if each.tag is not None]
    lists = [ask(entity, each.filter, today) for each in rhythms if each.filter is not None]
    owner = getattr(Tagging, f"{entity.__tablename__}_id")
    tagged = select(owner).where(owner.is_not(None), Tagging.tag_id.in_(tags), Tagging.deleted_at.is_(None))
    return [
        *([_of_levels(entity, levels)] if levels else []),
        *([entity.id.in_(tagged.correlate(None))] if tags else []),
        *lists,
    ]


def _of_levels(entity: type[Entity], levels: list[str]) -> Condition:
    """The level of a contact is that of the account where it is first of all."""
    if entity is Account:
        return Account.level.in_(levels)
    firms = select(Account.id).where(Account.level.in_(levels)).correlate(None)
    places = select(Affiliation.id).where(Affiliation.account_id.in_(firms)).correlate(None)
    return or_(Contact.main_affiliation_id.in_(places), Contact.person_account_id.in_(firms))


def _untouched(entity: type[Entity], today: date, days: int) -> Condition:
    columns: Any = entity
    since = datetime.combine(today - timedelta(days=days), time()).astimezone()
    return or_(columns.last_activity_at < since, and_(columns.last_activity_at.is_(None), columns.created_at < since))
