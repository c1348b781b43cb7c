"""The kinds of record that a row may be about: how each is known again, and what it hangs on.

A new kind joins by one line here, its fields by one in `targets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_desktop.services.importing import options as choices


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of record that rows make or change."""

    entity: str
    counted_as: str
    """What `Counts` calls those that are made."""
    name: str = ""
    """The field by which people call it: only a row that knows the record's identity may change it."""
    notes: str = ""
    """The field that keeps what has no place."""


@dataclass(frozen=True, slots=True)
class Leaf(Part):
    """A kind of record that hangs on the row's account and contact, such as an activity or an opportunity."""

    needs: str = ""
    """The field without which there is no such record; with the owner, it says which one is meant."""
    told_by: str = ""
    """A field that must agree, too, where both say something."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """The columns that say what it hangs on, by kind of record, the closest first."""
    parties: str = ""
    """The table that links it with contacts, when it may have several."""
    author: str = ""
    """The column of whoever wrote it; without one in the file it is whoever imports."""
    blank: Mapping[str, str] = field(default_factory=dict)
    """What its columns hold when the row does not say."""


ACCOUNT = Part("account", "accounts", name="name", notes="description")
CONTACT = Part("contact", "contacts", name="full_name", notes="note")
AFFILIATION = Part("affiliation", "affiliations")
LEAVES = (
    Leaf(
        "activity",
        "activities",
        notes="summary",
        needs="summary",
        told_by="at",
        owners={"account": "account_id"},
        parties="activity_party",
        author="author_id",
        blank={"kind": "note", "direction": "none"},
    ),
)
PARTS: tuple[Part, ...] = (ACCOUNT, CONTACT, AFFILIATION, *LEAVES)
"""Every kind, each after those that it hangs on."""
BY_ENTITY = {each.entity: each for each in PARTS}
CHANNELS = {
    choices.MOBILE: "mobile",
    choices.EMAIL: "email",
    choices.WECHAT: "wechat",
    choices.QQ: "qq",
    choices.LANDLINE: "phone",
}
"""The contact's field behind each key of matching that is a way to reach somebody."""
