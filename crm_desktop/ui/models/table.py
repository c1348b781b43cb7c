"""Any list of records as a Qt table, however long."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
)
from typing_extensions import override

from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import LinkTo
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.text.findings import Severity

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
PAGE, PAGES_KEPT = 64, 60
KEY_ROLE = Qt.ItemDataRole.UserRole
DOUBT_ROLE = Qt.ItemDataRole.UserRole + 1
PARTS = ("channel", "address", "tagging", "tag", "affiliation", "account", "user", "custom_value", "pick_item")
"""What a row shows besides its own columns."""
NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """All keys in memory (eight bytes each), values a page at a time when a view asks: an exact and cheap scroll bar.

    Keys are read in a thread; the old list stays on screen until the new one is there.
    """

    listed = Signal()
    """Another list is shown, from the first row to the last; `listed_as` says which."""

    def __init__(self, workspace: Workspace, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.listing = self.listed_as = listing
        self.fields: list[Field] = self._columns()
        self.keys: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, dict[str, Any]]] = OrderedDict()
        self._users: dict[int, str] = {}
        self._reading: _Reading | None = None

    def _columns(self) -> list[Field]:
        return [each for each in fields_of(self.listing.entity) if each.table]

    def _take_columns(self) -> None:
        """Have the columns of the fields that people have added by now."""
        fields = self._columns()
        if fields != self.fields:
            self.beginResetModel()
            self.fields = fields
            self._forget()
            self.endResetModel()

    def show(self, listing: Listing) -> None:
        """List something else, or the same again; by name when there is no longer a field to order by."""
        self._take_columns()
        entity = listing.entity
        if listing.order not in {"", *entity.__table__.columns.keys(), *(each.name for each in fields_of(entity))}:
            listing = replace(listing, order="", descending=False)
        self.listing = listing
        self._reading = _Reading(self._workspace, listing)
        self._reading.news.done.connect(self._take)
        QThreadPool.globalInstance().start(self._reading)

    def _take(self, listing: Listing, keys: array[int]) -> None:
        if listing != self.listing:
            return
        self.beginResetModel()
        self.keys, self.listed_as = keys, listing
        self._forget()
        self.endResetModel()
        self.listed.emit()

    def _forget(self) -> None:
        self._pages.clear()
        with self._workspace.read() as session:
            self._users = queries.users(session)

    def note(self, change: Change) -> None:
        """Follow a change: repaint where values were edited, list anew where rows came, went or moved."""
        table = self.listing.entity.__tablename__
        is_touched = change.touches(table, *PARTS)
        is_moved = change.moved(table, "status", "level", "name", "full_name", self.listing.order or "id")
        if (
            is_moved
            or self._columns() != self.fields
            or (is_touched and (self.listing.text or self._is_ordered_by_a_part()))
        ):
            self.show(self.listing)
        elif is_touched:
            self._forget()
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

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), self.fields[index.column()])
        if role == KEY_ROLE:
            return self.keys[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(index.row(), self.fields[index.column()])
        if role == DOUBT_ROLE:
            return self._is_doubtful(index.row(), self.fields[index.column()])
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.fields[section].label
        return super().headerData(section, orientation, role)

    def _value(self, row: int, name: str) -> Any:
        page = row // PAGE
        found = self._pages.get(page)
        if found is None:
            ids = self.keys[page * PAGE : (page + 1) * PAGE]
            with self._workspace.read() as session:
                found = queries.values(session, self.listing.entity, self.fields, ids)
            self._pages[page] = found
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        values = found.get(self.keys[row])
        return None if values is None else values[name]

    def _text(self, row: int, field: Field) -> str:
        value = self._value(row, field.name)
        if isinstance(field.kind, LinkTo):
            return self._users.get(value, "") if value else ""
        text = field.kind.show(value)
        return text.replace("\n", " · ") if "\n" in text else text

    def _hint(self, row: int, field: Field) -> str:
        value = self._value(row, field.name)
        found = [each.text for each in field.kind.check(value)]
        return "\n".join([self._text(row, field), *found]).strip()

    def _is_doubtful(self, row: int, field: Field) -> bool:
        value = self._value(row, field.name)
        return any(each.severity >= Severity.WARN for each in field.kind.check(value)) if value else False


class _News(QObject):
    done = Signal(object, object)


class _Reading(QRunnable):
    """Reads the keys of a list in a thread."""

    def __init__(self, workspace: Workspace, listing: Listing) -> None:
        super().__init__()
        self.news = _News()
        self._workspace, self._listing = workspace, listing

    @override
    def run(self) -> None:
        with self._workspace.read() as session:
            keys = queries.keys(session, self._listing)
        self.news.done.emit(self._listing, keys)
