"""Looks what is due as time goes by, tells it once, and does what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from crm_desktop.i18n import _
from crm_desktop.services import birthdays, reminders, snoozing, tasks
from crm_desktop.services.clock import Now, now
from crm_desktop.services.reminders import Due, State
from crm_desktop.ui.looker import Looker
from crm_desktop.ui.reminding.words import explanation, heading, until

if TYPE_CHECKING:
    from crm_desktop.services.birthdays import Outlook
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.reminding.notices import Notifier

TICK_MS = 20_000
CHANGE_MS = 200
LONGEST_REST = timedelta(minutes=10)
"""So long what was read counts at most: another program may write, too."""
OF_CONTACTS = ("full_name", "birthday", "do_not_call", "do_not_mail", "owner_id")
"""What reminders depend on of people."""


class Reminders(QObject):
    """Compares, every 20 seconds and when somebody comes back, the wall clock with the next moment.

    No timer runs for longer, because timers stand still while the computer sleeps and know nothing of a clock that
    is set.
    """

    looked = Signal(object)
    """A `State`: what is due now."""
    announced = Signal(object)
    """What is to be told now, a tuple of `Due`."""

    def __init__(
        self,
        desk: Desk,
        notifier: Notifier,
        parent: QObject,
        clock: Callable[[time], Now] = now,
        *,
        announces: bool = True,
    ) -> None:
        super().__init__(parent)
        self.desk, self.notifier, self.state = desk, notifier, State()
        self._clock, self._announces = clock, announces
        self._seen: Now | None = None
        self._told: set[tuple[object, datetime]] = set()
        self._tasks = State()
        self._birthdays: tuple[Due, ...] = ()
        self._next_birthdays: datetime | None = None
        self.tasks = Looker(desk.workspace, self)
        self.tasks.found.connect(self._take_tasks)
        self.birthdays = Looker(desk.workspace, self)
        self.birthdays.found.connect(self._take_birthdays)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._after_change = QTimer(self)
        self._after_change.setSingleShot(True)
        self._after_change.setInterval(CHANGE_MS)
        self._after_change.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self.desk.changed.connect(self._follow)
        _application().applicationStateChanged.connect(self._state_changed)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more: the window goes, or is given other data."""
        self._timer.stop()
        self._after_change.stop()
        self.tasks.stop()
        self.birthdays.stop()
        self.desk.changed.disconnect(self._follow)
        _application().applicationStateChanged.disconnect(self._state_changed)

    def clock(self) -> Now:
        """What the clock shows now, in the zone the computer is set to now."""
        reminders.follow_zone()
        return self._clock(time.fromisoformat(self.desk.settings.morning))

    def tick(self) -> None:
        """Look if anything can have become due since the last time."""
        if self._after_change.isActive() or self._is_over(self.clock()):
            self.look()

    def look(self) -> None:
        """Have a thread read what is due, and tell then what was not told yet; birthdays come a moment later."""
        clock = self._seen = self.clock()
        self.tasks.ask(lambda data: (reminders.look(data, clock), clock))

    def is_looking(self) -> bool:
        """Whether something is being read."""
        return self.tasks.is_reading() or self.birthdays.is_reading()

    def _take_tasks(self, found: tuple[State, Now]) -> None:
        self._tasks, clock = found
        self._put_together()
        if fresh := self._new_ones(self._tasks.fresh):
            self._tell(fresh, clock)
        self.birthdays.ask(lambda data: birthdays.look(data, clock))

    def _take_birthdays(self, outlook: Outlook) -> None:
        clock = outlook.clock
        self._birthdays = tuple(each.as_due() for each in outlook.due)
        self._next_birthdays = outlook.next_at
        self._put_together()
        if fresh := self._new_ones(each.as_due() for each in outlook.fresh):
            self._announce(fresh, clock)
            self.desk.save(partial(birthdays.tell, self.desk.workspace, outlook.fresh, clock))

    def _put_together(self) -> None:
        """Say what is due: the tasks first, then the birthdays."""
        moments = [each for each in (self._tasks.next_at, self._next_birthdays) if each is not None]
        self.state = State((*self._tasks.due, *self._birthdays), self._tasks.fresh, min(moments, default=None))
        self.looked.emit(self.state)

    def _new_ones(self, fresh: Iterable[Due]) -> tuple[Due, ...]:
        """Those of them that are to be announced now."""
        if not (self._announces and self.desk.settings.reminders):
            return ()
        return tuple(each for each in fresh if (each.identity, each.due_at) not in self._told)

    def _is_over(self, clock: Now) -> bool:
        """Whether what was read no longer holds: its time has come, or the clock or the zone is another one."""
        seen, next_at = self._seen, self.state.next_at
        if seen is None or not seen.at <= clock.at < seen.at + LONGEST_REST:
            return True
        is_moved = seen.at.astimezone(seen.zone).utcoffset() != clock.at.astimezone(clock.zone).utcoffset()
        is_another_day = seen.day != clock.day
        return is_moved or is_another_day or (next_at is not None and next_at <= clock.at)

    def _tell(self, fresh: tuple[Due, ...], clock: Now) -> None:
        self.desk.save(partial(reminders.tell, self.desk.workspace, fresh))
        self._announce(fresh, clock)

    def _announce(self, fresh: tuple[Due, ...], clock: Now) -> None:
        self._told.update((each.identity, each.due_at) for each in fresh)
        self.notifier.notify(heading(fresh), explanation(fresh, clock))
        self.announced.emit(fresh)

    def _follow(self, change: Change) -> None:
        is_named_anew = change.moved("contact", *OF_CONTACTS) or change.moved("account", "name")
        if change.touches("task", "shared_setting") or is_named_anew:
            self._after_change.start()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.tick()

    def complete(self, due: Due) -> None:
        """Tick a task off; of a birthday, plan the greeting."""
        if due.birthday is not None and due.contact is not None:
            self._plan_greeting(due, due.contact, due.birthday)
            return
        told = _("Done: {title}").format(title=due.title)
        write = partial(tasks.complete, self.desk.workspace, due.task)
        self.desk.save(write, lambda _none: self._done(told, (due,)))

    def _plan_greeting(self, due: Due, contact: int, day: date) -> None:
        write = partial(birthdays.plan_greeting, self.desk.workspace, contact, day, self.clock())
        self.desk.save(write, lambda _key: self._done(self.desk.workspace.undo_title or "", (due,)))

    def snooze(self, due: Sequence[Due], delay: str) -> None:
        """Put tasks off by one of the usual delays, as one step to undo."""
        clock = self.clock()
        end = snoozing.until(delay, clock)
        told = _("Snoozed until {time}").format(time=until(end, clock))
        put_off = tuple(each for each in due if each.birthday is None)
        write = partial(tasks.snooze, self.desk.workspace, [each.task for each in put_off], end, clock)
        self.desk.save(write, lambda _none: self._done(told, put_off))

    def open(self, due: Due) -> None:
        """Show the record that a task is about."""
        if place := due.place():
            self.desk.open(*place)

    def _done(self, told: str, gone: tuple[Due, ...]) -> None:
        """Take these away at once, before anybody has looked again."""
        over = {each.identity for each in gone}
        self._tasks = replace(self._tasks, due=tuple(each for each in self._tasks.due if each.identity not in over))
        self._birthdays = tuple(each for each in self._birthdays if each.identity not in over)
        self._put_together()
        self.look()
        self.desk.done(told)


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
