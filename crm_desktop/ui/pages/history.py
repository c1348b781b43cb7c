"""What was done, newest first, each step with its Undo; and the bin, from where records come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import page_keys
from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.tabs import Tabs
from crm_desktop.ui.widgets.text_table import Line, Texts, text_table

if TYPE_CHECKING:
    from crm_desktop.services.bin import Binned
    from crm_desktop.services.changes import Step
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

STEPS, BIN = "steps", "bin"
PAGE = 200
WIDTH = 130


class HistoryPage(Page):
    """Two lists under two tabs: the steps of this data file, and the bin."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Step] = []
        self._binned: list[Binned] = []
        self._is_stale = False
        self.tabs = Tabs(_("History"))
        self.tabs.add(STEPS, _("What was done"))
        self.tabs.add(BIN, _("Bin"))
        self.steps = Texts([_("When"), _("What"), _("Records"), _("Who"), _("How"), _("State")])
        self.binned = Texts([_("Deleted"), _("What"), _("Who"), _("Step")])
        self.table = text_table(self.steps, _("What was done"), widths=[WIDTH] * 6, stretched=[1])
        self.bin = text_table(self.binned, _("Bin"), widths=[WIDTH] * 4, stretched=[1])
        self.undo = secondary(_("Undo this step"), "undo", self._undo)
        self.restore_ = secondary(_("Restore"), "undo", self._restore)
        self.stack = QStackedWidget()
        nothing = EmptyState("history", _("Nothing was done yet"), _("Every step will be listed here, with its Undo."))
        empty = EmptyState("delete", _("The bin is empty"), _("What you delete stays here for 30 days."))
        for each in (self.table, nothing, self.bin, empty):
            self.stack.addWidget(each)
        head = row(label(_("History"), "title"), None, self.undo, self.restore_, margins=(24, 16, 24, 4))
        lists = row(self.stack, margins=(16, 0, 16, 0))
        house = column(head, row(self.tabs, margins=(16, 0, 16, 0)), lists, spacing=0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setLayout(house)
        box.addWidget(inner)
        self.tabs.changed.connect(self._turn)
        self.steps.more_wanted.connect(self._more_steps)
        self.binned.more_wanted.connect(self._more_binned)
        for table in (self.table, self.bin):
            table.selectionModel().selectionChanged.connect(self._allow)
            enter = QShortcut(page_keys.HISTORY.sequence("undo"), table)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)  # as an argument it is not taken up
            enter.activated.connect(self._act)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        self._fill()
        yield

    @override
    def refresh(self, change: Change) -> None:
        if self.isVisible():
            self._fill()
        else:
            self._is_stale = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._fill()

    def _fill(self) -> None:
        """Read the list under the tab again, as far as it was read; the other one when it is looked at."""
        self._is_stale = False
        if self.tabs.value() == BIN:
            self._fill_bin(max(len(self._binned), PAGE))
        else:
            self._fill_steps(max(len(self._steps), PAGE))
        self._show_list()

    def _fill_steps(self, count: int) -> None:
        from crm_desktop.services import changes

        kept, top = self._chosen_step(), self.table.verticalScrollBar().value()
        self._steps = changes.steps(self._desk.workspace, count)
        self.steps.fill([_step_line(each) for each in self._steps], goes_on=len(self._steps) == count)
        place = next((n for n, each in enumerate(self._steps) if kept and each.id == kept.id), None)
        if place is not None:
            self.table.selectRow(place)
        self.table.verticalScrollBar().setValue(top)

    def _fill_bin(self, count: int) -> None:
        from crm_desktop.services import bin as bins

        self._binned = bins.binned(self._desk.workspace, count)
        lines = [Line((_time(each.deleted_at), each.name, each.author, each.step)) for each in self._binned]
        self.binned.fill(lines, goes_on=len(lines) == count)

    def _more_steps(self) -> None:
        self._fill_steps(len(self._steps) + PAGE)

    def _more_binned(self) -> None:
        self._fill_bin(len(self._binned) + PAGE)

    def _turn(self, _code: str) -> None:
        self._fill()

    def _show_list(self) -> None:
        code = self.tabs.value()
        place = 0 if code == STEPS else 2
        self.stack.setCurrentIndex(place + (0 if (self._steps if code == STEPS else self._binned) else 1))
        self.undo.setVisible(code == STEPS)
        self.restore_.setVisible(code == BIN)
        self._allow()

    def _chosen_step(self) -> Step | None:
        rows = self.table.selectionModel().selectedRows()
        return self._steps[rows[0].row()] if rows and rows[0].row() < len(self._steps) else None

    def _allow(self) -> None:
        step = self._chosen_step()
        self.undo.setEnabled(step is not None and not step.is_undone)
        self.restore_.setEnabled(self.bin.selectionModel().hasSelection())

    def _act(self) -> None:
        (self.undo if self.tabs.value() == STEPS else self.restore_).click()

    def _undo(self) -> None:
        step = self._chosen_step()
        if step is not None:
            self._desk.undo(step.id)

    def _restore(self) -> None:
        from crm_desktop.model import ENTITIES
        from crm_desktop.services import bin as bins

        places = self.bin.selectionModel().selectedRows()
        if not places:
            return
        chosen = self._binned[places[0].row()]
        self._desk.save(
            partial(bins.restore, self._desk.workspace, ENTITIES[chosen.entity], [chosen.id]),
            lambda _none: self._desk.done(self._desk.workspace.undo_title or ""),
        )

    @override
    def panes(self) -> list[QWidget]:
        return [self.stack.currentWidget() or self.tabs]


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _step_line(step: Step) -> Line:
    """A step in one line; one that was undone is dim."""
    state = _("Undone") if step.is_undone else ""
    texts = (_time(step.at), step.title, f"{step.rows:,}", step.author, step.source, state)
    return Line(texts, "text3" if step.is_undone else "text")
