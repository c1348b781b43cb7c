"""Any list of records as a Qt table, however long."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
)
from typing_extensions import override

from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import LinkTo
from crm_desktop.model.tag import TagsKind
from crm_desktop.model.worked_out import DueKind, RhythmKind
from crm_desktop.store import queries
from crm_desktop.store.ordering import can_order
from crm_desktop.store.queries import Listing
from crm_desktop.text.findings import Severity
from crm_desktop.ui.lists.columns import Choice
from crm_desktop.ui.models.table_reading import Found, Held, Hold, Reading, no_keys, runs_of

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
PAGE, PAGES_KEPT = 64, 60
PAINTED_MS = 40
"""The first page is painted by then, and the rest is read."""
KEY_ROLE = Qt.ItemDataRole.UserRole
DOUBT_ROLE = Qt.ItemDataRole.UserRole + 1
PARTS = ("channel", "address", "tagging", "tag", "affiliation", "account", "user", "custom_value", "pick_item", "task")
"""What a row shows besides its own columns."""
DATES = ("activity", "activity_party", "cadence", "saved_list", "shared_setting")
"""What rhythms and the life cycle are worked out from."""
NEIGHBOURS = ("contact", "account", *PARTS, *DATES)
"""What a filter may look at."""
NOWHERE = QModelIndex()


class Cell(NamedTuple):
    """What one cell shows."""

    text: str = ""
    is_doubtful: bool = False
    chips: tuple[str, ...] = ()
    is_late: bool = False


BLANK = Cell()


class Row:
    """One record as far as somebody looked: its values, and the cells made of them."""

    __slots__ = ("cells", "values")

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.cells: dict[str, Cell] = {}


GONE = Row({})


class TableModel(QAbstractTableModel):
    """All keys in memory (eight bytes each), values a page at a time when a view asks: an exact and cheap scroll bar.

    Keys are read in a thread, the first page ahead of the others; the old list stays on screen until the new one is
    there. Columns are the fields that `choice` names, from left to right.
    """

    listed = Signal()
    """Something else may be listed, from the first row to the last; `listed_as` says which list it is."""
    begun = Signal()
    """The first page of the very first list is there."""

    def __init__(self, workspace: Workspace, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.listing = self.listed_as = listing
        self.choice = Choice(listing.entity)
        self.fields: list[Field] = self.choice.fields()
        self.keys: array[int] = no_keys()
        self.is_whole = False
        self.total = 0
        self.hold: Hold = Held
        self.follows = True
        """Whether changes are followed; else the list is read again by who turns this on."""
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._users: dict[int, str] = {}
        self._newest = 0
        self._reading: Reading | None = None
        self._taken = 0
        self._found: Found | None = None

    def show_columns(self, names: Sequence[str] | None) -> None:
        """Show these fields from left to right; None shows the usual ones."""
        self.choice.show(names)
        self._take_columns()

    def _take_columns(self) -> None:
        """Have the columns that are chosen by now, with those of the fields that people have added."""
        fields = self.choice.fields()
        if fields != self.fields:
            self._found = None
            self.beginResetModel()
            self.fields = fields
            self._forget()
            self.endResetModel()

    def show(self, listing: Listing) -> None:
        """List something else, or the same again; by name when there is no longer a field to order by."""
        self._take_columns()
        entity = listing.entity
        if not can_order(entity, listing.order):
            listing = replace(listing, order="", descending=False)
        self.listing = listing
        self._newest += 1
        if self._reading is not None:
            self._reading.stop()
        before = self.keys if self.is_whole or self.keys else None
        self._reading = Reading(self._workspace, listing, self._newest, before, self.hold())
        self._reading.news.found.connect(self._take)
        self._reading.news.failed.connect(self._give_up)
        if before is None and self._reading.is_quick():
            self._take(self._reading.first_page())
            QTimer.singleShot(PAINTED_MS, self, partial(self._start, self._reading))
        else:
            self._start(self._reading)

    def _start(self, reading: Reading) -> None:
        if reading is self._reading:
            QThreadPool.globalInstance().start(reading)

    def stop(self) -> None:
        """Read nothing more."""
        if self._reading is not None:
            self._reading.stop()
        self._reading = None

    def is_reading(self) -> bool:
        """Whether another list is on its way."""
        return self._taken != self._newest or not self.is_whole

    def _give_up(self, number: int) -> None:
        """Keep what is shown, after what went wrong was told by the hook for errors."""
        if number == self._newest:
            self._taken, self.is_whole = number, True

    def _take(self, found: Found) -> None:
        if found.number != self._newest:
            return
        is_same_list = found.listing == self.listed_as and (self.is_whole or bool(self.keys))
        self._found, self._taken, self.total = found, found.number, found.total
        if not found.is_whole:
            self._replace(found, is_whole=False)
            self.begun.emit()
            return
        if not self.is_whole and found.keys[: len(self.keys)] == self.keys:
            self._append(found)
        elif is_same_list and found.splice is not None and self._take_splice(found):
            self.listed_as = found.listing
        else:
            self._replace(found, is_whole=True)
        self.listed.emit()

    def _replace(self, found: Found, *, is_whole: bool) -> None:
        self.beginResetModel()
        self.keys, self.listed_as, self.is_whole = found.keys, found.listing, is_whole
        self._forget()
        self.endResetModel()

    def _append(self, found: Found) -> None:
        """Put the keys behind the first page."""
        here, there = len(self.keys), len(found.keys)
        if there > here:
            self.beginInsertRows(NOWHERE, here, there - 1)
        self.keys, self.listed_as, self.is_whole = found.keys, found.listing, True
        if there > here:
            self.endInsertRows()

    def _take_splice(self, found: Found) -> bool:
        """Put in or take out the rows that came or went in one place; gives whether that was all there was to do."""
        splice = found.splice
        assert splice is not None
        if len(self.keys) + splice.come - splice.gone != len(found.keys) or (splice.gone and splice.come):
            return False
        self._forget()
        if splice.gone:
            self.beginRemoveRows(NOWHERE, splice.at, splice.at + splice.gone - 1)
            self.keys = found.keys
            self.endRemoveRows()
        elif splice.come:
            self.beginInsertRows(NOWHERE, splice.at, splice.at + splice.come - 1)
            self.keys = found.keys
            self.endInsertRows()
        self._repaint()
        return True

    def _forget(self) -> None:
        self._rows.clear()
        with self._workspace.read() as session:
            self._users = queries.users(session)

    def note(self, change: Change) -> None:
        """Follow a change: repaint where values were edited, list anew where rows came, went or moved."""
        table = self.listing.entity.__tablename__
        is_touched = change.touches(table, *PARTS, *DATES)
        if self.choice.fields() != self.fields or self._may_list_others(change, is_touched=is_touched):
            self.show(self.listing)
        if is_touched:
            self._forget()
            self._repaint()

    def _may_list_others(self, change: Change, *, is_touched: bool) -> bool:
        table, listing = self.listing.entity.__tablename__, self.listing
        if change.moved(table, "status", "level", "name", "full_name", listing.order or "id"):
            return True
        if self._is_filtered():
            return change.touches(*NEIGHBOURS)
        by_time = listing.order == "last_activity_at" and change.touches("activity")
        return by_time or (is_touched and (bool(listing.text) or self._is_ordered_by_a_part()))

    def _is_filtered(self) -> bool:
        return bool(self.listing.filter)

    def _repaint(self) -> None:
        if self.keys:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def _is_ordered_by_a_part(self) -> bool:
        return any(each.origin for each in self.fields if each.name == self.listing.order)

    def row_of(self, key: int) -> int | None:
        """Where a record is listed, if it is."""
        try:
            return self.keys.index(key)
        except ValueError:
            return None

    def runs(self, held: Held) -> tuple[tuple[int, int], ...]:
        """First and last rows of the records chosen before; looked for in the thread that read the list."""
        if held.is_all:
            return ((0, len(self.keys) - 1),) if self.keys else ()
        if self._found is not None and self._found.held is not None and self._found.held.chosen == held.chosen:
            return self._found.runs
        return runs_of(self.keys, held.chosen)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in ROLES or not index.isValid():
            return None
        row, field = index.row(), self.fields[index.column()]
        if role == KEY_ROLE:
            return self.keys[row]
        cell = self.cell(row, field)
        if role == DOUBT_ROLE:
            return cell.is_doubtful
        return self._hint(row, field) if role == Qt.ItemDataRole.ToolTipRole else cell.text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.fields[section].label
        return None

    def value(self, row: int, name: str) -> Any:
        """What a column holds for the record in a row; None also where the record is gone."""
        return self._row(row).values.get(name)

    def cell(self, row: int, field: Field) -> Cell:
        """What a column shows of the record in a row."""
        found = self._row(row)
        cell = found.cells.get(field.name)
        if cell is None:
            cell = found.cells[field.name] = self._cell(found, field)
        return cell

    def _row(self, row: int) -> Row:
        return self._rows.get(self.keys[row]) or self._read(row)

    def _read(self, row: int) -> Row:
        """Read the page around a row."""
        start = row - row % PAGE
        ids = [key for key in self.keys[start : start + PAGE] if key not in self._rows]
        with self._workspace.read() as session:
            found = queries.values(session, self.listing.entity, self.fields, ids)
        for key in ids:
            self._rows[key] = Row(found[key]) if key in found else GONE
        while len(self._rows) > PAGE * PAGES_KEPT:
            self._rows.popitem(last=False)
        return self._rows[self.keys[row]]

    def _cell(self, found: Row, field: Field) -> Cell:
        if found is GONE:
            return BLANK
        value = found.values.get(field.name)
        if isinstance(field.kind, LinkTo):
            return Cell(self._users.get(value, "") if value else "")
        text = field.kind.show(value)
        text = text.replace("\n", " · ") if "\n" in text else text
        if isinstance(field.kind, TagsKind):
            return Cell(text, chips=tuple(value or ()))
        if isinstance(field.kind, RhythmKind):
            today = datetime.now().astimezone().date()
            return Cell(text, is_late=value is not None and value.days_late(today) > 0)
        if isinstance(field.kind, DueKind):
            return Cell(text, is_late=value is not None and value.days_late(datetime.now().astimezone()) is not None)
        is_doubtful = bool(value) and any(each.severity >= Severity.WARN for each in field.kind.check(value))
        return Cell(text, is_doubtful) if text else BLANK

    def _hint(self, row: int, field: Field) -> str:
        found = [each.text for each in field.kind.check(self.value(row, field.name))]
        return "\n".join([self.cell(row, field).text, *found]).strip()


ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, KEY_ROLE, DOUBT_ROLE}
