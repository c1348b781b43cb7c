"""Where a column of a sheet may go: every field of our own, and what is put together from several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crm_desktop.i18n import N_, _, spellings
from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Field, fields_of, until_fields_change
from crm_desktop.model.kinds import Amount, Choice, Choices, Kind, LinkTo, Notes, YesNo
from crm_desktop.model.tag import TagsKind
from crm_desktop.services.importing import fingerprint
from crm_desktop.text.folding import fold

RECORD = "record.id"
NEW = "new:"
"""What a code begins with that stands for a field to be made, such as `new:account:text:特殊要求`."""
PARTIES = "activity.contacts"
RECORD_LABEL = N_("Record id")
PARENT_LABEL = N_("Parent account")
CONTACTS_LABEL = N_("Contacts")
ACCOUNT_LABEL = N_("Account")
GROUPS = {
    "account": N_("Account"),
    "contact": N_("Contact"),
    "affiliation": N_("Role"),
    "activity": N_("Activity"),
    "record": N_("Record"),
    "person2": N_("Second person"),
    "person3": N_("Third person"),
}
ADDRESS_PARTS = {
    "street": N_("Street"),
    "city": N_("City"),
    "district": N_("District"),
    "province": N_("Province or state"),
    "country": N_("Country"),
    "postcode": N_("Postal code"),
}
ANY_PHONE, PHONE_KIND, MIDDLE_NAME = "contact.any_phone", "contact.phone_kind", "contact.middle_name"
BIRTH = {
    "contact.birth_year": N_("Year of birth"),
    "contact.birth_month": N_("Month of birth"),
    "contact.birth_day": N_("Day of birth"),
}
MADE_UP = (
    {
        "account.parent": PARENT_LABEL,
        "contact.family_name": N_("Family name"),
        "contact.given_name": N_("Given name"),
        MIDDLE_NAME: N_("Middle name"),
        ANY_PHONE: N_("Phone or mobile, as each number is"),
        PHONE_KIND: N_("Kind of the number at the right"),
        PARTIES: CONTACTS_LABEL,
        RECORD: RECORD_LABEL,
    }
    | {f"{owner}.{part}": text for owner in ("account", "contact") for part, text in ADDRESS_PARTS.items()}
    | BIRTH
)
"""Targets that are no field: what is put together from several columns, the parent by its name, our identities."""
PEOPLE = ("person2", "person3")
OF_PEOPLE = (
    "contact.full_name",
    "contact.family_name",
    "contact.given_name",
    "affiliation.title",
    "affiliation.department",
    "contact.mobile",
    "contact.phone",
    ANY_PHONE,
    "contact.email",
    "contact.wechat",
    "contact.qq",
    "contact.gender",
    "contact.note",
)
"""What a row may say of a second and third person."""
REPEATED = frozenset({ANY_PHONE, PHONE_KIND, "account.street", "contact.street"})
CURRENCY, CURRENCY_LABEL = "_currency", N_("{field} (currency)")
"""What follows the code and the words of an amount in the column with its currency."""
NUMBERED = re.compile(r"(.+) [0-9]{1,2}")
"""The words above the second and further ones of several values."""
ELSEWHERE = {"contact.account": "account.name"}
OTHER_NAMES = {"account.source": "account.lead_source", "account.owner": "account.owner_id", "record.version": ""}
"""What header words call otherwise."""
NAMES = ("account.name", "contact.full_name", "contact.family_name", "contact.given_name")
REACH = ("contact.mobile", "contact.email", "contact.wechat")
PARTS = (Account, Contact, Affiliation, Activity)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column may hold."""

    code: str
    text: str
    field: Field | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        if self.code.endswith(CURRENCY):
            return _(CURRENCY_LABEL).format(field=by_code()[self.code.removesuffix(CURRENCY)].label)
        return self.field.label if self.field else _(self.text)

    @property
    def group(self) -> str:
        """The kind of record that it belongs to."""
        return _(GROUPS[self.entity])

    @property
    def entity(self) -> str:
        """The table of that record."""
        return self.code.partition(".")[0]

    @property
    def name(self) -> str:
        """The field's name in it."""
        return self.code.partition(".")[2]

    @property
    def several(self) -> bool:
        """Whether several columns may go there, as with two telephone numbers."""
        if self.field is None:
            return plain_code(self.code) in REPEATED
        return holds_several(self.field.kind)


def holds_several(kind: Kind) -> bool:
    """Whether values of a kind can be united; texts of any length are put under one another."""
    return isinstance(kind, ChannelKind | AddressKind | TagsKind | Choices | Notes)


def has_own_values(target: Target | None) -> bool:
    """Whether a target has values of its own, so that others may be said to mean one of them."""
    kind = target.field.kind if target and target.field else None
    return isinstance(kind, Choice | Choices | TagsKind | YesNo) or (isinstance(kind, LinkTo) and kind.table == "user")


def targets() -> tuple[Target, ...]:
    """Every target, in the order of the fields."""
    return tuple(by_code().values())


