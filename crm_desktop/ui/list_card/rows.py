"""A list of what people order themselves: chosen by arrow keys, ordered by dragging or Alt and an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.in_place import ENTER

ROW, ICON, GAP = 46, 18, 10
MOST_SEEN = 9
KEY = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1
LINE = Qt.ItemDataRole.UserRole + 2
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Row(NamedTuple):
    """What a row shows."""

    key: int
    icon: str
    name: str
    line: str
    tip: str = ""


class RowList(QListWidget):
    """Rows with an icon, a name and a line below it, in the order that people give them."""

    moved = Signal(object, int)
    """A row (its key; Qt's int is too short for it) is to stand at another place."""
    edit_asked = Signal()
    delete_asked = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setItemDelegate(_Painter(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.model().rowsMoved.connect(self._dropped)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the same one stays chosen, and nothing is told."""
        chosen = self.chosen()
        self.blockSignals(True)
        self.clear()
        for each in rows:
            item = QListWidgetItem(each.name)
            item.setData(KEY, each.key)
            item.setData(PICTURE, each.icon)
            item.setData(LINE, each.line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.name}, {each.line.replace(' · ', ', ')}")
            item.setToolTip(each.tip)
            self.addItem(item)
        self._fit()
        self.choose(chosen)
        self.blockSignals(False)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(ROW) * min(max(self.count(), 3), MOST_SEEN) + 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def chosen(self) -> int:
        """The key of the row that is chosen, 0 for none."""
        return int(self.currentIndex().data(KEY) or 0)

    def choose(self, key: int) -> None:
        """Choose a row; the first one when that is not there."""
        rows = [row for row in range(self.count()) if self.item(row).data(KEY) == key]
        self.setCurrentRow(rows[0] if rows else min(0, self.count() - 1))

    def step(self, by: int) -> None:
        """Move the chosen row up or down."""
        place = self.currentRow() + by
        if self.chosen() and 0 <= place < self.count():
            self.moved.emit(self.chosen(), place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in STEPS:
            self.step(STEPS[key])
        elif key in {*ENTER, Qt.Key.Key_F2} and self.chosen():
            self.edit_asked.emit()
        elif key == Qt.Key.Key_Delete and self.chosen():
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def _dropped(self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, before: int) -> None:
        """A row was dragged: it stands now where it was dropped; told when Qt is done with the row."""
        place = before - 1 if before > first else before
        QTimer.singleShot(0, self, partial(self.moved.emit, self.item(place).data(KEY), place))


class _Painter(QStyledItemDelegate):
    """Paints the icon, the name, and the line below it."""

    @override
    def sizeHint(self, option: Option, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(160), theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: Option, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.tone("selected"))
            painter.fillRect(area.x(), area.y(), 3, area.height(), theme.tone("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.tone("hover"))
        side = theme.px(ICON)
        picture = QRect(area.x() + GAP, area.center().y() - side // 2, side, side)
        paint_icon(painter, picture, index.data(PICTURE), "text2")
        words = area.adjusted(side + 2 * GAP, theme.px(5), -GAP, -theme.px(5))
        painter.setFont(theme.font(13, 600))
        painter.setPen(theme.tone("text"))
        self._draw(painter, words, index.data(), Qt.AlignmentFlag.AlignTop)
        painter.setFont(theme.font(12))
        painter.setPen(theme.tone("text2"))
        self._draw(painter, words, index.data(LINE), Qt.AlignmentFlag.AlignBottom)
        painter.restore()

    def _draw(self, painter: QPainter, area: QRect, text: str, edge: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, edge | Qt.AlignmentFlag.AlignLeft, shown)
