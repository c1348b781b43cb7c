"""How often one wants to be in touch with whom."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link
from crm_desktop.model.kinds import Code


class Cadence(Entity):
    """A rhythm for the accounts of a level, with a tag, or in a saved list: in touch at least every so many days."""

    __tablename__ = "cadence"

    level: Mapped[Code | None] = mapped_column()
    tag_id: Mapped[int | None] = link("tag.id", index=False)
    saved_list_id: Mapped[int | None] = link("saved_list.id", index=False)
    days: Mapped[int | None] = mapped_column()
    """Nothing for no rhythm at all."""
