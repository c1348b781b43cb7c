"""The window: top bar, rail, pages and status bar. It is painted before the database layer is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QStackedWidget, QWidget

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.overriding import override
from crm_desktop.ui import recent, theme
from crm_desktop.ui.following import Following
from crm_desktop.ui.making import Making
from crm_desktop.ui.page import Page
from crm_desktop.ui.page_kinds import PAGES
from crm_desktop.ui.pages.accounts.page import AccountsPage
from crm_desktop.ui.trail import NO_KEY, Trail
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.rail import Rail
from crm_desktop.ui.widgets.status_bar import StatusBar
from crm_desktop.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent

    from crm_desktop.settings import Settings
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Counts, Node
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.pages.welcome import WelcomePage
    from crm_desktop.ui.reminding.reminding import Reminding
    from crm_desktop.ui.widgets.toast import ToastHost

SMALLEST, USUAL = (900, 600), (1440, 900)
COUNT_PAUSE = 300
ON_PAGES = {
    "list": ("contacts", "list"),
    "import": ("import", "file"),
    "import_calendar": ("calendar", "file"),
    "tasks": ("tasks", "named"),
    "settings": ("settings", "section"),
}
"""What is asked of the window and done by a page: which page, and by what command."""
SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".vcf", ".json")
CALENDARS = (".ics",)


class MainWindow(QMainWindow):
    """One data folder in one window."""

    rebuild_asked = Signal()
    """The language was changed: the window is to be built anew."""
    folder_asked = Signal(str)
    """Another data folder is wanted: `sample` or `own`."""
    look_asked = Signal()
    """Theme or text size were changed."""
    keep_asked = Signal()
    """Other settings were changed, which are to be kept."""

    def __init__(self, settings: Settings, nodes: list[Node], counts: Counts, *, is_sample: bool = False) -> None:
        super().__init__()
        self.settings, self.is_sample = settings, is_sample
        self.counts = counts
        """How many accounts and contacts there are, None while that is not known."""
        self.desk: Desk | None = None
        self._first = nodes[0] if nodes else None
        self._trail = Trail()
        self._is_refused = False
        self._reminding: Reminding | None = None
        self._last_saved = ""
        self.kinds = PAGES
        self._kinds = {each.code: each for each in PAGES}
        self._making = Making(settings, self)
        self.pages = self._making.complete
        self.bar = QMenuBar()
        self.top = TopBar(self.bar, search_key="Ctrl+K", quick_add_key="Ctrl+N")
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        self._following = Following(self.pages, self)
        self._actions: dict[str, QAction] = {}
        self._counting = QTimer(self)
        self._lay_out()
        self._add_pages(nodes, counts)
        self.show_counts(counts)
        self.show_page("accounts")
        theme.dress(self)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("CRM"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        middle = row(self.rail, self.stack, spacing=0)
        house = QWidget()
        house.setLayout(column(self.top, middle, self.status, spacing=0))
        self.setCentralWidget(house)
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

    @cached_property
    def toasts(self) -> ToastHost:
        """Where messages are shown; made with the first one."""
        from crm_desktop.ui.widgets.toast import ToastHost

        return ToastHost(self)

    @cached_property
    def welcome(self) -> WelcomePage:
        """The first page of an empty data folder; made when there is one."""
        from crm_desktop.ui.pages.welcome import WelcomePage

        page = WelcomePage(self.settings)
        self.stack.addWidget(page)
        page.language_chosen.connect(self._choose_language)
        page.sample_asked.connect(partial(self.folder_asked.emit, "sample"))
        if self.desk is not None:
            page.attach(self.desk)
        return page

    def _add_pages(self, nodes: list[Node], counts: Counts) -> None:
        accounts = AccountsPage(nodes, counts)
        self._making.add("accounts", accounts)
        self.stack.addWidget(accounts)
        for number, each in enumerate(PAGES, start=1):
            self.rail.add(each.code, each.icon, _(each.word), bottom=each.bottom, shortcut=f"Ctrl+{number}")
        self.rail.changed.connect(self.turn_to)

    def attaching(self, desk: Desk) -> Iterator[None]:
        """Begin to work with the data, in steps between which the window is painted and hears what is typed."""
        self.desk = desk
        self._hear(desk)
        for page in list(self.pages.values()):
            yield from page.attaching(desk)
            yield
        self._offer_commands(desk)
        yield
        yield from self._restoring()
        if self.counts is None:
            self._count()

    def preparing(self) -> Iterator[None]:
        """Build, in steps, what will be needed sooner or later."""
        self._remind()
        yield
        yield from self._accounts().preparing()

    def _remind(self) -> Reminding | None:
        """What looks for due tasks; begun after the start, or when somebody asks for it before."""
        if self._reminding is None and self.desk is not None:
            from crm_desktop.ui.reminding.reminding import Reminding

            self._reminding = Reminding(self, self.desk)
        return self._reminding

    def show_reminders(self) -> None:
        """Show what is due."""
        self.come_forward()
        if reminding := self._remind():
            reminding.show_all()

    def _offer_commands(self, desk: Desk) -> None:
        from crm_desktop.ui.actions import add_commands
        from crm_desktop.ui.window_commands import commands_of

        self._actions = add_commands(self, self.bar, commands_of(self, desk))
        self.top.fit_menus()
        self.top.search.clicked.connect(self._actions["find"].trigger)
        self.top.quick_add.clicked.connect(self._actions["quick_add"].trigger)
        self.top.undo.clicked.connect(self._actions["undo"].trigger)
        self.top.undo.explain(_("Undo"), "Ctrl+Z")
        self.top.reminders.clicked.connect(self._actions["reminders"].trigger)
        self.top.reminders.set_shortcut("Ctrl+Shift+R")

    def _hear(self, desk: Desk) -> None:
        desk.changed.connect(self._follow)
        desk.saved.connect(self._tell_saved)
        desk.waiting.connect(self._tell_waiting)
        desk.said.connect(self._say)
        desk.offered.connect(self._offer)
        desk.opened.connect(self.open_record)
        desk.asked.connect(self._answer)
        if "welcome" in vars(self):
            self.welcome.attach(desk)

    def show_page(self, code: str) -> None:
        """Turn to a page; shown for the first time, it is built while it can be seen."""
        if self._is_refused:
            return
        self._begin(code)
        self._following.catch_up(code)
        is_empty = code == "accounts" and self.counts == (0, 0)
        self.stack.setCurrentWidget(self.welcome if is_empty else self._making.begun[code])
        self.rail.set_value(code)

    def page(self, code: str) -> Page:
        """The page of this code, complete."""
        self._begin(code)
        self._making.finish(code)
        return self.pages[code]

    def _begin(self, code: str) -> None:
        if code not in self._making.begun:
            self.stack.addWidget(self._making.begin(self._kinds[code], self.desk))

    def page_shown(self) -> Page | None:
        """The page on screen, None while the first-run page is; it is complete."""
        shown = self.stack.currentWidget()
        code = next((code for code, page in self._making.begun.items() if page is shown), "")
        return self.page(code) if code else None

    def turn_to(self, code: str) -> None:
        """Turn to a page because somebody wants to, and remember the way back."""
        self._note_here()
        self.show_page(code)
        self._note_here()

    def _note_here(self) -> None:
        """Remember what is on screen as a place to come back to, if anything is."""
        code = self.rail.value()
        place = self.pages["accounts"].current() if code == "accounts" else (code, NO_KEY)
        if place is not None:
            self._trail.note(place)

    def open_record(self, entity: str, key: int) -> None:
        """Show a record on the page where it lives, and remember the way back."""
        self._note_here()
        self._note(entity, key)
        self._show_record(entity, key)

    def _note(self, entity: str, key: int) -> None:
        """Remember a record that is seen now, for Back and for the search panel."""
        self._trail.note((entity, key))
        recent.opened(self.settings, entity, key)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) among the records and pages seen."""
        page = self.page_shown()
        if by < 0 and page is not None and page.command("back"):
            return
        place = self._trail.step(by)
        if place is not None and place[1] == NO_KEY:
            self.show_page(place[0])
        elif place is not None:
            self._show_record(*place)

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

    def show_counts(self, counts: Counts) -> None:
        """Say how much there is; the first-run page stands where there is nothing yet."""
        was_empty, self.counts = self.counts == (0, 0), counts
        if counts is None:
            self.status.set_counts("")
        elif counts == (0, 0):
            self.status.set_counts(_("No contacts yet"))
        else:
            firms = ngettext("{count} account", "{count} accounts", counts[0])
            people = ngettext("{count} contact", "{count} contacts", counts[1])
            self.status.set_counts(f"{people} · {firms}")
        if was_empty != (counts == (0, 0)) and self.rail.value() == "accounts":
            self.show_page("accounts")

    def _count(self) -> None:
        self._accounts().count(self.show_counts)

    def _accounts(self) -> AccountsPage:
        page = self.pages["accounts"]
        assert isinstance(page, AccountsPage)
        return page

    def _follow(self, change: Change) -> None:
        self._making.finish()
        self._following.tell(change, self.page_shown())
        if change.moved("account", "status") or change.moved("contact"):
            if self.counts == (0, 0):
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

    def _offer(self, action: str, act: Callable[[], object]) -> None:
        self.toasts.offer(action, act)

    def _answer(self, what: str, detail: object) -> None:
        """Do what a page asked of the window."""
        signals = {"rebuild": self.rebuild_asked, "look": self.look_asked, "keep": self.keep_asked}
        if what == "page":
            self.turn_to(str(detail))
        elif what in ON_PAGES:
            code, command = ON_PAGES[what]
            self.turn_to(code)
            self.page(code).command(command, detail)
        elif what in signals:
            signals[what].emit()
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

    def record_to_show(self) -> tuple[str, int] | None:
        """The record that will be shown first: the one of last time, else the first in the tree."""
        kept = self.settings.layout.get("accounts", {}).get("record") or []
        if len(kept) == 2:
            return str(kept[0]), int(kept[1])
        return (self._first.kind, self._first.id) if self._first else None

    def _restoring(self) -> Iterator[None]:
        for code, page in self.pages.items():
            page.restore(self.settings.layout.get(code, {}))
            yield
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
        if self._reminding is not None:
            self._reminding.let_go()
            self._reminding = None
        self._making.finish()
        for page in self.pages.values():
            page.let_go()
        self._accounts().close_outline()
        self._following.stop()
        self._counting.stop()

    def close_quietly(self) -> None:
        """Go away without being asked anything."""
        self.hide()
        self.deleteLater()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().lower().endswith(SHEETS + CALENDARS) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls()]
        self.open_file(next(each for each in files if each.lower().endswith(SHEETS + CALENDARS)))

    def open_file(self, file: str) -> None:
        """Take a list or a calendar to where it is imported."""
        if not self._is_refused:
            self._answer("import_calendar" if file.lower().endswith(CALENDARS) else "import", file)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        if self._reminding is not None and self._reminding.keeps_window():
            event.ignore()
            self._reminding.hide_window()
        else:
            super().closeEvent(event)

    def come_forward(self) -> None:
        """Bring the window to the front, from the task bar or the tray."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """Close the window for good, even where closing it only puts it into the tray."""
        if self._reminding is not None:
            self._reminding.leave()
        self.close()
