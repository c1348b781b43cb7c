"""Keeps the search up to date behind the window: what a large step left for later is done in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.ui.looker import Looker
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.jobs import Progress
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

REST_MS, PAUSE_MS = 1000, 20
"""How long nothing is written before the index is merged, and how long is waited between two bits of that."""


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
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.merge)
        self._merging = Looker(workspace, self)
        self._merging.found.connect(self._merge_on)

    def refresh(self, change: Change) -> None:
        """Look whether a step left something to do."""
        if change.is_big:
            self.look()
        self._rest.start(REST_MS)

    def merge(self) -> None:
        """Merge what the index has gathered, a bit at a time."""
        from crm_desktop.store.search_merging import merge

        if self._worker is None:
            self._merging.ask(lambda _data: merge(self._workspace))

    def _merge_on(self, is_more: bool) -> None:  # noqa: FBT001 - what the merging gives
        if is_more:
            self._rest.start(PAUSE_MS)

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
        self._rest.stop()
        self._merging.stop()
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
