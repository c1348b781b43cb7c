"""A line for one moment in plain words, and at once the day it was understood as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.i18n import _
from crm_desktop.text import when
from crm_desktop.ui import theme
from crm_desktop.ui.timeline.words import moment_words
from crm_desktop.ui.widgets.boxes import row, set_look
from crm_desktop.ui.widgets.chips import Chip


def here_and_now() -> datetime:
    """This moment, in the zone of this computer."""
    return datetime.now().astimezone()


class MomentLine(QWidget):
    """Reads a day or a moment while it is typed; `base` is what it is reckoned from."""

    changed = Signal()

    def __init__(self, name: str, placeholder: str = "", base: Callable[[], datetime] = here_and_now) -> None:
        super().__init__()
        self._base = base
        self._kept: tuple[str, datetime, bool] | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(theme.px(110))
        self.chip = Chip()
        self.chip.hide()
        box = row(self.line, spacing=6)
        box.setStretch(0, 1)
        box.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(box)
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self.line.textChanged.connect(self.follow)

    def set_moment(self, at: datetime | None, *, has_time: bool = False) -> None:
        """Show a moment that is kept; it stays exactly that until another one is typed."""
        here = at and at.astimezone()
        text = f"{here:%Y-%m-%d %H:%M}" if here and has_time else f"{here:%Y-%m-%d}" if here else ""
        if here and has_time and self._base is not here_and_now and here.date() == self._base().date():
            text = f"{here:%H:%M}"
        self._kept = (text, here, has_time) if here else None
        self.line.setText(text)
        self.follow()

    def moment(self) -> tuple[datetime, bool] | None:
        """What was understood, and whether it has a time of day; words that are no date are not passed over."""
        text = self.line.text().strip()
        if self._kept is not None and text == self._kept[0] and self._is_same_day():
            return self._kept[1:]
        found = when.read(text, self._base()) if text else None
        return (found.at, found.has_time) if found is not None and not found.rest.strip() else None

    def problem(self) -> str:
        """What is wrong with what was typed, if anything."""
        if not self.line.text().strip() or self.moment() is not None:
            return ""
        return _("“{text}” was not understood as a date. Write it like “tomorrow 10:00” or “2026-11-24”.").format(
            text=self.line.text().strip()
        )

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self.line, "state", state)

    def _is_same_day(self) -> bool:
        """Whether a bare time of day, which was kept, is still reckoned from its own day."""
        text, at, _has_time = self._kept or ("", None, False)
        return at is None or "-" in text or at.date() == self._base().date()

    def follow(self) -> None:
        """Show what was understood; asked again when what it is reckoned from has changed."""
        found, is_empty = self.moment(), not self.line.text().strip()
        if found is None:
            self.chip.set("" if is_empty else _("No date understood"), "warn", "doubt")
        else:
            shown = moment_words(found[0], here_and_now().date(), has_time=found[1])
            self.chip.set(shown, "ok", "check")
        self.chip.setVisible(not is_empty)
        self.line.setAccessibleDescription(self.chip.text())
        self.changed.emit()
