"""Puts reminders together for one window: clock, notices, card, panel, bell and tray."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from crm_desktop.i18n import _
from crm_desktop.ui.reminding.card import ReminderCard
from crm_desktop.ui.reminding.notices import TaskBarNotifier
from crm_desktop.ui.reminding.reminders import Reminders
from crm_desktop.ui.reminding.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

    from crm_desktop.services.reminders import State
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.main_window import MainWindow
    from crm_desktop.ui.reminding.notices import Notifier
    from crm_desktop.ui.reminding.panel import RemindersPanel


class Reminding(QObject):
    """Begins to remind as soon as it is made; the sample data, which are nobody's, are only counted."""

    def __init__(self, window: MainWindow, desk: Desk, tray: Tray | None = None) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._is_leaving = False
        self._was_told = False
        self.tray = tray or (Tray(window) if Tray.is_there() else None)
        notifier: Notifier = self.tray or TaskBarNotifier(window)
        self.reminders = Reminders(desk, notifier, self, announces=not window.is_sample)
        self.card = ReminderCard(window, self.reminders, window.show_reminders, window.stack)
        self.reminders.looked.connect(self._count)
        window.keep_asked.connect(self._follow_settings)
        _application().commitDataRequest.connect(self._session_ends)
        if self.tray is not None:
            self.tray.open_asked.connect(self.open_window)
            self.tray.notice_clicked.connect(window.show_reminders)
            self.tray.quick_add_asked.connect(self._quick_add)
            self.tray.quit_asked.connect(window.quit)
        self._show_tray()
        self.reminders.start()

    @cached_property
    def _panel(self) -> RemindersPanel:
        from crm_desktop.ui.reminding.panel import RemindersPanel

        return RemindersPanel(self._window, self.reminders)

    def show_all(self) -> None:
        """Show the tasks that are due, in place of any other panel."""
        from crm_desktop.ui.panels.panel import panel_of

        self.card.dismiss()
        panel_of(type(self._panel), self._window, self._desk).show_up()

    def keeps_window(self) -> bool:
        """Whether closing the window only hides it."""
        return self.tray is not None and self._desk.settings.stay_in_tray and not self._is_leaving

    def hide_window(self) -> None:
        """Leave the window to the tray; the first time, say where it went."""
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.keep_asked.emit()
        self._window.hide()
        if not self._was_told:
            self._was_told = True
            text = _("Reminders go on. Open or quit it with its icon in the tray.")
            self.reminders.notifier.notify(_("CRM is still there"), text)

    def open_window(self) -> None:
        """Bring the window back."""
        self._window.come_forward()

    def leave(self) -> None:
        """Let the window really close, and the program end with it."""
        self._is_leaving = True
        QApplication.setQuitOnLastWindowClosed(True)
        if not self._window.isVisible():
            QApplication.quit()

    def let_go(self) -> None:
        """End: the window is closed, built anew or given other data."""
        QApplication.setQuitOnLastWindowClosed(True)
        _application().commitDataRequest.disconnect(self._session_ends)
        self.reminders.stop()
        self.card.dismiss()
        self._window.top.reminders.set_count(0)
        if self.tray is not None:
            self.tray.hide()

    def _quick_add(self) -> None:
        self.open_window()
        self._desk.ask("quick_add")

    def _count(self, state: State) -> None:
        self._window.top.reminders.set_count(len(state.due))

    def _follow_settings(self) -> None:
        self._show_tray()
        self.reminders.look()

    def _show_tray(self) -> None:
        if self.tray is not None:
            settings = self._desk.settings
            if settings.reminders or settings.stay_in_tray:
                self.tray.show()
            else:
                self.tray.hide()

    def _session_ends(self, _manager: QSessionManager) -> None:
        """The computer is shut down: nothing may hold it up."""
        self._is_leaving = True


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
