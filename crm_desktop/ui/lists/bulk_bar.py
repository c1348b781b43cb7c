"""The dark bar over a list that says how many are chosen and offers what can be done with all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.icons import icon
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import Act, Button, Tool
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.shadow import SHADOW, DarkCard

if TYPE_CHECKING:
    from crm_desktop.ui.lists.bulk import Bulk
    from crm_desktop.ui.lists.pane import ListPane

FROM_BOTTOM, LIFTED = 18, 62
LIFTED_MS = 8500
"""As long as a note stands at the bottom of the window."""


class BulkBar(DarkCard):
    """Floats over the lower edge of the list while several records are chosen."""

    RADIUS, DROP = 10, 10

    def __init__(self, pane: ListPane, bulk: Bulk) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(_("What is done with the chosen records"))
        self.count = label("", "toast")
        self.buttons = {
            "edit": self._button(_("Edit a field"), "edit", bulk.edit, "Ctrl+E"),
            "tag": self._button(_("Tag"), "tag", bulk.tag),
            "assign": self._button(_("Owner"), "person", bulk.assign),
            "template": self._button(_("Template"), "schedule", partial(pane.desk.ask, "template"), "Ctrl+Shift+M"),
            "export": self._button(_("Export"), "export", partial(pane.desk.ask, "export"), "Ctrl+Shift+E"),
            "delete": self._button(_("Delete"), "delete", bulk.delete, "Del"),
        }
        self.close_button = Tool("close", _("Choose nothing"), self._clear, tone="onToast", side=26, shortcut="Esc")
        self.close_button.setProperty("kind", "toast")
        inner = (SHADOW + 16, SHADOW + 6, SHADOW + 8, SHADOW + 6)
        self.setLayout(row(self.count, 6, *self.buttons.values(), self.close_button, spacing=4, margins=inner))
        self._low = QTimer(self)
        self._low.setSingleShot(True)
        self._low.setInterval(LIFTED_MS)
        self._low.timeout.connect(self.place)
        pane.desk.said.connect(self._lift)
        self.hide()

    def _button(self, words: str, picture: str, act: Act, shortcut: str = "") -> Button:
        made = Button(words, "bar", act=act)
        made.setIcon(icon(picture, "onToast", 16))
        return made.explain(words, shortcut) if shortcut else made

    def follow(self) -> None:
        """Show how many are chosen, from two on, or from one that was ticked."""
        table = self._pane.table
        count = table.chosen_count()
        is_seen = count > 1 or (count == 1 and table.is_by_tick)
        if is_seen:
            self.count.setText(ngettext("{count} selected", "{count} selected", count))
            self.place()
        self.setVisible(is_seen and self._pane.stack.currentWidget() is table)

    def place(self) -> None:
        """Stand in the middle of the lower edge, above a note that is on screen."""
        self.adjustSize()
        pane = self._pane
        wide = min(self.sizeHint().width(), pane.width())
        self.resize(wide, self.sizeHint().height())
        from_bottom = LIFTED if self._low.isActive() else FROM_BOTTOM
        self.move((pane.width() - wide) // 2, pane.height() - self.height() - from_bottom + SHADOW)
        self.raise_()

    def _lift(self) -> None:
        self._low.start()
        self.place()

    def _clear(self) -> None:
        self._pane.table.clearSelection()
        self._pane.table.setFocus()

    @override
    def escape(self) -> None:
        self._clear()
