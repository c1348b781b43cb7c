"""Finding anybody, anything and every command from one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.services import finding, tagged
from crm_desktop.services import recent as looked_at
from crm_desktop.services.finding import ACCOUNT, ACTIVITY, CONTACT, Hit, Reads
from crm_desktop.services.finding_files import FILE, find_files
from crm_desktop.services.tagged import Tagged
from crm_desktop.ui import recent
from crm_desktop.ui.panels import search_sections as rows_of
from crm_desktop.ui.panels import search_wish as wishes
from crm_desktop.ui.panels.offers import QUIET, Offer, offers
from crm_desktop.ui.panels.panel import ENTER, HasCounts, Panel, has_control, is_press, key_words, page_of, panel_of
from crm_desktop.ui.panels.quick_add import QuickAdd
from crm_desktop.ui.panels.search_looking import Looking
from crm_desktop.ui.panels.search_paint import RowPainter
from crm_desktop.ui.panels.search_rows import COMMAND, HEAD, RECORD, REMARK, Row, RowView
from crm_desktop.ui.panels.search_verbs import Verbs
from crm_desktop.ui.panels.search_wish import Wish
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.labels import Kbd, Line, label
from crm_desktop.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

MOST_PEOPLE = 20
RECENT_PEOPLE, RECENT_ACCOUNTS = 10, 3
PLACEHOLDER = N_("Search names, initials, last 4 digits, or type a command")
PATIENCE = 30
"""Milliseconds that Enter and Tab wait for the answer to what was typed last; after that they are carried out when it
comes, unless something else is typed meanwhile."""


class Search(Panel):
    """Contacts, accounts, activities and files by any part of what is remembered, and commands by their words."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Search"))
        self._host = window
        self._offers: list[Offer] = []
        self._seen: list[Hit] = []
        self._subject: Row | None = None
        """The row whose actions are listed."""
        self._typed = ""
        self._then: Callable[[], None] | None = None
        """What waits for an answer."""
        self._verbs = Verbs(desk, window)
        self.looking = Looking(desk.workspace, self)
        self.box = SearchBox(_(PLACEHOLDER), key_words("Esc"), big=True)
        self.view = RowView(_("Search results"))
        self.view.setItemDelegate(RowPainter(self.view, desk.faces))
        self.count = label("", "caption")
        self.later = label("", "caption")
        self._lay_out()
        self.looking.found.connect(self._take)
        self.box.searched.connect(self._look)
        self.box.stepped.connect(self._step)
        self.view.clicked.connect(self._click)
        for each in (self.box, self.view):
            each.installEventFilter(self)
        desk.opened.connect(self._note)
        desk.catching_up.moved.connect(self._tell_later)
        self._tell_later()

    def _lay_out(self) -> None:
        self.body.addLayout(column(self.box, margins=(8, 6, 8, 6)))
        self.body.addWidget(Line())
        self.body.addLayout(column(self.view, margins=(8, 4, 8, 6)))
        self.signs = QWidget()
        signs = (part for sign, word in wishes.signs() for part in (Kbd(sign), label(word, "caption"), 6))
        self.signs.setLayout(row(*signs, None, spacing=6, margins=(20, 2, 20, 10)))
        self.body.addWidget(self.signs)
        self.body.addLayout(column(self.later, margins=(20, 0, 20, 8)))
        hints = (
            (_("select"), "↑ ↓"),
            (_("open"), "↵"),
            (_("log a call"), key_words("Ctrl+Return")),
            (_("more actions"), "Tab"),
        )
        self.add_foot(*(each for word, key in hints for each in (Kbd(key), label(word, "caption"))), None, self.count)

    @override
    def show_up(self) -> None:
        """Begin anew: what was opened last, and the first commands."""
        place = self._place_shown()
        if place is not None:
            self._note(*place)
        self._subject = None
        self._seen = looked_at.living(self.desk.workspace, recent.places(self.desk.settings))
        known = [each for each in offers(self._host) if each.is_enabled and each.id not in QUIET]
        shown = next((each.name for each in self._seen if (each.entity, each.id) == place), "")
        self._offers = rows_of.named(known, shown)
        self._tell_count()
        self._turn("")
        self.open(self.box)

    @override
    def dismiss(self) -> None:
        """Close the panel and give the focus back to where it was."""
        self._then = None
        self.looking.stop()
        super().dismiss()

    def rows(self) -> list[Row]:
        """What is shown."""
        return list(self.view.rows.rows)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched not in (self.box, self.view):
            return super().eventFilter(watched, event)
        goes_back = self._subject is not None and not self.box.query()
        if is_press(event, ENTER):
            self._when_found(partial(self._act, with_call=has_control(event)))
        elif is_press(event, {Qt.Key.Key_Tab}):
            self._when_found(self._list_verbs)
        elif is_press(event, {Qt.Key.Key_Escape} | ({Qt.Key.Key_Backspace} if goes_back else set())):
            self._leave()
        else:
            return super().eventFilter(watched, event)
        return True

    def _place_shown(self) -> tuple[str, int] | None:
        page = page_of(self._host)
        return page.current() if page is not None else None

    def _note(self, entity: str, key: int) -> None:
        if entity not in (ACTIVITY, FILE):
            recent.opened(self.desk.settings, entity, key)

    # What is listed

    def _look(self) -> None:
        """List what the line asks for; while records are looked for, the old rows stay."""
        self._then = None
        line = self.box.query()
        self.signs.setVisible(not line.strip() and self._subject is None)
        wish = wishes.read(line)
        if self._subject is not None:
            self._show(self._actions(self._subject, line.strip()))
        elif not line.strip():
            self._show(self._beginning())
        elif wish.scope == wishes.ACTIONS:
            self._show(self._headed(_("Actions"), rows_of.commands(self._offers, wish.text, None)))
        elif wish.scope == wishes.VIEWS:
            self._show(self._headed(_("Views"), rows_of.views([*self._offers, *self._verbs.saved_lists()], wish.text)))
        elif wish.scope == wishes.TAGS:
            self.looking.ask(lambda reading: (wish, tagged.find(reading, wish.text)))
        elif not wish.text:
            self._show(self._last_people(RECENT_PEOPLE))
        elif wish.scope == wishes.PEOPLE:
            self.looking.ask(lambda reading: (wish, finding.find(reading, wish.text, MOST_PEOPLE, (CONTACT,))))
        else:
            self.looking.ask(lambda reading: (wish, _find(reading, wish.text)))

    def _take(self, answer: tuple[Wish, list[Any]]) -> None:
        wish, found = answer
        if wish.scope == wishes.TAGS:
            self._fill(self._headed(_("Tags"), list(rows_of.tags(found, self._list_tagged))))
        elif wish.scope == wishes.PEOPLE:
            self._fill(list(rows_of.sections(found, MOST_PEOPLE)) or [self._nothing()])
        else:
            self._fill(list(self._found(wish.text, found)))
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show(self, rows: list[Row]) -> None:
        """List what needs no looking for."""
        self.looking.stop()
        self._fill(rows)

    def _fill(self, rows: list[Row]) -> None:
        self.view.rows.show_rows(rows)
        self.view.choose(self.view.rows.next_choice(-1, 1))

    def _found(self, text: str, hits: list[Hit]) -> Iterator[Row]:
        yield from rows_of.sections(hits)
        actions = rows_of.commands(self._offers, text)
        best = next((each for each in rows_of.sections(hits) if each.entity in (CONTACT, ACCOUNT)), None)
        if best is not None:
            call = self._call(best)
            actions = [call, *(each for each in actions if each.words != call.words)]
        if not hits and not actions:
            yield self._nothing()
        yield Row(HEAD, _("Actions"))
        yield from actions
        words = _("Quick add: “{text}”").format(text=text)
        yield Row(COMMAND, words, key_words=key_words("Ctrl+N"), icon="quick_add", run=partial(self._capture, text))

    def _call(self, best: Row) -> Row:
        words = _("{action}: {name}").format(action=_("Log a call"), name=best.words)
        run = partial(self._verbs.ask, best, "log_call")
        return Row(COMMAND, words, key_words=key_words("Ctrl+L"), icon="call", run=run)

    def _beginning(self) -> list[Row]:
        rows = self._last_people(RECENT_PEOPLE) + self._last(ACCOUNT, _("Accounts opened last"), RECENT_ACCOUNTS)
        return [*rows, Row(HEAD, _("Actions")), *rows_of.suggested(self._offers)]

    def _last_people(self, most: int) -> list[Row]:
        return self._last(CONTACT, _("Opened last"), most)

    def _last(self, entity: str, words: str, most: int) -> list[Row]:
        seen = [each for each in self._seen if each.entity == entity][:most]
        return [Row(HEAD, words), *map(rows_of.row_of, seen)] if seen else []

    def _actions(self, subject: Row, text: str) -> list[Row]:
        return self._headed(subject.words, rows_of.commands(self._verbs.of(subject), text, None))

    def _headed(self, words: str, rows: list[Row]) -> list[Row]:
        return [Row(HEAD, words), *rows] if rows else [self._nothing()]

    def _nothing(self) -> Row:
        return Row(REMARK, _("Nothing has “{text}” in it.").format(text=self.box.query().strip()))

    def _tell_count(self) -> None:
        counts = self._host.counts if isinstance(self._host, HasCounts) else None
        people = counts[1] if counts else 0
        words = ngettext("{count} contact on this computer", "{count} contacts on this computer", people)
        self.count.setText(words if people else "")

    def _tell_later(self) -> None:
        """Say how many records of a large step cannot be found yet, while the search is being brought up to date."""
        progress = self.desk.catching_up.progress
        left = progress.total - progress.done if progress else 0
        self.later.setVisible(left > 0)
        if progress and left > 0:
            share = f"{100 * progress.done // progress.total} %"
            self.later.setText(f"{finding.words_of_later(left)} · {share}")

    # What is done

    def _step(self, by: int) -> None:
        self.view.choose(self.view.rows.next_choice(self.view.currentIndex().row(), by))
        if chosen := self.view.chosen():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.box, chosen.spoken))

    def _click(self, _index: QModelIndex) -> None:
        self._act(with_call=False)

    def _when_found(self, act: Callable[[], None]) -> None:
        """Act on what was typed last, not on what was found before."""
        if self.looking.wait(PATIENCE):
            act()
        else:
            self._then = act

    def _act(self, *, with_call: bool) -> None:
        chosen = self.view.chosen()
        if chosen is None or not chosen.can_be_chosen:
            return
        self.dismiss()
        if chosen.kind == RECORD and with_call:
            self._verbs.ask(chosen, "log_call")
        elif chosen.kind == RECORD:
            self._verbs.open(chosen)
        elif chosen.run is not None:
            chosen.run()

    def _list_verbs(self) -> None:
        """List what can be done with the chosen row."""
        chosen = self.view.chosen()
        if self._subject is None and chosen is not None and self._verbs.of(chosen):
            self._subject, self._typed = chosen, self.box.text()
            self.box.setFocus()
            self._turn("")

    def _leave(self) -> None:
        """Go back from the actions of a row to the rows, or else close."""
        if self._subject is None:
            self.dismiss()
        else:
            self._subject = None
            self._turn(self._typed)

    def _turn(self, text: str) -> None:
        """Begin with another text in the line."""
        subject = self._subject
        words = _("Actions for {name}").format(name=subject.words) if subject is not None else _(PLACEHOLDER)
        self.box.setPlaceholderText(words)
        if self.box.query() == text:
            self._look()
        self.box.setText(text)

    def _list_tagged(self, chosen: Tagged) -> None:
        entity = ACCOUNT if chosen.accounts > 0 == chosen.contacts else CONTACT
        self._verbs.list_tagged(entity, chosen.name)

    def _capture(self, text: str) -> None:
        panel_of(QuickAdd, self._host, self.desk).begin(text)


def _find(reading: Reads, text: str) -> list[Hit]:
    return [*finding.find(reading, text, rows_of.MOST), *find_files(reading, text, rows_of.MOST)]
