"""The small panel that asks for the name of a saved list, and whether colleagues see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.ui.panels.panel import ENTER, Panel
from crm_desktop.ui.widgets.boxes import column, set_look
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

Named = Callable[[str, bool], object]


class Naming(Panel):
    """One line, one box to tick; Enter saves."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Save as list"), width=440)
        self.title = label("", "heading")
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Name of the list"))
        self.line.setPlaceholderText(_("such as A customers without a visit"))
        self.is_shared = QCheckBox(_("Colleagues who use this data file see it, too"))
        self.words = label("", "caption", wrap=True)
        self.problem = label("", "err", wrap=True)
        self.save = primary(_("Save"), "", self._take)
        self._act: Named | None = None
        self.add_head(self.title, None)
        self.body.addLayout(
            column(self.line, self.problem, self.words, self.is_shared, spacing=10, margins=(18, 14, 18, 14))
        )
        self.add_foot(None, secondary(_("Cancel"), "", self.dismiss), self.save)
        self.line.textChanged.connect(self._look)

    def ask(self, title: str, name: str, act: Named, *, shared: bool | None = False, words: str = "") -> None:
        """Ask for a name; `shared` is None where that is not asked, `words` say what is kept under it."""
        self._act = act
        self.title.setText(title)
        self.setAccessibleName(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.is_shared.setVisible(shared is not None)
        self.is_shared.setChecked(bool(shared))
        self.line.setText(name)
        self._look()
        self.open(self.line)
        self.line.selectAll()

    def _look(self) -> None:
        self._say("")
        self.save.setEnabled(bool(self.line.text().strip()))

    def _take(self) -> None:
        name = self.line.text().strip()
        if not name or self._act is None:
            return
        try:
            self._act(name, self.is_shared.isChecked())
        except Invalid as error:
            self._say(str(error))
        else:
            self.dismiss()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        set_look(self.line, "state", "err" if problem else "")
        self.line.setAccessibleDescription(problem)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._take()
        else:
            super().keyPressEvent(event)
