"""Drawing what was measured: no text is measured and no picture is made here."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.timeline import words
from crm_desktop.ui.timeline.shape import EDGE, ICON, ICON_ROOM, LEFT, MIDDLE, RIGHT, Shape, StepBox
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.chips import paint_chip

ROUND, CORNER = 10, 3
GREY_FACE = 0.45
MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def paint_entry(
    painter: QPainter, shape: Shape, width: float, *, is_current: bool, photo: QPixmap | None = None
) -> None:
    """Draw an entry, `photo` for the initials of its speaker; the origin is the upper left corner of its row."""
    if shape.day:
        _paint_day(painter, shape, width)
    if shape.bubble.kind == words.SYSTEM:
        _paint_system(painter, shape)
    else:
        _paint_bubble(painter, shape, photo)
    if is_current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.tone("accent"), 2))
        round_off = shape.body.height() / 2 if shape.bubble.kind == words.SYSTEM else ROUND
        painter.drawPath(_outline(shape.body.adjusted(-1, -1, 1, 1), shape.side, round_off))


def _paint_day(painter: QPainter, shape: Shape, width: float) -> None:
    area = QRectF(0, 0, width, shape.lead - theme.px(4))
    middle, half = area.center(), shape.day_width / 2 + theme.px(12)
    edge, y = theme.px(EDGE), round(middle.y()) + 0.5
    painter.setPen(theme.tone("line"))
    painter.drawLine(QLineF(edge, y, middle.x() - half, y))
    painter.drawLine(QLineF(middle.x() + half, y, width - edge, y))
    painter.setPen(theme.tone("text2"))
    painter.setFont(theme.font(12, 600))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shape.day)


def _paint_system(painter: QPainter, shape: Shape) -> None:
    painter.setPen(theme.tone("line2"))
    painter.setBrush(theme.tone("surface"))
    body = shape.body.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    inside, side = shape.meta_at, theme.px(ICON)
    paint_icon(painter, QRectF(inside.left(), inside.center().y() - side / 2, side, side), "info", "accentText")
    painter.setFont(theme.font(12))
    painter.setPen(theme.tone("text2"))
    painter.drawText(inside.adjusted(theme.px(ICON_ROOM), 0, 0, 0), MIDDLE_LEFT, shape.meta)
    painter.setPen(theme.tone("text3"))
    painter.drawText(inside, MIDDLE_RIGHT, words.clock(shape.bubble.at))


def _paint_bubble(painter: QPainter, shape: Shape, photo: QPixmap | None) -> None:
    _paint_meta(painter, shape)
    framed = shape.side == MIDDLE or theme.is_high_contrast()
    fill = {LEFT: "bubbleThem", RIGHT: "bubbleMe"}.get(shape.side, "surface")
    framed = framed or shape.is_grey
    painter.setPen(theme.tone("line2") if framed else Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("surface" if shape.is_grey else fill))
    painter.drawPath(_outline(shape.body.adjusted(0.5, 0.5, -0.5, -0.5) if framed else shape.body, shape.side, ROUND))
    if shape.name:
        painter.setOpacity(GREY_FACE if shape.is_grey else 1.0)
        paint_avatar(painter, shape.face, shape.name, photo=photo)
        painter.setOpacity(1.0)
    if shape.text:
        ink = theme.tone("text3" if shape.is_grey else "text")
        shape.text.draw(painter, shape.text_at.x(), shape.text_at.y(), ink)
    if shape.more_words:
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.tone("accentText"))
        painter.drawText(shape.more, MIDDLE_LEFT, shape.more_words)
    for box in shape.files:
        tone = "warn" if box.icon == "warn" else "accent"
        paint_chip(painter, box.area.toRect(), box.file.name, tone, box.icon)
    if shape.bubble.outcome:
        tone, icon = words.OUTCOMES.get(shape.bubble.outcome, ("plain", "info"))
        paint_chip(painter, shape.outcome.toRect(), words.outcome_word(shape.bubble.outcome), tone, icon)
    for each in shape.steps:
        _paint_step(painter, each)


def _paint_meta(painter: QPainter, shape: Shape) -> None:
    side = theme.px(ICON)
    line = shape.meta_at
    spot = QRectF(line.left(), line.center().y() - side / 2, side, side)
    paint_icon(painter, spot, words.kind_icon(shape.bubble.kind), "text3")
    painter.setFont(theme.font(12))
    painter.setPen(theme.tone("text3"))
    painter.drawText(line.adjusted(theme.px(ICON_ROOM), 0, 0, 0), MIDDLE_LEFT, shape.meta)


def _paint_step(painter: QPainter, box: StepBox) -> None:
    fill, ink = (theme.tone("surface"), theme.tone("text2")) if box.tone == "plain" else theme.soft(box.tone)
    painter.setPen(QPen(ink) if theme.is_high_contrast() else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box.area, 6, 6)
    side = theme.px(15)
    top = box.area.center().y() - side / 2
    if box.text.layout.lineCount() > 1:
        top = box.area.top() + theme.px(6)
    tone = "ok" if box.tone == "plain" else box.tone
    paint_icon(painter, QRectF(box.area.left() + theme.px(8), top, side, side), box.icon, tone)
    text_top = box.area.center().y() - box.text.height / 2
    box.text.draw(painter, box.area.left() + theme.px(30), text_top, ink)


def _outline(area: QRectF, side: str, round_off: float) -> QPainterPath:
    """A rounded box with one small corner on the speaker's side, at the top where the avatar is."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    left = CORNER if side == LEFT else round_off
    right = CORNER if side == RIGHT else round_off
    top, bottom = area.top(), area.bottom()
    path.moveTo(QPointF(area.left() + left, top))
    path.lineTo(area.right() - right, top)
    path.quadTo(area.right(), top, area.right(), top + right)
    path.lineTo(area.right(), bottom - round_off)
    path.quadTo(area.right(), bottom, area.right() - round_off, bottom)
    path.lineTo(area.left() + round_off, bottom)
    path.quadTo(area.left(), bottom, area.left(), bottom - round_off)
    path.lineTo(area.left(), top + left)
    path.quadTo(area.left(), top, area.left() + left, top)
    path.closeSubpath()
    return path
