"""Looking for circular garbage on the interface's thread alone.

Python looks for it in whatever thread makes many objects. A list that is read in a thread would so let go of widgets
that are gone from the window, and Qt ends the program when another thread does that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from crm_desktop.jobs import collect_due

PAUSE_MS = 500
TICKS = 120
"""A look at everything, which may hold the window for 40 ms, comes once in so many of these: once a minute."""


class GarbageCollection(QObject):
    """Looks for garbage from time to time, when it is due by Python's own reckoning."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._ticks = 0
        self._clock = QTimer(self)
        self._clock.setInterval(PAUSE_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        self._ticks += 1
        collect_due(1 if self._ticks % TICKS else 2)
