"""What every page shares: the data, news of changes, saving, messages and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.errors import Busy, Conflict, UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.settings import Settings

if TYPE_CHECKING:
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.journal import Change
    from crm_desktop.store.undo import Undone
    from crm_desktop.store.workspace import Workspace

T = TypeVar("T")
RETRY_MS = 100


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
        workspace.listen(self._hear)

    def close(self) -> None:
        """Stop listening, when the window is closed or built anew."""
        self._retry.stop()
        self.workspace.forget(self._hear)

    def save(self, write: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Carry out `write`, which writes through the workspace, then give its result to `then`.

        What `write` raises besides Busy is raised here when it runs at once.
        """
        self._queue.append((write, then))
        if len(self._queue) == 1:
            self._drain()

    def say(self, text: str, tone: str = "ok", action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a short message, with at most one action."""
        self.said.emit(text, tone, action, act)

    def done(self, text: str) -> None:
        """Tell what was done, with Undo as the action."""
        self.say(text, "ok", _("Undo"), self.undo)

    def open(self, entity: str, key: int) -> None:
        """Show a record on the page where it lives."""
        self.opened.emit(entity, key)

    def ask(self, what: str, detail: object = None) -> None:
        """Ask the window for something that no page can do alone."""
        self.asked.emit(what, detail)

    def undo(self, set_id: int | None = None) -> None:
        """Take back a step, the newest if none is named, and tell what came of it."""
        from crm_desktop.store.undo import undo

        self._reverse(lambda: undo(self.workspace, set_id), _("Undone: {title}"), _("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was last undone."""
        from crm_desktop.store.undo import redo

        self._reverse(lambda: redo(self.workspace), _("Done again: {title}"), _("There is nothing to redo."))

    def _reverse(self, act: Callable[[], Undone | None], told: str, nothing: str) -> None:
        def tell(outcome: Undone | None) -> None:
            if outcome is None:
                self.say(nothing, "info")
            elif outcome.kept:
                kept = ngettext("{count} part was kept", "{count} parts were kept", len(outcome.kept))
                self.say(f"{told.format(title=outcome.title)} · {kept}: {outcome.kept[0].reason}", "warn")
            else:
                self.say(told.format(title=outcome.title), "ok")

        try:
            self.save(act, tell)
        except Conflict as error:
            self.say(str(error), "warn")

    def _drain(self) -> None:
        while self._queue:
            write, then = self._queue[0]
            try:
                result = write()
            except Busy:
                self._retry.start()
                self.waiting.emit(len(self._queue))
                return
            except UserError:
                self._queue.pop(0)
                raise
            self._queue.pop(0)
            self.saved.emit()
            if then is not None:
                then(result)
        self._retry.stop()
        self.waiting.emit(0)

    def _hear(self, change: Change) -> None:
        self.changed.emit(change)
