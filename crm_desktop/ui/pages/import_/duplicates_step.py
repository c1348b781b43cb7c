"""The third step: rows of which only a person can say whether somebody is there already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.comparison import SAME, Comparison, values_of_contact, values_of_row
from crm_desktop.ui.pages.import_.draft import NEW
from crm_desktop.ui.pages.import_.facts import SAME_ROW, UPDATE, CandidateFacts, DoubtFacts, PlanFacts
from crm_desktop.ui.pages.import_.texts import Line, Texts, framed, text_table
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Button, link, secondary
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.services.importing.targets import Target
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.pages.import_.draft import Draft

LIST_WIDTH = 330


class DuplicatesStep(QWidget):
    """Doubtful rows at the left, the current one beside whom it may mean at the right."""

    changed = Signal()
    """Something was decided."""
    passed = Signal()
    """The last doubtful row was left with Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._plan: PlanFacts | None = None
        self._workspace: Workspace | None = None
        self._targets: dict[str, Target] = {}
        self._doubts: tuple[DoubtFacts, ...] = ()
        self.bar = InfoBar(kind="info")
        self.lines = Texts([_("Row"), _("Person or company"), _("Decision")])
        self.list = text_table(self.lines, _("Doubtful rows"), widths=(54, 170))
        self.list.installEventFilter(self)
        self.comparison = Comparison()
        self.reason = label("", "warn", wrap=True)
        self.candidates = FilterChips(_("Who it may be"))
        self.same = secondary(_("Same person"), "back", partial(self._decide_current, is_same=True))
        self.new = secondary(_("New person"), "forward", partial(self._decide_current, is_same=False))
        self.clear = EmptyState("ok", _("Nothing is doubtful"))
        self.stack = QStackedWidget()
        self._lay_out()
        self.list.selectionModel().currentRowChanged.connect(self._show_current)
        self.candidates.changed.connect(self._show_pair)

    def _lay_out(self) -> None:
        self.same.explain(_("It is the same person"), "←")
        self.new.explain(_("It is somebody new"), "→")
        all_new: Button = link(_("Treat all as new"), act=partial(self._decide_all, is_same=False))
        all_same: Button = link(_("Treat all as the same"), act=partial(self._decide_all, is_same=True))
        keys = label(_("← same person · → new person · Enter next"), "caption")
        frame = framed(self.list)
        frame.setFixedWidth(theme.px(LIST_WIDTH))
        left = column(row(all_new, all_same, None, spacing=4), frame, spacing=6)
        right = column(self.reason, self.candidates, self.comparison, spacing=8)
        right.addLayout(row(self.same, self.new, None, keys, spacing=8))
        right.setStretch(2, 1)
        body = row(spacing=16)
        body.addLayout(left)
        body.addLayout(right, 1)
        pairs = QWidget()
        pairs.setLayout(body)
        self.stack.addWidget(self.clear)
        self.stack.addWidget(pairs)
        self.setLayout(column(self.bar, self.stack, spacing=12))

    def attach(self, workspace: Workspace, targets: tuple[Target, ...]) -> None:
        """Take up what is needed to look at the records that are there."""
        self._workspace, self._targets = workspace, {each.code: each for each in targets}

    def show_plan(self, draft: Draft, plan: PlanFacts) -> None:
        """Show the doubtful rows of a plan; the one that was looked at stays."""
        kept = self._current()
        self._draft, self._plan, self._doubts = draft, plan, plan.doubts
        done = plan.counts[UPDATE]
        sure = ngettext("{count} row completes what is there.", "{count} rows complete what is there.", done)
        if not self._doubts:
            self.bar.say("")
            self.clear.say(_("Nothing is doubtful"), _("{sure} Press Enter to go on.").format(sure=sure))
            self.stack.setCurrentIndex(0)
            return
        self.stack.setCurrentIndex(1)
        self._fill()
        place = next((n for n, each in enumerate(self._doubts) if kept and each.row == kept.row), 0)
        self.list.selectRow(place)
        self._show_current()

    def focus_first(self) -> None:
        """Take the focus, where there is something to decide."""
        if self._doubts:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        assert self._draft is not None
        assert self._plan is not None
        decisions = self._draft.decisions
        lines = []
        for each in self._doubts:
            decision = decisions.get(each.row, "")
            words = _("New") if decision == NEW else _("Same") if decision else _("Undecided")
            tones = ("text2", "text", "text" if decision else "warn")
            lines.append(Line((f"{each.row:,}", each.title, words), tones=tones))
        chosen = self.list.currentIndex().row()
        self.lines.fill(lines)
        if chosen >= 0:
            self.list.selectRow(min(chosen, len(lines) - 1))
        decided = sum(each.row in decisions for each in self._doubts)
        done = self._plan.counts[UPDATE]
        sure = ngettext("{count} row completes what is there.", "{count} rows complete what is there.", done)
        told = _("{decided} of {total} doubtful rows are decided; the others are taken as new.")
        self.bar.say(f"{sure} {told.format(decided=decided, total=len(self._doubts))}")

    def _current(self) -> DoubtFacts | None:
        place = self.list.currentIndex().row()
        return self._doubts[place] if 0 <= place < len(self._doubts) else None

    def _candidate(self) -> CandidateFacts | None:
        doubt = self._current()
        if doubt is None:
            return None
        chosen = self.candidates.value()
        return next((each for each in doubt.candidates if each.decision == chosen), doubt.candidates[0])

    def _show_current(self) -> None:
        doubt = self._current()
        if doubt is None:
            return
        assert self._draft is not None
        self.candidates.set_choices([(each.decision, each.title) for each in doubt.candidates])
        decision = self._draft.decisions.get(doubt.row, "")
        self.candidates.set_value(decision if decision.startswith(SAME) else doubt.candidates[0].decision)
        self.candidates.setVisible(len(doubt.candidates) > 1)
        self._show_pair()

    def _show_pair(self) -> None:
        doubt, candidate = self._current(), self._candidate()
        if doubt is None or candidate is None:
            return
        assert self._draft is not None
        assert self._plan is not None
        columns = self._draft.columns
        self.reason.setText(candidate.reason)
        mine = values_of_row(self._plan.cells.get(doubt.row, ()), columns, self._targets)
        self.comparison.show_pair(doubt, candidate, mine, self._theirs(candidate), self._targets)

    def _theirs(self, candidate: CandidateFacts) -> dict[str, str]:
        """What is known of somebody a row may mean."""
        assert self._draft is not None
        assert self._plan is not None
        assert self._workspace is not None
        columns = self._draft.columns
        if candidate.decision.startswith(SAME_ROW):
            number = int(candidate.decision.removeprefix(SAME_ROW))
            return values_of_row(self._plan.cells.get(number, ()), columns, self._targets)
        return values_of_contact(self._workspace, int(candidate.decision.removeprefix(SAME)), columns)

    def _decide_current(self, *, is_same: bool) -> None:
        doubt, candidate = self._current(), self._candidate()
        if doubt is None or candidate is None:
            return
        assert self._draft is not None
        self._draft.decisions[doubt.row] = candidate.decision if is_same else NEW
        self._fill()
        self.changed.emit()

    def _decide_all(self, *, is_same: bool) -> None:
        assert self._draft is not None
        for each in self._doubts:
            self._draft.decisions[each.row] = each.candidates[0].decision if is_same else NEW
        self._fill()
        self.changed.emit()

    def _next(self) -> None:
        """Go to the next doubtful row; after the last one, on."""
        place = self.list.currentIndex().row() + 1
        if place < len(self._doubts):
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
        if key == Qt.Key.Key_Left:
            self._decide_current(is_same=True)
        elif key == Qt.Key.Key_Right:
            self._decide_current(is_same=False)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._next()
        else:
            return False
        return True
