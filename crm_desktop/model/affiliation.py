"""A contact at an account: the title, department and role belong to the link, not to the person."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import Choice, Code, Flag, Line, LongText, Number, OnDay, Whole

CURRENT = "current"


class Affiliation(Entity):
    """What a contact is at an account, from when to when."""

    __tablename__ = "affiliation"

    account_id: Mapped[int] = link("account.id")
    contact_id: Mapped[int] = link("contact.id", part_of=True)
    title: Mapped[Line | None] = field("Job title", table=True, search=True)
    department: Mapped[Line | None] = field("Department", search=True)
    decision_role: Mapped[Code | None] = field("Buying role", kind=Choice("decision_role"))
    attitude: Mapped[Code | None] = field("Attitude", kind=Choice("attitude"))
    influence: Mapped[Number | None] = field("Influence", kind=Whole(1, 5))
    responsibility: Mapped[LongText | None] = field("Responsibilities")
    reports_to_id: Mapped[int | None] = link("affiliation.id")
    is_primary: Mapped[Flag] = field("Primary contact", default=False)
    status: Mapped[Code] = field("Employment", kind=Choice("affiliation_status"), default=CURRENT)
    from_date: Mapped[OnDay | None] = field("From")
    to_date: Mapped[OnDay | None] = field("Until")

    __table_args__ = (
        Index(
            "uq_affiliation_primary",
            "account_id",
            unique=True,
            sqlite_where=text("is_primary = 1 AND deleted_at IS NULL"),
            postgresql_where=text("is_primary AND deleted_at IS NULL"),
        ),
    )
