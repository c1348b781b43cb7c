"""Free words that people put on accounts and contacts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from crm_desktop.i18n import language
from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import Origin, field
from crm_desktop.model.kinds import Cell, Kind, Line, as_text, split_words
from crm_desktop.text.findings import Reading


class Tag(Entity):
    """A word with a colour; renaming it renames it everywhere."""

    __tablename__ = "tag"

    name: Mapped[Line] = field("Tag")
    name_key: Mapped[str] = mapped_column(String(200))
    colour: Mapped[str] = mapped_column(String(20), default="")

    __table_args__ = (Index("uq_tag_name_key", "name_key", unique=True, sqlite_where=text("deleted_at IS NULL")),)


class Tagging(Entity):
    """One tag on one record."""

    __tablename__ = "tagging"

    tag_id: Mapped[int] = link("tag.id")
    account_id: Mapped[int | None] = link("account.id", part_of=True)
    contact_id: Mapped[int | None] = link("contact.id", part_of=True)

    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),)


class TagsKind(Kind):
    """The tags of a record by their names."""

    longest = 1000
    origin = Origin("tag", "name")

    @override
    def read(self, raw: object) -> Reading[tuple[str, ...]]:
        return Reading(tuple(split_words(as_text(raw))) or None)

    @override
    def show(self, value: tuple[str, ...] | None) -> str:
        return ("、" if language() == "zh_CN" else ", ").join(value or ())

    @override
    def cell(self, value: tuple[str, ...] | None) -> Cell:
        return "、".join(value) if value else None
