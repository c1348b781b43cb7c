"""Tags, looked after in one place: renamed, merged, coloured and deleted for all records that carry them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _
from crm_desktop.model import Account, Cadence, Contact, SavedList, Tag, Tagging
from crm_desktop.model.filters import Group, Test, from_json, to_json
from crm_desktop.model.kinds import ShortText
from crm_desktop.model.tag import TagsKind
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Severity
from crm_desktop.text.folding import clean, fold


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag, and how many living records carry it."""

    key: int
    name: str
    colour: str
    accounts: int
    contacts: int


def all_tags(workspace: Workspace) -> list[TagUse]:
    """Every tag, by name."""
    with workspace.read() as session:
        accounts, contacts = _carried_by(session, Account), _carried_by(session, Contact)
        tags = session.scalars(select(Tag).where(Tag.deleted_at.is_(None)).order_by(Tag.name_key, Tag.id))
        return [
            TagUse(each.id, each.name, each.colour, accounts.get(each.id, 0), contacts.get(each.id, 0)) for each in tags
        ]


def named(workspace: Workspace, name: str) -> int:
    """The key of the tag of this name; raises Missing when there is none."""
    with workspace.read() as session:
        found = _of_name(session, clean(name))
    if found is None:
        raise Missing(_("There is no tag “{name}”.").format(name=name))
    return found.id


def rename(workspace: Workspace, key: int, name: str) -> None:
    """Call a tag something else, on every record and in every saved list.

    Raises Invalid for a name that no tag can have, or that another one has.
    """
    name = clean(name)
    _check(name)
    with workspace.write(_("Rename tag to “{name}”").format(name=name)) as session:
        tag = _row(session, key)
        other = _of_name(session, name)
        if other is not None and other.id != key:
            message = _("There is a tag “{name}” already. Merge the two instead.")
            raise Invalid({"name": message.format(name=other.name)})
        _rename_in_lists(session, {tag.name}, name)
        tag.name, tag.name_key = name, fold(name)


def merge(workspace: Workspace, keys: Iterable[int], into: int) -> int:
    """Have every record with one of these tags carry `into` instead, once; gives how many records that concerns.

    Saved lists that ask for one of them ask for `into` from now on, and its rhythm becomes that of `into`.
    """
    others = [each for each in dict.fromkeys(keys) if each != into]
    with workspace.write("") as session:
        kept, gone = _row(session, into), [_row(session, each) for each in others]
        names = ", ".join(each.name for each in gone)
        session.call(_("Merge tag “{names}” into “{name}”").format(names=names, name=kept.name))
        moved = _move_taggings(session, others, into)
        _rename_in_lists(session, {each.name for each in gone}, kept.name)
        _move_rhythm(session, others, into)
        for each in gone:
            session.remove(each)
    return moved


def recolour(workspace: Workspace, key: int, colour: str) -> None:
    """Give a tag a colour by its name."""
    with workspace.write(_("Colour of a tag")) as session:
        _row(session, key).colour = clean(colour)[:20]


def remove(workspace: Workspace, key: int) -> None:
    """Put a tag in the bin, and take it off every record."""
    with workspace.write("") as session:
        tag = _row(session, key)
        session.call(_("Delete tag “{name}”").format(name=tag.name))
        on = select(Tagging.id).where(Tagging.tag_id == key, Tagging.deleted_at.is_(None))
        session.remove_rows(Tagging, session.scalars(on).all())
        session.remove(tag)


def _carried_by(session: Session, entity: type[Account | Contact]) -> dict[int, int]:
    owner = Tagging.account_id if entity is Account else Tagging.contact_id
    query = select(Tagging.tag_id, func.count()).join(entity, entity.id == owner)
    query = query.where(Tagging.deleted_at.is_(None), entity.deleted_at.is_(None)).group_by(Tagging.tag_id)
    return {key: count for key, count in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _of_name(session: Session, name: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.name_key == fold(name), Tag.deleted_at.is_(None)))


def _row(session: Session, key: int) -> Tag:
    tag = session.get(Tag, key)
    if tag is None or tag.deleted_at is not None:
        raise Missing(_("This tag has been deleted."))
    return tag


def _check(name: str) -> None:
    if ShortText().read(name).worst == Severity.BLOCK or TagsKind().read(name).value != (name,):
        message = _("“{name}” cannot be a tag: leave out # , ; / | 、 and use at most 200 characters.")
        raise Invalid({"name": message.format(name=name[:40])})


def _move_taggings(session: Writing, others: list[int], into: int) -> int:
    """Have each record that carries one of `others` carry `into`, and nothing twice; gives how many there are."""
    query = select(Tagging.id, Tagging.tag_id, Tagging.account_id, Tagging.contact_id)
    query = query.where(Tagging.tag_id.in_([into, *others]), Tagging.deleted_at.is_(None))
    moved: dict[tuple[int | None, int | None], int] = {}
    spare = []
    has = set()
    for row, tag, *owner in session.execute(query.order_by(Tagging.id)):
        account, contact = owner
        if tag == into:
            has.add((account, contact))
        elif (account, contact) in moved:
            spare.append(row)
        else:
            moved[account, contact] = row
    spare += [row for owner, row in moved.items() if owner in has]
    session.remove_rows(Tagging, spare)
    session.update_rows(Tagging, [row for owner, row in moved.items() if owner not in has], {"tag_id": into})
    return len(moved)


def _move_rhythm(session: Writing, others: list[int], into: int) -> None:
    """The rhythm of a tag that is merged goes on for the other one, which may have one of its own."""
    found = select(Cadence).where(Cadence.tag_id.in_([into, *others]), Cadence.deleted_at.is_(None))
    rows = sorted(session.scalars(found), key=lambda each: each.tag_id != into)
    for first in rows[:1]:
        first.tag_id = into
    for each in rows[1:]:
        session.remove(each)


def _rename_in_lists(session: Writing, names: set[str], name: str) -> None:
    """Have saved lists that ask for tags of other names ask for this one."""
    folded = {fold(each) for each in names}
    for each in session.scalars(select(SavedList).where(SavedList.deleted_at.is_(None))):
        try:
            before = from_json(json.loads(each.filter_json))
        except (ValueError, Invalid):
            continue  # of a newer version: it is left alone
        after = _renamed(before, folded, name)
        if after != before:
            each.filter_json = json.dumps(to_json(after), ensure_ascii=False)


def _renamed(group: Group, folded: set[str], name: str) -> Group:
    parts: list[Test | Group] = []
    for each in group.parts:
        if isinstance(each, Group):
            parts.append(_renamed(each, folded, name))
        elif each.path.rpartition(".")[2] == "tag":
            values = dict.fromkeys(name if fold(value) in folded else value for value in each.values)
            parts.append(replace(each, values=tuple(values)))
        else:
            parts.append(each)
    return Group(group.how, tuple(parts))
