"""Looks into the data that take too long for the interface's thread, each in its lane; the newest of a lane counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from PySide6.QtCore import QObject, Signal

from crm_desktop.store.driver import DriverError
from crm_desktop.store.outline import Outline

CACHE = 16_000
"""Kilobytes of the file that the thread keeps in memory."""
Look: TypeAlias = Callable[[Outline], Any]


class _Question(NamedTuple):
    lane: str
    number: int
    look: Look
    then: Callable[[Any], object]


class Reader(QObject):
    """One thread at a time with a connection of its own; an older question of the same lane is broken off."""

    _answered = Signal(str, int)

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._state = threading.Condition()
        self._waiting: dict[str, _Question] = {}
        self._running: _Question | None = None
        self._answers: dict[str, tuple[_Question, Any]] = {}
        self._numbers: dict[str, int] = {}
        self._outline: Outline | None = None
        self._thread: threading.Thread | None = None
        self._answered.connect(self._take)

    def ask(self, lane: str, look: Look, then: Callable[[Any], object]) -> None:
        """Have `look` read in the thread, and `then` called with what it gives on this one."""
        with self._state:
            number = self._numbers[lane] = self._numbers.get(lane, 0) + 1
            self._answers.pop(lane, None)
            self._waiting[lane] = _Question(lane, number, look, then)
            if self._running and self._running.lane == lane and self._outline:
                self._outline.break_off()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="tree", daemon=True)
                self._thread.start()

    def drop(self, lane: str) -> None:
        """Wait for no answer of a lane any more."""
        with self._state:
            self._numbers[lane] = self._numbers.get(lane, 0) + 1
            self._waiting.pop(lane, None)
            self._answers.pop(lane, None)

    def is_waiting(self, lane: str) -> bool:
        """Whether an answer of a lane is still to come, or to be taken."""
        with self._state:
            return self._is_open(lane) or lane in self._answers

    def wait(self, lane: str, seconds: float | None = None) -> None:
        """Wait for the answer of a lane and take it, if it comes in time."""
        with self._state:
            self._state.wait_for(lambda: not self._is_open(lane), seconds)
            number = self._numbers.get(lane, 0)
        self._take(lane, number)

    def close(self) -> None:
        """Break off what is read and let go of the file."""
        with self._state:
            for lane in self._numbers:
                self._numbers[lane] += 1
            self._waiting.clear()
            self._answers.clear()
            thread = self._thread
            if self._outline:
                self._outline.break_off()
        if thread is not None:
            thread.join()
        if self._outline:
            self._outline.close()
            self._outline = None

    def _is_open(self, lane: str) -> bool:
        """Whether the thread has still to answer a question of a lane."""
        running = self._running
        is_read = running is not None and running.lane == lane and running.number == self._numbers[lane]
        return lane in self._waiting or is_read

    def _take(self, lane: str, number: int) -> None:
        with self._state:
            question, answer = self._answers.get(lane, (None, None))
            if question is None or question.number != number:
                return
            del self._answers[lane]
        question.then(answer)

    # In the thread

    def _work(self) -> None:
        is_over = False
        try:
            while (question := self._next()) is not None:
                self._answer(question)
            is_over = True
        finally:
            if not is_over:  # something broke: nobody may wait for it
                with self._state:
                    self._running = self._thread = None
                    self._waiting.clear()
                    self._state.notify_all()

    def _next(self) -> _Question | None:
        with self._state:
            self._running = self._waiting.pop(next(iter(self._waiting), ""), None)
            if self._running is None:
                self._thread = None  # while nobody can ask
            return self._running

    def _answer(self, question: _Question) -> None:
        answer = None
        try:
            if self._outline is None:
                self._outline = Outline(self._path, cache=CACHE)
            answer = question.look(self._outline)
        except DriverError:
            if self._is_wanted(question):
                raise
        with self._state:
            self._running = None
            is_wanted = self._is_wanted(question)
            if is_wanted:
                self._answers[question.lane] = (question, answer)
            self._state.notify_all()
        if is_wanted:
            self._answered.emit(question.lane, question.number)

    def _is_wanted(self, question: _Question) -> bool:
        return self._numbers[question.lane] == question.number
