"""What happened with whom."""

from __future__ import annotations

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link, now
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import At, Choice, Code, Flag, Line, LinkTo, LongText, Number
from crm_desktop.model.types import Key

CALL, SYSTEM, OUT, IN, NONE = "call", "system", "out", "in", "none"
LIVING = text("deleted_at IS NULL")


class Activity(Entity):
    """A call, visit, mail, chat or note, with an account and any number of people."""

    __tablename__ = "activity"

    kind: Mapped[Code] = field("Kind of activity", kind=Choice("activity_kind"), table=True, default=CALL)
    direction: Mapped[Code] = field("Direction", kind=Choice("direction"), table=True, default=OUT)
    at: Mapped[At] = field("When", table=True, default=now)
    minutes: Mapped[Number | None] = field("Minutes", table=True)
    place: Mapped[Line | None] = field("Place", search=True)
    summary: Mapped[LongText] = field("Summary", table=True, search=True)
    outcome: Mapped[Code | None] = field("Outcome", kind=Choice("outcome"))
    details_confirmed: Mapped[Flag] = field("Details confirmed", default=False)
    zone: Mapped[str | None] = mapped_column(String(40))
    account_id: Mapped[int | None] = link("account.id")
    author_id: Mapped[int | None] = field("Author", Key, kind=LinkTo("user"))

    __table_args__ = (
        Index("ix_activity_timeline", "account_id", "deleted_at", "at", "id"),
        Index("ix_activity_at", "at", sqlite_where=LIVING, postgresql_where=LIVING),
    )


class ActivityParty(Entity):
    """A contact who took part in an activity."""

    __tablename__ = "activity_party"

    activity_id: Mapped[int] = link("activity.id", part_of=True)
    contact_id: Mapped[int] = link("contact.id")


class ActivityColleague(Entity):
    """One of us who took part in an activity besides its author."""

    __tablename__ = "activity_colleague"

    activity_id: Mapped[int] = link("activity.id", part_of=True)
    user_id: Mapped[int] = link("user.id")
