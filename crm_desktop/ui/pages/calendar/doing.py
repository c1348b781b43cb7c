"""What is done with the entries of the calendar, each as one step with its Undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.services import calendar, tasks

if TYPE_CHECKING:
    from crm_desktop.services.calendar import Entry
    from crm_desktop.services.clock import Now
    from crm_desktop.ui.desk import Desk


class Doing:
    """What is only done in the calendar: all else is `TaskVerbs`."""

    def __init__(self, desk: Desk, clock: Callable[[], Now]) -> None:
        self._desk, self._clock = desk, clock

    def move(self, entry: Entry) -> None:
        """Put a task where it is shown."""
        at = calendar.moment(entry.starts, self._clock())
        self._save(partial(tasks.move, self._desk.workspace, entry.key, at, has_time=entry.has_time))

    def lengthen(self, entry: Entry) -> None:
        """Let an appointment end where it is shown to end."""
        if entry.ends is not None:
            ends = calendar.moment(entry.ends, self._clock())
            self._save(partial(calendar.set_end, self._desk.workspace, entry.key, ends))

    def show_record(self, entry: Entry) -> None:
        """Show whom an entry is about."""
        if entry.opens is not None:
            self._desk.open(*entry.opens)

    def _save(self, write: Callable[[], object]) -> None:
        self._desk.save(write, lambda _none: self._desk.done(self._desk.workspace.undo_title or ""))
