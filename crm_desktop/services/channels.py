"""Phones, mails and handles one by one: each is added, corrected, checked and taken away on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Channel, Contact, Entity
from crm_desktop.model.base import now
from crm_desktop.model.channel import ChannelKind, ChannelValue, channel_label, verified
from crm_desktop.services.accounts import person_contact
from crm_desktop.services.records import HANDS, living
from crm_desktop.services.values import channels, fill, owner_column
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach somebody, as a page shows it."""

    id: int
    kind: str
    text: str
    """What stands in an editor; reading it again gives the same."""
    label: str
    is_primary: bool
    state: str
    checked_at: datetime | None
    findings: tuple[Finding, ...] = ()


def of_record(workspace: Workspace, entity: type[Entity], key: int) -> list[Reach]:
    """Every way to reach an account or contact, the primary one of its kind first.

    A private customer is reached as the person is: those channels are kept with the contact.
    """
    with workspace.read() as session:
        entity, key = kept_with(session, entity, key)
        return [_reach(each) for each in session.execute(_channels_of(entity), {"key": key})]


@cache
def _channels_of(entity: type[Entity]) -> Select[*tuple[Any, ...]]:
    columns = Channel.__table__.c
    owner = columns.account_id if entity is Account else columns.contact_id
    living = select(Channel.__table__).where(owner == bindparam("key"), columns.deleted_at.is_(None))
    return living.order_by(columns.is_primary.desc(), columns.id)


def kept_with(session: Session, entity: type[Entity], key: int) -> tuple[type[Entity], int]:
    """The record that holds the channels of this one: of a private customer, the contact."""
    person = person_contact(session, key) if entity is Account else None
    return (entity, key) if person is None else (Contact, person)


def _reach(each: Row[*tuple[Any, ...]]) -> Reach:
    kind = ChannelKind(each.kind)
    value = ChannelValue(each.kind, each.raw, each.norm, each.ext, each.country, each.state)
    return Reach(
        each.id,
        each.kind,
        kind.edit((value,)),
        each.label or "",
        each.is_primary,
        each.state,
        each.checked_at,
        kind.check((value,)),
    )


def add(workspace: Workspace, entity: type[Entity], key: int, kind: str, text: str) -> tuple[Finding, ...]:
    """Add what a text names, one channel or several; the first of its kind becomes the primary one."""
    values, findings = _read(kind, text)
    with workspace.write(_("Add {field}").format(field=channel_label(kind))) as session:
        owner = living(session, *kept_with(session, entity, key))
        known = channels(session, owner, kind)
        for value in values:
            _add(session, owner, known, value)
    return findings


def _add(session: Writing, owner: Entity, known: list[Channel], value: ChannelValue) -> None:
    if any(each.value.same_as(value) for each in known):
        return
    made = Channel(kind=value.kind, source=HANDS, is_primary=not known, **{owner_column(owner): owner.id})
    fill(made, value)
    session.add(made)
    known.append(made)


def change(workspace: Workspace, channel: int, text: str) -> tuple[Finding, ...]:
    """Have a channel say `text`; a blank takes it away, further numbers in the text are added."""
    with workspace.read() as session:
        kind = session.get_one(Channel, channel).kind
    if not text.strip():
        remove(workspace, channel)
        return ()
    values, findings = _read(kind, text)
    with workspace.write(_("Edit {field}").format(field=channel_label(kind))) as session:
        _say(session, living(session, Channel, channel), values)
    return findings


def correct(session: Writing, channel: int, text: str) -> None:
    """Do the same inside a write that does more."""
    record = living(session, Channel, channel)
    if text.strip():
        _say(session, record, _read(record.kind, text)[0])
    else:
        _remove(session, record)


def _say(session: Writing, record: Channel, values: Sequence[ChannelValue]) -> None:
    if not record.value.same_as(values[0]):
        record.checked_at = None
    fill(record, values[0])
    owner = _owner(session, record)
    known = channels(session, owner, record.kind)
    for value in values[1:]:
        _add(session, owner, known, value)


def _read(kind: str, text: str) -> tuple[tuple[ChannelValue, ...], tuple[Finding, ...]]:
    found = ChannelKind(kind).read(text)
    if found.value is None or found.worst == Severity.BLOCK:
        raise Invalid({kind: "\n".join(each.text for each in found.findings) or _("Write a number or an address.")})
    return found.value, found.findings


def remove(workspace: Workspace, channel: int) -> None:
    """Take a channel away; when it was the primary one, the next of its kind becomes it."""
    with workspace.write(_("Remove {field}").format(field=channel_label(_kind(workspace, channel)))) as session:
        _remove(session, living(session, Channel, channel))


def _remove(session: Writing, record: Channel) -> None:
    others = [each for each in channels(session, _owner(session, record), record.kind) if each is not record]
    session.remove(record)
    if record.is_primary and others:
        others[0].is_primary = True


def make_primary(workspace: Workspace, channel: int) -> None:
    """Have this be the first one of its kind."""
    with workspace.write(_("Make primary: {field}").format(field=channel_label(_kind(workspace, channel)))) as session:
        record = living(session, Channel, channel)
        for each in channels(session, _owner(session, record), record.kind):
            each.is_primary = each is record


def set_label(workspace: Workspace, channel: int, code: str) -> None:
    """Say what a channel is for, such as work or home; nothing says it no more."""
    with workspace.write(_("Edit label")) as session:
        living(session, Channel, channel).label = code or None


def verify(workspace: Workspace, channel: int) -> None:
    """Note that somebody made sure just now that a channel still works."""
    with workspace.write(_("Verify {field}").format(field=channel_label(_kind(workspace, channel)))) as session:
        verified(living(session, Channel, channel), now())


def people_at_domain(workspace: Workspace, account: int, domain: str) -> int:
    """How many people of an account have mail there: the reason to offer its domain for an unfinished address."""
    query = (
        select(func.count(func.distinct(Channel.contact_id)))
        .join(Affiliation, Affiliation.contact_id == Channel.contact_id)
        .where(Affiliation.account_id == account, Affiliation.deleted_at.is_(None), Channel.kind == "email")
        .where(Channel.norm.endswith(f"@{domain}", autoescape=True), Channel.deleted_at.is_(None))
    )
    with workspace.read() as session:
        return session.scalar(query) or 0


def _kind(workspace: Workspace, channel: int) -> str:
    with workspace.read() as session:
        return session.get_one(Channel, channel).kind


def _owner(session: Session, channel: Channel) -> Entity:
    if channel.account_id is not None:
        return session.get_one(Account, channel.account_id)
    return session.get_one(Contact, channel.contact_id)
