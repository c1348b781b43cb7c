"""The place to write down what was said just now: a kind, a text, the next step, and Ctrl+Enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.text.when import Moment
from crm_desktop.ui import theme
from crm_desktop.ui.files.incoming import files_in, holds_files
from crm_desktop.ui.files.strip import FileStrip
from crm_desktop.ui.icons import icon
from crm_desktop.ui.text_keys import asks_for_undo
from crm_desktop.ui.timeline import first_words
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

LEAST_LINES, MOST_LINES = 2, 5
KINDS = (CALL, "visit", "mail", "chat", NOTE)
WITH_MINUTES = (CALL, "visit")
LONGEST_TALK = 24 * 60
NO_ANSWER = "no_answer"
SIDES = 12
NARROWEST = 300


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
    files: tuple[Stored, ...] = ()
    is_literal: bool = False
    """The first words were put back, so they are text."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self.text.strip() or self.next_step.strip() or self.minutes.strip() or self.files)

    @property
    def duration(self) -> int | None:
        """The minutes, where the kind has any."""
        typed = self.minutes.strip()
        return int(typed) if self.kind in WITH_MINUTES and typed else None


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
        self._moments = row(spacing=0)
        self.text = GrowingText()
        self.text.setPlaceholderText(_("What was said, how they felt, what happens next…"))
        self.text.setAccessibleName(_("What happened"))
        self.files = FileStrip()
        self.files.changed.connect(lambda: self.complain(""))
        self.clip = Tool("attachment", _("Attach files…"), self.files_asked.emit, side=SMALL)
        self.wrong = label("", "err", wrap=True)
        self.wrong.hide()
        self.next = NextStepLine()
        self.incoming = Button(_("Incoming"), "filter")
        self.incoming.setCheckable(True)
        self.incoming.explain(_("They called or wrote to us"))
        self.minutes = QLineEdit()
        self.minutes.setPlaceholderText(_("min"))
        self.minutes.setAccessibleName(_("Minutes"))
        self.minutes.setFixedWidth(theme.px(54))
        self.no_answer = Button(_("No answer"), "filter", act=self._log_no_answer)
        self.no_answer.explain(_("Log a call that nobody took"), _keys("Ctrl+0"))
        self.save_button = primary(_("Save"), act=self.save).explain(_("Save the entry"), _keys("Ctrl+Return"))
        who = row(self.subject, self.people, spacing=6)
        who.setStretch(0, 1)
        who.addLayout(self._moments)
        who.addWidget(self.clip)
        self.setLayout(
            column(
                row(self.kinds, None, self._key),
                who,
                self.text,
                self.files,
                self.wrong,
                self.next,
                row(self.incoming, self.minutes, None, self.no_answer, self.save_button, spacing=4),
                spacing=6,
                margins=(SIDES, 8, SIDES, 10),
            )
        )

    def _listen(self) -> None:
        self.kinds.changed.connect(self._fit_kind)
        self.text.textChanged.connect(self._read_head)
        self.text.put_back.connect(self._take_literally)
        self.text.files_given.connect(self.files_given)
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Ctrl+0", self._log_no_answer)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # What stands in it

    def content(self) -> Written:
        """What stands in it now."""
        return Written(
            kind=self.kinds.value(),
            text=self.text.toPlainText(),
            direction=IN if self.incoming.isChecked() else OUT,
            moment=self._moment,
            minutes=self.minutes.text(),
            next_step=self.next.text(),
            people=self.people.value(),
            files=self.files.value(),
            is_literal=self._is_literal,
        )

    def fill(self, written: Written) -> None:
        """Show a draft, or an empty one."""
        self._is_literal = True  # only what somebody types is looked at for its first words
        self.kinds.set_value(written.kind)
        self.text.setPlainText(written.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.incoming.setChecked(written.direction == IN)
        self.minutes.setText(written.minutes)
        self.next.set_text(written.next_step)
        self.people.set_value(written.people)
        self.files.set_value(written.files)
        self._set_moment(written.moment)
        self._is_literal = written.is_literal
        self._fit_kind()
        self.complain("")

    def show_subject(self, words: str, people: list[tuple[str, str]] | None) -> None:
        """Say for whom is logged; `people` (key, name) are offered where an account's colleagues may take part."""
        self.subject.setText(words)
        self.people.set_choices(people or [])
        self.people.setVisible(bool(people))

    def set_kind(self, kind: str) -> None:
        """Choose the kind of activity."""
        self.kinds.set_value(kind)
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
        if self.minutes.isHidden() or not typed or (typed.isdecimal() and int(typed) <= LONGEST_TALK):
            return True
        self.complain(_("Minutes are a whole number, such as 8."))
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _read_head(self) -> None:
        """Take the first words off when they say what kind of entry it is, and show what they said."""
        if self.text.toPlainText().strip():
            self.complain("")
        head = None if self._is_literal else first_words.read(self.text.toPlainText(), datetime.now().astimezone())
        if head is None:
            return
        if head.kind:
            self.set_kind(head.kind)
        if head.direction:
            self.incoming.setChecked(head.direction == IN)
        if head.moment:
            self._set_moment(head.moment)
        self.text.take_off(head.length)

    def _take_literally(self) -> None:
        """What was taken off and put back is text."""
        self._is_literal = True

    def _set_moment(self, moment: Moment | None) -> None:
        self._moment = moment
        empty(self._moments)
        if moment is not None:
            today = datetime.now().astimezone().date()
            chip = TagChip(moment_words(moment.at, today, has_time=moment.has_time), "ok")
            chip.setAccessibleName(_("It was {moment}, press Delete for now").format(moment=chip.text()))
            chip.removed.connect(self._be_now)
            self._moments.addWidget(chip)

    def _be_now(self) -> None:
        self._set_moment(None)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_kind(self) -> None:
        kind = self.kinds.value()
        self.incoming.setVisible(kind != NOTE)
        self.minutes.setVisible(kind in WITH_MINUTES)
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
        """Where there is little room, do without what only helps: icons, and the key by which one came."""
        super().resizeEvent(event)
        room = self.width() - 2 * SIDES
        self.kinds.show_icons(shown=True)
        needed = self.kinds.sizeHint().width()
        self.kinds.show_icons(shown=needed <= room)
        for button, name in ((self.incoming, "incoming"), (self.no_answer, NO_ANSWER)):
            button.setIcon(icon(name, "text2", 16) if needed <= room else QIcon())
        self._key.setVisible(needed + self._key.sizeHint().width() + theme.px(8) <= room)


class GrowingText(QPlainTextEdit):
    """A text box that grows from two lines to five with what is in it."""

    files_given = Signal(object)
    """Makers of files or of a picture that were pasted or dropped."""
    put_back = Signal()
    """Somebody took back what was done to the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.ensurePolished()  # or the first picture has the height of another font and frame
        self._grow()

    def take_off(self, length: int) -> None:
        """Remove the first letters, so that Ctrl+Z brings them back."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(length, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return holds_files(source) or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if holds_files(source):
            self.files_given.emit(files_in(source))
        else:
            super().insertFromMimeData(source)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.put_back.emit()
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and not self.document().isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self._height())

    def _grow(self) -> None:
        if self._height() != self.height():
            self.setFixedHeight(self._height())

    def _height(self) -> int:
        lines = max(LEAST_LINES, min(MOST_LINES, int(self.document().size().height())))
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + around


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
