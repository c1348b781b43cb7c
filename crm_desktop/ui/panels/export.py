"""Writing lists for other programs: what, in which format, and how many records that will be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QRadioButton, QWidget
from typing_extensions import override

from crm_desktop.exchange.writing import part_of
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Progress
from crm_desktop.services.export import ACCOUNTS, ACTIVITIES, CONTACTS, EVERYTHING, SUBJECTS
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.ui.panels.folder import show_in_folder
from crm_desktop.ui.panels.panel import HasList, Panel, key_words, page_of
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.labels import Kbd, Picture, label
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

SEEN = "seen"
XLSX, CSV = ".xlsx", ".csv"


class Radios(QWidget):
    """A choice of few, side by side."""

    changed = Signal()

    def __init__(self, choices: Mapping[str, str]) -> None:
        super().__init__()
        self.buttons = {code: QRadioButton(words) for code, words in choices.items()}
        self.setLayout(row(*self.buttons.values(), None, spacing=14))
        for each in self.buttons.values():
            each.clicked.connect(self.changed)

    def value(self) -> str:
        """The code of what is chosen."""
        return next(code for code, button in self.buttons.items() if button.isChecked())

    def set_value(self, code: str) -> None:
        """Choose without saying so."""
        self.buttons[code].setChecked(True)


class Export(Panel):
    """Asks two questions, tells the number, and leaves the work to a worker."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Export"), width=640)
        self._host = window
        self._listing: Listing | None = None
        self._worker: Worker | None = None
        self._words = {
            SEEN: _("The list on screen"),
            ACCOUNTS: _("Accounts"),
            CONTACTS: _("Contacts"),
            ACTIVITIES: _("Activities"),
            EVERYTHING: _("Everything"),
        }
        self.what = Radios(self._words)
        self.format = Radios({XLSX: _("Excel workbook"), CSV: _("CSV text")})
        self.what.set_value(ACCOUNTS)
        self.format.set_value(XLSX)
        self.count = label("", "strong")
        self.explanation = label("", "caption", wrap=True)
        self.add_head(Picture("export", "accentText", 20), label(_("Export"), "heading"), None, Kbd(key_words("Esc")))
        self.body.addLayout(
            column(
                label(_("What to export"), "label"),
                self.what,
                6,
                label(_("Format"), "label"),
                self.format,
                8,
                self.count,
                self.explanation,
                spacing=6,
                margins=(20, 14, 20, 14),
            )
        )
        self.go = primary(_("Choose a file…"), "export", self._choose)
        self.add_foot(None, secondary(_("Cancel"), "", self.dismiss), self.go)
        self.what.changed.connect(self._tell)
        self.format.changed.connect(self._tell)

    @override
    def show_up(self) -> None:
        seen = _listing_of(self._host)
        self._listing = seen if seen is not None and seen.text.strip() and not seen.equal else None
        self.what.buttons[SEEN].setVisible(self._listing is not None)
        if seen is not None:
            self.what.set_value(SEEN if self._listing is not None else _name_of(seen))
        elif self.what.value() == SEEN:
            self.what.set_value(ACCOUNTS)
        self._tell()
        self.open(self.go if self.go.isEnabled() else self.what.buttons[self.what.value()])

    def counts(self) -> tuple[int, int]:
        """How many records would be written, of how many."""
        with self.desk.workspace.read() as session:
            totals = {
                name: queries.count(session, Listing(entity, closed=True))
                for name, (entity, _label) in SUBJECTS.items()
            }
            what = self.what.value()
            if what == EVERYTHING:
                return sum(totals.values()), sum(totals.values())
            if what != SEEN or self._listing is None:
                return totals[what], totals[what]
            return queries.count(session, self._listing), totals[_name_of(self._listing)]

    def _tell(self) -> None:
        """Say the number before anything is written; several lists need a workbook."""
        is_everything = self.what.value() == EVERYTHING
        if is_everything:
            self.format.set_value(XLSX)
        self.format.buttons[CSV].setEnabled(not is_everything)
        count, total = self.counts()
        words = ngettext("{count} record", "{count} records", count)
        if count != total:
            words = _("{records} of {total}").format(records=words, total=f"{total:,}")
        self.count.setText(words)
        self.explanation.setText(self._explained())
        self.go.setEnabled(count > 0)

    def _explained(self) -> str:
        if self.what.value() == SEEN and self._listing is not None:
            return _("Only what is found by “{text}”, with all its fields.").format(text=self._listing.text)
        if self.what.value() == EVERYTHING:
            return _("Accounts, contacts and activities on a sheet each, with all their fields.")
        return _("All of them with all their fields, closed accounts too; what is in the bin is left out.")

    def _choose(self) -> None:
        ending = self.format.value()
        folder = Path(str(self.desk.settings.layout.get("export_folder") or Path.home()))
        name = str((folder if folder.is_dir() else Path.home()) / f"{self._file_name()}{ending}")
        kind = _("Excel workbooks (*.xlsx)") if ending == XLSX else _("CSV text (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export to"), name, kind)
        if chosen:
            self.write(Path(chosen) if chosen.lower().endswith(ending) else Path(f"{chosen}{ending}"))

    def _file_name(self) -> str:
        what = self._what_to_write()
        return _("CRM") if what == EVERYTHING else self._words[what]

    def _what_to_write(self) -> str:
        return _name_of(self._listing) if self.what.value() == SEEN and self._listing else self.what.value()

    def write(self, target: Path) -> None:
        """Have a worker write the file; the window stays free meanwhile."""
        if self._worker is not None:
            self.desk.say(_("One export is still being written. Wait for it, or cancel it."), "info")
            return
        arguments = ["export", self._what_to_write(), str(target), "--data", str(self.desk.folder.path), "--progress"]
        if self.what.value() == SEEN and self._listing is not None and self._listing.text:
            arguments += ["--filter", self._listing.text]
        count = self.counts()[0]
        self.dismiss()
        self.desk.settings.layout["export_folder"] = str(target.parent)
        self._worker = Worker(arguments, self)
        self._worker.progressed.connect(self._follow)
        self._worker.finished.connect(partial(self._finish, target, count))
        self._worker.failed.connect(self._fail)
        self._worker.cancelled.connect(partial(self._stop, target))
        self._follow(Progress(0))
        self._worker.start()

    def _follow(self, progress: Progress) -> None:
        if self._worker is not None:
            words = _("Exporting {name}").format(name=progress.note) if progress.note else _("Exporting…")
            self.desk.ask("progress", (words, progress.done, progress.total, self._worker.cancel))

    def _end(self) -> None:
        self.desk.ask("progress", None)
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def _finish(self, target: Path, count: int, result: dict[str, Any]) -> None:
        self._end()
        text = ngettext("Exported {count} record", "Exported {count} records", count)
        rows = int(result.get("rows", count))
        if rows != count:
            text = _("{exported} in {rows} rows").format(exported=text, rows=f"{rows:,}")
        notes = [str(each) for each in result.get("notes", ())]
        tone = "warn" if notes else "ok"
        self.desk.say("\n".join((text, *notes)), tone, _("Show in folder"), partial(show_in_folder, target))

    def _fail(self, reason: str) -> None:
        self._end()
        message = _("Nothing was exported. {reason} Your data was not changed.")
        self.desk.say(message.format(reason=reason), "warn")

    def _stop(self, target: Path) -> None:
        self._end()
        part_of(target).unlink(missing_ok=True)
        self.desk.say(_("The export was stopped. No file was written."), "info")


def _listing_of(window: QWidget) -> Listing | None:
    """What the page on screen lists, if it lists anything."""
    page: object = page_of(window)
    return page.listing() if isinstance(page, HasList) else None


def _name_of(listing: Listing) -> str:
    return next(name for name, (entity, _label) in SUBJECTS.items() if entity is listing.entity)
