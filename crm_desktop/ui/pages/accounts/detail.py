"""The middle column: one account or contact, everything about it, each value edited where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.errors import Missing
from crm_desktop.i18n import _
from crm_desktop.services import bin as trash
from crm_desktop.services.contacts import Place
from crm_desktop.store.journal import Change
from crm_desktop.ui import page_keys
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.dressing import dressing
from crm_desktop.ui.following import PAUSE_MS
from crm_desktop.ui.form import save_typing
from crm_desktop.ui.pages.accounts.account_pane import AccountPane
from crm_desktop.ui.pages.accounts.contact_pane import ContactPane
from crm_desktop.ui.pages.accounts.detail_cards import Pane
from crm_desktop.ui.pages.accounts.detail_data import ALL, View, again, differing, view
from crm_desktop.ui.pages.accounts.detail_new import NewRecord
from crm_desktop.ui.pages.accounts.detail_questions import MoveBar
from crm_desktop.ui.pages.accounts.detail_verbs import KINDS, Verbs
from crm_desktop.ui.pages.accounts.header import ACTIVITY, OVERVIEW, Header
from crm_desktop.ui.pages.accounts.history_tab import HistoryTab
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.empty_state import EmptyState

WORDED = ("user", "pick_item", "custom_field")
"""After a change of these, what did not change may read otherwise."""
FACES = frozenset({"places"})
"""The part that shows faces."""
EDIT = page_keys.RECORD.codes("edit")
WITH_RECORD = {"delete", "verify", "move", "close", "reopen"}
"""Commands that name their record: (kind, key)."""


class Detail(QWidget):
    """Shows one record at a time; built once, filled for each, brought up to date by every change that touches it."""

    filled = Signal(object)
    """These parts of what is known of the record are on show now: all for another record, after a change some."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.current: tuple[str, int] | None = None
        self._view: View | None = None
        self._panes: dict[str, Pane] = {}
        self._new: dict[str, NewRecord] = {}
        self._before: tuple[str, int] | None = None
        self._owed: list[Change] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.catch_up)
        self._activity: QWidget | None = None
        self.verbs = Verbs(desk, self)
        self.header = Header(desk, self.verbs)
        self.header.tab_changed.connect(self.show_tab)
        self.history = HistoryTab(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.history)
        self.move_bar = MoveBar(desk)
        self.verbs.moving.connect(self.move_bar.ask)
        self._record = QWidget()
        box = column(self.header, self.move_bar, self.stack, spacing=0)
        box.setStretchFactor(self.stack, 1)
        self._record.setLayout(box)
        self._make_states()
        self.pages = QStackedWidget()
        for page in (self.empty, self.gone, self._record):
            self.pages.addWidget(page)
        self.setLayout(column(self.pages))
        self.setFocusProxy(self.header.name.line)  # where F6 comes in

    def show_record(self, entity: str, key: int) -> None:
        """Show an account or a contact."""
        save_typing(self)
        is_new = self.current != (entity, key)
        self.current = (entity, key)
        self._owed.clear()
        try:
            found = view(self.desk.workspace, entity, key)
        except Missing:
            self._show_gone("")
            return
        if found.record.deleted_at is not None:
            self._show_gone(found.record.name)
            return
        self._fill(found, ALL, is_new=is_new)

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        save_typing(self)
        self.current, self._view = None, None
        self.pages.setCurrentWidget(self.empty)

    def name(self) -> str:
        """What the record on show is called."""
        return self._view.record.name if self._view else ""

    def places(self) -> Sequence[Place]:
        """Who is at the account on show, or where the contact on show is."""
        return self._view.places if self._view else ()

    def refresh(self, change: Change) -> None:
        """Read and show what a change touched of what is shown, and only that."""
        if self.current is None:
            return
        is_new_look = self._follow_fields() or change.touches(*WORDED)
        known = self._view
        try:
            found = self._again(known, change) if known else view(self.desk.workspace, *self.current)
        except Missing:
            self._show_gone("")
            return
        if found.record.deleted_at is not None:
            self._show_gone(found.record.name)
        elif known is None or is_new_look:
            self._fill(found, ALL, is_new=False)
        else:
            faces = FACES if change.touches("picture") else frozenset()
            if parts := differing(known, found) | faces:
                self._fill(found, parts, is_new=False)

    def _again(self, known: View, change: Change) -> View:
        self._owed.append(change)
        self._pause.start()
        return again(self.desk.workspace, known, change)

    def catch_up(self) -> None:
        """Read and show what a change concerned and could wait until the rest was painted."""
        owed, self._owed = self._owed, []
        known = self._view
        if known is None:
            return
        found = known
        for change in owed:
            found = again(self.desk.workspace, found, change, may_wait=True)
        if parts := differing(known, found):
            self._fill(found, parts, is_new=False)

    def set_narrow(self, is_narrow: bool, activity: QWidget) -> None:  # noqa: FBT001 - the page says how it is
        """Take the timeline in as a tab, or give it up again."""
        if is_narrow:
            self._activity = activity
            self.stack.addWidget(activity)
        elif self._activity is not None:
            if self.header.tabs.value() == ACTIVITY:
                self.header.tabs.set_value(OVERVIEW)
            self.stack.removeWidget(activity)
            self._activity = None
        self.header.tabs.show_tab(ACTIVITY, shown=is_narrow)

    def show_tab(self, code: str) -> None:
        """Go to overview, activity or history."""
        if self.header.tabs.value() != code:
            self.header.tabs.set_value(code)
            return
        if code == OVERVIEW and self.current is not None and self.current[0] in self._panes:
            self.stack.setCurrentWidget(self._panes[self.current[0]])
        elif code == ACTIVITY and self._activity is not None:
            self.stack.setCurrentWidget(self._activity)
        elif code != OVERVIEW:
            self.stack.setCurrentWidget(self.history)

    def first_field(self) -> None:
        """Put the keyboard into the name."""
        if self.pages.currentWidget() is self._record:
            self.header.name.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.header.name.line.selectAll()

    def command(self, what: str, detail: object = None) -> bool:
        """Carry out a command from a menu, a key or the tree; False when it is none of this pane."""
        if what in {"new_account", "new_contact"}:
            self._begin_new(what.removeprefix("new_"), detail)
        elif what in WITH_RECORD:
            record = detail if isinstance(detail, tuple) else self._on_show()
            return record is not None and self.verbs.carry_out(what, *record)
        elif self._on_show() is None:
            return False
        elif what == "edit":
            self.first_field()
        elif what == "reach":
            self._go_to_reach(str(detail))
        elif what == "attach":
            self._attach()
        elif what in {"call", "mail", "copy"}:
            getattr(self.verbs, what)()
        else:
            return False
        return True

    def _go_to_reach(self, kind: str) -> None:
        """Put the keyboard into the first number or address of a kind."""
        assert self.current is not None
        self.show_tab(OVERVIEW)
        self._panes[self.current[0]].groups[kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _attach(self) -> None:
        """Ask for files to attach to the record on show."""
        assert self.current is not None
        self._panes[self.current[0]].files.choose()

    def _on_show(self) -> tuple[str, int] | None:
        """The record on show, None while a new one is made or where there is nothing to work with."""
        return self.current if self._view is not None else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in EDIT:
            self.first_field()
        else:
            super().keyPressEvent(event)

    def _make_states(self) -> None:
        self.empty = EmptyState("account", _("Choose an account or a contact"), _("What is known of it is shown here."))
        self.gone = EmptyState("delete", _("This record has been deleted."))
        self.restore = self.gone.add_button(_("Restore"), self._restore, icon="undo")

    def _fill(self, found: View, parts: Set[str], *, is_new: bool) -> None:
        self._view = self.verbs.view = found
        if is_new:
            self.move_bar.hide()
        self.header.show_view(found, parts)
        self._pane(found.entity).show_view(found, parts)
        self.history.show_record(found.entity, found.record.id)
        self.filled.emit(parts)
        if is_new or self.pages.currentWidget() is self.gone:
            self.show_tab(self.header.tabs.value())
            self.pages.setCurrentWidget(self._record)

    def preparing(self, entity: str) -> Iterator[None]:
        """Build what shows records of this kind, in steps, before the first one is to be shown."""
        if entity in self._panes:
            return
        pane = AccountPane(self.desk) if entity == "account" else ContactPane(self.desk, self.verbs)
        self.stack.addWidget(pane)  # before its cards are: Qt goes through all that is put into the window
        yield
        yield from pane.building()
        yield from dressing(pane)
        if entity in self._panes:  # somebody could not wait
            pane.deleteLater()
            return
        self._panes[entity] = pane

    def _pane(self, entity: str) -> Pane:
        if entity not in self._panes:
            for _step in self.preparing(entity):
                pass
        return self._panes[entity]

    def _follow_fields(self) -> bool:
        """Build panes anew when people's own fields are other ones than those they were built with; gives whether."""
        outdated = [each for each, pane in self._panes.items() if not pane.is_up_to_date()]
        for entity in outdated:
            old = self._panes.pop(entity)
            if self.stack.currentWidget() is old:
                self.stack.setCurrentWidget(self._pane(entity))
            self.stack.removeWidget(old)
            old.deleteLater()
        for entity in [each for each, form in self._new.items() if not form.is_up_to_date()]:
            if self.pages.currentWidget() is not self._new[entity]:
                old_form = self._new.pop(entity)
                self.pages.removeWidget(old_form)
                old_form.deleteLater()
        return bool(outdated)

    def _show_gone(self, name: str) -> None:
        self._view = self.verbs.view = None
        words = _("“{name}” is in the bin").format(name=name) if name else _("This record has been deleted.")
        self.gone.say(words, _("It stays there for 30 days, with everything that belongs to it.") if name else "")
        self.restore.setVisible(bool(name))
        self.pages.setCurrentWidget(self.gone)

    def _restore(self) -> None:
        if self.current is not None:
            entity, key = self.current
            self.desk.save(lambda: trash.restore(self.desk.workspace, KINDS[entity], [key]))

    def _begin_new(self, entity: str, above: object) -> None:
        save_typing(self)
        if entity not in self._new:
            made = NewRecord(self.desk, entity)
            made.cancelled.connect(self._end_new)
            made.created.connect(self._go_on)
            self._new[entity] = made
            self.pages.addWidget(made)
        if not isinstance(above, int):
            above = self._account_shown() if entity == "contact" else 0
        self._before, self.current = self.current, None
        self.pages.setCurrentWidget(self._new[entity])
        self._new[entity].begin(above)

    def _account_shown(self) -> int:
        """The account that a new contact belongs to: the one on show, or where the contact on show works."""
        if self._view is None:
            return 0
        if self._view.entity == "account":
            return self._view.record.id
        return self._view.place.account_id if self._view.place else 0

    def _go_on(self) -> None:
        """After a new record, put the keyboard where most go on: the people of an account, a contact's number."""
        if self.current is not None and self.current[0] in self._panes:
            self._panes[self.current[0]].next_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_new(self) -> None:
        if self._before is None:
            self.show_nothing()
        else:
            self.pages.setCurrentWidget(self._record)
            self.show_record(*self._before)
