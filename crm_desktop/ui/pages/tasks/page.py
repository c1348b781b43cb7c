"""The page of tasks: all of them by how pressing they are, or those of one day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, language, ngettext, pgettext
from crm_desktop.model import picks
from crm_desktop.services import clock as clocks
from crm_desktop.services.task_list import DONE, PAGE, Asked, Listed
from crm_desktop.text.dates import show_day
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.looker import Looker
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.tasks.reading import Found, look
from crm_desktop.ui.pages.tasks.rows import (
    DELAY,
    EDIT,
    FINISH,
    OPEN,
    REMOVE,
    SKIP,
    SNOOZE,
    TICK,
    TaskRows,
    page_from,
)
from crm_desktop.ui.tasks.verbs import TaskVerbs
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary, tool
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.search_box import SearchBox
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

LIST, DAY = "list", "day"
COMMANDS = {"act": TICK, "finish": FINISH, "snooze": SNOOZE, "skip": SKIP, "delete": REMOVE, "edit": EDIT}
"""What the commands of the window do with the task under the keys."""
EVERYBODY, MINE = "everybody", "mine"
LOOK_MS = 60_000
TYPING_MS = 150


class TasksPage(Page):
    """Filters above, below them the list; the keys act on the task they are on."""

    def __init__(self, clock: Callable[[], Now] = clocks.now) -> None:
        super().__init__()
        self.clock = clock
        self.day: date = clock().day
        self._desk: Desk | None = None
        self._is_stale = True
        self._turn: datetime | None = None
        self._seen = self.day
        self._make_tools()
        self.list = TaskRows()
        self.list.setAccessibleName(_("Tasks"))
        self.empty = EmptyState("tasks", _("No tasks"), _("A task you add here reminds you when its time has come."))
        self.first = self.empty.add_button(_("New task"), self._new, icon="add", shortcut="Ctrl+T", kind="primary")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self._lay_out()
        self._typing, self._watch = QTimer(self), QTimer(self)
        self._typing.setInterval(TYPING_MS)
        for timer, act in ((self._typing, self._read), (self._watch, self._look_at_clock)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self._connect()
        self.days.hide()

    def _make_tools(self) -> None:
        self.view = Segmented(
            _("View"), [(LIST, "tasks", pgettext("tasks", "List")), (DAY, "calendar", _("Day"))], scope=self
        )
        self.whose = Segmented(_("Whose"), [(EVERYBODY, "", _("Everybody")), (MINE, "", _("Mine"))])
        self.kind = InPlaceChoice((), placeholder=_("Any kind"))
        self.kind.setAccessibleName(_("Kind of task"))
        self.priority = InPlaceChoice((), placeholder=_("Any priority"))
        self.priority.setAccessibleName(_("Priority"))
        self.search = SearchBox(_("Filter tasks"), "Ctrl+F")
        self.before = tool("back", _("Day before"), partial(self.turn, -1), shortcut="←")
        self.after = tool("forward", _("Next day"), partial(self.turn, 1), shortcut="→")
        self.to_today = secondary(_("Today"), "", self.go_to_today)
        self.day_words = label("", "strong")
        self.count = label("", "small")
        keys = _("Space done · D with result · S tomorrow · Shift+S until… · X skip · Enter edit · O open · Del delete")
        self.keys = label(keys, "caption")

    def _lay_out(self) -> None:
        self.new_button = primary(_("New task"), "add", self._new).explain(_("New task"), "Ctrl+T")
        self.days = QWidget()
        self.days.setLayout(row(self.before, self.to_today, self.after, self.day_words, spacing=4))
        head = row(label(_("Tasks"), "title"), self.count, self.days, None, self.view, self.new_button, spacing=12)
        for each in (self.kind, self.priority):
            each.frame()
            each.setFixedWidth(theme.px(136))
        filters = row(self.whose, self.kind, self.priority, self.search, None, spacing=8)
        foot = row(self.keys, None)
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = column(head, filters, self.stack, foot, spacing=10, margins=(24, 16, 24, 10))
        box.setStretchFactor(self.stack, 1)
        inner.setLayout(box)
        self.setLayout(column(inner))

    def _connect(self) -> None:
        for does, act in (("before", self._go_back), ("after", self._go_on), ("today", self._come_back)):
            shortcut = QShortcut(page_keys.TASKS.sequence(does), self.stack)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.list.asked.connect(self._do)
        self.list.tasks.wanted.connect(self._read_more)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.view.changed.connect(self._turn_view)
        self.whose.changed.connect(self._read)
        for each in (self.kind, self.priority):
            each.committed.connect(self._read)
        self.search.searched.connect(lambda _text: self._typing.start())
        self.search.stepped.connect(lambda _by: self.list.setFocus())
        self.search.returnPressed.connect(self.list.setFocus)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        self.verbs = TaskVerbs(desk, self, self.clock)
        self.reader = Looker(desk.workspace, self)
        self.reader.found.connect(self._fill)
        for editor, name, words in (
            (self.kind, "task_kind", _("Any kind")),
            (self.priority, "priority", _("Any priority")),
        ):
            editor.set_choices([("", words), *((each.code, each.label) for each in picks.of(name))])
        yield
        if self.isVisible():
            self._read()

    def asked(self) -> Asked:
        """Which tasks are wanted now."""
        return Asked(
            mine=self.whose.value() == MINE,
            kind=self.kind.value(),
            priority=self.priority.value(),
            text=self.search.query(),
            day=self.day if self.view.value() == DAY else None,
        )

    def _read(self, _value: object = None) -> None:
        if self._desk is not None:
            self._is_stale = False
            self.reader.ask(look(self.asked(), self.clock(), 0, page_from(self._in_sight())))

    def _in_sight(self) -> int:
        """How far down the list is looked at."""
        last = self.list.indexAt(QPoint(2, self.list.viewport().height() - 2)).row()
        return max(last, self.list.currentIndex().row(), 0)

    def _read_more(self, start: int) -> None:
        if self._desk is not None and not self.reader.is_reading():  # what is read now takes the place of all
            self.reader.ask(look(self.asked(), self.clock(), start, PAGE))

    def _fill(self, found: Found) -> None:
        self._turn, self._seen = found.turn, found.at.day
        if found.start:
            self.list.tasks.add(found.rows)
            return
        had_keys = self.list.hasFocus() or self.first.hasFocus()
        self.list.fill(found.rows, found.counts, found.at)
        to_do = sum(count for section, count in found.counts.items() if section != DONE)
        self.count.setText(ngettext("{count} task", "{count} tasks", to_do))
        self._say_nothing(found.asked)
        self.stack.setCurrentWidget(self.list if found.rows else self.empty)
        self.new_button.setVisible(bool(found.rows))  # else the empty list offers it
        if had_keys:
            self.panes()[-1].setFocus()
        self.day_words.setText(show_day(self.day, found.at.day, language()))
        self._wait()

    def _say_nothing(self, asked: Asked) -> None:
        if asked.mine or asked.kind or asked.priority or asked.text:
            self.empty.say(_("No task fits"), _("Take a filter away to see more."))
        elif asked.day:
            self.empty.say(_("Nothing on this day"), _("← and → go to the day before and the next one."))
        else:
            self.empty.say(_("No tasks"), _("A task you add here reminds you when its time has come."))

    @override
    def refresh(self, change: Change) -> None:
        is_named = change.moved("contact", "full_name") or change.moved("account", "name")
        if change.touches("task", "task_party", "pick_item") or is_named:
            self._is_stale = True
            if self.isVisible():
                self._read()

    # Days

    def _turn_view(self, view: str) -> None:
        self.days.setVisible(view == DAY)
        self._read()
        self.list.setFocus()

    def _go_back(self) -> None:
        if self.view.value() == DAY:
            self.turn(-1)

    def _go_on(self) -> None:
        if self.view.value() == DAY:
            self.turn(1)

    def _come_back(self) -> None:
        if self.view.value() == DAY:
            self.go_to_today()

    def turn(self, by: int) -> None:
        """Show another day."""
        self.show_day(self.day + timedelta(days=by))

    def go_to_today(self) -> None:
        """Show today."""
        self.show_day(self.clock().day)

    def show_day(self, day: date) -> None:
        """Show the tasks of a day."""
        self.day = day
        self.view.set_value(DAY)
        self._turn_view(DAY)

    def show_named(self, text: str) -> None:
        """Show the tasks in which this is said."""
        self.view.set_value(LIST)
        self.search.setText(text)
        self._turn_view(LIST)

    # Time goes by

    def _wait(self) -> None:
        if self.isVisible() and self._turn is not None:
            left = int((self._turn - self.clock().at).total_seconds() * 1000) + 1
            self._watch.start(max(1, min(left, LOOK_MS)))

    def _look_at_clock(self) -> None:
        at = self.clock()
        if at.day != self._seen or (self._turn is not None and at.at >= self._turn):
            self._turn = None
            self._read()
        self._wait()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()
        self._look_at_clock()
        self.panes()[-1].setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    @override
    def let_go(self) -> None:
        self._watch.stop()
        self._typing.stop()
        if self._desk is not None:
            self.reader.stop()

    # Verbs

    def _new(self) -> None:
        if self._desk is not None:
            self.verbs.make()

    def _do(self, what: str, task: Listed) -> None:
        if task.done_at and what in (SNOOZE, DELAY, FINISH, SKIP):
            return
        if what == TICK:
            self.verbs.tick(task.key, task.title, done=task.done_at is None)
        elif what == SNOOZE:
            self.verbs.put_off(task.key, task.due_at and task.due_at.date())
        elif what == DELAY:
            self.drop_snooze(task)
        elif what == SKIP:
            if task.repeats:
                self.verbs.skip(task.key)
        elif what == OPEN:
            if task.opens is not None and self._desk is not None:
                self._desk.open(*task.opens)
        else:
            {FINISH: self.verbs.finish, EDIT: self.verbs.edit, REMOVE: self.verbs.remove}[what](task.key)

    def drop_snooze(self, task: Listed) -> QMenu:
        """Show how far a task can be put off, below its row, the first line chosen."""
        menu = self.verbs.snooze_menu([task.key], self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        area = self.list.visualRect(self.list.currentIndex())
        menu.popup(self.list.viewport().mapToGlobal(area.bottomLeft()))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _open_menu(self, place: QPoint) -> None:
        task = self.list.tasks.task(self.list.indexAt(place).row())
        if task is not None:
            self.menu_of(task).popup(self.list.viewport().mapToGlobal(place))

    def menu_of(self, task: Listed) -> QMenu:
        """What can be done with a task, and by which key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, text, key in (
            (TICK, _("Open again") if task.done_at else _("Complete task"), "Space"),
            (FINISH, _("Done…"), "D"),
            (SNOOZE, _("Put off to tomorrow"), "S"),
            (DELAY, _("Snooze…"), "Shift+S"),
            (EDIT, _("Edit…"), "Enter"),
            (OPEN, _("Open the record"), "O"),
            (REMOVE, _("Delete"), "Del"),
        ):
            menu.addAction(f"{text}\t{key}", partial(self._do, what, task))
        if task.repeats and task.done_at is None:
            menu.addSeparator()
            menu.addAction(f"{_('Skip this one')}\tX", partial(self.verbs.skip, task.key))
            menu.addAction(_("End repetition"), partial(self.verbs.end_repetition, task.key))
        return menu

    @override
    def current(self) -> tuple[str, int] | None:
        task = self.list.current()
        return task.opens if task else None

    @override
    def panes(self) -> list[QWidget]:
        is_empty = self.stack.currentWidget() is self.empty
        return [self.search, self.first] if is_empty else [self.search, self.list]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        task = self.list.current()
        if what == "filter":
            self.search.setFocus()
            self.search.selectAll()
        elif what == "named":
            self.show_named(str(detail))
        elif what == DAY and isinstance(detail, date):
            self.show_day(detail)
        elif task is None:
            return False
        elif what in COMMANDS:
            self._do(COMMANDS[what], task)
        else:
            return False
        return True

    @override
    def state(self) -> dict[str, Any]:
        return {"whose": self.whose.value(), "view": self.view.value()}

    @override
    def restore(self, state: dict[str, Any]) -> None:
        self.whose.set_value(str(state.get("whose", EVERYBODY)))
        self.view.set_value(str(state.get("view", LIST)))
        self.days.setVisible(self.view.value() == DAY)
        self._is_stale = True
