"""An appointment, or any other task, on one small card: what, when, where and with whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language
from crm_desktop.model import Account, Contact, picks
from crm_desktop.model.task import MEETING
from crm_desktop.services import calendar, finding, tasks, today
from crm_desktop.services.tasks import Draft
from crm_desktop.text.dates import show_day
from crm_desktop.ui import theme
from crm_desktop.ui.panels import appointment_times as times
from crm_desktop.ui.panels.panel import ENTER, Panel, is_press, key_words, page_of
from crm_desktop.ui.panels.people_button import PeopleButton
from crm_desktop.ui.widgets.boxes import Item, column, row, set_look
from crm_desktop.ui.widgets.buttons import danger, primary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.in_place import InPlaceText
from crm_desktop.ui.widgets.labels import Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.services.today import Now
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.widgets.pick_list import Choice

FOUND = 8
LABELS = 96
NOBODY = ""
HOUR = 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is on the card before anything is typed: a task that is there, or a new one."""

    draft: Draft
    task: int | None = None


class Appointment(Panel):
    """Enter saves, Esc leaves everything as it was."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Appointment"), width=620, top=80)
        self._host = window
        self._asked = _Asked(Draft(""))
        self._clock: Callable[[], Now] | None = None
        self.title = _line(_("What is planned"))
        self.title.setProperty("kind", "big")
        kinds = [(each.code, each.label) for each in picks.of("task_kind")]
        self.kind = InPlaceChoice(kinds, MEETING)
        self.day, self.begin, self.end = _line(_("Date")), _line(_("From")), _line(_("Until"))
        self.understood = label("", "caption")
        self.place = _line(_("Place"))
        self.about = InPlaceChoice(self._find_anybody, placeholder=_("Account or contact"))
        self.people = PeopleButton(_("Add people…"), self._find_people)
        self.note = InPlaceText(placeholder=_("Note"), most_lines=5)
        self.wrong = label("", "err", wrap=True)
        self.delete_button = danger(_("Delete"), "delete", self.remove)
        self.save_button = primary(_("Save"), "check", self.save).explain(_("Save"), key_words("Return"))
        self._lay_out()
        for each in (self.day, self.begin, self.end):
            each.textChanged.connect(self._understand)
        for each in (self.title, self.day, self.begin, self.end, self.place):
            each.installEventFilter(self)

    def _lay_out(self) -> None:
        self.add_head(Picture("calendar", "accentText", 20), self.title, Kbd(key_words("Esc")))
        for words, widget in ((_("Kind"), self.kind), (_("About"), self.about), (_("Note"), self.note)):
            widget.setAccessibleName(words)
        when = row(self.day, label(_("From"), "label"), self.begin, label(_("Until"), "label"), self.end, spacing=8)
        when.setStretch(0, 2)
        when.setStretch(2, 1)
        when.setStretch(4, 2)
        lines = (
            _labelled(_("Kind"), self.kind),
            _labelled(_("Date"), when),
            _labelled("", self.understood),
            _labelled(_("Place"), self.place),
            _labelled(_("About"), self.about),
            _labelled(_("People"), row(self.people, None)),
            _labelled(_("Note"), self.note),
        )
        self.wrong.hide()
        self.body.addLayout(column(*lines, self.wrong, spacing=8, margins=(20, 14, 20, 14)))
        self.add_foot(self.delete_button, None, self.save_button, Kbd("↵"))

    @override
    def show_up(self) -> None:
        """Begin an appointment in the next full hour, about the record on screen."""
        at = today.now()
        starts = calendar.wall(at.at, at).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.begin_new(starts, starts + timedelta(hours=1), today.now, has_time=True)
        page = page_of(self._host)
        entity, key = (page.current() if page is not None else None) or ("", 0)
        if entity == "contact":
            self._show_people(replace(self._asked.draft, contact=key))
        elif entity == "account":
            self._show_people(replace(self._asked.draft, account=key))

    def begin_new(self, starts: datetime, ends: datetime | None, clock: Callable[[], Now], *, has_time: bool) -> None:
        """Begin an appointment on the clock of the wall."""
        at = clock()
        draft = Draft(
            "",
            MEETING,
            calendar.moment(starts, at),
            has_time=has_time,
            ends_at=None if ends is None else calendar.moment(ends, at),
        )
        self._begin(_Asked(draft), clock)

    def begin_edit(self, task: int, clock: Callable[[], Now]) -> None:
        """Show a task that is there."""
        self._begin(_Asked(tasks.load(self.desk.workspace, task), task), clock)

    def _begin(self, asked: _Asked, clock: Callable[[], Now]) -> None:
        self._asked, self._clock = asked, clock
        draft, at = asked.draft, clock()
        self.title.setText(draft.title)
        self.kind.set_value(draft.kind)
        starts = calendar.wall(draft.due_at, at) if draft.due_at else at.local(at.at)
        ends = draft.ends_at and calendar.wall(draft.ends_at, at)
        for line, text in zip(
            (self.day, self.begin, self.end), times.shown(starts, ends, has_time=draft.has_time), strict=True
        ):
            line.setText(text)
        if draft.due_at is None:
            self.day.clear()
        self.place.setText(draft.place)
        self.note.set_value(draft.note)
        self._show_people(draft)
        self._complain({})
        self.delete_button.setVisible(asked.task is not None)
        self._understand()
        self.open(self.title)
        self.title.selectAll()

    def _show_people(self, draft: Draft) -> None:
        with self.desk.workspace.read() as session:
            contact = session.get(Contact, draft.contact) if draft.contact else None
            account = session.get(Account, draft.account) if draft.account else None
            people = {key: found.full_name for key in draft.people if (found := session.get(Contact, key))}
        if contact is not None:
            self.about.set_value(f"contact:{contact.id}", contact.full_name)
        elif account is not None:
            self.about.set_value(f"account:{account.id}", account.name)
        else:
            self.about.set_value(NOBODY)
        self.people.set_value(people)

    def _find_anybody(self, query: str) -> list[Choice]:
        found = finding.find(self.desk.workspace, query, FOUND, ("contact", "account")) if query.strip() else []
        hits = [(f"{each.entity}:{each.id}", " · ".join(filter(None, (each.name, each.subtitle)))) for each in found]
        return [*hits, (NOBODY, _("Nobody in particular"))]

    def _find_people(self, query: str) -> list[Choice]:
        return [(str(each.id), each.name) for each in finding.find(self.desk.workspace, query, FOUND, ("contact",))]

    def read_times(self) -> times.Times:
        """From when until when, as it is typed."""
        assert self._clock is not None
        at = self._clock()
        return times.read(self.day.text(), self.begin.text(), self.end.text(), at.local(at.at))

    def _understand(self) -> None:
        """Say which day was understood, and for how long."""
        if self._clock is None:
            return
        found = self.read_times()
        if found.starts is None:
            self.understood.setText(_("No date understood"))
            return
        now = self._clock()
        day = show_day(found.starts.date(), now.day, language())
        whole = "" if found.has_time else _("All day")
        length = ""
        if found.has_time and found.ends is not None and found.ends > found.starts:
            minutes = int((found.ends - found.starts).total_seconds() // 60)
            text = _("{hours} h {minutes} min") if minutes >= HOUR else _("{minutes} min")
            length = text.format(hours=minutes // HOUR, minutes=minutes % HOUR)
        self.understood.setText(" · ".join(filter(None, (day, whole, length))))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and is_press(event, ENTER):
            self.save()
            return True
        return super().eventFilter(watched, event)

    def draft(self, found: times.Times) -> Draft:
        """What is on the card; what it does not show stays as it was."""
        entity, _colon, key = self.about.value().partition(":")
        contact = int(key) if entity == "contact" else None
        account = int(key) if entity == "account" else None
        before = self._asked.draft
        if contact is not None and contact == before.contact:
            account = before.account
        return replace(
            before,
            title=self.title.text(),
            kind=self.kind.value(),
            due_at=found.starts,
            has_time=found.has_time,
            ends_at=found.ends,
            place=self.place.text().strip(),
            note=self.note.toPlainText().strip(),
            people=tuple(each for each in self.people.value() if each != contact),
            contact=contact,
            account=account,
        )

    def save(self) -> None:
        """Keep what is on the card, as one step to undo."""
        found = self.read_times()
        draft, task, workspace = self.draft(found), self._asked.task, self.desk.workspace
        if found.wrong:
            self._complain(found.wrong)
            return
        write = (
            partial(tasks.create, workspace, draft) if task is None else partial(tasks.change, workspace, task, draft)
        )
        try:
            self.desk.save(write, lambda _key: self.desk.done(workspace.undo_title or ""))
        except Invalid as error:
            self._complain(error.problems)
            return
        self.dismiss()

    def remove(self) -> None:
        """Put the task in the bin."""
        task, workspace = self._asked.task, self.desk.workspace
        if task is not None:
            self.desk.save(
                partial(tasks.remove, workspace, task), lambda _none: self.desk.done(workspace.undo_title or "")
            )
            self.dismiss()

    def _complain(self, wrong: dict[str, str]) -> None:
        lines = {"title": self.title, times.DAY: self.day, times.BEGIN: self.begin, times.END: self.end}
        for name, line in lines.items():
            set_look(line, "state", "err" if name in wrong else "")
        self.wrong.setText("\n".join(wrong.values()))
        self.wrong.setVisible(bool(wrong))
        first = next((line for name, line in lines.items() if name in wrong), None)
        if first is not None:
            first.setFocus()


def _line(words: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(words)
    made.setPlaceholderText(words)
    return made


def _labelled(words: str, item: Item) -> QHBoxLayout:
    caption = label(words, "label")
    caption.setFixedWidth(theme.px(LABELS))
    box = row(caption, item, spacing=8)
    box.setStretch(1, 1)
    return box
