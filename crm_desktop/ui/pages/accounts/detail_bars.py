"""Bars on top of a contact: what to mind before calling, who has left, and the questions when somebody leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QFrame

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.kinds import Day
from crm_desktop.services import contacts
from crm_desktop.services.contacts import Place
from crm_desktop.text.dates import show_date
from crm_desktop.text.findings import Reading
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor, LinkEditor
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import label


class AskFirst(InfoBar):
    """Asks before a contact is called or written to who does not want that, and says why."""

    def __init__(self) -> None:
        super().__init__(kind="err", icon="skip", closable=True)
        self.go = self.add_action("", act=self._go)
        self._act: Callable[[], object] | None = None

    def ask(self, why: str, words: str, act: Callable[[], object]) -> None:
        """Show the reason and a button that does it all the same."""
        self.say(why, "err", "skip")
        self.go.setText(words)
        self._act = act
        self.go.setFocus()

    def _go(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()


class LeaveBar(QFrame):
    """Asks since when somebody has left, and who is the primary contact from then on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("kind", "card")
        self.words = label("", "strong", wrap=True)
        self.day = LineEditor()
        self.successor = LinkEditor(self._candidates)
        self.day_row = FieldRow(_("Last day"), self.day)
        self.successor_row = FieldRow(_("New primary contact"), self.successor)
        self.successor.committed.connect(self._show_successor)
        align_labels([self.day_row, self.successor_row])
        self.done = primary(_("Has left"), "left", self.leave)
        self.cancel = secondary(_("Cancel"), act=self.hide)
        buttons = row(None, self.cancel, self.done)
        box = column(self.words, self.day_row, self.successor_row, buttons, spacing=4, margins=(14, 10, 14, 10))
        self.setLayout(box)
        self.day.typed.connect(self._check)
        self._place: Place | None = None
        self._others: Sequence[Place] = ()
        self.hide()

    def ask(self, place: Place, others: Sequence[Place]) -> None:
        """Ask about this place; `others` work there, too."""
        self._place = place
        self._others = [each for each in others if each.id != place.id and each.status == CURRENT]
        self.words.setText(_("Has {name} left {account}?").format(name=place.contact, account=place.account))
        self.day.show_text(date.today().isoformat(), show_date(date.today(), language()))  # noqa: DTZ011 - the user's day
        self.successor.show_text("")
        self.successor_row.setVisible(place.is_primary and bool(self._others))
        self.day_row.set_finding("")
        self.show()
        self.day.setFocus()

    def leave(self) -> None:
        """Write it down."""
        place, read = self._place, self._read()
        if place is None or read.value is None:
            return
        successor = int(self.successor.value() or 0) or None
        on = read.value
        try:
            self.desk.save(lambda: contacts.leave(self.desk.workspace, place.id, on, successor), self._tell)
        except Invalid as error:
            self.day_row.set_state("err")
            self.day_row.set_finding(str(error))
            return
        self.hide()

    def _tell(self, needs_primary: bool) -> None:  # noqa: FBT001 - what the service says
        words = _("Has left. There is no primary contact now.") if needs_primary else _("Has left. The history stays.")
        self.desk.done(words)

    def _read(self) -> Reading[date]:
        text = self.day.text()
        return Day().read(text)

    def _check(self) -> None:
        read = self._read()
        wrong = "\n".join(each.text for each in read.findings) if read.value is None else ""
        if read.value is None and not wrong:
            wrong = _("Write the last day.")
        self.day_row.set_state("err" if wrong else "")
        self.day_row.set_finding(wrong)
        self.done.setEnabled(not wrong)

    def _candidates(self) -> list[tuple[str, str]]:
        return [(str(each.id), " · ".join(filter(None, (each.contact, each.title)))) for each in self._others]

    def _show_successor(self, code: str) -> None:
        self.successor.show_text(code, dict(self._candidates()).get(code, ""))


def departed_words(places: Sequence[Place]) -> str:
    """What to say of somebody who has left every account, with the day if it is known."""
    last = max(places, key=lambda each: each.to_date or date.min)
    if last.to_date is None:
        return _("Has left {account}.").format(account=last.account)
    day = show_date(last.to_date, language())
    return _("Left {account} on {date}.").format(account=last.account, date=day)
