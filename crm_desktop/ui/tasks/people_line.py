"""The people who take part besides the one a task is about: chips to take off, and a picker to add more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.record_offers import search
from crm_desktop.ui.widgets.buttons import small
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

IN_A_LINE = 4


class PeopleLine(QWidget):
    """Contacts by key, in the order in which they were added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._people: dict[int, str] = {}
        self._chips: list[TagChip] = []
        self._offered = search(desk.workspace, "contact", lambda: set(self._people))
        self.add_button = small(_("Add a person"), "add", self.pick)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(IN_A_LINE, 1)
        self.setFocusProxy(self.add_button)
        self.setAccessibleName(_("Further people"))
        self._fill()

    def value(self) -> tuple[int, ...]:
        """The keys of those who take part."""
        return tuple(self._people)

    def set_value(self, people: Mapping[int, str]) -> None:
        """Show who takes part, by key and name."""
        self._people = dict(people)
        self._fill()

    def pick(self) -> PickList:
        """Drop a list of people who are found by what is typed."""
        opened = PickList(self.add_button, self._offered)
        opened.chosen.connect(lambda code: self._add(int(code), opened.words_of(code)))
        opened.open()
        return opened

    def _add(self, key: int, name: str) -> None:
        self._people[key] = name.partition(" · ")[0]
        self._fill()

    def _take_off(self, key: int, _name: str) -> None:
        self._people.pop(key, None)
        self._fill()
        self.add_button.setFocus()

    def _fill(self) -> None:
        for each in self._chips:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._chips = []
        for key, name in self._people.items():
            chip = TagChip(name)
            chip.setAccessibleName(_("{name}, press Delete to take off").format(name=name))
            chip.removed.connect(partial(self._take_off, key))
            self._put(chip, len(self._chips))
            self._chips.append(chip)
        self._put(self.add_button, len(self._chips))

    def _put(self, widget: QWidget, place: int) -> None:
        self._grid.addWidget(widget, place // IN_A_LINE, place % IN_A_LINE, Qt.AlignmentFlag.AlignLeft)
