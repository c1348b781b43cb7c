"""What is done with the rows of the day, each as one step with its Undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES
from crm_desktop.services import tasks, verification
from crm_desktop.services.today_rules import BIRTHDAYS, CAPTURED, DORMANT, OF_TASKS, OVERDUE, VERIFY
from crm_desktop.ui.tasks.verbs import TaskVerbs

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from crm_desktop.services.today import Item, Now
    from crm_desktop.ui.desk import Desk


class Doing:
    """The verbs of the rows."""

    def __init__(self, desk: Desk, clock: Callable[[], Now], host: QWidget) -> None:
        self._desk, self._clock = desk, clock
        self._tasks = TaskVerbs(desk, host, clock)

    def act(self, item: Item) -> None:
        """The one thing that a row asks for."""
        workspace = self._desk.workspace
        if item.section in OF_TASKS:
            self._tasks.tick(item.key, item.title)
        elif item.section == VERIFY and item.opens:
            self._save(partial(verification.confirm, workspace, *item.opens))
        elif item.section == BIRTHDAYS and item.day and not item.is_planned:
            self._plan(item, item.day)
        elif item.is_planned:
            self.open(item)
        else:
            self.log(item, "call")

    def snooze(self, item: Item) -> None:
        """Have it come back tomorrow: a task is put off, for all else one is made."""
        if item.section in OF_TASKS:
            at = self._clock()
            until = tasks.day_after(item.at.date() if item.at else None, at)
            self._tasks.snooze_until([item.key], until)
        else:
            self._plan(item, self._clock().day + timedelta(days=1))

    def undo(self, _item: Item) -> None:
        """Take back what was done last."""
        self._desk.undo()

    def finish(self, item: Item) -> None:
        """Ask what came of a task; for all else, its one thing to do."""
        if item.section in OF_TASKS:
            self._tasks.finish(item.key)
        else:
            self.act(item)

    def open(self, item: Item) -> None:
        """Show whom a row is about."""
        if item.opens is not None:
            self._desk.open(*item.opens)

    def log(self, item: Item, kind: str) -> None:
        """Write down a talk with whom a row is about."""
        if item.opens is not None:
            self._desk.open(*item.opens)
            self._desk.ask(f"log_{kind}" if kind else "log")

    def _plan(self, item: Item, day: date) -> None:
        if item.opens is None:
            return
        entity, key = item.opens
        title = _TITLES[item.section]().format(name=item.title)
        self._save(partial(tasks.plan, self._desk.workspace, ENTITIES[entity], key, title, day))

    def _save(self, write: Callable[[], object]) -> None:
        self._desk.save(write, lambda _none: self._desk.done(self._desk.workspace.undo_title or ""))


_TITLES: dict[str, Callable[[], str]] = {
    CAPTURED: lambda: _("Follow up with {name}"),
    BIRTHDAYS: lambda: _("Birthday greeting for {name}"),
    DORMANT: lambda: _("Call {name}"),
    OVERDUE: lambda: _("Call {name}"),
    VERIFY: lambda: _("Verify {name}"),
}
"""What a task is called that is made of a row."""
