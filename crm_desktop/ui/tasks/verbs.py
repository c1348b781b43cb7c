"""What is done with tasks wherever they are shown, each as one step with its Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _, language
from crm_desktop.services import repeating, snoozing, tasks
from crm_desktop.services.clock import Now, now
from crm_desktop.text.dates import show_day
from crm_desktop.ui.panels.panel import panel_of
from crm_desktop.ui.reminding.words import until

if TYPE_CHECKING:
    from datetime import date, datetime

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
        self._desk.save(write, lambda stays: self._tell_ticked(key, told, done=done, next_stays=stays))

    def _tell_ticked(self, key: int, told: str, *, done: bool, next_stays: bool) -> None:
        kept = _("{told}. The next one was changed since, so it is kept.")
        self._desk.done(kept.format(told=told) if next_stays else told)
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
        at = self._clock()
        write = partial(repeating.skip, self._desk.workspace, key, at.at, at.zone)
        self._desk.save(write, self._tell_skipped)

    def leave_out(self, key: int, day: date) -> None:
        """Leave one day to come out of a series."""
        told = _("Left out: {day}").format(day=show_day(day, self._clock().day, language()))
        write = partial(repeating.leave_out, self._desk.workspace, key, day, self._clock().zone)
        self._desk.save(write, lambda _due: self._desk.done(told))

    def _tell_skipped(self, due: datetime | None) -> None:
        at = self._clock()
        told = _("Skipped: that was the last one")
        if due is not None:
            day = show_day(at.day_of(due), at.day, language())
            told = _("Skipped: due again {day}").format(day=day)
        self._desk.done(told)

    def end_repetition(self, key: int) -> None:
        """Have a task not come again after this one."""
        write = partial(repeating.end, self._desk.workspace, key)
        self._desk.save(write, lambda _none: self._desk.done(_("It does not repeat any more")))

    def put_off(self, key: int, due: date | None) -> None:
        """Put a task off to tomorrow; what is due later than today, to the day after that."""
        self.snooze_until([key], tasks.day_after(due, self._clock()))

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
