"""How a list looks: its cells and the boxes to tick at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.chips import HEIGHT as CHIP
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

if TYPE_CHECKING:
    from crm_desktop.ui.faces import Faces
    from crm_desktop.ui.models.table import Cell, TableModel

Index = QModelIndex | QPersistentModelIndex
ROW, MARK, FACE, GAP = 40, 16, 24, 10
BOX = 16
ELIDED = 4000
"""Shortened texts that are remembered."""
SELECTED, HOVERED, FOCUSED = (
    QStyle.StateFlag.State_Selected,
    QStyle.StateFlag.State_MouseOver,
    QStyle.StateFlag.State_HasFocus,
)
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


class Look(QObject):
    """Fonts and colours of the theme as they are now, looked up once and not for every cell."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.fill()
        theme.changed.connect(self.fill)

    def fill(self) -> None:
        """Take them from the theme."""
        self.tones: dict[str, QColor] = {
            name: theme.tone(name)
            for name in ("text", "warn", "err", "selected", "hover", "line", "accent", "text3", "control", "surface")
        }
        self.pens = {name: QPen(colour) for name, colour in self.tones.items()}
        self.strong: QFont = theme.font(13, 600)
        self.plain: QFont = theme.font(13)
        self.metrics = {True: QFontMetrics(self.strong), False: QFontMetrics(self.plain)}
        self.rises = {strong: each.ascent() - each.descent() for strong, each in self.metrics.items()}
        self._elided: dict[tuple[str, int, bool], str] = {}

    def elide(self, text: str, width: int, *, strong: bool) -> str:
        """As much of a text as there is room for."""
        key = (text, width, strong)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > ELIDED:
                self._elided.clear()
            found = self.metrics[strong].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = found
        return found


class RecordDelegate(QStyledItemDelegate):
    """Paints a cell: the name with an avatar, tags as chips, doubtful values in amber with a mark."""

    def __init__(self, records: TableModel, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._records, self.look = records, look
        self._is_company = records.listing.entity.__tablename__ == "account"
        self.faces: Faces | None = None

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        row, place = index.row(), index.column()
        look, records = self.look, self._records
        state: QStyle.StateFlag = option.state
        self._ground(painter, area, state)
        cell = records.cell(row, records.fields[place])
        left, width = area.x() + GAP, area.width() - GAP - 8
        if place == 0:
            self._avatar(painter, left, area, cell.text, row)
            left, width = left + theme.px(34), width - theme.px(34)
        if cell.text:
            self._content(painter, QRect(left, area.y(), width, area.height()), cell, strong=place == 0)
        if state & FOCUSED:
            painter.setPen(QPen(look.tones["accent"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -2))

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        tones = self.look.tones
        if state & SELECTED:
            painter.fillRect(area, tones["selected"])
        elif state & HOVERED:
            painter.fillRect(area, tones["hover"])
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, tones["line"])

    def _content(self, painter: QPainter, inner: QRect, cell: Cell, *, strong: bool) -> None:
        if cell.chips:
            self._chips(painter, inner, cell.chips)
            return
        if cell.is_doubtful:
            spot = QRect(inner.right() - MARK, inner.center().y() - MARK // 2, MARK, MARK)
            paint_icon(painter, spot, "warn", "warn")
            inner.setRight(spot.left() - 4)
        painter.setFont(self.look.strong if strong else self.look.plain)
        painter.setPen(self.look.pens["warn" if cell.is_doubtful else "err" if cell.is_late else "text"])
        # By its base line: a text in a rectangle is laid out anew each time, which takes twice as long.
        base = inner.y() + (inner.height() + self.look.rises[strong]) // 2
        painter.drawText(inner.x(), base, self.look.elide(cell.text, inner.width(), strong=strong))

    def _chips(self, painter: QPainter, inner: QRect, words: tuple[str, ...]) -> None:
        height = theme.px(CHIP)
        left, top = inner.left(), inner.center().y() - height // 2
        for place, word in enumerate(words):
            room = inner.right() - left
            rest = f"+{len(words) - place}"
            wide = min(chip_width(word), inner.width())
            if place and wide > room:
                painter.setFont(self.look.plain)
                painter.setPen(self.look.pens["text3"])
                painter.drawText(QRect(left, inner.y(), room, inner.height()), MIDDLE, rest)
                return
            paint_chip(painter, QRect(left, top, wide, height), word)
            left += wide + 6

    def _avatar(self, painter: QPainter, left: int, area: QRect, name: str, row: int) -> None:
        side = theme.px(FACE)
        place = QRectF(left, area.center().y() - side / 2 + 0.5, side, side)
        faces = None if self._is_company else self.faces
        photo = faces.of(self._records.keys[row]) if faces else None
        paint_avatar(painter, place, name, square=self._is_company, photo=photo)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The width that a value needs, for “fit to contents”."""
        cell = self._records.cell(index.row(), self._records.fields[index.column()])
        is_first = index.column() == 0
        words = self.look.metrics[is_first].horizontalAdvance(cell.text)
        return QSize(words + GAP + 14 + (theme.px(34) if is_first else 0) + (MARK + 4 if cell.is_doubtful else 0), ROW)


def paint_box(painter: QPainter, area: QRect, state: Qt.CheckState) -> None:
    """Draw a box to tick in the middle of an area."""
    side = theme.px(BOX)
    box = QRectF(area.center().x() - side / 2 + 0.5, area.center().y() - side / 2 + 0.5, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_on = state != Qt.CheckState.Unchecked
    painter.setPen(theme.tone("accent" if is_on else "control"))
    painter.setBrush(theme.tone("accent" if is_on else "surface"))
    painter.drawRoundedRect(box, 4, 4)
    if is_on:
        inner = box.adjusted(2, 2, -2, -2).toRect()
        paint_icon(painter, inner, "tick" if state == Qt.CheckState.Checked else "minus-bold", "onAccent")
    painter.restore()
