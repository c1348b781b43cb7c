"""All contacts, or all accounts, in a table with exactly the columns that salespeople asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.contacts.table_view import MOST_COPIED, RecordTable
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.search_box import SearchBox
from crm_desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from crm_desktop.model import Entity
    from crm_desktop.store.journal import Change
    from crm_desktop.store.queries import Listing
    from crm_desktop.ui.desk import Desk

CONTACT, ACCOUNT = "contact", "account"
PAUSE = 120
SEARCH_WIDTH = 380


class ContactsPage(Page):
    """Two tables under two tabs, with one search box."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, RecordTable] = {}
        self._is_stale = False
        self.title = label(_("Contacts"), "title")
        self.tabs = Tabs(_("Lists"))
        self.tabs.add(CONTACT, _("Contacts"))
        self.tabs.add(ACCOUNT, _("Accounts"))
        self.search = SearchBox(_("Filter: name, initials, last digits, any word"), "Ctrl+F")
        self.stack = QStackedWidget()
        self.nothing = EmptyState(
            "search", _("Nothing found"), _("Try fewer letters, initials, or the last digits of a number.")
        )
        self.nothing.add_button(_("Clear the filter"), self._clear, icon="close", shortcut="Esc")
        self.empty = EmptyState("contact", _("No contacts yet"), _("Type one line, or import a sheet."))
        self.empty.add_button(_("Quick add"), partial(self._ask, "quick_add"), icon="quick_add", shortcut="Ctrl+N")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._filter)
        self._lay_out()
        self.tabs.changed.connect(self._turn)
        self.search.searched.connect(self._pause.start)

    def _lay_out(self) -> None:
        export = secondary(_("Export…"), "export", partial(self._ask, "export"))
        self.search.setFixedWidth(theme.px(SEARCH_WIDTH))
        head = row(self.title, 16, self.search, None, export, margins=(24, 14, 24, 4))
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setLayout(column(head, row(self.tabs, margins=(16, 0, 16, 0)), self.stack, spacing=0))
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(inner)

    @override
    def attach(self, desk: Desk) -> None:
        from crm_desktop.model import Account, Contact

        self._desk = desk
        for code, entity in ((CONTACT, Contact), (ACCOUNT, Account)):
            self._add_table(code, entity)
        self._turn(CONTACT)

    def _add_table(self, code: str, entity: type[Entity]) -> None:
        from crm_desktop.store.queries import Listing

        table = RecordTable(self._desk.workspace, Listing(entity), _("Contacts") if code == CONTACT else _("Accounts"))
        table.faces = self._desk.faces
        self.tables[code] = table
        self.stack.addWidget(table)
        table.opened.connect(partial(self._desk.open, code))
        table.records.listed.connect(partial(self._listed, code))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(partial(self._menu, code))
        head = table.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(partial(self._head_menu, code))
        for key, act in ((QKeySequence.StandardKey.Copy, self._copy), (QKeySequence.StandardKey.Delete, self._delete)):
            QShortcut(QKeySequence(key), table, act, context=Qt.ShortcutContext.WidgetShortcut)
        table.records.show(table.records.listing)

    def table(self) -> RecordTable:
        """The table on screen."""
        return self.tables[self.tabs.value() or CONTACT]

    def listing(self) -> Listing:
        """What is on screen, for export."""
        return self.table().records.listing

    def chosen_keys(self) -> list[int]:
        """What is chosen, for export."""
        return self.table().chosen()

    def columns_shown(self) -> list[str]:
        """The columns on screen, for export."""
        return self.table().columns_shown()

    def _turn(self, code: str) -> None:
        self.title.setText(_("Contacts") if code == CONTACT else _("Accounts"))
        self.empty.say(
            _("No contacts yet") if code == CONTACT else _("No accounts yet"), _("Type one line, or import a sheet.")
        )
        self._pause.stop()
        self.search.setText(self.tables[code].records.listing.text)
        self._listed(code)

    def _listed(self, code: str) -> None:
        table = self.tables[code]
        self.tabs.set_count(code, len(table.records.keys))
        if code != (self.tabs.value() or CONTACT):
            return
        if table.records.keys:
            self.stack.setCurrentWidget(table)
        else:
            self.stack.setCurrentWidget(self.nothing if table.records.listing.text else self.empty)

    def _filter(self) -> None:
        records = self.table().records
        records.show(replace(records.listing, text=self.search.query().strip()))

    def _clear(self) -> None:
        self.search.clear()
        self._filter()
        self.search.setFocus()

    def _menu(self, code: str, place: QPoint) -> None:
        table = self.tables[code]
        menu = QMenu(table)
        menu.addAction(_("Open"), table.open_current)
        menu.addAction(_("Copy as text"), self._copy)
        menu.addSeparator()
        menu.addAction(_("Delete"), self._delete)
        menu.addSeparator()
        menu.addMenu(self.columns_menu(code, menu))
        menu.exec(table.viewport().mapToGlobal(place))

    def _head_menu(self, code: str, place: QPoint) -> None:
        head = self.tables[code].horizontalHeader()
        self.columns_menu(code, head).exec(head.mapToGlobal(place))

    def columns_menu(self, code: str, parent: QWidget) -> QMenu:
        """The fields that people added, each to be seen in the list or not."""
        from crm_desktop.model.fields import own_fields

        menu = QMenu(_("Own columns"), parent)
        for field in own_fields().get(code, ()):
            action = menu.addAction(field.label)
            action.setCheckable(True)
            action.setChecked(field.table)
            action.toggled.connect(partial(self._show_column, field.own or 0))
        menu.addSeparator()
        menu.addAction(_("Own fields…"), partial(self._desk.ask, "page", "settings"))
        return menu

    def _show_column(self, own: int, shown: bool) -> None:  # noqa: FBT001 - Qt's own signature
        from crm_desktop.services import custom_fields

        self._desk.save(partial(custom_fields.change, self._desk.workspace, own, in_table=shown))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table().as_text())
        if len(self.table().chosen_rows()) > MOST_COPIED:
            text = ngettext("{count} row was copied.", "{count} rows were copied.", MOST_COPIED)
            self._desk.say(f"{text} {_('Export takes them all.')}", "info", _("Export…"), partial(self._ask, "export"))

    def _delete(self) -> None:
        from crm_desktop.services import records

        table = self.table()
        keys = table.chosen()
        if not keys:
            return
        workspace, entity = self._desk.workspace, table.records.listing.entity
        self._desk.save(
            lambda: records.remove(workspace, entity, keys), lambda _none: self._desk.done(workspace.undo_title or "")
        )

    def _ask(self, what: str) -> None:
        self._desk.ask(what)

    @override
    def refresh(self, change: Change) -> None:
        if not self.isVisible():
            self._is_stale = True
            return
        for table in self.tables.values():
            table.records.note(change)
            if change.touches("picture"):
                table.viewport().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            for table in self.tables.values():
                table.records.show(table.records.listing)

    @override
    def panes(self) -> list[QWidget]:
        return [self.search, self.stack.currentWidget() or self.search]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        if what == "filter":
            self.search.setFocus()
            self.search.selectAll()
        elif what == "delete":
            self._delete()
        elif what == "newest":
            self._show_newest()
        else:
            return False
        return True

    def _show_newest(self) -> None:
        """Show all contacts, those made last on top, as after an import."""
        self.tabs.set_value(CONTACT)
        self.search.clear()
        records = self.tables[CONTACT].records
        records.show(replace(records.listing, text="", order="created_at", descending=True))

    @override
    def state(self) -> dict[str, Any]:
        return {"tab": self.tabs.value(), **{code: table.columns() for code, table in self.tables.items()}}

    @override
    def restore(self, state: dict[str, Any]) -> None:
        for code, table in self.tables.items():
            table.restore_columns(state.get(code) or {})
        if state.get("tab") in self.tables:
            self.tabs.set_value(state["tab"])
            self._turn(state["tab"])
