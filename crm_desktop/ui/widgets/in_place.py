"""Values that look like text until they are hovered or focused, and are saved on leaving them."""

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QStyle, QStyleOptionFrame
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import set_look

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
STAYS = {Qt.FocusReason.PopupFocusReason}  # a context menu or completer; everything else is leaving
NARROWEST = 60


class InPlaceLine(QLineEdit):
    """A line of text edited in place: Enter, Tab or leaving saves, Esc restores, F2 selects all."""

    committed = Signal(str)
    typed = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "place")
        self.setMinimumWidth(NARROWEST)
        self.setPlaceholderText(placeholder)
        self._saved = ""
        self.set_value(text)
        self.textEdited.connect(self.typed)

    def value(self) -> str:
        """The text as it stands now, saved or not."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show what is saved; what somebody is just typing is left alone."""
        typing = self.hasFocus() and self.text() != self._saved
        self._saved = text
        if typing or self.text() == text:
            return
        self.setText(text)
        self.setCursorPosition(0)
        self._tell()

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self, "state", state)

    def commit(self) -> None:
        """Save what was typed, if it differs from what is saved."""
        if self.text() != self._saved:
            self._saved = self.text()
            self.committed.emit(self._saved)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._saved:
            self.setText(self._saved)
            self.typed.emit(self._saved)
        elif event.key() == Qt.Key.Key_F2:
            self.selectAll()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.commit()
            self.setCursorPosition(0)
            self._tell()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that is too long ends in “…” while nobody works on it."""
        if self.hasFocus() or not self._is_cut():
            super().paintEvent(event)
            return
        painter, frame = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(frame)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, frame, painter, self)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().text().color())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width() - theme.px(12)

    def _tell(self) -> None:
        self.setToolTip(self.text() if self._is_cut() else "")


class InPlaceText(QPlainTextEdit):
    """A text of several lines that grows with what is in it: Ctrl+Enter or leaving saves, Esc restores."""

    committed = Signal(str)
    typed = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", *, most_lines: int = 16) -> None:
        super().__init__()
        self.setProperty("kind", "place")
        self.setMinimumWidth(NARROWEST)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self._most_lines = most_lines
        self._saved = ""
        self._quiet = False
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(self._tell)
        self.set_value(text)

    def value(self) -> str:
        """The text as it stands now, saved or not."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show what is saved; what somebody is just typing is left alone."""
        typing = self.hasFocus() and self.toPlainText() != self._saved
        self._saved = text
        if not typing and self.toPlainText() != text:
            self._replace(text)

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self, "state", state)

    def commit(self) -> None:
        """Save what was typed, if it differs from what is saved."""
        if self.toPlainText() != self._saved:
            self._saved = self.toPlainText()
            self.committed.emit(self._saved)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self._height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._saved:
            self._replace(self._saved)
            self.typed.emit(self._saved)
        elif event.key() == Qt.Key.Key_F2:
            self.selectAll()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.commit()

    def _replace(self, text: str) -> None:
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def _tell(self) -> None:
        if not self._quiet:
            self.typed.emit(self.toPlainText())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Ask for the height the text needs; a layout at work hears nothing, so the height is fixed as well."""
        if self._height() != self.height():
            self.setFixedHeight(self._height())

    def _height(self) -> int:
        around = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return max(theme.px(28), min(self._lines(), self._most_lines * self.fontMetrics().lineSpacing()) + around)

    def _lines(self) -> int:
        """How high the text is, up to a little more than can be shown; hanzi are higher than the font says."""
        enough = (self._most_lines + 1) * self.fontMetrics().lineSpacing()
        layout, block, height = self.document().documentLayout(), self.document().firstBlock(), 0.0
        while block.isValid() and height < enough:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return ceil(height)
