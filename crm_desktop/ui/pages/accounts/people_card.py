"""Who works at an account, and where a contact works: rows that open, with the means to add more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QMenu
from typing_extensions import override

from crm_desktop.i18n import _, language
from crm_desktop.model import Contact, picks
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.services import contacts, records
from crm_desktop.services.contacts import Place
from crm_desktop.text.dates import show_date
from crm_desktop.text.findings import Reading
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.form import Hint, Live
from crm_desktop.ui.pages.accounts.detail_data import search
from crm_desktop.ui.pages.accounts.detail_rows import RecordRow
from crm_desktop.ui.pages.accounts.growing_card import GrowingCard
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.pick_list import PickList


class PlacesCard(GrowingCard):
    """Rows for affiliations."""

    def __init__(self, desk: Desk, title: str, icon: str, *, square: bool) -> None:
        super().__init__(desk, title, icon)
        self.leave_asked: Callable[[int], object] | None = None
        self._square = square

    def show_places(self, owner: int, places: Sequence[Place]) -> None:
        """Show the places of a record."""
        self.show_things(owner, places)

    @override
    def make_row(self, index: int) -> RecordRow:
        made = RecordRow(square=self._square, fill_menu=partial(self._fill_menu, index))
        made.clicked.connect(lambda: self._open(index))
        return made

    def _open(self, index: int) -> None:
        place = self.things[index]
        self.desk.open(*("account", place.account_id) if self._square else ("contact", place.contact_id))

    @override
    def say_row(self, shown: RecordRow, thing: Place) -> None:
        has_left = thing.status != CURRENT
        parts = [thing.title, thing.department]
        if has_left and thing.to_date:
            parts.append(_("until {date}").format(date=show_date(thing.to_date, language())))
        elif thing.from_date and self._square:
            parts.append(_("since {date}").format(date=show_date(thing.from_date, language())))
        role = picks.label("decision_role", thing.decision_role) if thing.decision_role and not self._square else ""
        chip = (picks.label("affiliation_status", thing.status), "plain") if has_left else (role, "violet")
        shown.say(
            thing.account if self._square else thing.contact,
            " · ".join(filter(None, parts)),
            chip=chip,
            mark="starred" if thing.is_primary else "",
            dim=has_left,
        )
        if not self._square:
            shown.show_photo(self.desk.faces.of(thing.contact_id))

    def _fill_menu(self, index: int, menu: QMenu) -> None:
        place = self.things[index]
        menu.addAction(_("Open"), partial(self._open, index))
        if place.status == CURRENT:
            if not place.is_primary:
                menu.addAction(_("Make primary contact"), partial(self._do, contacts.make_primary, place.id))
            if self.leave_asked is not None:
                menu.addAction(_("Has left the company…"), partial(self.leave_asked, place.id))
        menu.addSeparator()
        menu.addAction(_("Unlink: never worked there"), partial(self._unlink, place.id))

    def _do(self, verb: Callable[..., object], affiliation: int) -> None:
        self.desk.save(lambda: verb(self.desk.workspace, affiliation))

    def _unlink(self, affiliation: int) -> None:
        self._do(contacts.unlink, affiliation)
        self.desk.done(_("Link removed"))


class PeopleCard(PlacesCard):
    """The people of an account; a new one needs a name and Enter."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("People"), "contact", square=False)
        self.line = EnterLine(_("Add a person: name, title, mobile"))
        self.adding = Live(desk, FieldRow(_("New person"), self.line), self.line, _check_name, self._create)
        self.adding.hint_for = self._hint
        self.adding.row.label.hide()
        self.add_row(self.adding.row)
        self.adding.row.set_label_width(0)
        self.link_button = self.add_action(_("Link a contact"), self._pick)

    @override
    def show_places(self, owner: int, places: Sequence[Place]) -> None:
        super().show_places(owner, places)
        here = sum(each.status == CURRENT for each in places)
        self.title.setText(_("People {count}").format(count=here) if here else _("People"))
        self.adding.show(owner, "")

    def _create(self, account: int, text: str) -> None:
        if not text.strip():
            return
        from crm_desktop.text import quick_line

        read = quick_line.read(text)
        texts = {"full_name": read.name or text.strip(), "title": read.title, "mobile": read.mobile}
        texts["email"] = ", ".join(read.mails)
        if not read.name or read.company or read.note:
            texts = {"full_name": text.strip()}
        contacts.create_at(self.desk.workspace, account, {name: value for name, value in texts.items() if value})

    def _hint(self, account: int, text: str) -> Hint | None:
        here = {each.contact_id for each in self.things}
        found = [each for each in contacts.look_alikes(self.desk.workspace, {"full_name": text}) if each.id not in here]
        if not found:
            return None
        first = found[0]
        words = _("There is already {name}").format(name=" · ".join(filter(None, (first.name, first.line))))
        return Hint(words, _("Link this contact"), partial(self._link, account, first.id))

    def _pick(self) -> None:
        offered = search(self.desk.workspace, "contact", lambda: {each.contact_id for each in self.things})
        opened = PickList(self.link_button, offered)
        account = self.owner
        opened.chosen.connect(lambda code: self._link(account, int(code)))
        opened.open()

    def _link(self, account: int, contact: int) -> None:
        self.line.clear()
        self.desk.save(lambda: contacts.link(self.desk.workspace, contact, account))
        self.desk.done(_("Contact linked"))


class AccountsCard(PlacesCard):
    """Where a contact works and worked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Accounts"), "account", square=True)
        self.link_button = self.add_action(_("Link an account"), self.pick)

    def pick(self) -> None:
        """Choose an account to link; one that does not exist yet is made."""
        offered = search(self.desk.workspace, "account", lambda: {each.account_id for each in self.things})
        opened = PickList(self.link_button, offered, creates=True)
        contact = self.owner
        opened.chosen.connect(lambda code: self._link(contact, int(code)))
        opened.created.connect(lambda name: self._create(contact, name))
        opened.open()

    def _link(self, contact: int, account: int) -> None:
        self.desk.save(lambda: contacts.link(self.desk.workspace, contact, account))
        self.desk.done(_("Account linked"))

    def _create(self, contact: int, name: str) -> None:
        from crm_desktop.model import Account

        workspace = self.desk.workspace
        self.desk.save(
            lambda: contacts.link(workspace, contact, records.create(workspace, Account, {"name": name})),
        )
        self.desk.done(_("Account linked"))


class EnterLine(LineEditor):
    """A line for something new: only Enter saves it, leaving keeps what was typed."""

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        QLineEdit.focusOutEvent(self, event)


def _check_name(text: str) -> Reading[str]:
    return records.check(Contact, "full_name", text) if text.strip() else Reading(None)
