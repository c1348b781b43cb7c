"""One list as a whole: its table, the filter above it, what it says when it is empty, and the bar for many records."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, ngettext
from crm_desktop.model.filters import ALL, NOTHING, Group, checked, say
from crm_desktop.services import bulk as many
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.filters.builder import FilterBuilder
from crm_desktop.ui.lists.bulk import Bulk
from crm_desktop.ui.lists.bulk_bar import BulkBar
from crm_desktop.ui.lists.cell_editor import CellEditor
from crm_desktop.ui.lists.filter_row import FilterRow
from crm_desktop.ui.lists.kinds import ListKind
from crm_desktop.ui.lists.menus import Menus
from crm_desktop.ui.lists.saved import Saved
from crm_desktop.ui.lists.table import MOST_COPIED, RecordTable
from crm_desktop.ui.record_offers import offers
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

LOWEST = 160
"""Pixels of the list below a builder in a low window."""
KEYS = {
    str(key): name
    for name in ("edit_many", "toggle_builder", "toggle_row", "choose_columns", "copy", "delete")
    for key in page_keys.LIST.named(name).keys
}
"""What keys do in the table, besides those that every table knows."""


class ListPane(QWidget):
    """The list of one kind of record."""

    told = Signal()
    """Something of what is said about the list is different: number, filter, saved list."""

    def __init__(self, desk: Desk, kind: ListKind) -> None:
        super().__init__()
        self.desk, self.kind = desk, kind
        self.filter: Group = NOTHING
        self.text = ""
        self._people: dict[int, str] = {}
        self._is_stale = True
        found = offers(desk.workspace)
        self.table = RecordTable(desk.workspace, Listing(kind.entity), kind.label)
        self.table.faces = desk.faces
        self.builder = FilterBuilder(kind.entity, found)
        self.row = FilterRow(self.table, found)
        self.cell_editor = CellEditor(self.table, desk, found)
        self.saved = Saved(self)
        self.bulk = Bulk(self, found)
        self.bar = BulkBar(self, self.bulk)
        self.menus = Menus(self)
        self.nothing = EmptyState("search", _("Nothing found"), "")
        self.nothing.add_button(_("Show all"), self.show_all, icon="close", shortcut="Esc")
        self.empty = EmptyState(kind.icon, _(kind.none_yet), _("Type one line, or import a sheet."))
        self.empty.add_button(_("Quick add"), partial(desk.ask, "quick_add"), icon="quick_add", shortcut="Ctrl+N")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setLayout(column(self.stack, spacing=0, margins=(1, 1, 1, 1)))
        card.setMinimumHeight(theme.px(LOWEST))  # what it shows when it is empty is higher, and would press the builder
        for each in (self.table, self.nothing, self.empty):
            self.stack.addWidget(each)
        self.setLayout(column(self.builder, card, spacing=10))
        self.bar.setParent(self)

    def _connect(self) -> None:
        records = self.table.records
        self.table.opened.connect(partial(self.desk.open, self.kind.code))
        self.table.chosen_changed.connect(self.bar.follow)
        records.begun.connect(self._listed)
        records.listed.connect(self._listed)
        self.builder.changed.connect(self.set_filter)
        self.builder.done.connect(self.close_builder)
        self.builder.save_asked.connect(self.saved.save_new)
        self.row.changed.connect(self.narrow)
        self.table.acts = {key: getattr(self, name) for key, name in KEYS.items()}
        self.installEventFilter(self)

    # What is listed

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self.table.records.listing

    def combined(self) -> Group:
        """The filter that was built, with what the row below the heads asks for."""
        tests = self.row.tests()
        if not tests:
            return self.filter
        parts = self.filter.parts if self.filter.how == ALL else (self.filter,) if self.filter else ()
        return Group(ALL, (*parts, *tests))

    def is_narrowed(self) -> bool:
        """Whether something keeps records out."""
        return bool(self.combined()) or bool(self.text.strip())

    def narrow(self) -> None:
        """List what the text and the filter let through."""
        records = self.table.records
        records.show(replace(records.listing, text=self.text.strip(), filter=self.combined()))
        self.told.emit()

    def set_text(self, text: str) -> None:
        """Look for what was typed."""
        if text.strip() != self.text.strip():
            self.text = text
            self.narrow()

    def set_filter(self, group: Group) -> None:
        """Keep out what a filter does not let through; one that cannot be asked says why and changes nothing."""
        try:
            self.filter = checked(group, self.kind.entity)
        except Invalid as error:
            self.builder.tell_problem(str(error))
            return
        self.narrow()

    def show_all(self) -> None:
        """Keep nothing out; the order and the columns stay."""
        self.text, self.filter = "", NOTHING
        self.builder.show_filter(NOTHING)
        self.row.clear()
        self.saved.leave()
        self.narrow()
        self.table.setFocus()

    def start(self) -> None:
        """Read the list for the first time, or again."""
        self._is_stale = False
        self.narrow()

    def refresh(self, change: Change) -> None:
        """Follow a change, now or when the list is seen again."""
        self.saved.refresh(change)
        if change.touches("user"):
            self._people = {}
        if not self.isVisible():
            self._is_stale = True
            return
        self.table.records.note(change)
        if change.touches("picture"):
            self.table.viewport().update()

    def follow(self) -> None:
        """Take in what happened while the list was not seen."""
        if self._is_stale:
            self.start()

    def _listed(self) -> None:
        records = self.table.records
        if records.keys:
            shown: QWidget = self.table
        elif self.is_narrowed():
            self.nothing.say(_("Nothing found"), self.words())
            shown = self.nothing
        else:
            shown = self.empty
        self.stack.setCurrentWidget(shown)
        self.builder.tell_count(self.count_words())
        self.bar.follow()
        self.told.emit()

    # What is said

    def count_words(self) -> str:
        """How many are listed, and of how many."""
        records = self.table.records
        shown = len(records.keys) if records.is_whole else records.total
        if not self.is_narrowed():
            return self.kind.counted(max(shown, records.total))
        return _("{count} of {total}").format(count=f"{shown:,}", total=f"{records.total:,}")

    def words(self) -> str:
        """The filter as a sentence."""
        if not self._people and any(True for _each in self.combined().tests()):
            with self.desk.workspace.read() as session:
                self._people = queries.users(session)
        said = say(self.combined(), self.kind.entity, self._people)
        looked_for = _("“{text}”").format(text=self.text.strip()) if self.text.strip() else ""
        return " · ".join(filter(None, (looked_for, said)))

    # What can be done

    def toggle_builder(self) -> None:
        """Open the filter, or close it."""
        if self.builder.isVisible():
            self.close_builder()
        else:
            self.open_builder()

    def open_builder(self) -> None:
        """Open the filter above the list."""
        self.builder.show_filter(self.filter)
        self.builder.begin()
        self.builder.tell_count(self.count_words())
        self.told.emit()

    def close_builder(self) -> None:
        """Close the filter; what it says goes on to hold."""
        self.builder.hide()
        self.told.emit()
        (self.table if self.table.isVisible() else self).setFocus()

    def toggle_row(self) -> None:
        """Offer the row below the heads, or take it away."""
        self.row.show(shown=not self.row.is_shown)
        if not self.row.is_shown:
            self.table.setFocus()

    def choose_columns(self) -> None:
        """Choose and order the columns."""
        self.menus.choose_columns()

    def edit_current(self) -> None:
        """Edit the value where the cursor is."""
        self.table.edit_current()

    def edit_many(self) -> None:
        """Change one field of everything that is chosen."""
        self.bulk.edit()

    def delete(self) -> None:
        """Put what is chosen in the bin."""
        self.bulk.delete()

    def copy(self) -> None:
        """Copy the chosen rows as text."""
        table = self.table
        QGuiApplication.clipboard().setText(table.as_text())
        if table.chosen_count() > MOST_COPIED:
            text = ngettext("{count} row was copied.", "{count} rows were copied.", MOST_COPIED)
            self.desk.say(
                f"{text} {_('Export takes them all.')}", "info", _("Export…"), partial(self.desk.ask, "export")
            )

    def target(self) -> many.Target:
        """What a change of many is for: everything that is listed, or the records that are chosen."""
        if self.table.is_all_chosen() and not self.table.records.is_reading():
            return self.listing
        return many.Chosen(self.kind.entity, self.table.chosen())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.nothing:
            self.show_all()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            QTimer.singleShot(0, self.bar, self.bar.place)
        return False

    def state(self) -> dict[str, Any]:
        """What is to be remembered."""
        return {**self.table.columns(), "list": self.saved.key(), "row": self.row.is_shown}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what was remembered."""
        self.table.restore_columns(state)
        if state.get("row"):
            self.row.show(shown=True)
        self.saved.restore(int(state.get("list") or 0))
