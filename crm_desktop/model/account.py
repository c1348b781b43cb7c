"""The companies, and the private persons, that we sell to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.address import AddressKind
from crm_desktop.model.base import Entity, kept_up, link, now
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Origin, field, many
from crm_desktop.model.kinds import (
    At,
    Choice,
    Choices,
    Code,
    CodeList,
    CreditCode,
    Currency,
    Line,
    LinkTo,
    LongText,
    MoneyAmount,
    Number,
    OnDay,
    Region,
    SizeBand,
    WebAddress,
    Whole,
)
from crm_desktop.model.tag import TagsKind
from crm_desktop.model.types import Key, UTCTime

ORGANISATION, PERSON = "organisation", "person"
CLOSED = "closed"


class Account(Entity):
    """A company or person as the business subject: deals and orders hang on it, conversations on its contacts."""

    __tablename__ = "account"

    name: Mapped[Line] = field("Account name", group="Company", table=True, search=True, wanted=True)
    types: Mapped[CodeList | None] = field("Account type", kind=Choices("account_type"), group="Company", table=True)
    industry: Mapped[Code | None] = field("Industry", kind=Choice("industry"), group="Company", table=True, wanted=True)
    size_band: Mapped[Code | None] = field("Company size", kind=SizeBand(), group="Company", table=True)
    employees: Mapped[Number | None] = field("Employees", group="Company")
    annual_revenue: Mapped[MoneyAmount | None] = field("Annual revenue", group="Business", table=True)
    annual_revenue_currency: Mapped[Currency | None] = mapped_column()
    revenue_year: Mapped[Number | None] = field("Revenue year", kind=Whole(1900, 2100), group="Business")
    region: Mapped[Code | None] = field("Region", kind=Region(), group="Reach", table=True)
    address = many("Address", AddressKind(), AddressKind.origin, group="Reach", table=True, search=True)
    phone = many(
        "Phone", ChannelKind("landline"), Origin("channel", "landline"), group="Reach", table=True, search=True
    )
    mobile = many("Mobile", ChannelKind("mobile"), Origin("channel", "mobile"), group="Reach", search=True)
    fax = many("Fax", ChannelKind("fax"), Origin("channel", "fax"), group="Reach", search=True)
    email = many("E-mail", ChannelKind("email"), Origin("channel", "email"), group="Reach", table=True, search=True)
    website: Mapped[WebAddress | None] = field("Website", group="Reach", table=True, search=True)
    level: Mapped[Code | None] = field("Level", kind=Choice("level"), group="Business", table=True)
    status: Mapped[Code] = field("Status", kind=Choice("status"), group="Business", table=True, default="active")
    owner_id: Mapped[int | None] = field("Owner", Key, kind=LinkTo("user"), group="Business", table=True, index=True)
    created_at: Mapped[At] = field("Created", group="Business", table=True, read_only=True, default=now, sort_order=90)
    relationship: Mapped[Code | None] = field("Customer stage", kind=Choice("relationship"), group="Business")
    lead_source: Mapped[Code | None] = field("Source", kind=Choice("source"), group="Business")
    business_type: Mapped[Code | None] = field("Business type", kind=Choice("business_type"), group="Company")
    budget: Mapped[MoneyAmount | None] = field("Budget", group="Business")
    budget_currency: Mapped[Currency | None] = mapped_column()
    budget_period: Mapped[Line | None] = field("Budget period", group="Business")
    budget_certainty: Mapped[Code | None] = field("Budget is", kind=Choice("budget_certainty"), group="Business")
    territory: Mapped[Line | None] = field("Sales territory", group="Reach")
    short_name: Mapped[Line | None] = field("Short name", group="Company", search=True)
    name_en: Mapped[Line | None] = field("English name", group="Company", search=True)
    credit_code: Mapped[Code | None] = field("Credit code", kind=CreditCode(), group="Company", search=True, index=True)
    tags = many("Tags", TagsKind(), TagsKind.origin, group="Notes", search=True)
    description: Mapped[LongText | None] = field("Description", group="Notes", search=True)
    kind: Mapped[Code] = field("Kind of account", kind=Choice("account_kind"), default=ORGANISATION)
    parent_id: Mapped[int | None] = link("account.id")
    verified_at: Mapped[At | None] = mapped_column()
    """When somebody last said that all of it still holds."""
    lifecycle_override: Mapped[Code | None] = mapped_column()
    lifecycle_reason: Mapped[Line | None] = mapped_column()
    lifecycle_until: Mapped[OnDay | None] = mapped_column()
    """The last day on which the override holds; nothing for ever."""

    name_key: Mapped[str | None] = kept_up(String(200))
    core_key: Mapped[str | None] = kept_up(String(200), index=True)
    sort_key: Mapped[str | None] = kept_up(String(400))
    domain_key: Mapped[str | None] = kept_up(String(200), index=True)
    child_count: Mapped[int] = kept_up(default=0)
    """Branches and contacts below it, so that the tree need not count."""
    last_activity_at: Mapped[datetime | None] = kept_up(UTCTime)

    __table_args__ = (
        Index("ix_account_roots", "parent_id", "deleted_at", "sort_key", "id", "status"),
        Index("ix_account_counts", "deleted_at", "status", "level"),
        Index("ix_account_sort", "deleted_at", "sort_key", "id"),
    )
