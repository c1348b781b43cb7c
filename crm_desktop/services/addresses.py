"""Addresses one by one: typed, one of them primary, and some following the address of the head office."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Address, Affiliation, Contact, Entity
from crm_desktop.model.fields import field_named
from crm_desktop.services.records import HANDS, living
from crm_desktop.services.values import owner_column
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import regions
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.text.folding import clean

HEAD_OFFICE, OFFICE = "hq", "office"
CHINA = "CN"


@dataclass(frozen=True, slots=True)
class Location:
    """One address, as a page shows it."""

    id: int
    type: str
    text: str
    is_primary: bool
    follows: str
    """Whose address it is, when it follows another one; empty when it has lines of its own."""
    postcode: str = ""
    findings: tuple[Finding, ...] = ()
    """What is doubtful about the postal code."""


def of_record(workspace: Workspace, entity: type[Entity], key: int) -> list[Location]:
    """The addresses of an account or contact, the primary one first."""
    with workspace.read() as session:
        return [_location(session, each) for each in _living(session, entity, key)]


def _location(session: Session, address: Address) -> Location:
    source = _source(session, address)
    said = source or address
    owner = session.get(Account, source.account_id) if source and source.account_id else None
    return Location(
        address.id,
        address.type,
        said.line,
        address.is_primary,
        owner.name if owner else "",
        said.postcode or "",
        _check_postcode(session, said, said.postcode),
    )


def _check_postcode(session: Session, address: Address, postcode: str | None) -> tuple[Finding, ...]:
    """What is doubtful about a postal code; other countries than China have rules of their own."""
    found = field_named(Address, "postcode").kind.check(postcode)
    return () if found and _is_abroad(session, address) else found


def _is_abroad(session: Session, address: Address) -> bool:
    account = address.account_id or _account_of(session, address.contact_id)
    region = session.scalar(select(Account.region).where(Account.id == account)) if account else None
    return region is not None and regions.is_known(region) and regions.place_of(region).country != CHINA


def _account_of(session: Session, contact: int | None) -> int | None:
    main = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    return session.scalar(main.where(Contact.id == contact))


def _source(session: Session, address: Address) -> Address | None:
    found = session.get(Address, address.inherits_id) if address.inherits_id else None
    return found if found and found.deleted_at is None else None


def _living(session: Session, entity: type[Entity], key: int) -> list[Address]:
    return list(session.scalars(_addresses_of(entity), {"key": key}))


@cache
def _addresses_of(entity: type[Entity]) -> Select[Address]:
    owner = Address.account_id if entity is Account else Address.contact_id
    living = select(Address).where(owner == bindparam("key"), Address.deleted_at.is_(None))
    return living.order_by(Address.is_primary.desc(), Address.id)


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


def check_postcode(workspace: Workspace, address: int, text: str) -> Reading[str]:
    """What a postal code would mean for this address, without saving."""
    found = field_named(Address, "postcode").kind.read(text)
    with workspace.read() as session:
        if found.worst == Severity.WARN and _is_abroad(session, session.get_one(Address, address)):
            return Reading(found.value)
    return found


def set_postcode(workspace: Workspace, address: int, text: str) -> tuple[Finding, ...]:
    """Have an address, its own from now on, say this postal code; gives what is doubtful about it."""
    found = check_postcode(workspace, address, text)
    if found.worst == Severity.BLOCK:
        raise Invalid({"postcode": "\n".join(each.text for each in found.findings)})
    with workspace.write(_("Edit {field}").format(field=field_named(Address, "postcode").label)) as session:
        record = living(session, Address, address)
        record.line, record.inherits_id = _location(session, record).text, None
        record.postcode = found.value
    return found.findings


def remove(workspace: Workspace, address: int, successor: int | None = None) -> str:
    """Take an address away; gives the line of the one that is primary now when that changes, else nothing.

    After the primary one, `successor` becomes it, or the next where none is named.
    """
    with workspace.write(_("Remove address")) as session:
        record = living(session, Address, address)
        others = [each for each in _siblings(session, record) if each is not record]
        session.remove(record)
        if not record.is_primary or not others:
            return ""
        heir = next((each for each in others if each.id == successor), others[0])
        heir.is_primary = True
        return _location(session, heir).text


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


def share_office(session: Session, contact: int, account: int) -> None:
    """Give a new contact the address of the account as an office address that follows it; nothing where there is none.

    For a write that does more.
    """
    if source := _office(session, account):
        made = Address(contact_id=contact, type=OFFICE, is_primary=True, source=HANDS)
        made.line, made.inherits_id = source.line, source.id
        session.add(made)


def _head_office(session: Session, entity: type[Entity], key: int) -> Address | None:
    """What the account above says: its head office, or what stands for it."""
    above = _account_of(session, key)
    if entity is Account:
        above = session.scalar(select(Account.parent_id).where(Account.id == key))
    return _office(session, above) if above else None


def _office(session: Session, account: int) -> Address | None:
    """The head office among an account's addresses, else its primary one; where that follows another, the other."""
    known = _living(session, Account, account)
    first = next((each for each in known if each.type == HEAD_OFFICE), known[0] if known else None)
    return (_source(session, first) or first) if first else None


def _siblings(session: Session, address: Address) -> list[Address]:
    if address.account_id is not None:
        return _living(session, Account, address.account_id)
    assert address.contact_id is not None
    return _living(session, Contact, address.contact_id)
