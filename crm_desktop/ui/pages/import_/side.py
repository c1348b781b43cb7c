"""The right side of the second step: what the import will come to, its rules, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.constants import Constants
from crm_desktop.ui.pages.import_.facts import CREATE, LEFT_OUT, PROBLEM, SAME, UPDATE, DateFacts, PlanFacts
from crm_desktop.ui.widgets.boxes import column, empty, row, set_look
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.labels import Elide, Line, Picture, label
from crm_desktop.ui.widgets.pick_list import Choice
from crm_desktop.ui.widgets.progress import SplitBar
from crm_desktop.ui.widgets.tags import InPlaceTags

if TYPE_CHECKING:
    from crm_desktop.ui.pages.import_.draft import Draft

WIDTH = 344
SENTENCE = 290
"""How wide sentences are at least: Qt keeps free for them what they take at their narrowest."""
LINK = 5
"""What a link keeps free before its words."""
MOST_LOOKS, MOST_NOTES = 6, 20
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
    ("completed", N_("Contacts completed")),
    ("activities", N_("New entries in the timeline")),
)
IF_ANY = {LEFT_OUT, "doubts", "completed", "activities"}
"""What is shown only when there is some of it."""
KEY_WORDS = {
    "mobile": N_("Mobile"),
    "email": N_("E-mail"),
    "wechat": N_("WeChat"),
    "qq": N_("QQ"),
    "credit_code": N_("Credit code"),
    "landline": N_("Phone"),
    "name_company": N_("Name and company"),
}
"""By what somebody may be known again."""
DATE_ORDERS = (
    ("ymd", N_("Dates: year, month, day")),
    ("dmy", N_("Dates: day before month")),
    ("mdy", N_("Dates: month before day")),
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
        values = dict(plan.counts) | {"doubts": undecided, "completed": plan.completed} if plan else {}
        for code, number in self.numbers.items():
            value = values.get(code, 0)
            number.setText(f"{value:,}" if plan else "–")
            set_look(number, "role", "label" if dim else "listStrong")
            self._lines[code].setVisible(code not in IF_ANY or value > 0)
        self.split.set([(values.get(code, 0), tone) for code, _icon, tone, _words in ROWS])


class Rules(Card):
    """How rows are compared and written."""

    changed = Signal()
    """Something was chosen that changes the outcome."""

    def __init__(self) -> None:
        super().__init__(_("Rules"), "rules")
        self._draft: Draft | None = None
        words = {code: _(each) for code, each in KEY_WORDS.items()}
        self.keys = InPlaceChoices(list(words.items()), placeholder=_("Nothing: every row is new"))
        self.keys.setAccessibleName(_("Known again by"))
        self.fill_only = QCheckBox(_("Fill blanks only, never overwrite"))
        self.remember = QCheckBox(_("Remember this mapping"))
        self.mode = InPlaceChoice([(code, _(words)) for code, words in MODES], "both")
        self.mode.setAccessibleName(_("What may be done"))
        self.tags = InPlaceTags(placeholder=_("Tag everyone"))
        self.tags.line.setAccessibleName(_("Tag everyone with"))
        self.dates = InPlaceChoice([(code, _(each)) for code, each in DATE_ORDERS])
        self.dates.setAccessibleName(_("Order of dates"))
        self._dates_words = label("", "warn", wrap=True)
        self._dates = QWidget()
        self._dates.setLayout(column(row(Picture("calendar", "text3", 16), self.dates, spacing=6), self._dates_words))
        self.add_rows(label(_("Known again by"), "label"), self.keys, self.fill_only, self.remember, self.mode)
        self.add_row(self._dates)
        self.add_row(row(Picture("tag", "text3", 16), self.tags, spacing=6, margins=(3, 0, 0, 0)))
        for each in (self.fill_only, self.remember):
            each.toggled.connect(self._take)
        self.keys.committed.connect(self._take)
        self.dates.committed.connect(self._take)
        self.show_dates(None)
        self.mode.committed.connect(self._take)
        self.tags.committed.connect(self._take)

    def show_draft(self, draft: Draft) -> None:
        """Show what was chosen."""
        self._draft = None
        self.keys.set_value([each for each in KEY_WORDS if each in draft.keys])
        self.fill_only.setChecked(not draft.overwrite)
        self.remember.setChecked(draft.remember)
        self.mode.set_value(draft.mode)
        self.tags.set_value(draft.tags)
        self._draft = draft

    def show_dates(self, dates: DateFacts | None) -> None:
        """Show in what order the file writes its dates, where it has any that leave a doubt or were read by one."""
        shown = dates is not None and bool(dates.columns)
        self._dates.setVisible(shown)
        self._dates_differ = False
        if dates is not None and shown:
            self.dates.set_value(dates.used)
            self._dates_words.setText(dates.sentence if dates.is_ambiguous else "")
            self._dates_words.setVisible(dates.is_ambiguous)
            self._dates_differ = True

    def _take(self) -> None:
        draft = self._draft
        if draft is None:
            return
        before = draft.options()
        draft.keys = self.keys.value()
        draft.date_order = self.dates.value() if self._dates_differ else draft.date_order
        draft.overwrite = not self.fill_only.isChecked()
        draft.remember = self.remember.isChecked()
        draft.mode = self.mode.value()
        draft.tags = self.tags.value()
        if draft.options() != before:
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class Look:
    """A column that needs a look, and what would mend it."""

    place: int
    header: str
    sentence: str
    values: str = ""
    """Words for its unknown values, where it has some."""
    fix: str = ""
    """What the first of them may mean, in words."""


class Looks(Card):
    """Columns that need a look, each a way to its row."""

    asked = Signal(int)
    values_asked = Signal(int)
    fix_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Please look at this"), "doubt")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add_row(self._list)
        self.hide()

    def show_looks(self, looks: Sequence[Look]) -> None:
        """Name columns, each with a sentence and what would mend it."""
        empty(self._list)
        for each in looks[:MOST_LOOKS]:
            button = ElideButton(each.header, "link", act=partial(self.asked.emit, each.place))
            self._list.addLayout(row(button, None))
            said = _sentence(each.sentence)
            said.setContentsMargins(theme.px(LINK), 0, 0, theme.px(4))
            self._list.addWidget(said)
            if each.fix:
                fix = ElideButton(each.fix, "fix", "fix", partial(self.fix_asked.emit, each.place))
                self._list.addLayout(row(fix, None))
            if each.values:
                more = ElideButton(each.values, "fix", "rules", partial(self.values_asked.emit, each.place))
                self._list.addLayout(row(more, None, margins=(0, 0, 0, 6)))
        if len(looks) > MOST_LOOKS:
            self._list.addWidget(_more(len(looks) - MOST_LOOKS))
        self.setVisible(bool(looks))


class Notes(Card):
    """Sentences on the file as a whole."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "info")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that it can be scrolled to without a mouse
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.add_row(self._list)

    def show_notes(self, notes: Sequence[str]) -> None:
        """Say these; without any, the card goes away."""
        empty(self._list)
        for each in notes[:MOST_NOTES]:
            self._list.addWidget(_sentence(each))
        if len(notes) > MOST_NOTES:
            self._list.addWidget(_more(len(notes) - MOST_NOTES))
        self.setAccessibleDescription("\n".join(notes))
        self.setVisible(bool(notes))


