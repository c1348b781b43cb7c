"""The place to write down what was said just now: a kind, a text, the next step, and Ctrl+Enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.text import durations
from crm_desktop.text.when import Moment
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.files.strip import FileStrip
from crm_desktop.ui.icons import icon
from crm_desktop.ui.timeline import first_words
from crm_desktop.ui.timeline.growing_text import GrowingText
from crm_desktop.ui.timeline.next_step import NextStepLine
from crm_desktop.ui.timeline.with_whom import WithWhom
from crm_desktop.ui.timeline.words import CALL, IN, NOTE, OUT, kind_icon, kind_word, moment_words
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.buttons import SMALL, Button, Tool, primary
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.labels import Elide, Kbd, label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Stored

KINDS = (CALL, "visit", "mail", "chat", NOTE)
WITH_MINUTES = (CALL, "visit", "meeting")
WITH_PLACE = ("visit", "meeting")
NO_ANSWER = "no_answer"
SIDES = 12
NARROWEST = 300
WIDE = 600
"""The room from which on two lines stand in one."""


@dataclass(frozen=True, slots=True)
class Written:
    """All that stands in the composer: what is to be logged, or a draft that waits."""

    kind: str = CALL
    text: str = ""
    outcome: str = ""
    direction: str = OUT
    moment: Moment | None = None
    minutes: str = ""
    next_step: str = ""
    people: tuple[str, ...] = ()
    """Codes of those who took part, see `taking_part`."""
    files: tuple[Stored, ...] = ()
    place: str = ""
    details_confirmed: bool = False
    is_literal: bool = False
    """The first words were put back, so they are text."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        said = (self.text, self.next_step, self.minutes, self.place)
        return not self.files and not any(each.strip() for each in said)

    @property
    def duration(self) -> int | None:
        """The minutes, where the kind has any."""
        return durations.read(self.minutes) if self.kind in WITH_MINUTES else None

    @property
    def where(self) -> str:
        """The place, where the kind has one."""
        return self.place.strip() if self.kind in WITH_PLACE else ""


