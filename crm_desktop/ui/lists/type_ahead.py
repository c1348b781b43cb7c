"""Jumping to a name by the letters it begins with, spelt out or by initials, over a list of any length."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crm_desktop.store import jumping
from crm_desktop.text.folding import fold

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.models.table import TableModel

PAUSE = 1.0
"""Seconds after which typing begins anew."""
BY_NAME = ("", "name", "full_name", "sort_key")


class TypeAhead:
    """Remembers what is being typed and finds the row for it."""

    def __init__(self, workspace: Workspace, records: TableModel) -> None:
        self._workspace, self._records = workspace, records
        self._typed, self._at = "", 0.0

    def is_typing(self) -> bool:
        """Whether the next letter goes on with what was typed."""
        return bool(self._typed) and time.monotonic() - self._at <= PAUSE

    def type(self, letters: str, current: int) -> int | None:
        """The row of the first name that begins with what was typed by now, after `current` for the same letter again.

        None where there is none.
        """
        now = time.monotonic()
        fresh = now - self._at > PAUSE
        self._at = now
        again = not fresh and self._typed == letters
        self._typed = letters if fresh or again else self._typed + letters
        begin = current + 1 if fresh or again else max(current, 0)
        return self._find(fold(self._typed), begin)

    def _find(self, typed: str, begin: int) -> int | None:
        listing = self._records.listed_as
        with self._workspace.read() as session:
            return jumping.row_of(
                session,
                listing.entity,
                self._records.keys,
                typed,
                begin,
                descending=listing.descending if listing.order in BY_NAME else None,
            )
