"""A tile that shows one thing a line was understood to say, and what is thought of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import glyph, paint_icon
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

HEIGHT, CHIP = 52, 22
EDGE, ICON, GAP = 12, 18, 10
NOTHING = "—"


class Tile(QAbstractButton):
    """Icon, word and value, with a mark at the right; a click asks what else the value may be."""

    def __init__(self, icon: str, word: str) -> None:
        super().__init__()
        glyph(icon)
        self._icon, self._word = icon, word
        self._value, self._mark, self._tone, self._mark_icon = "", "", "plain", ""
        self._room = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, value: str, mark: str = "", tone: str = "plain", icon: str = "", tip: str = "") -> None:
        """Show a value and what is thought of it; `tip` says it in a sentence."""
        self._value, self._mark, self._tone, self._mark_icon = value, mark, tone, icon
        spoken = ", ".join(filter(None, (value, mark)))
        self.setAccessibleName(f"{self._word}: {spoken}" if spoken else self._word)
        self.setAccessibleDescription(tip)
        self.setToolTip("\n".join(filter(None, (value if self._is_shortened() else "", tip))))
        self.update()

    def rename(self, word: str) -> None:
        """Call what is shown something else."""
        self._word = word

    def value(self) -> str:
        """What is shown."""
        return self._value

    def mark(self) -> str:
        """What is thought of it."""
        return self._mark

    def keep_room(self, width: int) -> None:
        """Leave so much at the right for something else."""
        self._room = width

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(140), theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side = theme.px(ICON)
        paint_icon(painter, QRect(theme.px(EDGE), (self.height() - side) // 2, side, side), self._icon, "text3")
        if self._mark:
            paint_chip(painter, self._chip_area(), self._mark, self._tone, self._mark_icon)
        area = self._text_area()
        half = area.height() // 2
        painter.setFont(theme.font(12))
        painter.setPen(theme.tone("text3"))
        _write(painter, QRect(area.left(), area.top(), area.width(), half), self._word)
        painter.setFont(theme.font(14, 600 if self._value else 400))
        painter.setPen(theme.tone("text" if self._value else "text3"))
        _write(painter, QRect(area.left(), area.top() + half, area.width(), half), self._value or NOTHING)

    def _paint_ground(self, painter: QPainter) -> None:
        focused = self.hasFocus()
        painter.setBrush(theme.tone("hover" if self.underMouse() else "sunken"))
        if focused:
            painter.setPen(QPen(theme.tone("accent"), 2))
        else:
            painter.setPen(QPen(theme.tone("control")) if theme.is_high_contrast() else Qt.PenStyle.NoPen)
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)

    def _chip_area(self) -> QRect:
        """At the right; a mark never takes more than half of the tile."""
        width = min(chip_width(self._mark, self._mark_icon), self.width() // 2)
        height = theme.px(CHIP)
        return QRect(self.width() - theme.px(EDGE) - self._room - width, (self.height() - height) // 2, width, height)

    def _text_area(self) -> QRect:
        left = theme.px(EDGE + ICON + GAP)
        right = self._chip_area().left() if self._mark else self.width() - theme.px(EDGE) - self._room
        inset = theme.px(6)
        return QRect(left, inset, max(0, right - theme.px(GAP) - left), self.height() - 2 * inset)

    def _is_shortened(self) -> bool:
        painted = self.fontMetrics().horizontalAdvance(self._value)
        return painted > self._text_area().width()


def _write(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(
        area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown
    )


class CornerTile(Tile):
    """A tile with a small button in its right end."""

    def __init__(self, icon: str, word: str, corner: QWidget) -> None:
        super().__init__(icon, word)
        self._corner = corner
        corner.setParent(self)
        corner.setCursor(Qt.CursorShape.ArrowCursor)
        self.keep_room(corner.sizeHint().width())

    @override
    def resizeEvent(self, event: object) -> None:
        size = self._corner.sizeHint()
        top = (self.height() - size.height()) // 2
        self._corner.setGeometry(self.width() - size.width() - theme.px(8), top, size.width(), size.height())
