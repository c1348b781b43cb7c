"""Keeps the search up to date behind the window: what a large step left for later is done in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.jobs import Progress
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace


class CatchingUp(QObject):
    """At most one process; what fails or is given up is taken up again after the next large step or start."""

    moved = Signal()
    """It came further, or to its end."""

    def __init__(self, workspace: Workspace, folder: DataFolder, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._folder = workspace, folder
        self._worker: Worker | None = None
        self._is_asked = False
        self.progress: Progress | None = None
        """How far it is, while it is at work."""

    def refresh(self, change: Change) -> None:
        """Look whether a step left something to do."""
        if change.is_big:
            self.look()

    def look(self) -> None:
        """Begin, when there is anything to do."""
        from crm_desktop.store import search_later

        if self._worker is not None:
            self._is_asked = True
        elif search_later.is_waiting(self._workspace):
            self._worker = Worker(["index", "--data", str(self._folder.path), "--progress"], self)
            self._worker.progressed.connect(self._hear)
            for ended in (self._worker.finished, self._worker.failed, self._worker.cancelled):
                ended.connect(self._end)
            self._worker.start()

    def close(self) -> None:
        """Stop; the rest is done another time."""
        self._is_asked = False
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()

    def _hear(self, progress: Progress) -> None:
        self.progress = progress
        self.moved.emit()

    def _end(self, *_answer: object) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None
        self.progress = None
        self.moved.emit()
        if self._is_asked:
            self._is_asked = False
            self.look()
