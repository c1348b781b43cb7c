"""The days that are seen, read in a thread; a newer question takes the place of an older one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from crm_desktop.services import calendar
from crm_desktop.store.interruptible import Interruptible, Stopped

if TYPE_CHECKING:
    from crm_desktop.services.today import Now
    from crm_desktop.store.workspace import Workspace


class _News(QObject):
    """Carries what was read to the interface's thread."""

    found = Signal(object, object)


class _Reading(QRunnable):
    def __init__(self, workspace: Workspace, first: date, last: date, at: Now, owner: int | None) -> None:
        super().__init__()
        self.news = _News()
        self.looking = Interruptible(workspace)
        self._asked = first, last, at, owner

    @override
    def run(self) -> None:
        first, last, at, owner = self._asked
        with suppress(Stopped):
            with self.looking.read() as session:
                found = calendar.read(session, first, last, at, owner=owner)
            self.news.found.emit(self, found)


class SpanReader(QObject):
    """Reads the days of the calendar."""

    found = Signal(object)
    """A `Span`."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._running: _Reading | None = None

    def ask(self, first: date, last: date, at: Now, owner: int | None) -> None:
        """Read these days."""
        self.stop()
        self._running = _Reading(self._workspace, first, last, at, owner)
        self._running.news.found.connect(self._take)
        QThreadPool.globalInstance().start(self._running)

    def stop(self) -> None:
        """Break off what is being read."""
        if self._running is not None:
            self._running.looking.stop()
        self._running = None

    def is_reading(self) -> bool:
        """Whether something is on its way."""
        return self._running is not None

    def _take(self, reading: _Reading, span: calendar.Span) -> None:
        if reading is self._running:
            self._running = None
            self.found.emit(span)
