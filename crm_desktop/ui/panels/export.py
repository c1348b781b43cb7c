"""Writing lists for other programs: what, in which format, which columns, and how many records that will be."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.exchange.out import CARDS, KINDS, Kind
from crm_desktop.exchange.writing import part_of
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Progress
from crm_desktop.services import export
from crm_desktop.services.export import ACCOUNTS, ACTIVITIES, CONTACTS, EVERYTHING, Counts, Wanted
from crm_desktop.store import opening
from crm_desktop.ui.panels.column_list import ColumnList
from crm_desktop.ui.panels.export_words import explanation, outcome, summary
from crm_desktop.ui.panels.folder import show_in_folder
from crm_desktop.ui.panels.panel import HasChosen, HasColumns, HasList, Panel, key_words, page_of
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import link, primary, secondary
from crm_desktop.ui.widgets.flow import FlowLayout
from crm_desktop.ui.widgets.labels import Kbd, Picture, label
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

SEEN, CHOSEN = "seen", "chosen"
OFFERED = {each.code: each for each in KINDS if each.code != "tsv"}
XLSX = "xlsx"


class Radios(QWidget):
    """A choice of few, side by side as far as there is room."""

    changed = Signal()

    def __init__(self, choices: Mapping[str, str], words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.buttons = {code: QRadioButton(text) for code, text in choices.items()}
        flow = FlowLayout(self, gap=14)
        for each in self.buttons.values():
            flow.addWidget(each)
            each.clicked.connect(self.changed)

    def value(self) -> str:
        """The code of what is chosen."""
        return next(code for code, button in self.buttons.items() if button.isChecked())

    def set_value(self, code: str) -> None:
        """Choose without saying so."""
        self.buttons[code].setChecked(True)


class Export(Panel):
    """Asks what is wanted, tells the number, and leaves the work to a worker."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Export"), width=790, top=72)
        self._host = window
        self._seen: Wanted | None = None
        self._picked: tuple[int, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._counts = Counts(0, 0)
        self._worker: Worker | None = None
        self._options: Path | None = None
        self._words = {
            SEEN: _("The list on screen"),
            CHOSEN: _("The selection"),
            ACCOUNTS: _("Accounts"),
            CONTACTS: _("Contacts"),
            ACTIVITIES: _("Activities"),
            EVERYTHING: _("Everything"),
        }
        self.what = Radios(self._words, _("What to export"))
        self.format = Radios({code: each.label for code, each in OFFERED.items()}, _("Format"))
        self.what.set_value(ACCOUNTS)
        self.format.set_value(XLSX)
        self.columns = ColumnList()
        self.column_part = QWidget()
        self.count = label("", "strong", wrap=True)
        self.explanation = label("", "caption", wrap=True)
        self._lay_out()
        self.what.changed.connect(self._turn)
        self.format.changed.connect(self._tell)
        self.columns.changed.connect(self._tell)

    def _lay_out(self) -> None:
        self.add_head(Picture("export", "accentText", 20), label(_("Export"), "heading"), None, Kbd(key_words("Esc")))
        every = link(_("Choose all"), "", partial(self.columns.choose_all, chosen=True))
        none = link(_("Choose none"), "", partial(self.columns.choose_all, chosen=False))
        hint = label(_("Drag, or {up} and {down}, to order").format(up=key_words("Alt+Up"), down=key_words("Alt+Down")))
        hint.setProperty("role", "caption")
        inner = QVBoxLayout(self.column_part)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addLayout(row(label(_("Columns to write"), "label"), 8, hint, None, every, none))
        inner.addWidget(self.columns)
        parts = (
            label(_("What to export"), "label"),
            self.what,
            4,
            label(_("Format"), "label"),
            self.format,
            4,
            self.column_part,
            6,
            self.count,
            self.explanation,
        )
        self.body.addLayout(column(*parts, spacing=6, margins=(20, 12, 20, 12)))
        self.go = primary(_("Choose a file…"), "export", self._choose)
        self.add_foot(None, secondary(_("Cancel"), "", self.dismiss), self.go)

    @override
    def show_up(self) -> None:
        self._look_at_page()
        self.what.buttons[SEEN].setVisible(self._seen is not None)
        self.what.buttons[CHOSEN].setVisible(bool(self._picked))
        if self._picked:
            self.what.buttons[CHOSEN].setText(
                ngettext("The {count} selected", "The {count} selected", len(self._picked))
            )
        if self._seen is not None:
            self.what.set_value(CHOSEN if len(self._picked) > 1 else SEEN)
        elif self.what.value() in (SEEN, CHOSEN):
            self.what.set_value(ACCOUNTS)
        self._turn()
        self.open(self.go if self.go.isEnabled() else self.what.buttons[self.what.value()])

    def _look_at_page(self) -> None:
        """Note what the page on screen lists, if it lists anything."""
        page: object = page_of(self._host)
        self._seen = Wanted.seen(page.listing()) if isinstance(page, HasList) else None
        self._picked = tuple(page.chosen_keys()) if self._seen and isinstance(page, HasChosen) else ()
        self._shown = tuple(page.columns_shown()) if self._seen and isinstance(page, HasColumns) else ()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        what = self.what.value()
        if what in (SEEN, CHOSEN) and self._seen is not None:
            found = self._seen if what == SEEN else replace(self._seen, ids=self._picked)
        else:
            found = Wanted(what)
        if found.what == EVERYTHING:
            return found
        return replace(found, columns=tuple(self.columns.codes()))

    def kind(self) -> Kind:
        """The kind of file that is chosen now."""
        return OFFERED[self.format.value()]

    def _turn(self) -> None:
        """Offer the columns and the format that were used for such a list the last time."""
        wanted = self.wanted()
        kept = self._remembered(wanted.what)
        if wanted.what != EVERYTHING:
            offered = export.columns(wanted.what)
            shown = self._shown if self.what.value() in (SEEN, CHOSEN) else ()
            self.columns.fill(offered, shown or kept.get("columns") or export.usual(wanted.what))
        if kept.get("format") in OFFERED:
            self.format.set_value(str(kept["format"]))
        self._tell()

    def _tell(self) -> None:
        """Say the number before anything is written."""
        wanted = self.wanted()
        for code, each in OFFERED.items():
            fits = each.several if wanted.what == EVERYTHING else each.holds != CARDS or wanted.what == CONTACTS
            self.format.buttons[code].setEnabled(fits)
        if not self.format.buttons[self.format.value()].isEnabled():
            self.format.set_value(XLSX)
        kind = self.kind()
        self.column_part.setVisible(kind.has_columns and wanted.what != EVERYTHING)
        self._counts = export.counts(self.desk.workspace, wanted)
        self.count.setText(summary(wanted, kind, self._counts, len(wanted.columns)))
        self.explanation.setText(explanation(wanted, kind))
        has_columns = bool(wanted.columns) or self.column_part.isHidden()
        self.go.setEnabled(self._counts.records > 0 and has_columns)
        self.body.activate()

    def _remembered(self, what: str) -> dict[str, Any]:
        with self.desk.workspace.read() as session:
            kept = opening.recall(session, _memory(what))
        return kept if isinstance(kept, dict) else {}

    def _choose(self) -> None:
        kind = self.kind()
        folder = Path(str(self.desk.settings.layout.get("export_folder") or Path.home()))
        name = str((folder if folder.is_dir() else Path.home()) / f"{self._file_name()}{kind.suffix}")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export to"), name, f"{kind.label} (*{kind.suffix})")
        if chosen:
            self.write(Path(chosen) if chosen.lower().endswith(kind.suffix) else Path(f"{chosen}{kind.suffix}"))

    def _file_name(self) -> str:
        what = self.wanted().what
        return _("CRM") if what == EVERYTHING else self._words[what]

    def write(self, target: Path) -> None:
        """Have a worker write the file; the window stays free meanwhile."""
        if self._worker is not None:
            self.desk.say(_("One export is still being written. Wait for it, or cancel it."), "info")
            return
        wanted, kind = self.wanted(), self.kind()
        self._keep(wanted, kind)
        self._options = _written_down(wanted)
        arguments = ["export", wanted.what, str(target), "--data", str(self.desk.folder.path), "--progress"]
        arguments += ["--format", kind.code, "--options", str(self._options)]
        self.dismiss()
        self._worker = Worker(arguments, self)
        self._worker.progressed.connect(self._follow)
        self._worker.finished.connect(partial(self._finish, target))
        self._worker.failed.connect(self._fail)
        self._worker.cancelled.connect(partial(self._stop, target))
        self._follow(Progress(0))
        self._worker.start()

    def _keep(self, wanted: Wanted, kind: Kind) -> None:
        """Remember where files go, and what such a list is written with."""
        kept: dict[str, object] = self._remembered(wanted.what) | {"format": kind.code}
        if kind.has_columns:
            kept["columns"] = list(wanted.columns)
        workspace = self.desk.workspace
        self.desk.save(partial(opening.remember, workspace, _memory(wanted.what), kept))

    def _follow(self, progress: Progress) -> None:
        if self._worker is not None:
            words = _("Exporting {name}").format(name=progress.note) if progress.note else _("Exporting…")
            self.desk.ask("progress", (words, progress.done, progress.total, self._worker.cancel))

    def _end(self) -> None:
        self.desk.ask("progress", None)
        if self._options is not None:
            self._options.unlink(missing_ok=True)
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def _finish(self, target: Path, result: Mapping[str, Any]) -> None:
        self._end()
        self.desk.settings.layout["export_folder"] = str(target.parent)
        notes = [str(each) for each in result.get("notes", ())]
        text = outcome(int(result["records"]), int(result["rows"]), notes)
        self.desk.say(text, "warn" if notes else "ok", _("Show in folder"), partial(show_in_folder, target))

    def _fail(self, reason: str) -> None:
        self._end()
        message = _("Nothing was exported. {reason} Your data was not changed.")
        self.desk.say(message.format(reason=reason), "warn")

    def _stop(self, target: Path) -> None:
        self._end()
        part_of(target).unlink(missing_ok=True)
        self.desk.say(_("The export was stopped. No file was written."), "info")


def _memory(what: str) -> str:
    return f"export:{what}"


def _written_down(wanted: Wanted) -> Path:
    """What is wanted as a file for the worker, which nobody else may read."""
    handle, name = tempfile.mkstemp(prefix="crm-export-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(wanted.to_json(), file, ensure_ascii=False)
    return Path(name)
