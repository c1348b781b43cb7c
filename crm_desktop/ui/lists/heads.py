"""The heads of a list: column heads with a row to filter in below them, and boxes to tick at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.lists.painting import paint_box

TICKS = 44
FILTERS = 36
NARROWEST = 48


class ColumnHead(QHeaderView):
    """Heads that sort, move and resize; below them there is room for one widget a column."""

    def __init__(self, table: QTableView) -> None:
        self._editors: dict[int, QWidget] = {}
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.below = QWidget(self)
        self.below.setVisible(False)
        self.sectionResized.connect(self.place_editors)

    def sit_apart(self) -> None:
        """Ask nothing of the rows: Qt's header looks at every row whether it is chosen, each time it is painted."""
        self.setSelectionModel(QItemSelectionModel(self.model(), self))

    def show_editors(self, editors: Mapping[int, QWidget]) -> None:
        """Put these widgets below the heads, by column; none takes the row away."""
        for each in self._editors.values():
            if each not in editors.values() and each.parent() is self.below:
                each.hide()
        self._editors = dict(editors)
        for each in self._editors.values():
            each.setParent(self.below)
        self.below.setVisible(bool(editors))
        self.updateGeometries()
        table = self.parent()
        if isinstance(table, QTableView):
            table.updateGeometries()
        self.place_editors()

    def place_editors(self) -> None:
        """Put each widget below its column."""
        height = theme.px(FILTERS)
        self.below.setGeometry(0, self.height() - height, self.width(), height)
        for section, each in self._editors.items():
            left, wide = self.sectionViewportPosition(section), self.sectionSize(section)
            each.setGeometry(left + 4, 4, max(wide - 8, 0), height - 8)
            each.setVisible(not self.isSectionHidden(section) and left + wide > 0)

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width(), size.height() + (theme.px(FILTERS) if self._editors else 0))

    @override
    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, theme.px(FILTERS) if self._editors else 0)
        super().updateGeometries()
        if self._editors:
            self.place_editors()


class TickHead(QHeaderView):
    """A box to tick beside every row; the whole cell takes the click."""

    ticked = Signal(int)
    """A row is to be chosen, or no longer."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Choose rows"))
        self._last = -1

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(TICKS), 0)  # nobody asks for the height, and Qt measures a hundred rows for it

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        table = self.parent()
        assert isinstance(table, QTableView)
        chosen = table.selectionModel().isRowSelected(logicalIndex)
        painter.fillRect(rect, theme.tone("selected" if chosen else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.tone("line"))
        paint_box(painter, rect, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.ticked.emit(row)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Do nothing: rows are ticked one by one, and Shift with a click takes those between."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the press did it."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


class Corner(QWidget):
    """The box above all boxes: everything, some or nothing is chosen."""

    def __init__(self, parent: QWidget, act: Callable[[], object]) -> None:
        super().__init__(parent)
        self._act = act
        self._state = Qt.CheckState.Unchecked
        self.setToolTip(_("Choose all, or none"))
        self.setAccessibleName(_("Choose all, or none"))

    def set_state(self, state: Qt.CheckState) -> None:
        """Show whether everything is chosen."""
        if state != self._state:
            self._state = state
            self.update()

    @override
    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tone("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.tone("line"))
        paint_box(painter, self.rect(), self._state)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._act()
