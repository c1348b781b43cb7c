"""Taking copies of attached files out: to look at them in another program, or to keep them elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.i18n import _
from crm_desktop.text import file_names
from crm_desktop.ui.files import copies
from crm_desktop.ui.files.work import FileWork
from crm_desktop.ui.panels.folder import show_in_folder

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Attached
    from crm_desktop.ui.desk import Desk


class Taking(QObject):
    """Copies the files of one part of the window, in threads."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._work = FileWork(desk, self)

    def open_copy(self, file: Attached) -> None:
        """Have the system open a copy; what could act is never opened, it can be saved."""
        from crm_desktop.services import attachments

        if not file.is_usual:
            message = _("“{name}” is not opened from here, because it could run a program. Save it to look at it.")
            self._desk.say(message.format(name=file.name), "warn", _("Save as…"), partial(self.save_as, file))
            return
        target = copies.new_place(file_names.safe(file.name))
        self._work.start(attachments.copying(self._desk.workspace, file, target), lambda _none: self._hand_over(target))

    def save_as(self, file: Attached) -> None:
        """Write a copy where somebody wants it."""
        from crm_desktop.services import attachments

        folder = Path(str(self._desk.settings.layout.get("save_folder") or Path.home()))
        wanted = str((folder if folder.is_dir() else Path.home()) / file_names.safe(file.name))
        chosen, _kind = QFileDialog.getSaveFileName(self._parent.window(), _("Save a copy"), wanted)
        if chosen:
            target = Path(chosen)
            self._work.start(attachments.copying(self._desk.workspace, file, target), lambda _none: self._saved(target))

    def _hand_over(self, target: Path) -> None:
        copies.protect(target)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            message = _("No program of this computer opens “{name}”. Save it and choose a program yourself.")
            self._desk.say(message.format(name=target.name), "warn")

    def _saved(self, target: Path) -> None:
        self._desk.settings.layout["save_folder"] = str(target.parent)
        text = _("Saved as {name}").format(name=target.name)
        self._desk.say(text, "ok", _("Show in folder"), partial(show_in_folder, target))
