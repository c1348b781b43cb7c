"""How a row of the search panel looks: who or what it is, with what was asked for in it, and why it was found."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from crm_desktop.text.spans import word_start
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.panels.search_rows import HEAD, HEAD_HEIGHT, RECORD, ROW, ROW_HEIGHT, Index, Mark, Row, Spans
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

if TYPE_CHECKING:
    from crm_desktop.ui.faces import Faces

EDGE, FACE, ICON, GAP, CHIP, SIDE = 12, 28, 20, 12, 22, 9
ENTER, ELLIPSIS = "↵", "…"


class RowPainter(QStyledItemDelegate):
    """Paints a row: face or icon, name with what was found in it, second words, and chips or a key at the right."""

    def __init__(self, parent: QWidget, faces: Faces) -> None:
        super().__init__(parent)
        self._faces = faces

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
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            _paint_ground(painter, area, state)
            inside = area.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), 0)
            left = self._paint_face(painter, inside, row)
            right = _paint_key(painter, inside, row.key_words or (ENTER if is_chosen and row.kind == RECORD else ""))
            right = _paint_marks(painter, QRect(left, inside.top(), right - left, inside.height()), row.marks)
            _paint_words(painter, QRect(left, area.top(), max(0, right - left), area.height()), row, is_chosen)
        else:
            _paint_head(painter, area.adjusted(theme.px(EDGE), theme.px(6), -theme.px(EDGE), 0), row)
        painter.restore()

    def _paint_face(self, painter: QPainter, area: QRect, row: Row) -> int:
        """Avatar or icon; gives where the words begin."""
        middle = area.center().y()
        if row.icon:
            side = theme.px(ICON)
            inset = (theme.px(FACE) - side) // 2
            paint_icon(painter, QRect(area.left() + inset, middle - side // 2, side, side), row.icon, "text2")
        else:
            side = theme.px(FACE)
            face = QRectF(area.left(), middle - side / 2 + 0.5, side, side)
            photo = self._faces.of(row.key) if row.entity == "contact" else None
            paint_avatar(painter, face, row.words, square=row.entity == "account", photo=photo)
        return area.left() + theme.px(FACE + GAP)


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    tone = "selected" if state & QStyle.StateFlag.State_Selected else "hover"
    if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        painter.setPen(theme.tone("accent") if theme.is_high_contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone(tone))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)


def _paint_key(painter: QPainter, area: QRect, words: str) -> int:
    """A key in its frame at the right end; gives where the rest must end."""
    if not words:
        return area.right()
    height = theme.px(CHIP)
    width = chip_width(words)
    spot = QRect(area.right() - width, area.center().y() - height // 2 + 1, width, height)
    painter.setPen(theme.tone("line2"))
    painter.setBrush(theme.tone("surface"))
    painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.tone("text3"))
    painter.setFont(theme.font(12))
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)
    return spot.left() - theme.px(GAP)


def _paint_marks(painter: QPainter, area: QRect, marks: tuple[Mark, ...]) -> int:
    """Why it was found, in chips at the right; gives where the words must end."""
    right = area.right()
    for mark in reversed(marks):
        height = theme.px(CHIP)
        width = min(chip_width(mark.text), max(area.width() // 2, theme.px(96)))
        spot = QRect(right - width, area.center().y() - height // 2 + 1, width, height)
        if spot.left() < area.left() + area.width() // 3:
            break
        paint_chip(painter, spot, "")
        inside = spot.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        paint_spans(painter, inside, mark, theme.font(12), "text2", is_soft=False)
        right = spot.left() - theme.px(6)
    return right - (theme.px(GAP - 6) if marks else 0)


def _paint_words(painter: QPainter, area: QRect, row: Row, is_chosen: bool) -> None:  # noqa: FBT001 - a state of the row
    font = theme.font(14, 600 if row.kind == RECORD else 400)
    wanted = QFontMetrics(font).horizontalAdvance(row.words) + 1
    room = area.width() if not row.subtitle else max(min(wanted, area.width() * 3 // 5), area.width() // 3)
    width = min(wanted, room)
    spot = QRect(area.left(), area.top(), width, area.height())
    paint_spans(painter, spot, Mark(row.words, row.spans), font, "text", is_soft=not is_chosen)
    if row.subtitle:
        rest = area.adjusted(width + theme.px(10), 0, 0, 0)
        subtitle = Mark(row.subtitle, row.subtitle_spans)
        paint_spans(painter, rest, subtitle, theme.font(13), "text3", is_soft=not is_chosen)


def paint_spans(painter: QPainter, area: QRect, marked: Mark, font: QFont, tone: str, *, is_soft: bool) -> None:
    """Draw a text, shortened where it must, with some of its parts in the accent's colour and on its soft ground."""
    metrics = QFontMetrics(font)
    text, spans = _in_sight(marked, metrics, area.width())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    whole = len(shown) if shown == text else len(shown) - 1
    edges = sorted({0, len(shown), *(min(place, whole) for span in spans for place in span)})
    painter.setFont(font)
    height = metrics.height()
    left = area.left()
    for start, end in pairwise(edges):
        piece = shown[start:end]
        width = metrics.horizontalAdvance(piece)
        is_asked = any(first <= start and end <= last for first, last in spans)
        if is_asked and is_soft:
            ground = QRectF(left - 0.5, area.center().y() - height / 2 + 0.5, width + 1, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tone("accentSoft"))
            painter.drawRoundedRect(ground, 3, 3)
        painter.setPen(theme.tone("accentText" if is_asked else tone))
        painter.drawText(QRect(left, area.top(), width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, piece)
        left += width


def _in_sight(marked: Mark, metrics: QFontMetrics, width: int) -> tuple[str, Spans]:
    """The text without its beginning, where that would push what was asked for out of sight."""
    end = min((last for _first, last in marked.spans), default=0)
    is_whole = metrics.horizontalAdvance(marked.text) <= width
    if is_whole or metrics.horizontalAdvance(marked.text[:end] + ELLIPSIS) <= width:
        return marked.text, marked.spans
    start = end
    while start > 0 and metrics.horizontalAdvance(marked.text[start - 1 : end]) < width * 2 // 3:
        start -= 1
    start = word_start(marked.text, start, end)
    start = end - len(marked.text[start:end].lstrip(f" {ELLIPSIS}"))
    moved = [(max(0, first - start) + 1, last - start + 1) for first, last in marked.spans]
    return ELLIPSIS + marked.text[start:], moved


def _paint_head(painter: QPainter, area: QRect, row: Row) -> None:
    painter.setFont(theme.font(12, 600 if row.kind == HEAD else 400))
    painter.setPen(theme.tone("text3"))
    shown = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
