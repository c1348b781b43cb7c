"""The statements behind timelines, each made once: making one takes longer than carrying it out."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, case, func, or_, select, tuple_

from crm_desktop.model import Activity, ActivityParty, Affiliation, Contact, Task
from crm_desktop.model.activity import SYSTEM
from crm_desktop.model.types import Key, UTCTime

KEY = bindparam("key", type_=Key)
"""The account or contact whose timeline it is."""
KEYS: BindParameter[int] = bindparam("keys", type_=Key, expanding=True)
Statement: TypeAlias = Select[*tuple[Any, ...]]
Statements: TypeAlias = tuple[Statement, ...]
Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


def _talks_of(who: ColumnElement[bool]) -> Select[int]:
    return select(ActivityParty.activity_id).where(who, ActivityParty.deleted_at.is_(None))


LIVING = Activity.deleted_at.is_(None)
IS_TOUCH = Activity.kind != SYSTEM
PEOPLE = select(Affiliation.contact_id).where(Affiliation.account_id == KEY, Affiliation.deleted_at.is_(None))
PARTS: dict[str, tuple[Conditions, ...]] = {
    "contact": ((LIVING, Activity.id.in_(_talks_of(ActivityParty.contact_id == KEY))),),
    "account": (
        (LIVING, Activity.account_id == KEY),
        (LIVING, Activity.account_id.is_(None), Activity.id.in_(_talks_of(ActivityParty.contact_id.in_(PEOPLE)))),
    ),
}
"""What makes up a timeline, in parts that share no entry and each go along an index.

In one condition with OR, SQLite would sort all entries of an account for every page.
"""
ENTRY = (
    Activity.id,
    Activity.kind,
    Activity.direction,
    Activity.at,
    Activity.minutes,
    Activity.place,
    Activity.summary,
    Activity.outcome,
    Activity.author_id,
    Activity.account_id,
)
STEP = (Task.id, Task.title, Task.due_at, Task.has_time, Task.done_at)


@cache
def pages(entity: str, *, is_older: bool) -> Statements:
    """The newest entries of each part of a timeline, or, with `is_older`, those before a moment and key."""
    before = tuple_(bindparam("at", type_=UTCTime), bindparam("before", type_=Key))
    older = (tuple_(Activity.at, Activity.id) < before,) if is_older else ()
    order = (Activity.at.desc(), Activity.id.desc())
    return tuple(
        select(*ENTRY).where(*part, *older).order_by(*order).limit(bindparam("count")) for part in PARTS[entity]
    )


@cache
def among(entity: str) -> Statements:
    """Those of some entries that belong to a timeline."""
    return tuple(select(*ENTRY).where(Activity.id.in_(KEYS), *part) for part in PARTS[entity])


@cache
def counts(entity: str) -> Statements:
    """How many entries each part of a timeline has."""
    return tuple(select(func.count(Activity.id)).where(*part) for part in PARTS[entity])


@cache
def touches(entity: str) -> Statements:
    """When we were last in touch and how often since a moment, in each part of a timeline.

    Along its index, an account's own part is looked at no further than it takes to count up to a number.
    """
    lately = Activity.at >= bindparam("since", type_=UTCTime)
    by_people = [
        select(func.max(Activity.at), func.count(case((lately, Activity.id)))).where(*part, IS_TOUCH)
        for part in PARTS[entity][-1:]
    ]
    along_index = [
        select(
            select(Activity.at).where(*part, IS_TOUCH).order_by(Activity.at.desc()).limit(1).scalar_subquery(),
            select(func.count())
            .select_from(select(Activity.id).where(*part, IS_TOUCH, lately).limit(bindparam("most")).subquery())
            .scalar_subquery(),
        )
        for part in PARTS[entity][:-1]
    ]
    return (*along_index, *by_people)


@cache
def next_step(entity: str) -> Statement:
    """The first thing still to be done with an account or contact."""
    mine = (Task.contact_id if entity == "contact" else Task.account_id) == KEY
    open_tasks = select(*STEP).where(mine, Task.done_at.is_(None), Task.deleted_at.is_(None))
    return open_tasks.order_by(Task.due_at.is_(None), Task.due_at, Task.id).limit(1)


PEOPLE_OF = (
    select(ActivityParty.activity_id, Contact.id, Contact.full_name)
    .join(Contact, Contact.id == ActivityParty.contact_id)
    .where(ActivityParty.activity_id.in_(KEYS), ActivityParty.deleted_at.is_(None))
    .order_by(ActivityParty.id)
)
STEPS_OF = (
    select(Task.activity_id, *STEP).where(Task.activity_id.in_(KEYS), Task.deleted_at.is_(None)).order_by(Task.id)
)
TALKS_OF_PARTIES = select(ActivityParty.activity_id).where(ActivityParty.id.in_(KEYS))
TALKS_OF_STEPS = select(Task.activity_id).where(Task.id.in_(KEYS))


def says(word: str) -> ColumnElement[bool]:
    """Whether a word stands anywhere in an entry: what was said, where, with whom and what is next.

    SQLite's LIKE knows small and capital letters of ASCII only, so other letters are looked for in both.
    """
    people = (
        select(ActivityParty.id)
        .join(Contact, Contact.id == ActivityParty.contact_id)
        .where(ActivityParty.deleted_at.is_(None), ActivityParty.activity_id == Activity.id)
    )
    steps = select(Task.id).where(Task.deleted_at.is_(None), Task.activity_id == Activity.id)
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(
        *(
            condition
            for each in sorted(spellings)
            for condition in (
                Activity.summary.contains(each, autoescape=True),
                Activity.place.contains(each, autoescape=True),
                people.where(Contact.full_name.contains(each, autoescape=True)).exists(),
                steps.where(Task.title.contains(each, autoescape=True)).exists(),
            )
        )
    )
