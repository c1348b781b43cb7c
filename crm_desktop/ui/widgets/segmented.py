"""One of a few kinds, all in sight: icon and word side by side in one frame."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import Button, CheckButton

# On macOS ⌥ and a digit types a letter, so ⌃ is taken there; Qt calls that key Meta.
DIGIT_KEY = "Meta+{}" if sys.platform == "darwin" else "Alt+{}"
ICON = 15


class Segmented(QWidget):
    """A choice of few, as (code, icon, word); Alt and a digit choose while `scope` has the focus."""

    changed = Signal(str)

    def __init__(
        self, words: str, parts: Sequence[tuple[str, str, str]], value: str = "", *, scope: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._icons = {code: icon(name, "text2", ICON) for code, name, _word in parts if name}
        box = row(spacing=2, margins=(2, 2, 2, 2))
        for number, (code, _name, word) in enumerate(parts, 1):
            button = CheckButton(word, "part")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where one is writing
            button.setIconSize(QSize(theme.px(ICON), theme.px(ICON)))
            self._group.addButton(button)
            self._buttons[code] = button
            box.addWidget(button)
            if scope is not None:
                self._give_key(button, number, scope)
        self.setLayout(box)
        self.show_icons(shown=True)
        self.set_value(value or next(iter(self._buttons), ""))
        self._group.buttonClicked.connect(self._tell)

    def value(self) -> str:
        """The code of the part that is on."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Turn a part on without saying so."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def clear(self) -> None:
        """Turn the part off that is on."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def show_icons(self, *, shown: bool) -> None:
        """Show icons beside the words, or the words alone where there is little room."""
        for code, picture in self._icons.items():
            self._buttons[code].setIcon(picture if shown else QIcon())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tone("control") if theme.is_high_contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _give_key(self, button: Button, number: int, scope: QWidget) -> None:
        keys = QKeySequence(DIGIT_KEY.format(number))
        shortcut = QShortcut(keys, scope)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        button.explain(button.text(), keys.toString(QKeySequence.SequenceFormat.NativeText))

    def _tell(self) -> None:
        self.changed.emit(self.value())
