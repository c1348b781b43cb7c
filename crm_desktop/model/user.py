"""The people who work with the program."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from crm_desktop.model.base import Entity
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import Flag, Line


class User(Entity):
    """Somebody who owns accounts and writes activities; `is_local` is the one who uses this laptop."""

    __tablename__ = "user"

    name: Mapped[Line] = field("Your name")
    is_local: Mapped[Flag] = field("Uses this computer", default=False)
