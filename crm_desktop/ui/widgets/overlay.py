"""A panel that floats over the window: quick add, the palette, pickers."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.shadow import paint_shadow

EDGE = 16
SHADOW, DROP = 48, 16


class Overlay(QWidget):
    """Dims the window and holds `panel`; Esc or a click beside it closes, the focus stays inside and is given back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, window: QWidget, words: str, *, width: int = 680, top: int = 96) -> None:
        super().__init__(window)
        self.setAccessibleName(words)
        self._window, self._width, self._top = window, width, top
        self._before: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "panel")
        self.panel.setAccessibleName(words)
        self.body = column(spacing=8, margins=(12, 12, 12, 12))
        self.panel.setLayout(self.body)
        self.panel.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self, first: QWidget | None = None) -> None:
        """Show the panel with the focus on `first`, or on the first thing that takes it."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.body.invalidate()  # what changed while nobody saw it has not been laid out
        self.body.activate()
        self.raise_()
        target = first or next(iter(self._stops()), self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def dismiss(self) -> None:
        """Close the panel and give the focus back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None
        self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and self.isVisible():
            self._fit()
        return False

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        there = QApplication.focusWidget()
        at = stops.index(there) if there in stops else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()  # no key reaches the page below

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tone("scrim"))
        paint_shadow(painter, QRectF(self.panel.geometry()), 12, SHADOW, DROP)

    def _stops(self) -> list[QWidget]:
        """What Tab visits, in its order."""
        wanted = {each for each in self.panel.findChildren(QWidget) if self._is_stop(each)}
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and len(found) < len(wanted):
            if widget in wanted:
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def _is_stop(self, widget: QWidget) -> bool:
        wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        return wants and widget.isVisibleTo(self.panel) and widget.isEnabled()

    def _fit(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(theme.px(self._width), window.width() - 2 * EDGE)
        top = min(theme.px(self._top), window.height() // 8)
        wanted = (
            self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.panel.sizeHint().height()
        )
        height = min(wanted, window.height() - top - EDGE)
        before, now = self.panel.geometry(), QRect((window.width() - width) // 2, top, width, height)
        if now != before:
            self.panel.setGeometry(now)
            # No more than that: below the rest, the whole window would have to be drawn again.
            self.update((before | now).adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW + DROP))
