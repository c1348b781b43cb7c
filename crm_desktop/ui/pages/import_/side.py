"""The right side of the second step: what the import will come to, its rules, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import CREATE, LEFT_OUT, PROBLEM, SAME, UPDATE, PlanFacts
from crm_desktop.ui.widgets.boxes import column, empty, row, set_look
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.labels import Elide, Line, Picture, label
from crm_desktop.ui.widgets.progress import SplitBar
from crm_desktop.ui.widgets.tags import InPlaceTags

if TYPE_CHECKING:
    from crm_desktop.ui.pages.import_.draft import Draft

WIDTH = 344
MOST_LOOKS = 6
ROWS = (
    (CREATE, "add", "accent", N_("Rows with something new")),
    (UPDATE, "edit", "ok", N_("Rows that complete what is there")),
    (SAME, "check", "control", N_("Rows that change nothing")),
    (LEFT_OUT, "skip", "text3", N_("Rows left out by the rules")),
    (PROBLEM, "err", "err", N_("Rows with problems, kept for you")),
)
"""What becomes of rows: code, icon, tone, words. Together they are all rows of the file."""
RECORDS = (
    ("accounts", N_("New accounts")),
    ("contacts", N_("New contacts")),
    ("activities", N_("New entries in the timeline")),
)
MODES = (
    ("both", N_("Make new ones and complete old ones")),
    ("create", N_("Only make new ones")),
    ("update", N_("Only complete what is there")),
)


class Outcome(Card):
    """The counts of an import, exact to the row."""

    def __init__(self, title: str = "") -> None:
        super().__init__(title or _("What you will get"), "result")
        self.split = SplitBar()
        self.numbers: dict[str, Elide] = {}
        self._lines: dict[str, QWidget] = {}
        self.add_row(row(self.split, margins=(0, 2, 0, 4)))
        for code, icon, tone, words in ROWS:
            self._add(code, _(words), Picture(icon, tone, 14))
        self.add_row(Line())
        for code, words in RECORDS:
            self._add(code, _(words))
        self._add("doubts", _("Doubtful, taken as new"), Picture("warn", "warn", 14))
        self.show_plan(None)

    def _add(self, code: str, words: str, picture: Picture | None = None) -> None:
        number = Elide("", "listStrong")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setMinimumWidth(theme.px(48))
        line = QWidget()
        box = row(*([picture] if picture else []), spacing=8, margins=(0, 2, 0, 2))
        box.addWidget(Elide(words, "list"), 1)
        box.addWidget(number)
        line.setLayout(box)
        self.numbers[code], self._lines[code] = number, line
        self.add_row(line)

    def show_plan(self, plan: PlanFacts | None, undecided: int = 0, *, dim: bool = False) -> None:
        """Show a plan's counts and how many doubtful rows nobody decided; dim ones belong to an older mapping."""
        values = dict(plan.counts) | {"doubts": undecided} if plan else {}
        for code, number in self.numbers.items():
            value = values.get(code, 0)
            number.setText(f"{value:,}" if plan else "–")
            set_look(number, "role", "label" if dim else "listStrong")
            self._lines[code].setVisible(code not in (LEFT_OUT, "doubts", "activities") or value > 0)
        self.split.set([(values.get(code, 0), tone) for code, _icon, tone, _words in ROWS])


class Rules(Card):
    """How rows are compared and written."""

    changed = Signal()
    """Something was chosen that changes the outcome."""

    def __init__(self) -> None:
        super().__init__(_("Rules"), "rules")
        self._draft: Draft | None = None
        self.by_number = QCheckBox(_("Same mobile or e-mail is the same person"))
        self.fill_only = QCheckBox(_("Fill blanks only, never overwrite"))
        self.remember = QCheckBox(_("Remember this mapping"))
        self.mode = InPlaceChoice([(code, _(words)) for code, words in MODES], "both")
        self.mode.setAccessibleName(_("What may be done"))
        self.tags = InPlaceTags(placeholder=_("Tag everyone"))
        self.tags.line.setAccessibleName(_("Tag everyone with"))
        self.add_rows(self.by_number, self.fill_only, self.remember, self.mode)
        self.add_row(row(Picture("tag", "text3", 16), self.tags, spacing=6, margins=(3, 0, 0, 0)))
        for each in (self.by_number, self.fill_only, self.remember):
            each.toggled.connect(self._take)
        self.mode.committed.connect(self._take)
        self.tags.committed.connect(self._take)

    def show_draft(self, draft: Draft) -> None:
        """Show what was chosen."""
        self._draft = None
        self.by_number.setChecked(draft.by_number)
        self.fill_only.setChecked(not draft.overwrite)
        self.remember.setChecked(draft.remember)
        self.mode.set_value(draft.mode)
        self.tags.set_value(draft.tags)
        self._draft = draft

    def _take(self) -> None:
        draft = self._draft
        if draft is None:
            return
        before = draft.options()
        draft.by_number = self.by_number.isChecked()
        draft.overwrite = not self.fill_only.isChecked()
        draft.remember = self.remember.isChecked()
        draft.mode = self.mode.value()
        draft.tags = self.tags.value()
        if draft.options() != before:
            self.changed.emit()


class Looks(Card):
    """Columns that need a look, each a way to its row."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Please look at this"), "doubt")
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.add_row(self._list)
        self.hide()

    def show_looks(self, looks: Sequence[tuple[int, str, str]]) -> None:
        """Name columns, each with a sentence."""
        empty(self._list)
        for place, header, sentence in looks[:MOST_LOOKS]:
            button = ElideButton(header, "link", act=partial(self.asked.emit, place))
            self._list.addLayout(row(button, None))
            self._list.addWidget(label(sentence, "small", wrap=True))
        if len(looks) > MOST_LOOKS:
            rest = len(looks) - MOST_LOOKS
            self._list.addWidget(label(ngettext("and {count} more", "and {count} more", rest), "caption"))
        self.setVisible(bool(looks))


class Side(QScrollArea):
    """The three cards below one another."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome, self.rules, self.looks = Outcome(), Rules(), Looks()
        inner = QWidget()
        inner.setLayout(column(self.outcome, self.rules, self.looks, None, spacing=12, margins=(0, 0, 4, 0)))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(theme.px(WIDTH))
        self.setWidget(inner)
