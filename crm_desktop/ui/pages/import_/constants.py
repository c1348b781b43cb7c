"""What every row of a file gets that says nothing itself: the trade show, the source, the owner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.boxes import empty, row
from crm_desktop.ui.widgets.buttons import link, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.choice import InPlaceChoice, words_of
from crm_desktop.ui.widgets.pick_list import Choice, PickList

if TYPE_CHECKING:
    from crm_desktop.ui.pages.import_.draft import Draft

FIRST = "account.lead_source"
"""The field that is offered first."""


class Constants(Card):
    """A line for each field with its value; fields are added from a list."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("For every row"), "pin")
        self._draft: Draft | None = None
        self._choices: Sequence[Choice] = ()
        self.editors: dict[str, QLineEdit] = {}
        self.dropped: PickList | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.add_row(self._lines)
        self.add = link(_("Add a value…"), "add", self._open)
        self.add_row(row(self.add, None))

    def show_draft(self, draft: Draft, choices: Sequence[Choice]) -> None:
        """Show what was chosen."""
        self._draft = draft
        first = [each for each in choices if each[0] == FIRST]
        self._choices = [*first, *(each for each in choices if each not in first)]
        self._show()

    def _show(self) -> None:
        assert self._draft is not None
        empty(self._lines)
        self.editors = {}
        for code, text in self._draft.constants.items():
            words = words_of(self._choices, code) or code
            field = InPlaceChoice(self._choices, code, words)
            field.setAccessibleName(_("Field"))
            field.committed.connect(partial(self._exchange, code))
            editor = QLineEdit(text)
            editor.setAccessibleName(_("{field} for every row").format(field=words))
            editor.setPlaceholderText(_("Value"))
            editor.editingFinished.connect(partial(self._take, code))
            remove = tool("close", _("Remove “{field}”").format(field=words), partial(self._remove, code), side=24)
            line = row(spacing=4)
            line.addWidget(field, 1)
            line.addWidget(editor, 1)
            line.addWidget(remove)
            self._lines.addLayout(line)
            self.editors[code] = editor

    def _open(self) -> None:
        assert self._draft is not None
        free = [each for each in self._choices if each[0] not in self._draft.constants]
        self.dropped = PickList(self.add, free)
        self.dropped.chosen.connect(self._add)
        self.dropped.open()

    def _add(self, code: str) -> None:
        assert self._draft is not None
        self._draft.constants[code] = ""
        self._show()
        editor = self.editors[code]
        QTimer.singleShot(0, editor, editor.setFocus)  # after the list has given the focus back

    def _exchange(self, code: str, other: str) -> None:
        assert self._draft is not None
        kept = {(other if each == code else each): text for each, text in self._draft.constants.items()}
        self._draft.constants = kept
        self._show()
        self.changed.emit()

    def _take(self, code: str) -> None:
        assert self._draft is not None
        text = self.editors[code].text().strip()
        if self._draft.constants.get(code) != text:
            self._draft.constants[code] = text
            self.changed.emit()

    def _remove(self, code: str) -> None:
        assert self._draft is not None
        had = self._draft.constants.pop(code, "")
        self._show()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if had:
            self.changed.emit()
