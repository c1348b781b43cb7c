"""What every page shares: the data, news of changes, saving, messages and the way to other pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.errors import Busy, UserError
from crm_desktop.i18n import _
from crm_desktop.settings import Settings
from crm_desktop.ui.catching_up import CatchingUp
from crm_desktop.ui.faces import Faces
from crm_desktop.ui.reversal import Reversal

if TYPE_CHECKING:
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

T = TypeVar("T")
RETRY_MS = 100
CLOSING_SECONDS = 10
"""How long the program stays, at its end, to write what another process keeps it from writing."""


class Desk(QObject):
    """The one object that pages are given; it knows no page and no widget, and speaks in signals.

    `save` is how a page writes: at once on this thread, or, while another process holds the file, a little later;
    the edit waits in a queue meanwhile and is never lost.
    """

    changed = Signal(object)
    """A `Change` was written, here or by a worker process; always heard on the interface's thread."""
    saved = Signal()
    """Something was written and is durable."""
    waiting = Signal(int)
    """So many edits wait for another process to finish writing."""
    said = Signal(str, str, str, object)
    """A message for people: text, tone (ok, warn, info), word of its action, what the action does (or None)."""
    offered = Signal(str, object)
    """One thing more that can be done about what was said last: its word, and what it does."""
    import_undone = Signal(object, object)
    """An import was taken back: its step, and a `Summary` of what became of its rows."""
    opened = Signal(str, object)
    """Somebody asked to see a record: entity, key (an object, because Qt's int has 32 bits and a key has 63)."""
    asked = Signal(str, object)
    """Something is asked of the window: `log` (kind of activity), `page` (code), `quick_add`, `import` (file)."""

    def __init__(self, workspace: Workspace, folder: DataFolder, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace, self.folder, self.settings = workspace, folder, settings
        self._queue: list[tuple[Callable[[], Any], Callable[[Any], object] | None]] = []
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._drain)
        self._is_draining = False
        self._reversal = Reversal(self)
        self.faces = Faces(workspace, self)
        self.catching_up = CatchingUp(workspace, folder, self)
        self.catching_up.look()
        workspace.listen(self._hear)

    def close(self) -> None:
        """Write what waits and stop listening, when the window is closed or built anew."""
        self._reversal.close()
        self.catching_up.close()
        late = time.monotonic() + CLOSING_SECONDS
        while self._queue and time.monotonic() < late:
            with suppress(UserError):
                self._drain()
            time.sleep(RETRY_MS / 1000 if self._queue else 0)
        self._retry.stop()
        self.workspace.forget(self._hear)

    def save(self, write: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Carry out `write`, which writes through the workspace, then give its result to `then`.

        What `write` raises besides Busy is raised here when it runs at once.
        """
        self._queue.append((write, then))
        if self._retry.isActive():
            self.waiting.emit(len(self._queue))
        elif not self._is_draining:
            self._drain()

    def say(self, text: str, tone: str = "ok", action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a short message, with at most one action."""
        self.said.emit(text, tone, action, act)

    def done(self, text: str) -> None:
        """Tell what was done, with Undo as the action."""
        self.say(text, "ok", _("Undo"), self.undo)

    def offer(self, action: str, act: Callable[[], object]) -> None:
        """Offer one thing more to do about what was said last."""
        self.offered.emit(action, act)

    def open(self, entity: str, key: int) -> None:
        """Show a record on the page where it lives."""
        self.opened.emit(entity, key)

    def ask(self, what: str, detail: object = None) -> None:
        """Ask the window for something that no page can do alone."""
        self.asked.emit(what, detail)

    def undo(self, set_id: int | None = None) -> None:
        """Take back a step, the newest if none is named, and tell what came of it."""
        self._reversal.undo(set_id)

    def redo(self) -> None:
        """Do again what was last undone."""
        self._reversal.redo()

    def _drain(self) -> None:
        """Write what waits, in order; what cannot be written now stays first in the queue."""
        self._is_draining = True
        try:
            while self._queue and self._is_written(*self._queue.pop(0)):
                pass
        finally:
            self._is_draining = False
            if self._queue:
                self._retry.start()
            else:
                self._retry.stop()
            self.waiting.emit(len(self._queue))

    def _is_written(self, write: Callable[[], Any], then: Callable[[Any], object] | None) -> bool:
        try:
            result = write()
        except Busy:
            self._queue.insert(0, (write, then))
            return False
        self.saved.emit()
        if then is not None:
            then(result)
        return True

    def _hear(self, change: Change) -> None:
        self.faces.refresh(change)
        self.catching_up.refresh(change)
        self.changed.emit(change)
