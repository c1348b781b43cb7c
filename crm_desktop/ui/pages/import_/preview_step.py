"""The fourth step: what becomes of the rows, with samples of each kind, before anything is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import N_, _
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import CREATE, LEFT_OUT, PROBLEM, SAME, UPDATE, PlanFacts, RowFacts
from crm_desktop.ui.pages.import_.side import CardColumn, Notes, Outcome
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import link, secondary
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.text_table import Line, Texts, framed, text_table

KINDS = (
    (CREATE, N_("New"), "text"),
    (UPDATE, N_("Completed"), "text"),
    (SAME, N_("Unchanged"), "text3"),
    (LEFT_OUT, N_("Left out"), "text3"),
    (PROBLEM, N_("Problems"), "err"),
)
TONES = {code: tone for code, _words, tone in KINDS}
DETAIL, FIELD = 190, 130
SENTENCE = 1
"""The column in which a sentence begins."""


class PreviewStep(QWidget):
    """Samples in a table, the fields of the chosen row below it, the counts at the right."""

    save_problems = Signal()
    save_recipe = Signal()
    """The choices are to be kept in a file, for the command line."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RowFacts] = []
        self._plan: PlanFacts | None = None
        self.kinds = FilterChips(_("Kinds of rows"))
        self.lines = Texts([_("Row"), _("Person or company"), _("What happens")])
        self.table = text_table(self.lines, _("Sample rows"), widths=(56, 230))
        self.caption = label("", "caption")
        self.fields = Texts([_("Field"), _("Before"), _("After")])
        self.detail = text_table(self.fields, _("Fields of the row"), widths=(FIELD,), stretched=(1, 2))
        self.detail.setFixedHeight(theme.px(DETAIL))
        self.outcome = Outcome(_("What will happen"))
        self.save = secondary(_("Save problem rows as Excel…"), "export_file", self.save_problems.emit)
        self.notes = Notes(_("Please note"))
        self.outcome.add_row(row(self.save, margins=(0, 8, 0, 0)))
        recipe = link(_("Save these choices…"), "rules", self.save_recipe.emit)
        recipe.explain(_("As a file: the command line imports other files in the same way with it"))
        self.outcome.add_row(row(recipe, None))
        self._lay_out()
        self.kinds.changed.connect(self._fill)
        self.table.selectionModel().currentRowChanged.connect(self._show_fields)

    def _lay_out(self) -> None:
        left = column(self.kinds, framed(self.table), self.caption, framed(self.detail), spacing=8)
        left.setStretch(1, 1)
        box = row(spacing=16)
        box.addLayout(left, 1)
        box.addWidget(CardColumn(self.outcome, self.notes))
        self.setLayout(box)

    def show_plan(self, plan: PlanFacts, undecided: int, *, dim: bool = False) -> None:
        """Show a plan and how many doubtful rows nobody decided; a dim one is being worked out anew."""
        self.outcome.show_plan(plan, undecided, dim=dim)
        self.save.setVisible(plan.counts[PROBLEM] > 0)
        self.notes.show_notes(plan.notes)
        if plan is self._plan:
            return
        self._plan = plan
        shown = [(code, words) for code, words, _tone in KINDS if plan.counts[code]]
        self.kinds.set_choices([(code, f"{_(words)} {plan.counts[code]:,}") for code, words in shown])
        self._fill()

    def _fill(self) -> None:
        assert self._plan is not None
        code = self.kinds.value()
        self._rows = [each for each in self._plan.rows if each.outcome == code]
        self.lines.fill([_line(each) for each in self._rows])
        total = self._plan.counts.get(code, 0)
        shown = len(self._rows)
        text = _("The first {shown} of {total} rows of this kind.").format(shown=f"{shown:,}", total=f"{total:,}")
        self.caption.setText(text if shown < total else "")
        self.caption.setVisible(shown < total)
        if self._rows:
            self.table.selectRow(0)
        self._show_fields()

    def _show_fields(self) -> None:
        place = self.table.currentIndex().row()
        chosen = self._rows[place] if 0 <= place < len(self._rows) else None
        sentences: list[Line] = []
        lines: list[Line] = []
        if chosen is not None:
            sentences += [Line((_("Problem"), each), "err", whole=SENTENCE) for each in chosen.problems]
            sentences += [Line((_("Please note"), each), "warn", whole=SENTENCE) for each in chosen.warnings]
            lines += [Line((each.label, each.old, each.new)) for each in chosen.changes]
        self.fields.fill([*sentences, *lines])


def _line(facts: RowFacts) -> Line:
    """A row of the file in one line."""
    if facts.problems:
        what = " ".join(facts.problems)
    elif facts.outcome == UPDATE:
        arrow = _("{field}: {old} → {new}")
        what = " · ".join(
            arrow.format(field=each.label, old=each.old, new=each.new) if each.old else f"{each.label}: {each.new}"
            for each in facts.changes
        )
    else:
        what = " · ".join(each.new for each in facts.changes if each.new)
    if facts.warnings and not facts.problems:
        what = _("{count} to note · {what}").format(count=len(facts.warnings), what=what) if what else facts.warnings[0]
    return Line((f"{facts.number:,}", facts.title or "–", what), TONES[facts.outcome])
