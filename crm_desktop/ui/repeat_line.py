"""A line for how often a task comes again, in plain words, and at once the days that were understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.services import repeating
from crm_desktop.services.printing.words import day_words
from crm_desktop.text import repeat
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column, set_look
from crm_desktop.ui.widgets.chips import Chip

Due = tuple[datetime, bool]
"""When a task is due, and whether at a time of day."""


class RepeatLine(QWidget):
    """Reads a repetition while it is typed; `due` gives when the task is due first."""

    changed = Signal()

    def __init__(self, due: Callable[[], Due | None]) -> None:
        super().__init__()
        self._due = due
        self._kept = ("", "")
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("never; every 2 weeks, last Friday"))
        self.line.setAccessibleName(_("Repeat"))
        self.line.setMinimumWidth(theme.px(110))
        self.chip = Chip()
        self.chip.hide()
        box = column(self.line, spacing=4)
        box.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(box)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.follow)

    def set_rule(self, rule: str) -> None:
        """Show a rule that is kept; it stays exactly that until another one is typed."""
        words = repeat.show(rule)
        self._kept = (words, rule)
        self.line.setText(words)
        self.follow()

    def rule(self) -> str:
        """The rule that was understood; nothing for what is done once, or was not understood."""
        text = self.line.text().strip()
        if text == self._kept[0]:
            return self._kept[1]
        return repeat.read(text, datetime.now().astimezone().date()) or ""

    def problem(self) -> str:
        """What is wrong with what was typed, if anything."""
        rule = self.rule()
        return repeat.check(rule) if rule or self.line.text().strip() else ""

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self.line, "state", state)

    def follow(self) -> None:
        """Show the next days; asked again when the task is due on another day."""
        due, rule, is_empty = self._due(), self.rule(), not self.line.text().strip()
        if is_empty:
            self.chip.set("")
        elif self.problem():
            self.chip.set(_("Not understood"), "warn", "doubt")
        elif due is None:
            self.chip.set(_("Needs a day to begin with"), "warn", "doubt")
        else:
            days = repeating.upcoming(rule, due[0], has_time=due[1])
            shown = _(", ").join(day_words(each.date()) for each in days)
            words = _("then {days}").format(days=shown) if days else _("only this once")
            self.chip.set(words, "ok", "check")
        self.chip.setVisible(not is_empty)
        self.line.setAccessibleDescription(self.chip.text())
        self.changed.emit()
