"""Pages of a list of tasks, read in a thread: how many there are, and so many of them from a place on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from crm_desktop.services import task_list, today
from crm_desktop.services.task_list import Asked, Listed
from crm_desktop.store.interruptible import Interruptible, Stopped

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now
    from crm_desktop.store.workspace import Workspace


class Found(NamedTuple):
    """What was read: the rows from `start` on, the counts of all sections, and when they become others."""

    asked: Asked
    at: Now
    start: int
    rows: list[Listed]
    counts: dict[str, int]
    turn: datetime


class _News(QObject):
    """Carries what was read to the interface's thread."""

    found = Signal(object, object)


class _Reading(QRunnable):
    """Reads one page."""

    def __init__(self, workspace: Workspace, asked: Asked, at: Now, start: int, most: int) -> None:
        super().__init__()
        self.news = _News()
        self.looking = Interruptible(workspace)
        self._asked, self._at, self._start, self._most = asked, at, start, most
        self._author = workspace.author

    @override
    def run(self) -> None:
        with suppress(Stopped):
            with self.looking.read() as session:
                given = (session, self._asked, self._at, self._author)
                rows = task_list.read(*given, start=self._start, most=self._most)
                counts = task_list.counts(*given)
                turn = today.next_turn(session, self._at)
            self.news.found.emit(self, Found(self._asked, self._at, self._start, rows, counts, turn))


class TaskReader(QObject):
    """One reading at a time: a newer question takes over."""

    found = Signal(object)
    """A `Found`."""

    def __init__(self, workspace: Workspace, clock: Callable[[], Now], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._clock = workspace, clock
        self._running: _Reading | None = None

    def ask(self, asked: Asked, start: int, most: int) -> None:
        """Read so many tasks from a place on."""
        self.stop()
        self._running = _Reading(self._workspace, asked, self._clock(), start, most)
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

    def _take(self, reading: _Reading, found: Found) -> None:
        if reading is self._running:
            self._running = None
            self.found.emit(found)
