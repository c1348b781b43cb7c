"""A table without headers that stays where it is: with what was chosen and in sight, however the rows change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.store.outline import ACCOUNT, CONTACT
from crm_desktop.ui import theme
from crm_desktop.ui.models.tree import TreeModel
from crm_desktop.ui.pages.accounts.tree_delegate import ROW, TreeDelegate

if TYPE_CHECKING:
    from crm_desktop.ui.faces import Faces

SEEN = 40
MOST_KEPT = 2_000
"""So many chosen rows are chosen again when rows were read anew."""
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""How the keyboard comes in; where the focus only comes back, nobody wants to see another record."""


class TreeTable(QTableView):
    """Draws only the rows one sees, and knows them by their records."""

    chosen = Signal(str, object)
    """Another record became the current one: kind, key."""

    def __init__(self, model: TreeModel) -> None:
        super().__init__()
        self.tree = model
        self.delegate = TreeDelegate(model, self)
        self._is_quiet = False
        self.setProperty("kind", "tree")
        self.setModel(model)
        model.around = self._around
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Accounts and their contacts"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setStretchLastSection(True)
        across.setMinimumSectionSize(1)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def begin(self) -> None:
        """Make ready to be worked with."""
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_faces(self, faces: Faces) -> None:
        """Show photos in place of initials from now on."""
        self.delegate.faces = faces
        self.viewport().update()

    def current(self) -> tuple[str, int] | None:
        """The record that is current: kind and key."""
        row = self.currentIndex().row()
        if not 0 <= row < len(self.tree.rows):
            return None
        return CONTACT if self.tree.rows.is_contact(row) else ACCOUNT, self.tree.rows.keys[row]

    def account(self) -> int | None:
        """The current account, or the one that the current contact is below."""
        row = self.currentIndex().row()
        if row >= 0 and self.tree.rows.is_contact(row):
            row = self.tree.rows.above(row)
        return self.tree.rows.keys[row] if row >= 0 else None

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(each.height() for each in self._ranges())

    def chosen_records(self) -> list[tuple[str, int]]:
        """The records that are chosen, kind and key, from the top down; the current one if they are too many."""
        if self.chosen_count() > MOST_KEPT:
            return [now] if (now := self.current()) else []
        rows = (
            row
            for each in sorted(self._ranges(), key=QItemSelectionRange.top)
            for row in range(each.top(), each.bottom() + 1)
        )
        records = (
            (CONTACT if self.tree.rows.is_contact(row) else ACCOUNT, self.tree.rows.keys[row])
            for row in rows
            if row < len(self.tree.rows)
        )
        return list(dict.fromkeys(records))

    def _ranges(self) -> list[QItemSelectionRange]:
        selection: Any = self.selectionModel().selection()  # a list, which PySide's own stubs do not tell
        return list(selection)

    def chosen_accounts(self) -> list[int]:
        """The accounts among the chosen records."""
        return [key for kind, key in self.chosen_records() if kind == ACCOUNT]

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        index = self.tree.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, rows: int) -> None:
        """Go so many rows down, or up; at first to the first one that was looked for."""
        if last := len(self.tree.rows):
            here = self.currentIndex().row()
            self.go_to(min(max(here + rows, 0), last - 1) if here >= 0 else self.tree.rows.first_wanted())

    def reveal(self, kind: str, key: int) -> bool:
        """Make a record the current one, opening what is above it; gives whether it is in the tree as shown."""
        row = self.currentIndex().row() if self.current() == (kind, key) else self.tree.reveal(kind, key)
        if row is not None:
            self.go_to(row)
        return row is not None

    def leave(self) -> None:
        """Have no record be the current one."""
        with self._quiet():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Keep the current record and what is in sight where they are while rows come, go and move."""
        before, chosen = self.current(), self.chosen_records()
        keys, bar, top = self.tree.rows.keys, self.verticalScrollBar(), self.rowAt(0)
        value = bar.value()
        beyond = value - top * self._height()
        seen = keys[top : top + SEEN] if top > 0 else keys[:0]
        with self._quiet():
            yield
        if before and self.current() != before:
            self._stay(before)
        self._choose_again(chosen)
        self.updateGeometries()  # or the scroll bar knows of no new rows
        if keys[top : top + 1] != seen[:1]:
            stood = ((self.tree.rows.first(key), offset) for offset, key in enumerate(seen))
            row, offset = next(((row, offset) for row, offset in stood if row >= 0), (top, 0))
            value = (row - offset) * self._height() + beyond
        bar.setValue(value)

    @contextmanager
    def switching(self) -> Iterator[None]:
        """Keep the current record while other rows are shown, if it is among them; else none is current."""
        before = self.current()
        with self._quiet():
            yield
            self.updateGeometries()
            row = self.tree.row_of(*before) if before else None
            self.leave()
            if row is not None:
                self.go_to(row)
            else:
                self.verticalScrollBar().setValue(0)

    def _around(self, is_other: bool) -> AbstractContextManager[None]:  # noqa: FBT001 - the model's hook
        return self.switching() if is_other else self.staying()

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Say nothing of the rows that become current for a moment."""
        before, self._is_quiet = self._is_quiet, True
        try:
            yield
        finally:
            self._is_quiet = before

    def _stay(self, before: tuple[str, int]) -> None:
        """Go on to where a record has moved; when it is gone, say which one took its place."""
        row = self.tree.reveal(*before)
        if row is not None:
            with self._quiet():
                self.setCurrentIndex(self.tree.index(row, 0))
        elif now := self.current():
            self.chosen.emit(*now)

    def _choose_again(self, chosen: list[tuple[str, int]]) -> None:
        """Choose records that were chosen together, when some of them have moved."""
        if len(chosen) < 2 or self.chosen_records() == chosen:
            return
        rows = self.tree.rows.places({key for _kind, key in chosen})
        again = QItemSelection()
        for kind, key in chosen:
            row = rows.get(key, [-1])[0] if kind == ACCOUNT else self.tree.rows.find(key, contact=True)
            if row >= 0:
                index = self.tree.index(row, 0)
                again.append(QItemSelectionRange(index, index))
        self.selectionModel().select(again, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def _dress(self) -> None:
        self.delegate.dress()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))

    # What Qt calls

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        now = self.current()
        if now and not self._is_quiet:
            self.chosen.emit(*now)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        had_one = self.currentIndex().isValid()
        with self._quiet():
            super().focusInEvent(event)
            if not had_one:
                self.setCurrentIndex(QModelIndex())  # Qt takes the first row, wherever the mouse is
        if not had_one and event.reason() in BY_KEY and len(self.tree.rows):
            self.go_to(0)
