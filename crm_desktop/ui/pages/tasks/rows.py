"""The rows of the task list: headings and tasks, moved through and acted upon by keys and mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView
from typing_extensions import override

from crm_desktop.services import task_words as words
from crm_desktop.services.task_list import PAGE, Listed
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.pages.tasks.painting import TaskDelegate

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now

TICK, SNOOZE, FINISH, EDIT, REMOVE, OPEN = "tick", "snooze", "finish", "edit", "remove", "open"
DELAY, SKIP = "delay", "skip"
DOES = page_keys.TASKS.meanings(TICK, SNOOZE, FINISH, EDIT, REMOVE, OPEN, SKIP)
"""What the keys do with a task."""
STEPS = dict.fromkeys(page_keys.TASKS.codes("next"), 1) | dict.fromkeys(page_keys.TASKS.codes("previous"), -1)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
Index = QModelIndex | QPersistentModelIndex


class TaskModel(QAbstractListModel):
    """Tasks below the headings of their sections, as far as they were read."""

    wanted = Signal(int)
    """More are to be read, from this place on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Listed | str] = []
        """Tasks, and the codes of sections as headings."""
        self.counts: Mapping[str, int] = {}
        self.at: Now | None = None
        self._read = 0
        self._is_asking = False

    @property
    def read(self) -> int:
        """How many tasks were read."""
        return self._read

    def fill(self, tasks: Sequence[Listed], counts: Mapping[str, int], at: Now) -> None:
        """Show other tasks."""
        self.beginResetModel()
        self.counts, self.at, self.rows, self._read = counts, at, _with_heads(tasks, ""), len(tasks)
        self._is_asking = False
        self.endResetModel()

    def add(self, tasks: Sequence[Listed]) -> None:
        """Show more tasks below those that are there."""
        last = self.task(len(self.rows) - 1)
        more = _with_heads(tasks, last.section if last else "")
        self._is_asking = False
        if more:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(more) - 1)
            self.rows += more
            self._read += len(tasks)
            self.endInsertRows()

    def task(self, row: int) -> Listed | None:
        """The task in a row; None for a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Listed) else None

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain if self.task(index.row()) else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or self.at is None:
            return None
        found = self.rows[index.row()]
        return self.heading(found) if isinstance(found, str) else words.sentence(found, self.at)

    def heading(self, section: str) -> str:
        """What stands over a section."""
        return f"{words.title(section)}  {self.counts.get(section, 0):,}"

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not self._is_asking and self._read < sum(self.counts.values())

    @override
    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_asking = True
            self.wanted.emit(self._read)


def _with_heads(tasks: Sequence[Listed], section: str) -> list[Listed | str]:
    found: list[Listed | str] = []
    for each in tasks:
        if each.section != section:
            section = each.section
            found.append(section)
        found.append(each)
    return found


class TaskRows(QListView):
    """The list; `asked` says what is to be done with which task."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.tasks = TaskModel(self)
        self.delegate = TaskDelegate(self.tasks, self)
        self.setModel(self.tasks)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self._ask(EDIT, index.row()))
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.delegate.dress()
        self.doItemsLayout()

    def current(self) -> Listed | None:
        """The task under the keys."""
        return self.tasks.task(self.currentIndex().row())

    def fill(self, tasks: Sequence[Listed], counts: Mapping[str, int], at: Now) -> None:
        """Show other tasks; the keys stay on the one they were on, or on what stands in its place."""
        row, current, top = self.currentIndex().row(), self.current(), self.verticalScrollBar().value()
        self.tasks.fill(tasks, counts, at)
        self.verticalScrollBar().setValue(top)
        if not tasks:
            return
        keys = {each.key: place for place, each in enumerate(self.tasks.rows) if isinstance(each, Listed)}
        self.go_to(keys.get(current.key, row) if current else max(row, 0))

    def go_to(self, row: int, by: int = 1) -> None:
        """Have the keys on the task in a row, or on the next one from there."""
        row = max(0, min(row, len(self.tasks.rows) - 1))
        places = [*range(row, len(self.tasks.rows) if by > 0 else -1, by)]
        there = next((each for each in places if self.tasks.task(each)), None)
        if there is None:
            there = next((each for each in range(row, -1, -1) if by > 0 and self.tasks.task(each)), None)
        if there is not None:
            self.setCurrentIndex(self.tasks.index(there, 0))

    def _ask(self, what: str, row: int) -> None:
        if task := self.tasks.task(row):
            self.asked.emit(what, task)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if page_keys.TASKS.is_pressed("delay", event):
            self._ask(DELAY, row)
        elif event.modifiers() not in PLAIN:
            super().keyPressEvent(event)
        elif key in STEPS:
            self._step(row, STEPS[key])
        elif key in DOES:
            if not event.isAutoRepeat():
                self._ask(DOES[key], row)
        else:
            super().keyPressEvent(event)

    def _step(self, row: int, by: int) -> None:
        if 0 <= row + by < len(self.tasks.rows):
            self.go_to(row + by, by)
        elif by > 0 and self.tasks.canFetchMore(QModelIndex()):
            self.tasks.fetchMore(QModelIndex())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current() is None:
            self.go_to(0)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and self.delegate.box(self.visualRect(index)).contains(place):
            self._ask(TICK, index.row())


def page_from(shown: int) -> int:
    """How many rows to read again, so that none that was seen is missing."""
    return max(PAGE, -(-shown // PAGE) * PAGE)
