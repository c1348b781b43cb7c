"""A look at attached files without another program: pictures, texts and saved mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QStackedWidget, QWidget

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, pgettext
from crm_desktop.text import file_names, mail_file
from crm_desktop.ui import theme
from crm_desktop.ui.files import pictures, words
from crm_desktop.ui.files.taking import Taking
from crm_desktop.ui.files.work import FileWork
from crm_desktop.ui.panels.panel import Panel, key_words
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import Tool, primary, secondary
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture

if TYPE_CHECKING:
    from crm_desktop.jobs import Job
    from crm_desktop.services.attachments import Attached
    from crm_desktop.ui.desk import Desk

WIDTH, HEIGHT = 860, 460
MOST_TEXT = 200_000
"""Bytes of a text that are shown."""
LARGEST_LOOK = 60_000_000
"""Bytes of a file that is looked into."""


@dataclass(frozen=True, slots=True)
class Look:
    """What can be shown of a file: a picture, a text, or a sentence that says why neither."""

    image: QImage | None = None
    text: str = ""
    reason: str = ""


class FilePreview(Panel):
    """One file at a time; Left and Right go on to the others, Space or Esc closes."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, pgettext("file", "Preview"), width=WIDTH, top=64)
        self._files: Sequence[Attached] = ()
        self._place = 0
        self._work, self._taking = FileWork(desk, self), Taking(desk, self)
        self._icon = Picture("file", "accentText", 20)
        self.title = Elide("", "heading")
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.caution = Chip("", "warn", "warn")
        self.counter = Elide("", "caption")
        self.before = Tool("back", _("Previous file"), partial(self.step, -1))
        self.after = Tool("forward", _("Next file"), partial(self.step, 1))
        self.add_head(
            self._icon, self.title, self.caution, self.counter, self.before, self.after, Kbd(key_words("Esc"))
        )
        self._build_body()
        self.facts = Elide("", "caption")
        self.save_button = secondary(_("Save as…"), "download", self._save)
        self.open_button = primary(_("Open a copy"), act=self._open)
        self.add_foot(self.facts, None, self.save_button, self.open_button)
        keys = (("Left", self.before.click), ("Right", self.after.click), ("Space", self.dismiss))
        for key, act in keys:  # as shortcuts, because buttons take these keys for themselves
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # as an argument it is not taken up
            shortcut.activated.connect(act)

    def _build_body(self) -> None:
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Text of the file"))
        self.nothing = EmptyState("file", "")
        self.stack = QStackedWidget()
        for each in (self.nothing, self.picture, self.text):
            self.stack.addWidget(each)
        self.stack.setFixedHeight(theme.px(HEIGHT))
        self.body.addLayout(column(self.stack, margins=(14, 10, 14, 10)))

    def show_files(self, files: Sequence[Attached], place: int = 0) -> None:
        """Show one of several files."""
        self._files = files
        self._show(place)
        self.open(self.open_button if self.open_button.isEnabled() else self.save_button)

    def file(self) -> Attached:
        """The file on show."""
        return self._files[self._place]

    def is_reading(self) -> bool:
        """Whether the file is still being read."""
        return self._work.is_busy()

    def step(self, by: int) -> None:
        """Go on to another file."""
        if 0 <= self._place + by < len(self._files):
            self._show(self._place + by)

    def _show(self, place: int) -> None:
        self._place = place
        file = self.file()
        self._icon.set_icon(words.file_icon(file.name), "accentText")
        self.title.setText(file.name)
        warning = words.caution(file)
        self.caution.set(warning, "warn", "warn")
        self.caution.setVisible(bool(warning))
        several = len(self._files) > 1
        self.counter.setText(_("{place} of {count}").format(place=place + 1, count=len(self._files)) if several else "")
        for tool, by in ((self.before, -1), (self.after, 1)):
            tool.setVisible(several)
            tool.setEnabled(0 <= place + by < len(self._files))
        self.facts.setText(words.facts(file, datetime.now().astimezone().date()))
        self.open_button.setEnabled(file.is_usual)
        self._say("")
        side = self.devicePixelRatioF()
        largest = QSize(round(theme.px(WIDTH) * side), round(theme.px(HEIGHT) * side))
        self._work.start(_looking(self.desk, file, largest), partial(self._take, file))

    def _take(self, file: Attached, look: Look) -> None:
        if file is not self.file():
            return
        if look.image is not None:
            shown = QPixmap.fromImage(look.image)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.picture.setPixmap(shown)
            self.picture.setAccessibleName(file.name)
            self.stack.setCurrentWidget(self.picture)
        elif look.reason:
            self._say(look.reason)
        else:
            self.text.setPlainText(look.text)
            self.stack.setCurrentWidget(self.text)

    def _say(self, sentence: str) -> None:
        self.nothing.say(sentence)
        self.stack.setCurrentWidget(self.nothing)

    def _open(self) -> None:
        self._taking.open_copy(self.file())

    def _save(self) -> None:
        self._taking.save_as(self.file())


def _looking(desk: Desk, file: Attached, largest: QSize) -> Job[Look]:
    """Look into a file; run in a thread."""
    from crm_desktop.services import attachments

    yield from ()
    if file.size > LARGEST_LOOK:
        return Look(reason=_("This file is too large to be shown here."))
    try:
        data = attachments.content(desk.workspace, file)
    except UserError as error:
        return Look(reason=str(error))
    ending = file_names.ending_of(file.name)
    if ending in file_names.PICTURES:
        image = pictures.decoded(data, largest)
        return Look(image) if image else Look(reason=_("This picture is damaged or too large to be shown."))
    if ending == file_names.MAIL:
        return Look(text=_mail_words(mail_file.read(data)))
    if ending in file_names.TEXTS:
        return Look(text=mail_file.decoded(data[:MOST_TEXT]))
    return Look(reason=_("There is no preview of this kind of file."))


def _mail_words(mail: mail_file.MailFile) -> str:
    at = f"{mail.at.astimezone():%Y-%m-%d %H:%M}" if mail.at else ""
    lines = (
        (pgettext("mail", "From"), mail.sender),
        (pgettext("mail", "To"), mail.to),
        (pgettext("mail", "Date"), at),
        (pgettext("mail", "Subject"), mail.subject),
    )
    head = "\n".join(f"{word}: {said}" for word, said in lines if said)
    return f"{head}\n\n{mail.text}"
