"""Heavy work in a process of its own: the command line of this same program, with progress, cancel and a result.

A thread would share the interpreter with the window (measured: frames of 210 to 255 ms against 17 to 52 ms), and a
broken file could take the window down. Cancelling ends the process; what it was writing is rolled back by SQLite.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from crm_desktop.i18n import _, language
from crm_desktop.jobs import Progress
from crm_desktop.paths import ROOT


class Worker(QObject):
    """Runs one verb of the command line with `--json`; its signals arrive on the interface's thread."""

    progressed = Signal(object)
    """A `Progress`."""
    finished = Signal(object)
    """The JSON object that the verb printed."""
    failed = Signal(str)
    """A sentence that says what went wrong."""
    cancelled = Signal()
    """It was ended before it printed anything; who knows what it wrote looks whether that came too late."""

    def __init__(self, arguments: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: list[str] = []
        self._rest = b""
        self._is_cancelled = False
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        start = [] if getattr(sys, "frozen", False) else ["-m", "crm_desktop"]
        self._process.setArguments([*start, *arguments, "--lang", language(), "--json"])
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        environment.insert("CRM_SEARCH_LATER", "1")
        environment.insert("MALLOC_ARENA_MAX", "1")  # no memory set aside for threads
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), environment.value("PYTHONPATH")))))
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._not_started)

    def start(self) -> None:
        """Begin; comes back at once."""
        self._process.start()

    def cancel(self) -> None:
        """End the work; nothing of it stays, unless it was done already."""
        self._is_cancelled = True
        self._process.kill()

    def is_running(self) -> bool:
        """Whether it works still."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def wait(self, milliseconds: int = 5000) -> None:
        """Wait for the end, when the program closes."""
        self._process.waitForFinished(milliseconds)

    def _hear(self) -> None:
        lines = (self._rest + bytes(self._process.readAllStandardError().data())).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            told = as_progress(line)
            if told is None:
                self._told.append(line.decode(errors="replace"))
            else:
                self.progressed.emit(told)

    def _end(self, code: int) -> None:
        self._hear()
        answer = bytes(self._process.readAllStandardOutput().data())
        result = as_object(answer)
        if result is not None and (code in (0, 1) or self._is_cancelled):
            self.finished.emit(result)  # also when that was done before it could be cancelled
        elif self._is_cancelled:
            self.cancelled.emit()
        else:
            sentence = "\n".join(filter(None, (*self._told, self._rest.decode(errors="replace")))).strip()
            self.failed.emit(sentence or _("The work ended before it was done. Nothing was changed."))

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit(_("The program could not start its worker. Nothing was changed."))


def as_progress(line: bytes | str) -> Progress | None:
    """What a line says about progress, None when it says something else."""
    told = as_object(line)
    if told is None or "done" not in told:
        return None
    return Progress(int(told["done"]), int(told.get("total", 0)), str(told.get("note", "")))


def as_object(text: bytes | str) -> dict[str, Any] | None:
    """The JSON object that a text is, None when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
