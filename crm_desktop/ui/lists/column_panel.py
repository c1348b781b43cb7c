"""The panel in which the columns of a list are chosen, ordered, and kept in view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSpinBox, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.lists.columns import columns_of, usual
from crm_desktop.ui.lists.frozen import MOST
from crm_desktop.ui.panels.column_list import ColumnList
from crm_desktop.ui.panels.panel import Panel
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import flat, link, primary, secondary
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.lists.pane import ListPane

HEIGHT = 340


class ColumnPanel(Panel):
    """Ticks choose, Alt with an arrow or dragging moves; the list behind follows at once."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("List columns"), width=420)
        self._pane: ListPane | None = None
        self.columns = ColumnList()
        self.columns.setAccessibleName(_("List columns"))
        self.columns.setMinimumHeight(HEIGHT)
        self.columns.changed.connect(self._take)
        self.frozen = QSpinBox()
        self.frozen.setRange(0, MOST)
        self.frozen.setAccessibleName(_("Columns kept in view"))
        self.frozen.valueChanged.connect(self._freeze)
        up = flat(_("Up"), "up", partial(self.columns.step, -1)).explain(_("Move up"), "Alt+↑")
        down = flat(_("Down"), "down", partial(self.columns.step, 1)).explain(_("Move down"), "Alt+↓")
        self.add_head(label(_("List columns"), "heading"), None, up, down)
        kept = label(_("Columns kept in view while scrolling sideways"), "small", wrap=True)
        kept.setBuddy(self.frozen)
        line = row(kept, self.frozen, spacing=8)
        line.setStretch(0, 1)
        own = link(_("Own fields…"), "", self._go_to_fields)
        self.body.addLayout(column(self.columns, line, row(own, None), spacing=8, margins=(18, 12, 18, 12)))
        self.add_foot(secondary(_("The usual ones"), "", self._reset), None, primary(_("Done"), "", self.dismiss))

    def ask(self, pane: ListPane) -> None:
        """Show the columns of a list."""
        self._pane = pane
        self._fill()
        self.open(self.columns)

    def _fill(self) -> None:
        assert self._pane is not None
        offered = [(each.name, each.label) for each in columns_of(self._pane.kind.entity)]
        self.columns.fill(offered, [each.name for each in self._pane.table.records.fields])
        self.frozen.blockSignals(True)
        self.frozen.setValue(self._pane.table.frozen.count)
        self.frozen.blockSignals(False)

    def _take(self) -> None:
        names = self.columns.codes()
        if self._pane is not None and names:
            self._pane.table.show_columns(names)

    def _freeze(self, count: int) -> None:
        if self._pane is not None:
            self._pane.table.freeze(count)

    def _reset(self) -> None:
        assert self._pane is not None
        self._pane.table.show_columns(usual(self._pane.kind.entity))
        self._fill()

    def _go_to_fields(self) -> None:
        self.dismiss()
        self.desk.ask("settings", "fields")
