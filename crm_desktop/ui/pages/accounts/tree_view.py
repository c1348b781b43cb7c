"""A table without headers that behaves as a tree: it draws only the rows one sees, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QStyleOptionViewItem, QTableView
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.store.outline import ACCOUNT, CONTACT
from crm_desktop.ui import theme
from crm_desktop.ui.models.tree import TreeModel
from crm_desktop.ui.pages.accounts.tree_delegate import ROW, TreeDelegate

if TYPE_CHECKING:
    from crm_desktop.ui.faces import Faces

SELECT = QAbstractItemView.SelectionMode.SingleSelection
SEEN = 40
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Action = QAbstractItemView.CursorAction


class TreeView(QTableView):
    """Accounts, their branches and contacts; carets and the keys of a tree open and close what is below."""

    chosen = Signal(str, object)
    """Another record became the current one: kind, key."""
    opened = Signal(str, object)
    """Enter or a double click: the record is to be worked with."""
    menu_asked = Signal(str, object, QPoint)
    """A menu is asked for at a place of the screen."""

    def __init__(self, model: TreeModel) -> None:
        super().__init__()
        self.tree = model
        self._delegate = TreeDelegate(model, self)
        self._is_quiet = False
        self._typed = ""
        self._typing = QElapsedTimer()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Accounts and their contacts"))
        self.setSelectionMode(SELECT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setStretchLastSection(True)
        across.setMinimumSectionSize(1)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def show_faces(self, faces: Faces) -> None:
        """Show photos in place of initials from now on."""
        self._delegate.faces = faces
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

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        index = self.tree.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, rows: int) -> None:
        """Go so many rows down, or up."""
        if last := len(self.tree.rows):
            self.go_to(min(max(self.currentIndex().row() + rows, 0), last - 1))

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

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Keep the current record and what is in sight where they are while rows come, go and move."""
        before = self.current()
        keys, bar, top = self.tree.rows.keys, self.verticalScrollBar(), self.rowAt(0)
        beyond = bar.value() - top * self._height()
        seen = keys[top : top + SEEN] if top > 0 else keys[:0]
        with self._quiet():
            yield
        if before and self.current() != before:
            self._stay(before)
        if keys[top : top + 1] != seen[:1]:
            stood = ((self.tree.rows.next_of({key}, 0), offset) for offset, key in enumerate(seen))
            row, offset = next(((row, offset) for row, offset in stood if row >= 0), (top, 0))
            bar.setValue((row - offset) * self._height() + beyond)

    @contextmanager
    def switching(self) -> Iterator[None]:
        """Keep the current record while other rows are shown, if it is among them; else none is current."""
        before = self.current()
        with self._quiet():
            yield
            row = self.tree.row_of(*before) if before else None
            self.leave()
            if row is not None:
                self.go_to(row)
            else:
                self.verticalScrollBar().setValue(0)

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

    def _height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def _dress(self) -> None:
        self._delegate.dress()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))

    # What Qt calls

    @override
    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        super().initViewItemOption(option)
        palette = option.palette
        palette.setBrush(QPalette.ColorRole.Highlight, QBrush(Qt.BrushStyle.NoBrush))  # the delegate draws the pill
        option.palette = palette

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
        if not had_one and event.reason() != Qt.FocusReason.MouseFocusReason and len(self.tree.rows):
            self.go_to(0)

    @override
    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action in {Action.MoveHome, Action.MoveEnd}:
            return self.tree.index(0 if action == Action.MoveHome else len(self.tree.rows) - 1, 0)
        return super().moveCursor(action, modifiers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if row >= 0 and plain and event.key() in ENTER:
            self._open()
        elif row >= 0 and self._steer(row, event, plain=plain):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _steer(self, row: int, event: QKeyEvent, *, plain: bool) -> bool:
        """Carry out a key that opens, closes or goes up and down a level; gives whether it was one."""
        key, text = event.key(), event.text()
        if plain and key == Qt.Key.Key_Left:
            self._go_up(row)
        elif plain and key == Qt.Key.Key_Right:
            self._go_down(row)
        elif text == "+":
            self.tree.expand(row)
        elif text == "-":
            self.tree.collapse(row)
        elif text == "*":
            self.expand_all()
        else:
            return False
        return True

    def _go_up(self, row: int) -> None:
        above = self.tree.above(row)
        if self.tree.is_expanded(row):
            self.tree.collapse(row)
        elif above is not None:
            self.go_to(above)

    def _go_down(self, row: int) -> None:
        if not self.tree.is_expanded(row):
            self.tree.expand(row)
        elif self.tree.rows.end(row) > row + 1:
            self.go_to(row + 1)

    def expand_all(self) -> None:
        """Show everything below the current account."""
        row = self.currentIndex().row()
        if row >= 0 and self.tree.rows.is_contact(row):
            row = self.tree.rows.above(row)
        if row >= 0:
            with self.staying():
                self.tree.expand_all(row)

    def collapse_all(self) -> None:
        """Show accounts at the top only; the one above the current record becomes current."""
        row = self.currentIndex().row()
        if row >= 0:
            self.go_to(self.tree.rows.root(row))
        self.tree.collapse_all()
        self.scrollTo(self.currentIndex())

    @override
    def keyboardSearch(self, search: str) -> None:
        pause = QApplication.keyboardInputInterval()
        is_new = not self._typing.isValid() or self._typing.elapsed() > pause
        self._typing.start()
        self._typed = search if is_new else self._typed + search
        same = len(set(self._typed)) == 1
        start = self.currentIndex().row() + (1 if same else 0)
        row = self.tree.next_beginning(self._typed[:1] if same else self._typed, max(start, 0))
        if row is not None:
            self.go_to(row)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and self._is_on_caret(event, index):
            self.tree.toggle(index.row())
            event.accept()
        else:
            super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._is_on_caret(event, index):
            self.tree.toggle(index.row())
        elif index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._open()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        current = self.current()
        if index.isValid() and current:
            is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            place = self.viewport().mapToGlobal(self.visualRect(index).center()) if is_key else event.globalPos()
            self.menu_asked.emit(*current, place)

    def _is_on_caret(self, event: QMouseEvent, index: QModelIndex) -> bool:
        caret = self._delegate.caret(index.row(), self.visualRect(index))
        return self.tree.is_expandable(index.row()) and caret.contains(event.position().toPoint())

    def _open(self) -> None:
        if now := self.current():
            self.opened.emit(*now)
