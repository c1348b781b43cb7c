"""The ground of a row in a list that its delegate draws."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from crm_desktop.ui import theme

RADIUS = 6
State = QStyle.StateFlag


def paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    """The rounded ground of a row that is chosen or under the mouse."""
    is_chosen = bool(state & State.State_Selected)
    if not is_chosen and not state & State.State_MouseOver:
        return
    pill = QRectF(area).adjusted(0, 1, 0, -1)
    painter.setPen(QPen(theme.tone("accent"), 2) if is_chosen and state & State.State_HasFocus else Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("selected" if is_chosen else "hover"))
    painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
