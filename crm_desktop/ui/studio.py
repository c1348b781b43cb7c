"""A window off screen that scripts can use and photograph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThreadPool, QTimer
from PySide6.QtWidgets import QWidget

from crm_desktop.settings import Settings
from crm_desktop.store.folder import DataFolder
from crm_desktop.ui.garbage import GarbageCollection
from crm_desktop.ui.program import Program, application

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.main_window import MainWindow

WAIT_MS = 60_000
SETTLE_MS = 250
LAYOUTS = 8
"""How deep layouts stand in one another, each of which asks the one around it for room."""


class Studio:
    """A window on a data folder, off screen, ready to be photographed."""

    def __init__(self, folder: Path, lang: str, theme: str, size: str) -> None:
        self.program = Program(application(), DataFolder(folder), Settings(language=lang, theme=theme))
        self.program.keeps_settings = False
        self.program.complaints.install()
        GarbageCollection(self.program)
        width, height = (int(each) for each in size.split("x"))
        self._size = width, height

    def __enter__(self) -> Studio:
        loop = QEventLoop()
        self.program.ready.connect(loop.quit)
        QTimer.singleShot(WAIT_MS, loop.quit)
        self.program.start()
        self.window.resize(*self._size)
        loop.exec()
        self.settle()
        return self

    def __exit__(self, *_error: object) -> None:
        self.program.finish()
        self.settle()

    @property
    def window(self) -> MainWindow:
        """The window."""
        assert self.program.window is not None
        return self.program.window

    @property
    def desk(self) -> Desk:
        """What the pages share."""
        assert self.program.desk is not None
        return self.program.desk

    def settle(self, milliseconds: int = SETTLE_MS) -> None:
        """Let everything be drawn that is still to come."""
        QThreadPool.globalInstance().waitForDone()
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for _level in range(LAYOUTS):  # a busy machine may not have come so far
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def wait_for(self, what: Callable[[], object]) -> None:
        """Let the window work until `what` is so, or too long has passed."""
        for _turn in range(WAIT_MS // SETTLE_MS):
            if what():
                return
            self.settle()

    def panel(self, name: str) -> QWidget:
        """A floating panel of the window by the name of its class."""
        return next(each for each in self.window.findChildren(QWidget) if type(each).__name__ == name)

    def keep(self, path: Path) -> Path:
        """Write the picture."""
        self.settle()
        self.window.grab().save(str(path))
        return path
