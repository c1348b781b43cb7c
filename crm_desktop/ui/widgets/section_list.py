"""The sections of a page, one below the other at its left; one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.row_ground import paint_ground

WIDTH, ROW, ICON, GAP = 156, 36, 17, 10
CODE = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1


class SectionList(QListWidget):
    """Sections known by code; the arrow keys choose, `changed` carries the code."""

    changed = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.currentRowChanged.connect(self._tell)

    def add(self, code: str, icon: str, word: str) -> None:
        """Put a section at the end, without choosing it."""
        item = QListWidgetItem(word)
        item.setData(CODE, code)
        item.setData(PICTURE, icon)
        self.addItem(item)

    def codes(self) -> list[str]:
        """The sections from above to below."""
        return [self.item(place).data(CODE) for place in range(self.count())]

    def value(self) -> str:
        """The code of the section that is chosen."""
        return str(self.currentIndex().data(CODE) or "")

    def set_value(self, code: str) -> None:
        """Choose a section; `changed` tells it as a click would."""
        self.setCurrentRow(self.codes().index(code))

    def step(self, by: int) -> None:
        """Choose the next section or the one before, round and round."""
        self.setCurrentRow((self.currentRow() + by) % self.count())

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(ROW) * self.count())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(ROW))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _tell(self) -> None:
        if self.value():
            self.changed.emit(self.value())


class _Painter(QStyledItemDelegate):
    """Paints the icon and the word, on the rounded ground of what is chosen."""

    @override
    def sizeHint(self, option: Option, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(ROW), theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: Option, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, area, state)
        tone, side = "accentText" if is_chosen else "text2", theme.px(ICON)
        picture = QRect(area.x() + GAP, area.y() + (area.height() - side) // 2, side, side)
        paint_icon(painter, picture, index.data(PICTURE), tone)
        words = area.adjusted(side + 2 * GAP, 0, -4, 0)
        painter.setFont(theme.font(13, 600 if is_chosen else 400))
        painter.setPen(theme.tone("accentText" if is_chosen else "text"))
        shown = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
