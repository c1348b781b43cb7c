"""The kinds of field that people can add, and how a value of each is kept: a text, and a number to sort by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.model.kinds import Amount, Cell, Choice, Choices, Day, Kind, Notes, ShortText, Url, YesNo, as_text
from crm_desktop.text import mails, money, phones
from crm_desktop.text.findings import Finding, Reading, block, warn
from crm_desktop.text.folding import clean, fold
from crm_desktop.text.money import Money

YES, NO = "yes", "no"
BETWEEN = ","
"""What parts the codes of several picked values: no code has it."""
LINKED = ("account", "contact")
"""The kinds of record that a link may lead to."""
SHORTEST_KEY = 12
"""Keys have many more digits than any number in a name."""


class Figure(Kind):
    """A number, also a fraction or one below zero."""

    @override
    def read(self, raw: object) -> Reading[Decimal]:
        plain = raw if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) else clean(as_text(raw))
        return money.read_number(plain)

    @override
    def show(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value:,f}"

    @override
    def edit(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value:f}"

    @override
    def cell(self, value: Decimal | None) -> Cell:
        """A number, unless a sheet would round it."""
        if value is None:
            return None
        plain = int(value) if value == value.to_integral_value() else float(value)
        is_exact = abs(value) < 2**53 and Decimal(repr(plain)) == value
        return plain if is_exact and str(Decimal(repr(plain))) == f"{value:f}" else self.edit(value)


class PhoneText(Kind):
    """One telephone number; what is not one is kept as it came and marked."""

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        if too_long := self._too_long(text):
            return Reading(text, too_long)
        found = phones.read(text)
        phone = found.value
        if phone is None or not phone.valid or not (shown := phones.show("", phone.e164, "")):
            return Reading(text or None, found.findings)
        return Reading(f"{shown} ext. {phone.ext}" if phone.ext else shown, found.findings)

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        return phones.read(value).findings if value else ()

    def _too_long(self, text: str) -> tuple[Finding, ...]:
        return super().read(text).findings


class MailText(Kind):
    """One mail address; what is not one is kept as it came and marked."""

    longest = 255

    @override
    def read(self, raw: object) -> Reading[str]:
        found = super().read(raw)
        if found.findings or not found.value:
            return found
        mail = mails.read(found.value)
        return Reading(mail.value or found.value, mail.findings)

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        return mails.read(value).findings if value else ()


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Another record by its key and name; without a key, a name that no record has."""

    key: int | None
    name: str = ""
    is_gone: bool = False
    """Whether it is in the bin."""

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Linked):
            return NotImplemented
        if self.key is not None and other.key is not None:
            return self.key == other.key
        return fold(self.name) == fold(other.name)

    @override
    def __hash__(self) -> int:
        return hash(Linked)  # a key and a name alone may mean the same


class RecordLink(Kind):
    """An account or a contact, read from its name or key; a name that nothing has is kept and marked."""

    def __init__(self, table: str) -> None:
        self.table = table

    @override
    def read(self, raw: object) -> Reading[Linked]:
        found = super().read(raw)
        text = str(found.value or "")
        if not text:
            return Reading(None)
        is_key = text.isascii() and text.isdecimal() and len(text) >= SHORTEST_KEY and int(text) < 2**63
        return Reading(Linked(int(text)) if is_key else Linked(None, text), found.findings)

    @override
    def show(self, value: Linked | None) -> str:
        return "" if value is None else value.name or str(value.key or "")

    @override
    def edit(self, value: Linked | None) -> str:
        return "" if value is None else str(value.key or value.name)

    @override
    def cell(self, value: Linked | None) -> Cell:
        return self.show(value) or None

    @override
    def check(self, value: Linked | None) -> tuple[Finding, ...]:
        if value is None or (value.key is not None and not value.is_gone):
            return ()
        if value.is_gone:
            text = _("“{name}” has been deleted.")
        elif self.table == "account":
            text = _("There is no account called “{name}”.")
        else:
            text = _("There is no contact called “{name}”.")
        return (warn(text.format(name=self.show(value))),)


