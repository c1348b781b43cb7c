"""Short tables of texts, which the steps of the import show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW = 34
PADDING = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its texts, its name at the left edge, and how it looks."""

    texts: tuple[str, ...]
    tone: str = "text"
    tones: tuple[str, ...] = ()
    """The tone of each text, where they differ."""
    bold: bool = False
    ground: str = ""
    name: str = ""


class Texts(QAbstractTableModel):
    """A table of texts that is filled as a whole."""

    def __init__(self, heads: Sequence[str] = ()) -> None:
        super().__init__()
        self._heads = list(heads)
        self.lines: list[Line] = []

    def fill(self, lines: Sequence[Line], heads: Sequence[str] | None = None) -> None:
        """Show other lines, and other words above them where they are given."""
        self.beginResetModel()
        self.lines = list(lines)
        if heads is not None:
            self._heads = list(heads)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            text = line.texts[index.column()] if index.column() < len(line.texts) else ""
            return text if role == Qt.ItemDataRole.ToolTipRole else " ".join(text.split())
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.tone(line.tones[index.column()] if line.tones else line.tone)
        if role == Qt.ItemDataRole.BackgroundRole and line.ground:
            return theme.tone(line.ground)
        if role == Qt.ItemDataRole.FontRole and line.bold:
            return theme.font(13, 600)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads[section] if orientation == Qt.Orientation.Horizontal else self.lines[section].name


class TextTable(QTableView):
    """A table that leaves keys with Alt to the page."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Cell(QStyledItemDelegate):
    """Paints a text below the words of its head, and a hairline below it."""

    def __init__(self, table: TextTable) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if state & QStyle.StateFlag.State_Selected:
            ground = theme.tone("selected")
        if ground is not None:
            painter.fillRect(area, ground)
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.tone("line"))
        if state & QStyle.StateFlag.State_Selected and index.column() == 0 and self._table.hasFocus():
            painter.fillRect(area.x(), area.y(), 3, area.height(), theme.tone("accent"))
        inside = area.adjusted(theme.px(PADDING), 0, -theme.px(4), 0)
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or theme.font(13))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        shown = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def framed(*parts: QWidget) -> QFrame:
    """Things in the frame of a card, without gaps."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    frame.setLayout(column(*parts, spacing=0, margins=(1, 1, 1, 1)))
    return frame


def text_table(model: Texts, words: str, *, widths: Sequence[int] = (), numbered: bool = False) -> TextTable:
    """A table that is only read; the last column takes the room that is left."""
    table = TextTable()
    table.setModel(model)
    table.setItemDelegate(_Cell(table))
    table.setAccessibleName(words)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    side = table.verticalHeader()
    side.setVisible(numbered)
    side.setDefaultSectionSize(theme.px(ROW))
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)
    if widths:
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for place, width in enumerate(widths):
        head.resizeSection(place, theme.px(width))
    head.setStretchLastSection(bool(widths))
    return table
