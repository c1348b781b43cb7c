"""Done…: what came of a task and what is next, in one panel and one step to undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.i18n import _
from crm_desktop.model import picks
from crm_desktop.services import finishing, tasks
from crm_desktop.services.finishing import Result
from crm_desktop.ui.panels.panel import Panel, key_words, on_control_enter
from crm_desktop.ui.timeline.next_step import NextStepLine
from crm_desktop.ui.timeline.words import kind_icon, kind_word
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.fitting_area import FittingArea
from crm_desktop.ui.widgets.labels import Caption, Elide, Kbd, Picture
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

KINDS = ("call", "visit", "mail", "chat", "meeting", "note")


class TaskDone(Panel):
    """Alt and a digit choose the kind, Ctrl+Enter saves."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Done"), width=680, top=110)
        self._key = 0
        self.title = Elide("", "heading")
        self.kinds = Segmented(_("Kind of activity"), [(k, kind_icon(k), kind_word(k)) for k in KINDS], scope=self)
        self.outcome = InPlaceChoice((), placeholder=_("What came of it"))
        self.outcome.frame()
        self.summary = QLineEdit()
        self.summary.setPlaceholderText(_("What was said, in a line"))
        self.next = NextStepLine()
        self.remark = Caption("")
        on_control_enter(self, self.save)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.title)
        head.setStretch(0, 1)
        self.add_head(Picture("check", "accentText", 20), head, Kbd(key_words("Esc")))
        rows = [
            FieldRow(_("How"), self.kinds),
            FieldRow(_("Outcome"), self.outcome),
            FieldRow(_("Note"), self.summary),
            FieldRow(_("Next step"), self.next),
        ]
        align_labels(rows)
        sheet = QWidget()
        sheet.setLayout(column(*rows, self.remark, spacing=8, margins=(20, 14, 20, 14)))
        area = FittingArea(sheet)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab stops at the fields, which come into sight by themselves
        self.body.addWidget(area)
        self.save_button = primary(_("Done"), "check", self.save)
        self.add_foot(None, self.save_button, Kbd(key_words("Ctrl+Return")))

    def ask(self, key: int) -> None:
        """Ask about a task."""
        self._key = key
        task = tasks.load(self.desk.workspace, key)
        self.title.setText(_("Done: {title}").format(title=task.title))
        kind = finishing.activity_kind(task.kind)
        self.kinds.set_value(kind if kind in KINDS else "note")
        self.outcome.set_choices([("", _("None")), *((each.code, each.label) for each in picks.of("outcome"))])
        self.outcome.set_value("")
        self.summary.clear()
        self.next.set_text("")
        is_noted = task.account is not None or task.contact is not None
        self.remark.setText("" if is_noted else _("The task is about nobody: what came of it is added to its note."))
        self.remark.setVisible(not is_noted)
        self.open(self.summary)

    def save(self) -> None:
        """Keep all of it as one step."""
        planned = self.next.planned()
        result = Result(
            self.kinds.value(),
            self.summary.text(),
            self.outcome.value(),
            planned.title,
            planned.at,
            planned.has_time,
        )
        self.dismiss()
        told = self.title.text()
        write = partial(finishing.finish, self.desk.workspace, self._key, result)
        self.desk.save(write, lambda _made: self.desk.done(told))
