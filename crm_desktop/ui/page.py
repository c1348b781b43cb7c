"""What the window expects of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk


class Page(QWidget):
    """One page of the window: built when first shown, `attach`ed to the data, and kept. It speaks to `desk` only."""

    shows: tuple[str, ...] = ()
    """The entities whose records this page can show."""

    def attach(self, desk: Desk) -> None:
        """Begin to work with the data."""
        for _step in self.attaching(desk):
            pass

    def attaching(self, desk: Desk) -> Iterator[None]:  # noqa: ARG002 - for those that override it
        """Do so in steps that are each done in a moment, between which the page is painted."""
        yield from ()

    def refresh(self, change: Change) -> None:
        """Follow a change in the data."""

    def let_go(self) -> None:
        """End what is under way: the window is closed, built anew or given other data."""

    def show_record(self, entity: str, key: int) -> None:
        """Show one record."""

    def current(self) -> tuple[str, int] | None:
        """The record that is shown: entity and key."""
        return None

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order: one widget that takes the focus for each pane."""
        return []

    def command(self, what: str, detail: object = None) -> bool:  # noqa: ARG002 - for those that override it
        """Carry out a command of the window that this page knows, such as `filter` or `log`; gives whether it did."""
        return False

    def state(self) -> dict[str, Any]:
        """What is to be remembered: selection, widths, filters."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what was remembered."""
