"""A new account or contact: a name and Enter, with a word when there seems to be one already."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact, picks
from crm_desktop.model.account import ORGANISATION, PERSON
from crm_desktop.model.fields import field_named
from crm_desktop.services import accounts, contacts, records
from crm_desktop.text import quick_line
from crm_desktop.text.findings import Reading
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.form import Hint, Live
from crm_desktop.ui.pages.accounts.header import look_alike_hint
from crm_desktop.ui.pages.accounts.people_card import EnterLine
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.labels import Caption
from crm_desktop.ui.widgets.segmented import Segmented


def _kinds() -> list[tuple[str, str, str]]:
    return [(each.code, "", each.label) for each in picks.of("account_kind")]


class NewRecord(QWidget):
    """Asks for a name; everything else can be added where it belongs."""

    cancelled = Signal()
    created = Signal()
    """The new record is on show."""

    def __init__(self, desk: Desk, entity: str) -> None:
        super().__init__()
        self.desk, self.entity = desk, entity
        self._type = Account if entity == "account" else Contact
        self._field = "name" if entity == "account" else "full_name"
        title = _("New account") if entity == "account" else _("New contact")
        self.line = EnterLine()
        self.live = Live(
            desk, FieldRow(field_named(self._type, self._field).label, self.line), self.line, self._check, self._create
        )
        self.live.hint_for = self._hint
        card = Card(title, entity)
        self.kinds = Segmented(_("Kind of account"), _kinds(), ORGANISATION)
        if entity == "account":
            card.add_row(row(self.kinds, None))
        card.add_row(self.live.row)
        card.add_row(Caption(_("Only the name is needed; the rest can follow.")))
        buttons = row(None, secondary(_("Cancel"), act=self.cancelled.emit), primary(title, "add", self.line.commit))
        card.add_row(buttons)
        card.setMinimumWidth(theme.px(380))
        self.setLayout(column(row(None, card, None), None, margins=(16, 40, 16, 16)))

    def begin(self, above: int) -> None:
        """Ask for the name of a new record below an account, 0 for none."""
        self.live.show(above, "")
        self.line.clear()
        self.line.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _check(self, text: str) -> Reading[Any]:
        return records.check(self._type, self._field, text)

    def _create(self, above: int, text: str) -> None:
        workspace = self.desk.workspace
        if self.entity == "account":
            key = self._create_account(above, text)
        else:
            texts = {"full_name": text}
            key = contacts.create_at(workspace, above, texts) if above else contacts.create(workspace, texts)[0]
        self.desk.open(self.entity, key)
        self.created.emit()

    def _create_account(self, above: int, text: str) -> int:
        """An organisation, or a private customer with the number that stands beside the name."""
        workspace = self.desk.workspace
        if self.kinds.value() != PERSON:
            return records.create(workspace, Account, {"name": text}, parent_id=above or None)
        line = quick_line.read(text)
        texts = {"full_name": line.name or text, "mobile": line.mobile or "", "email": "; ".join(line.mails)}
        return accounts.create_person(workspace, {name: value for name, value in texts.items() if value})[0]

    def _hint(self, _key: int, text: str) -> Hint | None:
        look = accounts.look_alikes if self.entity == "account" else contacts.look_alikes
        return look_alike_hint(self.desk, self.entity, look(self.desk.workspace, {self._field: text}))
