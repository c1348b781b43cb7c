"""The import that was written last: which step of the history it is, and whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

NEWEST = 20
"""Steps of the history among which an import that just ended is found."""


class Written(QObject):
    """Finds the step that a worker process wrote, tells the window of it, and follows what becomes of it."""

    undone = Signal(bool)
    """It was taken back, or done again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self.set_id: int | None = None
        self._undoing: int | None = None
        self._before = 0

    def attach(self, desk: Desk) -> None:
        """Begin to work with the data."""
        self._desk = desk

    def begin(self) -> None:
        """An import begins: remember what was there before it."""
        self._before = self._last()

    def take(self, set_id: int | None) -> None:
        """An import was written as this step, or nothing was."""
        assert self._desk is not None
        self.set_id, self._undoing = set_id, None
        if set_id is not None:
            self._desk.workspace.announce_set(set_id)
            self._desk.saved.emit()

    def came_too_late(self) -> bool:
        """Whether an import that was to be stopped had been written before; it is taken up then."""
        written = self._last()
        if written == self._before:
            return False
        self.take(written)
        return True

    def undo(self) -> None:
        """Take it back."""
        if self.set_id is not None and self._desk is not None:
            self._desk.undo(self.set_id)

    def follow(self, change: Change) -> None:
        """Hear of a change that may take it back."""
        if self.set_id is not None and change.undo_of == self.set_id:
            self._undoing = change.set_id
            self.undone.emit(True)
        elif self._undoing is not None and change.undo_of == self._undoing:
            self._undoing = None
            self.undone.emit(False)

    def _last(self) -> int:
        from crm_desktop.services import changes

        assert self._desk is not None
        steps = changes.steps(self._desk.workspace, NEWEST)
        return max((each.id for each in steps if each.kind == "import"), default=0)
