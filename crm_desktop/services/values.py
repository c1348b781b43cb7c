"""Putting a field's value into a record, wherever the value is kept: the one way for forms, quick add and import."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import (
    Account,
    Address,
    Affiliation,
    Channel,
    Contact,
    CustomValue,
    Entity,
    Picture,
    Tag,
    Tagging,
)
from crm_desktop.model.account import PERSON
from crm_desktop.model.base import default_of
from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.model.own_kinds import Linked, RecordLink, kept
from crm_desktop.model.picture import Photo
from crm_desktop.store.own_values import NAMES, owner_of
from crm_desktop.store.workspace import Writing
from crm_desktop.text.folding import fold

SHARED = ("channel", "address")


def put(session: Writing, record: Entity, field: Field, value: Any) -> None:
    """Have `field` of `record` hold `value`, a value of the field's kind; raises Invalid for a required blank."""
    if field.required and value in (None, ""):
        raise Invalid({field.name: _("“{label}” is needed.").format(label=field.label)})
    if field.origin is None:
        _put_columns(record, field, value)
    else:
        session.add(record)
        session.flush()
        RELATED[field.origin.table](session, reached_at(session, record, field), field, value)


def reached_at(session: Session, record: Entity, field: Field) -> Entity:
    """Where a channel or address is kept: a private customer's at the one contact, so that the two cannot differ."""
    if isinstance(record, Account) and record.kind == PERSON and field.origin and field.origin.table in SHARED:
        query = select(Contact).where(Contact.person_account_id == record.id, Contact.deleted_at.is_(None))
        return session.scalar(query) or record
    return record


def _put_columns(record: Entity, field: Field, value: Any) -> None:
    if value is None and not field.required:
        column = record.__table__.columns[field.name]
        value = value if column.nullable else default_of(column)
    for name, part in field.spread(value).items():
        setattr(record, name, part)


def owner_column(record: Entity) -> str:
    """The column by which a channel, address or tagging says that it belongs to `record`."""
    return "account_id" if isinstance(record, Account) else "contact_id"


def _put_channels(session: Writing, record: Entity, field: Field, values: Iterable[ChannelValue] | None) -> None:
    """Keep the channels that are still named, add the new ones, put the others in the bin; the first is the primary."""
    assert field.origin is not None
    living = channels(session, record, field.origin.name)
    wanted = list(values or ())
    for place, value in enumerate(wanted):
        same = next((each for each in living if each.value.same_as(value)), None)
        if same is None:
            same = Channel(kind=value.kind, **{owner_column(record): record.id})
            session.add(same)
        else:
            living.remove(same)
        fill(same, value)
        same.is_primary = place == 0
    for each in living:
        session.remove(each)


def channels(session: Writing, record: Entity, kind: str) -> list[Channel]:
    """The living channels of one kind, the primary one first."""
    query = select(Channel).where(
        getattr(Channel, owner_column(record)) == record.id, Channel.kind == kind, Channel.deleted_at.is_(None)
    )
    return list(session.scalars(query.order_by(Channel.is_primary.desc(), Channel.id)))


def fill(channel: Channel, value: ChannelValue) -> None:
    """Have a channel say what was read."""
    channel.raw, channel.norm, channel.ext = value.raw, value.norm, value.ext
    channel.country, channel.state = value.country, value.state


def _put_addresses(session: Writing, record: Entity, _field: Field, lines: Iterable[str] | None) -> None:
    query = select(Address).where(getattr(Address, owner_column(record)) == record.id, Address.deleted_at.is_(None))
    living = list(session.scalars(query.order_by(Address.is_primary.desc(), Address.id)))
    for place, line in enumerate(lines or ()):
        same = next((each for each in living if _shown_line(session, each) == line), None)
        if same is None:
            same = living[0] if len(living) == 1 and place == 0 and lines and len(list(lines)) == 1 else None
        if same is None:
            same = Address(**{owner_column(record): record.id})
            session.add(same)
        else:
            living.remove(same)
        if not same.line or _shown_line(session, same) != line:
            same.line, same.inherits_id = line, None
        same.is_primary = place == 0
    for each in living:
        session.remove(each)


def _shown_line(session: Writing, address: Address) -> str:
    """What an address says: one that follows another says what that one says."""
    source = session.get(Address, address.inherits_id) if address.inherits_id else None
    return source.line if source and source.deleted_at is None else address.line


