"""Having the program know the rhythms and limits that are set in a data file."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.model import ENTITIES, Cadence, SavedList, SharedSetting, Tag, house
from crm_desktop.model.filters import Group, checked, from_json
from crm_desktop.model.house import House, Rhythm
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.lifecycle import Limits

TABLES = ("cadence", "shared_setting", "saved_list", "tag", "custom_field")
"""What is set depends on these: a list that asks for a field that is gone has no rhythm any more."""
RHYTHM = "rhythm"
LIMITS = {name: f"lifecycle.{name}" for name in Limits._fields}
"""Under which name the data file keeps each limit."""


def follow(workspace: Workspace) -> None:
    """Know what is set in a workspace, and follow every change to it before any other listener hears of it."""
    with workspace.read() as session:
        load(session)
    workspace.listen(partial(_follow, workspace))


def _follow(workspace: Workspace, change: Change) -> None:
    if change.touches(*TABLES):
        with workspace.read() as session:
            load(session)


def load(session: Session) -> None:
    """Have what is known be what the data file says."""
    house.use(House(_rhythms(session), _limits(session)))


def _rhythms(session: Session) -> tuple[Rhythm, ...]:
    levels: dict[str, int | None] = {}
    others: list[Rhythm] = []
    tags = set(session.scalars(select(Tag.id).where(Tag.id.in_(select(Cadence.tag_id)), Tag.deleted_at.is_(None))))
    kept = select(SavedList).where(SavedList.id.in_(select(Cadence.saved_list_id)), SavedList.deleted_at.is_(None))
    lists = {each.id: each for each in session.scalars(kept)}
    for row in session.scalars(select(Cadence).where(Cadence.deleted_at.is_(None)).order_by(Cadence.id)):
        saved = lists.get(row.saved_list_id or 0)
        if row.level:
            levels[row.level] = row.days
        elif row.tag_id in tags:
            others.append(Rhythm(row.days, tag=row.tag_id))
        elif saved is not None and (group := asked_by(saved)) is not None:
            others.append(Rhythm(row.days, entity=saved.entity, filter=group))
    return house.rhythms_of(levels.items(), others)


def asked_by(saved: SavedList) -> Group | None:
    """The filter of a list that may have a rhythm.

    None for one that looks for words, which only the search knows, that asks for the rhythm itself, or that asks what
    can be asked no more.
    """
    if saved.words.strip():
        return None
    with suppress(Invalid, ValueError):
        group = checked(from_json(json.loads(saved.filter_json)), ENTITIES[saved.entity])
        return None if asks_for_rhythm(group) else group
    return None


def asks_for_rhythm(group: Group) -> bool:
    """Whether a filter depends on rhythms, of the record itself or of a related one."""
    return any(each.path.rpartition(".")[2] == RHYTHM for each in group.tests())


def _limits(session: Session) -> Limits:
    query = select(SharedSetting.name, SharedSetting.value).where(
        SharedSetting.name.in_(LIMITS.values()), SharedSetting.deleted_at.is_(None)
    )
    said = {name: int(json.loads(value)) for name, value in session.execute(query)}
    return Limits(**{each: said[name] for each, name in LIMITS.items() if name in said})
