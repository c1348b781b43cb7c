"""The columns of an export: chosen by check boxes, ordered by dragging or Alt and an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme

CODE = Qt.ItemDataRole.UserRole
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
WIDTH, HEIGHT, LOWEST = 300, 178, 90
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnList(QListWidget):
    """All columns of a list, those that are written first in their order."""

    changed = Signal()
    """Other columns are chosen, or they stand in another order."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "complete")
        self.setAccessibleName(_("Columns to write"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(LOWEST))
        self._is_filling = False
        self.itemChanged.connect(self._tell)
        self.model().rowsMoved.connect(self._tell)

    def fill(self, columns: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Show columns by code and word: the chosen ones in their order, then the others."""
        words = dict(columns)
        first = [each for each in dict.fromkeys(chosen) if each in words]
        self._is_filling = True
        self.clear()
        for code in [*first, *(each for each in words if each not in first)]:
            item = QListWidgetItem(words[code])
            item.setData(CODE, code)
            item.setFlags(
                Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(ON if code in first else OFF)
            self.addItem(item)
        self.setCurrentRow(0)
        self._is_filling = False

    def codes(self) -> list[str]:
        """The columns that are chosen, in their order."""
        items = [self.item(row) for row in range(self.count())]
        return [each.data(CODE) for each in items if each.checkState() == ON]

    def choose_all(self, *, chosen: bool) -> None:
        """Choose every column, or none."""
        self._is_filling = True
        for row in range(self.count()):
            self.item(row).setCheckState(ON if chosen else OFF)
        self._is_filling = False
        self.changed.emit()

    def step(self, by: int) -> None:
        """Move the current column up or down."""
        row = self.currentRow()
        if row >= 0 and 0 <= row + by < self.count():
            self._is_filling = True
            self.insertItem(row + by, self.takeItem(row))
            self._is_filling = False
            self.setCurrentRow(row + by)
            self.changed.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in STEPS:
            self.step(STEPS[key])
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()
