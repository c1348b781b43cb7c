"""How far something is: a line, numbered steps, proportions and warmth."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon

CIRCLE = 24
THIN = 6


class ProgressLine(QProgressBar):
    """A thin bar; without a total it only says that something goes on."""

    def __init__(self, words: str = "", width: int = 0) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(words or _("Progress"))
        self.setFixedHeight(THIN)
        if width:
            self.setFixedWidth(theme.px(width))

    def set(self, done: int, total: int = 0) -> None:
        """Show how far it is."""
        self.setRange(0, max(total, 1))
        self.setValue(min(done, total) if total else 0)


class Steps(QWidget):
    """The numbered steps of a longer way, with the one where the user is."""

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._names = list(names)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    def current(self) -> int:
        """The step where the user is, from 0."""
        return self._current

    def set_current(self, step: int) -> None:
        """Go to a step, from 0."""
        self._current = step
        name = self._names[min(step, len(self._names) - 1)]
        words = _("Step {number} of {count}: {name}")
        self.setAccessibleName(words.format(number=step + 1, count=len(self._names), name=name))
        self.setToolTip(self.accessibleName())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(), theme.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        bare = len(self._names) * theme.px(CIRCLE + 16)
        return QSize(bare + max(self._word(each) for each in self._names), theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        all_words = self.width() >= self._width()
        x = 0
        for step, name in enumerate(self._names):
            x = self._paint_circle(painter, x, step)
            if all_words or step == self._current:
                painter.setFont(theme.font(13, 600 if step == self._current else 400))
                painter.setPen(theme.tone("text" if step == self._current else "text3"))
                width = self._word(name)
                painter.drawText(QRect(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
                x += width
            if step < len(self._names) - 1:
                x = self._paint_way(painter, x, step, theme.px(40 if all_words else 0))

    def _paint_circle(self, painter: QPainter, x: int, step: int) -> int:
        side = theme.px(CIRCLE)
        area = QRect(x, (self.height() - side) // 2, side, side)
        reached = step <= self._current
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("accent" if reached else "pressed"))
        painter.drawEllipse(area)
        if step < self._current:
            inset = theme.px(5)
            paint_icon(painter, area.adjusted(inset, inset, -inset, -inset), "tick", "onAccent")
        else:
            painter.setFont(theme.font(12, 600))
            painter.setPen(theme.tone("onAccent" if reached else "text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(step + 1))
        return x + side + theme.px(8)

    def _paint_way(self, painter: QPainter, x: int, step: int, length: int) -> int:
        gap = theme.px(12 if length else 4)
        if length:
            painter.fillRect(
                x + gap, self.height() // 2, length, 1, theme.tone("accent" if step < self._current else "line2")
            )
        return x + length + 2 * gap

    def _word(self, name: str) -> int:
        return QFontMetrics(theme.font(13, 600)).horizontalAdvance(name) + 2

    def _width(self) -> int:
        words = sum(self._word(name) for name in self._names)
        return words + len(self._names) * theme.px(CIRCLE + 8) + (len(self._names) - 1) * theme.px(64)


class _Bar(QWidget):
    """A painted thing with a fixed height."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._hint = (width, height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._hint[0]), theme.px(self._hint[1]))


class SplitBar(_Bar):
    """Proportions in one bar; say the numbers in words beside it, colour alone tells nothing."""

    def __init__(self, parts: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(120, 8)
        self.set(parts)

    def set(self, parts: Sequence[tuple[int, str]]) -> None:
        """Show these (count, tone)."""
        self._parts = [(count, tone) for count, tone in parts if count > 0]
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.tone("line2" if not self._parts else "surface"))
        smallest = 4.0
        total = sum(count for count, tone in self._parts)
        room = self.width() - smallest * len(self._parts)
        x = 0.0
        for count, tone in self._parts:
            width = smallest + room * count / total
            painter.fillRect(QRectF(x, 0, width - 1, self.height()), theme.tone(tone))
            x += width


class Warmth(_Bar):
    """Five bars that tell how warm a relationship is."""

    BARS = 5

    def __init__(self, level: int = 0) -> None:
        super().__init__(44, 18)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(level)

    def set(self, level: int, how: str = "") -> None:
        """Show a level of 0 to 5; `how` says how it came about."""
        self._level = level
        words = _("Warmth {level} of 5").format(level=level)
        self.setAccessibleName(words)
        self.setToolTip(how or words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / self.BARS
        for bar in range(self.BARS):
            height = self.height() * (bar + 2) / (self.BARS + 1)
            painter.setBrush(theme.tone("accent" if bar < self._level else "line2"))
            painter.drawRoundedRect(QRectF(bar * step, self.height() - height, step - 3, height), 2, 2)
