"""Fields that people add themselves, and what records hold in them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Float, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import Line

OWNERS = ("account", "contact", "affiliation", "activity", "task")
"""The kinds of record that may have fields of people's own."""


class CustomField(Entity):
    """A field that people added to a kind of record; `name` stays when its words change."""

    __tablename__ = "custom_field"

    entity: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    zh: Mapped[Line] = field("Name in Chinese")
    en: Mapped[Line] = field("Name in English")
    card: Mapped[str] = mapped_column(String(40), default="")
    """The card of the form that it stands on."""
    position: Mapped[int] = mapped_column(default=0)
    in_table: Mapped[bool] = mapped_column(default=False)
    target: Mapped[str] = mapped_column(String(40), default="")
    """For a link: the kind of record that it leads to."""

    __table_args__ = (
        Index("uq_custom_field_name", "entity", "name", unique=True, sqlite_where=text("deleted_at IS NULL")),
    )


class CustomValue(Entity):
    """What one record holds in one field of people's own: a text that its kind reads, and its number to sort by."""

    __tablename__ = "custom_value"

    field_id: Mapped[int] = link("custom_field.id", follows=True)
    account_id: Mapped[int | None] = link("account.id", part_of=True, index=False)
    contact_id: Mapped[int | None] = link("contact.id", part_of=True, index=False)
    affiliation_id: Mapped[int | None] = link("affiliation.id", part_of=True, index=False)
    activity_id: Mapped[int | None] = link("activity.id", part_of=True, index=False)
    task_id: Mapped[int | None] = link("task.id", part_of=True, index=False)
    text: Mapped[str] = mapped_column(Text)
    number: Mapped[float | None] = mapped_column(Float)

    __table_args__ = (
        CheckConstraint(
            " + ".join(f"({each}_id IS NOT NULL)" for each in OWNERS) + " = 1",
            name="one_owner",
        ),
        *(
            Index(
                f"uq_custom_value_{each}",
                f"{each}_id",
                "field_id",
                unique=True,
                sqlite_where=text(f"deleted_at IS NULL AND {each}_id IS NOT NULL"),
            )
            for each in OWNERS
        ),
    )
