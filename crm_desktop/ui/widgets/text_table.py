"""Short tables of texts that are only read: what an import comes to, what was done, what is in the bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
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
END = 4
AROUND = 8
"""What stands above and below a text of several lines."""
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


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
    whole: int | None = None
    """The column whose text goes on to the right edge, on as many lines as it takes."""


class Texts(QAbstractTableModel):
    """A table of texts that is filled as a whole."""

    more_wanted = Signal()
    """Somebody came to the end of a list that goes on."""

    def __init__(self, heads: Sequence[str] = ()) -> None:
        super().__init__()
        self._heads = list(heads)
        self._goes_on = False
        self.lines: list[Line] = []

    def fill(self, lines: Sequence[Line], heads: Sequence[str] | None = None, *, goes_on: bool = False) -> None:
        """Show other lines, and other words above them where they are given; more of the same are put below them."""
        self._goes_on = goes_on
        shown = len(self.lines)
        if heads is None and shown and list(lines[:shown]) == self.lines:
            if len(lines) > shown:
                self.beginInsertRows(NOWHERE, shown, len(lines) - 1)
                self.lines = list(lines)
                self.endInsertRows()
            return
        self.beginResetModel()
        self.lines = list(lines)
        if heads is not None:
            self._heads = list(heads)
        self.endResetModel()

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return self._goes_on and not parent.isValid()

    @override
    def fetchMore(self, parent: Index) -> None:
        self._goes_on = False
        self.more_wanted.emit()

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
    """A table that leaves keys with Alt to the page, and takes the focus only where there is something to read."""

    def __init__(self, model: Texts) -> None:
        super().__init__()
        self._texts = model
        self._tall: list[int] = []
        self.setModel(model)
        self.setItemDelegate(_Cell(self))
        model.modelReset.connect(self._follow)
        model.rowsInserted.connect(self._follow)
        self._follow()

    def is_whole(self, index: Index) -> bool:
        """Whether a text is shown on as many lines as it takes."""
        return self._texts.lines[index.row()].whole == index.column()

    def _follow(self) -> None:
        """Lay out what the model holds now."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._texts.lines else Qt.FocusPolicy.NoFocus)
        self.clearSpans()
        wide = self._texts.columnCount()
        for place, line in enumerate(self._texts.lines):
            if line.whole is not None and wide - line.whole > 1:
                self.setSpan(place, line.whole, 1, wide - line.whole)
        self._fit()

    def _fit(self) -> None:
        """Give texts that go on as many lines as they take."""
        metrics = QFontMetrics(theme.font(13))
        for place in (each for each in self._tall if each < len(self._texts.lines)):
            self.verticalHeader().resizeSection(place, theme.px(ROW))
        self._tall = [place for place, line in enumerate(self._texts.lines) if line.whole is not None]
        for place in self._tall:
            whole = self._texts.lines[place].whole
            assert whole is not None
            room = self.viewport().width() - self.columnViewportPosition(whole) - theme.px(PADDING + END)
            text = self._texts.index(place, whole).data()
            height = metrics.boundingRect(QRect(0, 0, max(room, ROW), 0), WRAPPED, text).height()
            self.verticalHeader().resizeSection(place, max(theme.px(ROW), height + 2 * theme.px(AROUND)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

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
        inside = area.adjusted(theme.px(PADDING), 0, -theme.px(END), 0)
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or theme.font(13))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        text: str = index.data()
        if area.height() > theme.px(ROW) and self._table.is_whole(index):
            painter.drawText(inside, WRAPPED, text)
        else:
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def framed(*parts: QWidget) -> QFrame:
    """Things in the frame of a card, without gaps."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    frame.setLayout(column(*parts, spacing=0, margins=(1, 1, 1, 1)))
    return frame


def text_table(
    model: Texts, words: str, *, widths: Sequence[int] = (), stretched: Sequence[int] = (), numbered: bool = False
) -> TextTable:
    """A table that is only read; the `stretched` columns, else the last one, take the room that is left."""
    table = TextTable(model)
    table.setAccessibleName(words)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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
    head.setStretchLastSection(bool(widths) and not stretched)
    for place in stretched:
        head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
    return table
