"""Every kind of record that has a list, one declaration each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.model import ENTITIES

if TYPE_CHECKING:
    from crm_desktop.model import Entity


@dataclass(frozen=True, slots=True)
class ListKind:
    """The words of one list; what it can show and be asked follows from the fields of its entity."""

    code: str
    """The entity, by the name of its table."""
    word: str
    icon: str
    everything: str
    none_yet: str
    counted: Callable[[int], str]
    """So many of them, in words."""

    @property
    def entity(self) -> type[Entity]:
        """What is listed."""
        return ENTITIES[self.code]

    @property
    def label(self) -> str:
        """What the list is called."""
        return _(self.word)


def _contacts(count: int) -> str:
    return ngettext("{count} contact", "{count} contacts", count)


def _accounts(count: int) -> str:
    return ngettext("{count} account", "{count} accounts", count)


CONTACTS = ListKind("contact", N_("Contacts"), "contact", N_("All contacts"), N_("No contacts yet"), _contacts)
ACCOUNTS = ListKind("account", N_("Accounts"), "account", N_("All accounts"), N_("No accounts yet"), _accounts)
