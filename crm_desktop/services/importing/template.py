"""A list to be filled in: headers that are understood in every language we speak, and one example."""

from __future__ import annotations

from crm_desktop.i18n import N_, _
from crm_desktop.text.sheet import Table

COLUMNS = (
    ("account.name", N_("Company"), N_("Example Machines Ltd.")),
    ("contact.full_name", N_("Contact name"), N_("Anna Schneider")),
    ("affiliation.title", N_("Job title"), N_("Purchasing manager")),
    ("affiliation.department", N_("Department"), N_("Purchasing")),
    ("contact.mobile", N_("Mobile"), "13800138000"),
    ("contact.phone", N_("Phone"), "021-62880000"),
    ("contact.email", N_("E-mail"), "anna.schneider@machines.example"),
    ("contact.wechat", N_("WeChat"), "anna_schneider"),
    ("account.address", N_("Company address"), N_("1 Example Road, Shanghai")),
    ("account.website", N_("Website"), "www.machines.example"),
    ("account.industry", N_("Industry"), N_("Manufacturing")),
    ("account.level", N_("Level"), "A"),
    ("contact.tags", N_("Tags"), N_("Trade show")),
    ("activity.summary", N_("Remarks"), N_("Asked for an offer.")),
)
"""The target of each column, the words above it, and the example."""


def template() -> Table:
    """The empty list with its example, in the language spoken now."""
    header = tuple(_(words) for _code, words, _example in COLUMNS)
    return Table(_("Contacts"), header, [tuple(_(example) for _code, _words, example in COLUMNS)])
