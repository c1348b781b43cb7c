"""What is set once for everybody who works with a data file."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity


class SharedSetting(Entity):
    """A rule of the house by name, such as after how many days an account is dormant; undone like any other change."""

    __tablename__ = "shared_setting"

    name: Mapped[str] = mapped_column(String(60), index=True)
    value: Mapped[str] = mapped_column(Text)
    """As JSON."""
