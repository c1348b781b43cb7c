"""The files of an account or contact: its own, and those of its people, talks and tasks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter, QPainterPath, QPixmap
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.jobs import Job
from crm_desktop.services import attachments
from crm_desktop.services.attachments import Attached
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import pictures, words
from crm_desktop.ui.files.attaching import Attaching
from crm_desktop.ui.files.incoming import Maker, files_in
from crm_desktop.ui.files.verbs import FileVerbs
from crm_desktop.ui.files.work import FileWork
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.pages.accounts.detail_rows import RecordRow
from crm_desktop.ui.pages.accounts.growing_card import GrowingCard
from crm_desktop.ui.widgets.labels import Caption

RENAME, REMOVE = page_keys.FILES.codes("rename"), page_keys.FILES.codes("remove")
AT_FIRST = 6
SIDE = 56
"""A small picture at twice its size, in pixels."""
MOST_KEPT = 300
LARGEST_SEEN = 20_000_000
"""Bytes of a picture of which a small one is made."""


class FileRow(RecordRow):
    """A file: Enter, Space or a click shows it, F2 renames, Delete removes, the menu does all."""

    renamed = Signal()
    removed = Signal()
    pasted = Signal()

    def __init__(self, fill_menu: Callable[..., object]) -> None:
        super().__init__(square=True, fill_menu=fill_menu)
        self._icon = "file"

    def show_file(self, file: Attached, small: QPixmap | None) -> None:
        """Show a file, by a small picture of it where there is one."""
        self._icon = words.file_icon(file.name)
        self.say(
            file.name,
            words.facts(file, datetime.now().astimezone().date()),
            chip=(words.caution(file), "warn"),
        )
        self.show_photo(small)

    @override
    def paint_picture(self, painter: QPainter, area: QRectF) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(area, 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._photo is None:
            painter.fillPath(outline, theme.soft("accent")[0])
            inset = theme.px(6)
            tone = "warn" if self._icon == "warn" else "accentText"
            paint_icon(painter, area.adjusted(inset, inset, -inset, -inset), self._icon, tone)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(outline)
        painter.drawPixmap(area, self._photo, QRectF(self._photo.rect()))
        painter.restore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RENAME:
            self.renamed.emit()
        elif event.key() in REMOVE:
            self.removed.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)


class FilesCard(GrowingCard):
    """Rows for files; dropped and pasted ones are attached to the record on show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Files"), "attachment", at_first=AT_FIRST)
        self.owner: tuple[str, int] = ("", 0)
        self.attaching, self.verbs = Attaching(desk, self), FileVerbs(desk, self)
        self._thumbs = FileWork(desk, self)
        self._small: OrderedDict[str, QPixmap | None] = OrderedDict()
        self.nothing = Caption(_("Drop files here, or paste a picture"))
        self.add_row(self.nothing)
        self.add_action(_("Attach files…"), self.choose)
        theme.changed.connect(self.update)

    def show_files(self, entity: str, key: int, files: Sequence[Attached]) -> None:
        """Show the files of a record."""
        self.title.setText(_("Files {count}").format(count=len(files)) if files else _("Files"))
        self.nothing.setVisible(not files)
        self.show_things((entity, key), files)

    def choose(self) -> None:
        """Ask for files and attach them."""
        self.attaching.choose(self.window(), *self.owner)

    def take(self, makers: Sequence[Maker]) -> None:
        """Attach what was dropped or pasted."""
        self.attaching.attach(*self.owner, makers)

    def paste(self) -> None:
        """Attach the files or the picture on the clipboard."""
        found = files_in(QGuiApplication.clipboard().mimeData())
        if found:
            self.take(found)
        else:
            self.desk.say(_("There is no picture and no file on the clipboard."), "info")

    def rows(self) -> list[FileRow]:
        """The rows on show."""
        return [each for each in self._lines if not each.isHidden()]

    @override
    def make_row(self, index: int) -> FileRow:
        made = FileRow(lambda menu: self.verbs.fill_menu(menu, self.things, index))
        made.clicked.connect(lambda: self.verbs.preview(self.things, index))
        made.renamed.connect(lambda: self.verbs.rename(self.things[index]))
        made.removed.connect(lambda: self.verbs.remove(self.things[index]))
        made.pasted.connect(self.paste)
        return made

    @override
    def say_row(self, shown: FileRow, thing: Attached) -> None:
        shown.show_file(thing, self._small_of(thing))

    def _small_of(self, file: Attached) -> QPixmap | None:
        """A small picture of a file, made in a thread when it is first wanted."""
        if not words.is_picture(file.name) or file.size > LARGEST_SEEN:
            return None
        if file.sha256 not in self._small:
            self._small[file.sha256] = None
            if len(self._small) > MOST_KEPT:
                self._small.popitem(last=False)
            self._thumbs.start(_shrinking(self.desk, file), partial(self._take_small, file.sha256))
        return self._small[file.sha256]

    def _take_small(self, sha256: str, image: QImage | None) -> None:
        if image is None or sha256 not in self._small:
            return
        self._small[sha256] = QPixmap.fromImage(image)
        for file, line in zip(self.things, self._lines, strict=False):
            if file.sha256 == sha256:
                line.show_photo(self._small[sha256])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)


def _shrinking(desk: Desk, file: Attached) -> Job[QImage | None]:
    """Make a small, square picture of a file; run in a thread. What is damaged has none."""
    yield from ()
    try:
        data = attachments.content(desk.workspace, file)
    except UserError:
        return None
    image = pictures.decoded(data, QSize(4 * SIDE, 4 * SIDE))
    if image is None:
        return None
    side = min(image.width(), image.height())
    middle = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    mode = Qt.TransformationMode.SmoothTransformation
    return middle.scaled(SIDE, SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