class Composer(QFrame):
    """Where one logs; it knows no data, `written` carries what is to be kept."""

    written = Signal(object, object)
    """A `Written` and the `Planned` next step."""
    files_given = Signal(object)
    """Makers of what was pasted or dropped; the pane gives the kept files to `files`."""
    files_asked = Signal()
    """Somebody wants to choose files."""
    left = Signal()
    """Esc: back to the timeline; the draft stays."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Log what happened"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._moment: Moment | None = None
        self._other = ""
        self._has_head = False
        self._is_literal = False
        self._build()
        self._listen()
        self.fill(Written())

    def _build(self) -> None:
        kinds = [(code, kind_icon(code), kind_word(code)) for code in KINDS]
        self.kinds = Segmented(_("Kind of activity"), kinds, CALL, scope=self)
        self._key = Kbd(_keys("Ctrl+L"))
        self.subject = Elide("", "caption")
        self.people = WithWhom()
        self._understood = QWidget()
        self._moments = row(spacing=6)
        self._understood.setLayout(self._moments)
        self.text = GrowingText()
        self.text.setPlaceholderText(_("What was said, how they felt, what happens next…"))
        self.text.setAccessibleName(_("What happened"))
        self.files = FileStrip()
        self.files.changed.connect(lambda: self.complain(""))
        self.clip = Tool("attachment", _("Attach files…"), self.files_asked.emit, side=SMALL)
        self.wrong = label("", "err", wrap=True)
        self.wrong.hide()
        self.next = NextStepLine()
        self._make_details()
        self._lay_out()

    def _make_details(self) -> None:
        self.incoming = Button(_("Incoming"), "filter")
        self.incoming.setCheckable(True)
        self.incoming.explain(_("They called or wrote to us"), _keys("Ctrl+I"))
        self.minutes = QLineEdit()
        self.minutes.setPlaceholderText(_("min"))
        self.minutes.setAccessibleName(_("Minutes"))
        self.minutes.setToolTip(_("How long it took: 20, 20 min, 1h30"))
        self.minutes.setFixedWidth(theme.px(60))
        self.place = QLineEdit()
        self.place.setPlaceholderText(_("Place"))
        self.place.setAccessibleName(_("Place"))
        self.confirmed = Button(_("Details confirmed"), "filter")
        self.confirmed.setCheckable(True)
        self.confirmed.explain(_("Asked whether phone, mail and address are still right"), _keys("Ctrl+D"))
        self.no_answer = Button(_("No answer"), "filter", act=self._log_no_answer)
        self.no_answer.explain(_("Log a call that nobody took"), _keys("Ctrl+0"))
        self.save_button = primary(_("Save"), act=self.save).explain(_("Save the entry"), _keys("Ctrl+Return"))

    def _lay_out(self) -> None:
        who = row(self.subject, self.people, self.confirmed, self.clip, spacing=6)
        who.setStretch(0, 1)
        details = row(self.incoming, self.minutes, self.place, None, self.no_answer, self.save_button, spacing=4)
        self._top, self._bottom = row(row(self.kinds, None, self._key), who), row(self.next, details, spacing=6)
        self._bottom.setStretch(0, 1)
        self.setLayout(
            column(
                self._top,
                self._understood,
                self.text,
                self.files,
                self.wrong,
                self._bottom,
                spacing=6,
                margins=(SIDES, 8, SIDES, 10),
            )
        )

    def _listen(self) -> None:
        self.kinds.changed.connect(self.set_kind)
        self.text.at_typed.connect(self._ask_whom)
        self.text.textChanged.connect(self._read_head)
        self.text.put_back.connect(self._take_literally)
        self.text.files_given.connect(self.files_given)
        for does, act in (
            ("save", self.save),
            ("no_answer", self._log_no_answer),
            ("confirmed", self.confirmed.toggle),
            ("direction", self._turn_round),
        ):
            for keys in page_keys.COMPOSER.named(does).keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

    # What stands in it

    def content(self) -> Written:
        """What stands in it now."""
        return Written(
            kind=self.kind(),
            text=self.text.toPlainText(),
            direction=IN if self.incoming.isChecked() else OUT,
            moment=self._moment,
            minutes=self.minutes.text(),
            next_step=self.next.text(),
            people=self.people.value(),
            files=self.files.value(),
            place=self.place.text(),
            details_confirmed=self.confirmed.isChecked(),
            is_literal=self._is_literal,
        )

    def fill(self, written: Written) -> None:
        """Show a draft, or an empty one."""
        self._has_head = False
        self._is_literal = True  # only what somebody types is looked at for its first words
        self.text.setPlainText(written.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.incoming.setChecked(written.direction == IN)
        self.minutes.setText(written.minutes)
        self.next.set_text(written.next_step)
        self.people.set_value(written.people)
        self.files.set_value(written.files)
        self.place.setText(written.place)
        self.confirmed.setChecked(written.details_confirmed)
        self._moment = written.moment
        self._is_literal = written.is_literal
        self.set_kind(written.kind)
        self.complain("")

    def show_subject(self, words: str) -> None:
        """Say for whom is logged."""
        self.subject.setText(words)
        if self._top.direction() == QBoxLayout.Direction.LeftToRight:
            self._fit_width()

    def kind(self) -> str:
        """The kind of activity."""
        return self._other or self.kinds.value()

    def set_kind(self, kind: str) -> None:
        """Choose the kind of activity; one that has no place of its own is shown as a chip."""
        self._other = "" if kind in KINDS else kind
        if self._other:
            self.kinds.clear()
        else:
            self.kinds.set_value(kind)
        self._show_chips()
        self._fit_kind()

    def complain(self, sentence: str) -> None:
        """Say beside the text what is missing."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.text.setAccessibleDescription(sentence)

    # What one does

    def save(self) -> None:
        """Give away what was written, or say what is missing."""
        written = self.content()
        if not written.text.strip() and not written.files:
            self.complain(_("Write what was said, or choose “No answer”."))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._has_good_minutes():
            self.written.emit(written, self.next.planned())

    def _log_no_answer(self) -> None:
        self.set_kind(CALL)
        now = self.content()
        call = Written(CALL, now.text, NO_ANSWER, OUT, now.moment, people=now.people, files=now.files)
        self.written.emit(call, self.next.planned())

    def _has_good_minutes(self) -> bool:
        typed = self.minutes.text().strip()
        if self.minutes.isHidden() or not typed or durations.read(typed) is not None:
            return True
        self.complain(_("Minutes are a whole number, such as 8."))
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _read_head(self) -> None:
        """Take the first words off when they say what kind of entry it is, and show what they said."""
        if self.text.toPlainText().strip():
            self.complain("")
        now, follows = datetime.now().astimezone(), self._has_head and not self.minutes.text()
        head = None if self._is_literal else first_words.read(self.text.toPlainText(), now, follows=follows)
        if head is None:
            return
        self._has_head = True
        if head.kind:
            self.set_kind(head.kind)
        if head.direction:
            self.incoming.setChecked(head.direction == IN)
        if head.moment:
            self._set_moment(head.moment)
        if head.minutes is not None:
            self.minutes.setText(str(head.minutes))
        self.text.take_off(head.length)

    def _take_literally(self) -> None:
        """What was taken off and put back is text."""
        self._is_literal = True

    def _set_moment(self, moment: Moment | None) -> None:
        self._moment = moment
        self._show_chips()

    def _show_chips(self) -> None:
        """What was understood and has no place of its own: another kind, a past moment."""
        empty(self._moments)
        moment = self._moment
        self._understood.setVisible(bool(self._other or moment))
        if self._other:
            kind = TagChip(kind_word(self._other), "accent")
            kind.setAccessibleName(_("It is logged as {kind}, press Delete for a call").format(kind=kind.text()))
            kind.removed.connect(self._be_a_call)
            self._moments.addWidget(kind)
        if moment is not None:
            today = datetime.now().astimezone().date()
            chip = TagChip(moment_words(moment.at, today, has_time=moment.has_time), "ok")
            chip.setAccessibleName(_("It was {moment}, press Delete for now").format(moment=chip.text()))
            chip.removed.connect(self._be_now)
            self._moments.addWidget(chip)
        self._moments.addStretch(1)

    def _be_now(self) -> None:
        self._set_moment(None)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _be_a_call(self) -> None:
        self.set_kind(CALL)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_round(self) -> None:
        if not self.incoming.isHidden():
            self.incoming.toggle()

    def _ask_whom(self) -> None:
        """After an @, offer those who could have taken part; the @ goes when somebody was chosen."""
        before = self.people.value()
        opened = self.people.add_one()

        def back() -> None:
            if self.people.value() != before:
                self.text.take_off_at()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

        opened.closed.connect(back)

    def _fit_kind(self) -> None:
        kind = self.kind()
        self.incoming.setVisible(kind != NOTE)
        self.minutes.setVisible(kind in WITH_MINUTES)
        self.place.setVisible(kind in WITH_PLACE)
        self.no_answer.setVisible(kind == CALL)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(NARROWEST), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        """Where there is little room, do without what only helps: icons, and the key by which one came."""
        room = self.width() - 2 * SIDES
        is_wide = room >= theme.px(WIDE)
        in_one = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        for box in (self._top, self._bottom):
            box.setDirection(in_one)
        self.kinds.show_icons(shown=True)
        needed = self.kinds.sizeHint().width()
        for button, name in ((self.incoming, "incoming"), (self.no_answer, NO_ANSWER)):
            button.setIcon(icon(name, "text2", 16) if needed <= room else QIcon())
        beside = (self.subject, self.people, self.confirmed, self.clip) if is_wide else ()
        needed += sum(each.sizeHint().width() + theme.px(8) for each in beside)
        self.kinds.show_icons(shown=needed <= room)
        self._key.setVisible(needed + self._key.sizeHint().width() + theme.px(8) <= room)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
