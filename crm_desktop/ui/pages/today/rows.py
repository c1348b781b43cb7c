"""The rows of one section: their model, and the list that is moved through and acted upon by keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy
from typing_extensions import override

from crm_desktop.services import today_words as words
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.pages.today.painting import ROW, RowDelegate

if TYPE_CHECKING:
    from crm_desktop.services.today import Item, Now

DOWN, UP = page_keys.TODAY.codes("next"), page_keys.TODAY.codes("previous")
ACT, SNOOZE, OPEN, FINISH, UNDO = "act", "snooze", "open", "finish", "undo"
DOES = page_keys.TODAY.meanings(ACT, SNOOZE, OPEN, FINISH, UNDO)
"""What the keys do with a row."""
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class RowModel(QAbstractListModel):
    """The rows of a section."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()
        self.at: Now | None = None

    def fill(self, items: Sequence[Item], at: Now) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.items, self.at = tuple(items), at
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or self.at is None:
            return None
        return words.sentence(self.items[index.row()], self.at)


class RowList(QListView):
    """As high as its rows, so that only the page scrolls; at its ends the keys go on to the next section."""

    asked = Signal(str, object)
    """What is to be done (act, snooze, open) with which row."""
    stepped = Signal(int)
    """The keys go on to the next section (1) or the one before (-1)."""
    came = Signal()
    """The row under the keys is another one, or the list got the keys."""

    def __init__(self, name: str, parent: QFrame) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.delegate = RowDelegate(self.rows, self)
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self._ask(OPEN, index.row()))
        theme.changed.connect(self._fit)

    def fill(self, items: Sequence[Item], at: Now) -> None:
        """Show other rows; the keys stay on the row they were on, or on what stands in its place."""
        row, current = self.currentIndex().row(), self.current()
        self.rows.fill(items, at)
        self._fit()
        if current is None or not items:
            return
        same = next((place for place, each in enumerate(items) if each.key == current.key), row)
        self.go_to(min(same, len(items) - 1))

    def current(self) -> Item | None:
        """The row under the keys."""
        row = self.currentIndex().row()
        return self.rows.items[row] if 0 <= row < len(self.rows.items) else None

    def go_to(self, row: int) -> None:
        """Have the keys on a row."""
        self.setCurrentIndex(self.rows.index(row % max(len(self.rows.items), 1), 0))
        self.came.emit()

    def leave(self) -> None:
        """Show no row as chosen: the keys are elsewhere."""
        self.clearSelection()

    def row_area(self) -> QRect:
        """Where the row under the keys is."""
        return self.visualRect(self.currentIndex())

    def _fit(self) -> None:
        self.delegate.dress()
        self.setFixedHeight(theme.px(ROW) * len(self.rows.items))
        self._fit_width()

    def _fit_width(self) -> None:
        self.setGridSize(QSize(max(self.viewport().width(), 1), theme.px(ROW)))

    def _ask(self, what: str, row: int) -> None:
        if 0 <= row < len(self.rows.items):
            self.asked.emit(what, self.rows.items[row])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if event.modifiers() not in PLAIN:
            super().keyPressEvent(event)
        elif key in DOWN or key in UP:
            by = 1 if key in DOWN else -1
            if 0 <= row + by < len(self.rows.items):
                self.go_to(row + by)
            else:
                self.stepped.emit(by)
        elif key in DOES:
            if not event.isAutoRepeat():
                self._ask(DOES[key], row)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_width()
        super().resizeEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.go_to(max(self.currentIndex().row(), 0))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and self.delegate.button(self.visualRect(index)).contains(place):
            self._ask(ACT, index.row())
