"""What an import made: counts, what is to be noted, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.ui.pages.import_.facts import PROBLEM, WARNINGS, PlanFacts
from crm_desktop.ui.pages.import_.side import CardColumn, Outcome
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Picture, label
from crm_desktop.ui.widgets.text_table import Line, Texts, framed, text_table

if TYPE_CHECKING:
    from crm_desktop.services.importing.trace import Summary

PAGE = 200
"""Notes that are shown at once; more follow for who scrolls to their end."""
TEXT = 2
"""The column of what a note says."""
FINDINGS = {
    "duplicate": N_("Possible duplicates"),
    "missing": N_("Missing"),
    "suspicious": N_("Suspicious"),
}
"""What is found after an import, the most urgent first."""
TAKEN_BACK, KEPT, COULD_NOT = "taken_back", "kept", "could_not"
"""What becomes of rows when an import is undone."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence on a row of the file, and the record that it is about."""

    row: int
    title: str
    text: str
    entity: str = ""
    key: int = 0


class ResultView(QWidget):
    """The page after an import."""

    undo = Signal()
    another = Signal()
    show_contacts = Signal()
    save_problems = Signal()
    opened = Signal(str, object)
    """A record that a note is about is to be shown: its kind and its key."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture("ok", "ok", 40, soft="ok")
        self.title = label("", "title", wrap=True)
        self.text = label("", "small", wrap=True)
        self.note = InfoBar(kind="warn")
        self.show_button = primary(_("Show the new contacts"), "contact", self.show_contacts.emit)
        self.undo_button = secondary(_("Undo this import"), "undo", self.undo.emit)
        self.another_button = secondary(_("Import another file"), "import_file", self.another.emit)
        self.save = secondary(_("Save problem rows as Excel…"), "export_file", self.save_problems.emit)
        self.outcome = Outcome(_("What was made"))
        self.kinds = FilterChips(_("Kinds of notes"))
        self.notes = Texts([_("Row"), _("Person or company"), _("Please note")])
        self.table = text_table(self.notes, _("Notes on rows"), widths=(56, 200))
        self.table.activated.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.hint = label(_("Enter shows the record"), "caption")
        self.caption = label("", "caption")
        self._groups: dict[str, list[Note]] = {}
        self._shown: list[Note] = []
        self._name = ""
        self._totals: dict[str, int] = {}
        self._done: PlanFacts | None = None
        self.kinds.changed.connect(self._fill)
        self.notes.more_wanted.connect(self._fill_more)
        self._notes_title = label("", "section")
        self._notes_frame = framed(self.table)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.picture, spacing=14)
        head.addLayout(column(self.title, self.text, spacing=2), 1)
        buttons = row(self.show_button, self.undo_button, self.another_button, None)
        titles = row(self._notes_title, None, self.hint)
        left = column(head, self.note, buttons, 8, titles, self.kinds, self._notes_frame, self.caption, spacing=12)
        left.addStretch(1)
        left.setStretch(6, 100)
        self.outcome.add_row(row(self.save, margins=(0, 8, 0, 0)))
        box = row(spacing=16)
        box.addLayout(left, 1)
        box.addWidget(CardColumn(self.outcome))
        self.setLayout(box)

    def show_result(self, name: str, done: PlanFacts) -> None:
        """Show what came of a file."""
        self._name, self._done = name, done
        again = _("The data changed after the preview; rows were compared again. These counts are what was done.")
        told = ([again] if done.prepared_again else []) + list(done.files.sentences)
        self.note.say("\n".join(told), "warn" if done.prepared_again or done.files.problems else "info")
        self.show_button.setVisible(done.people > 0)
        self.undo_button.setVisible(done.set_id is not None)
        self.save.setVisible(done.counts[PROBLEM] > 0)
        self.show_undone(is_undone=False)

    def show_undone(self, *, is_undone: bool) -> None:
        """Show that the import was taken back, or that it holds."""
        done = self._done
        assert done is not None
        self.undo_button.setEnabled(not is_undone)
        self.show_button.setEnabled(not is_undone)
        self.picture.set_icon("undone" if is_undone else "ok", "text3" if is_undone else "ok")
        self.outcome.show_plan(done, dim=is_undone)
        if is_undone:
            self.title.setText(_("This import was undone"))
            self.text.setText(_("What you changed since is kept."))
            return
        text = _("From “{name}”. Every record can still be taken back, in one step.")
        self.title.setText(words_done(done))
        self.text.setText(text.format(name=self._name))
        groups: dict[str, list[Note]] = {kind: [] for kind in (*FINDINGS, WARNINGS)}
        for each in done.findings:
            groups[each.kind].append(Note(each.row, each.title, each.sentence, each.entity, each.key))
        groups[WARNINGS] = [Note(*each) for each in done.warnings]
        self._show_groups(groups, FINDINGS | {WARNINGS: N_("Notes on cells")}, done.noted)

    def _show_groups(
        self, groups: Mapping[str, Sequence[Note]], words: Mapping[str, str], totals: Mapping[str, int]
    ) -> None:
        """Show notes, of one kind at a time; `totals` says how many there are where not all are told."""
        self._groups = {kind: list(notes) for kind, notes in groups.items() if notes}
        self._totals = {kind: totals.get(kind, len(notes)) for kind, notes in self._groups.items()}
        total = sum(self._totals.values())
        self._notes_title.setText(
            ngettext("{count} note for you to look at", "{count} notes for you to look at", total)
        )
        self.kinds.set_choices([(kind, f"{_(words[kind])} {self._totals[kind]:,}") for kind in self._groups])
        for each in (self._notes_frame, self._notes_title, self.kinds, self.hint):
            each.setVisible(total > 0)
        self._fill()

    def _fill(self) -> None:
        self._show_notes(PAGE)
        if self._shown:
            self.table.selectRow(0)
        told, total = len(self._groups.get(self.kinds.value(), ())), self._totals.get(self.kinds.value(), 0)
        text = _("The first {shown} of {total} notes of this kind.").format(shown=f"{told:,}", total=f"{total:,}")
        self.caption.setText(text)
        self.caption.setVisible(told < total)
        self.hint.setVisible(any(each.key for each in self._shown))

    def _fill_more(self) -> None:
        self._show_notes(len(self._shown) + PAGE)

    def _show_notes(self, most: int) -> None:
        notes = self._groups.get(self.kinds.value(), [])
        self._shown = notes[:most]
        lines = [Line((f"{each.row:,}", each.title, each.text), whole=TEXT) for each in self._shown]
        self.notes.fill(lines, goes_on=len(notes) > most)

    def _open(self, index: QModelIndex) -> None:
        note = self._shown[index.row()]
        if note.key:
            self.opened.emit(note.entity, note.key)

    def show_traced(self, summary: Summary) -> None:
        """Tell what became of each row when the import was taken back."""
        back, kept, stuck = (summary.counts.get(state, 0) for state in (TAKEN_BACK, KEPT, COULD_NOT))
        edited = ngettext("{count} was kept because you edited it", "{count} were kept because you edited them", kept)
        told = {
            ngettext("{count} row was taken back", "{count} rows were taken back", back): back,
            edited: kept,
            _("{count} could not be taken back").format(count=f"{stuck:,}"): stuck,
        }
        self.text.setText(" · ".join(words for words, count in told.items() if count))
        groups: dict[str, list[Note]] = {state: [] for state in (KEPT, COULD_NOT, TAKEN_BACK)}
        for each in summary.rows:
            groups[each.state].append(Note(each.number, each.title, each.sentence, each.entity, each.key or 0))
        self._show_groups(groups, {KEPT: N_("Kept"), COULD_NOT: N_("Could not be taken back"), TAKEN_BACK: ""}, {})


def words_done(done: PlanFacts) -> str:
    """What was imported, in a few words."""
    if not done.written:
        return _("There was nothing to import")
    if done.people:
        return ngettext("{count} contact imported", "{count} contacts imported", done.people)
    return ngettext("{count} account imported", "{count} accounts imported", done.companies)


def words_to_do(plan: PlanFacts) -> str:
    """What the button of the last step does, in a few words."""
    if not plan.written:
        return _("Nothing to import")
    if plan.people:
        return ngettext("Import {count} contact", "Import {count} contacts", plan.people)
    return ngettext("Import {count} account", "Import {count} accounts", plan.companies)
