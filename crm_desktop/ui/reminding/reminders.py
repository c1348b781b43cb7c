"""Looks what is due as time goes by, tells it once, and does what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from crm_desktop.i18n import _
from crm_desktop.services import reminders, snoozing, tasks
from crm_desktop.services.clock import Now, now
from crm_desktop.services.reminders import Due, State
from crm_desktop.ui.reminding.words import explanation, heading, until

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.reminding.notices import Notifier

TICK_MS = 20_000
CHANGE_MS = 200
LONGEST_REST = timedelta(minutes=10)
"""So long what was read counts at most: another program may write, too."""


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
        self._told: set[tuple[int, datetime]] = set()
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
        """Read what is due, and tell what was not told yet."""
        clock = self._seen = self.clock()
        self.state = reminders.look(self.desk.workspace, clock)
        self.looked.emit(self.state)
        fresh = tuple(each for each in self.state.fresh if (each.task, each.due_at) not in self._told)
        if fresh and self._announces and self.desk.settings.reminders:
            self._tell(fresh, clock)

    def _is_over(self, clock: Now) -> bool:
        """Whether what was read no longer holds: its time has come, or the clock or the zone is another one."""
        seen, next_at = self._seen, self.state.next_at
        if seen is None or not seen.at <= clock.at < seen.at + LONGEST_REST:
            return True
        is_moved = seen.at.astimezone(seen.zone).utcoffset() != clock.at.astimezone(clock.zone).utcoffset()
        is_another_day = seen.day != clock.day
        return is_moved or is_another_day or (next_at is not None and next_at <= clock.at)

    def _tell(self, fresh: tuple[Due, ...], clock: Now) -> None:
        self._told.update((each.task, each.due_at) for each in fresh)
        self.desk.save(partial(reminders.tell, self.desk.workspace, fresh))
        self.notifier.notify(heading(fresh), explanation(fresh, clock))
        self.announced.emit(fresh)

    def _follow(self, change: Change) -> None:
        is_named_anew = change.moved("contact", "full_name") or change.moved("account", "name")
        if change.touches("task") or is_named_anew:
            self._after_change.start()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.tick()

    def complete(self, due: Due) -> None:
        """Tick a task off."""
        told = _("Done: {title}").format(title=due.title)
        write = partial(tasks.complete, self.desk.workspace, due.task)
        self.desk.save(write, lambda _none: self._done(told))

    def snooze(self, due: Sequence[Due], delay: str) -> None:
        """Put tasks off by one of the usual delays, as one step to undo."""
        clock = self.clock()
        end = snoozing.until(delay, clock)
        told = _("Snoozed until {time}").format(time=until(end, clock))
        keys = [each.task for each in due]
        self.desk.save(partial(tasks.snooze, self.desk.workspace, keys, end, clock), lambda _none: self._done(told))

    def open(self, due: Due) -> None:
        """Show the record that a task is about."""
        if place := due.place():
            self.desk.open(*place)

    def _done(self, told: str) -> None:
        self.look()
        self.desk.done(told)


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
