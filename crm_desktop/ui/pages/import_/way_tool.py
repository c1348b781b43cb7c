"""The small button beside a field of the mapping: how the file's values treat what is there already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.ui.pages.import_.target_button import STEPS
from crm_desktop.ui.widgets.buttons import Tool
from crm_desktop.ui.widgets.pick_list import PickList

FILL, OVERWRITE, ADD = "fill", "overwrite", "add"
WAYS = {
    FILL: ("rules", N_("Fill blanks only")),
    OVERWRITE: ("edit", N_("The file wins")),
    ADD: ("add", N_("Add beside what is there")),
}
"""Icon and words of each way."""


class WayTool(Tool):
    """Shows one way and offers the others; `chosen` carries it, empty for the rule that holds for all fields."""

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, header: str) -> None:
        super().__init__("rules", "", self.open, tone="text3", side=28)
        self._header = header
        self._ways: Sequence[str] = ()
        self._rule = ""
        self.dropped: PickList | None = None

    def show_way(self, way: str, ways: Sequence[str], rule: str) -> None:
        """Show how the field is treated: `way` when it was chosen for it, else `rule`; nothing where none differs."""
        self._ways, self._rule = ways, rule
        self.setEnabled(len(ways) > 1)
        name, words = WAYS[way or rule or FILL]
        self.set_icon(name, "accentText" if way else "text3")
        self.explain(_("“{header}”: {way}").format(header=self._header, way=_(words)) if ways else "")

    def open(self) -> None:
        """Drop the list of ways down."""
        choices = [("-", _("As the rules say: {way}").format(way=_(WAYS[self._rule or FILL][1])))]
        choices += [(each, _(WAYS[each][1])) for each in self._ways]
        self.dropped = PickList(self, choices, [])
        self.dropped.chosen.connect(lambda code: self.chosen.emit("" if code == "-" else code))
        self.dropped.open()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.stepped.emit(STEPS[event.key()])  # type: ignore[index] # the keys of STEPS are Qt's
        else:
            super().keyPressEvent(event)
