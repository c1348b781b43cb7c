"""A table whose columns are sorted, moved, sized, kept in view and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.lists.columns import width_of
from crm_desktop.ui.lists.frozen import Frozen
from crm_desktop.ui.lists.heads import ColumnHead, Corner, TickHead
from crm_desktop.ui.lists.painting import ROW, Look, RecordDelegate
from crm_desktop.ui.lists.selection import SELECT
from crm_desktop.ui.models.table import TableModel

if TYPE_CHECKING:
    from crm_desktop.model.fields import Field
    from crm_desktop.services.lists import Column
    from crm_desktop.store.queries import Listing
    from crm_desktop.store.workspace import Workspace

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
STEP = 24


class ArrangedTable(QTableView):
    """The columns of a list; places on screen and in the model are always the same."""

    arranged = Signal()
    """Columns were chosen, moved, resized or frozen."""

    def __init__(self, workspace: Workspace, listing: Listing, words: str) -> None:
        super().__init__()
        self.records = TableModel(workspace, listing, self)
        self.look = Look(self)
        self.delegate = RecordDelegate(self.records, self.look, self)
        self.widths: dict[str, int] = {}
        self.head = ColumnHead(self)
        self.ticks = TickHead(self)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(self.ticks)
        self.head.setSortIndicatorShown(True)  # which setHorizontalHeader turns off
        self.setModel(self.records)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(words)
        self._set_up()
        self.corner = Corner(self, self.tick_all)
        self.frozen = Frozen(self)
        self.show_order()
        self._size_columns()
        self.head.sit_apart()
        self.head.sortIndicatorChanged.connect(self._sort)
        self.head.sectionMoved.connect(self._drop_column, Qt.ConnectionType.QueuedConnection)
        self.head.sectionResized.connect(self._note_width)
        self.horizontalScrollBar().valueChanged.connect(self.head.place_editors)
        theme.changed.connect(self._follow_theme)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.ticks.setDefaultSectionSize(theme.px(ROW))
        self.ticks.setMinimumSectionSize(theme.px(ROW))

    def begin_choice(self) -> None:
        """Rows are chosen anew, and not by their boxes."""

    def tick_all(self) -> None:
        """Choose everything, or nothing."""

    def _size_columns(self) -> None:
        for place, field in enumerate(self.records.fields):
            wide = self.widths.get(field.name) or theme.px(width_of(field, place))
            self.head.resizeSection(place, wide)

    def _note_width(self, section: int, _old: int, new: int) -> None:
        name = self.records.fields[section].name
        if new and self.widths.get(name) != new:
            self.widths[name] = new
            self.frozen.arrange()
            self.arranged.emit()

    def field_at(self, column: int) -> Field:
        """The field in a column."""
        return self.records.fields[column]

    def sort_by(self, name: str, *, descending: bool = False) -> None:
        """Order the list by a field."""
        self.records.show(replace(self.records.listing, order=name, descending=descending))
        self.show_order()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        self.sort_by(self.records.fields[section].name, descending=order == DESCENDING)

    def show_order(self) -> None:
        """Put the arrow over the column that the list is ordered by."""
        listing = self.records.listing
        names = [each.name for each in self.records.fields]
        section = names.index(listing.order) if listing.order in names else 0 if not listing.order else -1
        self.head.blockSignals(True)
        self.head.setSortIndicator(section, DESCENDING if listing.descending else ASCENDING)
        self.head.blockSignals(False)
        self.frozen.show_order()

    def show_columns(self, names: list[str] | None) -> None:
        """Show these columns from left to right."""
        self.records.show_columns(names)
        self.arranged.emit()

    def _drop_column(self, _section: int, before: int, after: int) -> None:
        """Have the model follow a head that was dragged, so that places on screen and in the model are the same."""
        if self.head.visualIndex(before) == before:
            return
        self.head.blockSignals(True)
        self.head.moveSection(after, before)
        self.head.blockSignals(False)
        self.move_column(before, after)

    def move_column(self, place: int, to: int) -> None:
        """Put a column in another place."""
        names = [each.name for each in self.records.fields]
        if place == to or not 0 <= to < len(names):
            return
        names.insert(to, names.pop(place))
        current = self.currentIndex()
        self.show_columns(names)
        if current.isValid() and self.records.keys:
            row = max(self.currentIndex().row(), 0)
            self.selectionModel().setCurrentIndex(self.records.index(row, to), SELECT.NoUpdate)
            self.scrollTo(self.currentIndex())

    def widen(self, column: int, by: int) -> None:
        """Make a column wider, or narrower."""
        self.head.resizeSection(column, self.head.sectionSize(column) + theme.px(by))

    def freeze(self, count: int) -> None:
        """Keep the first columns in view while the others scroll sideways."""
        self.frozen.set_count(count)
        self.arranged.emit()

    def show_view(self, columns: Sequence[Column]) -> None:
        """Show the columns of a saved list; none shows the usual ones."""
        self.widths |= {each.name: each.width for each in columns if each.width}
        self.records.show_columns([each.name for each in columns] or None)
        self._size_columns()
        self.freeze(sum(each.is_frozen for each in columns))

    def columns_shown(self) -> list[str]:
        """The codes of the columns from left to right."""
        return [each.code for each in self.records.fields]

    def _arrange(self, key: Qt.Key) -> bool:
        """Move or resize the column of the cursor."""
        column = self.currentIndex().column()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        sizes = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}
        if column >= 0 and key in steps:
            self.move_column(column, column + steps[key])
        elif column >= 0 and key in sizes:
            self.widen(column, sizes[key])
        else:
            return False
        return True

    def columns(self) -> dict[str, Any]:
        """Columns, their widths, how many of them stay, and the order of the rows."""
        listing = self.records.listing
        return {
            "columns": self.records.choice.state(),
            "widths": dict(self.widths),
            "frozen": self.frozen.count,
            "order": listing.order,
            "descending": listing.descending,
        }

    def restore_columns(self, state: dict[str, Any]) -> None:
        """Take them up again, as far as there are such columns still."""
        widths = state.get("widths")
        self.widths = {str(name): int(wide) for name, wide in widths.items()} if isinstance(widths, dict) else {}
        if "columns" in state:
            self.records.show_columns(state["columns"])
        self._size_columns()
        self.frozen.set_count(int(state.get("frozen") or 0))
        if state.get("order") is not None:
            self.sort_by(str(state["order"]), descending=bool(state.get("descending")))

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):
            self.corner.setGeometry(QRect(0, 0, self.ticks.width(), self.head.height()))
            self.frozen.arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.arrange()

    def _follow_theme(self) -> None:
        self.ticks.setMinimumSectionSize(theme.px(ROW))
        self.ticks.setDefaultSectionSize(theme.px(ROW))
