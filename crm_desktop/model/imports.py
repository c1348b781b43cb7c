"""What was imported, row by row, so that every record can be traced back to its place in a file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Base, now
from crm_desktop.model.ids import new_id
from crm_desktop.model.types import Key, UTCTime


class ImportJob(Base):
    """One import: which file, how it was read, and the change set that it made."""

    __tablename__ = "import_job"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False, default=new_id)
    set_id: Mapped[int | None] = mapped_column(Key, index=True)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    file_name: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    sheet: Mapped[str] = mapped_column(String(200), default="")
    options: Mapped[str] = mapped_column(Text)
    """What was decided, as JSON."""
    counts: Mapped[str] = mapped_column(Text)
    """How many rows came to what, as JSON."""


class ImportRow(Base):
    """One row of an imported file and what became of it."""

    __tablename__ = "import_row"

    job_id: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The number of the row in the file."""
    outcome: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(Key)
    contact_id: Mapped[int | None] = mapped_column(Key)
    notes: Mapped[str] = mapped_column(Text, default="")
    """What was wrong or doubtful, one sentence a line."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy takes a plain dict
