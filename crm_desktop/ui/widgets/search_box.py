"""Where one types to find: it also hears the letters an input method is still composing."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import Tool
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
LENS = 16
BIG_LENS = 20


class SearchBox(QLineEdit):
    """A line with a magnifying glass; `searched` carries the text and the letters still being composed."""

    searched = Signal(str)
    stepped = Signal(int)

    def __init__(self, placeholder: str, shortcut: str = "", *, big: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "palette" if big else "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMinimumWidth(120)
        self._is_big = big
        self._lens = BIG_LENS if big else LENS
        self._composing = ""
        self._said = ""
        self._clear = Tool("close", _("Clear"), self.clear)
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setIconSize(QSize(12, 12))
        self._key = Kbd(shortcut)
        self._key.setParent(self)
        self.textChanged.connect(self._tell)
        self._arrange()

    def query(self) -> str:
        """The text with the letters an input method has not turned into hanzi yet; `z's` counts as `zs`."""
        letters = "".join(letter for letter in self._composing if letter.isalnum())
        place = self.cursorPosition()
        return self.text()[:place] + letters + self.text()[place:]

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in STEPS and not event.modifiers():
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(self._lens)
        left = theme.px(10)
        paint_icon(QPainter(self), QRect(left, (self.height() - side) // 2, side, side), "search", "text3")

    def _tell(self) -> None:
        self._arrange()
        if self.query() != self._said:
            self._said = self.query()
            self.searched.emit(self._said)

    def _arrange(self) -> None:
        """Show the key where there is nothing to clear; the big box keeps it, because Esc closes its panel."""
        has_key = bool(self._key.text()) and (self._is_big or not self.query())
        self._key.setVisible(has_key)
        self._clear.setVisible(bool(self.text()) and not self._is_big)
        side = theme.px(24)
        self._clear.setGeometry(self.width() - side - 4, (self.height() - side) // 2, side, side)
        size = self._key.sizeHint()
        corner = QPoint(self.width() - size.width() - 7, (self.height() - size.height()) // 2)
        self._key.setGeometry(QRect(corner, size))
        self.setTextMargins(theme.px(self._lens + 8), 0, size.width() + 8 if has_key else side, 0)


class SearchButton(QPushButton):
    """What looks like the search line of the top bar and opens the real one."""

    def __init__(self, words: str, shortcut: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = Elide(words, "label")
        inside: QHBoxLayout = row(Picture("search", "text3", 16), spacing=8, margins=(10, 0, 6, 0))
        inside.addWidget(self.words, 1)
        if shortcut:
            inside.addWidget(Kbd(shortcut))
        self.setLayout(inside)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(520), theme.px(32))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(32))
