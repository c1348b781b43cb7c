"""The worker processes of the import page: reading a file, trying an import out, writing it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTemporaryDir, Signal

from crm_desktop.jobs import Progress
from crm_desktop.ui.worker import Worker

INSPECT, CHECK, IMPORT, SAVE, TEMPLATE = "inspect", "check", "import", "save", "template"
SHOWN_ROWS = 50


class ImportWork(QObject):
    """At most one process of each kind; a newer one takes the place of an older one, whose answer nobody wants."""

    done = Signal(str, object)
    """A kind of work, and what the worker printed."""
    failed = Signal(str, str)
    """A kind of work, and a sentence."""
    progressed = Signal(str, object)
    """A kind of work, and a `Progress`."""
    cancelled = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = Path()
        """The data folder that is worked on."""
        self._workers: dict[str, Worker] = {}
        self._notes = QTemporaryDir()

    def start(self, kind: str, arguments: Sequence[str], options: Mapping[str, Any] | None = None) -> None:
        """Begin a work, with the options it reads from a file."""
        self.stop(kind)
        given = [*arguments, "--data", str(self.folder)]
        if options is not None:
            given += ["--options", str(self._written(kind, options))]
        worker = Worker(given, self)
        self._workers[kind] = worker
        worker.finished.connect(partial(self._finish, kind, worker))
        worker.failed.connect(partial(self._fail, kind, worker))
        worker.cancelled.connect(partial(self._cancel, kind, worker))
        worker.progressed.connect(partial(self._progress, kind, worker))
        worker.start()

    def stop(self, kind: str) -> None:
        """Give a work up without a word."""
        worker = self._workers.pop(kind, None)
        if worker is not None:
            worker.cancel()

    def cancel(self, kind: str) -> None:
        """End a work and tell when it has ended."""
        worker = self._workers.get(kind)
        if worker is not None:
            worker.cancel()

    def is_running(self, kind: str) -> bool:
        """Whether a work of this kind is under way."""
        return kind in self._workers

    def close(self) -> None:
        """End all work and wait until it has ended."""
        for kind in list(self._workers):
            self.stop(kind)
        for worker in self.findChildren(Worker):
            worker.wait()

    def _written(self, kind: str, options: Mapping[str, Any]) -> Path:
        path = Path(self._notes.path()) / f"{kind}.json"
        path.write_text(json.dumps(options), encoding="utf-8")
        return path

    def _ends(self, kind: str, worker: Worker) -> bool:
        """Note that a worker has ended; gives whether anybody still waits for it."""
        worker.deleteLater()
        if self._workers.get(kind) is not worker:
            return False
        del self._workers[kind]
        return True

    def _finish(self, kind: str, worker: Worker, answer: object) -> None:
        if self._ends(kind, worker):
            self.done.emit(kind, answer)

    def _fail(self, kind: str, worker: Worker, sentence: str) -> None:
        if self._ends(kind, worker):
            self.failed.emit(kind, sentence)

    def _cancel(self, kind: str, worker: Worker) -> None:
        if self._ends(kind, worker):
            self.cancelled.emit(kind)

    def _progress(self, kind: str, worker: Worker, progress: Progress) -> None:
        if self._workers.get(kind) is worker:
            self.progressed.emit(kind, progress)
