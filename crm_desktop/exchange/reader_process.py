"""Files of other people are read in a process of its own, with limits of memory and time.

A workbook of 5 kB can make the reader of workbooks end its whole process (tafia/calamine allocates the used range that
the file claims), so that process must not be ours. It is this same program, started with a hidden verb; it imports
neither Qt nor the store. The rows come back in pieces. When we end, it ends: its input is closed then.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from typing_extensions import override

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import limits
from crm_desktop.exchange.totals import totals
from crm_desktop.i18n import _, language
from crm_desktop.jobs import all_stays
from crm_desktop.paths import ROOT
from crm_desktop.text.packed_rows import PackedRows
from crm_desktop.text.sheet import Sheet

VERB = "read-file"
"""What makes this program a reader; nobody types it."""
PLAIN = {"date": date, "datetime": datetime}
SHEETS, ROWS, REASON, EVENTS = "sheets", "rows", "reason", "events"
"""What a reader is asked for."""
PIECE, END, PROBLEM = "piece", "end", "problem"
"""What a reader answers."""


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a file; raises FileProblem."""
    with _Reader(path) as reader:
        answer = list(reader.ask(SHEETS))
    names: list[str] = answer[-1]
    return names


def read(path: Path, sheet: str = "", encoding: str = "") -> Sheet:
    """A sheet with all of its rows; raises FileProblem."""
    numbers: list[int] = []
    rows = PackedRows()
    with _Reader(path) as reader, all_stays():
        for answer in reader.ask(ROWS, sheet, encoding):
            if isinstance(answer, Sheet):
                return replace(answer, rows=rows, numbers=numbers, totals=answer.totals or totals(rows, numbers))
            more_numbers, more_rows = answer
            numbers += more_numbers
            rows.add(more_rows)
            reader.last_row = numbers[-1] if numbers else 0
    raise AssertionError("a reader ends with a sheet or with a problem")


def events(path: Path) -> dict[str, Any]:
    """What a calendar file holds, as plain values; raises FileProblem."""
    with _Reader(path) as reader:
        events, notes = list(reader.ask(EVENTS))[-1]
    return {"events": events, "notes": notes}


class _Reader:
    """The process that reads one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.last_row = 0
        self._is_late = False
        self._seconds = limits.seconds(path)

    def __enter__(self) -> _Reader:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this same program
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise FileProblem(_("The program could not start its reader. Nothing was changed.")) from error
        self._memory = limits.memory(self.path)
        self._job = limits.limit_memory_of(self._process, self._memory)
        self._alarm = threading.Timer(self._seconds, self._end_late)
        self._alarm.daemon = True
        self._alarm.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._alarm.cancel()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            _close(pipe)
        self._alarm.join()

    def ask(self, verb: str, *arguments: str) -> Iterator[Any]:
        """Pieces as they come and last what ends them; raises FileProblem."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        try:
            pickle.dump((verb, str(self.path), arguments, language(), self._memory), asked)
            asked.flush()
            while True:
                kind, content = _PlainUnpickler(answers).load()
                if kind == PROBLEM:
                    raise FileProblem(content)
                yield Sheet(**content) if isinstance(content, dict) else content
                if kind == END:
                    return
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise FileProblem(self._why(verb)) from error

    def _end_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _why(self, verb: str) -> str:
        """What is said when the process ended by itself or was ended."""
        if self._is_late:
            message = _("“{name}” takes too long to read: {seconds} seconds were not enough. Split it and try again.")
            return message.format(name=self.path.name, seconds=round(self._seconds))
        if verb not in (REASON, EVENTS) and (reason := _reason(self.path)):
            return reason
        message = _(
            "“{name}” cannot be read: it is damaged, or needs far more memory than an honest file of its size. "
            "Copy the list itself to a new workbook, and try again."
        )
        if verb == EVENTS:
            message = _("“{name}” cannot be read: it is damaged. Export it again.")
        if self.last_row:
            message = _(
                "“{name}” cannot be read beyond row {row}: it is damaged, or needs far more memory than an honest file "
                "of its size. Copy the list itself to a new workbook, and try again."
            )
        return message.format(name=self.path.name, row=f"{self.last_row:,}")


class _PlainUnpickler(pickle.Unpickler):
    """Takes nothing but plain values, whatever the file made of its reader."""

    @override
    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name == "datetime" and global_name in PLAIN:
            return PLAIN[global_name]
        raise pickle.UnpicklingError(global_name)


def _reason(path: Path) -> str:
    """Which cell is at fault, when a closer look can tell; that look has limits, too."""
    try:
        with _Reader(path) as reader:
            return str(list(reader.ask(REASON))[-1])
    except FileProblem:
        return ""


def _command() -> list[str]:
    start = [] if getattr(sys, "frozen", False) else ["-m", "crm_desktop"]
    return [sys.executable, *start, VERB]


def _environment() -> dict[str, str]:
    """Our own, with this program's modules found first and no memory set aside for threads."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "1"}


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
