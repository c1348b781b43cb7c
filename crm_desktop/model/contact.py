"""The people we talk to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.address import AddressKind
from crm_desktop.model.affiliation import Affiliation
from crm_desktop.model.base import Entity, kept_up, link
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Origin, field, many, of_link
from crm_desktop.model.kinds import (
    At,
    BirthdayText,
    Choice,
    Choices,
    Code,
    CodeList,
    Flag,
    Kind,
    Line,
    LinkTo,
    LongText,
    ShortText,
)
from crm_desktop.model.picture import PhotoKind
from crm_desktop.model.tag import TagsKind
from crm_desktop.model.types import Key, UTCTime


class Contact(Entity):
    """A person, with no, one or several accounts (`affiliation`)."""

    __tablename__ = "contact"

    full_name: Mapped[Line] = field("Name", kind=ShortText(100), group="Person", table=True, search=True, wanted=True)
    account = many("Account", Kind(), Origin("affiliation", "account"), group="Role", table=True, read_only=True)
    title = of_link(Affiliation, "title", group="Role", table=True, wanted=True)
    department = of_link(Affiliation, "department", group="Role")
    mobile = many(
        "Mobile",
        ChannelKind("mobile"),
        Origin("channel", "mobile"),
        group="Reach",
        table=True,
        search=True,
        wanted=True,
    )
    phone = many(
        "Phone", ChannelKind("landline"), Origin("channel", "landline"), group="Reach", table=True, search=True
    )
    email = many(
        "E-mail", ChannelKind("email"), Origin("channel", "email"), group="Reach", table=True, search=True, wanted=True
    )
    wechat = many("WeChat", ChannelKind("wechat"), Origin("channel", "wechat"), group="Reach", search=True)
    qq = many("QQ", ChannelKind("qq"), Origin("channel", "qq"), group="Reach", search=True)
    linkedin = many(
        "LinkedIn", ChannelKind("linkedin"), Origin("channel", "linkedin"), group="Reach", table=True, search=True
    )
    address = many("Office address", AddressKind(), AddressKind.origin, group="Reach", table=True, search=True)
    birthday: Mapped[BirthdayText | None] = field("Birthday", group="Person", table=True)
    hobby: Mapped[Line | None] = field("Hobbies", group="Person", table=True, search=True)
    note: Mapped[LongText | None] = field("Notes", group="Notes", table=True, search=True)
    gender: Mapped[Code | None] = field("Gender", kind=Choice("gender"), group="Person")
    types: Mapped[CodeList | None] = field("Contact type", kind=Choices("contact_type"), group="Role")
    personality: Mapped[Line | None] = field("Personality", group="Person", search=True)
    english_name: Mapped[Line | None] = field("English name", group="Person", search=True)
    preferred_channel: Mapped[Code | None] = field("Prefers", kind=Choice("preferred_channel"), group="Person")
    preferred_language: Mapped[Line | None] = field("Preferred language", group="Person")
    preferred_hours: Mapped[Line | None] = field("Preferred hours", group="Person")
    do_not_call: Mapped[Flag] = field("Do not call", group="Person", default=False)
    do_not_mail: Mapped[Flag] = field("Do not mail", group="Person", default=False)
    owner_id: Mapped[int | None] = field("Owner", Key, kind=LinkTo("user"), group="Role", index=True)
    tags = many("Tags", TagsKind(), TagsKind.origin, group="Notes", search=True)
    photo = many("Photo", PhotoKind(), PhotoKind.origin, group="Person")
    name_order: Mapped[str] = mapped_column(String(20), default="auto")
    person_account_id: Mapped[int | None] = link("account.id")
    verified_at: Mapped[At | None] = mapped_column()
    """When somebody last said that all of it still holds."""

    family_name: Mapped[str | None] = kept_up(String(100))
    given_name: Mapped[str | None] = kept_up(String(100))
    name_key: Mapped[str | None] = kept_up(String(200), index=True)
    sort_key: Mapped[str | None] = kept_up(String(400))
    main_affiliation_id: Mapped[int | None] = kept_up(Key)
    last_activity_at: Mapped[datetime | None] = kept_up(UTCTime)

    __table_args__ = (Index("ix_contact_sort", "deleted_at", "sort_key", "id"),)
