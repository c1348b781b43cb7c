"""A card with a row for each thing that hangs on a record: a few at first, more on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.i18n import ngettext
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.accounts.detail_rows import RecordRow
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import link
from crm_desktop.ui.widgets.cards import Card

AT_FIRST, MORE = 12, 50
"""How many rows there are, and how many come with each press of “more”."""


class GrowingCard(Card):
    """Rows that are kept and filled again; whoever makes a card of it gives it `make_row` and `say_row`."""

    def __init__(self, desk: Desk, title: str, icon: str, *, at_first: int = AT_FIRST) -> None:
        super().__init__(title, icon)
        self.desk = desk
        self.owner: Any = 0
        self.things: Sequence[Any] = ()
        self.grown: Callable[[], object] | None = None
        self._at_first = self._shown = at_first
        self._lines: list[Any] = []
        self._box = column(spacing=0)
        self._more = link("", act=self._show_more)
        self.add_row(self._box)
        self.add_link(self._more)

    def make_row(self, index: int) -> RecordRow:
        """The row for the thing in this place, whichever that may be."""
        raise NotImplementedError

    def say_row(self, shown: Any, thing: Any) -> None:
        """Fill a row."""
        raise NotImplementedError

    def show_things(self, owner: object, things: Sequence[Any]) -> None:
        """Show what hangs on a record."""
        if owner != self.owner:
            self._shown = self._at_first
        self.owner, self.things = owner, things
        self._fill()

    def _show_more(self) -> None:
        self._shown += MORE
        self._fill()

    def _fill(self) -> None:
        shown = self.things[: self._shown]
        before = len(self._lines)
        while len(self._lines) < len(shown):
            self._lines.append(self.make_row(len(self._lines)))
            self._box.addWidget(self._lines[-1])
        for place, each in enumerate(self._lines):
            each.setVisible(place < len(shown))
            if place < len(shown):
                self.say_row(each, shown[place])
        rest = len(self.things) - len(shown)
        self._more.setText(ngettext("{count} more", "{count} more", rest) if rest else "")
        self._more.setVisible(rest > 0)
        if len(self._lines) > before and self.grown is not None:
            self.grown()
