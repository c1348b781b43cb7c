"""What was done to a record: when, by whom, what it was before and after, with Undo for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, language
from crm_desktop.model import Account, Contact
from crm_desktop.services import changes
from crm_desktop.services.changes import Entry
from crm_desktop.text.dates import show_date
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ENTRY = Qt.ItemDataRole.UserRole
MOST_LINES = 12
SIDE, TOP, LINE = 16, 10, 20


class HistoryTab(QWidget):
    """The history of the record on show; read only while it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._wanted: tuple[str, int] | None = None
        self._shown: tuple[str, int] | None = None
        self.model = _Entries(self)
        self.view = _Steps(self.model, self._undo)
        self.nothing = label(_("Nothing was changed yet."), "small", wrap=True)
        self.nothing.setContentsMargins(18, 14, 18, 14)
        box = column(self.nothing, spacing=0)
        box.addWidget(self.view, 1)
        box.addStretch(0)
        self.setLayout(box)

    def show_record(self, entity: str, key: int) -> None:
        """Tell what was done to this record."""
        self._wanted, self._shown = (entity, key), None
        if self.isVisible():
            self._load()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown != self._wanted:
            self._load()

    def _load(self) -> None:
        self._shown = self._wanted
        if self._wanted is None:
            return
        entity, key = self._wanted
        self.model.show_entries(changes.history(self.desk.workspace, Account if entity == "account" else Contact, key))
        self.nothing.setVisible(not self.model.entries)
        self.view.setVisible(bool(self.model.entries))

    def _undo(self, entry: Entry) -> None:
        self.desk.undo(entry.step.id)


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these steps."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return ". ".join((entry.step.title, *(each.text for each in entry.lines), told(entry)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(each.text for each in entry.lines)
        return None


class _Steps(QListView):
    """The list of steps; Undo stands at the right of each, and Enter or the menu do the same."""

    def __init__(self, model: _Entries, undo: Callable[[Entry], object]) -> None:
        super().__init__()
        self._undo = undo
        self.setModel(model)
        self.setItemDelegate(_StepDelegate(self))
        self.setAccessibleName(_("History of changes"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        action = QAction(_("Undo this step"), self)
        action.triggered.connect(self._undo_current)
        self.addAction(action)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._undo_current()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._undo_at(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        entry = self._undo_at(event)
        if entry is not None and event.button() == Qt.MouseButton.LeftButton:
            self._undo(entry)

    def _undo_at(self, event: QMouseEvent) -> Entry | None:
        index = self.indexAt(event.position().toPoint())
        entry = index.data(ENTRY) if index.isValid() else None
        if entry is None or entry.step.is_undone:
            return None
        return entry if undo_place(self.visualRect(index)).contains(event.position().toPoint()) else None

    def _undo_current(self) -> None:
        entry = self.currentIndex().data(ENTRY)
        if entry is not None and not entry.step.is_undone:
            self._undo(entry)


class _StepDelegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        lines = min(len(entry.lines), MOST_LINES + 1)
        return QSize(theme.px(200), theme.px(2 * TOP + LINE * (2 + lines)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.tone("selected"))
        painter.setPen(theme.tone("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        line = QRect(area.left() + theme.px(SIDE), area.top() + theme.px(TOP), 0, theme.px(LINE))
        line.setRight(area.right() - theme.px(SIDE))
        undo = undo_place(area)
        head = QRect(line)
        head.setRight(undo.left() - theme.px(8))
        is_undone = entry.step.is_undone
        _write(painter, head, entry.step.title, (13, 600), "text3" if is_undone else "text")
        _write(
            painter, undo, _("Undone") if is_undone else _("Undo"), (13, 400), "text3" if is_undone else "accentText"
        )
        for words in shown_lines(entry):
            line.translate(0, theme.px(LINE))
            _write(painter, line, words, (13, 400), "text3" if is_undone else "text2")
        line.translate(0, theme.px(LINE))
        _write(painter, line, told(entry), (12, 400), "text3")
        painter.restore()


def shown_lines(entry: Entry) -> list[str]:
    """The lines of a step, those of a very long one cut short with their number."""
    texts = [" ".join(each.text.split()) for each in entry.lines]
    if len(texts) <= MOST_LINES:
        return texts
    return [*texts[:MOST_LINES], _("and {count} more").format(count=len(texts) - MOST_LINES)]


def told(entry: Entry) -> str:
    """When, by whom and from where."""
    at = entry.step.at.astimezone()
    when = f"{show_date(at.date(), language())} {at:%H:%M}"
    return " · ".join(filter(None, (when, entry.step.author, entry.step.source)))


def undo_place(area: QRect) -> QRect:
    """Where the word Undo stands in a row."""
    metrics = QFontMetrics(theme.font(13))
    width = max(metrics.horizontalAdvance(_("Undo")), metrics.horizontalAdvance(_("Undone"))) + 4
    return QRect(area.right() - theme.px(SIDE) - width, area.top() + theme.px(TOP) - 2, width, theme.px(LINE) + 4)


def _write(painter: QPainter, area: QRect, words: str, size: tuple[int, int], tone: str) -> None:
    painter.setFont(theme.font(*size))
    painter.setPen(theme.tone(tone))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
