"""The first columns of a list, which stay where they are while the others scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView
from typing_extensions import override

from crm_desktop.ui.lists.heads import ColumnHead

if TYPE_CHECKING:
    from crm_desktop.ui.lists.arranged_table import ArrangedTable

MOST = 5
Index = QModelIndex | QPersistentModelIndex


class Frozen(QTableView):
    """A second look at the same rows, laid over the first columns of the table; the keyboard stays with the table."""

    def __init__(self, table: ArrangedTable) -> None:
        super().__init__(table)
        self._table = table
        self.count = 0
        self.head = ColumnHead(self)
        self.head.setSectionsMovable(False)
        self.setHorizontalHeader(self.head)
        self.head.setSortIndicatorShown(True)
        self.verticalHeader().hide()
        self.setModel(table.records)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.delegate)
        self.head.setSelectionModel(QItemSelectionModel(table.records, self.head))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "frozen")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(table.accessibleName())
        self.hide()
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(self._follow)
        self.head.sectionResized.connect(self._resize_column)
        self.head.sortIndicatorChanged.connect(table.head.setSortIndicator)
        self.doubleClicked.connect(table.doubleClicked)

    def set_count(self, count: int) -> None:
        """Have so many columns stay; none puts this view away."""
        self.count = max(0, min(count, MOST, self._table.records.columnCount() - 1))
        self.setVisible(self.count > 0)
        self.arrange()

    def arrange(self) -> None:
        """Lie exactly over the first columns."""
        if not self.count:
            return
        table, head = self._table, self._table.head
        self.head.blockSignals(True)
        for section in range(self.model().columnCount()):
            self.setColumnHidden(section, section >= self.count)
            if section < self.count:
                self.setColumnWidth(section, head.sectionSize(section))
        self.head.blockSignals(False)
        self.verticalHeader().setDefaultSectionSize(table.ticks.defaultSectionSize())
        wide = min(sum(head.sectionSize(each) for each in range(self.count)), table.viewport().width())
        left = table.frameWidth() + table.ticks.width()
        self.head.setFixedHeight(head.height())
        self.setGeometry(left, table.frameWidth(), wide, head.height() + table.viewport().height())
        self._follow(table.verticalScrollBar().value())
        self.raise_()

    def show_order(self) -> None:
        """Show the same arrow as the table's own head."""
        head = self._table.head
        self.head.blockSignals(True)
        self.head.setSortIndicator(head.sortIndicatorSection(), head.sortIndicatorOrder())
        self.head.blockSignals(False)

    def _follow(self, value: int) -> None:
        if self.count:
            self.verticalScrollBar().setValue(value)

    def _resize_column(self, section: int, _old: int, new: int) -> None:
        if section < self.count and new:
            self._table.head.resizeSection(section, new)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.begin_choice()
        super().mousePressEvent(event)
        self._table.setFocus()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._table.wheelEvent(event)

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Do nothing: the table sees to it."""
