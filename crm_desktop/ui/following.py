"""How pages follow the data: the one on screen at once, the others when the window has nothing better to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.page import Page

PAUSE_MS = 40
"""How long the window is left alone after a change before pages that nobody sees are told."""


class Following(QObject):
    """Hands changes on to pages, in order, one page a turn of the event loop."""

    def __init__(self, pages: Mapping[str, Page], parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._waiting: dict[str, list[Change]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._tell_next)

    def tell(self, change: Change, shown: Page | None) -> None:
        """Bring the page on screen up to date, and the others soon."""
        for code, page in self._pages.items():
            if page is shown:
                self.catch_up(code)
                page.refresh(change)
            else:
                self._waiting.setdefault(code, []).append(change)
        self._wait(PAUSE_MS)

    def catch_up(self, code: str) -> None:
        """Bring a page that is about to be seen up to date."""
        for change in self._waiting.pop(code, ()):
            self._pages[code].refresh(change)

    def stop(self) -> None:
        """Tell nobody anything any more."""
        self._waiting.clear()
        self._pause.stop()

    def _tell_next(self) -> None:
        if code := next(iter(self._waiting), ""):
            self.catch_up(code)
        self._wait(0)

    def _wait(self, milliseconds: int) -> None:
        if self._waiting:
            self._pause.start(milliseconds)
