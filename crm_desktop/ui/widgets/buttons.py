"""Buttons of every weight; one filled button a screen, the rest quieter."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon

ICON_TONES = {
    "primary": "onAccent",
    "link": "accentText",
    "fix": "accentText",
    "danger": "err",
    "toast": "onToast",
}
Act: TypeAlias = Callable[[], object]
ICON = 16
GAP = 4
LINK_EDGE = 5
"""The pixels between the edge of a link, which is seen with the focus only, and its words."""
SMALL = 26
SPARE = 4  # widths are rounded, and by different rules


class Button(QPushButton):
    """A button with words, in one of the kinds of the style sheet; its icon grows with the text size."""

    def __init__(self, text: str, kind: str = "", name: str = "", act: Act | None = None) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setAccessibleName(plain(text))
        self._fit_icon()
        if kind:
            self.setProperty("kind", kind)
        if name:
            self.setIcon(icon(name, ICON_TONES.get(kind, "text2"), ICON))
        if act is not None:
            self.clicked.connect(_without_checked(act))

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(plain(text))

    def explain(self, words: str, shortcut: str = "") -> "Button":
        """Say in a tooltip what the button does, and by which key."""
        self.setToolTip(f"{words}  {shortcut}".strip())
        return self

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_icon()

    def _fit_icon(self) -> None:
        """Give the icon its size and a gap to the words, which the style sheet cannot."""
        self.setIconSize(QSize(theme.px(ICON + GAP), theme.px(ICON)))


class ElideButton(Button):
    """A button that shortens its words where there is no room; tooltip and accessible name stay whole."""

    def __init__(self, text: str, kind: str = "", name: str = "", act: Act | None = None) -> None:
        self._words = text
        super().__init__(text, kind, name, act)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        self._words = text
        super().setText(text)
        self.updateGeometry()
        self._shorten()

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        shown = self.fontMetrics().horizontalAdvance(self.text())
        whole = self.fontMetrics().horizontalAdvance(self._words) + SPARE
        return QSize(size.width() - shown + whole, size.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(64), self.sizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(self._words) - SPARE
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(self.width() - around, 0))
        QPushButton.setText(self, shown)
        self.setToolTip(self._words if shown != self._words else "")


class CheckButton(Button):
    """One of several of which some are on: as wide as its words are then, which are bold."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text, kind)
        self.setCheckable(True)

    @override
    def sizeHint(self) -> QSize:
        size, words = super().sizeHint(), self.text()
        bold = QFontMetrics(theme.font(12, 600)).horizontalAdvance(words)
        return size + QSize(max(bold - self.fontMetrics().horizontalAdvance(words), 0), 0)


class Tool(QToolButton):
    """A button with an icon only; its words are tooltip and accessible name."""

    def __init__(
        self, name: str, words: str, act: Act | None = None, *, tone: str = "text2", shortcut: str = "", side: int = 32
    ) -> None:
        super().__init__()
        self._tone, self._side = tone, side
        self.set_icon(name)
        self.explain(words, shortcut)
        self.setIconSize(_square(self._icon_side()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if act is not None:
            self.clicked.connect(_without_checked(act))

    def set_icon(self, name: str, tone: str = "") -> None:
        """Show another icon."""
        self.setIcon(icon(name, tone or self._tone, self._icon_side()))

    def explain(self, words: str, shortcut: str = "") -> None:
        """Say what the button does now, and by which key."""
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {shortcut}".strip())

    @override
    def sizeHint(self) -> QSize:
        return _square(self._side)

    @override
    def minimumSizeHint(self) -> QSize:
        return _square(self._side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(_square(self._icon_side()))

    def _icon_side(self) -> int:
        return 18 if self._side > SMALL else 14


def primary(text: str, name: str = "", act: Act | None = None) -> Button:
    """The one filled button of a screen."""
    return Button(text, "primary", name, act)


def secondary(text: str, name: str = "", act: Act | None = None) -> Button:
    """A framed button."""
    return Button(text, "", name, act)


def small(text: str, name: str = "", act: Act | None = None) -> Button:
    """A framed button for bars and rows."""
    return Button(text, "small", name, act)


def flat(text: str, name: str = "", act: Act | None = None) -> Button:
    """A button without a frame until the mouse is over it."""
    return Button(text, "flat", name, act)


def link(text: str, name: str = "", act: Act | None = None) -> Button:
    """A button that reads like a link."""
    made = Button(text, "link", name, act)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def danger(text: str, name: str = "", act: Act | None = None) -> Button:
    """A button for what loses something."""
    return Button(text, "danger", name, act)


def tool(
    name: str, words: str, act: Act | None = None, *, tone: str = "text2", shortcut: str = "", side: int = 32
) -> Tool:
    """A button with an icon only."""
    return Tool(name, words, act, tone=tone, shortcut=shortcut, side=side)


def plain(text: str) -> str:
    """A caption without the mark of its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _square(side: int) -> QSize:
    return QSize(theme.px(side), theme.px(side))


def _without_checked(act: Act) -> Callable[[bool], None]:
    """Qt tells whether the button is checked; what is to be done does not ask."""

    def clicked(checked: bool = False) -> None:  # noqa: ARG001, FBT001, FBT002 - Qt's own signature
        act()

    return clicked
