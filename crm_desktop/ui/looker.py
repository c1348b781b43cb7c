"""A look into the data that may take a while, taken in a thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from crm_desktop.store.interruptible import Interruptible, Stopped

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

Look: TypeAlias = Callable[[Interruptible], Any]


class _News(QObject):
    """Carries what was seen to the interface's thread."""

    found = Signal(object, object)
    broke = Signal(object)


class _Looking(QRunnable):
    """Looks once."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.news = _News()
        self.data = Interruptible(workspace)
        self._look = look

    @override
    def run(self) -> None:
        is_over = False
        try:
            with suppress(Stopped):
                self.news.found.emit(self, self._look(self.data))
            is_over = True
        finally:
            if not is_over:
                self.news.broke.emit(self)


class Looker(QObject):
    """One look at a time: a newer question takes the place of an older one."""

    found = Signal(object)
    """What the look gave."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._running: _Looking | None = None

    def ask(self, look: Look) -> None:
        """Look, and tell what was found."""
        self.stop()
        self._running = _Looking(self._workspace, look)
        self._running.news.found.connect(self._take)
        self._running.news.broke.connect(self._give_up)
        QThreadPool.globalInstance().start(self._running)

    def stop(self) -> None:
        """Break off what is being read."""
        if self._running is not None:
            self._running.data.stop()
        self._running = None

    def is_reading(self) -> bool:
        """Whether something is on its way."""
        return self._running is not None

    def _give_up(self, looking: _Looking) -> None:
        """Wait no longer, after what went wrong was told by the hook for errors."""
        if looking is self._running:
            self._running = None

    def _take(self, looking: _Looking, found: object) -> None:
        if looking is self._running:
            self._running = None
            self.found.emit(found)
