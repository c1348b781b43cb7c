"""All commands with their keys on one sheet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.panels.offers import Offer, offers
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.fitting_area import FittingArea
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

HEAD_ROWS = 2
"""How many rows the heading of a group is worth."""


class Shortcuts(Panel):
    """The commands of the window by menu, in two columns of the same length as far as groups allow."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Keyboard shortcuts"), width=760, top=64)
        self._host = window
        self.add_head(
            Picture("keyboard", "accentText", 20),
            label(_("Keyboard shortcuts"), "heading"),
            None,
            Kbd(key_words("Esc")),
        )
        self._columns = (column(spacing=2), column(spacing=2))
        sheet = QWidget()
        both = row(*self._columns, spacing=36, margins=(20, 8, 20, 14))
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        sheet.setLayout(both)
        self.area = FittingArea(sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrow keys move it
        self.area.setAccessibleName(_("Keyboard shortcuts"))
        self.body.addWidget(self.area)
        self.body.addSpacing(theme.px(10))

    @override
    def show_up(self) -> None:
        self._fill(offers(self._host))
        self.open(self.area)

    def _fill(self, found: list[Offer]) -> None:
        for each in self._columns:
            empty(each)
        groups = [(menu, list(members)) for menu, members in groupby(found, lambda each: each.menu)]
        half = sum(len(members) + HEAD_ROWS for _menu, members in groups) / 2
        filled = 0
        for menu, members in groups:
            place = self._columns[filled >= half]
            filled += len(members) + HEAD_ROWS
            _add_group(place, menu, members)
        for each in self._columns:
            each.addStretch(1)


def _add_group(place: QVBoxLayout, menu: str, members: list[Offer]) -> None:
    heading = label(menu, "section")
    heading.setContentsMargins(0, 10, 0, 2)
    place.addWidget(heading)
    for each in members:
        line = row(spacing=8)
        line.addWidget(Elide(each.words, "list"), 1)
        if each.shortcut:
            line.addWidget(Kbd(each.shortcut))
        holder = QWidget()
        holder.setLayout(line)
        holder.setMinimumHeight(theme.px(24))
        place.addWidget(holder)
