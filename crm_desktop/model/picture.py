"""Photos of people, kept in the data file itself so that one backup holds everything."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link


class Picture(Entity):
    """A photo of one contact, as it came; the newest living one is shown."""

    __tablename__ = "picture"

    contact_id: Mapped[int] = link("contact.id", part_of=True)
    mime: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)
