"""Everything of one entry of a timeline, to be edited at once and saved as one step."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import picks
from crm_desktop.model.activity import NONE, SYSTEM
from crm_desktop.services import activities
from crm_desktop.services.activities import Bubble, Entry
from crm_desktop.text import durations, when
from crm_desktop.ui.panels.panel import ENTER, Panel, is_press, key_words, on_control_enter, panel_of
from crm_desktop.ui.panels.picker import MoveEntry
from crm_desktop.ui.timeline import taking_part, words
from crm_desktop.ui.timeline.growing_text import GrowingText
from crm_desktop.ui.timeline.taking_part import colleagues_of, contacts_of, our
from crm_desktop.ui.timeline.with_whom import WithWhom
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class EntryPanel(Panel):
    """Kind, direction, moment, duration, place, people, outcome and text of an entry; Ctrl+Enter saves."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Edit the entry"), width=600, top=56)
        self._bubble: Bubble | None = None
        self._saved_moment = ""
        self.kind = InPlaceChoice(_choices("activity_kind", SYSTEM))
        self.direction = InPlaceChoice(_choices("direction"))
        self.outcome = InPlaceChoice([("", _("None")), *_choices("outcome")], placeholder=_("None"))
        self.moment, self.minutes, self.place = InPlaceLine(), InPlaceLine("", _("Add")), InPlaceLine("", _("Add"))
        self.understood = Chip()
        self.people = WithWhom()
        self.people.offer(self._near, partial(taking_part.people_found, desk.workspace))
        self.confirmed = QCheckBox(_("Details confirmed"))
        self.text = GrowingText(6)
        self.text.setAccessibleName(_("Text of the entry"))
        self.about = Elide("", "caption")
        self.wrong = label("", "err", wrap=True)
        self._lay_out()
        self.moment.textChanged.connect(self._read_moment)
        self.text.at_typed.connect(self._ask_whom)

    def _lay_out(self) -> None:
        self.add_head(
            Picture("edit", "accentText", 20), label(_("Edit the entry"), "heading"), self.about, Kbd(key_words("Esc"))
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        fields = (
            (_("Kind of activity"), self.kind, _("Direction"), self.direction),
            (_("When"), self.moment, _("Minutes"), self.minutes),
            (_("Place"), self.place, _("Outcome"), self.outcome),
        )
        for line, (left, first, right, second) in enumerate(fields):
            for at, said, editor in ((0, left, first), (2, right, second)):
                editor.setAccessibleName(said)
                grid.addWidget(label(said, "label"), line, at)
                grid.addWidget(editor, line, at + 1)
        grid.addWidget(label(_("People"), "label"), len(fields), 0)
        grid.addWidget(self.people, len(fields), 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.confirmed, len(fields), 2, 1, 2)
        grid.addWidget(self.understood, len(fields) + 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        self.body.addLayout(column(grid, self.text, self.wrong, spacing=10, margins=(18, 14, 18, 14)))
        move = secondary(_("Move…"), "forward", self._move)
        self.go = primary(_("Save"), "", self.save).explain(_("Save the entry"), key_words("Ctrl+Return"))
        self.add_foot(move, None, secondary(_("Cancel"), "", self.dismiss), self.go)
        for each in (self.moment, self.minutes, self.place):
            each.installEventFilter(self)
        on_control_enter(self, self.save)

    def begin(self, bubble: Bubble) -> None:
        """Show an entry as it is now."""
        self._bubble = bubble
        self.kind.set_value(bubble.kind)
        self.direction.set_value(bubble.direction)
        self.outcome.set_value(bubble.outcome)
        self._saved_moment = f"{bubble.at.astimezone():%Y-%m-%d %H:%M}"
        self.moment.set_value(self._saved_moment)
        self.minutes.set_value("" if bubble.minutes is None else str(bubble.minutes))
        self.place.set_value(bubble.place)
        self.confirmed.setChecked(bubble.details_confirmed)
        self.text.setPlainText(bubble.summary)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        names = {str(each.id): each.name for each in bubble.people}
        names |= {our(each.id): each.name for each in bubble.colleagues}
        self.people.set_value(tuple(names), names)
        self.about.setText(_("For {name}").format(name=bubble.account) if bubble.account else "")
        self._read_moment()
        self._complain("")
        self.open(self.text)

    def _near(self) -> list[tuple[str, str]]:
        workspace = self.desk.workspace
        account = self._bubble.account_id if self._bubble else None
        return [*taking_part.people_near(workspace, account), *taking_part.those_of_us(workspace)]

    def entry(self) -> Entry:
        """What the fields say; raises Invalid, by field, for what cannot be read."""
        assert self._bubble is not None
        typed = self.minutes.text().strip()
        minutes, at = durations.read(typed) if typed else None, self._moment()
        wrong: dict[str, str] = {}
        if at is None:
            wrong["at"] = _("Write when it was, such as “yesterday 3pm” or “2026-11-20 15:00”.")
        if typed and minutes is None:
            wrong["minutes"] = _("Minutes are a whole number, such as 8.")
        if wrong:
            raise Invalid(wrong)
        kind = self.kind.value()
        return Entry(
            kind,
            self.text.toPlainText(),
            self._bubble.account_id,
            contacts_of(self.people.value()),
            NONE if kind == words.NOTE else self.direction.value(),
            at,
            minutes,
            self.place.text(),
            self.outcome.value(),
            details_confirmed=self.confirmed.isChecked(),
            colleagues=colleagues_of(self.people.value()),
        )

    def save(self) -> None:
        """Keep what the fields say, or say what is wrong."""
        assert self._bubble is not None
        try:
            write = partial(activities.change, self.desk.workspace, self._bubble.id, self.entry())
            self.desk.save(write, lambda _none: self.desk.done(_("Entry changed")))
        except Invalid as problem:
            self._complain(str(problem))
            return
        self.dismiss()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_press(event, ENTER) and watched in (self.moment, self.minutes, self.place):
            self.save()
            return True
        return super().eventFilter(watched, event)

    def _moment(self) -> datetime | None:
        """When it was; a line that nobody touched says what it said."""
        if self.moment.text() == self._saved_moment:
            return self._bubble.at if self._bubble else None
        now = datetime.now().astimezone()
        found = when.read(self.moment.text(), now, over=True)
        return found.at if found is not None and not found.rest else None

    def _read_moment(self) -> None:
        at = self._moment()
        is_new = self.moment.text() != self._saved_moment
        if at is None:
            self.understood.set(_("No date understood"), "warn", "doubt")
        elif is_new:
            today = datetime.now().astimezone().date()
            self.understood.set(words.moment_words(at, today, has_time=True), "ok", "check")
        self.understood.setVisible(is_new)
        self.moment.setAccessibleDescription(self.understood.text() if is_new else "")

    def _ask_whom(self) -> None:
        opened, before = self.people.add_one(), self.people.value()

        def back() -> None:
            if self.people.value() != before:
                self.text.take_off_at()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

        opened.closed.connect(back)

    def _move(self) -> None:
        assert self._bubble is not None
        panel_of(MoveEntry, self.window(), self.desk).begin(self._bubble.id)

    def _complain(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


def _choices(pick_list: str, but: str = "") -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in picks.of(pick_list) if each.code != but]
