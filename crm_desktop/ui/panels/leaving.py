"""Has left the company: since when, who follows, what becomes of the open tasks, and where somebody works now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.kinds import Day
from crm_desktop.services import contacts, leaving
from crm_desktop.services.clock import now
from crm_desktop.services.leaving import Farewell, Leaving
from crm_desktop.text import when
from crm_desktop.text.dates import show_date
from crm_desktop.text.findings import Reading
from crm_desktop.ui.editors import LineEditor, LinkEditor, RecordEditor
from crm_desktop.ui.panels.leaving_tasks import TaskChoices
from crm_desktop.ui.panels.panel import Panel, key_words, on_control_enter, page_of
from crm_desktop.ui.panels.printing import record_of
from crm_desktop.ui.record_offers import offers, search
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.fitting_area import GrowingArea
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

EDGE = 18


class LeavePanel(Panel):
    """One form, saved as one step by Ctrl+Enter."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Has left the company"), width=640, top=56)
        self._host = window
        self._farewell: Farewell | None = None
        self._then: Callable[[], object] | None = None
        self._new_account = ""
        self.subject = Elide("", "small")
        self.day = LineEditor()
        self.successor = LinkEditor(self._colleagues)
        self.employer = RecordEditor(search(desk.workspace, "account", self._here))
        self.title = LineEditor(_("Optional"))
        self.tasks = TaskChoices()
        self.hints = label("", "small", wrap=True)
        self.done = primary(_("Has left"), "left", self.leave)
        self.rows = {
            "to_date": FieldRow(_("Last day"), self.day),
            "successor": FieldRow(_("Successor"), self.successor),
            "new_account": FieldRow(_("New employer"), self.employer),
            "title": FieldRow(_("Job title there"), self.title),
        }
        self._lay_out()
        on_control_enter(self, self.leave)
        self.day.typed.connect(self._check_day)
        self.successor.entered.connect(self._choose_successor)
        self.employer.committed.connect(self._choose_employer)
        self.employer.created.connect(self._name_employer)

    def _lay_out(self) -> None:
        about = row(self.subject)
        about.setStretch(0, 1)
        self.add_head(
            Picture("left", "accentText", 20), label(_("Has left the company"), "heading"), about, Kbd(key_words("Esc"))
        )
        align_labels(self.rows.values())
        day, successor, employer, title = self.rows.values()
        sheet = QWidget()
        box = column(day, successor, self.hints, self.tasks, employer, title, None)
        box.setSpacing(6)
        box.setContentsMargins(EDGE, 12, EDGE, 12)
        sheet.setLayout(box)
        self.area = GrowingArea(sheet)
        self.area.setAccessibleName(_("Has left the company"))
        self.body.addWidget(self.area, 1)
        history = label(_("The history stays with the account."), "caption")
        cancel = secondary(_("Cancel"), act=self.dismiss)
        self.add_foot(history, None, Kbd(key_words("Ctrl+Return")), cancel, self.done)

    @override
    def show_up(self) -> None:
        found = record_of(page_of(self._host))
        if found is None or found[0] != "contact":
            self.desk.say(_("Choose a contact first."), "info")
            return
        places = [each for each in contacts.places(self.desk.workspace, contact=found[1]) if each.status == CURRENT]
        if places:
            self.ask(places[0].id)
        else:
            self.desk.say(_("They work nowhere at present."), "info")

    def ask(self, affiliation: int, then: Callable[[], object] | None = None) -> None:
        """Ask about a place; `then` is done after it was saved."""
        found = self._farewell = leaving.prepare(self.desk.workspace, affiliation)
        self._then, self._new_account = then, ""
        self.subject.setText(f"{found.contact} · {found.account}")
        today = now().day
        self.day.show_text(today.isoformat(), show_date(today, language()))
        for editor in (self.successor, self.employer, self.title):
            editor.show_text("")
        for each in self.rows.values():
            each.set_state("")
            each.set_finding("")
        self.rows["successor"].setVisible(bool(found.colleagues))
        caption = _("becomes the primary contact") if found.is_primary else ""
        self.rows["successor"].set_state("", caption)
        users = [(int(key), name) for key, name in offers(self.desk.workspace).users()]
        self.tasks.show_tasks(found.tasks, users, can_follow=bool(found.colleagues))
        self._say_hints(found)
        self.done.setEnabled(True)
        self.open(self.day)
        self.day.selectAll()

    def _say_hints(self, found: Farewell) -> None:
        hints = []
        if found.reports:
            words = _("Reporting to them: {names}. From then on to the successor, else one step higher.")
            hints.append(words.format(names=_(", ").join(found.reports)))
        if found.owner:
            hints.append(
                _("{owner} looks after {account} and gets a task.").format(owner=found.owner, account=found.account)
            )
        self.hints.setText("\n".join(hints))
        self.hints.setVisible(bool(hints))

    def leave(self) -> None:
        """Write it down; what cannot be is said beside its field."""
        found, day = self._farewell, self._read_day()
        if found is None or day.value is None:
            self._check_day()
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        employer = self.employer.value()
        asked = Leaving(
            found.affiliation,
            day.value,
            int(self.successor.value() or 0) or None,
            self.tasks.chosen(),
            int(employer) if employer.isdigit() and not self._new_account else None,
            self._new_account,
            self.title.text(),
        )
        try:
            self.desk.save(partial(leaving.leave, self.desk.workspace, asked), self._saved)
        except Invalid as error:
            self._say_wrong(error.problems)

    def _say_wrong(self, problems: Mapping[str, str]) -> None:
        for name, each in self.rows.items():
            each.set_state("err" if name in problems else "", each.caption.text())
            each.set_finding(problems.get(name, ""))
        wrong = next((each for name, each in self.rows.items() if name in problems), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, needs_primary: bool) -> None:  # noqa: FBT001 - what the service says
        self.dismiss()
        words = _("Has left. There is no primary contact now.") if needs_primary else _("Has left. The history stays.")
        self.desk.done(words)
        if self._then is not None:
            self._then()

    def _read_day(self) -> Reading[date]:
        """The last day, as a date or as people say it, such as “yesterday” or “月底”."""
        read = Day().read(self.day.text())
        said = when.read(self.day.text(), datetime.now().astimezone(), over=True) if read.value is None else None
        return Reading(said.at.date()) if said is not None and not said.rest else read

    def _check_day(self, _text: str = "") -> None:
        read = self._read_day()
        wrong = "\n".join(each.text for each in read.findings) if read.value is None else ""
        if read.value is None and not wrong:
            wrong = _("Write the last day.")
        is_told = read.value is not None and Day().read(self.day.text()).value is None
        said = show_date(read.value, language()) if read.value is not None and is_told else ""
        self.rows["to_date"].set_state("err" if wrong else "", said)
        self.rows["to_date"].set_finding(wrong)
        self.done.setEnabled(not wrong)

    def _colleagues(self) -> list[tuple[str, str]]:
        return [(str(key), words) for key, words in self._farewell.colleagues] if self._farewell else []

    def _choose_successor(self, code: str) -> None:
        self.successor.show_text(code, dict(self._colleagues()).get(code, ""))
        self.tasks.prefer_successor(is_there=bool(code))

    def _here(self) -> set[int]:
        return {self._farewell.account_id} if self._farewell else set()

    def _choose_employer(self, code: str) -> None:
        self._new_account = ""
        if not code:
            self.employer.show_text("")

    def _name_employer(self, name: str) -> None:
        self._new_account = name
        self.employer.show_text(name, name)
