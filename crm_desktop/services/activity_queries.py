"""The statements behind timelines, each made once: making one takes longer than carrying it out."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from crm_desktop.model import Account, Activity, ActivityColleague, ActivityParty, Affiliation, Contact, Task, User
from crm_desktop.model.activity import SYSTEM
from crm_desktop.model.types import Key, UTCTime

KEY = bindparam("key", type_=Key)
"""The account or contact whose timeline it is."""
WITHIN = bindparam("account", type_=Key)
"""The account whose whole story is told around a contact."""
GROUP, STORY = "group", "story"
"""An account with its branches; a contact amid all that was talked with an account."""
KEYS: BindParameter[int] = bindparam("keys", type_=Key, expanding=True)
Statement: TypeAlias = Select[*tuple[Any, ...]]
Statements: TypeAlias = tuple[Statement, ...]
Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


def _talks_of(who: ColumnElement[bool]) -> Select[int]:
    return select(ActivityParty.activity_id).where(who, ActivityParty.deleted_at.is_(None))


LIVING = Activity.deleted_at.is_(None)
IS_TOUCH = Activity.kind != SYSTEM


def _people_of(account: ColumnElement[bool]) -> Select[int]:
    return select(Affiliation.contact_id).where(account, Affiliation.deleted_at.is_(None))


def _without_account(people: Select[int]) -> Conditions:
    return LIVING, Activity.account_id.is_(None), Activity.id.in_(_talks_of(ActivityParty.contact_id.in_(people)))


def _branches() -> CTE:
    """An account and all below it, however deep; UNION ends where accounts would go in a circle."""
    tree = select(KEY.label("id")).cte("branches", recursive=True)
    return tree.union(select(Account.id).where(Account.parent_id == tree.c.id, Account.deleted_at.is_(None)))


BRANCHES = _branches()
IN_GROUP = select(BRANCHES.c.id)
BY_CONTACT = Activity.id.in_(_talks_of(ActivityParty.contact_id == KEY))
PARTS: dict[str, tuple[Conditions, ...]] = {
    "contact": ((LIVING, BY_CONTACT),),
    "account": (
        (LIVING, Activity.account_id == KEY),
        _without_account(_people_of(Affiliation.account_id == KEY)),
    ),
    GROUP: (
        (LIVING, Activity.account_id.in_(IN_GROUP)),
        _without_account(_people_of(Affiliation.account_id.in_(IN_GROUP))),
    ),
    STORY: (
        (LIVING, Activity.account_id == WITHIN),
        _without_account(_people_of(Affiliation.account_id == WITHIN)),
        (LIVING, BY_CONTACT, Activity.account_id.is_not(None), Activity.account_id != WITHIN),
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
    Activity.details_confirmed,
    select(Account.name).where(Account.id == Activity.account_id).scalar_subquery().label("account"),
)
NEWEST = (Activity.at.desc(), Activity.id.desc())
STEP = (Task.id, Task.title, Task.due_at, Task.has_time, Task.done_at)


@cache
def pages(entity: str, *, is_older: bool) -> Statements:
    """The newest entries of each part of a timeline, or, with `is_older`, those before a moment and key.

    Of a group without its first part: that is read branch by branch, see `newest_of_branches`.
    """
    parts = PARTS[entity][1:] if entity == GROUP else PARTS[entity]
    return tuple(
        select(*ENTRY).where(*part, *_older(is_older=is_older)).order_by(*NEWEST).limit(bindparam("count"))
        for part in parts
    )


def _older(*, is_older: bool) -> Conditions:
    before = tuple_(bindparam("at", type_=UTCTime), bindparam("before", type_=Key))
    return (tuple_(Activity.at, Activity.id) < before,) if is_older else ()


def newest_of_branches(*, is_older: bool, conditions: Conditions = ()) -> Statement:
    """Which of an account and its branches have the newest entries, each with the moment of its first: newest first.

    The newest `count` entries of all are with the first `count` of them.
    """
    return _newest(_older(is_older=is_older) + conditions) if conditions else _newest_of_all(is_older=is_older)


def _newest(conditions: Conditions) -> Statement:
    newest = (
        select(Activity.id)
        .where(LIVING, Activity.account_id == BRANCHES.c.id, *conditions)
        .order_by(*NEWEST)
        .limit(1)
        .scalar_subquery()
    )
    each = select(BRANCHES.c.id, newest.label("entry")).subquery()
    first = aliased(Activity)
    found = select(each.c.id, first.at).join(first, first.id == each.c.entry)
    return found.order_by(first.at.desc(), first.id.desc()).limit(bindparam("count"))


@cache
def _newest_of_all(*, is_older: bool) -> Statement:
    return _newest(_older(is_older=is_older))


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


_THEIRS = (
    select(ActivityParty.activity_id, Contact.id, Contact.full_name, false(), ActivityParty.id.label("since"))
    .join(Contact, Contact.id == ActivityParty.contact_id)
    .where(ActivityParty.activity_id.in_(KEYS), ActivityParty.deleted_at.is_(None))
)
_OURS = (
    select(ActivityColleague.activity_id, User.id, User.name, true(), ActivityColleague.id.label("since"))
    .join(User, User.id == ActivityColleague.user_id)
    .where(ActivityColleague.activity_id.in_(KEYS), ActivityColleague.deleted_at.is_(None))
)
PEOPLE_OF = union_all(_THEIRS, _OURS).order_by("since")
"""Who took part, in the order in which they were named: entry, key, name, and whether it is one of us."""
STEPS_OF = (
    select(Task.activity_id, *STEP).where(Task.activity_id.in_(KEYS), Task.deleted_at.is_(None)).order_by(Task.id)
)
TALKS_OF_PARTIES = select(ActivityParty.activity_id).where(ActivityParty.id.in_(KEYS))
TALKS_OF_COLLEAGUES = select(ActivityColleague.activity_id).where(ActivityColleague.id.in_(KEYS))
TALKS_OF_STEPS = select(Task.activity_id).where(Task.id.in_(KEYS))


def took_part(contact: int) -> ColumnElement[bool]:
    """Whether a contact took part in an entry."""
    return Activity.id.in_(_talks_of(ActivityParty.contact_id == contact))


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
