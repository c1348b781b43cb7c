"""All of a task or an appointment in one panel: every field but the title may stay empty; Ctrl+Enter saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact, picks
from crm_desktop.model.task import MEETING, NORMAL, TO_DO
from crm_desktop.services import task_words, tasks, users
from crm_desktop.services.tasks import Draft
from crm_desktop.store import queries
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui.panels.panel import Panel, key_words, on_control_enter, page_of
from crm_desktop.ui.record_offers import search
from crm_desktop.ui.repeat_line import RepeatLine
from crm_desktop.ui.tasks.moment_line import MomentLine, here_and_now
from crm_desktop.ui.tasks.people_line import PeopleLine
from crm_desktop.ui.timeline.growing_text import GrowingText
from crm_desktop.ui.widgets.boxes import column, set_look
from crm_desktop.ui.widgets.buttons import danger, primary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.fitting_area import GrowingArea
from crm_desktop.ui.widgets.labels import Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

WIDE = ("title", "start_at", "due_at", "ends_at", "repeat", "place", "about", "people", "note")
"""The fields that take a whole line; the others stand two in a line."""
MET = (MEETING, "visit")
USUAL_LENGTH = timedelta(hours=1)


class TaskEditor(Panel):
    """Makes a task, or changes one; what cannot be is said beside its field, and nothing typed is lost."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Task"), width=720, top=48)
        self._host = window
        self._key: int | None = None
        self._kept = Draft("")
        self._left: Draft | None = None
        """A new task that was begun and not saved."""
        self.closed.connect(self._leave)
        self.head = label(_("New task"), "heading")
        self._make_editors()
        self.rows = {name: FieldRow(words, widget) for name, (words, widget) in self._fields().items()}
        self.delete_button = danger(_("Delete"), "delete", self.remove)
        self.save_button = primary(_("Save"), "", self.save).explain(_("Save"), key_words("Ctrl+Return"))
        on_control_enter(self, self.save)
        self.title.returnPressed.connect(self._go_on)
        for line in (self.due.line, self.ends.line, self.start.line, self.repeat.line, self.place):
            line.returnPressed.connect(self.save)
        self._lay_out()
        self.due.changed.connect(self._offer_times)
        self.kind.committed.connect(self._offer_times)

    def _make_editors(self) -> None:
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("What is to be done"))
        self.due = MomentLine(_("Due"), _("tomorrow 10:00, next fri, in 2 weeks"))
        self.ends = MomentLine(_("Ends"), _("11:30"), self._begin)
        self.start = MomentLine(_("Start"), _("not before this day"))
        self.repeat = RepeatLine(self.due.moment)
        for each in (self.ends, self.repeat):
            self.due.changed.connect(each.follow)
        self.remind = InPlaceChoice([("", _("At its time")), *_reminders()])
        self.kind, self.priority = InPlaceChoice(()), InPlaceChoice(())
        self.place, self.note = QLineEdit(), GrowingText()
        self.about = InPlaceChoice(self._found, placeholder=_("An account or a contact"))
        self.people = PeopleLine(self.desk)
        self.owner = InPlaceChoice((), placeholder=_("Me"))
        for choice in (self.remind, self.kind, self.priority, self.about, self.owner):
            choice.frame()

    def _fields(self) -> dict[str, tuple[str, QWidget]]:
        """The rows of the form in their order, by the name of what they hold."""
        return {
            "title": (_("What"), self.title),
            "start_at": (_("Start"), self.start),
            "due_at": (_("Due"), self.due),
            "ends_at": (_("Ends"), self.ends),
            "repeat": (_("Repeat"), self.repeat),
            "remind_minutes": (_("Remind"), self.remind),
            "owner": (_("Owner"), self.owner),
            "kind": (_("Kind"), self.kind),
            "priority": (_("Priority"), self.priority),
            "place": (_("Place"), self.place),
            "about": (_("About"), self.about),
            "people": (_("People"), self.people),
            "note": (_("Note"), self.note),
        }

    def _lay_out(self) -> None:
        self.add_head(Picture("tasks", "accentText", 20), self.head, None, Kbd(key_words("Esc")))
        align_labels(self.rows.values())
        for line, name in ((self.title, "title"), (self.due.line, "due_at")):
            set_look(line, "role", "chief")
            set_look(self.rows[name].label, "role", "strong")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        place = 0
        for name, each in self.rows.items():
            is_wide = name in WIDE
            place += place % 2 if is_wide else 0
            grid.addWidget(each, place // 2, place % 2, 1, 2 if is_wide else 1)
            place += 2 if is_wide else 1
        for number in range(2):
            grid.setColumnStretch(number, 1)
        sheet = QWidget()
        sheet.setLayout(column(grid, margins=(20, 12, 20, 12)))
        area = GrowingArea(sheet)
        area.setAccessibleName(_("Task"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab stops at the fields, which come into sight by themselves
        self.body.addWidget(area)
        self.add_foot(self.delete_button, None, self.save_button, Kbd(key_words("Ctrl+Return")))

    @override
    def show_up(self) -> None:
        """Go on with the task that was begun and left, else begin one about the record on screen."""
        if self._left is not None:
            self._begin_new(self._left)
            return
        self.begin_as(self._about_screen(Draft("")))

    def show_appointment(self) -> None:
        """Begin an appointment of an hour about the record on screen, in the next full hour."""
        starts = here_and_now().replace(minute=0, second=0, microsecond=0) + USUAL_LENGTH
        draft = Draft("", MEETING, starts, has_time=True, ends_at=starts + USUAL_LENGTH)
        self.begin_as(self._about_screen(draft))

    def _about_screen(self, draft: Draft) -> Draft:
        """About the account or the contact that the page shows."""
        page = page_of(self._host)
        shown = page.current() if page is not None else None
        about = dict([shown]) if shown else {}
        return replace(draft, account=about.get("account"), contact=about.get("contact"))

    def begin(self, account: int | None = None, contact: int | None = None) -> None:
        """Ask for a new task about somebody."""
        self.begin_as(Draft("", account=account, contact=contact))

    def begin_as(self, draft: Draft) -> None:
        """Ask for a new task or appointment of which something is known, such as when it is."""
        self._begin_new(replace(draft, owner=self.desk.workspace.author))

    def _begin_new(self, draft: Draft) -> None:
        self._key = None
        self.head.setText(_("New appointment") if draft.kind in MET else _("New task"))
        self._fill(draft)

    def edit(self, key: int) -> None:
        """Show a task to be changed."""
        self._key = key
        draft = tasks.load(self.desk.workspace, key)
        self.head.setText(_("Change the appointment") if draft.kind in MET else _("Change the task"))
        self._fill(draft)

    def _fill(self, draft: Draft) -> None:
        self._kept = draft
        self.delete_button.setVisible(self._key is not None)
        self.title.setText(draft.title)
        self.due.set_moment(draft.due_at, has_time=draft.has_time)
        self.ends.set_moment(draft.ends_at, has_time=draft.has_time)
        self.start.set_moment(draft.start_at, has_time=draft.start_at is not None and _has_time(draft.start_at))
        self.repeat.set_rule(draft.repeat)
        self._offer_reminders(draft.remind_minutes)
        for editor, name, value in ((self.kind, "task_kind", draft.kind), (self.priority, "priority", draft.priority)):
            editor.set_choices([(each.code, each.label) for each in picks.of(name)])
            editor.set_value(value, picks.label(name, value))
        self.place.setText(draft.place)
        for line in (self.place, self.repeat.line):
            line.setCursorPosition(0)  # of what is longer than the line the beginning is seen
        self.note.setPlainText(draft.note)
        self._fill_people(draft)
        self._say({})
        self._offer_times()
        self.open(self.title)

    def _offer_times(self, _kind: str = "") -> None:
        """Offer an end to what has a time of day or may take several days, and a start to what is no appointment."""
        due, is_met = self.due.moment(), self.kind.value() in MET
        self.rows["due_at"].label.setText(_("When") if is_met else _("Due"))
        self.rows["start_at"].setVisible(not is_met or bool(self.start.line.text()))
        can_end = due is not None and (due[1] or is_met)
        self.rows["ends_at"].setVisible(can_end or bool(self.ends.line.text()))

    def _offer_reminders(self, minutes: int | None) -> None:
        other = [] if minutes in (None, *task_words.REMINDERS) else [(str(minutes), task_words.reminder(minutes or 0))]
        self.remind.set_choices([("", _("At its time")), *_reminders(), *other])
        self.remind.set_value(str(minutes) if minutes else "", task_words.reminder(minutes or 0))

    def _fill_people(self, draft: Draft) -> None:
        with self.desk.workspace.read() as session:
            contacts = [each for each in (draft.contact, *draft.people) if each is not None]
            names = queries.names(session, Contact, contacts)
            firm = queries.names(session, Account, [draft.account]).get(draft.account, "") if draft.account else ""
        self.people.set_value({each: names.get(each, "") for each in draft.people})
        if draft.contact is not None:
            self.about.set_value(f"contact:{draft.contact}", names.get(draft.contact, ""))
        else:
            self.about.set_value(f"account:{draft.account}" if draft.account else "", firm)
        everybody = [(str(key), name) for key, name in users.everybody(self.desk.workspace)]
        self.owner.set_choices(everybody)
        owner = str(draft.owner or "")
        self.owner.set_value(owner, dict(everybody).get(owner, ""))

    def draft(self) -> Draft:
        """The task as the form says."""
        due, ends, start = self.due.moment(), self.ends.moment(), self.start.moment()
        entity, _colon, key = self.about.value().partition(":")
        contact = int(key) if entity == "contact" else None
        account = int(key) if entity == "account" else None
        if contact is not None and contact == self._kept.contact:
            account = self._kept.account
        return Draft(
            title=self.title.text(),
            kind=self.kind.value() or TO_DO,
            due_at=_moment(due),
            has_time=due[1] if due else False,
            ends_at=_moment(ends),
            start_at=_start(start) if start else None,
            priority=self.priority.value() or NORMAL,
            place=self.place.text().strip(),
            note=self.note.toPlainText().strip(),
            repeat=self.repeat.rule(),
            remind_minutes=int(self.remind.value()) if self.remind.value() else None,
            account=account,
            contact=contact,
            people=self.people.value(),
            owner=int(self.owner.value()) if self.owner.value() else None,
        )

    def save(self) -> None:
        """Keep the task, or say beside its fields what cannot be."""
        draft, workspace = self.draft(), self.desk.workspace
        wrong = self._misread(draft)
        if wrong:
            self._say(wrong)
            return
        write: Callable[[], object] = partial(tasks.create, workspace, draft)
        if self._key is not None:
            write = partial(tasks.change, workspace, self._key, draft)
        told = (_("Task saved: {title}") if self._key else _("Task added: {title}")).format(title=draft.title.strip())
        try:
            self.desk.save(write, lambda _key: self.desk.done(told))
        except Invalid as error:
            self._say(error.problems)
            return
        self.title.clear()
        self.dismiss()

    def remove(self) -> None:
        """Put the task in the bin."""
        if self._key is not None:
            write = partial(tasks.remove, self.desk.workspace, self._key)
            self.desk.save(write, lambda _none: self.desk.done(_("Task deleted")))
            self.dismiss()

    def _go_on(self) -> None:
        """From the title to the day, and where there is one, save."""
        if self.due.line.text().strip():
            self.save()
        else:
            self.due.setFocus()

    def _leave(self) -> None:
        draft = self.draft() if self._key is None else None
        if draft and draft.title.strip():
            self._left = draft
        elif self._kept is self._left:
            self._left = None

    def _misread(self, draft: Draft) -> dict[str, str]:
        """What was typed and not understood, and what only a task with a time of day can have."""
        lines: dict[str, MomentLine | RepeatLine] = {
            "due_at": self.due,
            "ends_at": self.ends,
            "start_at": self.start,
            "repeat": self.repeat,
        }
        wrong = {name: problem for name, each in lines.items() if (problem := each.problem())}
        ends = self.ends.moment()
        if wrong:
            return wrong
        if draft.has_time:
            return {"ends_at": _("This is not a time of day, such as 10:00.")} if ends and not ends[1] else {}
        needed = _("This needs a time of day when it is due, such as “tomorrow 10:00”.")
        if ends and ends[1]:
            wrong["ends_at"] = needed
        if draft.remind_minutes:
            wrong["remind_minutes"] = needed
        return wrong

    def _say(self, wrong: dict[str, str]) -> None:
        for name, each in self.rows.items():
            each.set_finding(wrong.get(name, ""))
            each.set_state("err" if name in wrong else "")
        if wrong:
            first = next((each for name, each in self.rows.items() if name in wrong), self.rows["title"])
            first.editor.setFocus()

    def _begin(self) -> datetime:
        """When the task begins: its end is reckoned from there."""
        due = self.due.moment()
        return due[0] if due else here_and_now()

    def _found(self, text: str) -> list[tuple[str, str]]:
        """Accounts and contacts that are found by what is typed, and nobody."""
        workspace = self.desk.workspace
        nobody = [("", _("Nobody"))] if not text.strip() else []
        return nobody + [
            (f"{entity}:{key}", name)
            for entity in ("contact", "account")
            for key, name in search(workspace, entity, set)(text)
        ]


def _reminders() -> list[tuple[str, str]]:
    return [(str(each), task_words.reminder(each)) for each in task_words.REMINDERS if each]


def _has_time(at: datetime) -> bool:
    here = at.astimezone()
    return bool(here.hour or here.minute)


def _moment(moment: tuple[datetime, bool] | None) -> datetime | None:
    """Of days that are compared with one another the hour does not count."""
    if moment is None:
        return None
    at, has_time = moment
    return at if has_time else whole_day(at.date())


def _start(moment: tuple[datetime, bool]) -> datetime:
    """A day begins at midnight."""
    at, has_time = moment
    return at if has_time else datetime(at.year, at.month, at.day).astimezone()
