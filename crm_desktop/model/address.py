"""Where an account or a contact is to be found."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped
from typing_extensions import override

from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import Origin, field
from crm_desktop.model.kinds import Choice, Code, Flag, Kind, Notes, Postcode, as_text
from crm_desktop.text.findings import Reading
from crm_desktop.text.folding import clean


class Address(Entity):
    """A typed address; `inherits_id` follows another one, such as the head office's."""

    __tablename__ = "address"

    account_id: Mapped[int | None] = link("account.id", part_of=True)
    contact_id: Mapped[int | None] = link("contact.id", part_of=True)
    type: Mapped[Code] = field("Kind of address", kind=Choice("address_type"), default="contact")
    region: Mapped[Code | None] = field("Region", kind=Kind())
    line: Mapped[str] = field("Address", kind=Notes(), search=True)
    postcode: Mapped[Code | None] = field("Postal code", kind=Postcode())
    is_primary: Mapped[Flag] = field("Primary", default=False)
    inherits_id: Mapped[int | None] = link("address.id")

    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),)


class AddressKind(Kind):
    """The addresses of a record as lines of text; the primary one comes first."""

    longest = 1000
    origin = Origin("address", "line")

    @override
    def read(self, raw: object) -> Reading[tuple[str, ...]]:
        lines = tuple(dict.fromkeys(line for each in as_text(raw).splitlines() if (line := clean(each))))
        return Reading(lines or None)

    def at_once(self, text: str) -> tuple[str, ...] | None:
        """What `read` makes of a text of one line; None for all others."""
        line = clean(text) if text.isprintable() else ""
        return (line,) if line else None

    @override
    def show(self, value: tuple[str, ...] | None) -> str:
        return "\n".join(value or ())