@dataclass(frozen=True, slots=True)
class OwnKind:
    """A kind of field that people can add."""

    text: str
    make: Callable[[str, str], Kind]
    """From the code of its pick list and the kind of record that it leads to."""
    keep: Callable[[Any], str] = str
    """The text that keeps a value."""
    value: Callable[[str], Any] = str
    """The value that such a text keeps."""
    number: Callable[[Any], float | None] = lambda _value: None
    """What a value is sorted by, where that is not its text."""
    is_searched: bool = False
    picks: bool = False
    """Whether it has options."""


def _keep_link(value: Linked) -> str:
    return str(value.key) if value.key is not None else value.name


def _linked(text: str) -> Linked:
    return RecordLink("").read(text).value or Linked(None, text)


def _money(text: str) -> Money:
    amount, _blank, currency = text.partition(" ")
    return Money(Decimal(amount), currency)


KINDS: dict[str, OwnKind] = {
    "text": OwnKind(N_("Text"), lambda _list, _target: ShortText(), is_searched=True),
    "long_text": OwnKind(N_("Long text"), lambda _list, _target: Notes(), is_searched=True),
    "number": OwnKind(N_("Whole or decimal number"), lambda _list, _target: Figure(), "{:f}".format, Decimal, float),
    "money": OwnKind(
        N_("Money"),
        lambda _list, _target: Amount(),
        lambda value: f"{value.amount:f} {value.currency}",
        _money,
        lambda value: float(value.amount),
    ),
    "date": OwnKind(
        N_("Date"),
        lambda _list, _target: Day(),
        date.isoformat,
        date.fromisoformat,
        lambda value: float(value.toordinal()),
    ),
    "yes_no": OwnKind(
        N_("Yes or no"),
        lambda _list, _target: YesNo(),
        lambda value: YES if value else NO,
        lambda text: text == YES,
        float,
    ),
    "pick": OwnKind(N_("One of a list"), lambda code, _target: Choice(code), picks=True),
    "picks": OwnKind(
        N_("Several of a list"),
        lambda code, _target: Choices(code),
        BETWEEN.join,
        lambda text: tuple(text.split(BETWEEN)),
        picks=True,
    ),
    "link": OwnKind(N_("Link to a record"), lambda _list, target: RecordLink(target), _keep_link, _linked),
    "phone": OwnKind(N_("Phone number"), lambda _list, _target: PhoneText(), is_searched=True),
    "mail": OwnKind(N_("E-mail"), lambda _list, _target: MailText(), is_searched=True),
    "url": OwnKind(N_("Web address"), lambda _list, _target: Url(), is_searched=True),
}
"""Every kind by its code, in the order in which they are offered."""


def kept(kind: Kind, value: Any) -> tuple[str, float | None]:
    """The text and the number that keep a value of a kind."""
    how = _how(kind)
    return how.keep(value), how.number(value)


def value_of(kind: Kind, text: str) -> Any:
    """The value that a text keeps."""
    return _how(kind).value(text)


_BY_TYPE = {type(each.make("", "")): each for each in KINDS.values()}


def _how(kind: Kind) -> OwnKind:
    return _BY_TYPE[type(kind)]


def bad_options(code: str, labels: Sequence[str]) -> tuple[Finding, ...]:
    """What keeps labels from being the options of a field of this kind."""
    found: dict[str, str] = {}
    for label in labels:
        same = found.setdefault(option_code(label), label)
        if same is not label:
            return (block(_("“{one}” and “{other}” are the same.").format(one=same, other=label)),)
        if code == "picks" and any(sign in label for sign in ",;|/、；，\n"):
            message = _("“{text}” has a sign that parts several values: , ; / | 、. Use another one.")
            return (block(message.format(text=label)),)
    return ()


def option_code(label: str) -> str:
    """The code of an option, made once from its first label."""
    return (fold(label) or label.strip())[:60]
