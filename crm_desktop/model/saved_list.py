"""Lists that people keep: a filter with its order and its columns."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import Line
from crm_desktop.model.types import Key


class SavedList(Entity):
    """A list of one kind of record under a name; without an owner everybody has it."""

    __tablename__ = "saved_list"

    entity: Mapped[str] = mapped_column(String(40))
    name: Mapped[Line] = field("List")
    filter_json: Mapped[str] = mapped_column(Text, default="{}")
    words: Mapped[str] = mapped_column(String(200), default="")
    """What is searched for besides the filter."""
    with_closed: Mapped[bool] = mapped_column(default=False)
    sort_by: Mapped[str] = mapped_column(String(100), default="")
    descending: Mapped[bool] = mapped_column(default=False)
    columns_json: Mapped[str] = mapped_column(Text, default="[]")
    """Names, widths and which are frozen, from left to right; empty for the usual ones."""
    owner_id: Mapped[int | None] = mapped_column(Key)
    position: Mapped[int] = mapped_column(default=0)
