"""The pages of the rail, in their order."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.i18n import N_


class PageKind(NamedTuple):
    """One page of the rail; its module is imported when it is first shown."""

    code: str
    icon: str
    word: str
    module: str
    name: str
    bottom: bool = False


PAGES = (
    PageKind("today", "today", N_("Today"), "crm_desktop.ui.pages.today.page", "TodayPage"),
    PageKind("accounts", "account", N_("Accounts"), "crm_desktop.ui.pages.accounts.page", "AccountsPage"),
    PageKind("contacts", "contact", N_("Contacts"), "crm_desktop.ui.pages.contacts.page", "ContactsPage"),
    PageKind("tasks", "tasks", N_("Tasks"), "crm_desktop.ui.pages.tasks.page", "TasksPage"),
    PageKind("calendar", "calendar", N_("Calendar"), "crm_desktop.ui.pages.calendar.page", "CalendarPage"),
    PageKind("import", "import", N_("Import"), "crm_desktop.ui.pages.import_.page", "ImportPage", bottom=True),
    PageKind("history", "history", N_("History"), "crm_desktop.ui.pages.history", "HistoryPage", bottom=True),
    PageKind("settings", "settings", N_("Settings"), "crm_desktop.ui.pages.settings", "SettingsPage", bottom=True),
)
