"""The account tree as a model: flattened rows, all keys from a thread, values a page at a time when looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.store.outline import ACCOUNT, CONTACT, Node
from crm_desktop.store.outline_order import Look
from crm_desktop.ui.models import tree_picture
from crm_desktop.ui.models.tree_follower import Follower
from crm_desktop.ui.models.tree_picture import Picture, Wish, picture_of
from crm_desktop.ui.models.tree_reader import Reader
from crm_desktop.ui.models.tree_rows import DEEPEST, OPEN, Rows
from crm_desktop.ui.models.tree_values import Values, remarks

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Outline

Index: TypeAlias = QModelIndex | QPersistentModelIndex
KIND, KEY, DEPTH, EXPANDABLE, EXPANDED, NODE = (Qt.ItemDataRole.UserRole + place for place in range(6))
ROWS = "rows"
SOON = 0.02
"""Seconds that rows are waited for before the window goes on with the old ones."""
MANY = 5_000
"""From so many rows that come or go in the middle on, everything is laid out anew, which takes less time."""
NOWHERE = QModelIndex()


class TreeModel(QAbstractTableModel):
    """Accounts with their branches and contacts, one row each, expanded ones in place; one column."""

    completed = Signal()
    """All rows that were wished for are there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows()
        self.wish = Wish()
        self.hits = 0
        """How many rows were looked for; others lead to them."""
        self.level_words: Mapping[str, str] = {}
        self.around: Callable[[bool], AbstractContextManager[object]] = nullcontext
        """What a view does around rows that were read, so that it stays where it is; True when others were wished for.
        """
        self.outline: Outline | None = None
        self.reader: Reader | None = None
        self.values = Values(self.rows)
        self.opened: set[int] = set()
        """The accounts below which everything is shown, or would be if they were, while nothing narrows the tree."""
        self._barren: set[int] = set()
        self._shown = self.wish
        self._follower = Follower(self)

    # What is shown

    @property
    def look(self) -> Look:
        """What is shown besides what was found."""
        return self.wish.look

    @property
    def is_search(self) -> bool:
        """Whether only what was found is shown, and what leads to it."""
        return self.wish.found is not None

    def show_first(self, nodes: Sequence[Node]) -> None:
        """Show accounts that were read already, before anything else can be."""
        self.values.remember(nodes)
        self.put(0, len(self.rows), Rows(node.id for node in nodes))

    def attach(self, outline: Outline) -> None:
        """Bring all rows while the window goes on; those that are shown stay where they are."""
        self.outline = self.values.outline = outline
        self.reader = Reader(outline.path, self)
        self.ask(self.wish)

    def detach(self) -> None:
        """Read nothing any more; what was read stays on screen."""
        if self.reader is not None:
            self.reader.close()
        self.outline = self.values.outline = self.reader = None

    def set_look(self, look: Look, found: Iterable[tuple[str, int]] | None = None) -> None:
        """Show other accounts, or in another order; `found` are the only records of interest, if there are such."""
        self.ask(Wish(look, None if found is None else tuple(found)))

    def ask(self, wish: Wish) -> None:
        """Have other rows read; the old ones are shown until they are there."""
        if not wish.is_narrowed:
            wish = wish._replace(opened=frozenset(self.opened))
        self.wish = wish
        if self.reader is not None:
            self._follower.begin()
            self.reader.ask(ROWS, lambda outline: picture_of(outline, wish), self._show)
            self.reader.wait(ROWS, SOON)

    def ask_again(self) -> None:
        """Read the rows anew."""
        self.ask(self.wish)

    def is_complete(self) -> bool:
        """Whether all rows are there."""
        return self.reader is not None and not self.reader.is_waiting(ROWS)

    def finish(self) -> None:
        """Wait for the rows that are still missing."""
        if self.reader is not None:
            self.reader.wait(ROWS)

    def _show(self, picture: Picture) -> None:
        """Take over rows that were read, with what was opened, closed and written meanwhile."""
        is_other = (picture.wish.look, picture.wish.found) != (self._shown.look, self._shown.found)
        self._shown = picture.wish
        with self.around(is_other):
            self.put(0, len(self.rows), picture.rows)
            self.hits = picture.hits
            self._catch_up(picture.wish)
            self._follower.catch_up()
        self.completed.emit()

    def _catch_up(self, read: Wish) -> None:
        now = self.wish if read.is_narrowed else read._replace(opened=frozenset(self.opened))
        for key in read.opened ^ now.opened | read.shut ^ now.shut:
            for row in reversed(self.rows.all(key)):
                if key in now.opened:
                    self.expand(row)
                else:
                    self.collapse(row)

    def put(self, start: int, end: int, rows: Rows) -> None:
        """Have these rows from `start` to before `end`; what is the same there already is left alone."""
        start, end, rows = self.rows.difference(start, end, rows)
        if end - start > MANY or (len(rows) > MANY and end < len(self.rows)):
            self.beginResetModel()
            self.rows.replace(start, end, rows)
            self.endResetModel()
            return
        if end > start:
            self.beginRemoveRows(NOWHERE, start, end - 1)
            self.rows.replace(start, end, Rows())
            self.endRemoveRows()
        if len(rows):
            self.beginInsertRows(NOWHERE, start, start + len(rows) - 1)
            self.rows.replace(start, start, rows)
            self.endInsertRows()

    # Opening and closing

    def open_again(self, accounts: Iterable[int]) -> None:
        """Expand the accounts that were expanded another time."""
        self.opened = set(accounts)
        if not self.wish.is_narrowed:
            self.ask_again()

    def is_expanded(self, row: int) -> bool:
        """Whether what is below a row is shown."""
        return self.rows.is_open(row)

    def is_expandable(self, row: int) -> bool:
        """Whether there is anything below a row."""
        if self.rows.is_contact(row):
            return False
        has_any = self.node(row).children > 0 and self.rows.keys[row] not in self._barren
        return has_any and self.rows.depths[row] < DEEPEST

    def expand(self, row: int) -> None:
        """Show what is below an account."""
        if self.outline is None or self.rows.is_open(row) or not self.is_expandable(row):
            return
        key = self.rows.keys[row]
        rows = self.below(key, self.rows.depths[row] + 1)
        if len(rows):
            self._note(key, is_open=True)
            self.rows.marks[row] |= OPEN
            self.put(row + 1, row + 1, rows)
        else:
            self._barren.add(key)
        self.repaint(row)

    def collapse(self, row: int) -> None:
        """Hide what is below an account; what was open there will be so again."""
        if self.rows.is_open(row):
            self._note(self.rows.keys[row], is_open=False)
            self.rows.marks[row] &= ~OPEN
            self.put(row + 1, self.rows.end(row), Rows())
            self.repaint(row)

    def toggle(self, row: int) -> None:
        """Expand a row or collapse it."""
        (self.collapse if self.is_expanded(row) else self.expand)(row)

    def expand_all(self, row: int) -> None:
        """Show everything below an account, at every depth; of very much, what is nearest."""
        if self.outline is not None and self.is_expandable(row):
            for key in self.outline.families(self.rows.keys[row]):
                self._note(key, is_open=True)
            self.collapse(row)
            self.expand(row)

    def collapse_all(self) -> None:
        """Show accounts at the top only."""
        if self.wish.is_narrowed:
            tops = [row for row in self.rows.open() if self.rows.depths[row] == 0]
            self.ask(self.wish._replace(opened=frozenset(), shut=frozenset(self.rows.keys[row] for row in tops)))
        else:
            self.opened.clear()
            self.put(0, len(self.rows), Rows(self.rows.roots()))

    def below(self, account: int, depth: int) -> Rows:
        """What is below an account that is open."""
        assert self.outline is not None
        opened = self.wish.opened if self.wish.is_narrowed else self.opened
        return tree_picture.below(self.outline, account, depth, opened)

    def bears_again(self, accounts: Iterable[int]) -> None:
        """Look anew whether there is anything below some accounts."""
        self._barren.difference_update(accounts)

    def _note(self, key: int, *, is_open: bool) -> None:
        """Remember that an account was opened or closed: while the tree is narrowed, until it is narrowed otherwise."""
        if not self.wish.is_narrowed:
            (self.opened.add if is_open else self.opened.discard)(key)
            return
        opened, shut = self.wish.opened - {key}, self.wish.shut - {key}
        self.wish = self.wish._replace(
            opened=opened | {key} if is_open else opened, shut=shut if is_open else shut | {key}
        )

    # Finding rows

    def row_of(self, kind: str, key: int) -> int | None:
        """The first row where a record is shown, or None."""
        return _known(self.rows.find(key, contact=kind == CONTACT))

    def above(self, row: int) -> int | None:
        """The row that a row is below, or None at the top."""
        return _known(self.rows.above(row))

    def reveal(self, kind: str, key: int) -> int | None:
        """The row of a record, with the accounts above it expanded; None when it is not in the tree as it is shown."""
        row = self.row_of(kind, key)
        if self.outline is None:
            return row
        homes: Iterable[int | None] = self.outline.homes([key]).get(key, ()) if kind == CONTACT else (None,)
        for home in homes:
            if row is not None:
                break
            path = [*self.outline.above(key if home is None else home), *([] if home is None else [home])]
            row = self._walk(path, kind, key)
        return row

    def _walk(self, path: Sequence[int], kind: str, key: int) -> int | None:
        """Go down through the accounts of a path that are shown, and find a record below the last one."""
        shown = [(row, each) for each in path if (row := self.rows.find(each)) >= 0]
        if not shown:
            return None
        row, account = shown[-1]
        for step in path[path.index(account) + 1 :]:
            self.expand(row)
            row = self.rows.find(step, start=row + 1, end=self.rows.end(row))
            if row < 0:
                return None
        self.expand(row)
        return _known(self.rows.find(key, contact=kind == CONTACT, start=row + 1, end=self.rows.end(row)))

    def next_beginning(self, text: str, start: int) -> int | None:
        """The next row from `start` on, then from the top, whose name or pinyin begins with what was typed."""
        return None if self.outline is None else self._follower.next_beginning(text, start)

    # Following changes

    def refresh(self, change: Change) -> None:
        """Follow a change in the data: read again what it concerns, and move rows that came, went or moved."""
        if self.outline is not None:
            self._follower.refresh(change)

    def forget(self) -> None:
        """Read everything again when it is next looked at."""
        self.values.forget_all()
        self._barren.clear()

    def repaint(self, first: int, last: int | None = None) -> None:
        """Have rows drawn again."""
        self.dataChanged.emit(self.index(first, 0), self.index(first if last is None else last, 0))

    # Values

    def node(self, row: int) -> Node:
        """The values of a row."""
        return self.values.at(row)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in ANSWERS:
            return None
        return ANSWERS[role](self, index.row())

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_account = index.isValid() and not self.rows.is_contact(index.row())
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_account else flags

    def summary(self, row: int) -> str:
        """What a row tells, for those who cannot see its icons and colours."""
        leads = _("leads to what was found") if self.rows.is_way(row) else ""
        return ", ".join(filter(None, [self.node(row).name, *remarks(self.node(row), self.level_words), leads]))

    def words(self, row: int) -> str:
        """What a row tells, how deep it stands, and whether it is open."""
        told = [self.summary(row)]
        if depth := self.rows.depths[row]:
            told.append(_("tier {number}").format(number=depth + 1))
        if self.is_expandable(row):
            told.append(_("expanded") if self.is_expanded(row) else _("collapsed"))
        return ", ".join(told)


def _known(row: int) -> int | None:
    return row if row >= 0 else None


ANSWERS = {
    Qt.ItemDataRole.DisplayRole: lambda model, row: model.node(row).name,
    Qt.ItemDataRole.AccessibleTextRole: TreeModel.words,
    KIND: lambda model, row: CONTACT if model.rows.is_contact(row) else ACCOUNT,
    KEY: lambda model, row: model.rows.keys[row],
    DEPTH: lambda model, row: model.rows.depths[row],
    EXPANDABLE: TreeModel.is_expandable,
    EXPANDED: TreeModel.is_expanded,
    NODE: TreeModel.node,
}
