"""The bin: what was deleted, by whom, and bringing it back with all that went with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Conflict, Missing
from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Account, Activity, Affiliation, ChangeItem, ChangeSet, Contact, Entity, Tag, Task
from crm_desktop.store import queries
from crm_desktop.store.check import belongings
from crm_desktop.store.journal import UPDATE, loads
from crm_desktop.store.workspace import Workspace, Writing

LISTED: dict[type[Entity], str] = {
    Account: "name",
    Contact: "full_name",
    Activity: "summary",
    Task: "title",
    Tag: "name",
}
"""What the bin lists, by the column that names it; parts come and go with these."""
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Binned:
    """One deleted record."""

    entity: str
    id: int
    name: str
    deleted_at: datetime
    author: str
    step: str
    """What was done when it went to the bin."""


def binned(workspace: Workspace, limit: int = 200) -> list[Binned]:
    """What was deleted last, newest first."""
    found: list[Binned] = []
    with workspace.read() as session:
        people = queries.users(session)
        for entity, name in LISTED.items():
            columns = entity.__table__.c
            query = select(entity.id, columns[name], entity.deleted_at).where(entity.deleted_at.is_not(None))
            if entity is Task:
                living = select(Activity.id).where(Activity.deleted_at.is_(None))
                query = query.where(Task.activity_id.is_(None) | Task.activity_id.in_(living))
            rows = session.execute(query.order_by(entity.deleted_at.desc(), entity.id.desc()).limit(limit)).all()
            steps = _binned_by(session, [key for key, _name, _at in rows])
            for key, called, at in rows:
                step = session.get(ChangeSet, steps.get(key, 0))
                author = people.get((step.author if step else None) or 0, "")
                title = step.title if step else ""
                found.append(Binned(entity.__tablename__, key, called[:LONGEST], at, author, title))
    return sorted(found, key=lambda each: (each.deleted_at, each.id), reverse=True)[:limit]


def restore(workspace: Workspace, entity: type[Entity], keys: Iterable[int]) -> None:
    """Take records out of the bin with their parts, as one step to undo; branches come back below their account.

    Raises Missing when one is not in the bin, Conflict when its place was taken meanwhile.
    """
    keys = list(keys)
    with workspace.read() as session:
        records = [session.get(entity, key) for key in keys]
        called = [str(getattr(each, LISTED[entity]))[:LONGEST] for each in records if each]
    if len(called) == 1:
        title = _("Restore {name}").format(name=called[0])
    else:
        title = ngettext("Restore {count} record", "Restore {count} records", len(keys))
    with workspace.write(title) as session:
        for key in keys:
            _restore(session, entity, key)


def _restore(session: Writing, entity: type[Entity], key: int) -> None:
    record = session.get(entity, key)
    if record is None or record.deleted_at is None:
        raise Missing(_("This record is not in the bin."))
    if isinstance(record, Tag):
        _refuse_second_tag(session, record)
    record.deleted_at = None
    session.flush()
    for part in _parts(session, entity, key):
        if isinstance(part, Affiliation) and part.is_primary and _has_primary(session, part.account_id):
            part.is_primary = False
        part.deleted_at = None
        session.flush()
    if isinstance(record, Account):
        _put_branches_back(session, record)


def _refuse_second_tag(session: Writing, tag: Tag) -> None:
    same = select(Tag.id).where(Tag.name_key == tag.name_key, Tag.deleted_at.is_(None))
    if session.scalar(same.limit(1)):
        raise Conflict(_("There is a tag “{name}” again. Rename that one first.").format(name=tag.name))


def _has_primary(session: Writing, account: int) -> bool:
    primary = select(Affiliation.id).where(
        Affiliation.account_id == account, Affiliation.is_primary, Affiliation.deleted_at.is_(None)
    )
    return session.scalar(primary.limit(1)) is not None


def _parts(session: Writing, entity: type[Entity], key: int) -> Iterator[Entity]:
    """What went to the bin together with the record, or with its other owner, and whose owners all live again."""
    owners: dict[type[Entity], list[tuple[str, type[Entity]]]] = {}
    for part, column, owner in belongings():
        owners.setdefault(part, []).append((column.key, owner))
    for part, links in owners.items():
        mine = [part.__table__.c[name] for name, owner in links if owner is entity]
        for column in mine:
            for row in session.scalars(select(part).where(column == key, part.deleted_at.is_not(None))).all():
                if _comes_back(session, row, links):
                    yield row


def _comes_back(session: Writing, part: Entity, links: Sequence[tuple[str, type[Entity]]]) -> bool:
    above = {owner_id: owner for name, owner in links if (owner_id := getattr(part, name))}
    for owner_id, owner in above.items():
        found = session.get(owner, owner_id)
        if found is None or found.deleted_at is not None:
            return False
    steps = _binned_by(session, [part.id, *above])
    return any(steps.get(part.id) == steps.get(owner_id) for owner_id in above)


def _put_branches_back(session: Writing, account: Account) -> None:
    """Branches that moved up when their account was deleted, and stayed there, come below it again."""
    step = _binned_by(session, [account.id]).get(account.id)
    moved = select(ChangeItem).where(
        ChangeItem.set_id == step, ChangeItem.entity == Account.__tablename__, ChangeItem.op == UPDATE
    )
    for item in session.scalars(moved).all():
        was, became = loads(item.before), loads(item.after)
        branch = session.get(Account, item.row_id)
        if branch and was.get("parent_id") == account.id and branch.parent_id == became["parent_id"]:
            branch.parent_id = account.id


def _binned_by(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """The step that last put each of these rows in the bin."""
    found: dict[int, int] = {}
    items: Any = select(ChangeItem).where(ChangeItem.row_id.in_(ids), ChangeItem.op == UPDATE)
    for item in session.scalars(items.order_by(ChangeItem.set_id.desc(), ChangeItem.seq.desc())):
        if (loads(item.after) or {}).get("deleted_at"):
            found.setdefault(item.row_id, item.set_id)
    return found
