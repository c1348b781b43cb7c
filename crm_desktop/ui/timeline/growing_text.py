"""A text box that grows with what is written into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.files.incoming import files_in, holds_files
from crm_desktop.ui.text_keys import asks_for_undo

LEAST_LINES, MOST_LINES = 2, 5
AT = {"@", "＠"}


class GrowingText(QPlainTextEdit):
    """A text box that grows with what is in it, from two lines to five if nothing else is said."""

    files_given = Signal(object)
    """Makers of files or of a picture that were pasted or dropped."""
    put_back = Signal()
    """Somebody took back what was done to the text."""
    at_typed = Signal()
    """An @ was typed where a name can begin."""

    def __init__(self, least: int = LEAST_LINES) -> None:
        super().__init__()
        self._least = least
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.ensurePolished()  # or the first picture has the height of another font and frame
        self._grow()

    def take_off(self, length: int) -> None:
        """Remove the first letters, so that Ctrl+Z brings them back."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(length, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return holds_files(source) or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if holds_files(source):
            self.files_given.emit(files_in(source))
        else:
            super().insertFromMimeData(source)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.put_back.emit()
        super().keyPressEvent(event)
        if event.text() in AT and not self._before(2)[:-1].strip():
            self.at_typed.emit()

    def take_off_at(self) -> None:
        """Remove the @ before the cursor."""
        if self._before(1) in AT:
            self.textCursor().deletePreviousChar()

    def _before(self, letters: int) -> str:
        """So many letters before the cursor."""
        end = self.textCursor().position()
        return self.toPlainText()[max(end - letters, 0) : end]

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and not self.document().isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self._height())

    def _grow(self) -> None:
        if self._height() != self.height():
            self.setFixedHeight(self._height())

    def _height(self) -> int:
        lines = max(self._least, min(max(MOST_LINES, 2 * self._least), int(self.document().size().height())))
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + around
