"""Lists that people keep under a name: what they show, in which order, with which columns; their own or everybody's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES, Entity, SavedList
from crm_desktop.model.fields import fields_of
from crm_desktop.model.filters import ALL, NOTHING, Group, Test, checked, from_json, to_json
from crm_desktop.model.kinds import ShortText
from crm_desktop.store.ordering import can_order
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.findings import Severity
from crm_desktop.text.folding import clean, fold

UNREADABLE = Group(ALL, (Test("", ""),))
"""What stands for a filter that a newer version wrote: it can be asked by nobody, so that it never shows everything."""


class Column(NamedTuple):
    """A column of a list; without a width, as wide as usual."""

    name: str
    width: int = 0
    is_frozen: bool = False


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list as it is kept; `key` is 0 for one that is not kept yet, `owner` None for one that everybody has."""

    key: int
    name: str
    entity: type[Entity]
    filter: Group = field(default=NOTHING)
    text: str = ""
    closed: bool = False
    order: str = ""
    descending: bool = False
    columns: tuple[Column, ...] = ()
    owner: int | None = None
    position: int = 0

    @property
    def listing(self) -> Listing:
        """What the list shows; it stands by name when the field is gone that it was sorted by."""
        order, descending = (self.order, self.descending) if can_order(self.entity, self.order) else ("", False)
        return Listing(self.entity, order, descending, self.text, (), self.closed, self.filter)

    @property
    def problem(self) -> str:
        """Why its filter can no longer be asked, as when a field was deleted; empty when it can."""
        if self.filter == UNREADABLE:
            return _("This list was saved by a newer version of the program.")
        try:
            checked(self.filter, self.entity)
        except Invalid as error:
            return str(error)
        return ""


def me(workspace: Workspace) -> int | None:
    """Whose the private lists are: the user of this computer, if known."""
    return workspace.author


def all_for(workspace: Workspace, entity: type[Entity]) -> list[SavedView]:
    """My lists of one kind of record and those that everybody has, in their order."""
    with workspace.read() as session:
        rows = select(SavedList).where(*_kept(entity), _mine(workspace))
        return [_view(each) for each in session.scalars(rows.order_by(SavedList.position, SavedList.id))]


def get(workspace: Workspace, key: int) -> SavedView:
    """One list; raises Missing when it was removed."""
    with workspace.read() as session:
        return _view(_row(session, key))


def named(workspace: Workspace, entity: type[Entity], name: str) -> SavedView:
    """The list of this name; raises Missing when there is none."""
    found = next((each for each in all_for(workspace, entity) if _same_name(each.name, name)), None)
    if found is None:
        raise Missing(_("There is no saved list “{name}”.").format(name=name))
    return found


def save(workspace: Workspace, view: SavedView) -> int:
    """Keep a list, a new one or one with other contents; gives its key.

    Raises Invalid when it cannot be called so, or when its filter cannot be asked.
    """
    checked(view.filter, view.entity)
    name = clean(view.name)
    title = _("Change list “{name}”") if view.key else _("Save list “{name}”")
    with workspace.write(title.format(name=name)) as session:
        _check_name(session, workspace, view, name)
        if view.key:
            row = _row(session, view.key)
        else:
            last = session.scalar(select(func.max(SavedList.position)).where(*_kept(view.entity)))
            row = SavedList(entity=view.entity.__tablename__, position=0 if last is None else last + 1)
        row.name, row.words, row.with_closed = name, view.text, view.closed
        row.filter_json = json.dumps(to_json(view.filter), ensure_ascii=False)
        row.columns_json = json.dumps([list(each) for each in view.columns], ensure_ascii=False)
        row.sort_by, row.descending, row.owner_id = view.order, view.descending, view.owner
        session.add(row)
        session.flush()
        return row.id


def rename(workspace: Workspace, key: int, name: str) -> None:
    """Call a list something else."""
    view = get(workspace, key)
    with workspace.write(_("Rename list “{name}”").format(name=view.name)) as session:
        _check_name(session, workspace, view, clean(name))
        _row(session, key).name = clean(name)


def share(workspace: Workspace, key: int, *, is_shared: bool) -> None:
    """Let everybody have a list, or keep it to oneself."""
    title = _("Share list “{name}”") if is_shared else _("Keep list “{name}” to myself")
    with workspace.write(title.format(name=get(workspace, key).name)) as session:
        _row(session, key).owner_id = None if is_shared else me(workspace)


def reorder(workspace: Workspace, keys: Sequence[int]) -> None:
    """Put lists in this order."""
    with workspace.write(_("Order saved lists")) as session:
        for position, key in enumerate(keys):
            _row(session, key).position = position


def remove(workspace: Workspace, key: int) -> None:
    """Put a list in the bin; the records that it shows stay where they are."""
    with workspace.write(_("Remove list “{name}”").format(name=get(workspace, key).name)) as session:
        session.remove(_row(session, key))


def default_columns(entity: type[Entity]) -> tuple[Column, ...]:
    """The columns of a list that nobody has arranged."""
    return tuple(Column(each.name) for each in fields_of(entity) if each.table)


def _kept(entity: type[Entity]) -> tuple[ColumnElement[bool], ...]:
    return (SavedList.entity == entity.__tablename__, SavedList.deleted_at.is_(None))


def _mine(workspace: Workspace) -> ColumnElement[bool]:
    return or_(SavedList.owner_id.is_(None), SavedList.owner_id == me(workspace))


def _row(session: Session, key: int) -> SavedList:
    row = session.get(SavedList, key)
    if row is None or row.deleted_at is not None:
        raise Missing(_("This list was removed."))
    return row


def _check_name(session: Session, workspace: Workspace, view: SavedView, name: str) -> None:
    """Raise Invalid for a name that is missing, too long, or that another list here has."""
    if not name:
        raise Invalid({"name": _("A list needs a name.")})
    if ShortText(100).read(name).worst == Severity.BLOCK:
        raise Invalid({"name": _("This name is too long: the limit is {limit}.").format(limit=100)})
    others = session.scalars(select(SavedList).where(*_kept(view.entity), _mine(workspace), SavedList.id != view.key))
    if any(_same_name(each.name, name) for each in others):
        raise Invalid({"name": _("There is a list “{name}” already.").format(name=name)})


def _same_name(one: str, other: str) -> bool:
    return (fold(one) or one) == (fold(other) or other)


def _view(row: SavedList) -> SavedView:
    return SavedView(
        row.id,
        row.name,
        ENTITIES[row.entity],
        _filter(row.filter_json),
        row.words,
        row.with_closed,
        row.sort_by,
        row.descending,
        _columns(row.columns_json),
        row.owner_id,
        row.position,
    )


def _filter(kept: str) -> Group:
    try:
        return from_json(json.loads(kept))
    except (ValueError, Invalid):
        return UNREADABLE


def _columns(kept: str) -> tuple[Column, ...]:
    """The columns that were kept; what a newer version says of them besides is left out."""
    found = json.loads(kept)
    return tuple(Column(str(name), int(width), bool(is_frozen)) for name, width, is_frozen, *_more in found)
