"""The rail at the far left: one labelled button a view."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.count import paint_count

WIDTH = 74
BUTTON = (60, 55)
LOWEST = 44


class Rail(QFrame):
    """Buttons in an upper and a lower group, one of them on; `changed` carries its code."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAccessibleName(_("Views"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._top = column(spacing=4)
        self._bottom = column(spacing=4)
        box = column(self._top, None, self._bottom, spacing=4, margins=(7, 8, 7, 8))
        self.setLayout(box)
        self._group.buttonClicked.connect(self._tell)

    def add(self, code: str, name: str, word: str, *, bottom: bool = False, shortcut: str = "") -> "RailButton":
        """Put a button at the end of a group."""
        button = RailButton(name, word, shortcut)
        self._buttons[code] = button
        self._group.addButton(button)
        (self._bottom if bottom else self._top).addWidget(button)
        return button

    def button(self, code: str) -> "RailButton | None":
        """The button of a view."""
        return self._buttons.get(code)

    def value(self) -> str:
        """The code of the button that is on."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Turn a button on without saying so; a view without a button turns all off."""
        self._group.setExclusive(code in self._buttons)
        for each, button in self._buttons.items():
            button.setChecked(each == code)
        self._group.setExclusive(True)

    def set_count(self, code: str, count: int) -> None:
        """Show how many things wait behind a button; 0 shows nothing."""
        self._buttons[code].set_count(count)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), super().minimumSizeHint().height())

    def _tell(self) -> None:
        self.changed.emit(self.value())


class RailButton(QToolButton):
    """An icon with a word below it, and perhaps a number."""

    def __init__(self, name: str, word: str, shortcut: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self._word, self._count = word, 0
        self.setText(word)
        self.setIcon(icon(name, "text2", 21))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setAccessibleName(word)
        self.setToolTip(f"{word}  {shortcut}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._fit()

    def _fit(self) -> None:
        self.setIconSize(QSize(theme.px(21), theme.px(21)))
        self.setMaximumHeight(theme.px(BUTTON[1]))

    def set_count(self, count: int) -> None:
        """Show a number at the corner."""
        self._count = count
        self.setAccessibleName(f"{self._word} {count}" if count else self._word)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(BUTTON[0]), theme.px(BUTTON[1]))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(BUTTON[0]), theme.px(LOWEST))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            paint_count(self, self._count)
