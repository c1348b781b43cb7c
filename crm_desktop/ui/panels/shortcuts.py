"""All commands and the keys of single pages on one sheet, those of the page that is open first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.panels.offers import offers
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.fitting_area import FittingArea
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

HEAD_ROWS = 2
"""How many rows the heading of a group is worth."""


class Group(NamedTuple):
    """A heading, and below it what can be done by which keys."""

    heading: str
    lines: Sequence[tuple[str, Sequence[str]]]


class Shortcuts(Panel):
    """The keys of the open page, of the window by menu and of the other pages, in two columns of the same length."""

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
        rail = self._host.findChild(Rail)
        self._fill(_groups(self._host, rail.value() if rail is not None else ""))
        self.area.verticalScrollBar().setValue(0)
        self.open(self.area)

    def _fill(self, groups: Sequence[Group]) -> None:
        for each in self._columns:
            empty(each)
        half = sum(len(each.lines) + HEAD_ROWS for each in groups) / 2
        filled = 0
        for group in groups:
            _add_group(self._columns[filled >= half], group)
            filled += len(group.lines) + HEAD_ROWS
        for each in self._columns:
            each.addStretch(1)


def _groups(window: QWidget, page: str) -> list[Group]:
    here = [_of_page(each) for each in page_keys.GROUPS if page in each.pages]
    others = [_of_page(each) for each in page_keys.GROUPS if page not in each.pages]
    commands = [
        Group(menu, [(each.words, [each.shortcut] if each.shortcut else []) for each in members])
        for menu, members in groupby(offers(window), lambda each: each.menu)
    ]
    return [*here, *commands, *others]


def _of_page(group: page_keys.KeyGroup) -> Group:
    return Group(group.words, [(each.words, page_keys.shown(each)) for each in group.keys.keys])


def _add_group(place: QVBoxLayout, group: Group) -> None:
    heading = label(group.heading, "section")
    heading.setContentsMargins(0, 10, 0, 2)
    place.addWidget(heading)
    for words, keys in group.lines:
        line = row(spacing=8)
        line.addWidget(Elide(words, "list"), 1)
        for each in keys:
            line.addWidget(Kbd(each))
        holder = QWidget()
        holder.setLayout(line)
        holder.setMinimumHeight(theme.px(24))
        place.addWidget(holder)
