"""Addresses one by one: typed, one of them primary, and some following the address of the head office."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Address, Affiliation, Contact, Entity
from crm_desktop.services.records import HANDS, living
from crm_desktop.services.values import owner_column
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.folding import clean

HEAD_OFFICE, OFFICE = "hq", "office"


@dataclass(frozen=True, slots=True)
class Location:
    """One address, as a page shows it."""

    id: int
    type: str
    text: str
    is_primary: bool
    follows: str
    """Whose address it is, when it follows another one; empty when it has lines of its own."""


def of_record(workspace: Workspace, entity: type[Entity], key: int) -> list[Location]:
    """The addresses of an account or contact, the primary one first."""
    with workspace.read() as session:
        return [_location(session, each) for each in _living(session, entity, key)]


def _location(session: Session, address: Address) -> Location:
    source = _source(session, address)
    if source is None:
        return Location(address.id, address.type, address.line, address.is_primary, "")
    owner = session.get(Account, source.account_id) if source.account_id else None
    return Location(address.id, address.type, source.line, address.is_primary, owner.name if owner else "")


def _source(session: Session, address: Address) -> Address | None:
    found = session.get(Address, address.inherits_id) if address.inherits_id else None
    return found if found and found.deleted_at is None else None


def _living(session: Session, entity: type[Entity], key: int) -> list[Address]:
    owner = Address.account_id if entity is Account else Address.contact_id
    query = select(Address).where(owner == key, Address.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Address.is_primary.desc(), Address.id)))


def add(workspace: Workspace, entity: type[Entity], key: int, line: str, kind: str = "") -> int:
    """Add an address; the first one becomes the primary one. Gives its key."""
    text = _read(line)
    with workspace.write(_("Add address")) as session:
        owner = living(session, entity, key)
        known = _living(session, entity, key)
        usual = "contact" if entity is Account else OFFICE
        made = Address(line=text, type=kind or usual, is_primary=not known, source=HANDS, **{owner_column(owner): key})
        session.add(made)
        session.flush()
        return made.id


def change(workspace: Workspace, address: int, line: str) -> None:
    """Have an address say `line`, its own from now on; a blank takes it away."""
    if not line.strip():
        remove(workspace, address)
        return
    text = _read(line)
    with workspace.write(_("Edit address")) as session:
        record = living(session, Address, address)
        record.line, record.inherits_id = text, None


def _read(line: str) -> str:
    text = "\n".join(filter(None, (clean(each) for each in line.splitlines())))
    if not text:
        raise Invalid({"line": _("Write the address.")})
    return text


def set_type(workspace: Workspace, address: int, kind: str) -> None:
    """Say what an address is, such as registered, head office or delivery."""
    with workspace.write(_("Change kind of address")) as session:
        living(session, Address, address).type = kind


def make_primary(workspace: Workspace, address: int) -> None:
    """Have this be the one address that letters and labels use."""
    with workspace.write(_("Change primary address")) as session:
        record = living(session, Address, address)
        for each in _siblings(session, record):
            each.is_primary = each is record


def remove(workspace: Workspace, address: int) -> str:
    """Take an address away; gives the line of the one that is primary now when that changes, else nothing."""
    with workspace.write(_("Remove address")) as session:
        record = living(session, Address, address)
        others = [each for each in _siblings(session, record) if each is not record]
        session.remove(record)
        if not record.is_primary or not others:
            return ""
        others[0].is_primary = True
        return _location(session, others[0]).text


def head_office(workspace: Workspace, entity: type[Entity], key: int) -> Location | None:
    """The address that “same as head office” would follow: of a contact, the account's; of a branch, its parent's."""
    with workspace.read() as session:
        found = _head_office(session, entity, key)
        return _location(session, found) if found else None


def follow(workspace: Workspace, entity: type[Entity], key: int, address: int | None = None) -> None:
    """Have an address, a new one if none is named, always say what the head office's says.

    Raises Invalid when there is no head office with an address.
    """
    with workspace.write(_("Same as head office")) as session:
        owner = living(session, entity, key)
        source = _head_office(session, entity, key)
        if source is None:
            raise Invalid({"line": _("There is no head office with an address to follow.")})
        if address is not None:
            record = living(session, Address, address)
        else:
            kind = OFFICE if entity is Contact else "contact"
            first = not _living(session, entity, key)
            record = Address(type=kind, is_primary=first, source=HANDS, line="", **{owner_column(owner): key})
            session.add(record)
        record.line, record.inherits_id = source.line, source.id


def _head_office(session: Session, entity: type[Entity], key: int) -> Address | None:
    """The head office among the addresses of the account above, else its primary one, never one that follows, too."""
    account = _above(session, entity, key)
    own = [each for each in _living(session, Account, account) if not each.inherits_id] if account else []
    return next((each for each in own if each.type == HEAD_OFFICE), own[0] if own else None)


def _above(session: Session, entity: type[Entity], key: int) -> int | None:
    if entity is Account:
        return session.scalar(select(Account.parent_id).where(Account.id == key))
    main = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    return session.scalar(main.where(Contact.id == key))


def _siblings(session: Session, address: Address) -> list[Address]:
    if address.account_id is not None:
        return _living(session, Account, address.account_id)
    assert address.contact_id is not None
    return _living(session, Contact, address.contact_id)
