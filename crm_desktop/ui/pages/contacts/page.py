"""All contacts, or all accounts, as lists."""

from typing import ClassVar

from crm_desktop.ui.lists.kinds import ACCOUNTS, CONTACTS, ListKind
from crm_desktop.ui.lists.page import ListPage


class ContactsPage(ListPage):
    """Two lists under two tabs."""

    kinds: ClassVar[tuple[ListKind, ...]] = (CONTACTS, ACCOUNTS)
