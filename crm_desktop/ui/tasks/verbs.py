"""What is done with tasks wherever they are shown, each as one step with its Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _
from crm_desktop.services import repeating, snoozing, tasks
from crm_desktop.services.clock import Now, now
from crm_desktop.ui.panels.panel import panel_of
from crm_desktop.ui.reminding.words import until

if TYPE_CHECKING:
    from datetime import date

    from crm_desktop.ui.desk import Desk

Clock = Callable[[], Now]


class TaskVerbs:
    """The verbs of tasks; panels open over the window of `host`."""

    def __init__(self, desk: Desk, host: QWidget, clock: Clock = now) -> None:
        self._desk, self._host, self._clock = desk, host, clock

    def tick(self, key: int, title: str, *, done: bool = True) -> None:
        """Tick a task off, and offer to say what is next; or untick it."""
        write = partial(tasks.complete, self._desk.workspace, key, done=done)
        told = (_("Done: {title}") if done else _("Open again: {title}")).format(title=title)
        self._desk.save(write, lambda _none: self._tell_ticked(key, told, done=done))

    def _tell_ticked(self, key: int, told: str, *, done: bool) -> None:
        self._desk.done(told)
        if done:
            self._desk.offer(_("Next step…"), partial(self.plan_next, key))

    def plan_next(self, key: int) -> None:
        """Ask for the task that follows on one, about the same people."""
        from crm_desktop.ui.panels.task_editor import TaskEditor

        done = tasks.load(self._desk.workspace, key)
        panel_of(TaskEditor, self._host.window(), self._desk).begin(done.account, done.contact)

    def finish(self, key: int) -> None:
        """Ask what came of a task and what is next."""
        from crm_desktop.ui.panels.task_done import TaskDone

        panel_of(TaskDone, self._host.window(), self._desk).ask(key)

    def edit(self, key: int) -> None:
        """Show all of a task to be changed."""
        from crm_desktop.ui.panels.task_editor import TaskEditor

        panel_of(TaskEditor, self._host.window(), self._desk).edit(key)

    def make(self, account: int | None = None, contact: int | None = None) -> None:
        """Ask for a new task."""
        from crm_desktop.ui.panels.task_editor import TaskEditor

        panel_of(TaskEditor, self._host.window(), self._desk).begin(account, contact)

    def make_as(self, draft: tasks.Draft) -> None:
        """Ask for a new task or appointment of which something is known, such as when it is."""
        from crm_desktop.ui.panels.task_editor import TaskEditor

        panel_of(TaskEditor, self._host.window(), self._desk).begin_as(draft)

    def remove(self, key: int) -> None:
        """Put a task in the bin."""
        write = partial(tasks.remove, self._desk.workspace, key)
        self._desk.save(write, lambda _none: self._desk.done(_("Task deleted")))

    def skip(self, key: int) -> None:
        """Leave this one of a task that repeats out; it goes to its next date."""
        write = partial(repeating.skip, self._desk.workspace, key)
        last = _("Skipped: that was the last one")
        self._desk.save(write, lambda due: self._desk.done(_("Skipped") if due else last))

    def end_repetition(self, key: int) -> None:
        """Have a task not come again after this one."""
        write = partial(repeating.end, self._desk.workspace, key)
        self._desk.save(write, lambda _none: self._desk.done(_("It does not repeat any more")))

    def snooze(self, keys: Sequence[int], code: str) -> None:
        """Put tasks off by one of the usual delays."""
        self.snooze_until(keys, snoozing.until(code, self._clock()))

    def snooze_until(self, keys: Sequence[int], end: date) -> None:
        """Put tasks off until a moment or a day."""
        at = self._clock()
        told = _("Snoozed until {time}").format(time=until(end, at))
        write = partial(tasks.snooze, self._desk.workspace, keys, end, at)
        self._desk.save(write, lambda _none: self._desk.done(told))

    def is_over(self, end: date) -> bool:
        """Whether nothing can be put off to a moment or day, because it is over."""
        return snoozing.is_over(end, self._clock())

    def snooze_menu(self, keys: Sequence[int], parent: QWidget) -> QMenu:
        """How far tasks can be put off, the last line by words."""
        menu = QMenu(parent)
        for code, words in snoozing.choices():
            menu.addAction(words, partial(self.snooze, keys, code))
        menu.addSeparator()
        menu.addAction(_("Until…"), partial(self._ask_until, keys))
        return menu

    def _ask_until(self, keys: Sequence[int]) -> None:
        from crm_desktop.ui.panels.task_snooze import TaskSnooze

        panel_of(TaskSnooze, self._host.window(), self._desk).ask(keys, self)
