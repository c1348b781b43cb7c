"""The third step: what only a person can say: whether somebody is there already, and whose change counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.pages.import_.comparison import Comparison
from crm_desktop.ui.pages.import_.draft import FILE, MINE, NEW
from crm_desktop.ui.pages.import_.facts import (
    SAME_AS,
    UPDATE,
    CandidateFacts,
    ConflictFacts,
    DoubtFacts,
    PlanFacts,
)
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Button, link, secondary
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.text_table import Line, Texts, framed, text_table

if TYPE_CHECKING:
    from crm_desktop.ui.pages.import_.draft import Draft

LEFT, RIGHT, ON = (page_keys.IMPORT.codes(each) for each in ("left", "right", "on"))
LIST_WIDTH = 330


class DuplicatesStep(QWidget):
    """The questions at the left; at the right what the file says, beside what is there."""

    changed = Signal()
    """Something was decided."""
    passed = Signal()
    """The last question was left with Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._plan: PlanFacts | None = None
        self._questions: list[DoubtFacts | ConflictFacts] = []
        self.bar = InfoBar(kind="info")
        self.lines = Texts([_("Row"), _("Person or company"), _("Decision")])
        self.list = text_table(self.lines, _("Doubtful rows"), widths=(54, 170))
        self.list.installEventFilter(self)
        self.comparison = Comparison()
        self.reason = label("", "warn", wrap=True)
        self.candidates = FilterChips(_("Who it may be"))
        self.same = secondary("", "back", partial(self._decide_current, is_left=True))
        self.new = secondary("", "forward", partial(self._decide_current, is_left=False))
        self.clear = EmptyState("ok", _("Nothing is doubtful"))
        self.stack = QStackedWidget()
        self._lay_out()
        self.list.selectionModel().currentRowChanged.connect(self._show_current)
        self.candidates.changed.connect(self._show_pair)

    def _lay_out(self) -> None:
        self.all_left: Button = link("", act=partial(self._decide_all, is_left=True))
        self.all_right: Button = link("", act=partial(self._decide_all, is_left=False))
        self.keys = label("", "caption", wrap=True)
        frame = framed(self.list)
        frame.setFixedWidth(theme.px(LIST_WIDTH))
        left = column(row(self.all_right, self.all_left, None, spacing=4), frame, spacing=6)
        right = column(self.reason, self.candidates, self.comparison, spacing=8)
        right.addLayout(row(self.same, self.new, None, spacing=8))
        right.addWidget(self.keys)
        right.setStretch(2, 1)
        body = row(spacing=16)
        body.addLayout(left)
        body.addLayout(right, 1)
        pairs = QWidget()
        pairs.setLayout(body)
        self.stack.addWidget(self.clear)
        self.stack.addWidget(pairs)
        self.setLayout(column(self.bar, self.stack, spacing=12))

    def show_plan(self, draft: Draft, plan: PlanFacts) -> None:
        """Show the questions of a plan; the one that was looked at stays."""
        kept = self._current()
        self._draft, self._plan = draft, plan
        self._questions = [*plan.doubts, *plan.conflicts]
        if not self._questions:
            self.bar.say("")
            self.clear.say(_("Nothing is doubtful"), _("{sure} Press Enter to go on.").format(sure=self._sure()))
            self.stack.setCurrentIndex(0)
            return
        self.stack.setCurrentIndex(1)
        self._fill()
        place = next((n for n, each in enumerate(self._questions) if kept and each.key == kept.key), 0)
        self.list.selectRow(place)
        self._show_current()

    def focus_first(self) -> None:
        """Take the focus, where there is something to decide."""
        if self._questions:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sure(self) -> str:
        assert self._plan is not None
        done = self._plan.counts[UPDATE]
        return ngettext("{count} row completes what is there.", "{count} rows complete what is there.", done)

    def _fill(self) -> None:
        lines = [self._line(each) for each in self._questions]
        chosen = self.list.currentIndex().row()
        self.lines.fill(lines)
        if chosen >= 0:
            self.list.selectRow(min(chosen, len(lines) - 1))
        self.bar.say(" ".join(self._state()))

    def _state(self) -> Iterator[str]:
        """How far the deciding is, in sentences."""
        assert self._draft is not None
        assert self._plan is not None
        yield self._sure()
        more = self._plan.more_doubts
        decided = sum(bool(self._decision(each)) for each in self._questions)
        decided += len(more.keys() & self._draft.decisions.keys())
        told = _("{decided} of {total} questions are decided; else doubtful rows are new and conflicts stay as here.")
        yield told.format(decided=f"{decided:,}", total=f"{self._plan.questions:,}")
        if more:
            listed = _("The first {shown} doubtful rows are listed; “{same}” and “{new}” decide the others, too.")
            shown, same, new = f"{len(self._plan.doubts):,}", _("Treat all as the same"), _("Treat all as new")
            yield listed.format(shown=shown, same=same, new=new)

    def _decision(self, question: DoubtFacts | ConflictFacts) -> str:
        """What was decided about a question, empty when nothing was."""
        assert self._draft is not None
        chosen = self._draft.conflicts if isinstance(question, ConflictFacts) else self._draft.decisions
        return chosen.get(question.key, "")

    def _line(self, question: DoubtFacts | ConflictFacts) -> Line:
        decision = self._decision(question)
        title = question.title
        if isinstance(question, ConflictFacts):
            title = f"{question.title} · {question.label}"
            words = {FILE: _("From the file"), MINE: _("As here")}.get(decision, _("Undecided"))
        else:
            words = _("New") if decision == NEW else _("Same") if decision else _("Undecided")
        return Line((f"{question.row:,}", title, words), tones=("text2", "text", "text" if decision else "warn"))

    def _current(self) -> DoubtFacts | ConflictFacts | None:
        place = self.list.currentIndex().row()
        return self._questions[place] if 0 <= place < len(self._questions) else None

    def _candidate(self, doubt: DoubtFacts) -> CandidateFacts:
        chosen = self.candidates.value()
        return next((each for each in doubt.candidates if each.decision == chosen), doubt.candidates[0])

    def _show_current(self) -> None:
        question = self._current()
        if question is None:
            return
        is_conflict = isinstance(question, ConflictFacts)
        self.same.setText(_("Take the file’s value") if is_conflict else _("Same person"))
        self.new.setText(_("Keep what is here") if is_conflict else _("Not the same person"))
        self.same.explain(_("The file’s value counts") if is_conflict else _("It is the same person"), "←")
        self.new.explain(_("What is here stays") if is_conflict else _("It is somebody new"), "→")
        self.all_left.setText(_("Take all from the file") if is_conflict else _("Treat all as the same"))
        self.all_right.setText(_("Keep all as here") if is_conflict else _("Treat all as new"))
        keys = _("← from the file · → as here · Enter next")
        self.keys.setText(keys if is_conflict else _("← same person · → not the same · Enter next"))
        if isinstance(question, ConflictFacts):
            self.candidates.setVisible(False)
            self.reason.setText(
                _("“{field}” was changed in the file and here since the export.").format(field=question.label)
            )
            self.comparison.show_conflict(question)
            return
        self.candidates.set_choices([(each.decision, each.title) for each in question.candidates])
        decision = self._decision(question)
        self.candidates.set_value(decision if decision.startswith(SAME_AS) else question.candidates[0].decision)
        self.candidates.setVisible(len(question.candidates) > 1)
        self._show_pair()

    def _show_pair(self) -> None:
        doubt = self._current()
        if not isinstance(doubt, DoubtFacts):
            return
        candidate = self._candidate(doubt)
        self.reason.setText(candidate.reason)
        self.comparison.show_pair(doubt, candidate)

    def _decide_current(self, *, is_left: bool) -> None:
        question = self._current()
        if question is None:
            return
        chosen = self._candidate(question) if isinstance(question, DoubtFacts) else None
        self._decide(question, chosen, is_left=is_left)
        self._fill()
        self.changed.emit()

    def _decide(self, question: DoubtFacts | ConflictFacts, candidate: CandidateFacts | None, *, is_left: bool) -> None:
        assert self._draft is not None
        if isinstance(question, ConflictFacts):
            self._draft.conflicts[question.key] = FILE if is_left else MINE
        elif candidate is not None:
            self._draft.decisions[question.key] = candidate.decision if is_left else NEW

    def _decide_all(self, *, is_left: bool) -> None:
        """Decide all questions of the kind that is looked at."""
        assert self._draft is not None
        assert self._plan is not None
        kind = type(self._current())
        for each in self._questions:
            if type(each) is kind:
                self._decide(each, each.candidates[0] if isinstance(each, DoubtFacts) else None, is_left=is_left)
        if kind is DoubtFacts:
            more = self._plan.more_doubts.items()
            self._draft.decisions |= {key: decision if is_left else NEW for key, decision in more}
        self._fill()
        self.changed.emit()

    def _next(self) -> None:
        """Go to the next question; after the last one, on."""
        place = self.list.currentIndex().row() + 1
        if place < len(self._questions):
            self.list.selectRow(place)
        else:
            self.passed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.list or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in LEFT:
            self._decide_current(is_left=True)
        elif key in RIGHT:
            self._decide_current(is_left=False)
        elif key in ON:
            self._next()
        else:
            return False
        return True
