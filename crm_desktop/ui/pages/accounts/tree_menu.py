"""What can be done with a row of the account tree besides looking at it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _
from crm_desktop.store.outline import ACCOUNT, CLOSED
from crm_desktop.ui.icons import icon
from crm_desktop.ui.pages.accounts.tree_view import TreeView


class TreeMenu(QMenu):
    """The menu of the current row; `asked` carries what is to be done and with which record."""

    asked = Signal(str, object)
    """`new_contact` or `new_account` and the key of the account above; `move`, `close`, `reopen` or `delete` and the
    record: (kind, key)."""

    def __init__(self, view: TreeView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.new_contact = self._do(_("New contact"), self._ask_below("new_contact"), "contact")
        self.new_branch = self._do(_("New branch"), self._ask_below("new_account"), "account")
        self.addSeparator()
        self.expand = self._do(_("Expand all below"), view.expand_all)
        self.collapse = self._do(_("Collapse all"), view.collapse_all)
        self.addSeparator()
        self.move_below = self._ask("move", _("Move below another account…"), "relations")
        self.close_account = self._ask("close", _("Close account"), "lock")
        self.reopen = self._ask("reopen", _("Reopen account"), "undone")
        self.addSeparator()
        self.remove = self._ask("delete", _("Delete"), "delete")
        self.aboutToShow.connect(self._fit)

    def _do(self, words: str, act: Callable[[], None], picture: str = "") -> QAction:
        action = self.addAction(words)
        action.triggered.connect(act)
        if picture:
            action.setIcon(icon(picture))
        return action

    def _ask(self, what: str, words: str, picture: str) -> QAction:
        return self._do(words, lambda: self.asked.emit(what, self._view.current()), picture)

    def _ask_below(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what, self._view.account())

    def _fit(self) -> None:
        """Offer what can be done with the current row."""
        current = self._view.current()
        is_account = current is not None and current[0] == ACCOUNT
        tree, row = self._view.tree, self._view.currentIndex().row()
        is_closed = is_account and tree.node(row).status == CLOSED
        self.new_contact.setEnabled(self._view.account() is not None)
        self.new_branch.setEnabled(self._view.account() is not None)
        self.remove.setEnabled(current is not None)
        self.expand.setEnabled(current is not None)
        self.move_below.setVisible(is_account)
        self.close_account.setVisible(is_account and not is_closed)
        self.reopen.setVisible(is_closed)
