"""Attaching what was chosen, dropped or pasted: bytes are copied in a thread, then the record gets them in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.files.incoming import Maker, of_paths
from crm_desktop.ui.files.work import FileWork

if TYPE_CHECKING:
    from crm_desktop.jobs import Job
    from crm_desktop.services.attachments import Stored, Storing
    from crm_desktop.ui.desk import Desk

MEGABYTE = 1_000_000


class Attaching(QObject):
    """Takes files in for one part of the window."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.work = FileWork(desk, self)

    def store(self, makers: Sequence[Maker], then: Callable[[list[Stored]], object]) -> None:
        """Keep the bytes of files; `then` hears of those that could be kept, the others are told."""
        if makers:
            self.work.start(self._storing(list(makers)), partial(self._stored, then))

    def attach(self, entity: str, key: int, makers: Sequence[Maker]) -> None:
        """Have files belong to a record."""
        self.store(makers, partial(self._attach, entity, key))

    def choose(self, window: QWidget, entity: str, key: int) -> None:
        """Ask for files of the disk and attach them."""
        chosen, _kind = QFileDialog.getOpenFileNames(window, _("Attach files"))
        self.attach(entity, key, of_paths([Path(each) for each in chosen]))

    def _storing(self, makers: Sequence[Maker]) -> Job[Storing]:
        from crm_desktop.services import attachments

        most = self._desk.settings.largest_file * MEGABYTE
        return (yield from attachments.storing(self._desk.workspace, [make() for make in makers], most))

    def _stored(self, then: Callable[[list[Stored]], object], found: Storing) -> None:
        if found.stored:
            then(found.stored)
        if found.refused:
            self._desk.say("\n".join(found.refused), "warn")

    def _attach(self, entity: str, key: int, stored: list[Stored]) -> None:
        from crm_desktop.services import attachments

        workspace = self._desk.workspace
        self._desk.save(lambda: attachments.attach(workspace, entity, key, stored), self._tell)

    def _tell(self, keys: list[int]) -> None:
        if keys:
            self._desk.done(ngettext("{count} file attached", "{count} files attached", len(keys)))
        else:
            self._desk.say(_("This file is attached already."), "info")
