"""The menus above the account tree: in what order accounts stand, and which ones are shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _
from crm_desktop.store.outline import CLOSED
from crm_desktop.store.outline_order import LEVEL, NAME, RECENT, Look


class SortMenu(QMenu):
    """In what order accounts stand at the top, and whether the closed ones are looked at."""

    order_picked = Signal(str)
    closed_asked = Signal(bool)

    def __init__(self, parent: QWidget, order: str) -> None:
        super().__init__(parent)
        group = QActionGroup(self)
        words = {NAME: _("By name"), RECENT: _("Recently contacted first"), LEVEL: _("Important ones first")}
        self.orders = {code: _choice(self, group, code, word) for code, word in words.items()}
        self.orders[order].setChecked(True)
        group.triggered.connect(lambda action: self.order_picked.emit(action.data()))
        self.addSeparator()
        self.closed = self.addAction(_("Closed accounts"))
        self.closed.triggered.connect(self.closed_asked)
        self.closed.setCheckable(True)

    def fit(self, look: Look, closed: int) -> None:
        """Tell how many closed accounts there are."""
        self.closed.setText(f"{_('Closed accounts')} {closed:,}" if closed else _("Closed accounts"))
        self.closed.setEnabled(bool(closed))
        self.closed.setChecked(look.status == CLOSED)


class FilterMenu(QMenu):
    """Accounts of which level and status are shown."""

    picked = Signal(str, str)
    """Level and status; an empty text for any."""

    def __init__(self, parent: QWidget, levels: Mapping[str, str], statuses: Mapping[str, str]) -> None:
        super().__init__(parent)
        self._level = self._add({"": _("Any level"), **levels})
        self.addSeparator()
        self._status = self._add({"": _("Any status but closed"), **statuses})

    def _add(self, choices: Mapping[str, str]) -> dict[str, QAction]:
        group = QActionGroup(self)
        group.triggered.connect(self._tell)
        return {code: _choice(self, group, code, words) for code, words in choices.items()}

    def _tell(self) -> None:
        level, status = (
            next(code for code, action in actions.items() if action.isChecked())
            for actions in (self._level, self._status)
        )
        self.picked.emit(level, status)

    def fit(self, look: Look) -> None:
        """Mark what is shown now."""
        for actions, code in ((self._level, look.level), (self._status, look.status)):
            actions.get(code, actions[""]).setChecked(True)


def _choice(menu: QMenu, group: QActionGroup, code: str, words: str) -> QAction:
    action = QAction(words, group)
    action.setCheckable(True)
    action.setData(code)
    menu.addAction(action)
    return action
