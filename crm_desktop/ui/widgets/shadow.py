"""The soft shadow of what floats, painted: a graphics effect would redraw the whole panel at each letter typed."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from crm_desktop.overriding import override
from crm_desktop.ui import theme

LAYERS = 8
SHADOW = 16
"""Pixels around a dark card for what it darkens."""


class DarkCard(QFrame):
    """The dark card, with its shadow, that messages, reminders and the actions on what is chosen stand on."""

    RADIUS, DROP = 8, 8

    def escape(self) -> None:
        """Do what the Escape key does."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        paint_shadow(painter, area, self.RADIUS, 2 * SHADOW, self.DROP)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("toast"))
        painter.drawRoundedRect(area, self.RADIUS, self.RADIUS)


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
