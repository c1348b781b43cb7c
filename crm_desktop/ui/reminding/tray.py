"""The program's place in the system's tray: notices, and a menu to open, to capture and to quit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.icons import icon

NOTICE_MS = 15_000


class Tray(QObject):
    """An icon with a menu; it tells notices as the system does, without a network."""

    open_asked = Signal()
    quick_add_asked = Signal()
    quit_asked = Signal()
    notice_clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.menu = QMenu(window)
        for words, asked in (
            (_("Open"), self.open_asked),
            (_("Quick add…"), self.quick_add_asked),
            (_("Quit"), self.quit_asked),
        ):
            self.menu.addAction(words).triggered.connect(asked)
        self._icon = QSystemTrayIcon(icon("contact", "accent", 22), self)
        self._icon.setToolTip(_("CRM"))
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.notice_clicked)

    @staticmethod
    def is_there() -> bool:
        """Whether this computer has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear in the tray."""
        self._icon.show()

    def hide(self) -> None:
        """Leave the tray."""
        self._icon.hide()

    def notify(self, title: str, text: str) -> None:
        """Show a notice of the system."""
        self._icon.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, NOTICE_MS)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_asked.emit()
