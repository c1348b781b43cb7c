"""Having the program know the fields that people added in a data file, and their pick lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from crm_desktop.model import CustomField, PickItem, fields, picks
from crm_desktop.model.fields import OWN, Field, Origin, OwnFields
from crm_desktop.model.own_kinds import KINDS
from crm_desktop.model.picks import Pick
from crm_desktop.store.journal import Change
from crm_desktop.store.workspace import Workspace, Writing

BEFORE = "own fields before"
"""Where a write remembers what was known before it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the program knows of a data file's own fields and lists."""

    fields: OwnFields
    lists: Mapping[str, tuple[Pick, ...]]

    def use(self) -> None:
        """Have the program know this."""
        picks.use(self.lists)
        fields.use_own(self.fields)


def follow(workspace: Workspace) -> None:
    """Know the own fields of a workspace, and follow every change to them before any other listener hears of it."""
    with workspace.read() as session:
        load_own_fields(session)
    workspace.listen(partial(_follow, workspace))


def _follow(workspace: Workspace, change: Change) -> None:
    if change.touches("custom_field", "pick_item"):
        with workspace.read() as session:
            load_own_fields(session)


def load_own_fields(session: Session) -> None:
    """Have the fields of people's own, and the pick lists, be those of the data file."""
    load_picks(session)
    found: dict[str, list[Field]] = defaultdict(list)
    living = select(CustomField).where(CustomField.deleted_at.is_(None), CustomField.kind.in_(KINDS))
    for each in session.scalars(living.order_by(CustomField.entity, CustomField.position, CustomField.id)):
        found[each.entity].append(field_of(each))
    fields.use_own({entity: tuple(own) for entity, own in found.items()})


def load_picks(session: Session) -> None:
    """Have the pick lists say what the data file says."""
    changed: dict[str, list[Pick]] = defaultdict(list)
    items = (
        select(PickItem)
        .where(PickItem.deleted_at.is_(None))
        .order_by(PickItem.list_code, PickItem.position, PickItem.id)
    )
    for each in session.scalars(items):
        changed[each.list_code].append(Pick(each.code, each.zh or each.en, each.en or each.zh, (), each.is_active))
    picks.use(changed)


def field_of(made: CustomField) -> Field:
    """A field that people added, as the rest of the program knows fields."""
    names = (made.en or made.zh, made.zh or made.en)
    return _field(made.id, (made.entity, made.name, made.kind, made.target), names, made.card, made.in_table)


@lru_cache(maxsize=1024)
def _field(own: int, what: tuple[str, str, str, str], names: tuple[str, str], card: str, in_table: bool) -> Field:  # noqa: FBT001 - the columns of a row
    """A field by all that makes it; what did not change gives the same one, so that nothing is built anew for it."""
    entity, name, code, target = what
    kind = KINDS[code]
    return Field(
        entity,
        name,
        names[0],
        kind.make(list_code(entity, name), target),
        group=card,
        table=in_table,
        search=kind.is_searched,
        origin=Origin(OWN, name),
        own=own,
        zh=names[1],
    )


def list_code(entity: str, name: str) -> str:
    """The pick list with the options of a field."""
    return f"custom.{entity}.{name}"


def know_within(session: Writing) -> None:
    """Know the own fields as a write has them so far; when it is given up, those that were known before."""
    session.info.setdefault(BEFORE, Known(fields.own_fields(), picks.changed()))
    session.flush()
    load_own_fields(session)


@event.listens_for(Writing, "after_commit")
def _keep(session: Writing) -> None:
    if not session.in_nested_transaction():
        session.info.pop(BEFORE, None)


@event.listens_for(Writing, "after_transaction_end")
def _forget(session: Writing, transaction: SessionTransaction) -> None:
    before: Known | None = session.info.pop(BEFORE, None) if transaction.parent is None else None
    if before is not None:
        before.use()
