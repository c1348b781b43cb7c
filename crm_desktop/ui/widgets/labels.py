"""Text that is only shown: always plain, never markup, and never cut without saying so."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import glyph, paint_icon

SHORTEST = 24


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain text in one of the roles of the style sheet: caption, label, strong, section, title and others."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(40)
        # `Minimum` would keep the height of its hint, which Qt reckons for a label as narrow as the minimum width.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


class Caption(QLabel):
    """A small grey remark."""

    def __init__(self, text: str = "", role: str = "caption") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", role)


class Kbd(Caption):
    """A keyboard shortcut in a small frame."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "key")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Elide(QLabel):
    """A label that shortens itself with an ellipsis; the full text stays as tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()

    def is_shortened(self) -> bool:
        """Whether the label shows less than its text."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(SHORTEST, self.sizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter = QPainter(self)
        place = self.alignment() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self.style().drawItemText(
            painter, area, int(place), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.is_shortened() else "")


class Picture(QWidget):
    """An icon that stands beside a text; `soft` sets it into a tinted square."""

    def __init__(self, name: str, tone: str = "text3", size: int = 16, *, soft: str = "") -> None:
        super().__init__()
        self._name, self._tone, self._size, self._soft = name, tone, size, soft
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_icon(name)

    def set_icon(self, name: str, tone: str = "") -> None:
        """Show another icon; without a name, nothing."""
        if name:
            glyph(name)
        self._name = name
        self._tone = tone or self._tone
        self.update()

    def set_tone(self, tone: str) -> None:
        """Draw it in another tone."""
        self._tone = tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        area = self.rect()
        if self._soft:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft(self._soft)[0])
            round_off = area.width() * 0.26
            painter.drawRoundedRect(area, round_off, round_off)
            inset = round(area.width() * 0.24)
            area = area.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, QRect(area), self._name, self._tone)


class Line(QFrame):
    """A hairline between things."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setFixedHeight(1)
