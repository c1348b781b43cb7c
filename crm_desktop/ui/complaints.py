"""Where everything that goes wrong ends up, so that slots need no `try`."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from crm_desktop.errors import UserError

log = logging.getLogger(__name__)


class Complaints(QObject):
    """Tells a UserError in its own words, and anything else as a bug, once, with a report to send.

    PySide6 hands what a slot raises to `sys.excepthook`, and threads have a hook of their own: both lead here.
    """

    told = Signal(str)
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[str] = set()

    def install(self) -> None:
        """Listen from now on."""
        sys.excepthook = self._hear
        threading.excepthook = lambda args: self._hear(args.exc_type, args.exc_value, args.exc_traceback)

    def _hear(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, UserError):
            self.told.emit(str(error))
            return
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        place = "".join(traceback.format_tb(trace))
        report = f"{place}{kind.__name__}"
        log.critical("Unexpected error\n%s", report)
        if report not in self._known:
            self._known.add(report)
            self.broke.emit(report)
