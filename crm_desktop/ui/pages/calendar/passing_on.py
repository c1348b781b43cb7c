"""Calendar files in and out: files are chosen here, and written and read by a worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.panels.calendar_import import CalendarImport
from crm_desktop.ui.panels.folder import show_in_folder
from crm_desktop.ui.panels.panel import panel_of
from crm_desktop.ui.panels.printing import NOT_IN_NAMES
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.services.calendar import Entry
    from crm_desktop.ui.desk import Desk

ENDING = ".ics"
FOLDER = "export_folder"


class PassingOn(QObject):
    """What is asked of other calendars."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._worker: Worker | None = None
        self._panel: CalendarImport | None = None

    def save_one(self, entry: Entry) -> None:
        """Save one appointment, to be sent by mail."""
        self._choose(entry.title, "--task", str(entry.key))

    def save_days(self, first: date, last: date) -> None:
        """Save what falls into some days."""
        self._choose(f"{first} {last}", "--from", first.isoformat(), "--to", last.isoformat())

    def save_all(self) -> None:
        """Save all that has a day."""
        self._choose(_("Calendar"))

    def _choose(self, name: str, *arguments: str) -> None:
        kept = Path(str(self._desk.settings.layout.get(FOLDER) or Path.home()))
        begin = (kept if kept.is_dir() else Path.home()) / f"{name.translate(NOT_IN_NAMES).strip()[:80]}{ENDING}"
        chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Save as"), str(begin), _("Calendar files (*.ics)"))
        if chosen:
            self.write(Path(chosen) if chosen.lower().endswith(ENDING) else Path(f"{chosen}{ENDING}"), *arguments)

    def write(self, target: Path, *arguments: str) -> None:
        """Have a worker write a calendar file."""
        if self._worker is not None:
            self._desk.say(_("One file is still being written. Wait a moment."), "info")
            return
        self._worker = Worker(["export-ics", str(target), *arguments, "--data", str(self._desk.folder.path)], self)
        self._worker.finished.connect(partial(self._finish, target))
        self._worker.failed.connect(self._fail)
        self._worker.start()

    def ask_import(self) -> None:
        """Choose a calendar file to bring in."""
        chosen, _kind = QFileDialog.getOpenFileName(self._page, _("Choose a calendar"), "", _("Calendar files (*.ics)"))
        if chosen:
            self.bring_in(Path(chosen))

    def bring_in(self, file: Path) -> None:
        """Show what would become of a calendar file."""
        self._panel = panel_of(CalendarImport, self._page.window(), self._desk)
        self._panel.begin(file)

    def close(self) -> None:
        """End what is under way."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()
        if self._panel is not None:
            self._panel.stop()

    def _finish(self, target: Path, told: Mapping[str, Any]) -> None:
        self._end()
        self._desk.settings.layout[FOLDER] = str(target.parent)
        counted = ngettext("{count} entry", "{count} entries", int(told.get("events", 0)))
        text = _("Saved as {name}: {rows}").format(name=target.name, rows=counted)
        self._desk.say(text, "ok", _("Show in folder"), partial(show_in_folder, target))

    def _fail(self, reason: str) -> None:
        self._end()
        self._desk.say(_("No file was written. {reason}").format(reason=reason), "warn")

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None
