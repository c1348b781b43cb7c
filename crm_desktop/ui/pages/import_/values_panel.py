"""The values of a column that its field does not know: what each means is said once, and holds for every row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import UnknownFacts
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.buttons import ElideButton, link, primary
from crm_desktop.ui.widgets.choice import InPlaceChoice, words_of
from crm_desktop.ui.widgets.labels import Elide, Line, Picture, label
from crm_desktop.ui.widgets.overlay import Overlay
from crm_desktop.ui.widgets.pick_list import Choice

UNDECIDED, KEEP, LEAVE = "?", "=", "-"
"""Choices that are no value of the field; those that are begin with a colon."""
ROW, MOST_SEEN, MOST_SHOWN = 38, 9, 40
COUNT, GUESS = 76, 130


class ValueRow(QWidget):
    """One value of the file: in how many rows it stands, and what it means."""

    said = Signal(object)
    """What the value means, None when that was taken back."""

    def __init__(self, facts: UnknownFacts, offers: Sequence[Choice], keep: str) -> None:
        super().__init__()
        self.facts = facts
        others = [(KEEP, keep), (LEAVE, _("Leave out")), (UNDECIDED, _("Undecided"))]
        self._choices = [*((f":{code}", words) for code, words in offers), *others]
        guess = words_of(self._choices, f":{facts.guess}")
        self.choice = InPlaceChoice(self._choices, placeholder=_("What does it mean?"))
        self.choice.setAccessibleName(_("“{text}” means").format(text=facts.text))
        self.guess = ElideButton(_("Take “{value}”").format(value=guess), "link", "fix", self.take_guess)
        self.guess.setFixedWidth(theme.px(GUESS))
        policy = self.guess.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.guess.setSizePolicy(policy)
        counted = Elide(ngettext("{count} row", "{count} rows", facts.count), "caption")
        counted.setFixedWidth(theme.px(COUNT))
        box = row(spacing=8, margins=(16, 0, 12, 0))
        box.addWidget(Elide(facts.text, "listStrong"), 4)
        box.addWidget(counted)
        box.addWidget(Picture("forward", "text3", 14))
        box.addWidget(self.choice, 5)
        box.addWidget(self.guess)
        self.setLayout(box)
        self.setFixedHeight(theme.px(ROW))
        self._has_guess = bool(guess)
        self._show(facts.meaning)
        self.choice.committed.connect(self._take)

    @property
    def has_open_guess(self) -> bool:
        """Whether there is a guess, and nothing was said yet."""
        return self._has_guess and not self.choice.value()

    def take_guess(self) -> None:
        """Say that the guess is right."""
        if self.has_open_guess:
            self._say(self.facts.guess)
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, code: str) -> None:
        self._say({KEEP: self.facts.text, LEAVE: "", UNDECIDED: None}.get(code, code[1:]))

    def _say(self, meaning: str | None) -> None:
        self._show(meaning)
        self.said.emit(meaning)

    def _show(self, meaning: str | None) -> None:
        if meaning is None:
            self.choice.set_value("")
        elif meaning in ("", self.facts.text):
            self.choice.set_value(KEEP if meaning else LEAVE)
        else:
            self.choice.set_value(f":{meaning}", words_of(self._choices, f":{meaning}") or meaning)
        self.guess.setVisible(self.has_open_guess)


class ValuesPanel(Overlay):
    """All unknown values of one column."""

    said = Signal(str, object)
    """A value and what it means, None when that was taken back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("What do these values mean?"), width=640)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.title = Elide("", "section")
        self.guesses = link("", "fix", self._take_guesses)
        self.rows: list[ValueRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = label("", "caption")
        self.done = primary(_("Done"), act=self.dismiss)
        hint = label(_("Each answer holds for every row, and for later files like this one."), "caption", wrap=True)
        self.body.addLayout(column(self.title, hint, spacing=2, margins=(16, 12, 16, 8)))
        self.body.addWidget(Line())
        self.body.addWidget(self._area())
        self.body.addLayout(row(self._more, margins=(16, 0, 16, 0)))
        self.body.addWidget(Line())
        self.body.addLayout(row(self.guesses, None, self.done, margins=(12, 8, 12, 10)))

    def _area(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setLayout(column(self._rows, None, spacing=0, margins=(0, 4, 0, 4)))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        return self._scroll

    def show_values(self, title: str, values: Sequence[UnknownFacts], offers: Sequence[Choice], keep: str) -> None:
        """Ask about the values of a column; `offers` are those its field knows, `keep` says what keeping one is."""
        self.title.setText(title)
        empty(self._rows)
        self.rows = [ValueRow(each, offers, keep) for each in values[:MOST_SHOWN]]
        for each in self.rows:
            each.said.connect(partial(self._tell, each.facts.text))
            self._rows.addWidget(each)
        more = len(values) - len(self.rows)
        words = ngettext(
            "{count} more comes when these are decided.", "{count} more come when these are decided.", more
        )
        self._more.setText(words)
        self._more.setVisible(more > 0)
        self._scroll.setFixedHeight(theme.px(ROW * min(len(self.rows), MOST_SEEN) + 10))
        self._count_guesses()
        first = next((each for each in self.rows if not each.choice.value()), self.rows[0])
        self.open(first.choice)

    def _tell(self, text: str, meaning: str | None) -> None:
        self._count_guesses()
        self.said.emit(text, meaning)

    def _take_guesses(self) -> None:
        for each in self.rows:
            each.take_guess()
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_guesses(self) -> None:
        count = sum(each.has_open_guess for each in self.rows)
        self.guesses.setText(ngettext("Take the {count} suggestion", "Take all {count} suggestions", count))
        self.guesses.setVisible(count > 0)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        there = self.focusWidget()
        if self._scroll.isAncestorOf(there):
            self._scroll.ensureWidgetVisible(there)
        return moved