@until_fields_change
@cache
def by_code() -> dict[str, Target]:
    """The targets by their codes."""
    found: dict[str, Target] = {}
    for entity in PARTS:
        for each in fields_of(entity):
            code = code_of(each)
            if code == each.code and not each.read_only:
                found[code] = Target(code, each.text, each)
    amounts = [code for code, each in found.items() if each.field and isinstance(each.field.kind, Amount)]
    found |= {f"{code}{CURRENCY}": Target(f"{code}{CURRENCY}", CURRENCY_LABEL) for code in amounts}
    found |= {code: Target(code, text) for code, text in MADE_UP.items()}
    for person in PEOPLE:
        for first in [found[code] for code in OF_PEOPLE]:
            code = f"{person}.{first.name}"
            found[code] = Target(code, first.text, first.field)
    return found


def plain_code(code: str) -> str:
    """The target of the first person for one of another: `contact.mobile` for `person2.mobile`."""
    entity, _dot, name = code.partition(".")
    return next((each for each in OF_PEOPLE if each.endswith(f".{name}")), code) if entity in PEOPLE else code


def code_of(field: Field) -> str:
    """The target that a field's column goes to: a title belongs to the role, not to the person."""
    if field.origin and field.origin.table == "affiliation":
        return ELSEWHERE.get(field.code, f"affiliation.{field.name}")
    return field.code


def known(code: str | None) -> str | None:
    """A target by any of its names, None when there is none; a field that was to be made is known by its words."""
    code = OTHER_NAMES.get(code or "", code)
    return _made_since(code) if code and code.startswith(NEW) else code if code in by_code() else None


def _made_since(code: str) -> str | None:
    """The field that an earlier import made of a column."""
    entity, _colon, rest = code.removeprefix(NEW).partition(":")
    words = fold(rest.partition(":")[2])
    for target in by_code().values():
        field = target.field
        if target.entity == entity and field and field.own and words in map(fold, field.spellings):
            return target.code
    return None


def own_labels(subject: str) -> dict[str, str]:
    """The targets by the words that our own sheets of accounts, contacts or activities write above them, folded."""
    found: dict[str, str] = {}
    for code, text in _labels(subject):
        for spelling in spellings(text):
            found.setdefault(fold(spelling), code)
    return found


def own_target(labels: Mapping[str, str], header: str) -> str | None:
    """The target of a word above a column of our own sheets, empty for a column that is not read, None for another."""
    plain = "" if fingerprint.is_header(header) else labels.get(fold(header))
    if plain is not None:
        return plain
    if (numbered := NUMBERED.fullmatch(header)) and (code := labels.get(fold(numbered[1]))):
        return code if by_code()[code].several else None
    for spelling in spellings(CURRENCY_LABEL):
        before, _field, behind = spelling.partition("{field}")
        if header.startswith(before) and header.endswith(behind):
            code = f"{labels.get(fold(header.removeprefix(before).removesuffix(behind)))}{CURRENCY}"
            if code in by_code():
                return code
    return None


def _labels(subject: str) -> Iterable[tuple[str, str]]:
    yield RECORD, RECORD_LABEL
    if subject == "account":
        yield "account.parent", PARENT_LABEL
    if subject == "activity":
        yield "account.name", ACCOUNT_LABEL
        yield PARTIES, CONTACTS_LABEL
    entities = {"account": (Account,), "contact": (Contact, Affiliation), "activity": (Activity,)}[subject]
    for entity in entities:
        for each in fields_of(entity):
            code = code_of(each)
            for text in dict.fromkeys((each.text, each.zh or each.text)):
                yield code if code in by_code() else "", text


def is_new(code: str | None) -> bool:
    """Whether a column is to become a field of people's own that is not there yet: `new:account:text:Words`."""
    return code is not None and code.startswith("new:")


def mapping_problems(columns: Sequence[str | None], headers: Sequence[str] = ()) -> list[str]:
    """What is wrong with a mapping, in sentences; nothing when it can be used."""
    problems = []
    chosen = [code for code in columns if code and not is_new(code)]
    for code in dict.fromkeys(chosen):
        target = by_code().get(code)
        if target is None:
            problems.append(_("“{code}” is no field that a column can go to.").format(code=code))
        elif chosen.count(code) > 1 and not target.several:
            message = _("“{field}” is chosen for several columns: {columns}. It can hold one only.")
            named = ", ".join(_named(at, headers) for at, each in enumerate(columns) if each == code)
            problems.append(message.format(field=f"{target.group}: {target.label}", columns=named))
    if not {*NAMES, *REACH, PARTIES, RECORD}.intersection(chosen):
        problems.append(_("No column says which company or person a row is about. Choose one for its name."))
    return problems


def _named(at: int, headers: Sequence[str]) -> str:
    from crm_desktop.text.sheet import column_letters

    letters = column_letters(at)
    return f"{letters} “{headers[at]}”" if at < len(headers) and headers[at] else letters
