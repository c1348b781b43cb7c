"""The files that go with what is being written: chips that can be taken off again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.chips import TagChip

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Stored


COLUMNS = 2


class FileStrip(QWidget):
    """Shows files whose bytes are kept already; nothing is seen while there are none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Files"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(4))
        self._grid.setColumnStretch(COLUMNS, 1)
        self._files: list[Stored] = []
        self._chips: list[TagChip] = []
        self.hide()

    def value(self) -> tuple[Stored, ...]:
        """The files."""
        return tuple(self._files)

    def set_value(self, files: Iterable[Stored]) -> None:
        """Show these files."""
        self._files = list(files)
        for each in self._chips:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._chips = [self._chip(each) for each in self._files]
        for place, each in enumerate(self._chips):
            self._grid.addWidget(each, *divmod(place, COLUMNS))
        self.setVisible(bool(self._files))
        self.changed.emit()

    def add(self, files: Iterable[Stored]) -> None:
        """Show more files; one that is there already comes once."""
        self.set_value(dict.fromkeys((*self._files, *files)))

    def _chip(self, file: Stored) -> TagChip:
        made = TagChip(file.name, "accent")
        made.setAccessibleName(_("File {name}, press Delete to take it off").format(name=file.name))
        made.removed.connect(partial(self._remove, file))
        return made

    def _remove(self, file: Stored, _name: str) -> None:
        self.set_value(each for each in self._files if each != file)
