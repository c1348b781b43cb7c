"""Small rounded labels: states, filters and tags."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QWidget

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.buttons import CheckButton
from crm_desktop.ui.widgets.flow import FlowLayout

HEIGHT = 22
SIDE = 9
ICON = 13
GAP = 4


def chip_width(text: str, name: str = "") -> int:
    """How wide a chip is that shows all its text."""
    words = QFontMetrics(theme.font(12)).horizontalAdvance(text)
    return words + 2 + 2 * theme.px(SIDE) + (theme.px(ICON + GAP) if name else 0)


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: str = "plain", name: str = "") -> None:
    """Draw a chip into `rect`, shortening its text where it must; for delegates as for `Chip`."""
    fill, ink = theme.soft(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(ink) if theme.is_high_contrast() else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    inside = rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
    if name:
        side = theme.px(ICON)
        spot = QRect(inside.left(), rect.center().y() - side // 2, side, side)
        paint_icon(painter, spot, name, "text2" if tone == "plain" else "accentText" if tone == "accent" else tone)
        inside.setLeft(spot.right() + 1 + theme.px(GAP))
    painter.setFont(theme.font(12))
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    side = Qt.AlignmentFlag.AlignLeft if name else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | side, shown)
    painter.restore()


class Chip(QLabel):
    """A word in a soft colour; `tone` is accent, ok, warn, err, violet, teal or plain."""

    def __init__(self, text: str = "", tone: str = "plain", icon: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, tone, icon)

    def set(self, text: str, tone: str = "plain", icon: str = "") -> None:
        """Show another word."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def is_shortened(self) -> bool:
        """Whether the chip shows less than its text."""
        return self.width() < chip_width(self.text(), self._icon)

    @override
    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text(), self._icon), theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(48), self.sizeHint().width()), theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.text():
            paint_chip(QPainter(self), self.rect(), self.text(), self._tone, self._icon)


class FilterChips(QWidget):
    """A row of filters of which one is on, wrapping when there is no room."""

    changed = Signal(str)

    def __init__(self, words: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self, gap=6)
        self._buttons: dict[str, QPushButton] = {}
        self.set_choices(choices)
        self._group.buttonClicked.connect(self._tell)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (code, words); the one that was on stays on if it is still there, else the first."""
        current = self.value()
        if list(self._buttons) == [code for code, words in choices]:
            for code, words in choices:
                self._buttons[code].setText(words)
            return
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for code, words in choices:
            button = CheckButton(words, "filter")
            self._group.addButton(button)
            self._flow.addWidget(button)
            self._buttons[code] = button
        self.set_value(current if current in self._buttons else next(iter(self._buttons), ""))

    def value(self) -> str:
        """The code of the filter that is on."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Turn a filter on without saying so."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def _tell(self) -> None:
        self.changed.emit(self.value())


class TagChip(QWidget):
    """A tag that can be taken off: by its cross, or with Delete while it has the focus."""

    removed = Signal(str)

    def __init__(self, text: str, tone: str = "plain") -> None:
        super().__init__()
        self._text, self._tone = text, tone
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Tag {name}, press Delete to take it off").format(name=text))
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The tag."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text) + theme.px(16), theme.px(24))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(64), self.sizeHint().width()), theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect().adjusted(0, 1, 0, -1), "", self._tone)
        ink = theme.soft(self._tone)[1]
        painter.setFont(theme.font(12))
        painter.setPen(ink)
        inside = self.rect().adjusted(theme.px(SIDE), 0, -theme.px(24), 0)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        inset = theme.px(7)
        paint_icon(painter, self._cross().adjusted(inset, inset, -inset, -inset), "close", "text2")
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tone("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._cross().contains(event.position().toPoint()):
            self.removed.emit(self._text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self._text)
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRect:
        side = self.height()
        return QRect(self.width() - side, 0, side, side)
