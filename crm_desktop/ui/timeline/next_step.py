"""The line for what happens next: a date in plain words, and at once the day it was understood as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.text import when
from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon
from crm_desktop.ui.timeline.words import moment_words
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.chips import Chip

NARROW = 340


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done next, and when, if a date was understood."""

    title: str = ""
    at: datetime | None = None
    has_time: bool = False


class NextStepLine(QWidget):
    """A line read as it is typed; what is no date stays in the step as text."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Next step: next tue 10am demo"))
        self.line.setAccessibleName(_("Next step"))
        self.line.setToolTip(_("What happens next and when, such as “next tue 10am demo” or “下周二10点 上门演示”"))
        self.line.setMinimumWidth(theme.px(120))
        self.line.addAction(icon("schedule", "text3", 16), QLineEdit.ActionPosition.LeadingPosition)
        self.chip = Chip()
        self.chip.hide()
        self._box = row(self.line)
        self._box.setStretch(0, 1)
        self._box.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._box)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._read)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show another step."""
        self.line.setText(text)

    def planned(self) -> Planned:
        """What was understood; nothing of the text is lost where no date was."""
        moment = self._moment()
        if moment is None:
            return Planned(self.line.text().strip())
        return Planned(moment.rest, moment.at, moment.has_time)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was understood stands beside the line, or below it where there is little room."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(NARROW)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(8 if beside else 4)

    def _moment(self) -> when.Moment | None:
        return when.read(self.line.text(), datetime.now().astimezone()) if self.line.text().strip() else None

    def _read(self) -> None:
        moment = self._moment()
        now = datetime.now().astimezone()
        if moment is None:
            self.chip.set(_("No date understood"), "warn", "doubt")
        else:
            shown = moment_words(moment.at, now.date(), has_time=moment.has_time)
            past = moment.at < now if moment.has_time else moment.at.date() < now.date()
            words = _("{date} is past").format(date=shown) if past else shown
            self.chip.set(words, "warn" if past else "ok", "doubt" if past else "check")
        self.chip.setVisible(bool(self.line.text().strip()))
        self.line.setAccessibleDescription(self.chip.text() if self.line.text().strip() else "")
        self.changed.emit()
