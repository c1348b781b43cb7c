"""The verbs of the import page carried out in this process, for tests of what the page makes of their answers.

A process of its own, and the one in which it has the file read, cost more than a second of a processor each time; that
they work is shown by tests/ui/test_import_processes.py, tests/cli and tests/exchange/test_reader_process.py.
"""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.cli import run
from crm_desktop.exchange import formats
from crm_desktop.exchange.flow import gathered
from crm_desktop.exchange.totals import totals
from crm_desktop.i18n import language
from crm_desktop.ui import worker
from crm_desktop.ui.pages.import_ import work


class VerbHere(QObject):
    """What `Worker` is to a page: a verb that begins when the event loop comes to it, and answers through signals."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, arguments, parent=None):
        super().__init__(parent)
        self._arguments = [*arguments, "--lang", language(), "--json"]
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._run)

    def start(self):
        self._begin.start()

    def cancel(self):
        self._begin.stop()
        QTimer.singleShot(0, self, self.cancelled.emit)

    def is_running(self):
        return self._begin.isActive()

    def wait(self, milliseconds=0):
        """It never works while somebody else does."""

    def _run(self):
        answer, told = io.StringIO(), io.StringIO()
        with redirect_stdout(answer), redirect_stderr(told):
            code = run(self._arguments)
        lines = told.getvalue().splitlines()
        for each in filter(None, map(worker.as_progress, lines)):
            self.progressed.emit(each)
        found = worker.as_object(answer.getvalue())
        if found is not None and code in (0, 1):
            self._tell(found)
        else:
            self.failed.emit("\n".join(each for each in lines if worker.as_progress(each) is None))

    def _tell(self, found):
        self.finished.emit(found)


class TrialHere(VerbHere):
    """What `Trial` is to a page; it plans again, because nothing here can wait in the middle of a verb."""

    answered = Signal(object)

    def __init__(self, arguments, parent=None):
        super().__init__([each for each in arguments if each != "--wait"], parent)

    def go(self, *arguments):
        self._arguments = [*(each for each in self._arguments if each != "--dry-run"), *arguments]
        self.start()

    def is_running(self):
        return True

    def _tell(self, found):
        (self.answered if found["dry_run"] else self.finished).emit(found)


def read_here(path, sheet="", encoding=""):
    """A file read in this process, as the reader's process reads it."""
    found = gathered(formats.of(path).read(path, sheet, encoding))
    return replace(found, totals=found.totals or totals(found.rows, found.numbers))


@pytest.fixture
def verbs_here(monkeypatch):
    """The page's verbs run in this process."""
    monkeypatch.setattr(work, "Worker", VerbHere)
    monkeypatch.setattr(work, "Trial", TrialHere)
    monkeypatch.setattr(formats, "read", read_here)
    monkeypatch.setattr(formats, "sheet_names", lambda path: formats.of(path).names(path))
