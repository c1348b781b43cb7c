"""A table of records: sorted by a click on a head, opened by Enter, edited by F2, copied as text."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from typing_extensions import override

from crm_desktop.ui import page_keys
from crm_desktop.ui.lists import selection
from crm_desktop.ui.lists.arranged_table import ArrangedTable
from crm_desktop.ui.lists.selection import SELECT, Run
from crm_desktop.ui.lists.type_ahead import TypeAhead
from crm_desktop.ui.models.table import KEY_ROLE
from crm_desktop.ui.models.table_reading import Held

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_desktop.store.queries import Listing
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.faces import Faces

MOST_COPIED = 1000
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
EDIT, TICK = page_keys.LIST.codes("edit"), page_keys.LIST.codes("tick")
PORTABLE = QKeySequence.SequenceFormat.PortableText


class RecordTable(ArrangedTable):
    """One table over a `TableModel`."""

    opened = Signal(object)
    """The key of the record to be opened; an object, because Qt's int is too short for it."""
    edit_asked = Signal(QModelIndex)
    """The value of a cell is to be edited."""
    chosen_changed = Signal()
    """Other rows are chosen."""

    def __init__(self, workspace: Workspace, listing: Listing, words: str) -> None:
        self.is_by_tick = False
        """Whether rows were chosen one by one, by their boxes."""
        self.acts: dict[str, Callable[[], object]] = {}
        """What further keys do while the table has the focus."""
        super().__init__(workspace, listing, words)
        self.records.hold = self._hold
        self._held, self._stood = Held(), listing
        self._wants_all = False
        self._jump = TypeAhead(workspace, self.records)
        self._connect()

    def _connect(self) -> None:
        self.ticks.ticked.connect(self.tick)
        self.records.modelAboutToBeReset.connect(self._keep)
        self.records.modelReset.connect(self._take_up)
        self.records.rowsAboutToBeInserted.connect(self._keep)
        self.records.rowsInserted.connect(self._choose_rest)
        self.records.rowsInserted.connect(self._stay)
        self.records.rowsRemoved.connect(self._stay)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.doubleClicked.connect(self._act)

    @property
    def faces(self) -> Faces | None:
        """The photos of contacts."""
        return self.delegate.faces

    @faces.setter
    def faces(self, faces: Faces) -> None:
        self.delegate.faces = faces

    # What is chosen

    def runs(self) -> list[Run]:
        """First and last rows of what is chosen."""
        return selection.runs_of(self.selectionModel())

    def chosen_keys(self) -> array[int]:
        """The keys of the chosen records, in the order of the list."""
        return selection.keys_of(self.records, self.runs())

    def chosen(self) -> list[int]:
        """The keys of the chosen records as a list."""
        return self.chosen_keys().tolist()

    def chosen_count(self) -> int:
        """How many records are chosen."""
        return selection.count_of(self.runs())

    def is_all_chosen(self) -> bool:
        """Whether everything that is listed is chosen."""
        return bool(self.records.keys) and self.runs() == [(0, len(self.records.keys) - 1)]

    @override
    def selectAll(self) -> None:
        self._wants_all = not self.records.is_whole
        self.is_by_tick = True
        super().selectAll()

    def _choose_rest(self) -> None:
        """Choose the rows that came after Ctrl+A, when only the first page was there."""
        if self._wants_all:
            self._wants_all = False
            super().selectAll()

    @override
    def tick_all(self) -> None:
        if self.is_all_chosen():
            self.clearSelection()
        else:
            self.selectAll()

    def tick(self, row: int) -> None:
        """Choose a row or no longer; with Shift, all from the one that was ticked before."""
        from PySide6.QtWidgets import QApplication

        index = self.records.index(row, max(self.currentIndex().column(), 0))
        model = self.selectionModel()
        begin = self.currentIndex().row()
        if QApplication.keyboardModifiers() & SHIFT and begin >= 0:
            run = (min(begin, row), max(begin, row))
            model.select(selection.selection_of(self.records, [run]), SELECT.Select)
        else:
            model.select(index, SELECT.Toggle | SELECT.Rows)
        self.is_by_tick = True
        model.setCurrentIndex(index, SELECT.NoUpdate)
        self.setFocus()
        self._tell()

    def _tell(self) -> None:
        runs = self.runs()
        count = selection.count_of(runs)
        if count < 1:
            self.is_by_tick = False
        everything = count == len(self.records.keys) and count > 0
        state = Qt.CheckState.Checked if everything else Qt.CheckState.PartiallyChecked
        self.corner.set_state(state if count > 1 or everything else Qt.CheckState.Unchecked)
        self.ticks.viewport().update()
        self.chosen_changed.emit()

    @override
    def begin_choice(self) -> None:
        self.is_by_tick = False

    @override
    def mousePressEvent(self, event: Any) -> None:
        self.is_by_tick = False
        super().mousePressEvent(event)

    # Staying where it stands

    def _hold(self) -> Held:
        """What is chosen and where the list stands, by keys, because another list forgets."""
        index, keys = self.currentIndex(), self.records.keys
        top = self.verticalScrollBar().value()
        is_all = self.is_all_chosen()
        return Held(
            array("q") if is_all else self.chosen_keys(),
            is_all,
            keys[index.row()] if index.isValid() else None,
            index.row(),
            max(index.column(), 0),
            keys[top] if 0 <= top < len(keys) else None,
        )

    def _keep(self) -> None:
        self._held, self._stood = self._hold(), self.records.listed_as

    def _take_up(self) -> None:
        """Choose the same records in the new list; one that is gone leaves the cursor in its place."""
        held, records = self._held, self.records
        self._size_columns()
        self.show_order()
        runs = records.runs(held)
        self.selectionModel().select(selection.selection_of(records, runs), SELECT.ClearAndSelect)
        row = None if held.current is None else records.row_of(held.current)
        if held.current is not None and records.keys:
            place = min(held.row, len(records.keys) - 1) if row is None else row
            column = min(held.column, records.columnCount() - 1)
            self.selectionModel().setCurrentIndex(records.index(place, column), SELECT.NoUpdate)
        self.executeDelayedItemsLayout()
        self._stand(row if runs else None)
        self.frozen.arrange()
        self._tell()

    @override
    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        self._keep()  # before Qt puts the cursor elsewhere
        super().rowsAboutToBeRemoved(parent, start, end)

    def _stay(self) -> None:
        """Go on from where the list stood when rows came or went; a record that went leaves the cursor in its place."""
        held, records = self._held, self.records
        if held.current is not None and records.keys and records.row_of(held.current) is None:
            index = records.index(min(held.row, len(records.keys) - 1), held.column)
            self.selectionModel().setCurrentIndex(index, SELECT.NoUpdate)
        self.executeDelayedItemsLayout()
        self._stand(None)
        self._tell()

    def _stand(self, chosen: int | None) -> None:
        """Stand where the list stood; another list is shown from what is chosen, else from its top."""
        top = None if self._held.top is None else self.records.row_of(self._held.top)
        if self._stood != self.records.listed_as:
            self.scrollToTop()
            if chosen is not None:
                self.scrollTo(self.currentIndex())
        elif top is not None:
            self.verticalScrollBar().setValue(top)

    # Looking and copying

    def open_current(self) -> None:
        """Open the record where the cursor is."""
        index = self.currentIndex()
        if index.isValid():
            self.opened.emit(index.data(KEY_ROLE))

    def edit_current(self) -> None:
        """Edit the value where the cursor is."""
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
            self.edit_asked.emit(index)

    def _act(self) -> None:
        """Open a record by its name, edit any other value."""
        index = self.currentIndex()
        if index.column() <= 0 or self.field_at(index.column()).read_only:
            self.open_current()
        else:
            self.edit_current()

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        index = self.records.index(row, column)
        self.selectionModel().setCurrentIndex(index, SELECT.ClearAndSelect | SELECT.Rows)
        self.scrollTo(index)

    def as_text(self) -> str:
        """The chosen rows with their heads, as a sheet pastes them."""
        fields = self.records.fields
        rows = [
            "\t".join(self.records.cell(row, field).text for field in fields)
            for row in selection.first_rows(self.runs(), MOST_COPIED)
        ]
        return "\n".join(["\t".join(each.label for each in fields), *rows])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if key in ENTER:
            (self.open_current if held & CTRL else self._act)()
        elif key in EDIT and not held:
            self.edit_current()
        elif key in TICK and not held:
            self._press_space()
        elif key == Qt.Key.Key_Escape and self.chosen_count() > 1:
            self.clearSelection()
        elif held == ALT | SHIFT and self._arrange(Qt.Key(key)):
            pass
        elif act := self.acts.get(QKeySequence(event.keyCombination()).toString(PORTABLE)):
            act()
        else:
            super().keyPressEvent(event)

    def _press_space(self) -> None:
        """Choose the row of the cursor or no longer; within a name that is being typed, it is a blank."""
        if self._jump.is_typing():
            self.keyboardSearch(" ")
        elif self.records.keys:
            self.tick(max(self.currentIndex().row(), 0))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Jump to a name by the letters or initials it begins with; Qt itself would read every row."""
        row = self._jump.type(search, self.currentIndex().row())
        if row is not None:
            self.is_by_tick = False
            self.selectionModel().setCurrentIndex(
                self.records.index(row, max(self.currentIndex().column(), 0)), SELECT.ClearAndSelect | SELECT.Rows
            )

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString():
            self.keyboardSearch(event.commitString())
        event.accept()
