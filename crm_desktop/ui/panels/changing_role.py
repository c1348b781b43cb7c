"""Another role at the same account: the new title or department from a day on; the old one stays in the history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.kinds import Day
from crm_desktop.services import contacts, leaving
from crm_desktop.services.clock import now
from crm_desktop.services.contacts import Place
from crm_desktop.text.dates import show_date
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.panels.panel import Panel, key_words, on_control_enter, page_of
from crm_desktop.ui.panels.printing import record_of
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class RolePanel(Panel):
    """One form, saved by Ctrl+Enter."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Role changed"), width=560)
        self._host = window
        self._place: Place | None = None
        self.subject = Elide("", "small")
        self.title, self.department, self.day = LineEditor(), LineEditor(), LineEditor()
        self.title.offer(partial(contacts.usual_titles, desk.workspace))
        self.rows = {
            "title": FieldRow(_("Job title"), self.title),
            "department": FieldRow(_("Department"), self.department),
            "from_date": FieldRow(_("From"), self.day),
        }
        align_labels(self.rows.values())
        about = row(self.subject)
        about.setStretch(0, 1)
        self.add_head(
            Picture("position", "accentText", 20), label(_("Role changed"), "heading"), about, Kbd(key_words("Esc"))
        )
        self.body.addLayout(column(*self.rows.values(), spacing=6, margins=(18, 12, 18, 12)))
        self.done = primary(_("Save"), "check", self.save)
        cancel = secondary(_("Cancel"), act=self.dismiss)
        old = label(_("The role until now stays in the history."), "caption")
        on_control_enter(self, self.save)
        self.add_foot(old, None, Kbd(key_words("Ctrl+Return")), cancel, self.done)

    @override
    def show_up(self) -> None:
        found = record_of(page_of(self._host))
        key = found[1] if found and found[0] == "contact" else None
        places = contacts.places(self.desk.workspace, contact=key) if key else []
        current = [each for each in places if each.status == CURRENT]
        if current:
            self.ask(current[0])
        else:
            self.desk.say(_("Choose a contact who works at an account first."), "info")

    def ask(self, place: Place) -> None:
        """Ask about a place."""
        self._place = place
        self.subject.setText(f"{place.contact} · {place.account}")
        self.title.show_text(place.title)
        self.department.show_text(place.department)
        today = now().day
        self.day.show_text(today.isoformat(), show_date(today, language()))
        self._say({})
        self.open(self.title)
        self.title.selectAll()

    def save(self) -> None:
        """Write it down; what cannot be is said beside its field."""
        place, day = self._place, Day().read(self.day.text())
        if place is None:
            return
        if day.value is None:
            self._say({"from_date": "\n".join(each.text for each in day.findings) or _("Write the first day.")})
            return
        texts, on = {"title": self.title.text(), "department": self.department.text()}, day.value
        try:
            self.desk.save(lambda: leaving.change_role(self.desk.workspace, place.id, texts, on), self._saved)
        except Invalid as error:
            self._say(error.problems)

    def _say(self, problems: dict[str, str]) -> None:
        for name, each in self.rows.items():
            each.set_state("err" if name in problems else "")
            each.set_finding(problems.get(name, ""))

    def _saved(self, _key: int) -> None:
        self.dismiss()
        self.desk.done(_("Role changed. The one until now stays in the history."))
