"""Finding anybody, anything and every command from one line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.services import finding
from crm_desktop.services import recent as looked_at
from crm_desktop.services.finding import Hit
from crm_desktop.text.tokens import matches
from crm_desktop.ui import recent
from crm_desktop.ui.panels.offers import QUIET, Offer, offers
from crm_desktop.ui.panels.panel import ENTER, Panel, has_control, is_press, key_words, page_of, panel_of
from crm_desktop.ui.panels.quick_add import QuickAdd
from crm_desktop.ui.panels.search_rows import COMMAND, HEAD, RECORD, REMARK, Row, RowView
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.labels import Kbd, label
from crm_desktop.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

PAUSE = 20
"""Milliseconds to wait for the next key before looking."""
MOST_OF_A_KIND, MOST_COMMANDS = 5, 6
FIRST_COMMANDS = ("quick_add", "import_file", "log_call")
"""What is offered before anything is typed."""
ONLY_COMMANDS = ">"
ACTIVITY = "activity"


class Search(Panel):
    """Contacts, accounts and activities by any part of what is remembered, and commands by their words."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Search"))
        self._host = window
        self._offers: list[Offer] = []
        self.box = SearchBox(_("Search names, initials, last 4 digits, or type a command"), big=True)
        self.view = RowView(_("Search results"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self.body.addLayout(column(self.box, margins=(12, 12, 12, 6)))
        self.body.addLayout(column(self.view, margins=(8, 0, 8, 6)))
        hints = (
            (_("choose"), "↑ ↓"),
            (_("open"), "↵"),
            (_("log a call"), key_words("Ctrl+Return")),
            (_("close"), "Esc"),
        )
        self.add_foot(*(each for word, key in hints for each in (Kbd(key), label(word, "caption"))), None)
        self.box.searched.connect(self._wait)
        self.box.stepped.connect(self._step)
        self.view.clicked.connect(self._click)
        for each in (self.box, self.view):
            each.installEventFilter(self)
        desk.opened.connect(self._note)

    @override
    def show_up(self) -> None:
        """Begin anew: what was opened last, and the first commands."""
        page = page_of(self._host)
        if page is not None and (here := page.current()) is not None:
            self._note(*here)
        self._offers = [each for each in offers(self._host) if each.is_enabled and each.id not in QUIET]
        self.box.clear()
        self._look()
        self.open(self.box)

    def rows(self) -> list[Row]:
        """What is shown."""
        return list(self.view.rows.rows)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self.box, self.view) and is_press(event, ENTER):
            self._enter(with_call=has_control(event))
            return True
        return super().eventFilter(watched, event)

    def _note(self, entity: str, key: int) -> None:
        if entity != ACTIVITY:
            recent.opened(self.desk.settings, entity, key)

    def _wait(self) -> None:
        self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        text = self.box.query().strip()
        self.view.rows.show_rows(list(self._found(text)), text)
        self.view.choose(self.view.rows.next_choice(-1, 1))

    def _found(self, text: str) -> Iterator[Row]:
        if not text:
            yield from self._beginning()
            return
        hits: list[Hit] = []
        if not text.startswith(ONLY_COMMANDS):
            hits = finding.find(self.desk.workspace, text, MOST_OF_A_KIND)
            yield from _sections(hits)
        commands = list(self._commands(text.removeprefix(ONLY_COMMANDS), hits))
        if not hits and not commands:
            yield Row(REMARK, _("Nothing has “{text}” in it.").format(text=text))
        if commands:
            yield Row(HEAD, _("Commands"))
        yield from commands

    def _beginning(self) -> Iterator[Row]:
        seen = looked_at.living(self.desk.workspace, recent.places(self.desk.settings))
        if seen:
            yield Row(HEAD, _("Opened last"))
        yield from map(_row, seen)
        yield Row(HEAD, _("Commands"))
        yield from (_command(each) for each in self._offers if each.id in FIRST_COMMANDS)

    def _commands(self, text: str, hits: list[Hit]) -> Iterator[Row]:
        """Commands by their words, pinyin and initials; behind them the line as a new record."""
        best = next((each for each in hits if each.entity != ACTIVITY), None)
        if best is not None:
            words = _("Log a call: {name}").format(name=best.name)
            yield Row(COMMAND, words, mark=key_words("Ctrl+Return"), icon="call", run=partial(self._log, _row(best)))
        fitting = [each for each in self._offers if not text.strip() or matches(text, [], [], [], [each.words])]
        yield from map(_command, fitting[:MOST_COMMANDS] if text.strip() else fitting)
        if text.strip() and text == self.box.query().strip():
            words = _("Quick add: “{text}”").format(text=text)
            yield Row(COMMAND, words, mark=key_words("Ctrl+N"), icon="quick_add", run=partial(self._capture, text))

    def _step(self, by: int) -> None:
        self.view.choose(self.view.rows.next_choice(self.view.currentIndex().row(), by))
        if row := self.view.chosen():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.box, row.spoken))

    def _click(self, _index: QModelIndex) -> None:
        self._enter(with_call=False)

    def _enter(self, *, with_call: bool) -> None:
        if self._pause.isActive():
            self._look()
        row = self.view.chosen()
        if row is None or not row.can_be_chosen:
            return
        if row.kind == RECORD and with_call:
            self._log(row)
        elif row.kind == RECORD:
            self.dismiss()
            self._open(row)
        elif row.run is not None:
            self.dismiss()
            row.run()

    def _open(self, row: Row) -> None:
        place = (row.entity, row.key)
        if row.entity == ACTIVITY:
            place = looked_at.subject_of(self.desk.workspace, row.key) or place
        self.desk.open(*place)

    def _log(self, row: Row) -> None:
        self.dismiss()
        self._open(row)
        self.desk.ask("log_call")

    def _capture(self, text: str) -> None:
        panel_of(QuickAdd, self._host, self.desk).begin(text)


def _sections(hits: list[Hit]) -> Iterator[Row]:
    """Each kind under its heading, the kind with the best hit first."""
    groups = [(entity, list(members)) for entity, members in groupby(hits, lambda each: each.entity)]
    for entity, members in sorted(groups, key=lambda group: min(each.rank for each in group[1])):
        yield Row(HEAD, finding.noun_of_group(entity))
        yield from map(_row, members)


def _row(hit: Hit) -> Row:
    icon = "history" if hit.entity == ACTIVITY else ""
    why = finding.why(hit)
    is_told = why.strip("…") in hit.subtitle
    return Row(RECORD, hit.name, hit.subtitle, "" if is_told else why, icon, hit.entity, hit.id)


def _command(offer: Offer) -> Row:
    return Row(COMMAND, offer.words, offer.menu, offer.shortcut, ICONS.get(offer.id, "forward"), run=offer.run)


ICONS = {
    "quick_add": "quick_add",
    "new_account": "account",
    "new_contact": "person",
    "import_file": "import",
    "page_import": "import",
    "export": "export",
    "backup": "backup",
    "restore": "history",
    "undo": "undo",
    "redo": "redo",
    "filter": "filter",
    "delete": "delete",
    "page_accounts": "account",
    "page_contacts": "contact",
    "page_history": "history",
    "page_settings": "settings",
    "options": "settings",
    "log": "history",
    "log_call": "call",
    "log_visit": "visit",
    "log_mail": "mail",
    "log_chat": "chat",
    "log_note": "note",
    "edit_value": "edit",
    "sample": "sample",
    "folder": "folder",
    "about": "info",
}
"""The icon of a command, by its id."""
