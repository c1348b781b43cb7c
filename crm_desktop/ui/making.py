"""How pages are built: in steps, between which the window is painted and hears keys, or at once for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from crm_desktop.overriding import override

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.page import Page
    from crm_desktop.ui.page_kinds import PageKind

INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.DragEnter}


class Making(QObject):
    """The pages of a window: those that are complete, and those that are being built, one step a turn of the loop.

    Nobody meets half a page: what people do in the window reaches it when everything is complete.
    """

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.complete: dict[str, Page] = {}
        self.begun: dict[str, Page] = {}
        self._settings = settings
        self._steps: dict[str, Iterator[None]] = {}
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._step)

    def add(self, code: str, page: Page) -> None:
        """Take in a page that somebody else completes."""
        self.complete[code] = self.begun[code] = page

    def begin(self, kind: PageKind, desk: Desk | None) -> Page:
        """Make what is seen first of a page, and the rest in steps from now on; without data there is no rest."""
        page: Page = getattr(import_module(kind.module), kind.name)()
        if desk is None:
            self.add(kind.code, page)
        else:
            self.begun[kind.code] = page
            self._steps[kind.code] = self._completing(kind.code, desk)
            self._turn.start()
            if self._window.isVisible():
                self._window.windowHandle().installEventFilter(self)
        return page

    def finish(self, *codes: str) -> None:
        """Have these pages complete, or all that were begun, before anything else happens."""
        for code in codes or tuple(self._steps):
            for _step in self._steps.pop(code, ()):
                pass

    def _completing(self, code: str, desk: Desk) -> Iterator[None]:
        page = self.begun[code]
        yield
        yield from page.attaching(desk)
        page.restore(self._settings.layout.get(code, {}))
        self.complete[code] = page

    def _step(self) -> None:
        code, steps = next(iter(self._steps.items()), ("", iter(())))
        if next(steps, self) is self:
            self._steps.pop(code, None)
        if not self._steps:
            self._turn.stop()
            if self._window.isVisible():
                self._window.windowHandle().removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self.finish()
        return False
