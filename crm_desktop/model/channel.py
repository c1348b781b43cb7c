"""Ways to reach an account or a contact: phones, mails, WeChat … each kept as it was written and as it is compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import Origin, field
from crm_desktop.model.kinds import At, Choice, Code, Flag, Kind, Line, as_text, split_words
from crm_desktop.text import handles, mails, phones
from crm_desktop.text.damage import damage, is_damaged
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.text.folding import clean

VALID, SUSPECT = "valid", "suspect"


class Channel(Entity):
    """One way to reach one account or contact."""

    __tablename__ = "channel"

    account_id: Mapped[int | None] = link("account.id", part_of=True)
    contact_id: Mapped[int | None] = link("contact.id", part_of=True)
    kind: Mapped[str] = mapped_column(String(20))
    raw: Mapped[Line] = field("As written")
    norm: Mapped[str] = mapped_column(String(255), default="")
    ext: Mapped[str] = mapped_column(String(10), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    label: Mapped[Code | None] = field("Label", kind=Choice("channel_label"))
    is_primary: Mapped[Flag] = field("Primary", default=False)
    state: Mapped[str] = mapped_column(String(20), default=VALID)
    checked_at: Mapped[At | None] = field("Last verified")
    do_not_use: Mapped[Flag] = field("Do not use", default=False)

    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="one_owner"),
        Index("ix_channel_norm", "norm"),
    )

    @property
    def value(self) -> ChannelValue:
        """What the row says, as its kind reads and shows it."""
        return ChannelValue(self.kind, self.raw, self.norm, self.ext, self.country, self.state)


class ChannelValue(NamedTuple):
    """A phone number, mail address or handle: as written, and as it is compared (`norm`, empty when not understood)."""

    kind: str
    raw: str
    norm: str = ""
    ext: str = ""
    country: str = ""
    state: str = VALID

    def show(self) -> str:
        """The value as people read it; what was not understood is shown just as it was written."""
        if self.kind in PHONE_KINDS:
            return phones.show(self.raw, self.norm if self.state == VALID else "", self.ext)
        return self.norm if self.norm and self.state == VALID else self.raw

    def same_as(self, other: ChannelValue) -> bool:
        """Whether both reach the same end, however they were written."""
        return self.norm == other.norm and self.ext == other.ext if self.norm and other.norm else self.raw == other.raw


PHONE_KINDS = ("mobile", "landline", "fax")


def _split_handles(text: str) -> list[str]:
    return split_words(text)


def _split_links(text: str) -> list[str]:
    return text.split()


SPLIT: dict[str, Callable[[str], list[str]]] = {
    **dict.fromkeys(PHONE_KINDS, phones.split_cell),
    "email": mails.split_cell,
    "linkedin": _split_links,
}
READ: dict[str, Callable[[str], Reading[str]]] = {
    "email": mails.read,
    "wechat": handles.read_wechat,
    "qq": handles.read_qq,
    "linkedin": handles.read_url,
}
AT_ONCE: dict[str, Callable[[str], str | None]] = {
    "email": mails.at_once,
    "wechat": handles.wechat_at_once,
    "qq": handles.qq_at_once,
    "linkedin": handles.url_at_once,
}
CHANNELS: dict[str, str] = {
    "mobile": N_("Mobile"),
    "landline": N_("Phone"),
    "fax": N_("Fax"),
    "email": N_("E-mail"),
    "wechat": N_("WeChat"),
    "qq": N_("QQ"),
    "linkedin": N_("LinkedIn"),
}


def channel_label(kind: str) -> str:
    """The word for a kind of channel."""
    return _(CHANNELS[kind])


class ChannelKind(Kind):
    """Phones, mails or handles of one kind: a field may hold several, and what is not valid is kept and marked."""

    longest = 255

    def __init__(self, channel: str) -> None:
        self.channel = channel

    @property
    def origin(self) -> Origin:
        """Where the values are kept."""
        return Origin("channel", self.channel)

    def at_once(self, text: str) -> tuple[ChannelValue, ...] | None:
        """What `read` makes of a text that surely is one valid number, address or handle; None for all others."""
        raw = clean(text)
        if self.channel in PHONE_KINDS:
            phone = phones.at_once(raw)
            return (ChannelValue(self.channel, raw, phone[0], "", phone[2]),) if phone else None
        shortcut = AT_ONCE.get(self.channel)
        norm = shortcut(raw) if shortcut else None
        return (ChannelValue(self.channel, raw, norm),) if norm else None

    def read_one(self, raw: object) -> Reading[ChannelValue]:
        """One number, address or handle."""
        text = clean(as_text(raw))
        if not text:
            return Reading(None)
        if is_damaged(text):
            return Reading(ChannelValue(self.channel, text, state=SUSPECT), (damage(text),))
        if self.channel in PHONE_KINDS:
            return self._phone(text)
        found = READ[self.channel](text)
        state = SUSPECT if found.value is None or _doubtful(found.findings) else VALID
        return Reading(ChannelValue(self.channel, text, found.value or "", state=state), found.findings)

    def _phone(self, text: str) -> Reading[ChannelValue]:
        found = phones.read(text)
        if found.value is None:
            return Reading(ChannelValue(self.channel, text, state=SUSPECT), found.findings)
        phone = found.value
        state = VALID if phone.valid else SUSPECT
        return Reading(ChannelValue(self.channel, text, phone.e164, phone.ext, phone.country, state), found.findings)

    @override
    def read(self, raw: object) -> Reading[tuple[ChannelValue, ...]]:
        found = [self.read_one(each) for each in SPLIT.get(self.channel, _split_handles)(as_text(raw))]
        values: list[ChannelValue] = []
        for each in found:
            if each.value and not any(each.value.same_as(other) for other in values):
                values.append(each.value)
        return Reading(tuple(values) or None, tuple(finding for each in found for finding in each.findings))

    @override
    def show(self, value: tuple[ChannelValue, ...] | None) -> str:
        return "; ".join(each.show() for each in value or ())

    @override
    def edit(self, value: tuple[ChannelValue, ...] | None) -> str:
        return "; ".join(each.raw if each.state == SUSPECT else each.show() for each in value or ())

    @override
    def check(self, value: tuple[ChannelValue, ...] | None) -> tuple[Finding, ...]:
        return tuple(finding for each in value or () for finding in self.read_one(each.raw).findings)


def _doubtful(findings: tuple[Finding, ...]) -> bool:
    return any(each.severity >= Severity.WARN for each in findings)


def verified(channel: Channel, at: datetime) -> None:
    """Note that somebody made sure at `at` that the channel still works."""
    channel.checked_at = at
