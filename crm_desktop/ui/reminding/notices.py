"""How a notice reaches somebody who is not looking at the window."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget


class Notifier(Protocol):
    """Tells something outside the window."""

    def notify(self, title: str, text: str) -> None:
        """Show a notice once; it goes away by itself."""


class TaskBarNotifier:
    """Where there is no tray: the window's place in the task bar asks for attention, and the card in it tells more."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.last: tuple[str, str] | None = None
        """What was told last."""

    def notify(self, title: str, text: str) -> None:
        """Mark the window in the task bar until somebody looks at it."""
        self.last = (title, text)
        QApplication.alert(self._window)
