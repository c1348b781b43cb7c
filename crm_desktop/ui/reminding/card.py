"""The calm card in a corner of the window that says what is due and stays until something is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.reminding.snooze import SnoozeButton
from crm_desktop.ui.reminding.words import explanation, heading, verb
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Act, Button, Tool
from crm_desktop.ui.widgets.labels import Elide, Picture
from crm_desktop.ui.widgets.shadow import SHADOW, DarkCard

if TYPE_CHECKING:
    from crm_desktop.services.reminders import Due, State
    from crm_desktop.ui.reminding.reminders import Reminders

WIDTH = 340
FROM_TOP, FROM_BOTTOM, FROM_EDGE = 56, 104, 12
"""What is left free around the card: the top bar, and the status bar with what toasts say above it."""
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
"""What the card had better not cover."""
ASIDE_MS = 200
"""So long after a page was turned, or something came on it, the card looks whether it is in the way."""
PRIMARY = 100
"""So much worse it is to cover the one filled button of a page."""
KEY = "Shift+F8"


class ReminderCard(DarkCard):
    """What was announced and is still due: one task with its verbs, or how many there are."""

    def __init__(
        self, window: QWidget, reminders: Reminders, show_all: Act, pages: QStackedWidget | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._reminders, self._show_all = window, reminders, show_all
        self._pages: QWidget = pages or window
        self._aside = QTimer(self)
        self._aside.setSingleShot(True)
        self._aside.setInterval(ASIDE_MS)
        self._aside.timeout.connect(self._step_aside)
        if pages is not None:
            pages.currentChanged.connect(lambda _page: self._aside.start())
        self.due: tuple[Due, ...] = ()
        self._before: QWidget | None = None
        self._lay_out()
        self.hide()
        window.installEventFilter(self)
        key = QShortcut(QKeySequence(KEY), window)
        key.activated.connect(self.focus)
        reminders.announced.connect(self.announce)
        reminders.looked.connect(self._follow)

    def _lay_out(self) -> None:
        self.title, self.words = Elide("", "toast"), Elide("", "toast")
        self.title.setFont(theme.font(13, 600))
        self.complete = Button(_("Done"), "toast", act=self._complete)
        self.snooze = SnoozeButton(self._reminders, lambda: self.due, "toast")
        self.show_record = Button(_("Open"), "toast", act=self._open)
        self.close_button = Tool("close", _("Close"), self.dismiss, tone="onToast", side=26)
        self.close_button.setProperty("kind", "toast")
        head = row(Picture("remind", "toastDoubt", 18), spacing=10)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        verbs = row(None, self.complete, self.snooze, self.show_record, spacing=4)
        edge = (SHADOW + 14, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        self.setLayout(column(head, row(28, self.words, 18, spacing=0), verbs, spacing=4, margins=edge))

    def announce(self, fresh: tuple[Due, ...]) -> None:
        """Show what is due now, together with what the card shows already."""
        known = {each.identity for each in fresh}
        self.due = (*(each for each in self.due if each.identity not in known), *fresh)
        self._fill()
        self.show()
        self.raise_()
        said = f"{self.title.text()}. {self.words.text()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, said))

    def dismiss(self) -> None:
        """Go away; the bell still counts what is due."""
        self.due = ()
        had_focus = self._has_focus()
        self.hide()
        if had_focus:
            self._give_back()

    def focus(self) -> None:
        """Go to the first verb of the card, and with the next call back to where one was."""
        if self._has_focus():
            self._give_back()
        elif self.isVisible():
            self._before = QApplication.focusWidget()
            first = next(each for each in (self.complete, self.snooze, self.show_record) if each.isVisible())
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, state: State) -> None:
        """Keep only what is still due: other things may be done in the list or by a colleague."""
        if self.due:
            now = {(each.identity, each.due_at): each for each in state.due}
            keys = [(each.identity, each.due_at) for each in self.due]
            self.due = tuple(now[key] for key in keys if key in now)
            if self.due:
                self._fill()
            else:
                self.dismiss()

    def _fill(self) -> None:
        is_one = len(self.due) == 1
        self.title.setText(heading(self.due))
        self.words.setText(explanation(self.due, self._reminders.clock()))
        self.setAccessibleName(heading(self.due))
        self.complete.setVisible(is_one)
        self.complete.setText(verb(self.due[0]))
        self.snooze.setVisible(any(each.birthday is None for each in self.due))
        self.show_record.setVisible(not is_one or self.due[0].place() is not None)
        self.show_record.setText(_("Open") if is_one else _("Show all"))
        self._place()

    def _complete(self) -> None:
        self._reminders.complete(self.due[0])

    def _open(self) -> None:
        due = self.due
        self.dismiss()
        if len(due) == 1:
            self._reminders.open(due[0])
        else:
            self._show_all()

    def _has_focus(self) -> bool:
        there = QApplication.focusWidget()
        return there is not None and self.isAncestorOf(there)

    def _give_back(self) -> None:
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def _place(self) -> None:
        """Stand in the corner where the least is covered of what is clicked or typed into, the first of equals.

        A panel that is open counts like the page below it: the card comes in front of both.
        """
        width = min(theme.px(WIDTH), self._window.width()) + 2 * SHADOW
        self.resize(width, self.sizeHint().height())
        controls = [each for each in self._window.findChildren(QWidget) if isinstance(each, CONTROLS)]
        areas = [(_on(self._window, each), _weight(each)) for each in controls if self._is_in_sight(each)]
        self.move(min(self._corners(), key=lambda corner: _covered(QRect(corner, self.size()), areas)))

    def _step_aside(self) -> None:
        """Stand elsewhere if need be, but not while somebody is about to use the card."""
        if self.isVisible() and not self.underMouse() and not self._has_focus():
            self._place()

    def _corners(self) -> list[QPoint]:
        left = self._pages.mapTo(self._window, QPoint()).x() + FROM_EDGE - SHADOW
        right = self._window.width() - self.width() + SHADOW - FROM_EDGE
        top = theme.px(FROM_TOP) - SHADOW
        bottom = self._window.height() - self.height() + SHADOW - theme.px(FROM_BOTTOM)
        return [QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]

    def _is_in_sight(self, control: QWidget) -> bool:
        return control.isVisible() and not control.visibleRegion().isEmpty() and not self.isAncestorOf(control)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif event.type() == QEvent.Type.LayoutRequest and self.isVisible() and not self._aside.isActive():
            self._aside.start()
        return False

    @override
    def escape(self) -> None:
        self.dismiss()


def _on(window: QWidget, control: QWidget) -> QRect:
    """Where something stands on the window."""
    return QRect(control.mapTo(window, QPoint()), control.size())


def _weight(control: QWidget) -> int:
    return PRIMARY if control.property("kind") == "primary" else 1


def _covered(card: QRect, areas: list[tuple[QRect, int]]) -> int:
    """How much the card would cover."""
    seen = card.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    return sum(weight for area, weight in areas if area.intersects(seen))
