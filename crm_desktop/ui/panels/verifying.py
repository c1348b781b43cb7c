"""The queue of what nobody has verified for long: one record after the other, one key each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import today, verification
from crm_desktop.services.verification import Card, Fresh, Line, Waiting
from crm_desktop.ui.looker import Looker
from crm_desktop.ui.panels.leaving import LeavePanel
from crm_desktop.ui.panels.panel import ENTER, Panel, is_press, is_undo, key_words, panel_of
from crm_desktop.ui.panels.verifying_record import RecordSheet
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.fitting_area import GrowingArea
from crm_desktop.ui.widgets.labels import Kbd, Picture, label
from crm_desktop.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from crm_desktop.store.interruptible import Interruptible
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

LEAST = 320
NEXT, PREVIOUS = (Qt.Key.Key_Right, Qt.Key.Key_J), (Qt.Key.Key_Left, Qt.Key.Key_K)


_END: Mapping[str, Callable[[], str]] = {
    "account": lambda: _("It is closed or exists no longer: close the account, keep its history"),
    "contact": lambda: _("Has left"),
}
"""What the last answer says of itself, by the kind of record."""


class _Seen(NamedTuple):
    """What a look gave: the queue, or a moment later how fresh each level is."""

    queue: Sequence[Waiting] = ()
    fresh: Sequence[Fresh] | None = None


class VerifyPanel(Panel):
    """Y still valid, C changed, L has left, or closed where it is an account, → skip, ← back."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Verify"), width=680, top=56)
        self._host = window
        self._queue: Sequence[Waiting] = ()
        self._at = 0
        self._done: dict[int, Card] = {}
        self._card: Card | None = None
        self.looker = Looker(desk.workspace, self)
        self.looker.found.connect(self._take)
        self.progress, self.levels = label("", "small"), label("", "caption", wrap=True)
        self.line = ProgressLine(_("Verified"))
        self.sheet = RecordSheet()
        self.sheet.asked.connect(self._press)
        self.sheet.entered.connect(self.confirm)
        self.area = GrowingArea(self.sheet, LEAST)
        self.area.setAccessibleName(_("Record to verify"))
        self.empty = EmptyState("verify", _("Everything is verified."), "")
        self.valid = primary(_("Still valid"), "tick", self.confirm)
        self.changed = secondary(_("Changed"), "edit", self.edit)
        self.left = secondary("", "left", self.end)
        self.skip = secondary(_("Skip"), "forward", partial(self.step, 1))
        self.close_button = secondary(_("Close"), act=self.dismiss)
        self.close_button.installEventFilter(self)
        self._lay_out()
        desk.changed.connect(self._follow)
        self.closed.connect(self.looker.stop)

    def _lay_out(self) -> None:
        self.add_head(
            Picture("verify", "accentText", 20),
            label(_("Verify"), "heading"),
            self.progress,
            None,
            Kbd(key_words("Esc")),
        )
        self.body.addLayout(column(self.line, self.levels, spacing=6, margins=(18, 10, 18, 4)))
        self.body.addWidget(self.empty)
        self.body.addWidget(self.area, 1)
        keys = ((self.valid, "Y"), (self.changed, "C"), (self.left, "L"), (self.skip, "→"))
        foot: list[QWidget] = []
        for button, key in keys:
            button.explain(button.text(), key)
            foot += [Kbd(key), button]
        self._of_left = foot[4:6]
        self._of_record: list[QWidget] = [self.area, self.line, *foot]
        self.add_foot(*foot, None, Kbd("←"), label(pgettext("step", "Back"), "caption"), self.close_button)

    @override
    def show_up(self) -> None:
        """Begin with what waits now."""
        self._queue, self._at, self._card = (), 0, None
        self._done.clear()
        self._show_record()
        self.levels.hide()
        self.empty.say(_("Looking…"))
        self.open(self.close_button)
        self.looker.ask(_look)

    def _take(self, seen: _Seen) -> None:
        if seen.fresh is None:
            self._queue = seen.queue
            self._go_to(0)
            self.looker.ask(_look_at_levels)
            return
        self.levels.setText(_("Verified in time: {levels}").format(levels=" · ".join(map(_share, seen.fresh))))
        self.levels.setVisible(bool(seen.fresh))

    def _go_to(self, place: int) -> None:
        """Show the record at a place of the queue, or the next one that is still there."""
        self._at, self._card = max(place, 0), None
        while self._card is None and self._at < len(self._queue):
            with self.desk.workspace.read() as session:
                self._card = next(iter(verification.cards(session, [self._queue[self._at]], today.now())), None)
            self._at += self._card is None
        self._show_record()

    def _show_record(self) -> None:
        card, count = self._card, len(self._queue)
        for each in self._of_record:
            each.setVisible(card is not None)
        for each in (self.empty, self.close_button):
            each.setVisible(card is None)
        if card is not None:
            self.sheet.show_card(card)
            for each in self._of_left:
                each.setVisible(_can_end(card))
            self.left.setText(_("Closed") if card.entity == "account" else _("Has left"))
            self.left.explain(_END[card.entity](), "L")
            shown = f"{verification.MOST}+" if count > verification.MOST else str(count)
            self.progress.setText(_("{number} of {count}").format(number=self._at + 1, count=shown))
            self.line.set(self._at, count)
            self.area.verticalScrollBar().setValue(0)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.progress.setText("")
            done, open_ = len(self._done), count - len(self._done)
            told = [ngettext("{count} verified", "{count} verified", done)] if done else []
            told += [ngettext("{count} skipped", "{count} skipped", open_)] if open_ else []
            self.empty.say(_("That was all.") if count else _("Everything is verified."), " · ".join(told))
            if self.isVisible():
                self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go on without deciding, or back."""
        if 0 <= self._at + by <= len(self._queue):
            self._go_to(self._at + by)

    def confirm(self) -> None:
        """Keep what was corrected, note that all of it holds, and go on."""
        card = self._card
        if card is None:
            return
        changes: list[tuple[Line, str]] = self.sheet.changes()
        write = partial(verification.confirm, self.desk.workspace, card.entity, card.key)
        if changes:
            write = partial(verification.correct, self.desk.workspace, card.entity, card.key, changes)
        try:
            self.desk.save(write, lambda _none: self._verified(card.name, is_changed=bool(changes)))
        except Invalid as error:
            self.sheet.say_wrong(error.problems)

    def _verified(self, name: str, *, is_changed: bool) -> None:
        words = _("{name}: corrected and verified") if is_changed else _("{name}: verified")
        self.desk.done(words.format(name=name))
        self._decide()

    def _decide(self) -> None:
        if self._card is not None:
            self._done[self._at] = self._card
        self._go_to(self._at + 1)

    def edit(self) -> None:
        """Put the keyboard into the first line that is old."""
        if self._card is not None:
            self.sheet.edit()

    def end(self) -> None:
        """Close an account that exists no longer; ask all that is to be asked when somebody leaves; go on here."""
        card = self._card
        if card is not None and card.entity == "account":
            told = partial(self._closed, card.name)
            self.desk.save(partial(verification.gone, self.desk.workspace, card.key), lambda _none: told())
        elif card is not None and card.affiliation is not None:
            self._ask_left(card.affiliation)

    def _closed(self, name: str) -> None:
        self.desk.done(_("{name}: closed, its history stays").format(name=name))
        self._decide()

    def _ask_left(self, affiliation: int) -> None:
        panel = panel_of(LeavePanel, self._host, self.desk)  # which takes the place of this one
        panel.closed.connect(self._come_back, Qt.ConnectionType.SingleShotConnection)
        panel.ask(affiliation, self._decide)

    def _come_back(self) -> None:
        self.open(self.sheet)

    def _follow(self, change: Change) -> None:
        """Go back to the record whose step was taken back."""
        if change.undo_of is None or not self.isVisible():
            return
        for place, card in sorted(self._done.items()):
            rows = {card.entity: card.key, "affiliation": card.affiliation}
            if any(key in change.rows.get(entity, ()) for entity, key in rows.items()):
                del self._done[place]
                self._go_to(place)
                return

    def _press(self, key: int) -> None:
        if key in NEXT or key in PREVIOUS:
            self.step(1 if key in NEXT else -1)
        elif act := {
            Qt.Key.Key_Y.value: self.confirm,
            Qt.Key.Key_C.value: self.edit,
            Qt.Key.Key_L.value: self.end,
        }.get(key):
            act()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.close_button and is_press(event, set(PREVIOUS)):
            self.step(-1)
            return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sheet.is_editing():
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        elif is_undo(event):
            self.desk.undo()
        elif event.key() in ENTER and self.sheet.is_editing():
            self.confirm()
        else:
            super().keyPressEvent(event)


def _look(data: Interruptible) -> _Seen:
    with data.read() as session:
        return _Seen(verification.queue(session, today.now()))


def _look_at_levels(data: Interruptible) -> _Seen:
    with data.read() as session:
        return _Seen(fresh=verification.freshness(session, today.now()))


def _can_end(card: Card) -> bool:
    return card.entity == "account" or card.affiliation is not None


def _share(found: Fresh) -> str:
    """“VIP 92 %”."""
    level, percent = verification.level_label(found.level), 100 * found.fresh // found.total
    return _("{level} {percent} %").format(level=level, percent=percent)
