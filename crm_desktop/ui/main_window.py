"""The window: top bar, rail, pages and status bar. It is painted before the database layer is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.ui import recent
from crm_desktop.ui.actions import add_commands
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.accounts.page import AccountsPage
from crm_desktop.ui.pages.welcome import WelcomePage
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.rail import Rail
from crm_desktop.ui.widgets.status_bar import StatusBar
from crm_desktop.ui.widgets.toast import ToastHost
from crm_desktop.ui.widgets.top_bar import TopBar
from crm_desktop.ui.window_commands import commands_of

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Node
    from crm_desktop.ui.desk import Desk

SMALLEST, USUAL = (900, 600), (1440, 900)
COUNT_PAUSE = 300
SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class PageKind:
    """One page of the rail; its module is imported when it is first shown."""

    code: str
    icon: str
    word: str
    module: str
    name: str
    bottom: bool = False


PAGES = (
    PageKind("accounts", "account", N_("Accounts"), "crm_desktop.ui.pages.accounts.page", "AccountsPage"),
    PageKind("contacts", "contact", N_("Contacts"), "crm_desktop.ui.pages.contacts.page", "ContactsPage"),
    PageKind("import", "import", N_("Import"), "crm_desktop.ui.pages.import_.page", "ImportPage", bottom=True),
    PageKind("history", "history", N_("History"), "crm_desktop.ui.pages.history", "HistoryPage", bottom=True),
    PageKind("settings", "settings", N_("Settings"), "crm_desktop.ui.pages.settings", "SettingsPage", bottom=True),
)


class MainWindow(QMainWindow):
    """One data folder in one window."""

    rebuild_asked = Signal()
    """The language was changed: the window is to be built anew."""
    folder_asked = Signal(str)
    """Another data folder is wanted: `sample` or `own`."""
    look_asked = Signal()
    """Theme or text size were changed."""

    def __init__(
        self, settings: Settings, nodes: list[Node], counts: tuple[int, int], *, is_sample: bool = False
    ) -> None:
        super().__init__()
        self.settings, self.is_sample = settings, is_sample
        self.desk: Desk | None = None
        self._trail: list[tuple[str, int]] = []
        self._place = -1
        self._is_refused = False
        self._last_saved = ""
        self.kinds = PAGES
        self._kinds = {each.code: each for each in PAGES}
        self.pages: dict[str, Page] = {}
        self.bar = QMenuBar()
        self.top = TopBar(self.bar, search_key="Ctrl+K", quick_add_key="Ctrl+N")
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        self.toasts = ToastHost(self)
        self.welcome = WelcomePage(settings)
        self._actions: dict[str, QAction] = {}
        self._counting = QTimer(self)
        self._lay_out()
        self._add_pages(nodes, counts)
        self.show_counts(*counts)
        self.show_page("accounts")

    def _lay_out(self) -> None:
        self.setWindowTitle(_("CRM"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        middle = row(self.rail, self.stack, spacing=0)
        house = QWidget()
        house.setLayout(column(self.top, middle, self.status, spacing=0))
        self.setCentralWidget(house)
        self.top.reminders.hide()
        self.status.set_offline(
            _("Sample data · on this computer") if self.is_sample else _("Works offline · data on this computer")
        )
        other = "English" if language() == "zh_CN" else "中文"
        switch = Button("中 / EN", "link", act=self._switch_language).explain(
            _("Switch to {language}").format(language=other)
        )
        self.status.add_right(switch)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_PAUSE)
        self._counting.timeout.connect(self._count)

    def _add_pages(self, nodes: list[Node], counts: tuple[int, int]) -> None:
        accounts = AccountsPage(nodes, counts)
        self.pages["accounts"] = accounts
        self.stack.addWidget(accounts)
        self.stack.addWidget(self.welcome)
        for number, each in enumerate(PAGES, start=1):
            self.rail.add(each.code, each.icon, _(each.word), bottom=each.bottom, shortcut=f"Ctrl+{number}")
        self.rail.changed.connect(self.show_page)

    def attach(self, desk: Desk) -> None:
        """Begin to work with the data, once everything that needs is imported."""
        self.desk = desk
        self._actions = add_commands(self, self.bar, commands_of(self, desk))
        self.top.fit_menus()
        self.top.search.clicked.connect(self._actions["find"].trigger)
        self.top.quick_add.clicked.connect(self._actions["quick_add"].trigger)
        self.top.undo.clicked.connect(self._actions["undo"].trigger)
        self.top.undo.explain(_("Undo"), "Ctrl+Z")
        desk.changed.connect(self._follow)
        desk.saved.connect(self._tell_saved)
        desk.waiting.connect(self._tell_waiting)
        desk.said.connect(self._say)
        desk.opened.connect(self.open_record)
        desk.asked.connect(self._answer)
        self.welcome.attach(desk)
        self.welcome.language_chosen.connect(self._choose_language)
        self.welcome.sample_asked.connect(partial(self.folder_asked.emit, "sample"))
        for page in self.pages.values():
            page.attach(desk)
        self._restore()

    def show_page(self, code: str) -> None:
        """Turn to a page, building it when it is shown for the first time."""
        if self._is_refused:
            return
        page = self.page(code)
        is_empty = code == "accounts" and self._counts == (0, 0)
        self.stack.setCurrentWidget(self.welcome if is_empty else page)
        self.rail.set_value(code)

    def page(self, code: str) -> Page:
        """The page of this code."""
        if code not in self.pages:
            kind = self._kinds[code]
            page: Page = getattr(import_module(kind.module), kind.name)()
            self.pages[code] = page
            self.stack.addWidget(page)
            if self.desk is not None:
                page.attach(self.desk)
                page.restore(self.settings.layout.get(code, {}))
        return self.pages[code]

    def page_shown(self) -> Page | None:
        """The page on screen, None while the first-run page is."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def open_record(self, entity: str, key: int) -> None:
        """Show a record on the page where it lives, and remember the way back."""
        self._note(entity, key)
        self._show_record(entity, key)

    def _note(self, entity: str, key: int) -> None:
        """Remember a record that is seen now, for Back and for the search panel."""
        if self._trail[self._place : self._place + 1] != [(entity, key)]:
            self._trail = [*self._trail[: self._place + 1], (entity, key)]
            self._place = len(self._trail) - 1
        recent.opened(self.settings, entity, key)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) among the records seen."""
        if 0 <= self._place + by < len(self._trail):
            self._place += by
            self._show_record(*self._trail[self._place])

    def _show_record(self, entity: str, key: int) -> None:
        self.show_page("accounts")
        self.page("accounts").show_record(entity, key)

    def next_pane(self, by: int) -> None:
        """Give the focus to the next pane (F6) or the one before (Shift+F6)."""
        page = self.page_shown()
        stops = [self.rail.button(self.rail.value()), *(page.panes() if page else [])]
        seen = [each for each in stops if each is not None and each.isVisible()]
        if not seen:
            return
        focus = QApplication.focusWidget()
        inside = [place for place, each in enumerate(seen) if focus and (each is focus or each.isAncestorOf(focus))]
        here = inside[0] if inside else (-1 if by > 0 else 0)
        seen[(here + by) % len(seen)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_counts(self, accounts: int, contacts: int) -> None:
        """Say how much there is; the first-run page stands where there is nothing yet."""
        self._counts = (accounts, contacts)
        if accounts or contacts:
            people = ngettext("{count} contact", "{count} contacts", contacts)
            firms = ngettext("{count} account", "{count} accounts", accounts)
            self.status.set_counts(f"{people} · {firms}")
        else:
            self.status.set_counts(_("No contacts yet"))

    def _count(self) -> None:
        before = self._counts
        accounts = self.pages["accounts"]
        assert isinstance(accounts, AccountsPage)
        self.show_counts(*accounts.counts())
        if (before == (0, 0)) != (self._counts == (0, 0)) and self.rail.value() == "accounts":
            self.show_page("accounts")

    def _follow(self, change: Change) -> None:
        for page in self.pages.values():
            page.refresh(change)
        if change.moved("account") or change.moved("contact"):
            if self._counts == (0, 0):
                self._count()
            else:
                self._counting.start()

    def _tell_saved(self) -> None:
        self._last_saved = _("Saved {time}").format(time=f"{datetime.now().astimezone():%H:%M}")
        self.status.set_saved(self._last_saved)

    def _tell_waiting(self, count: int) -> None:
        self.status.set_saved(_("Saving…") if count else self._last_saved)

    def _say(self, text: str, tone: str, action: str, act: Callable[[], object] | None) -> None:
        self.toasts.show(text, action, act, tone=tone)

    def _answer(self, what: str, detail: object) -> None:
        """Do what a page asked of the window."""
        if what == "page":
            self.show_page(str(detail))
        elif what == "import":
            self.show_page("import")
            self.page("import").command("file", detail)
        elif what == "rebuild":
            self.rebuild_asked.emit()
        elif what == "look":
            self.look_asked.emit()
        elif what == "folder":
            self.folder_asked.emit(str(detail))
        elif what == "seen" and isinstance(detail, tuple):
            self._note(*detail)
        elif what == "progress":
            self._show_progress(detail)
        elif what in self._actions:
            self._actions[what].trigger()
        elif page := self.page_shown():
            page.command(what, detail)

    def _show_progress(self, detail: Any) -> None:
        if detail is None:
            self.status.end_progress()
        else:
            self.status.show_progress(*detail)

    def _switch_language(self) -> None:
        self._choose_language("en" if language() == "zh_CN" else "zh_CN")

    def _choose_language(self, code: str) -> None:
        self.settings.language = code
        self.rebuild_asked.emit()

    def remember(self) -> None:
        """Note places, widths and selections in the settings."""
        layout = self.settings.layout
        layout["window"] = {
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
            "page": self.rail.value() or "accounts",
        }
        if self.desk is not None:
            layout.update({code: page.state() for code, page in self.pages.items()})

    def _restore(self) -> None:
        for code, page in self.pages.items():
            page.restore(self.settings.layout.get(code, {}))
        page = self.settings.layout.get("window", {}).get("page", "accounts")
        if page in self._kinds and page != self.rail.value():
            self.show_page(page)

    def restore_geometry(self) -> None:
        """Stand where the window stood; never off screen (Qt sees to that)."""
        kept = self.settings.layout.get("window", {}).get("geometry", "")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def refuse(self, reason: str) -> None:
        """Say why the data cannot be opened; nothing else works then."""
        self._is_refused = True
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.refuse(reason)
        self.rail.setEnabled(False)
        self.status.set_saved(_("Not opened"), "err")

    def let_go(self) -> None:
        """Close what pages hold open, and end what they have under way."""
        for page in self.pages.values():
            page.let_go()
        accounts = self.pages["accounts"]
        assert isinstance(accounts, AccountsPage)
        accounts.close_outline()
        self._counting.stop()

    def close_quietly(self) -> None:
        """Go away without being asked anything."""
        self.hide()
        self.deleteLater()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().lower().endswith(SHEETS) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls()]
        self._answer("import", next(each for each in files if each.lower().endswith(SHEETS)))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        super().closeEvent(event)
