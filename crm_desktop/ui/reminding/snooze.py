"""The button that puts tasks off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from crm_desktop.i18n import _
from crm_desktop.services import snoozing
from crm_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from crm_desktop.services.reminders import Due
    from crm_desktop.ui.reminding.reminders import Reminders


class SnoozeButton(Button):
    """Drops a menu of how long."""

    def __init__(self, reminders: Reminders, due: Callable[[], Sequence[Due]], kind: str) -> None:
        super().__init__(_("Snooze"), kind, "" if kind == "toast" else "dormant", self.drop)
        self._reminders, self._due = reminders, due
        self.choices = QMenu(self)
        for code, words in snoozing.choices():
            self.choices.addAction(words).triggered.connect(partial(self._snooze, code))

    def drop(self) -> None:
        """Show the menu below the button, its first line chosen."""
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.choices.setActiveAction(self.choices.actions()[0])

    def _snooze(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self._reminders.snooze(self._due(), code)
