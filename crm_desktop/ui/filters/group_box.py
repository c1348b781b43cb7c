"""Conditions that belong together, of which all, any or none must hold; groups stand inside groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from crm_desktop.i18n import N_, _
from crm_desktop.model.filters import ALL, ANY, NONE, Group, Test
from crm_desktop.ui.editors import Offers
from crm_desktop.ui.filters.test_row import TestRow
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import flat, tool
from crm_desktop.ui.widgets.chips import FilterChips

if TYPE_CHECKING:
    from crm_desktop.model import Entity

HOW = ((ALL, N_("All of these")), (ANY, N_("Any of these")), (NONE, N_("None of these")))
DEEPEST = 3
_Part = TypeVar("_Part", "TestRow", "GroupBox")


class GroupBox(QFrame):
    """A group of the filter builder."""

    changed = Signal()
    removed = Signal()

    def __init__(self, entity: type[Entity], offers: Offers, depth: int = 0) -> None:
        super().__init__()
        self._entity, self._offers, self._depth = entity, offers, depth
        self._parts: list[TestRow | GroupBox] = []
        self.how = FilterChips(_("Which must hold"), [(code, _(word)) for code, word in HOW])
        self.how.changed.connect(self.changed)
        self.add_test_button = flat(_("Condition"), "add", self.add_empty)
        self.add_group_button = flat(_("Group"), "add", self.add_group)
        head = row(self.how, self.add_test_button, self.add_group_button, spacing=4)
        head.setStretch(0, 1)
        if depth:
            set_look(self, "kind", "tile")
            head.addWidget(tool("close", _("Remove this group"), self.removed.emit, side=28))
        self._rows = column(spacing=4)
        inset = 10 if depth else 0
        self.setLayout(column(head, self._rows, spacing=6, margins=(inset, inset and 6, inset, inset and 6)))
        if depth >= DEEPEST:
            self.add_group_button.hide()

    def group(self) -> Group:
        """What was built, without what is not complete."""
        parts: list[Test | Group] = []
        for each in self._parts:
            made = each.test() if isinstance(each, TestRow) else each.group()
            if made is not None and (isinstance(made, Test) or made):
                parts.append(made)
        return Group(self.how.value() or ALL, tuple(parts))

    def show_group(self, group: Group) -> None:
        """Show a filter that was built before."""
        for each in list(self._parts):
            self._take_out(each)
        self.how.set_value(group.how)
        for part in group.parts:
            if isinstance(part, Test):
                self._add(TestRow(self._entity, self._offers)).show_test(part)
            else:
                self._add(GroupBox(self._entity, self._offers, self._depth + 1)).show_group(part)

    def add_empty(self) -> TestRow:
        """Add a row to choose a field in, and go there."""
        made = self._add(TestRow(self._entity, self._offers))
        made.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return made

    def add_group(self) -> GroupBox:
        """Add a group with one row in it."""
        made = self._add(GroupBox(self._entity, self._offers, self._depth + 1))
        made.how.set_value(ANY if self.how.value() == ALL else ALL)
        made.add_empty()
        return made

    def is_empty(self) -> bool:
        """Whether nothing was begun."""
        return not self._parts

    def first(self) -> QWidget:
        """Where one begins: the first row, or what adds one."""
        part = self._parts[0] if self._parts else None
        if part is None:
            return self.add_test_button
        return part.field if isinstance(part, TestRow) else part.first()

    def _add(self, made: _Part) -> _Part:
        self._parts.append(made)
        self._rows.addWidget(made)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        return made

    def _remove(self, part: TestRow | GroupBox) -> None:
        place = self._parts.index(part)
        self._take_out(part)
        self.changed.emit()
        if self._parts:
            other = self._parts[min(place, len(self._parts) - 1)]
            (other.field if isinstance(other, TestRow) else other.first()).setFocus()
        elif self._depth:
            self.removed.emit()
        else:
            self.add_test_button.setFocus()

    def _take_out(self, part: TestRow | GroupBox) -> None:
        self._parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()
