"""The settings of reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from crm_desktop.i18n import _
from crm_desktop.settings import HALF_HOURS
from crm_desktop.ui.reminding import login_start
from crm_desktop.ui.reminding.tray import Tray
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class RemindersCard(Card):
    """Whether and when one is reminded, and whether the program is there for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Reminders"), "remind")
        self._desk = desk
        settings = desk.settings
        self.reminders = _box(_("Remind of tasks when they are due"), on=settings.reminders)
        words = _("Remind of tasks without a time at")
        self.morning = InPlaceChoice([(each, each) for each in HALF_HOURS], settings.morning)
        self.stay = _box(_("Stay in the tray when the window is closed"), on=settings.stay_in_tray)
        self.at_login = _box(_("Start when you log in"), on=login_start.is_on())
        self.add_row(self.reminders)
        self.morning.setAccessibleName(words)
        self.add_row(row(label(words), self.morning, None))
        self.add_row(self.stay)
        self.add_row(self.at_login)
        self.stay.setEnabled(Tray.is_there())
        self.at_login.setEnabled(login_start.is_offered())
        if not Tray.is_there():
            self.add_row(label(_("This computer shows no tray: reminders appear in the window."), "caption", wrap=True))
        self.reminders.toggled.connect(self._remind)
        self.morning.committed.connect(self._choose_morning)
        self.stay.toggled.connect(self._stay)
        self.at_login.toggled.connect(self._start_at_login)

    def _remind(self, on: bool) -> None:  # noqa: FBT001 - a signal passes by place
        self._desk.settings.reminders = on
        self._desk.ask("keep")

    def _choose_morning(self, code: str) -> None:
        self._desk.settings.morning = code
        self._desk.ask("keep")

    def _stay(self, on: bool) -> None:  # noqa: FBT001 - a signal passes by place
        self._desk.settings.stay_in_tray = on
        self._desk.ask("keep")

    def _start_at_login(self, on: bool) -> None:  # noqa: FBT001 - a signal passes by place
        try:
            if on:
                login_start.turn_on(self._desk.folder)
            else:
                login_start.turn_off()
        finally:
            self.at_login.blockSignals(True)
            self.at_login.setChecked(login_start.is_on())
            self.at_login.blockSignals(False)


def _box(words: str, *, on: bool) -> QCheckBox:
    made = QCheckBox(words)
    made.setAccessibleName(words)
    made.setChecked(on)
    return made
