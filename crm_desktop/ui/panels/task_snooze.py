"""Until when a task is put off, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.tasks.moment_line import MomentLine
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.fitting_area import FittingArea
from crm_desktop.ui.widgets.labels import Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.tasks.verbs import TaskVerbs


class TaskSnooze(Panel):
    """One line and Enter."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, pgettext("task", "Snooze"), width=520, top=140)
        self._keys: Sequence[int] = ()
        self._verbs: TaskVerbs | None = None
        self.until = MomentLine(_("Put off to"), _("next tue 10am, in 3 days, 2026-12-01"))
        self.row = FieldRow(_("Put off to"), self.until)
        self.until.line.returnPressed.connect(self.save)
        self.until.changed.connect(lambda: self.row.set_finding(""))
        self.add_head(
            Picture("dormant", "accentText", 20),
            label(pgettext("task", "Snooze"), "heading"),
            None,
            Kbd(key_words("Esc")),
        )
        sheet = QWidget()
        sheet.setLayout(column(self.row, margins=(20, 14, 20, 14)))
        area = FittingArea(sheet)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab stops at the fields, which come into sight by themselves
        self.body.addWidget(area)
        self.save_button = primary(pgettext("task", "Snooze"), "", self.save)
        self.add_foot(None, self.save_button, Kbd("↵"))

    def ask(self, keys: Sequence[int], verbs: TaskVerbs) -> None:
        """Ask until when these tasks are put off."""
        self._keys, self._verbs = keys, verbs
        self.until.set_moment(None)
        self.open(self.until.line)

    def save(self) -> None:
        """Put them off, or say what was not understood."""
        found = self.until.moment()
        if found is None or self._verbs is None:
            self.row.set_finding(self.until.problem() or _("Write until when, such as “next tue 10am”."))
            return
        at, has_time = found
        until = at if has_time else at.date()
        if self._verbs.is_over(until):
            self.row.set_finding(_("That is over already. Write a later moment."))
            return
        self.dismiss()
        self._verbs.snooze_until(self._keys, until)
