"""Correcting what was written, right where it stands."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.in_place import ENTER, STAYS, InPlaceText
from crm_desktop.ui.widgets.labels import label

MOST_LINES = 12


class BubbleEditor(QFrame):
    """The text of one entry while it is being corrected: Ctrl+Enter or leaving saves, Esc does not."""

    saved = Signal(object, str)
    """Key and new text."""
    closed = Signal()
    """Done by a key: the focus goes back to the entry."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.key = 0
        self._before = ""
        self.text = _Text(most_lines=MOST_LINES)
        self.text.setAccessibleName(_("Text of the entry"))
        self.text.accepted.connect(self._accept)
        self.text.dropped.connect(self._close)
        self.text.left.connect(self.finish)
        self.wrong = label("", "err", wrap=True)
        self.wrong.hide()
        self.setLayout(column(self.text, self.wrong, spacing=2, margins=(2, 2, 2, 2)))
        self.hide()

    def open(self, key: int, text: str, area: QRect) -> None:
        """Begin with the text of an entry, over the place where it is shown."""
        self.key, self._before = key, text
        self._complain("")
        self.text.set_value(text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.show()
        self.follow(area)
        self.raise_()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, area: QRect) -> None:
        """Stay over the entry."""
        self.setFixedWidth(area.width())
        self.move(area.topLeft())
        self.adjustSize()

    def finish(self) -> None:
        """Save and close, because somebody went elsewhere; an emptied text is no correction."""
        if self.isVisible():
            self.hide()
            if self.text.value().strip():
                self._save()

    def _accept(self) -> None:
        if self.text.value().strip():
            self._close()
            self._save()
        else:
            self._complain(_("Write what was said, or delete the entry."))

    def _save(self) -> None:
        if self.text.value() != self._before:
            self.saved.emit(self.key, self.text.value())

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _complain(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.text.set_state("err" if sentence else "")
        self.text.setAccessibleDescription(sentence)
        self.adjustSize()


class _Text(InPlaceText):
    """A growing text that tells how one was done with it."""

    accepted = Signal()
    dropped = Signal()
    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        QPlainTextEdit.focusOutEvent(self, event)  # leaving is the frame's business
        if event.reason() not in STAYS:
            self.left.emit()
