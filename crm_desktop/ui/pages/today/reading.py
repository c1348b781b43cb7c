"""The sections of the day, read in a thread one after the other; each is shown as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from crm_desktop.services import today, week_ahead
from crm_desktop.services.today_rules import COMING, OF_TASKS, SECTIONS
from crm_desktop.store.interruptible import Interruptible, Stopped

if TYPE_CHECKING:
    from crm_desktop.services.today import Now, Section
    from crm_desktop.store.workspace import Workspace


ORDER = sorted(SECTIONS, key=lambda code: code not in OF_TASKS)
"""Tasks are read first: they take milliseconds."""


class _News(QObject):
    """Carries what was read to the interface's thread."""

    found = Signal(object, object, object)
    over = Signal(object, object)


class _Reading(QRunnable):
    """Reads some sections as they are at one moment."""

    def __init__(self, workspace: Workspace, wanted: Mapping[str, int], at: Now) -> None:
        super().__init__()
        self.news = _News()
        self.at = at
        self.looking = Interruptible(workspace)
        self._wanted = dict(wanted)

    @override
    def run(self) -> None:
        with suppress(Stopped):
            for code, most in self._wanted.items():
                with self.looking.read() as session:
                    found = (
                        week_ahead.read(session, self.at)
                        if code == COMING
                        else today.read(session, code, self.at, most)
                    )
                self.news.found.emit(self, found, self.at)
            with self.looking.read() as session:
                turn = today.next_turn(session, self.at)
            self.news.over.emit(self, turn)


class SectionReader(QObject):
    """One reading at a time: a newer question takes over what an older one had still to read."""

    found = Signal(object, object)
    """A `Section`, and the moment (`Now`) it belongs to."""
    over = Signal(object)
    """All is read; carries the moment when it becomes another one by itself."""

    def __init__(self, workspace: Workspace, clock: Callable[[], Now], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._clock = workspace, clock
        self._running: _Reading | None = None
        self._unread: dict[str, int] = {}

    def ask(self, wanted: Mapping[str, int]) -> None:
        """Read sections, each with so many rows, tasks first."""
        self.stop()
        asked = {**self._unread, **wanted}
        self._unread = {code: asked[code] for code in ORDER if code in asked}
        self._running = _Reading(self._workspace, self._unread, self._clock())
        self._running.news.found.connect(self._take)
        self._running.news.over.connect(self._end)
        QThreadPool.globalInstance().start(self._running)

    def stop(self) -> None:
        """Break off what is being read."""
        if self._running is not None:
            self._running.looking.stop()
        self._running = None

    def is_reading(self) -> bool:
        """Whether something is on its way."""
        return self._running is not None

    def _take(self, reading: _Reading, section: Section, at: Now) -> None:
        if reading is self._running:
            self._unread.pop(section.code, None)
            self.found.emit(section, at)

    def _end(self, reading: _Reading, turn: object) -> None:
        if reading is self._running:
            self._running = None
            self.over.emit(turn)
