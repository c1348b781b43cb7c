"""The page of the day: who waits, what is due and what is coming, each row with the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.model import house
from crm_desktop.services import today, users
from crm_desktop.services import today_words as words
from crm_desktop.services.today_rules import (
    BIRTHDAYS,
    CAPTURED,
    COMING,
    DORMANT,
    LATE,
    OF_TASKS,
    OVERDUE,
    SECTIONS,
    TODAY,
    VERIFY,
)
from crm_desktop.text.dates import show_day
from crm_desktop.ui import theme
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.today.concerns import CONCERNS
from crm_desktop.ui.pages.today.doing import Doing
from crm_desktop.ui.pages.today.reading import SectionReader
from crm_desktop.ui.pages.today.rows import ACT, FINISH, OPEN, SNOOZE, UNDO
from crm_desktop.ui.pages.today.section import SectionCard
from crm_desktop.ui.pages.today.week import DayColumns
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import Elide, label

if TYPE_CHECKING:
    from datetime import date

    from crm_desktop.services.today import Item, Now, Section
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

WIDE = 1150
"""From this width on there are three columns, else two."""
ROOM_FOR_KEYS = 900
"""From this width on the keys are told beside the greeting; the menu of a row tells them, too."""
THREE = (((LATE, TODAY), (CAPTURED, BIRTHDAYS, VERIFY), (DORMANT, OVERDUE)), (COMING,))
TWO = (((LATE, TODAY, COMING), (CAPTURED, BIRTHDAYS, DORMANT, OVERDUE, VERIFY), ()), ())
"""Which sections stand in which column, and which below them."""
NEW_TASK = "Ctrl+T"
LOOK_MS = 60_000
"""How often the clock is looked at, at least: a laptop may have slept."""


class TodayPage(Page):
    """Cards in columns; J and K go through the rows of all of them."""

    def __init__(self, clock: Callable[[], Now] = today.now) -> None:
        super().__init__()
        self.clock = clock
        self._desk: Desk | None = None
        self._stale: set[str] = set(SECTIONS)
        self._arranged: object = None
        self._turn: datetime | None = None
        self._wants_keys = False
        self._name = ""
        self._day = self.clock().day
        self.greeting, self.summary = Elide("", "hero"), label("", "small")
        self.keys = label(_("Space acts · S puts off to tomorrow · Z undoes · Enter opens"), "caption")
        self.log_button = secondary(_("Log a call"), "call", self._ask_log)
        self.print_button = secondary(_("Print the day"), "print", self._ask_print)
        self.cards = {code: SectionCard(code) for code in SECTIONS}
        self.calm = Card()
        self.calm.hide()
        self.nothing = EmptyState("check", _("Nothing is due today"), size=44)
        key = QKeySequence(NEW_TASK).toString(QKeySequence.SequenceFormat.NativeText)
        self.nothing.add_button(_("New task…"), self._ask_task, icon="task", shortcut=key)
        self.calm.add_row(self.nothing)
        self._columns = [column(spacing=14) for _number in range(3)]
        self._holders = [QWidget() for _each in self._columns]
        self._below = column(spacing=14)
        self._lay_out()
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._look_at_clock)
        for card in self.cards.values():
            card.list.asked.connect(self._do)
            card.list.stepped.connect(partial(self._step, card.code))
            card.list.came.connect(partial(self._come, card.code))
            card.list.customContextMenuRequested.connect(partial(self._open_menu, card.code))
            card.more_asked.connect(self._show_all)
            card.longer.connect(lambda code: self._read((code,)))
        self.cards[OVERDUE].hide()
        days = self.cards[COMING].list
        if isinstance(days, DayColumns):
            days.day_asked.connect(self._show_day)
        theme.changed.connect(self._arrange)

    def _lay_out(self) -> None:
        buttons = row(self.print_button, self.log_button, spacing=8)
        head = row(column(self.greeting, self.summary, spacing=2), None, self.keys, buttons, spacing=12)
        for holder, box in zip(self._holders, self._columns, strict=True):
            holder.setLayout(box)
        middle = row(*self._holders, spacing=14)
        for place, share in enumerate((5, 4, 4)):
            middle.setStretch(place, share)
        inner = self._inner = QWidget()
        inner.setProperty("kind", "window")
        inner.setLayout(column(head, 4, middle, self._below, None, spacing=14, margins=(26, 20, 26, 20)))
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self._arrange()

    def _arrange(self) -> None:
        """Put the cards into as many columns as there is room for."""
        self.keys.setVisible(self.width() >= theme.px(ROOM_FOR_KEYS))
        arranged = THREE if self.width() >= theme.px(WIDE) else TWO
        if arranged is self._arranged:
            return
        self._arranged = arranged
        columns, below = arranged
        for place, (holder, box, codes) in enumerate(zip(self._holders, self._columns, columns, strict=True)):
            while box.count():
                box.takeAt(0)
            if place == 0:
                box.addWidget(self.calm)
            for code in codes:
                box.addWidget(self.cards[code])
            box.addStretch(1)
            holder.setVisible(bool(codes))
        for code in below:
            self._below.addWidget(self.cards[code])
        self.setTabOrder(self.print_button, self.log_button)
        before: QWidget = self.log_button
        for code in self._order():
            self.setTabOrder(before, self.cards[code].list)
            before = self.cards[code].list

    def _order(self) -> list[str]:
        columns, below = TWO if self._arranged is TWO else THREE
        return [*(code for codes in columns for code in codes), *below]

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        self._name = users.local_name(desk.workspace)
        self._doing = Doing(desk, self.clock, self)
        self.reader = SectionReader(desk.workspace, self.clock, self)
        self.reader.found.connect(self._fill)
        self.reader.over.connect(self._rest)
        for card in self.cards.values():
            card.list.delegate.faces = desk.faces
        yield
        if self.isVisible():
            self._greet()
            self._read(self._stale)

    @override
    def refresh(self, change: Change) -> None:
        concerned = [code for code, concerns in CONCERNS.items() if concerns(change)]
        if change.touches("user"):
            self._name = users.local_name(self._desk.workspace) if self._desk else ""
            self._greet()
        self._stale.update(concerned)
        if self.isVisible():
            self._read(self._stale)

    def _read(self, codes: Iterable[str]) -> None:
        """Read these sections again."""
        wanted = {code: self.cards[code].most for code in codes}
        if wanted and self._desk is not None:
            self._stale.difference_update(wanted)
            self.reader.ask(wanted)

    def _fill(self, section: Section, at: Now) -> None:
        self._day = at.day
        self.cards[section.code].fill(section, at)
        if section.code == OVERDUE:
            self.cards[OVERDUE].setVisible(bool(section.count) or house.has_own("contact"))
        self._greet()

    def _greet(self) -> None:
        """Say good morning, the day and how much there is to do."""
        if self._desk is None:
            return
        at = self.clock()
        hour = at.local(at.at).hour
        plain = _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")
        self.greeting.setText(_("{greeting}, {name}").format(greeting=plain, name=self._name) if self._name else plain)
        due = [section.count for code in (LATE, TODAY) if (section := self.cards[code].section)]
        is_known = len(due) == 2
        to_do = ngettext("{count} thing to do today", "{count} things to do today", sum(due)) if sum(due) else ""
        day = show_day(at.day, at.day, language())
        self.summary.setText(" · ".join(filter(None, (day, to_do))))
        is_calm = is_known and not sum(due)
        coming = self.cards[COMING].section
        below = _("What comes next is below.") if coming and coming.count else ""
        self.nothing.say(_("Nothing is due today"), below)
        self.calm.setVisible(is_calm)
        for code in (LATE, TODAY):
            self.cards[code].setVisible(not is_calm)

    def _rest(self, turn: datetime) -> None:
        """All is shown: wait for the moment when it becomes another one."""
        self._turn = turn
        self._wait()
        focus = QApplication.focusWidget()
        is_free = focus is None or isinstance(focus, QAbstractButton) or not focus.isVisible()
        if self._wants_keys and is_free:
            self.panes()[0].setFocus()
        self._wants_keys = False

    def _wait(self) -> None:
        if self.isVisible() and self._turn is not None:
            left = int((self._turn - self.clock().at).total_seconds() * 1000) + 1
            self._watch.start(max(1, min(left, LOOK_MS)))

    def _look_at_clock(self) -> None:
        at = self.clock()
        is_new_day = at.day != self._day
        if is_new_day or (self._turn is not None and at.at >= self._turn):
            self._turn = None  # until all is read and the next one is known
            self._day = at.day
            self._read(SECTIONS if is_new_day else OF_TASKS)
        self._wait()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wants_keys = True
        self._greet()
        self._look_at_clock()
        self._read(self._stale)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def let_go(self) -> None:
        self._watch.stop()
        if self._desk is not None:
            self.reader.stop()

    # Keys

    def _with_rows(self) -> list[str]:
        return [code for code in self._order() if self.cards[code].list.rows.items and self.cards[code].isVisible()]

    def _step(self, code: str, by: int) -> None:
        """Go on to the next section with rows, or to the one before."""
        order = self._order()
        there = self._with_rows()
        ahead = [each for each in there if (order.index(each) - order.index(code)) * by > 0]
        behind = [each for each in there if each != code] if not self.cards[code].list.rows.items else []
        if not ahead and not behind:
            return
        target = self.cards[(ahead or behind)[0 if by > 0 else -1]].list
        target.setCurrentIndex(target.rows.index(0 if by > 0 else len(target.rows.items) - 1, 0))
        target.setFocus()

    def _come(self, code: str) -> None:
        """One row is chosen on the page, and it is in sight."""
        for each, card in self.cards.items():
            if each != code:
                card.list.leave()
        place = self.cards[code].list
        area = place.row_area()
        if place.hasFocus():
            middle = place.mapTo(self._inner, area.center())
            self.area.ensureVisible(middle.x(), middle.y(), 0, area.height() + theme.px(40))

    def current_item(self) -> Item | None:
        """The row under the keys."""
        for card in self.cards.values():
            if card.list.selectionModel().hasSelection() and (item := card.list.current()):
                return item
        return None

    def _do(self, what: str, item: Item) -> None:
        doing = self._doing
        does = {ACT: doing.act, SNOOZE: doing.snooze, OPEN: doing.open, FINISH: doing.finish, UNDO: doing.undo}
        does[what](item)

    def _open_menu(self, code: str, place: QPoint) -> None:
        rows = self.cards[code].list
        index = rows.indexAt(place)
        if index.isValid():
            rows.go_to(index.row())
            self.menu_of(rows.rows.items[index.row()]).popup(rows.viewport().mapToGlobal(place))

    def menu_of(self, item: Item) -> QMenu:
        """What can be done with a row, and by which key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        finish = ((FINISH, _("Done…"), "D"),) if item.section in OF_TASKS else ()
        for what, text, key in (
            (ACT, words.action(item), "Space"),
            *finish,
            (SNOOZE, _("Put off to tomorrow"), "S"),
            (OPEN, _("Open"), "Enter"),
        ):
            menu.addAction(f"{text}\t{key}", partial(self._do, what, item))
        return menu

    def _ask_log(self) -> None:
        """Log a call: with whom the row under the keys is about, else where the window does so without one."""
        if self._desk is not None:
            self._desk.ask("log_call")

    def _ask_task(self) -> None:
        if self._desk is not None:
            self._desk.ask("new_task")

    def _ask_print(self) -> None:
        if self._desk is not None:
            self._desk.ask("print_day")

    def _show_all(self, code: str) -> None:
        if self._desk is None:
            return
        if code == VERIFY:
            self._desk.ask("verify_queue")
        elif code == COMING:
            self._desk.ask("page", "calendar")
        else:
            with self._desk.workspace.read() as session:
                found = today.filter_of(session, code)
            self._desk.ask("list", found)

    def _show_day(self, day: date) -> None:
        if self._desk is not None:
            self._desk.ask("page", "calendar")
            self._desk.ask("calendar_day", day)

    @override
    def panes(self) -> list[QWidget]:
        return [self.cards[code].list for code in self._with_rows()] or [self.log_button]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        item = self.current_item()
        if item is None:
            return False
        if what == "log":
            self._doing.log(item, str(detail or ""))
        elif what in (ACT, SNOOZE, FINISH):
            self._do(what, item)
        else:
            return False
        return True
