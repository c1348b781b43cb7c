"""The journal of every write, and what the program remembers besides people's data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Base, now
from crm_desktop.model.ids import new_id
from crm_desktop.model.types import Key, UTCTime


class ChangeSet(Base):
    """One thing that was done, however many rows it touched: the step that Undo takes back."""

    __tablename__ = "change_set"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False, default=new_id)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    title: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(20))
    author: Mapped[int | None] = mapped_column(Key)
    device: Mapped[int] = mapped_column(default=0)
    undo_of: Mapped[int | None] = mapped_column(Key, index=True)
    undone_by: Mapped[int | None] = mapped_column(Key)
    rows: Mapped[int] = mapped_column(default=0)


class ChangeItem(Base):
    """What a change set did to one row: `insert` (the values are in the row) or `update` (fields before and after)."""

    __tablename__ = "change_item"

    set_id: Mapped[int] = mapped_column(Key, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(Key)
    op: Mapped[str] = mapped_column(String(6))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_change_item_row", "row_id"), {"sqlite_with_rowid": False})


class Remembered(Base):
    """Small things the program remembers by name: its device number, how the columns of a file were mapped."""

    __tablename__ = "remembered"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
