"""The stage of an account's life cycle, set by hand in place of the one that is worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, picks
from crm_desktop.model.kinds import Day
from crm_desktop.services import lifecycle, records
from crm_desktop.text.findings import Severity
from crm_desktop.text.lifecycle import STAGES
from crm_desktop.ui.panels.panel import Panel, key_words, on_control_enter, page_of
from crm_desktop.ui.panels.printing import record_of
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class LifecyclePanel(Panel):
    """Shows where the account on screen stands and why; a stage, a reason and a last day take its place."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Life cycle"), width=560)
        self._host, self._key = window, 0
        self.subject, self.now = Elide("", "small"), label("", "", wrap=True)
        parts = [(each, "", picks.label("lifecycle", each)) for each in STAGES]
        self.stages = Segmented(_("Stage"), parts, scope=self)
        self.reason = InPlaceLine("", _("such as “talks with their new owner”"))
        self.until = InPlaceLine("", _("day, or nothing for always"))
        self.rows = {
            "stage": FieldRow(_("Stage"), self.stages),
            "reason": FieldRow(_("Reason"), self.reason),
            "until": FieldRow(_("Last day"), self.until),
        }
        align_labels(self.rows.values())
        self.clear_button = secondary(_("Work it out again"), "undo", self.clear)
        self.save_button = primary(_("Set by hand"), "check", self.save)
        self._lay_out()
        on_control_enter(self, self.save)

    @override
    def show_up(self) -> None:
        found = record_of(page_of(self._host))
        if found is None or found[0] != "account":
            self.desk.say(_("Choose an account first."), "info")
            return
        self._key = found[1]
        self._fill()
        self.open(self.reason)

    def save(self) -> None:
        """Set the stage; what cannot be is told beside its field."""
        self._forgive()
        reading = Day().read(self.until.value()) if self.until.value().strip() else None
        if reading is not None and (reading.value is None or reading.worst == Severity.BLOCK):
            self.rows["until"].set_finding(
                _("“{text}” is not a day. Write it such as 2026-11-24.").format(text=self.until.value())
            )
            return
        day = reading.value if reading else None
        stage, reason, workspace, key = self.stages.value(), self.reason.value(), self.desk.workspace, self._key
        self._write(lambda: lifecycle.put(workspace, key, stage, reason, day))

    def clear(self) -> None:
        """Have the stage worked out again."""
        self._forgive()
        workspace, key = self.desk.workspace, self._key
        self._write(lambda: lifecycle.clear(workspace, key))

    def _write(self, write: Callable[[], str]) -> None:
        try:
            self.desk.save(write, self._done)
        except Invalid as error:
            for name, sentence in error.problems.items():
                self.rows[name].set_finding(sentence)
            first = next((self.rows[each].editor for each in self.rows if each in error.problems), self.reason)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, title: str) -> None:
        self.dismiss()
        self.desk.done(title)

    def _forgive(self) -> None:
        for each in self.rows.values():
            each.set_finding("")

    def _fill(self) -> None:
        self._forgive()
        found = lifecycle.of_account(self.desk.workspace, self._key)
        told = found.override
        self.subject.setText(records.load(self.desk.workspace, Account, self._key, ()).name)
        self.now.setText(_("{stage}: {why}").format(stage=found.label, why=found.why))
        self.stages.set_value(told.stage if told else found.code)
        self.reason.setText(told.reason if told else "")
        self.until.setText(told.until.isoformat() if told and told.until else "")
        self.clear_button.setVisible(told is not None)

    def _lay_out(self) -> None:
        head = label(_("Life cycle"), "heading")
        self.add_head(Picture("refresh", "accentText", 20), head, self.subject, Kbd(key_words("Esc")))
        rows = column(self.now, 4, *self.rows.values(), spacing=4, margins=(18, 12, 18, 14))
        self.body.addLayout(rows)
        self.add_foot(self.clear_button, None, self.save_button, Kbd(key_words("Ctrl+Return")))
