"""A doubtful row beside the record that it may mean, field by field."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import SAME_ROW, CandidateFacts, ConflictFacts, DoubtFacts
from crm_desktop.ui.widgets.avatar import Avatar
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.labels import Elide
from crm_desktop.ui.widgets.text_table import PADDING, Line, Texts, text_table

FIELD = 130


class Comparison(QFrame):
    """Left what the file says, right what is there; equal values are grey."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._faces = (Avatar(size=36), Avatar(size=36))
        self._titles = (Elide("", "listStrong"), Elide("", "listStrong"))
        self._where = (Elide("", "caption"), Elide("", "caption"))
        heads = [
            row(face, column(title, where, spacing=0), spacing=10)
            for face, title, where in zip(self._faces, self._titles, self._where, strict=True)
        ]
        head = row(spacing=0, margins=(theme.px(FIELD + PADDING), 12, 8, 8))
        for each in heads:
            head.addLayout(each, 1)
        self.lines = Texts([_("Field"), _("In the file"), _("Already there")])
        self.table = text_table(self.lines, _("Comparison"), widths=(FIELD,), stretched=(1, 2))
        self.setLayout(column(head, self.table, spacing=0, margins=(1, 1, 1, 1)))

    def show_pair(self, doubt: DoubtFacts, candidate: CandidateFacts) -> None:
        """Compare somebody in a row with whom that may be."""
        there = _("Already there")
        if candidate.decision.startswith(SAME_ROW):
            row_, _colon, _who = candidate.decision.removeprefix(SAME_ROW).partition(":")
            there = _("In the file, row {row}").format(row=row_)
        self._show_heads((doubt.title, candidate.title), doubt.row, there)
        lines = [_compared(each["label"], each["ours"], each["theirs"]) for each in candidate.fields]
        self.lines.fill(lines, [_("Field"), _("In the file"), there])

    def show_conflict(self, conflict: ConflictFacts) -> None:
        """Show a value that was changed in the file and here."""
        there = _("Now here")
        self._show_heads((conflict.title, conflict.title), conflict.row, there)
        self.lines.fill(
            [Line((conflict.label, conflict.file or "–", conflict.mine or "–"), "warn")],
            [_("Field"), _("In the file"), there],
        )

    def _show_heads(self, titles: tuple[str, str], row_: int, there: str) -> None:
        """Name both sides and where they stand."""
        where = (_("In the file, row {row}").format(row=row_), there)
        for n in range(2):
            self._faces[n].set_name(titles[n].partition(" · ")[0])
            self._titles[n].setText(titles[n])
            self._where[n].setText(where[n])


def _compared(words: str, ours: str, theirs: str) -> Line:
    """A field of both sides; what differs stands out."""
    left, right = (" · ".join(each.splitlines()) for each in (ours, theirs))
    is_other = bool(left and right and "".join(left.split()) != "".join(right.split()))
    return Line((words, left, right), "warn" if is_other else "text" if left != right else "text3")
