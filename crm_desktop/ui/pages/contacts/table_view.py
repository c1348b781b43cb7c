"""A table of records: sorted by a click on a head, opened by Enter, copied as text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from crm_desktop.model.kinds import Notes
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.models.table import DOUBT_ROLE, KEY_ROLE, TableModel
from crm_desktop.ui.widgets.avatar import paint_avatar

if TYPE_CHECKING:
    from crm_desktop.store.queries import Listing
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.faces import Faces

ROW, FIRST, USUAL, LONG = 40, 210, 150, 220
MARK = 16
MOST_COPIED = 1000
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Held:
    """What is chosen in a list, by keys, while it is read again."""

    chosen: frozenset[int] = frozenset()
    current: int | None = None
    row: int = -1
    column: int = 0
    top: int | None = None
    listing: Listing | None = None


class RecordTable(QTableView):
    """One table over a `TableModel`."""

    opened = Signal(object)
    """The key of the record to be opened; an object, because Qt's int is too short for it."""

    def __init__(self, workspace: Workspace, listing: Listing, words: str) -> None:
        super().__init__()
        self.records = TableModel(workspace, listing, self)
        self.faces: Faces | None = None
        self.setModel(self.records)
        self.setItemDelegate(RecordDelegate(self))
        self.setAccessibleName(words)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._sort)
        self._sized: set[str] = set()
        self._size_columns()
        # Qt's header asks of every row whether it is chosen, each time it is painted; this one has nothing to ask.
        head.setSelectionModel(QItemSelectionModel(self.records, head))
        self._held = Held()
        self.records.modelAboutToBeReset.connect(self._hold)
        self.records.modelReset.connect(self._take_up)
        self.doubleClicked.connect(self.open_current)

    def _size_columns(self) -> None:
        """Give columns that were not there before their width."""
        for place, field in enumerate(self.records.fields):
            wide = FIRST if place == 0 else LONG if isinstance(field.kind, Notes) or field.name == "address" else USUAL
            if field.name not in self._sized:
                self.horizontalHeader().resizeSection(place, theme.px(wide))
        self._sized = {each.name for each in self.records.fields}

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        name = self.records.fields[section].name
        is_descending = order == Qt.SortOrder.DescendingOrder
        self.records.show(replace(self.records.listing, order=name, descending=is_descending))

    def chosen(self) -> list[int]:
        """The keys of the selected records."""
        keys = self.records.keys
        return [keys[row] for row in self.chosen_rows()]

    def chosen_rows(self) -> list[int]:
        """The selected rows, from the top."""
        return sorted(
            row for part in self.selectionModel().selection().toList() for row in range(part.top(), part.bottom() + 1)
        )

    def _hold(self) -> None:
        """Remember by their keys what is chosen and where the list stands, because a new list forgets."""
        index, keys = self.currentIndex(), self.records.keys
        top = self.verticalScrollBar().value()
        self._held = Held(
            frozenset(self.chosen()),
            keys[index.row()] if index.isValid() else None,
            index.row(),
            max(index.column(), 0),
            keys[top] if 0 <= top < len(keys) else None,
            self.records.listed_as,
        )

    def _take_up(self) -> None:
        """Choose the same records in the new list; one that is gone leaves the cursor in its place."""
        held, records = self._held, self.records
        self._size_columns()
        self.selectionModel().select(self._rows_of(held.chosen), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = None if held.current is None else records.row_of(held.current)
        if held.current is not None and records.keys:
            place = min(held.row, len(records.keys) - 1) if row is None else row
            index = records.index(place, held.column)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.executeDelayedItemsLayout()
        self._stand(row if held.chosen else None)

    def _stand(self, chosen: int | None) -> None:
        """Stand where the list stood; another list is shown from what is chosen, else from its top."""
        top = None if self._held.top is None else self.records.row_of(self._held.top)
        if self._held.listing != self.records.listed_as:
            self.scrollToTop()
            if chosen is not None:
                self.scrollTo(self.currentIndex())
        elif top is not None:
            self.verticalScrollBar().setValue(top)

    def _rows_of(self, keys: frozenset[int]) -> QItemSelection:
        """The rows of records as a selection of as few parts as there are."""
        found, last = QItemSelection(), self.records.columnCount() - 1
        rows = [row for row, key in enumerate(self.records.keys) if key in keys] if keys else []
        for _offset, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            part = [row for _place, row in run]
            found.select(self.records.index(part[0], 0), self.records.index(part[-1], last))
        return found

    def open_current(self) -> None:
        """Open the record where the cursor is."""
        index = self.currentIndex()
        if index.isValid():
            self.opened.emit(index.data(KEY_ROLE))

    def columns_shown(self) -> list[str]:
        """The codes of the columns from left to right."""
        head = self.horizontalHeader()
        places = sorted(range(head.count()), key=head.visualIndex)
        return [self.records.fields[each].code for each in places if not head.isSectionHidden(each)]

    def as_text(self) -> str:
        """The selected rows with their heads, as a sheet pastes them."""
        names = [each.label for each in self.records.fields]
        rows = [
            "\t".join(self.records.index(row, column).data() or "" for column in range(len(names)))
            for row in self.chosen_rows()[:MOST_COPIED]
        ]
        return "\n".join(["\t".join(names), *rows])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would read every row; the filter box finds by initials."""

    def columns(self) -> dict[str, Any]:
        """Widths, order of columns and sorting."""
        head = bytes(self.horizontalHeader().saveState().toHex().data()).decode()
        return {"head": head, "fields": [each.name for each in self.records.fields]}

    def restore_columns(self, state: dict[str, Any]) -> None:
        """Take them up again, unless the columns are other ones now."""
        kept = bytes.fromhex(state.get("head") or "")
        if kept and state.get("fields") == [each.name for each in self.records.fields]:
            self.horizontalHeader().restoreState(kept)


class RecordDelegate(QStyledItemDelegate):
    """Paints a cell: the name with an avatar, doubtful values in amber with a mark."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.tone("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.tone("hover"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.tone("line"))
        inner = area.adjusted(10, 0, -8, 0)
        text = index.data() or ""
        if index.column() == 0:
            self._avatar(painter, inner, text, index.row())
            inner.setLeft(inner.left() + theme.px(34))
        is_doubtful = bool(index.data(DOUBT_ROLE))
        if is_doubtful:
            mark = QRect(inner.right() - MARK, inner.center().y() - MARK // 2, MARK, MARK)
            paint_icon(painter, mark, "warn", "warn")
            inner.setRight(mark.left() - 4)
        painter.setFont(theme.font(13, 600 if index.column() == 0 else 400))
        painter.setPen(theme.tone("warn" if is_doubtful else "text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _avatar(self, painter: QPainter, area: QRect, name: str, row: int) -> None:
        side = theme.px(24)
        place = QRectF(area.left(), area.center().y() - side / 2 + 0.5, side, side)
        is_company = self._table.records.listing.entity.__tablename__ == "account"
        faces = None if is_company else self._table.faces
        photo = faces.of(self._table.records.keys[row]) if faces else None
        paint_avatar(painter, place, name, square=is_company, photo=photo)
