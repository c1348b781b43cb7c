"""Buttons of every weight; one filled button a screen, the rest quieter."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon

ICON_TONES = {
    "primary": "onAccent",
    "link": "accentText",
    "fix": "accentText",
    "danger": "err",
    "toast": "onToast",
}
Act = Callable[[], object]


class Button(QPushButton):
    """A button with words, in one of the kinds of the style sheet."""

    def __init__(self, text: str, kind: str = "", name: str = "", act: Act | None = None) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setAccessibleName(plain(text))
        if kind:
            self.setProperty("kind", kind)
        if name:
            self.setIcon(icon(name, ICON_TONES.get(kind, "text2"), 16))
            self.setIconSize(QSize(theme.px(16), theme.px(16)))
        if act is not None:
            self.clicked.connect(lambda: act())

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(plain(text))

    def explain(self, words: str, shortcut: str = "") -> "Button":
        """Say in a tooltip what the button does, and by which key."""
        self.setToolTip(f"{words}  {shortcut}".strip())
        return self


class Tool(QToolButton):
    """A button with an icon only; its words are tooltip and accessible name."""

    def __init__(
        self, name: str, words: str, act: Act | None = None, *, tone: str = "text2", shortcut: str = ""
    ) -> None:
        super().__init__()
        self._tone = tone
        self.set_icon(name)
        self.explain(words, shortcut)
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
        if act is not None:
            self.clicked.connect(lambda: act())

    def set_icon(self, name: str, tone: str = "") -> None:
        """Show another icon."""
        self.setIcon(icon(name, tone or self._tone, 18))

    def explain(self, words: str, shortcut: str = "") -> None:
        """Say what the button does now, and by which key."""
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {shortcut}".strip())

    @override
    def sizeHint(self) -> QSize:
        side = theme.px(32)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


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


def tool(name: str, words: str, act: Act | None = None, *, tone: str = "text2", shortcut: str = "") -> Tool:
    """A button with an icon only."""
    return Tool(name, words, act, tone=tone, shortcut=shortcut)


def plain(text: str) -> str:
    """A caption without the mark of its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
