"""A new account or contact: a name and Enter, with a word when there seems to be one already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact, Entity, picks
from crm_desktop.model.account import ORGANISATION, PERSON
from crm_desktop.model.fields import Field, field_named, own_fields
from crm_desktop.services import accounts, contacts, records
from crm_desktop.text import quick_line
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import editor, widget_of
from crm_desktop.ui.form import Hint, Live
from crm_desktop.ui.pages.accounts.detail_data import offers
from crm_desktop.ui.pages.accounts.header import look_alike_hint
from crm_desktop.ui.pages.accounts.people_card import EnterLine
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.labels import Caption
from crm_desktop.ui.widgets.segmented import Segmented


class OwnRow(Live):
    """One field that people added, of a record that is not made yet."""

    def __init__(self, desk: Desk, entity: type[Entity], field: Field, texts: dict[str, str]) -> None:
        self.field, self._entity, self._texts = field, entity, texts
        made = editor(field.kind, offers(desk.workspace))
        super().__init__(desk, FieldRow(field.label, widget_of(made)), made, self._judge, self._keep)

    def _judge(self, text: str) -> Reading[Any]:
        return records.check(self._entity, self.field.name, text)

    def _keep(self, _key: int, text: str) -> Sequence[Finding]:
        found = self._judge(text)
        self._texts.pop(self.field.name, None)
        if found.worst == Severity.BLOCK or (found.value is None and text.strip()):
            raise Invalid({self.field.name: "\n".join(each.text for each in found.findings)})
        if found.value is not None:
            self._texts[self.field.name] = text
        self.show(0, text, found.findings, shown=self.field.kind.show(found.value))
        return found.findings


class OwnRows:
    """The fields that people added, asked for with a new record; what is typed waits until that is made."""

    def __init__(self, desk: Desk, entity: type[Entity]) -> None:
        self.fields = own_fields().get(entity.__tablename__, ())
        self.texts: dict[str, str] = {}
        self.rows = [OwnRow(desk, entity, each, self.texts) for each in self.fields]

    def clear(self) -> None:
        """Begin anew."""
        self.texts.clear()
        for each in self.rows:
            each.show(0, "")


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
        self.own = OwnRows(desk, self._type)
        card.add_rows(*(each.row for each in self.own.rows))
        card.add_row(Caption(_("Only the name is needed; the rest can follow.")))
        buttons = row(None, secondary(_("Cancel"), act=self.cancelled.emit), primary(title, "add", self.line.commit))
        card.add_row(buttons)
        card.setMinimumWidth(theme.px(380))
        inner = QWidget()
        inner.setLayout(column(row(None, card, None), None, margins=(16, 40, 16, 16)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.setWidget(inner)
        self.setLayout(column(area))

    def begin(self, above: int) -> None:
        """Ask for the name of a new record below an account, 0 for none."""
        self.live.show(above, "")
        self.own.clear()
        self.line.clear()
        self.line.setFocus()

    def is_up_to_date(self) -> bool:
        """Whether it asks for the fields that people have added by now."""
        return self.own.fields == own_fields().get(self.entity, ())

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
            texts = {"full_name": text, **self.own.texts}
            key = contacts.create_at(workspace, above, texts) if above else contacts.create(workspace, texts)[0]
        self.desk.open(self.entity, key)
        self.created.emit()

    def _create_account(self, above: int, text: str) -> int:
        """An organisation, or a private customer with the number that stands beside the name."""
        workspace = self.desk.workspace
        if self.kinds.value() != PERSON:
            return records.create(workspace, Account, {"name": text, **self.own.texts}, parent_id=above or None)
        line = quick_line.read(text)
        texts = {"full_name": line.name or text, "mobile": line.mobile or "", "email": "; ".join(line.mails)}
        given = {name: value for name, value in texts.items() if value}
        return accounts.create_person(workspace, given, self.own.texts)[0]

    def _hint(self, _key: int, text: str) -> Hint | None:
        look = accounts.look_alikes if self.entity == "account" else contacts.look_alikes
        return look_alike_hint(self.desk, self.entity, look(self.desk.workspace, {self._field: text}))
