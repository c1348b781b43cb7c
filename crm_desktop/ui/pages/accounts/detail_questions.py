"""What is asked on the page before something is done: where an account moves, which address is primary next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account
from crm_desktop.services import accounts, addresses, records
from crm_desktop.services.addresses import Location
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.accounts.detail_data import search
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.labels import label

INSIDE = (14, 10, 14, 10)


class Question(QFrame):
    """A card that asks one thing; Esc takes it away."""

    def __init__(self, asked: FieldRow, buttons: QHBoxLayout) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.words = label("", "strong", wrap=True)
        self.setLayout(column(self.words, asked, buttons, spacing=4, margins=INSIDE))
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class MoveBar(Question):
    """Asks below which account another one is to stand."""

    def __init__(self, desk: Desk) -> None:
        self.above = InPlaceChoice(search(desk.workspace, "account", lambda: {self.account}))
        self.asked = FieldRow(_("Parent account"), self.above)
        super().__init__(self.asked, row(None, secondary(_("Cancel"), act=self.hide)))
        self.desk = desk
        self.account = 0
        self.above.committed.connect(self._move)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self._open)

    def ask(self, account: int) -> None:
        """Ask for the account above this one, with the search already open."""
        self.account = account
        name = records.load(self.desk.workspace, Account, account).name
        self.words.setText(_("Below which account is “{name}” to stand?").format(name=name))
        self.above.set_value("")
        self._complain("")
        self.show()
        self.above.setFocus()
        self._opening.start()  # once it has its place, below which the list drops down

    def _open(self) -> None:
        if self.isVisible():
            self.above.open()

    def _move(self, parent: str) -> None:
        account, above = self.account, int(parent)
        try:
            self.desk.save(lambda: accounts.set_parent(self.desk.workspace, account, above), lambda _none: self._tell())
        except Invalid as error:
            self.above.set_value("")
            self._complain(str(error))

    def _tell(self) -> None:
        self.hide()
        above = records.load(self.desk.workspace, Account, int(self.above.value())).name
        self.desk.done(_("Moved below {name}").format(name=above))

    def _complain(self, sentence: str) -> None:
        self.asked.set_state("err" if sentence else "")
        self.asked.set_finding(sentence)


class HeirBar(Question):
    """Asks which address is the primary one after the one that is to go."""

    def __init__(self, desk: Desk) -> None:
        self.heir = InPlaceChoice(())
        self.done = primary(_("Remove address"), "delete", self.remove)
        self.done.setAutoDefault(True)  # so that Enter clicks
        buttons = row(None, secondary(_("Cancel"), act=self.hide), self.done)
        super().__init__(FieldRow(_("New primary address"), self.heir), buttons)
        self.desk = desk
        self.words.setText(_("Which address is the primary one when this one is gone?"))
        self.removed: Callable[[str], object] | None = None
        self._leaving = 0

    def ask(self, leaving: Location, others: Sequence[Location]) -> None:
        """Ask about the primary address; the next one is proposed."""
        self._leaving = leaving.id
        choices = [(str(each.id), " ".join(each.text.split())) for each in others]
        self.heir.set_choices(choices)
        self.heir.set_value(*choices[0])
        self.show()
        self.done.setFocus()

    def remove(self) -> None:
        """Do it."""
        leaving, heir = self._leaving, int(self.heir.value())
        self.hide()
        self.desk.save(lambda: addresses.remove(self.desk.workspace, leaving, heir), self.removed)
