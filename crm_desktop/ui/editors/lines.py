"""Editors of text: one line, or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.text_keys import asks_for_undo
from crm_desktop.ui.widgets.in_place import ENTER, InPlaceLine, InPlaceText

LEAVES_OPEN = Qt.FocusReason.PopupFocusReason


class LineEditor(InPlaceLine):
    """One line; what is easier to read than to edit, such as ¥860,000, shows its plain text while edited."""

    entered = QtSignal(str)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._edit = self._shown = ""
        self._offered: Callable[[], Sequence[str]] | None = None
        self._choices: _Choices | None = None
        self.committed.connect(self.entered)

    def offer(self, words: Callable[[], Sequence[str]]) -> None:
        """Offer words used before while one is typing; they are read when the line is first entered."""
        self._offered = words

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        self._edit, self._shown = text, shown or text
        self.set_value(self._edit if self.hasFocus() else self._shown)

    def hold(self, saved: str, typed: str) -> None:
        """Keep what was typed; Esc brings back what is saved."""
        self._edit = self._shown = self._saved = saved
        if self.text() != typed:
            self.setText(typed)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._edit != self._shown and self.text() == self._shown:
            self.set_value(self._edit)
        if self._offered is not None:
            self._choices = _Choices(self._offered())
            self.setCompleter(self._choices)
            self._choices.activated.connect(self.commit, Qt.ConnectionType.QueuedConnection)
            self._offered = None
        super().focusInEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._choices is not None and self._choices.takes(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and self.text() == self._saved:
            event.ignore()
            return False
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != LEAVES_OPEN and self.text() == self._edit:
            self.set_value(self._shown)


class _Choices(QCompleter):
    """Words that are offered below a line while one is typing."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(list(words))
        self._list = QListView()
        self._list.setProperty("kind", "pick")
        self._list.setAccessibleName(_("Used before"))
        self.setPopup(self._list)
        theme.dress(self._list)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the list: Enter when one of its words is chosen, Esc to close it."""
        if not self._list.isVisible():
            return False
        is_answer = event.key() in ENTER and self._list.currentIndex().isValid()
        return is_answer or event.key() == Qt.Key.Key_Escape


class TextEditor(InPlaceText):
    """Several lines."""

    entered = QtSignal(str)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self.committed.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:  # noqa: ARG002 - a long text reads as it is edited
        """Say what is saved."""
        self.set_value(text)

    def hold(self, saved: str, typed: str) -> None:
        """Keep what was typed; Esc brings back what is saved."""
        if self.toPlainText() != typed:
            self._replace(typed)
        self._saved = saved

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and self.toPlainText() == self._saved:
            event.ignore()
            return False
        return super().event(event)
