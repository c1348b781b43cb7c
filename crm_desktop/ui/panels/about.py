"""What this program is, for people who ask and for those who help them."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop import __version__
from crm_desktop.i18n import _
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

LICENCE = "Apache-2.0"


class About(Panel):
    """Versions, the data folder and the licence, with a button that copies them for a mail to support."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("About"), width=560)
        self.facts = _facts(desk)
        self.add_head(Picture("info", "accentText", 20), label(_("About CRM"), "heading"), None, Kbd(key_words("Esc")))
        grid = QGridLayout()
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (word, text) in enumerate(self.facts):
            grid.addWidget(label(word, "label"), place, 0)
            value = Elide(text, "list")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, place, 1)
        self.body.addLayout(
            column(label(_("A CRM that works offline and can undo everything."), "small"), margins=(20, 14, 20, 0))
        )
        self.body.addLayout(grid)
        self.copy = secondary(_("Copy"), "copy", self._copy)
        self.close_button = primary(_("Close"), "", self.dismiss)
        self.add_foot(None, self.copy, self.close_button)

    def show_up(self) -> None:
        """Show the facts."""
        self.open(self.copy)

    def text(self) -> str:
        """All of it on lines of its own."""
        return "\n".join(f"{word}: {text}" for word, text in self.facts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.desk.say(_("Copied"), "ok")


def _facts(desk: Desk) -> list[tuple[str, str]]:
    from crm_desktop.store.driver import cipher_version, sqlite_version

    return [
        (_("Version"), __version__),
        ("SQLite", sqlite_version()),
        ("SQLCipher", cipher_version()),
        ("Qt", qVersion()),
        ("Python", platform.python_version()),
        (_("System"), platform.platform(terse=True)),
        (_("Data folder"), str(desk.folder.path)),
        (_("Licence"), LICENCE),
    ]
