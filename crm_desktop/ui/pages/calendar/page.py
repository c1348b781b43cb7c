"""The calendar: a day, a week or a month with tasks, appointments and birthdays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model.task import MEETING
from crm_desktop.services import calendar, today, users
from crm_desktop.services.tasks import Draft
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.looker import Looker
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.calendar import words
from crm_desktop.ui.pages.calendar.doing import Doing
from crm_desktop.ui.pages.calendar.hands import Calendar
from crm_desktop.ui.pages.calendar.passing_on import PassingOn
from crm_desktop.ui.pages.calendar.slots import DAY, MODES, MONTH, USUAL_LENGTH, WEEK, Slot, days_of, turned
from crm_desktop.ui.tasks.verbs import TaskVerbs
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import CheckButton, primary, secondary, tool
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.services.calendar import Entry, Span
    from crm_desktop.services.clock import Now
    from crm_desktop.store.interruptible import Interruptible
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

CONCERNS = ("task", "task_party", "user")
WIDE = 1040
"""From this width on the keys are told below the calendar."""
LOOK_MS = 60_000
KEYS = page_keys.CALENDAR.meanings(DAY, WEEK, MONTH)
LATER, TURNS = page_keys.CALENDAR.codes("later"), page_keys.CALENDAR.meanings("earlier", "later")
TO_TODAY = page_keys.CALENDAR.codes("today")


class CalendarPage(Page):
    """Head with the way to other days, and the view; reads in a thread whatever is seen."""

    def __init__(self, clock: Callable[[], Now] = today.now) -> None:
        super().__init__()
        self.clock = clock
        self._desk: Desk | None = None
        self._is_stale = True
        self.mode, self.day = WEEK, clock().day
        self._today = self.day
        self.view = Calendar(self._wall)
        self.title = Elide("", "title")
        self.before = tool("back", _("Earlier"), partial(self.turn, -1), shortcut="PgUp")
        self.after = tool("forward", _("Later"), partial(self.turn, 1), shortcut="PgDown")
        self.today_button = secondary(_("Today"), "", self.go_today).explain(_("Go to today"), "T")
        self.modes = Segmented(
            _("What is seen"), [(DAY, "", _("Day")), (WEEK, "", _("Week")), (MONTH, "", _("Month"))], WEEK
        )
        self.mine = CheckButton(_("Only mine"), "part")
        self.more = tool("more", _("More"), self._open_more)
        self.new_button = primary(_("New appointment"), "add", self._new_here).explain(_("New appointment"), "N")
        self.cut = InfoBar()
        keys = _("N new · Space done · S tomorrow · X skip · Shift+arrows move · Ctrl+Shift+arrows lengthen · J/K next")
        self.keys = label(keys, "caption")
        self._lay_out()
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._look_at_clock)
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.before, self.today_button, self.after, 4, self.title, spacing=6)
        head.setStretch(4, 1)
        for each in (self.mine, self.modes, self.more, self.new_button):
            head.addWidget(each)
        self.mine.hide()
        self.keys.hide()
        self.setLayout(column(head, self.cut, self.view, self.keys, spacing=10, margins=(20, 14, 20, 10)))

    def _connect(self) -> None:
        self.modes.changed.connect(self.set_mode)
        self.mine.toggled.connect(self._read)
        view = self.view
        view.opened.connect(self.open)
        view.new_wanted.connect(self.new)
        view.stepped.connect(self.go)
        view.day_wanted.connect(self._show_alone)
        view.menu_wanted.connect(self._open_menu)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        self.doing, self.verbs = Doing(desk, self.clock), TaskVerbs(desk, self, self.clock)
        self.passing_on = PassingOn(desk, self)
        self.reader = Looker(desk.workspace, self)
        self.reader.found.connect(self._fill)
        self.view.moved.connect(self.doing.move)
        self.view.lengthened.connect(self.doing.lengthen)
        self.view.ticked.connect(self.tick)
        self.view.deleted.connect(lambda entry: self.verbs.remove(entry.key))
        self.view.finish_wanted.connect(self.finish)
        self.view.snooze_wanted.connect(self.put_off)
        self.view.delay_wanted.connect(self.drop_snooze)
        self.view.skip_wanted.connect(self.skip)
        yield
        self._count_users()
        self._show()

    # Which days

    def _wall(self) -> datetime:
        at = self.clock()
        return calendar.wall(at.at, at)

    def set_mode(self, mode: str) -> None:
        """Show a day, a week or a month."""
        self.mode = mode
        self.modes.set_value(mode)
        self.day = self.view.slot.day
        self._show()

    def go(self, day: date) -> None:
        """Show the days around a day."""
        self.day = day
        self._show()

    def turn(self, by: int) -> None:
        """Turn to the days before (-1) or after (1)."""
        self.view.chosen = None
        day = turned(self.mode, self.day, by)
        self.view.slot = Slot(day, self.view.slot.minute)
        self.go(day)

    def go_today(self) -> None:
        """Show today."""
        self.view.chosen = None
        self.view.slot = Slot(self.clock().day, self.view.slot.minute)
        self.go(self.clock().day)

    def day_shown(self) -> date:
        """The day that is meant when one is."""
        return self.view.slot.day

    def _show_alone(self, day: date) -> None:
        self.view.slot = Slot(day)
        self.view.chosen = None
        self.set_mode(DAY)
        self.view.open_up()

    def _days(self) -> tuple[date, date]:
        return days_of(self.mode, self.day, begins_monday=words.begins_monday())

    def _show(self) -> None:
        first, last = self._days()
        self.title.setText(words.title(self.mode, self.day, first, last, self.clock().day))
        self.view.show_days(self.mode, first, last)
        self._read()

    def _read(self, *_checked: object) -> None:
        if self._desk is None:
            return
        self._is_stale = not self.isVisible()
        if self.isVisible():
            owner = self._desk.workspace.author if self.mine.isChecked() else None
            self.reader.ask(partial(_look, self._days(), self.clock(), owner))

    def _fill(self, span: Span) -> None:
        self.view.fill(span)
        self.cut.say(_("There is more here than can be shown.") if span.is_cut else "", "warn")

    # What is done

    def open(self, entry: Entry) -> None:
        """Edit a task; of a birthday, show whose it is."""
        if entry.is_birthday:
            self.doing.show_record(entry)
        elif self._desk is not None:
            self.verbs.edit(entry.key)

    def new(self, slot: Slot, ends: datetime | None = None) -> None:
        """Make an appointment in a slot."""
        if self._desk is None:
            return
        if slot.minute is None:
            self.verbs.make_as(Draft("", MEETING, whole_day(slot.day)))
            return
        starts, until = (calendar.moment(each, self.clock()) for each in (slot.at, ends or slot.at + USUAL_LENGTH))
        self.verbs.make_as(Draft("", MEETING, starts, has_time=True, ends_at=until))

    def tick(self, entry: Entry) -> None:
        """Tick a task off, or untick it."""
        self.verbs.tick(entry.key, entry.title, done=not entry.is_done)

    def finish(self, entry: Entry) -> None:
        """Ask what came of a task that is open."""
        if not entry.is_done:
            self.verbs.finish(entry.key)

    def put_off(self, entry: Entry) -> None:
        """Put a task that is open off to the next day."""
        if not entry.is_done:
            self.verbs.put_off(entry.key, entry.first)

    def skip(self, entry: Entry) -> None:
        """Leave one of a series out: the one that is due, or one that will be."""
        if entry.will_repeat:
            self.verbs.leave_out(entry.key, entry.first)
        elif entry.repeats and not entry.is_done:
            self.verbs.skip(entry.key)

    def drop_snooze(self, entry: Entry) -> QMenu | None:
        """Show how far a task that is open can be put off, below it, the first line chosen."""
        if entry.is_done:
            return None
        menu = self.verbs.snooze_menu([entry.key], self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(self.view.area_of(entry).bottomLeft().toPoint()))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _new_here(self) -> None:
        self.new(self.view.slot)

    def _open_menu(self, entry: Entry, place: QPoint) -> None:
        self.menu_of(entry).popup(place)

    def menu_of(self, entry: Entry) -> QMenu:
        """What can be done with an entry, and by which key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not entry.is_birthday:
            menu.addAction(f"{_('Edit')}\tEnter", partial(self.open, entry))
        if not entry.is_fixed:
            done = _("Not done yet") if entry.is_done else _("Mark as done")
            menu.addAction(f"{done}\tSpace", partial(self.tick, entry))
        if not entry.is_fixed and not entry.is_done:
            menu.addAction(f"{_('Done…')}\tR", partial(self.finish, entry))
            menu.addAction(f"{_('Put off to tomorrow')}\tS", partial(self.put_off, entry))
            menu.addAction(f"{_('Snooze…')}\tShift+S", partial(self.drop_snooze, entry))
        if entry.repeats and not entry.is_done:
            menu.addAction(f"{_('Skip this one')}\tX", partial(self.skip, entry))
            menu.addAction(_("End repetition"), partial(self.verbs.end_repetition, entry.key))
        if entry.opens is not None:
            menu.addAction(_("Show whom it is about"), partial(self.doing.show_record, entry))
        if not entry.is_birthday:
            menu.addAction(_("Save as .ics…"), partial(self.passing_on.save_one, entry))
        if not entry.is_fixed:
            menu.addSeparator()
            menu.addAction(f"{_('Delete')}\tDel", partial(self.verbs.remove, entry.key))
        return menu

    def _open_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def more_menu(self) -> QMenu:
        """What is done with many at once."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Import a calendar (.ics)…"), self.passing_on.ask_import)
        menu.addAction(_("Save what is seen as .ics…"), partial(self.passing_on.save_days, *self._days()))
        menu.addAction(_("Save everything as .ics…"), self.passing_on.save_all)
        menu.addSeparator()
        menu.addAction(_("Print the week…"), partial(self._ask, "print_week"))
        return menu

    def _ask(self, what: str) -> None:
        if self._desk is not None:
            self._desk.ask(what)

    # Following

    @override
    def refresh(self, change: Change) -> None:
        if change.touches("user"):
            self._count_users()
        is_concerned = change.moved("contact", "full_name", "birthday") or change.moved("account", "name")
        if change.touches(*CONCERNS) or is_concerned:
            self._read()

    def _count_users(self) -> None:
        """Whose entries are seen is a question only where there are several of us."""
        if self._desk is not None:
            self.mine.setVisible(len(users.everybody(self._desk.workspace)) > 1)

    def _look_at_clock(self) -> None:
        """A new day: today is another one."""
        day = self.clock().day
        if day != self._today:
            was_seen, self._today = self._days()[0] <= self._today <= self._days()[1], day
            if was_seen:
                self.go_today()
        self.view.viewport().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_at_clock()
        self._watch.start()
        if self._is_stale:
            self._show()
        if not self.view.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keys.setVisible(self.width() >= theme.px(WIDE))

    @override
    def let_go(self) -> None:
        self._watch.stop()
        if self._desk is not None:
            self.reader.stop()
            self.passing_on.close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in KEYS:
            self.set_mode(KEYS[key])
        elif key in TURNS:
            self.turn(1 if key in LATER else -1)
        elif key in TO_TODAY:
            self.go_today()
        else:
            super().keyPressEvent(event)

    @override
    def panes(self) -> list[QWidget]:
        return [self.view, self.before]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        entry = self.view.chosen
        if entry is not None and what == "edit":
            self.open(entry)
        elif entry is not None and what == "skip":
            self.skip(entry)
        elif entry is not None and what in ("act", "delete", "finish", "snooze"):
            if not entry.is_fixed:
                self._do(what, entry)
        elif what == "file":
            self.passing_on.bring_in(Path(str(detail)))
        elif what == "calendar_day" and isinstance(detail, date):
            self.go(detail)
        else:
            return False
        return True

    def _do(self, what: str, entry: Entry) -> None:
        if what == "delete":
            self.verbs.remove(entry.key)
        elif what == "act":
            self.tick(entry)
        elif what == "finish":
            self.finish(entry)
        else:
            self.put_off(entry)

    @override
    def current(self) -> tuple[str, int] | None:
        return None if self.view.chosen is None else self.view.chosen.opens

    @override
    def state(self) -> dict[str, Any]:
        return {"mode": self.mode}

    @override
    def restore(self, state: dict[str, Any]) -> None:
        if state.get("mode") in MODES:
            self.set_mode(state["mode"])


def _look(days: tuple[date, date], at: Now, owner: int | None, data: Interruptible) -> Span:
    with data.read() as session:
        return calendar.read(session, *days, at, owner=owner)
