"""The account tree as people work with it: keys and mouse open, close, choose, carry and find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication

from crm_desktop.overriding import override
from crm_desktop.ui.models.tree import TreeModel
from crm_desktop.ui.pages.accounts.tree_table import TreeTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crm_desktop.ui.pages.accounts.tree_drag import TreeDrag

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Action = QAbstractItemView.CursorAction


class TreeView(TreeTable):
    """Accounts, their branches and contacts; carets and the keys of a tree open and close what is below."""

    opened = Signal(str, object)
    """Enter or a double click: the record is to be worked with."""
    menu_asked = Signal(str, object, QPoint)
    """A menu is asked for at a place of the screen."""
    moved = Signal(object, object)
    """Accounts (keys) are to stand below another one (its key), or at the top (None)."""
    cut = Signal(object)
    """Accounts (keys) were taken up, to be put below another one."""

    def __init__(self, model: TreeModel) -> None:
        super().__init__(model)
        self._typed = ""
        self._typing = QElapsedTimer()
        self._drag: TreeDrag | None = None
        self._cut: list[int] = []
        self.setDragEnabled(True)
        self.setDropIndicatorShown(False)

    @override
    def begin(self) -> None:
        from crm_desktop.ui.pages.accounts.tree_drag import TreeDrag

        super().begin()
        self._drag = TreeDrag(self)
        self.setAcceptDrops(True)

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
        elif row >= 0 and (self._steer(row, event, plain=plain) or self._carry(event)):
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
        elif text and (act := self._acts().get(text)):
            act(row)
        else:
            return False
        return True

    def _acts(self) -> Mapping[str, Callable[[int], object]]:
        """What signs do; their words and those of other keys are only loaded with the first one that is typed."""
        from crm_desktop.ui.page_keys import TREE

        does = {
            "expand": self.tree.expand,
            "collapse": self.tree.collapse,
            "expand_all": lambda _row: self.expand_all(),
        }
        return {str(key): act for name, act in does.items() for key in TREE.named(name).keys}

    def _carry(self, event: QKeyEvent) -> bool:
        """Take accounts up, or put them below the current one, as the mouse does; gives whether the key means that."""
        if event.matches(QKeySequence.StandardKey.Cut):
            self._cut = self.chosen_accounts()
            self.cut.emit(self._cut)
        elif event.matches(QKeySequence.StandardKey.Paste):
            carried, self._cut = self._cut, []
            if carried:
                self.moved.emit(carried, self.account())
        elif event.key() == Qt.Key.Key_Escape and self._cut:
            self._cut = []
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
        with self.staying():
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
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        if self._drag and (accounts := self.chosen_accounts()):
            self._drag.start(accounts)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._drag:
            self._drag.enter(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._drag:
            self._drag.move(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._drag:
            self._drag.leave()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self._drag and (dropped := self._drag.drop(event)) is not None:
            self.moved.emit(*dropped)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drag and self._drag.is_active:
            self._drag.paint()

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
        caret = self.delegate.caret(index.row(), self.visualRect(index))
        return self.tree.is_expandable(index.row()) and caret.contains(event.position().toPoint())

    def _open(self) -> None:
        if now := self.current():
            self.opened.emit(*now)
