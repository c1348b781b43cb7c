"""What is due, behind the bell: each task with its verbs, by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.panels.panel import Panel, is_undo, key_words
from crm_desktop.ui.reminding.snooze import SnoozeButton
from crm_desktop.ui.reminding.words import verb, when
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import small
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.fitting_area import GrowingArea
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.services.clock import Now
    from crm_desktop.services.reminders import Due, State
    from crm_desktop.ui.reminding.reminders import Reminders

SHOWN = 50
"""More are only counted: whoever has so many late tasks works through them from the top."""
NEXT, PREVIOUS = (Qt.Key.Key_Down, Qt.Key.Key_J), (Qt.Key.Key_Up, Qt.Key.Key_K)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RemindersPanel(Panel):
    """The tasks that are late and due, the longest due first."""

    def __init__(self, window: QWidget, reminders: Reminders) -> None:
        super().__init__(window, reminders.desk, _("Reminders"), width=640)
        self.reminders = reminders
        self.rows: list[DueRow] = []
        self.add_head(
            Picture("remind", "accentText", 20), label(_("Reminders"), "heading"), None, Kbd(key_words("Esc"))
        )
        self.empty = EmptyState("remind", _("Nothing is due."), _("Tasks appear here when their time has come."))
        self._list = column(spacing=2, margins=(10, 8, 10, 8))
        self._list.addStretch(1)
        sheet = QWidget()
        sheet.setLayout(self._list)
        self.area = GrowingArea(sheet)
        self.area.setAccessibleName(_("Reminders"))
        self.more = label("", "caption")
        self.body.addWidget(self.empty)
        self.body.addWidget(self.area)
        keys = (("Space", _("Done")), ("S", _("Snooze")), (key_words("Return"), _("Open")))
        hints = [each for key, words in keys for each in (Kbd(key), label(words, "caption"))]
        self.add_foot(*hints, None, self.more)
        reminders.looked.connect(self._follow)

    @override
    def show_up(self) -> None:
        self.reminders.look()
        self._fill(self.reminders.state)
        self.open(self.rows[0] if self.shown() else self.area)

    def shown(self) -> list[DueRow]:
        """The rows that show a task now."""
        return [each for each in self.rows if each.due is not None]

    def step(self, here: DueRow, by: int) -> None:
        """Go to another row."""
        rows = self.shown()
        to = rows[max(0, min(rows.index(here) + by, len(rows) - 1))]
        to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(to)

    def show_record(self, due: Due) -> None:
        """Close the panel and show what a task is about."""
        self.dismiss()
        self.reminders.open(due)

    def _follow(self, state: State) -> None:
        if self.isVisible():
            at = next((place for place, each in enumerate(self.rows) if each.has_focus()), None)
            at = 0 if at is None and not self.shown() else at
            self._fill(state)
            rows = self.shown()
            if at is not None:
                to: QWidget = rows[min(at, len(rows) - 1)] if rows else self.area
                to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, state: State) -> None:
        clock = self.reminders.clock()
        while len(self.rows) < min(len(state.due), SHOWN):
            self.rows.append(DueRow(self))
            self._list.insertWidget(self._list.count() - 1, self.rows[-1])
        for place, each in enumerate(self.rows):
            each.fill(state.due[place] if place < len(state.due) else None, clock)
        rest = len(state.due) - SHOWN
        self.more.setText(ngettext("and {count} more", "and {count} more", rest) if rest > 0 else "")
        self.empty.setVisible(not state.due)
        self.area.setVisible(bool(state.due))
        self.area.updateGeometry()


class DueRow(QFrame):
    """One task: what, when and about whom, and what can be done."""

    def __init__(self, panel: RemindersPanel) -> None:
        super().__init__()
        self.due: Due | None = None
        self._panel = panel
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.words = Elide("", "listStrong"), Elide("", "caption")
        self.complete = small(_("Done"), "check", self._complete)
        self.snooze = SnoozeButton(panel.reminders, self._mine, "small")
        self.show_record = small(_("Open"), "open", self._open)
        policy = self.show_record.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the others stand in line whether there is something to open or not
        self.show_record.setSizePolicy(policy)
        texts = column(self.title, self.words, spacing=0)
        box = row(spacing=6, margins=(10, 4, 6, 4))
        box.addLayout(texts, 1)
        for each in (self.complete, self.snooze, self.show_record):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.addWidget(each)
        self.setLayout(box)

    def fill(self, due: Due | None, clock: Now) -> None:
        """Show a task, or nothing."""
        self.due = due
        self.setVisible(due is not None)
        if due is None:
            return
        words = " · ".join(filter(None, (when(due, clock), due.who)))
        self.title.setText(due.title)
        self.words.setText(words)
        set_look(self.words, "role", "err" if due.is_late else "caption")
        self.setAccessibleName(f"{due.title}. {words}")
        self.show_record.setVisible(due.place() is not None)
        self.complete.setText(verb(due))
        self.snooze.setVisible(due.birthday is None)
        for each in (self.complete, self.snooze, self.show_record):
            each.setAccessibleName(f"{each.text()}: {due.title}")

    def has_focus(self) -> bool:
        """Whether the focus is in this row."""
        there = QApplication.focusWidget()
        return there is not None and (there is self or self.isAncestorOf(there))

    def _mine(self) -> list[Due]:
        return [self.due] if self.due is not None else []

    def _complete(self) -> None:
        if self.due is not None:
            self._panel.reminders.complete(self.due)

    def _open(self) -> None:
        if self.due is not None:
            self._panel.show_record(self.due)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tone("accent"), 2))
            painter.setBrush(theme.tone("selected"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in NEXT or key in PREVIOUS:
            self._panel.step(self, 1 if key in NEXT else -1)
        elif key == Qt.Key.Key_Space:
            self._complete()
        elif key == Qt.Key.Key_S and self.snooze.isVisible():
            self.snooze.drop()
        elif key in ENTER:
            self._open()
        elif is_undo(event):
            self._panel.desk.undo()
        else:
            super().keyPressEvent(event)
