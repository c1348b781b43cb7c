"""The worker processes of the import page: reading a file, trying an import out, writing it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTemporaryDir, QTimer, Signal

from crm_desktop.jobs import Progress
from crm_desktop.ui.worker import Worker, as_object

INSPECT, CHECK, IMPORT, SAVE, TEMPLATE = "inspect", "check", "import", "save", "template"
SHOWN_ROWS = 50
KEPT_MS = 10 * 60 * 1000
"""How long the plan of a trial is kept: that of a large file takes hundreds of megabytes."""


class Trial(Worker):
    """Tries an import out, keeps its plan, and carries that out when it is told to: nothing is read again."""

    answered = Signal(object)
    """What the trial came to."""

    def __init__(self, arguments: Sequence[str], parent: QObject) -> None:
        super().__init__(arguments, parent)
        self._has_answered = False
        self._process.readyReadStandardOutput.connect(self._hear_answer)

    def go(self, *arguments: str) -> None:
        """Import what was tried out."""
        self._process.write(" ".join(("import", *arguments, "\n")).encode())

    def _hear_answer(self) -> None:
        if not self._has_answered and self._process.canReadLine():
            self._has_answered = True
            self.answered.emit(as_object(bytes(self._process.readLine().data())))


class ImportWork(QObject):
    """At most one process of each kind; a newer one takes the place of an older one, whose answer nobody wants.

    What was tried out last waits to be imported.
    """

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
        self._tried: Trial | None = None
        self._notes = QTemporaryDir()
        self._kept = QTimer(self)
        self._kept.setSingleShot(True)
        self._kept.setInterval(KEPT_MS)
        self._kept.timeout.connect(self._let_go)

    def start(self, kind: str, arguments: Sequence[str], options: Mapping[str, Any] | None = None) -> None:
        """Begin a work, with the options it reads from a file."""
        self.stop(kind)
        given = [*arguments, "--data", str(self.folder)]
        if options is not None:
            given += ["--options", str(self._written(kind, options))]
        worker = self._trial(given) if kind == CHECK else Worker(given, self)
        self._workers[kind] = worker
        worker.finished.connect(partial(self._finish, worker))
        worker.failed.connect(partial(self._fail, worker))
        worker.cancelled.connect(partial(self._cancel, worker))
        worker.progressed.connect(partial(self._progress, worker))
        worker.start()

    def import_what_was_tried(self, *arguments: str) -> bool:
        """Carry out what the last trial planned; gives whether its plan is still there."""
        trial, self._tried = self._tried, None
        if trial is None or not trial.is_running():
            return False
        self._workers[IMPORT] = trial
        trial.go(*arguments)
        return True

    def _trial(self, given: Sequence[str]) -> Trial:
        trial = Trial(given, self)
        trial.answered.connect(partial(self._keep, trial))
        return trial

    def _keep(self, trial: Trial, answer: object) -> None:
        """A trial came to its end, and waits."""
        if self._workers.get(CHECK) is trial:
            del self._workers[CHECK]
            self._tried = trial
            self._kept.start()
            self.done.emit(CHECK, answer)

    def _let_go(self) -> None:
        """Keep the plan of the last trial no longer."""
        trial, self._tried = self._tried, None
        if trial is not None:
            trial.cancel()

    def stop(self, kind: str) -> None:
        """Give a work up without a word."""
        worker = self._workers.pop(kind, None)
        if worker is not None:
            worker.cancel()
        if kind in (CHECK, IMPORT):
            self._let_go()

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
        for kind in (*self._workers, CHECK):
            self.stop(kind)
        for worker in self.findChildren(Worker):
            worker.wait()

    def _written(self, kind: str, options: Mapping[str, Any]) -> Path:
        path = Path(self._notes.path()) / f"{kind}.json"
        path.write_text(json.dumps(options), encoding="utf-8")
        return path

    def _ends(self, worker: Worker) -> str | None:
        """Note that a worker has ended; gives the kind of work that somebody still waits for."""
        worker.deleteLater()
        if self._tried is worker:
            self._tried = None
        kind = self._kind(worker)
        if kind is not None:
            del self._workers[kind]
        return kind

    def _kind(self, worker: Worker) -> str | None:
        return next((kind for kind, each in self._workers.items() if each is worker), None)

    def _finish(self, worker: Worker, answer: object) -> None:
        if (kind := self._ends(worker)) is not None:
            self.done.emit(kind, answer)

    def _fail(self, worker: Worker, sentence: str) -> None:
        if (kind := self._ends(worker)) is not None:
            self.failed.emit(kind, sentence)

    def _cancel(self, worker: Worker) -> None:
        if (kind := self._ends(worker)) is not None:
            self.cancelled.emit(kind)

    def _progress(self, worker: Worker, progress: Progress) -> None:
        if (kind := self._kind(worker)) is not None:
            self.progressed.emit(kind, progress)
