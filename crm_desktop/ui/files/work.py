"""Work on files that may take a while: jobs in threads, with progress where it does, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

R = TypeVar("R")
LONG = 16_000_000
"""Bytes from which one would wonder whether anything goes on."""
MEGABYTE = 1_000_000
STEP = 50
"""Reports of progress that a job is seen to make, at most."""


class _News(QObject):
    """Carries what becomes of a job to the interface's thread."""

    progressed = Signal(object, object)
    finished = Signal(object, object)
    failed = Signal(object, str)
    stopped = Signal(object)
    broke = Signal(object)
    """Something went wrong that nobody expected; the hook for errors tells it."""


class _Run(QRunnable):
    """One job in a thread."""

    def __init__(self, job: Job[Any], then: Callable[[Any], object]) -> None:
        super().__init__()
        self.news = _News()
        self.then = then
        self.is_cancelled = False
        self._job = job
        self._told = 0

    @override
    def run(self) -> None:
        is_over = False
        try:
            self._carry_out()
            is_over = True
        finally:
            if not is_over:
                self.news.broke.emit(self)

    def _carry_out(self) -> None:
        try:
            while not self.is_cancelled:
                self._tell(next(self._job))
        except StopIteration as end:
            self.news.finished.emit(self, end.value)
        except UserError as error:
            self.news.failed.emit(self, str(error))
        else:
            self._job.close()
            self.news.stopped.emit(self)

    def _tell(self, progress: Progress) -> None:
        if progress.total < LONG:
            return
        step = progress.done * STEP // progress.total
        if step != self._told:
            self._told = step
            self.news.progressed.emit(self, progress)


class FileWork(QObject):
    """Runs jobs on files; what comes of them is told on the interface's thread."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runs: list[_Run] = []
        self._is_told = False

    def start(self, job: Job[R], then: Callable[[R], object]) -> None:
        """Begin a job; `then` hears its result. What goes wrong is said as a message."""
        run = _Run(job, then)
        run.news.progressed.connect(self._follow)
        run.news.finished.connect(self._finish)
        run.news.failed.connect(self._fail)
        run.news.stopped.connect(self._stopped)
        run.news.broke.connect(self._end)
        self._runs.append(run)
        QThreadPool.globalInstance().start(run)

    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._runs)

    def stop(self) -> None:
        """Give up what is under way; nothing of it stays."""
        for each in self._runs:
            each.is_cancelled = True

    def _follow(self, run: _Run, progress: Progress) -> None:
        if run in self._runs:
            self._is_told = True
            words = _("Copying {name} (MB)").format(name=progress.note)
            self._desk.ask("progress", (words, progress.done // MEGABYTE, progress.total // MEGABYTE, self.stop))

    def _end(self, run: _Run) -> None:
        self._runs.remove(run)
        if self._is_told and not self._runs:
            self._is_told = False
            self._desk.ask("progress", None)

    def _finish(self, run: _Run, result: object) -> None:
        self._end(run)
        run.then(result)

    def _fail(self, run: _Run, reason: str) -> None:
        self._end(run)
        self._desk.say(reason, "warn")

    def _stopped(self, run: _Run) -> None:
        self._end(run)
        self._desk.say(_("Copying was stopped. Nothing of it was kept."), "info")
