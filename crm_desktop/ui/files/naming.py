"""The small panel that asks what a file is to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.lists.naming import Naming

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class FileNaming(Naming):
    """One line; Enter saves."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk)
        self.line.setAccessibleName(_("Name of the file"))
        self.line.setPlaceholderText("")
