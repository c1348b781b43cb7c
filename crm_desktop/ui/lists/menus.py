"""The menus of a list: of its rows, of its heads, and the panel in which columns are chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.lists.arranged_table import STEP
from crm_desktop.ui.lists.column_panel import ColumnPanel
from crm_desktop.ui.panels.panel import panel_of

if TYPE_CHECKING:
    from crm_desktop.ui.lists.pane import ListPane


class Menus(QObject):
    """The menus of one pane; everything in them can be done by keys, too."""

    def __init__(self, pane: ListPane) -> None:
        super().__init__(pane)
        self._pane = pane
        table = pane.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._of_rows)
        table.head.customContextMenuRequested.connect(self._of_heads)
        table.frozen.head.customContextMenuRequested.connect(self._of_frozen_heads)

    def _of_rows(self, place: QPoint) -> None:
        table = self._pane.table
        index = table.indexAt(place)
        if index.isValid() and not table.selectionModel().isSelected(index):
            table.go_to(index.row(), index.column())
        self.rows_menu(table).popup(table.viewport().mapToGlobal(place))

    def _of_heads(self, place: QPoint) -> None:
        head = self._pane.table.head
        self.head_menu(max(head.logicalIndexAt(place), 0), head).popup(head.mapToGlobal(place))

    def _of_frozen_heads(self, place: QPoint) -> None:
        head = self._pane.table.frozen.head
        self.head_menu(max(head.logicalIndexAt(place), 0), head).popup(head.mapToGlobal(place))

    def rows_menu(self, parent: QWidget) -> QMenu:
        """What can be done with the chosen rows."""
        pane, table = self._pane, self._pane.table
        index = table.currentIndex()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open"), table.open_current)
        edit = menu.addAction(_("Edit this value") + "\tF2", table.edit_current)
        edit.setEnabled(index.isValid() and not table.field_at(index.column()).read_only)
        menu.addSeparator()
        menu.addAction(_("Edit a field…") + "\tCtrl+E", pane.edit_many)
        menu.addAction(_("Tag…"), pane.bulk.tag)
        menu.addAction(_("Owner…"), pane.bulk.assign)
        menu.addAction(_("Apply template…"), partial(pane.desk.ask, "template"))
        menu.addSeparator()
        menu.addAction(_("Copy as text") + "\tCtrl+C", pane.copy)
        menu.addAction(_("Copy this value"), self._copy_value).setEnabled(index.isValid())
        menu.addAction(_("Export…"), partial(pane.desk.ask, "export"))
        menu.addAction(_("Select all") + "\tCtrl+A", table.selectAll)
        menu.addSeparator()
        if index.isValid():
            inner = self.head_menu(index.column(), menu)
            inner.setTitle(_("Column “{name}”").format(name=table.field_at(index.column()).label.replace("&", "&&")))
            menu.addMenu(inner)
        menu.addAction(_("Filter…") + "\tF4", pane.open_builder)
        menu.addSeparator()
        menu.addAction(_("Delete") + "\tDel", pane.delete)
        return menu

    def _copy_value(self) -> None:
        table = self._pane.table
        QGuiApplication.clipboard().setText(table.currentIndex().data() or "")

    def head_menu(self, column: int, parent: QWidget) -> QMenu:
        """What can be done with a column."""
        pane, table = self._pane, self._pane.table
        menu, field, last = QMenu(parent), table.field_at(column), table.records.columnCount() - 1
        menu.addAction(_("Sort from the top"), partial(table.sort_by, field.name))
        menu.addAction(_("Sort from the end"), partial(table.sort_by, field.name, descending=True))
        menu.addSeparator()
        menu.addAction(_("Move left") + "\tAlt+Shift+←", partial(table.move_column, column, column - 1)).setEnabled(
            column > 0
        )
        menu.addAction(_("Move right") + "\tAlt+Shift+→", partial(table.move_column, column, column + 1)).setEnabled(
            column < last
        )
        menu.addAction(_("Wider") + "\tAlt+Shift+↑", partial(table.widen, column, STEP))
        menu.addAction(_("Narrower") + "\tAlt+Shift+↓", partial(table.widen, column, -STEP))
        menu.addAction(_("As wide as what it holds"), partial(table.resizeColumnToContents, column))
        menu.addSeparator()
        if column + 1 != table.frozen.count:
            text = ngettext("Keep the first column in view", "Keep the first {count} columns in view", column + 1)
            menu.addAction(text, partial(table.freeze, column + 1))
        if table.frozen.count:
            menu.addAction(_("Let all columns scroll"), partial(table.freeze, 0))
        menu.addAction(_("Hide this column"), partial(self._hide, field.name)).setEnabled(last > 0)
        menu.addAction(_("Columns…") + "\tShift+F2", self.choose_columns)
        row = menu.addAction(_("Filter below the heads") + "\tShift+F4", pane.toggle_row)
        row.setCheckable(True)
        row.setChecked(pane.row.is_shown)
        return menu

    def _hide(self, name: str) -> None:
        table = self._pane.table
        table.show_columns([each.name for each in table.records.fields if each.name != name])

    def choose_columns(self) -> None:
        """Open the panel in which columns are chosen and ordered."""
        panel_of(ColumnPanel, self._pane.window(), self._pane.desk).ask(self._pane)
