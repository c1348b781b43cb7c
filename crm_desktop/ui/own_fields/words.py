"""What the parts of the page for own fields call things, and the icons of the kinds."""

from __future__ import annotations

from crm_desktop.i18n import N_, _

RECORDS = {
    "account": ("account", N_("Accounts")),
    "contact": ("contact", N_("Contacts")),
    "affiliation": ("position", N_("Roles")),
    "activity": ("activity", N_("Activities")),
    "task": ("task", N_("Tasks")),
}
"""The kinds of record that may have own fields: icon and word."""
MORE = ("", N_("More"))
CARDS = {
    "account": (MORE, ("company", N_("Company")), ("reach", N_("Reach")), ("business", N_("Business"))),
    "contact": (
        MORE,
        ("reach", N_("Contact details")),
        ("role", N_("Position and role")),
        ("profile", N_("Profile")),
    ),
}
"""The cards of a form by code, where there is a choice."""
LISTED = ("account", "contact")
"""What is shown in lists with columns."""
ICONS = {
    "text": "text-t",
    "long_text": "text-align-left",
    "number": "hash",
    "money": "currency-circle-dollar",
    "date": "calendar",
    "yes_no": "check-square",
    "pick": "list-bullets",
    "picks": "checks",
    "link": "link",
    "phone": "phone",
    "mail": "mail",
    "url": "globe",
}


def cards(entity: str) -> list[tuple[str, str]]:
    """The cards that a field of this kind of record may stand on, by code and word."""
    return [(code, _(words)) for code, words in CARDS.get(entity, ())]


def targets() -> list[tuple[str, str]]:
    """What a link may lead to, by code and word."""
    return [("account", _("Account")), ("contact", _("Contact"))]
