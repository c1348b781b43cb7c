"""What was done, newest first, each step with its Undo; and the bin, from where records come back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_desktop.services.bin import Binned
    from crm_desktop.services.changes import Step
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

STEPS, BIN = "steps", "bin"
MOST = 500
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """A short table of texts; one row for each thing it lists."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = heads
        self._rows: list[tuple[str, ...]] = []
        self._dim: list[bool] = []

    def fill(self, rows: list[tuple[str, ...]], dim: list[bool]) -> None:
        """Show other rows; dim ones are those that no longer count."""
        self.beginResetModel()
        self._rows, self._dim = rows, dim
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and self._dim[index.row()]:
            return theme.tone("text3")
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return super().headerData(section, orientation, role)


class HistoryPage(Page):
    """Two lists under two tabs: the steps of this data file, and the bin."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Step] = []
        self._binned: list[Binned] = []
        self.tabs = Tabs(_("History"))
        self.tabs.add(STEPS, _("What was done"))
        self.tabs.add(BIN, _("Bin"))
        self.steps = Rows([_("When"), _("What"), _("Records"), _("Who"), _("How"), _("State")])
        self.binned = Rows([_("Deleted"), _("What"), _("Who"), _("Step")])
        self.table, self.bin = _table(self.steps, _("What was done"), 1), _table(self.binned, _("Bin"), 1)
        self.undo = secondary(_("Undo this step"), "undo", self._undo)
        self.restore_ = secondary(_("Restore"), "undo", self._restore)
        self.stack = QStackedWidget()
        nothing = EmptyState("history", _("Nothing was done yet"), _("Every step will be listed here, with its Undo."))
        empty = EmptyState("delete", _("The bin is empty"), _("What you delete stays here for 30 days."))
        for each in (self.table, nothing, self.bin, empty):
            self.stack.addWidget(each)
        head = row(label(_("History"), "title"), None, self.undo, self.restore_, margins=(24, 16, 24, 4))
        house = column(head, row(self.tabs, margins=(16, 0, 16, 0)), self.stack, spacing=0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setLayout(house)
        box.addWidget(inner)
        self.tabs.changed.connect(self._turn)
        for table in (self.table, self.bin):
            table.selectionModel().selectionChanged.connect(self._allow)
            QShortcut(QKeySequence(Qt.Key.Key_Return), table, self._act, context=Qt.ShortcutContext.WidgetShortcut)

    @override
    def attach(self, desk: Desk) -> None:
        self._desk = desk
        self._fill()

    @override
    def refresh(self, change: Change) -> None:
        self._fill()

    def _fill(self) -> None:
        from crm_desktop.services import bin as bins
        from crm_desktop.services import changes

        kept = self._chosen_step()
        self._steps = changes.steps(self._desk.workspace, MOST)
        self.steps.fill([_step_row(each) for each in self._steps], [each.is_undone for each in self._steps])
        self._binned = bins.binned(self._desk.workspace, MOST)
        self.binned.fill(
            [(_time(each.deleted_at), each.name, each.author, each.step) for each in self._binned],
            [False] * len(self._binned),
        )
        self.tabs.set_count(BIN, len(self._binned) or None)
        if kept is not None:
            place = next((n for n, each in enumerate(self._steps) if each.id == kept.id), None)
            if place is not None:
                self.table.selectRow(place)
        self._turn(self.tabs.value())

    def _turn(self, code: str) -> None:
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

        chosen = [self._binned[each.row()] for each in self.bin.selectionModel().selectedRows()]
        workspace = self._desk.workspace
        for entity in {each.entity for each in chosen}:
            keys = [each.id for each in chosen if each.entity == entity]
            self._desk.save(partial(bins.restore, workspace, ENTITIES[entity], keys))
        self._desk.done(ngettext("{count} record restored", "{count} records restored", len(chosen)))

    @override
    def panes(self) -> list[QWidget]:
        return [self.stack.currentWidget() or self.tabs]


def _table(model: Rows, words: str, stretched: int) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(words)
    table.setProperty("kind", "plain")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px(40))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setDefaultSectionSize(theme.px(130))
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    table.setTabKeyNavigation(False)
    return table


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _step_row(step: Step) -> tuple[str, ...]:
    state = _("Undone") if step.is_undone else ""
    return _time(step.at), step.title, f"{step.rows:,}", step.author, step.source, state