def _put_tags(session: Writing, record: Entity, _field: Field, names: Iterable[str] | None) -> None:
    owner = owner_column(record)
    query = select(Tagging, Tag).join(Tag, Tag.id == Tagging.tag_id)
    query = query.where(getattr(Tagging, owner) == record.id, Tagging.deleted_at.is_(None))
    living = {tag.name_key: tagging for tagging, tag in session.execute(query)}
    for name in names or ():
        if living.pop(fold(name), None) is None:
            session.add(Tagging(tag_id=tag_named(session, name).id, **{owner: record.id}))
    for tagging in living.values():
        session.remove(tagging)


def tag_named(session: Writing, name: str) -> Tag:
    """The living tag of this name, made if there is none."""
    found = session.scalar(select(Tag).where(Tag.name_key == fold(name), Tag.deleted_at.is_(None)))
    if found is None:
        found = Tag(name=name, name_key=fold(name))
        session.add(found)
        session.flush()
    return found


def _put_affiliation(session: Writing, record: Entity, field: Field, value: Any) -> None:
    """Write into the contact's main affiliation; a title without an account has no place to be kept."""
    assert isinstance(record, Contact)
    assert field.origin is not None
    main = main_affiliation(session, record.id)
    if main is None:
        if value is None:
            return
        raise Invalid(
            {
                field.name: _("Link an account first: “{label}” belongs to the place where somebody works.").format(
                    label=field.label
                )
            }
        )
    setattr(main, field.origin.name, value)


def main_affiliation(session: Writing, contact: int) -> Affiliation | None:
    """Where a contact is now, first of all."""
    query = select(Affiliation).where(Affiliation.contact_id == contact, Affiliation.deleted_at.is_(None))
    return session.scalar(query.order_by(Affiliation.status != "current", Affiliation.id).limit(1))


def _put_photo(session: Writing, record: Entity, _field: Field, photo: Photo | None) -> None:
    """Keep the photo that is there when it is the same one; others go to the bin, so that undo brings them back."""
    there = False
    for each in session.scalars(select(Picture).where(Picture.contact_id == record.id, Picture.deleted_at.is_(None))):
        there = there or (photo is not None and each.sha256 == photo.sha256)
        if photo is None or each.sha256 != photo.sha256:
            session.remove(each)
    if photo is not None and not there:
        session.add(Picture(contact_id=record.id, mime=photo.mime, sha256=photo.sha256, data=photo.data))


def _put_own(session: Writing, record: Entity, field: Field, value: Any) -> None:
    """Keep the value of a field that people added; a blank one goes to the bin."""
    query = select(CustomValue).where(
        owner_of(type(record)) == record.id, CustomValue.field_id == field.own, CustomValue.deleted_at.is_(None)
    )
    living = session.scalar(query)
    if value in (None, "", ()):
        if living is not None:
            session.remove(living)
        return
    if isinstance(field.kind, RecordLink):
        value = resolved(session, value, field.kind.table)
    row = own_value_row(field, record.id, value)
    if living is None:
        session.add(CustomValue(**row))
    else:
        living.text, living.number = row["text"], row["number"]


def own_value_row(field: Field, owner: int, value: Any) -> dict[str, Any]:
    """The row of `CustomValue` by which a record, with the key `owner`, holds `value` in a field that people added."""
    text, number = kept(field.kind, value)
    return {"field_id": field.own, f"{field.entity}_id": owner, "text": text, "number": number}


def resolved(session: Session, link: Linked, table: str) -> Linked:
    """A link by its key where the name that was written is that of one record; a key that nothing has is a name."""
    entity, name = NAMES[table]
    if link.key is not None:
        called = session.scalar(select(name).where(entity.id == link.key))
        return Linked(None, str(link.key)) if called is None else Linked(link.key, called)
    same = select(entity.id, name).where(entity.name_key == fold(link.name), entity.deleted_at.is_(None)).limit(2)
    found = session.execute(same).all()
    return Linked(*found[0]) if len(found) == 1 else link


RELATED: dict[str, Callable[[Writing, Entity, Field, Any], None]] = {
    "channel": _put_channels,
    "address": _put_addresses,
    "tag": _put_tags,
    "affiliation": _put_affiliation,
    "picture": _put_photo,
    "own": _put_own,
}
