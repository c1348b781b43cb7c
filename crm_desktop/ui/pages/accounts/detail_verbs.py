"""What can be done with the record on show besides editing its fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact, Entity
from crm_desktop.model.account import CLOSED
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.services import accounts, contacts, records, verification
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.accounts.detail_data import View, offers
from crm_desktop.ui.pages.accounts.detail_reach import open_url

KINDS: dict[str, type[Entity]] = {"account": Account, "contact": Contact}


class Verbs(QObject):
    """The verbs of the record on show; what needs an answer first is asked of the pane."""

    confirm = Signal(str)
    """“call” or “mail” was asked of somebody who does not want that."""
    leaving = Signal(object)
    """Somebody has left the place of this affiliation: ask when, and who follows."""
    linking = Signal()
    """An account is to be chosen for a contact."""
    moving = Signal(object)
    """An account is to be chosen above the one of this key."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view: View | None = None

    def call(self) -> None:
        """Begin to log a call, after asking where somebody does not want to be called."""
        if self._refuses("do_not_call"):
            self.confirm.emit("call")
        else:
            self.desk.ask("log", "call")

    def mail(self) -> None:
        """Open the mail program, after asking where somebody does not want mail."""
        if self._refuses("do_not_mail"):
            self.confirm.emit("mail")
        else:
            self.write_mail()

    def write_mail(self) -> None:
        """Open the mail program with the first address."""
        if address := self.first("email"):
            open_url(f"mailto:{address}")
        else:
            self.desk.say(_("There is no mail address yet."), "info")

    def first(self, kind: str) -> str:
        """The primary channel of a kind."""
        reaches = self.view.reaches if self.view else ()
        return next((each.text for each in reaches if each.kind == kind), "")

    def copy(self) -> None:
        """Put name, company and all channels on the clipboard, ready to paste into a message."""
        if self.view is None:
            return
        place = self.view.place
        lines = [self.view.record.name]
        if place is not None:
            lines += [" · ".join(filter(None, (place.title, place.department))), place.account]
        lines += [each.text for each in self.view.reaches]
        lines += [each.text for each in self.view.locations[:1]]
        QGuiApplication.clipboard().setText("\n".join(filter(None, lines)))
        self.desk.say(_("Contact details copied"))

    def delete(self, entity: str, key: int) -> None:
        """Put a record in the bin."""
        kind = KINDS[entity]
        name = records.load(self.desk.workspace, kind, key).name
        self.desk.save(lambda: records.remove(self.desk.workspace, kind, [key]))
        self.desk.done(_("Deleted: {name}").format(name=name))

    def close(self, key: int) -> None:
        """Take an account out of the lists."""
        self._save(accounts.close, key)
        self.desk.done(_("Account closed: it is out of the lists, its history stays"))

    def reopen(self, key: int) -> None:
        """Bring a closed account back."""
        self._save(accounts.reopen, key)
        self.desk.done(_("Account reopened"))

    def verify(self, entity: str, key: int) -> None:
        """Note that all of a record is still valid."""
        self.desk.save(lambda: verification.confirm(self.desk.workspace, entity, key), self._say_verified)

    def _say_verified(self, _none: None) -> None:
        self.desk.done(self.desk.workspace.undo_title or "")

    def carry_out(self, verb: str, entity: str, key: int) -> bool:
        """Delete or verify a record, or move, close or reopen an account; gives whether that can be done with it."""
        of_account = {"close": self.close, "reopen": self.reopen, "move": self.moving.emit}
        if verb == "delete":
            self.delete(entity, key)
        elif verb == "verify":
            self.verify(entity, key)
        elif entity == "account" and verb in of_account:
            of_account[verb](key)
        else:
            return False
        return True

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the record now."""
        if self.view is None:
            return
        if self.view.entity == "account":
            self._fill_account(menu)
        else:
            self._fill_contact(menu)
        verify = partial(self.verify, self.view.entity, self.view.record.id)
        menu.addAction(_("All of it is still valid"), verify)
        menu.addAction(_("Apply template…"), partial(self.desk.ask, "template"))
        owners = menu.addMenu(_("Change owner"))
        for code, name in offers(self.desk.workspace).users():
            owners.addAction(name, partial(self._set_owner, code))
        menu.addSeparator()
        menu.addAction(_("Delete"), partial(self.delete, self.view.entity, self.view.record.id))

    def _fill_account(self, menu: QMenu) -> None:
        assert self.view is not None
        key = self.view.record.id
        if (page := self.view.code("website")).startswith(("https://", "http://")):
            menu.addAction(_("Open website"), partial(open_url, page))
        if self.view.code("status") == CLOSED:
            menu.addAction(_("Reopen account"), partial(self.reopen, key))
        else:
            menu.addAction(_("Close account"), partial(self.close, key))
        menu.addAction(_("Life cycle…"), partial(self.desk.ask, "lifecycle"))
        menu.addAction(_("Move below another account…"), partial(self.moving.emit, key))
        if self.view.parent is not None:
            menu.addAction(_("Move to the top"), partial(self._save, accounts.set_parent, key, None))

    def _fill_contact(self, menu: QMenu) -> None:
        assert self.view is not None
        place = self.view.place
        if place is not None and place.status == CURRENT:
            if not place.is_primary:
                words = _("Make primary contact of {account}").format(account=place.account)
                menu.addAction(words, partial(self._save, contacts.make_primary, place.id))
            menu.addAction(_("Role changed…"), partial(self.desk.ask, "role_changed"))
            menu.addAction(_("Has left the company…"), partial(self.leaving.emit, place.id))
        menu.addAction(_("Link to an account…"), self.linking.emit)

    def _set_owner(self, code: str) -> None:
        assert self.view is not None
        self._save(records.change, KINDS[self.view.entity], self.view.record.id, "owner_id", code)

    def _save(self, verb: Callable[..., object], *arguments: object) -> None:
        try:
            self.desk.save(lambda: verb(self.desk.workspace, *arguments))
        except Invalid as error:
            self.desk.say(str(error), "warn")

    def _refuses(self, name: str) -> bool:
        return self.view is not None and self.view.entity == "contact" and bool(self.view.record.fields[name].value)
