"""A calendar file is shown by its numbers before anything of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.services.calendar_in import CANCELLED, CHANGED, NEW, OUTCOMES
from crm_desktop.services.calendar_words import outcome_words
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

FEW_NOTES = 6


class CalendarImport(Panel):
    """Counts and remarks; Enter brings the appointments in, as one step to undo."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Import a calendar"), width=560)
        self.file: Path | None = None
        self._worker: Worker | None = None
        self.name = Elide("", "small")
        self.counts = {outcome: label("", "strong") for outcome in OUTCOMES}
        self.waiting = label(_("Reading…"), "small")
        self.notes = label("", "small", wrap=True)
        self.bar = InfoBar()
        self.import_button = primary(_("Import"), "import_file", self.bring_in)
        self.close_button = secondary(_("Close"), "", self.dismiss)
        self.add_head(
            Picture("calendar", "accentText", 20), label(_("Import a calendar"), "heading"), None, Kbd(key_words("Esc"))
        )
        lines = (self.name, self.bar, self.waiting, *self.counts.values(), self.notes)
        self.body.addLayout(column(*lines, spacing=6, margins=(20, 14, 20, 14)))
        self.add_foot(None, self.close_button, self.import_button)

    def begin(self, file: Path) -> None:
        """Show what would become of a file."""
        self.stop()
        self.file = file
        self.name.setText(file.name)
        self.bar.say("")
        self.notes.hide()
        for each in self.counts.values():
            each.hide()
        self.waiting.show()
        self.import_button.setEnabled(False)
        self.open(self.close_button)
        self._start(self._show, "--dry-run")

    def bring_in(self) -> None:
        """Write what was shown."""
        if self.file is not None and self._worker is None:
            self.import_button.setEnabled(False)
            self.waiting.show()
            self._start(self._written)

    def _start(self, then: Any, *arguments: str) -> None:
        where = ["--data", str(self.desk.folder.path)]
        self._worker = Worker(["import-ics", str(self.file), *arguments, *where], self)
        self._worker.finished.connect(partial(self._finish, then))
        self._worker.failed.connect(self._fail)
        self._worker.start()

    def is_working(self) -> bool:
        """Whether a file is being read or written."""
        return self._worker is not None

    def _finish(self, then: Any, told: Mapping[str, Any]) -> None:
        self._end()
        then(told)

    def _show(self, told: Mapping[str, Any]) -> None:
        counts: Mapping[str, int] = told["counts"]
        for outcome, words in self.counts.items():
            words.setText(outcome_words(outcome, counts[outcome]))
            words.setVisible(counts[outcome] > 0)
        notes = list(told["notes"])
        more = len(notes) - FEW_NOTES
        rest = ngettext("and {count} more", "and {count} more", more) if more > 0 else ""
        self.notes.setText("\n".join(filter(None, (*notes[:FEW_NOTES], rest))))
        self.notes.setVisible(bool(notes))
        is_news = any(counts[outcome] for outcome in (NEW, CHANGED, CANCELLED))
        if not is_news:
            self.bar.say(_("Nothing in this file is new."), "info")
        self.import_button.setEnabled(is_news)
        (self.import_button if is_news else self.close_button).setFocus()

    def _written(self, told: Mapping[str, Any]) -> None:
        self.dismiss()
        counts: Mapping[str, int] = told["counts"]
        words = " · ".join(outcome_words(each, counts[each]) for each in OUTCOMES if counts[each])
        if told["set_id"]:
            self.desk.workspace.announce_set(int(told["set_id"]))
            self.desk.say(words, "ok", _("Undo"), partial(self.desk.undo, int(told["set_id"])))
        else:
            self.desk.say(words, "info")

    def _fail(self, reason: str) -> None:
        self._end()
        self.bar.say(reason, "err")

    def _end(self) -> None:
        self.waiting.hide()
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def stop(self) -> None:
        """End what is under way."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()
            self._end()
