"""What can be done with attached files: look, open a copy, save, rename, remove; for menus and keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.files.naming import FileNaming
from crm_desktop.ui.files.preview import FilePreview
from crm_desktop.ui.files.taking import Taking
from crm_desktop.ui.panels.panel import panel_of

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Attached


class FileVerbs(Taking):
    """The verbs for the files of one part of the window."""

    def preview(self, files: Sequence[Attached], place: int = 0) -> None:
        """Show a file, with the others to go on to."""
        panel_of(FilePreview, self._parent.window(), self._desk).show_files(files, place)

    def rename(self, file: Attached) -> None:
        """Ask what a file is to be called."""
        from crm_desktop.services import attachments

        workspace = self._desk.workspace

        def rename(name: str, _shared: bool) -> None:  # noqa: FBT001 - what lists are named with
            self._desk.save(
                lambda: attachments.rename(workspace, file.id, name), lambda _none: self._desk.done(_("File renamed"))
            )

        panel_of(FileNaming, self._parent.window(), self._desk).ask(_("Rename file"), file.name, rename, shared=None)

    def remove(self, file: Attached) -> None:
        """Take a file off its record; it can be undone."""
        from crm_desktop.services import attachments

        workspace = self._desk.workspace
        self._desk.save(
            lambda: attachments.remove(workspace, [file.id]), lambda _none: self._desk.done(_("File removed"))
        )

    def fill_menu(self, menu: QMenu, files: Sequence[Attached], place: int) -> None:
        """Offer all of it for one file."""
        file = files[place]
        menu.addAction(pgettext("file", "Preview"), partial(self.preview, files, place)).setShortcut(
            QKeySequence("Space")
        )
        menu.addAction(_("Open a copy"), partial(self.open_copy, file)).setEnabled(file.is_usual)
        menu.addAction(_("Save as…"), partial(self.save_as, file))
        menu.addSeparator()
        menu.addAction(_("Rename…"), partial(self.rename, file)).setShortcut(QKeySequence("F2"))
        menu.addAction(_("Remove file"), partial(self.remove, file)).setShortcut(QKeySequence("Del"))
        for each in menu.actions():
            each.setShortcutVisibleInContextMenu(True)
