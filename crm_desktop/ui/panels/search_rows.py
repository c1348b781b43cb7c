"""The rows of the search panel: headings, records that were found, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from crm_desktop.text.spans import Span
from crm_desktop.ui import theme

HEAD, RECORD, COMMAND, REMARK = "head", "record", "command", "remark"
ROW_HEIGHT, HEAD_HEIGHT, MOST_ROWS, MOST_HEADS = 44, 30, 8, 3
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip that says why a record was found; `spans` are the parts that were asked for."""

    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; headings and remarks cannot be chosen."""

    kind: str
    words: str
    subtitle: str = ""
    marks: tuple[Mark, ...] = ()
    """Why it was found."""
    key_words: str = ""
    """The key that does the same from everywhere."""
    icon: str = ""
    entity: str = ""
    key: int = 0
    run: Callable[[], object] | None = None
    spans: Spans = ()
    """The parts of the words that were asked for."""
    subtitle_spans: Spans = ()

    @property
    def can_be_chosen(self) -> bool:
        """Whether Enter does something here."""
        return self.kind in (RECORD, COMMAND)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.words, self.subtitle, *(each.text for each in self.marks), self.key_words)))


class Rows(QAbstractListModel):
    """The rows as a list view wants them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words if role == Qt.ItemDataRole.DisplayRole else row.spoken
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return chosen if self.rows[index.row()].can_be_chosen else Qt.ItemFlag.NoItemFlags

    def next_choice(self, start: int, by: int) -> int:
        """The row to choose `by` choices from `start`, stopping at the ends; -1 when nothing can be chosen."""
        places = [place for place, row in enumerate(self.rows) if row.can_be_chosen]
        if not places:
            return -1
        here = places.index(start) if start in places else -1 if by > 0 else len(places)
        return places[max(0, min(len(places) - 1, here + by))]


class RowView(QListView):
    """As high as its rows, up to eight of them."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.setAccessibleName(words)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.modelReset.connect(self.updateGeometry)
        # With a ground of its own, rows are drawn without all that lies below the panel.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def choose(self, place: int) -> None:
        """Choose a row and bring it into sight; the first one with its heading."""
        self.setCurrentIndex(self.rows.index(place, 0))
        if place <= 1:
            self.scrollToTop()

    def chosen(self) -> Row | None:
        """The row that Enter would act on."""
        index = self.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), theme.tone("surface"))
        super().paintEvent(event)

    @override
    def sizeHint(self) -> QSize:
        heads = sum(not each.can_be_chosen for each in self.rows.rows)
        shown = min(len(self.rows.rows) - heads, MOST_ROWS)
        height = shown * theme.px(ROW_HEIGHT) + min(heads, MOST_HEADS) * theme.px(HEAD_HEIGHT)
        return QSize(theme.px(400), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), min(self.sizeHint().height(), theme.px(3 * ROW_HEIGHT)))
