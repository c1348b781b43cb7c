"""The dark note at the bottom that says what was done and offers to take it back."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import Act, Button, Tool
from crm_desktop.ui.widgets.labels import Picture, label
from crm_desktop.ui.widgets.shadow import SHADOW, DarkCard

SECONDS = 8
FROM_BOTTOM = 44
WIDEST = 640


class Toast(DarkCard):
    """One note: a mark, a sentence and its action, seldom a second one."""

    gone = Signal()

    def __init__(
        self, parent: QWidget, text: str, action: str = "", act: Act | None = None, *, tone: str = "ok"
    ) -> None:
        super().__init__(parent)
        self._act = act
        self._more: Act | None = None
        self.setAccessibleName(text)
        self.words = label(text, "toast", wrap=False)
        self.words.setMaximumWidth(theme.px(WIDEST) - 200)
        self.words.setWordWrap(self.words.sizeHint().width() > theme.px(WIDEST) - 200)
        box = row(Picture(tone, "toastMark" if tone == "ok" else "toastDoubt", 18), self.words, spacing=10)
        box.setContentsMargins(SHADOW + 14, SHADOW + 6, SHADOW + 8, SHADOW + 6)
        self.button = Button(action, "toast", act=self._do)
        self.dismiss = Tool("close", _("Close"), self.leave, tone="onToast", side=26)
        self.dismiss.setProperty("kind", "toast")
        self._box = box
        box.addWidget(self.button)
        box.addWidget(self.dismiss)
        self.setLayout(box)
        self.button.setVisible(bool(action))  # in its place by now: alone it would be a window
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SECONDS * 1000)
        self._clock.timeout.connect(self.leave)
        self._clock.start()

    def offer(self, action: str, act: Act) -> None:
        """Put a second action beside the first."""
        self._more = act
        self.second = Button(action, "toast", act=self._do_more)
        self._box.insertWidget(self._box.indexOf(self.dismiss), self.second)

    def leave(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.gone.emit()
            self.deleteLater()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._clock.start()

    @override
    def escape(self) -> None:
        self.leave()

    def _do(self) -> None:
        self.leave()
        if self._act is not None:
            self._act()

    def _do_more(self) -> None:
        self.leave()
        if self._more is not None:
            self._more()


class ToastHost(QObject):
    """Shows notes at the bottom centre of a window, one at a time; F8 goes to the action and back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.current: Toast | None = None
        window.installEventFilter(self)
        self._key = QShortcut(QKeySequence(Qt.Key.Key_F8), window)
        self._key.activated.connect(self.focus)

    def show(self, text: str, action: str = "", act: Act | None = None, *, tone: str = "ok") -> Toast:
        """Say something for eight seconds; a note still there gives way."""
        if self.current is not None:
            self.current.leave()
        self.current = Toast(self._window, text, action, act, tone=tone)
        self.current.gone.connect(self._forget)
        self._place()
        self.current.show()
        self.current.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, f"{text} {action}".strip()))
        return self.current

    def offer(self, action: str, act: Act) -> None:
        """Put a second action into the note that is on screen."""
        if self.current is not None:
            self.current.offer(action, act)
            self._place()

    def focus(self) -> None:
        """Go to the action of the note, and with the next call back to where one was."""
        toast = self.current
        if toast is None:
            return
        there = QApplication.focusWidget()
        if there is not None and toast.isAncestorOf(there):
            self._give_back()
            return
        self._before = there
        (toast.button if toast.button.text() else toast.dismiss).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self.current is not None:
            self.current.adjustSize()
            left = (self._window.width() - self.current.width()) // 2
            self.current.move(left, self._window.height() - self.current.height() - FROM_BOTTOM + SHADOW)

    def _forget(self) -> None:
        toast, self.current = self.current, None
        there = QApplication.focusWidget()
        if toast is not None and there is not None and toast.isAncestorOf(there):
            self._give_back()

    def _give_back(self) -> None:
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None
