"""The rows of the search panel: headings, records that were found, and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

HEAD, RECORD, COMMAND, REMARK = "head", "record", "command", "remark"
ROW_HEIGHT, HEAD_HEIGHT, MOST_ROWS, MOST_HEADS = 44, 30, 8, 3
EDGE, FACE, ICON, GAP = 12, 28, 20, 12
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row; headings and remarks cannot be chosen."""

    kind: str
    words: str
    subtitle: str = ""
    mark: str = ""
    """Why it was found, or the key of a command."""
    icon: str = ""
    entity: str = ""
    key: int = 0
    run: Callable[[], object] | None = None

    @property
    def can_be_chosen(self) -> bool:
        """Whether Enter does something here."""
        return self.kind in (RECORD, COMMAND)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.words, self.subtitle, self.mark)))


class Rows(QAbstractListModel):
    """The rows as a list view wants them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self.query = ""

    def show_rows(self, rows: Sequence[Row], query: str) -> None:
        """Show other rows; `query` is marked in their names."""
        self.beginResetModel()
        self.rows, self.query = rows, query
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
        self.setItemDelegate(RowPainter(self))
        self.setAccessibleName(words)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.modelReset.connect(self.updateGeometry)

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
    def sizeHint(self) -> QSize:
        heads = sum(not each.can_be_chosen for each in self.rows.rows)
        shown = min(len(self.rows.rows) - heads, MOST_ROWS)
        height = shown * theme.px(ROW_HEIGHT) + min(heads, MOST_HEADS) * theme.px(HEAD_HEIGHT)
        return QSize(theme.px(400), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), min(self.sizeHint().height(), theme.px(3 * ROW_HEIGHT)))


class RowPainter(QStyledItemDelegate):
    """Paints a row: face or icon, name with what was found in it, second words, and a mark at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        return QSize(0, theme.px(ROW_HEIGHT if row.can_be_chosen else HEAD_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.can_be_chosen:
            state: QStyle.StateFlag = option.state
            _paint_ground(painter, area, state)
            inside = area.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), 0)
            left = _paint_face(painter, inside, row)
            right = _paint_mark(painter, inside, row)
            model = index.model()
            query = model.query if isinstance(model, Rows) else ""
            _paint_words(painter, QRect(left, area.top(), max(0, right - left), area.height()), row, query)
        else:
            _paint_head(painter, area.adjusted(theme.px(EDGE), theme.px(6), -theme.px(EDGE), 0), row)
        painter.restore()


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    tone = "selected" if state & QStyle.StateFlag.State_Selected else "hover"
    if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        painter.setPen(theme.tone("accent") if theme.is_high_contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone(tone))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)


def _paint_face(painter: QPainter, area: QRect, row: Row) -> int:
    """Avatar or icon; gives where the words begin."""
    middle = area.center().y()
    if row.icon:
        side = theme.px(ICON)
        inset = (theme.px(FACE) - side) // 2
        paint_icon(painter, QRect(area.left() + inset, middle - side // 2, side, side), row.icon, "text2")
    else:
        side = theme.px(FACE)
        face = QRectF(area.left(), middle - side / 2 + 0.5, side, side)
        paint_avatar(painter, face, row.words, square=row.entity == "account")
    return area.left() + theme.px(FACE + GAP)


def _paint_mark(painter: QPainter, area: QRect, row: Row) -> int:
    """Why it was found, or the key; gives where the words must end."""
    if not row.mark:
        return area.right()
    width = min(chip_width(row.mark), area.width() * 2 // 5)
    height = theme.px(22)
    spot = QRect(area.right() - width, area.center().y() - height // 2 + 1, width, height)
    if row.kind == COMMAND:
        painter.setPen(theme.tone("line2"))
        painter.setBrush(theme.tone("surface"))
        painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.tone("text3"))
        painter.setFont(theme.font(12))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, row.mark)
    else:
        paint_chip(painter, spot, row.mark)
    return spot.left() - theme.px(GAP)


def _paint_words(painter: QPainter, area: QRect, row: Row, query: str) -> None:
    font = theme.font(14, 600 if row.kind == RECORD else 400)
    metrics = QFontMetrics(font)
    wanted = metrics.horizontalAdvance(row.words) + 1
    room = area.width() if not row.subtitle else max(min(wanted, area.width() * 3 // 5), area.width() // 3)
    shown = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, min(wanted, room))
    painter.setFont(font)
    at = shown.casefold().find(query.strip().casefold()) if query.strip() and row.kind == RECORD else -1
    pieces = [(shown, False)]
    if at >= 0:
        end = at + len(query.strip())
        pieces = [(shown[:at], False), (shown[at:end], True), (shown[end:], False)]
    left = area.left()
    for text, is_found in pieces:
        width = metrics.horizontalAdvance(text)
        painter.setPen(theme.tone("accentText" if is_found else "text"))
        painter.drawText(QRect(left, area.top(), width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
        left += width
    if row.subtitle:
        left += theme.px(10)
        painter.setFont(theme.font(13))
        painter.setPen(theme.tone("text3"))
        rest = QRect(left, area.top(), max(0, area.right() - left), area.height())
        told = painter.fontMetrics().elidedText(row.subtitle, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, told)


def _paint_head(painter: QPainter, area: QRect, row: Row) -> None:
    painter.setFont(theme.font(12, 600 if row.kind == HEAD else 400))
    painter.setPen(theme.tone("text3"))
    shown = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
