"""What an import made: counts, what is to be noted, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import PROBLEM, PlanFacts
from crm_desktop.ui.pages.import_.side import WIDTH, Outcome
from crm_desktop.ui.pages.import_.texts import Line, Texts, framed, text_table
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Picture, label

MOST_NOTES = 2000


class ResultView(QWidget):
    """The page after an import."""

    undo = Signal()
    another = Signal()
    show_contacts = Signal()
    save_problems = Signal()

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
        self.notes = Texts([_("Row"), _("Please note")])
        self.table = text_table(self.notes, _("Notes on rows"), widths=(64,))
        self._notes_title = label("", "section")
        self._notes_frame = framed(self.table)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.picture, spacing=14)
        head.addLayout(column(self.title, self.text, spacing=2), 1)
        buttons = row(self.show_button, self.undo_button, self.another_button, None)
        left = column(head, self.note, buttons, 8, self._notes_title, self._notes_frame, spacing=12)
        left.addStretch(1)
        left.setStretch(5, 100)
        side = QWidget()
        self.outcome.add_row(self.save)
        side.setLayout(column(self.outcome, None))
        side.setFixedWidth(theme.px(WIDTH))
        box = row(spacing=16)
        box.addLayout(left, 1)
        box.addWidget(side)
        self.setLayout(box)

    def show_result(self, name: str, done: PlanFacts) -> None:
        """Show what came of a file."""
        self.title.setText(words_done(done))
        self.text.setText(_("From “{name}”. Every record can still be taken back, in one step.").format(name=name))
        again = _("The data changed after the preview; rows were compared again. These counts are what was done.")
        self.note.say(again if done.prepared_again else "", "warn")
        self.outcome.show_plan(done)
        self.show_button.setVisible(done.people > 0)
        self.undo_button.setVisible(done.set_id is not None)
        self.save.setVisible(done.counts[PROBLEM] > 0)
        notes = done.warnings[:MOST_NOTES]
        self.notes.fill([Line((f"{row_:,}", text)) for row_, text in notes])
        counted = ngettext("{count} note for you to look at", "{count} notes for you to look at", len(done.warnings))
        self._notes_title.setText(counted)
        self._notes_frame.setVisible(bool(notes))
        self._notes_title.setVisible(bool(notes))
        self.show_undone(is_undone=False)

    def show_undone(self, *, is_undone: bool) -> None:
        """Tell that the import was taken back, or that it was done again."""
        self.undo_button.setEnabled(not is_undone)
        self.show_button.setEnabled(not is_undone)
        self.picture.set_icon("undone" if is_undone else "ok", "text3" if is_undone else "ok")
        if is_undone:
            self.text.setText(_("This import was undone. What you changed since is kept."))


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
