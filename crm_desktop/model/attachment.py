"""Files that belong to a record: pictures, minutes, quotes, mails."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import Line


class Attachment(Entity):
    """A file of one account, contact, activity or task; its bytes lie in the data folder, once, under their SHA-256."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[Line] = field("File name")
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column()
    """In bytes."""
    account_id: Mapped[int | None] = link("account.id", part_of=True)
    contact_id: Mapped[int | None] = link("contact.id", part_of=True)
    activity_id: Mapped[int | None] = link("activity.id", part_of=True)
    task_id: Mapped[int | None] = link("task.id", part_of=True)
