"""One task that a template is about to make: taken or left, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import picks
from crm_desktop.services.printing.words import day_words
from crm_desktop.services.template_tasks import SATURDAY, Planned
from crm_desktop.text import when
from crm_desktop.ui import theme
from crm_desktop.ui.templates.words import icon_of
from crm_desktop.ui.widgets.boxes import row, set_look
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import Elide, Picture, label

DATE_WIDTH, WORDS_WIDTH = 110, 150
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DayLine(InPlaceLine):
    """A day in plain words or digits; Alt and an arrow go to the next day or the one before."""

    chosen = Signal(object)
    """A `date` that was understood."""
    misread = Signal()
    """What was typed is no day; it stays to be mended."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.day = date.min
        self.setAccessibleName(words)
        self.committed.connect(self._read)

    def show_day(self, day: date) -> None:
        """Show a day."""
        self.day = day
        self.set_state("")
        self.setText(day.isoformat())
        self.set_value(day.isoformat())
        self.setAccessibleDescription(day_words(day))

    def _read(self, text: str) -> None:
        found = when.read(text, datetime.now().astimezone())
        if found is None or found.rest:
            self.set_state("err")
            self.misread.emit()
        else:
            self.show_day(found.at.date())
            self.chosen.emit(self.day)

    def problem(self) -> str:
        """What is wrong with what stands there, if anything."""
        if self.value().strip() == self.day.isoformat():
            return ""
        message = _("“{text}” is not a day such as 2026-11-24 or “next Monday”.")
        return message.format(text=self.value().strip()[:40])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_day(self.day + timedelta(days=step))
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)


class PlannedRow(QWidget):
    """A task with its day; unticked it is not made."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._planned: Planned | None = None
        self.box = QCheckBox()
        self.picture = Picture("task", "text3", 16)
        self.title = Elide("", "list")
        self.day = DayLine(_("Day"))
        self.day.setFixedWidth(theme.px(DATE_WIDTH))
        self.words = label("", "caption")
        self.words.setFixedWidth(theme.px(WORDS_WIDTH))
        inside = row(self.box, self.picture, self.title, self.day, self.words, spacing=8)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.box.toggled.connect(self.changed)
        self.day.chosen.connect(self._move)

    def planned(self) -> Planned | None:
        """The task as it will be made; nothing when it is left out."""
        return self._planned if self.box.isChecked() else None

    def show_task(self, planned: Planned) -> None:
        """Show a task, to be made unless somebody unticks it."""
        self._planned = planned
        self.box.setChecked(True)
        self.box.setAccessibleName(planned.title)
        self.picture.set_icon(icon_of(planned.kind))
        self.picture.setToolTip(picks.label("task_kind", planned.kind))
        self.title.setText(planned.title)
        self.day.setAccessibleName(_("Day of “{title}”").format(title=planned.title))
        self._show_day(planned.day)

    def _show_day(self, day: date) -> None:
        assert self._planned is not None
        self.day.show_day(day)
        set_look(self.words, "role", "warn" if day.weekday() >= SATURDAY else "caption")
        self.words.setText(f"{day_words(day)} {self._planned.at_time}".strip())

    def _move(self, day: date) -> None:
        assert self._planned is not None
        self._planned = replace(self._planned, day=day)
        self._show_day(day)
        self.changed.emit()
