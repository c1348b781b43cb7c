"""What can be done with a row of the search panel besides opening it: the list behind the Tab key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import N_, _, spellings
from crm_desktop.model import Account, Activity, Contact
from crm_desktop.model.channel import channel_label
from crm_desktop.services import attachments, channels, lists, records
from crm_desktop.services import recent as looked_at
from crm_desktop.services.finding import ACCOUNT, ACTIVITY, CONTACT
from crm_desktop.services.finding_files import FILE
from crm_desktop.ui.panels.offers import Offer
from crm_desktop.ui.panels.panel import key_words, page_of
from crm_desktop.ui.panels.search_sections import SAVED_LIST

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.files.verbs import FileVerbs
    from crm_desktop.ui.panels.search_rows import Row

TAG = "tag"
ENTITIES = {ACCOUNT: Account, CONTACT: Contact}
LOGGED = (
    ("log_call", N_("Log a call")),
    ("log_visit", N_("Log a visit")),
    ("log_mail", N_("Log an e-mail")),
    ("log_chat", N_("Log a chat")),
    ("log_note", N_("Write a note")),
)
CORRECTED = {CONTACT: ("mobile", "email", "wechat"), ACCOUNT: ("landline", "email")}
"""The kinds of channel that can be gone to at once, to be corrected."""


class Verbs:
    """Opens records and offers what else can be done with them."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        self._desk, self._host = desk, host

    @cached_property
    def _files(self) -> FileVerbs:
        from crm_desktop.ui.files.verbs import FileVerbs  # which shows panels, as this one

        return FileVerbs(self._desk, self._host)

    def of(self, row: Row) -> list[Offer]:
        """What can be done with a row; nothing for a command."""
        if row.entity == TAG:
            return self._of_tag(row.words)
        if row.entity == FILE:
            return list(self._of_file(row))
        if row.entity not in (ACCOUNT, CONTACT, ACTIVITY):
            return []
        place = self.place(row)
        made = [_offer("open", N_("Open"), partial(self.open, row), key_words("Return"))]
        if place[0] != ACTIVITY:
            made += self._logging(row)
        made += self._of_activity(row) if row.entity == ACTIVITY else self._of_record(row)
        return made

    def place(self, row: Row) -> tuple[str, int]:
        """The record that is shown for a row: of a file or an activity, the one that it belongs to."""
        found = None
        if row.entity in (ACTIVITY, FILE):
            of = looked_at.subject_of if row.entity == ACTIVITY else looked_at.subject_of_file
            found = of(self._desk.workspace, row.key)
        return found or (row.entity, row.key)

    def open(self, row: Row) -> None:
        """Show a record, or have the system open a copy of a file."""
        if row.entity == FILE:
            self._files.open_copy(attachments.load(self._desk.workspace, row.key))
        else:
            self.show(row)

    def show(self, row: Row) -> None:
        """Show a record, with the keyboard where its place is shown, ready for F6, Enter or the arrows."""
        self._desk.open(*self.place(row))
        page = page_of(self._host)
        for pane in page.panes() if page else ():
            pane.setFocus()
            if pane.isAncestorOf(self._host.focusWidget()):
                break  # an empty tree, or one that is hidden, takes no focus

    def ask(self, row: Row, what: str, detail: object = None) -> None:
        """Show a record and do something there."""
        self.show(row)
        self._desk.ask(what, detail)

    def list_tagged(self, entity: str, name: str) -> None:
        """Show the list of all that carries a tag."""
        from crm_desktop.model.filters import Group, Test

        self._desk.ask("list", (entity, Group("all", (Test("tag", "any_of", (name,)),))))

    def saved_lists(self) -> list[Offer]:
        """The lists that people saved, each as something to turn to."""
        workspace = self._desk.workspace
        found = [each for entity in (Contact, Account) for each in lists.all_for(workspace, entity)]
        return [
            Offer(SAVED_LIST, each.name, "", "", True, partial(self._desk.ask, "list", each.key), (each.name,))
            for each in found
        ]

    def _logging(self, row: Row) -> Iterator[Offer]:
        for what, words in LOGGED:
            key = key_words("Ctrl+Return") if what == "log_call" else ""
            yield _offer(what, words, partial(self.ask, row, what), key)

    def _of_record(self, row: Row) -> Iterator[Offer]:
        for reach in channels.of_record(self._desk.workspace, ENTITIES[row.entity], row.key):
            yield _offer("copy", N_("Copy {value}"), partial(self._copy, reach.text), value=reach.text)
        yield _offer("edit_value", N_("Edit"), partial(self.ask, row, "edit_value"))
        for kind in CORRECTED[row.entity]:
            word = channel_label(kind)
            yield _offer("edit_value", N_("Edit {field}"), partial(self.ask, row, "reach", kind), field=word)
        if row.entity == ACCOUNT:
            yield _offer("new_contact", N_("New contact here"), partial(self.ask, row, "new_contact"))
        yield _offer("in_tree", N_("Show in the tree"), partial(self._show_in_tree, row))
        yield _offer("delete", N_("Delete"), partial(self.ask, row, "delete"))

    def _of_activity(self, row: Row) -> Iterator[Offer]:
        text = records.load(self._desk.workspace, Activity, row.key).fields["summary"].text
        yield _offer("copy", N_("Copy as text"), partial(self._copy, text))

    def _of_file(self, row: Row) -> Iterator[Offer]:
        file = attachments.load(self._desk.workspace, row.key)
        yield _offer("open", N_("Open a copy"), partial(self.open, row), key_words("Return"))
        yield _offer("preview", N_("Show the file"), partial(self._files.preview, [file]))
        yield _offer("open", N_("Show the record"), partial(self.show, row))
        yield _offer("save_as", N_("Save as…"), partial(self._files.save_as, file))
        yield from self._logging(row)

    def _of_tag(self, name: str) -> list[Offer]:
        return [
            _offer("list_contact", N_("List the contacts"), partial(self.list_tagged, CONTACT, name)),
            _offer("list_account", N_("List the accounts"), partial(self.list_tagged, ACCOUNT, name)),
        ]

    def _show_in_tree(self, row: Row) -> None:
        self.show(row)
        page = page_of(self._host)
        if page is not None and page.panes():
            tree = page.panes()[0]
            if not tree.isVisible():
                self._desk.ask("tree")
            tree.setFocus()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.say(_("Copied"), "ok")


def _offer(what: str, words: str, run: Callable[[], object], key: str = "", **places: str) -> Offer:
    """An offer by its English words, found by those of every language."""
    known = tuple(dict.fromkeys(each.format(**places) for each in (_(words), *spellings(words))))
    return Offer(what, known[0], key, "", is_enabled=True, run=run, spellings=known)
