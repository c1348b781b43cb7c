"""Where a column of a sheet may go: every field of our own, and what is put together from several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from crm_desktop.i18n import N_, _, spellings
from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import Choices, Kind, Notes
from crm_desktop.model.tag import TagsKind
from crm_desktop.text.folding import fold

RECORD = "record.id"
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
}
MADE_UP = {
    "account.parent": PARENT_LABEL,
    "contact.family_name": N_("Family name"),
    "contact.given_name": N_("Given name"),
    RECORD: RECORD_LABEL,
}
"""Targets that are no field: the names that make up one, the parent by its name, our own identities."""
ELSEWHERE = {"contact.account": "account.name"}
OTHER_NAMES = {"account.source": "account.lead_source", "account.owner": "account.owner_id", "record.version": ""}
"""What header words call otherwise."""
NOT_IMPORTED = ("affiliation.is_primary",)
"""Only one contact of an account can be the primary one; that is chosen by hand."""
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
        return _(self.text)

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
        return self.field is not None and holds_several(self.field.kind)


def holds_several(kind: Kind) -> bool:
    """Whether values of a kind can be united; texts of any length are put under one another."""
    return isinstance(kind, ChannelKind | AddressKind | TagsKind | Choices | Notes)


def targets() -> tuple[Target, ...]:
    """Every target, in the order of the fields."""
    return tuple(by_code().values())


@cache
def by_code() -> dict[str, Target]:
    """The targets by their codes."""
    found: dict[str, Target] = {}
    for entity in PARTS:
        for each in fields_of(entity):
            code = code_of(each)
            if code == each.code and code not in NOT_IMPORTED and not each.read_only:
                found[code] = Target(code, each.text, each)
    return found | {code: Target(code, text) for code, text in MADE_UP.items()}


def code_of(field: Field) -> str:
    """The target that a field's column goes to: a title belongs to the role, not to the person."""
    if field.origin and field.origin.table == "affiliation":
        return ELSEWHERE.get(field.code, f"affiliation.{field.name}")
    return field.code


def known(code: str | None) -> str | None:
    """A target by any of its names, None when there is none."""
    code = OTHER_NAMES.get(code or "", code)
    return code if code in by_code() else None


def own_labels(subject: str) -> dict[str, str]:
    """The targets by the words that our own sheets of accounts, contacts or activities write above them, folded."""
    found: dict[str, str] = {}
    for code, text in _labels(subject):
        for spelling in spellings(text):
            found.setdefault(fold(spelling), code)
    return found


def _labels(subject: str) -> Iterable[tuple[str, str]]:
    yield RECORD, RECORD_LABEL
    if subject == "account":
        yield "account.parent", PARENT_LABEL
    if subject == "activity":
        yield "account.name", ACCOUNT_LABEL
        yield "", CONTACTS_LABEL
    entities = {"account": (Account,), "contact": (Contact, Affiliation), "activity": (Activity,)}[subject]
    for entity in entities:
        for each in fields_of(entity):
            code = code_of(each)
            yield code if code in by_code() else "", each.text


def mapping_problems(columns: Sequence[str | None], headers: Sequence[str] = ()) -> list[str]:
    """What is wrong with a mapping, in sentences; nothing when it can be used."""
    problems = []
    chosen = [code for code in columns if code]
    for code in dict.fromkeys(chosen):
        target = by_code().get(code)
        if target is None:
            problems.append(_("“{code}” is no field that a column can go to.").format(code=code))
        elif chosen.count(code) > 1 and not target.several:
            message = _("“{field}” is chosen for several columns: {columns}. It can hold one only.")
            named = ", ".join(_named(at, headers) for at, each in enumerate(columns) if each == code)
            problems.append(message.format(field=f"{target.group}: {target.label}", columns=named))
    if not {*NAMES, *REACH, RECORD}.intersection(chosen):
        problems.append(_("No column says which company or person a row is about. Choose one for its name."))
    return problems


def _named(at: int, headers: Sequence[str]) -> str:
    from crm_desktop.text.sheet import column_letters

    letters = column_letters(at)
    return f"{letters} “{headers[at]}”" if at < len(headers) and headers[at] else letters
