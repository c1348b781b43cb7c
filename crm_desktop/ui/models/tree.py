"""The account tree as a model: flattened rows, keys at once, values a page at a time when they are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.store.outline import ACCOUNT, CONTACT, RECENT, Look, Node
from crm_desktop.ui.models import tree_rows
from crm_desktop.ui.models.tree_found import found_rows, living_rows
from crm_desktop.ui.models.tree_rows import DEEPEST, OPEN, Rows
from crm_desktop.ui.models.tree_values import Values, remarks

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Outline, Rank

Index: TypeAlias = QModelIndex | QPersistentModelIndex
KIND, KEY, DEPTH, EXPANDABLE, EXPANDED, NODE = (Qt.ItemDataRole.UserRole + place for place in range(6))
WATCHED = ("account", "contact", "affiliation", "activity")
MANY = 64
"""A change of more records than this is an import: all keys are read anew."""
NOWHERE = QModelIndex()


class TreeModel(QAbstractTableModel):
    """Accounts with their branches and contacts, one row each, expanded ones in place; one column."""

    completed = Signal()
    """All keys are there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows()
        self.look = Look()
        self.level_words: Mapping[str, str] = {}
        self._outline: Outline | None = None
        self._values = Values(self.rows)
        self._opened: set[int] = set()
        self._barren: set[int] = set()
        self.is_search = False
        """Whether only what was found is shown."""
        self._partly: set[int] = set()
        self._coming: Iterator[array[int]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._load_part)

    # What is shown

    def show_first(self, nodes: Sequence[Node]) -> None:
        """Show accounts that were read already, before anything else can be."""
        self._values.remember(nodes)
        self._put(0, len(self.rows), Rows(node.id for node in nodes))

    def attach(self, outline: Outline) -> None:
        """Bring all keys, the rest of many while the window goes on; rows that are shown stay where they are."""
        self._outline = self._values.outline = outline
        self.set_look(self.look)

    def detach(self) -> None:
        """Read nothing any more; what was read stays on screen."""
        self._stop()
        self._outline = self._values.outline = None

    def set_look(self, look: Look) -> None:
        """Show other accounts at the top, or in another order; ends a search."""
        self.look, self.is_search, self._partly = look, False, set()
        if self._outline is not None:
            self._coming = self._outline.roots(look)
            self._put(0, len(self.rows), self._with_opened(next(self._coming, array("q"))))
            self._timer.start()

    def show_found(self, found: Sequence[tuple[str, int]]) -> None:
        """Show only these records, contacts below their accounts, and nothing else until `set_look`."""
        assert self._outline is not None
        self._stop()
        self.look, self.is_search = Look(self.look.order), True
        rows, self._partly = found_rows(self._outline, found)
        self._put(0, len(self.rows), rows)
        self.completed.emit()

    def is_complete(self) -> bool:
        """Whether all keys are there."""
        return self._outline is not None and self._coming is None

    def finish(self) -> None:
        """Read the keys that are still missing at once."""
        while self._coming is not None:
            self._load_part()

    def _load_part(self) -> None:
        part = next(self._coming, None) if self._coming is not None else None
        if part is not None:
            self._put(len(self.rows), len(self.rows), self._with_opened(part))
        elif self._coming is not None:
            self._stop()
            self.completed.emit()

    def _stop(self) -> None:
        self._coming = None
        self._timer.stop()

    def _with_opened(self, roots: array[int]) -> Rows:
        """Accounts at the top with what is below those that are open."""
        if self._opened.isdisjoint(roots):
            return Rows(roots)
        rows = Rows()
        for key in roots:
            self._add(rows, key, 0)
        return rows

    def _add(self, rows: Rows, key: int, depth: int) -> None:
        is_open = key in self._opened and depth < DEEPEST
        rows.add(key, depth, OPEN if is_open else 0)
        if is_open:
            rows.extend(self._below(key, depth + 1))

    def _below(self, account: int, depth: int) -> Rows:
        assert self._outline is not None
        branches, people = self._outline.below(account)
        rows = Rows()
        for key in branches:
            self._add(rows, key, depth)
        rows.extend(Rows(people, depth, tree_rows.CONTACT))
        return rows

    def _put(self, start: int, end: int, rows: Rows) -> None:
        """Have these rows from `start` to before `end`; what is the same there already is left alone."""
        start, end, rows = self.rows.difference(start, end, rows)
        if end > start:
            self.beginRemoveRows(NOWHERE, start, end - 1)
            self.rows.replace(start, end, Rows())
            self.endRemoveRows()
        if len(rows):
            self.beginInsertRows(NOWHERE, start, start + len(rows) - 1)
            self.rows.replace(start, start, rows)
            self.endInsertRows()

    # Opening and closing

    @property
    def opened(self) -> frozenset[int]:
        """The accounts below which something is shown, or would be if they were."""
        return frozenset(self._opened)

    def open_again(self, accounts: Iterable[int]) -> None:
        """Expand the accounts that were expanded another time."""
        self._opened = set(accounts)
        if self._outline is not None:
            self.set_look(self.look)

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
        if self._outline is None or self.rows.is_open(row) or not self.is_expandable(row):
            return
        key = self.rows.keys[row]
        rows = self._below(key, self.rows.depths[row] + 1)
        if len(rows):
            self._opened.add(key)
            self.rows.marks[row] |= OPEN
            self._put(row + 1, row + 1, rows)
        else:
            self._barren.add(key)
        self._repaint(row)

    def collapse(self, row: int) -> None:
        """Hide what is below an account; what was open there will be so again."""
        if self.rows.is_open(row):
            self._opened.discard(self.rows.keys[row])
            self._partly.discard(self.rows.keys[row])
            self.rows.marks[row] &= ~OPEN
            self._put(row + 1, self.rows.end(row), Rows())
            self._repaint(row)

    def toggle(self, row: int) -> None:
        """Expand a row or collapse it."""
        (self.collapse if self.is_expanded(row) else self.expand)(row)

    def expand_all(self, row: int) -> None:
        """Show everything below an account, at every depth."""
        if self._outline is not None and self.is_expandable(row):
            self._opened.update(self._outline.families(self.rows.keys[row]))
            self.collapse(row)
            self.expand(row)

    def collapse_all(self) -> None:
        """Show accounts at the top only."""
        self.finish()
        self._opened.clear()
        if not self.is_search:
            self._put(0, len(self.rows), Rows(self.rows.roots()))
            return
        for row in reversed(self.rows.open()):
            if self.rows.depths[row] == 0:
                self.collapse(row)

    # Finding rows

    def row_of(self, kind: str, key: int) -> int | None:
        """The first row where a record is shown, or None."""
        return _known(self.rows.find(key, contact=kind == CONTACT))

    def above(self, row: int) -> int | None:
        """The row that a row is below, or None at the top."""
        return _known(self.rows.above(row))

    def reveal(self, kind: str, key: int) -> int | None:
        """The row of a record, with the accounts above it expanded; None when it is not in the tree as it is shown."""
        if self._outline is None:
            return self.row_of(kind, key)
        self.finish()
        row = self.row_of(kind, key)
        homes: Iterable[int | None] = self._outline.homes([key]).get(key, ()) if kind == CONTACT else (None,)
        for home in homes:
            if row is not None:
                break
            path = [*self._outline.above(key if home is None else home), *([] if home is None else [home])]
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
        if self._outline is None:
            return None
        return _known(self.rows.next_of(self._outline.beginning(text, self.rows.contacts()), start))

    # Following changes

    def refresh(self, change: Change) -> None:
        """Follow a change in the data: read again what it concerns, and move rows that came, went or moved."""
        if self._outline is None or not change.touches(*WATCHED):
            return
        self.finish()
        accounts: set[int] = set()
        is_small = not change.is_big and sum(len(change.rows.get(each, ())) for each in WATCHED) <= MANY
        if is_small:
            accounts, contacts = self._outline.concerned(change.rows)
            self._values.forget(accounts, contacts)
            if change.moved("account", "status"):
                accounts |= self._outline.branches(accounts)  # those of a closed account stand at the top
        if is_small and len(accounts) <= MANY:
            self._follow(change, accounts)
        else:
            self.reload()
        if len(self.rows):
            self._repaint(0, len(self.rows) - 1)

    def reload(self) -> None:
        """Read everything anew; rows that are still there stay."""
        assert self._outline is not None
        self._values.forget_all()
        self._barren.clear()
        if self.is_search:
            self._put(0, len(self.rows), living_rows(self._outline, self.rows, self._partly))
            return
        self._stop()
        rows = Rows()
        for part in self._outline.roots(self.look):
            rows.extend(self._with_opened(part))
        self._put(0, len(self.rows), rows)

    def _follow(self, change: Change, accounts: set[int]) -> None:
        """Put the rows of a small change where they belong now."""
        assert self._outline is not None
        moved = change.moved("account", "name", "kind", "parent_id", "status", "level")
        people_moved = change.moved("affiliation", "account_id", "contact_id", "status", "is_primary")
        parents: set[int] = set()
        self._barren -= accounts
        if change.moved("account", "parent_id"):
            self._values.forget_all()  # where a branch was before is not told, and its caret may have to go
        if moved or people_moved or change.moved("contact", "full_name"):
            parents = accounts | {self.rows.keys[row] for row in self._rows_above(accounts)}
        if "account_id" in change.fields.get("affiliation", ()):
            parents |= {self.rows.keys[row] for row in self.rows.open()}  # whose it was before is not told
        if self.is_search:
            self._put(0, len(self.rows), living_rows(self._outline, self.rows, self._partly))
            parents -= self._partly
        elif moved or (self.look.order == RECENT and change.touches("activity")):
            self._place(accounts)
        for parent in parents:
            for row in reversed(self.rows.all(parent)):
                if self.rows.is_open(row):
                    self._put(row + 1, self.rows.end(row), self._below(parent, self.rows.depths[row] + 1))

    def _rows_above(self, accounts: set[int]) -> set[int]:
        rows = (row for key in accounts for row in self.rows.all(key))
        return {self.rows.above(row) for row in rows if self.rows.depths[row]}

    def _place(self, accounts: set[int]) -> None:
        """Put accounts at the top where they belong there."""
        assert self._outline is not None
        belonging = self._outline.belonging(self.look, accounts)
        ranks = self._outline.ranks(self.look, belonging)
        there: set[int] = set()
        for key in accounts:
            for row in self.rows.all(key):
                if self.rows.depths[row] == 0:
                    if key in belonging and self._is_in_order(row, ranks[key]):
                        there.add(key)
                    else:
                        self._put(row, self.rows.end(row), Rows())
                    break
        for key in sorted(belonging - there, key=ranks.__getitem__):
            place = self._place_for(ranks[key])
            self._put(place, place, self._with_opened(array("q", [key])))

    def _is_in_order(self, row: int, rank: Rank) -> bool:
        after = self.rows.end(row)
        is_after = row == 0 or self._rank(self.rows.root(row - 1)) < rank
        return is_after and (after == len(self.rows) or rank < self._rank(after))

    def _place_for(self, rank: Rank) -> int:
        """Where an account of this rank goes; everything below an account ranks as it does."""
        return bisect_left(range(len(self.rows)), rank, key=lambda row: self._rank(self.rows.root(row)))

    def _rank(self, root: int) -> Rank:
        assert self._outline is not None
        return self._outline.ranks(self.look, [self.rows.keys[root]]).get(self.rows.keys[root], ())

    def _repaint(self, first: int, last: int | None = None) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(first if last is None else last, 0))

    # Values

    def node(self, row: int) -> Node:
        """The values of a row."""
        return self._values.at(row)

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

    def summary(self, row: int) -> str:
        """What a row tells, for those who cannot see its icons and colours."""
        return ", ".join(filter(None, [self.node(row).name, *remarks(self.node(row), self.level_words)]))

    def words(self, row: int) -> str:
        """What a row tells, and whether it is open."""
        if not self.is_expandable(row):
            return self.summary(row)
        return f"{self.summary(row)}, {_('expanded') if self.is_expanded(row) else _('collapsed')}"


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
