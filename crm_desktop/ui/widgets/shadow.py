"""The soft shadow of what floats, painted: a graphics effect would redraw the whole panel at each letter typed."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from crm_desktop.ui import theme

LAYERS = 8


def paint_dark_card(painter: QPainter, rect: QRectF, radius: float, blur: float, drop: float) -> None:
    """The dark card, with its shadow, that messages and the actions on what is chosen stand on."""
    paint_shadow(painter, rect, radius, blur, drop)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("toast"))
    painter.drawRoundedRect(rect, radius, radius)


def paint_shadow(painter: QPainter, rect: QRectF, radius: float, blur: float, drop: float) -> None:
    """Darken the ground around and below `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ink = theme.tone("shadow")
    ink.setAlphaF(ink.alphaF() / LAYERS)
    painter.setBrush(ink)
    for layer in range(LAYERS):
        spread = blur / 2 * (1 - layer / LAYERS) - 2
        area = rect.adjusted(-spread, -spread, spread, spread).translated(0, drop / 2)
        painter.drawRoundedRect(area, radius + max(spread, 0), radius + max(spread, 0))
    painter.restore()
