"""A page of lists: one, or several under tabs; a page of its own for another kind of record is one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.dressing import dressing
from crm_desktop.ui.lists.kinds import ListKind
from crm_desktop.ui.lists.pane import ListPane
from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import ElideButton, link, secondary
from crm_desktop.ui.widgets.labels import Elide, label
from crm_desktop.ui.widgets.search_box import SearchBox
from crm_desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from crm_desktop.model.filters import Group
    from crm_desktop.store.journal import Change
    from crm_desktop.store.queries import Listing
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.lists.table import RecordTable

PAUSE = 120
SEARCH_WIDTH = 320
COMMANDS = {
    "delete": "delete",
    "edit": "edit_current",
    "edit_many": "edit_many",
    "filter_builder": "toggle_builder",
    "filter_row": "toggle_row",
    "columns": "choose_columns",
    "copy_text": "copy",
}


class ListPage(Page):
    """The head of the page: what is listed, how many, and what can be done; below it the list."""

    kinds: ClassVar[tuple[ListKind, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.lists: dict[str, ListPane] = {}
        self.title = label(_(self.kinds[0].word), "title")
        self.summary = Elide("", "small")
        self.clear_button = link(_("Show all"), "", self._show_all)
        self.filter_button = secondary(_("Filter"), "filter", partial(self._do, "toggle_builder"))
        self.filter_button.explain(_("Build a filter"), "F4").setCheckable(True)
        self.save_button = secondary(_("Save as list"), "list", self._save_list)
        self.lists_button = ElideButton("", "", "list", self._choose_list)
        columns = secondary(_("List columns"), "columns", partial(self._do, "choose_columns"))
        columns.explain(_("Choose and order the columns"), "Shift+F2")
        export = secondary(_("Export…"), "export", partial(self._ask, "export"))
        self.verbs = (self.filter_button, self.save_button, columns, export)
        self.tabs = Tabs(_("Lists"))
        for kind in self.kinds:
            self.tabs.add(kind.code, kind.label)
        self.search = SearchBox(_("Filter: name, initials, last digits, any word"), "Ctrl+F")
        self.stack = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._filter)
        self._lay_out()
        self.tabs.changed.connect(self._turn)
        self.search.searched.connect(self._pause.start)
        self.search.returnPressed.connect(self._go_to_list)

    def _lay_out(self) -> None:
        self.search.setFixedWidth(theme.px(SEARCH_WIDTH))
        self.setProperty("kind", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = row(self.title, self.summary, self.clear_button, *self.verbs, spacing=8, margins=(0, 12, 0, 2))
        head.setStretch(1, 1)
        line = row(self.tabs, self.lists_button, self.search, spacing=12, margins=(0, 0, 0, 8))
        line.setStretch(0, 1)
        inner = column(head, line, self.stack, spacing=0, margins=(20, 0, 20, 16))
        self.setLayout(inner)
        if len(self.kinds) == 1:
            self.tabs.hide()

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        for kind in self.kinds:
            pane = ListPane(desk, kind)
            yield
            pane.hide()
            self.stack.addWidget(pane)
            yield from dressing(pane)
            self.lists[kind.code] = pane
            pane.told.connect(partial(self._told, kind.code))
            pane.start()
            yield
        self._turn(self.kinds[0].code)

    @property
    def tables(self) -> dict[str, RecordTable]:
        """The tables by kind of record."""
        return {code: each.table for code, each in self.lists.items()}

    def pane(self) -> ListPane:
        """The list on screen."""
        return self.lists[self.tabs.value() or self.kinds[0].code]

    def table(self) -> RecordTable:
        """The table on screen."""
        return self.pane().table

    def listing(self) -> Listing:
        """What is on screen, for export."""
        return self.pane().listing

    def chosen_keys(self) -> list[int]:
        """What is chosen, for export."""
        return self.table().chosen()

    def columns_shown(self) -> list[str]:
        """The columns on screen, for export."""
        return self.table().columns_shown()

    def _turn(self, code: str) -> None:
        pane = self.lists.get(code)
        if pane is None:
            return
        self._pause.stop()
        self.title.setText(pane.kind.label)
        self.stack.setCurrentWidget(pane)
        self.search.setText(pane.text)
        self._pause.stop()
        pane.follow()
        self._told(code)

    def _told(self, code: str) -> None:
        """Say what is different about a list."""
        pane = self.lists[code]
        if pane.table.records.is_whole:
            self.tabs.set_count(code, len(pane.table.records.keys))
        if pane is not self.pane():
            return
        narrowed = pane.is_narrowed()
        parts = (pane.count_words(), pane.words() if narrowed else "")
        self.summary.setText(" · ".join(filter(None, parts)))
        self.clear_button.setVisible(narrowed)
        count = sum(1 for _each in pane.filter.tests())
        self.filter_button.setText(_("Filter · {count}").format(count=count) if count else _("Filter"))
        self.filter_button.setChecked(pane.builder.isVisible())
        self.lists_button.setText(pane.saved.name())
        self.save_button.setText(_("Save the changes") if pane.saved.view else _("Save as list"))
        # The card of the filter has a button of its own that saves a new list.
        is_offered = pane.builder.isVisible() and pane.saved.view is None
        self.save_button.setVisible(pane.saved.is_changed() and not is_offered)
        if self.search.query().strip() != pane.text.strip() and not self._pause.isActive():
            self.search.setText(pane.text)
            self._pause.stop()

    def _filter(self) -> None:
        self.pane().set_text(self.search.query())

    def _go_to_list(self) -> None:
        self._pause.stop()
        self._filter()
        table = self.table()
        table.setFocus()
        if not table.currentIndex().isValid() and table.records.keys:
            table.go_to(0, 0)

    def _show_all(self) -> None:
        self.search.clear()
        self._pause.stop()
        self.pane().show_all()

    def _save_list(self) -> None:
        self.pane().saved.save()

    def _choose_list(self) -> None:
        button = self.lists_button
        self.pane().saved.menu(button).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _do(self, what: str) -> None:
        getattr(self.pane(), what)()

    def _ask(self, what: str) -> None:
        self._desk.ask(what)

    @override
    def refresh(self, change: Change) -> None:
        for each in self.lists.values():
            each.refresh(change)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for each in self.lists.values():
            each.follow()

    @override
    def let_go(self) -> None:
        for each in self.lists.values():
            each.table.records.stop()
            each.bulk.work.let_go()

    @override
    def panes(self) -> list[QWidget]:
        pane = self.pane()
        builder = [pane.builder.root.first()] if pane.builder.isVisible() else []
        return [self.search, *builder, pane.stack.currentWidget() or self.search]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        if what == "filter":
            self.search.setFocus()
            self.search.selectAll()
        elif what == "newest":
            self._show_newest()
        elif what == "list" and isinstance(detail, int):
            self.show_list(detail)
        elif what == "list" and isinstance(detail, tuple):
            self.show_filtered(*detail)
        elif what in COMMANDS:
            self._do(COMMANDS[what])
        else:
            return False
        return True

    def show_list(self, key: int) -> None:
        """Show a saved list, whichever kind of record it is of."""
        for code, pane in self.lists.items():
            if any(each.key == key for each in pane.saved.all()):
                self.tabs.set_value(code)
                pane.saved.show(key)
                pane.table.setFocus()

    def show_filtered(self, code: str, group: Group) -> None:
        """Show the records of a kind that a filter lets through, as the search panel asks for those with a tag."""
        self.tabs.set_value(code)
        pane = self.lists[code]
        pane.show_all()
        pane.set_filter(group)
        pane.table.setFocus()

    def _show_newest(self) -> None:
        """Show all records, those made last on top, as after an import."""
        self.tabs.set_value(self.kinds[0].code)
        self.search.clear()
        self._pause.stop()
        pane = self.pane()
        pane.show_all()
        records = pane.table.records
        records.show(replace(records.listing, order="created_at", descending=True))
        pane.table.show_order()

    @override
    def state(self) -> dict[str, Any]:
        return {"tab": self.tabs.value(), **{code: each.state() for code, each in self.lists.items()}}

    @override
    def restore(self, state: dict[str, Any]) -> None:
        for code, each in self.lists.items():
            kept = state.get(code)
            if isinstance(kept, dict):
                each.restore(kept)
        if state.get("tab") in self.lists:
            self.tabs.set_value(state["tab"])
