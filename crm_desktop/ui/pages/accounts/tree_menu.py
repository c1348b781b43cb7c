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
    record: (kind, key); `move_all` or `delete_all` and several such records."""

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
        self.move_up = self._do(_("Move to the top"), self._ask_up, "up")
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
        return self._do(words, lambda: self._ask_for(what), picture)

    def _ask_for(self, what: str) -> None:
        chosen = self._view.chosen_records()
        if len(chosen) > 1:
            self.asked.emit(f"{what}_all", chosen)
        else:
            self.asked.emit(what, self._view.current())

    def _ask_up(self) -> None:
        self._view.moved.emit(self._view.chosen_accounts(), None)

    def _ask_below(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what, self._view.account())

    def _fit(self) -> None:
        """Offer what can be done with the current row."""
        view = self._view
        current, tree, row = view.current(), view.tree, view.currentIndex().row()
        kinds = {kind for kind, _key in view.chosen_records()}
        is_one, is_account = view.chosen_count() <= 1, current is not None and current[0] == ACCOUNT
        is_closed = is_account and tree.node(row).status == CLOSED
        self.new_contact.setEnabled(view.account() is not None)
        self.new_branch.setEnabled(view.account() is not None)
        self.remove.setEnabled(current is not None and len(kinds) <= 1)
        self.expand.setEnabled(current is not None)
        self.move_below.setVisible(kinds == {ACCOUNT})
        self.move_up.setVisible(kinds == {ACCOUNT} and any(self._has_parent(key) for key in view.chosen_accounts()))
        self.close_account.setVisible(is_one and is_account and not is_closed)
        self.reopen.setVisible(is_one and is_closed)

    def _has_parent(self, account: int) -> bool:
        return any(self._view.tree.rows.depths[row] for row in self._view.tree.rows.all(account))