class CardColumn(QScrollArea):
    """Cards below one another at the right of a step; what there is no room for is scrolled to."""

    def __init__(self, *cards: Card) -> None:
        super().__init__()
        inner = QWidget()
        inner.setLayout(column(*cards, None, spacing=12))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(theme.px(WIDTH))
        self.setWidget(inner)


class Side(CardColumn):
    """What the mapping comes to and what can be decided about it."""

    changed = Signal()
    """A rule or a value was chosen that changes the outcome."""

    def __init__(self) -> None:
        self.outcome, self.looks, self.rules, self.constants = Outcome(), Looks(), Rules(), Constants()
        super().__init__(self.outcome, self.looks, self.rules, self.constants)
        self.rules.changed.connect(self.changed)
        self.constants.changed.connect(self.changed)

    def show_draft(self, draft: Draft, choices: Sequence[Choice]) -> None:
        """Show what was chosen for a file; `choices` are the fields that every row may get a value for."""
        self.rules.show_draft(draft)
        self.constants.show_draft(draft, choices)


def _sentence(text: str) -> QLabel:
    made = label(text, "small", wrap=True)
    made.setMinimumWidth(theme.px(SENTENCE))
    return made


def _more(rest: int) -> QLabel:
    return label(ngettext("and {count} more", "and {count} more", rest), "caption")
