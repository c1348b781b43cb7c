"""Looking into the data beside the window: the newest question wins, an older one is broken off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from crm_desktop.store.interruptible import Interruptible, Stopped

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

Question = Callable[[Interruptible], Any]


class Looking(QObject):
    """Answers one question at a time, in a thread of its own."""

    found = Signal(object)
    """The answer to the newest question."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._look: _Look | None = None

    def ask(self, question: Question) -> None:
        """Have a question answered instead of the one before; comes back at once."""
        self.stop()
        self._look = _Look(question, Interruptible(self._workspace))
        self._look.news.done.connect(self._hear)
        # Not one of the pool's threads: those may be busy reading long lists.
        threading.Thread(target=self._look.run, name="search").start()

    def stop(self) -> None:
        """Let the question go, if there is one."""
        if self._look is not None:
            self._look.reading.stop()
            self._look.news.done.disconnect(self._hear)
            self._look = None

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._look is not None

    def wait(self, milliseconds: int) -> bool:
        """Wait so long for the answer; gives whether it came and was told."""
        look = self._look
        if look is not None and look.is_done.wait(milliseconds / 1000):
            self._hear()
        return self._look is None

    def _hear(self) -> None:
        look = self._look
        if look is not None and look.is_done.is_set():
            self.stop()
            self.found.emit(look.answer)


class _News(QObject):
    done = Signal()


class _Look:
    def __init__(self, question: Question, reading: Interruptible) -> None:
        self.news = _News()
        self.reading = reading
        self.answer: Any = None
        self.is_done = threading.Event()
        self._question = question

    def run(self) -> None:
        try:
            self.answer = self._question(self.reading)
        except Stopped:
            return
        self.is_done.set()
        self.news.done.emit()
