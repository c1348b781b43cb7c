"""Papers in the window: what will be printed is seen first, then goes to a printer or into a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.services import activities
from crm_desktop.services.activities import Narrowed
from crm_desktop.services.printing import words
from crm_desktop.services.printing.day_list import day_list
from crm_desktop.services.printing.hand_over import hand_over
from crm_desktop.services.printing.visit_sheet import visit_sheet
from crm_desktop.services.printing.week import week
from crm_desktop.ui import theme
from crm_desktop.ui.panels.folder import show_in_folder
from crm_desktop.ui.panels.panel import HasChosen, HasDay, HasList, HasTimeline, Panel, key_words, page_of
from crm_desktop.ui.printing.flow import INCH
from crm_desktop.ui.printing.pages import A4, Sheets, paint_on
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Button, primary, secondary, tool
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.services.printing.document import Document
    from crm_desktop.ui.desk import Desk

WIDTH, EDGE = 640, 24
PREVIEWED, PRINTED = 60, 2000
"""So many entries of a timeline are shown, and go to a printer; a file holds all of them."""
PDF, TEXT = ".pdf", ".txt"
ENTITIES = ("account", "contact")


class Sheet(QWidget):
    """One page as it will be printed, white in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_page(self, image: QImage) -> None:
        """Show a page."""
        self._image = image
        self.setFixedSize((QSizeF(image.size()) / self.devicePixelRatioF()).toSize())
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(theme.tone("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Area(QScrollArea):
    """As large as the page where the window allows, else it scrolls."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.setWidget(sheet)
        self.setAccessibleName(_("Preview"))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        return self._sheet.size()


class Paper(Panel):
    """Shows a paper page by page; what it is about is looked up each time the panel opens."""

    icon = "print"
    title = ""
    verb = ""
    """What the command line calls it, which writes the files."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _(self.title), width=WIDTH, top=48)
        self._host = window
        self._sheets: Sheets | None = None
        self._number, self._is_whole = 0, True
        self._worker: Worker | None = None
        self.subject = Elide("", "small")
        self.sheet = Sheet()
        self.area = Area(self.sheet)
        self.page = label("", "caption")
        self.before = tool("up", _("Page before"), partial(self.turn, -1))
        self.after = tool("down", _("Next page"), partial(self.turn, 1))
        self.text_button = secondary(_("Save as text…"), "export_file", partial(self._choose, TEXT))
        self.pdf_button = secondary(_("Save as PDF…"), "pdf", partial(self._choose, PDF))
        self.print_button = primary(_("Print…"), "print", self._ask_printer)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.subject, *self.extras(), spacing=6)
        head.setStretch(0, 1)
        self.add_head(
            Picture(self.icon, "accentText", 20), label(_(self.title), "heading"), head, Kbd(key_words("Esc"))
        )
        inside = column(self.area, margins=(EDGE, 14, EDGE, 8))
        inside.setStretch(0, 1)
        self.body.addLayout(inside, 1)
        self.add_foot(self.before, self.after, self.page, None, self.text_button, self.pdf_button, self.print_button)

    def extras(self) -> tuple[QWidget, ...]:
        """What else stands in the head."""
        return ()

    def document(self, most: int) -> Document:
        """The paper, of a timeline its newest entries."""
        raise NotImplementedError

    def arguments(self) -> list[str]:
        """What the command line is told besides the file."""
        return []

    def is_whole(self) -> bool:
        """Whether all of it can be seen here."""
        return True

    @override
    def show_up(self) -> None:
        self.show_paper()
        self.open(self.print_button)

    def show_paper(self) -> None:
        """Lay the paper out and show its first page."""
        document = self.document(PREVIEWED)
        self._is_whole = self.is_whole()
        remark = "" if self._is_whole else _("the file holds everything")
        self.subject.setText(words.joined(document.subject, remark))
        across = theme.px(WIDTH) - 2 * theme.px(EDGE) - theme.px(20)
        dots = across * self.sheet.devicePixelRatioF() / A4.width() * INCH
        self._sheets = Sheets(document, dots, is_whole=self._is_whole)
        self._number = 0
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show the next page (1) or the one before (-1)."""
        if self._sheets is None:
            return
        count = self._sheets.pages.count
        self._number = min(max(self._number + by, 0), count - 1)
        self.sheet.show_page(self._sheets.picture(self._number))
        self.area.verticalScrollBar().setValue(0)
        self.before.setEnabled(self._number > 0)
        self.after.setEnabled(self._number < count - 1)
        told = _("Page {page} of {count}") if self._is_whole else _("Preview, page {page}")
        self.page.setText(told.format(page=self._number + 1, count=count))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_PageUp.value: -1, Qt.Key.Key_PageDown.value: 1}.get(event.key())
        if by:
            self.turn(by)
        super().keyPressEvent(event)

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: Any) -> None:
        """Print all pages on a `QPrinter`; its module is loaded only when somebody prints."""
        printer.setFullPage(True)
        document = self.document(PRINTED)
        printer.setDocName(f"{document.title} {document.subject}".strip())
        pages = paint_on(document, printer)
        self.dismiss()
        self.desk.say(_("Sent to the printer: {name}, pages: {count}").format(name=document.title, count=pages), "ok")

    def _choose(self, suffix: str) -> None:
        folder = Path(str(self.desk.settings.layout.get("export_folder") or Path.home()))
        document = self.document(1)
        name = " ".join(filter(None, (document.title, document.subject))).translate(NOT_IN_NAMES)
        begin = str((folder if folder.is_dir() else Path.home()) / f"{name}{suffix}")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as"), begin, f"{suffix[1:].upper()} (*{suffix})")
        if chosen:
            self.write(Path(chosen) if chosen.lower().endswith(suffix) else Path(f"{chosen}{suffix}"))

    def write(self, target: Path) -> None:
        """Have a worker write the file; the window stays free meanwhile."""
        if self._worker is not None:
            self.desk.say(_("One paper is still being written. Wait a moment."), "info")
            return
        arguments = ["print", self.verb, *self.arguments(), "--to", str(target), "--data", str(self.desk.folder.path)]
        self.dismiss()
        self._worker = Worker(arguments, self)
        self._worker.finished.connect(partial(self._finish, target))
        self._worker.failed.connect(self._fail)
        self.desk.ask("progress", (_("Writing {name}").format(name=target.name), 0, 0, None))
        self._worker.start()

    def _end(self) -> None:
        self.desk.ask("progress", None)
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def _finish(self, target: Path, _told: Mapping[str, Any]) -> None:
        self._end()
        self.desk.settings.layout["export_folder"] = str(target.parent)
        text = _("Saved as {name}").format(name=target.name)
        self.desk.say(text, "ok", _("Show in folder"), partial(show_in_folder, target))

    def _fail(self, reason: str) -> None:
        self._end()
        self.desk.say(_("No file was written. {reason}").format(reason=reason), "warn")


class RecordPaper(Paper):
    """A paper about the account or contact on screen, or the first one chosen in a list."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk)
        self._entity, self._key = "", 0

    @override
    def show_up(self) -> None:
        found = record_of(page_of(self._host))
        if found is None:
            self.desk.say(_("Choose an account or a contact first."), "info")
            return
        self._entity, self._key = found
        super().show_up()

    @override
    def arguments(self) -> list[str]:
        return [f"--{self._entity}", str(self._key)]


class VisitPaper(RecordPaper):
    """The visit sheet."""

    title, verb = N_("Visit sheet"), "visit"

    @override
    def document(self, most: int) -> Document:
        return visit_sheet(self.desk.workspace, self._entity, self._key)


class HandOverPaper(RecordPaper):
    """The hand-over document; of a long timeline the newest entries are seen here."""

    title, verb = N_("Hand-over"), "hand-over"

    @override
    def extras(self) -> tuple[QWidget, ...]:
        self.only_seen = Button(_("Only what is on screen"), "filter", act=self.show_paper)
        self.only_seen.setCheckable(True)
        self._narrowed = Narrowed(branches=True)
        return (self.only_seen,)

    @override
    def show_up(self) -> None:
        """Begin with what the timeline on screen is narrowed to, if it is the record's."""
        self._narrowed = _shown_on(page_of(self._host)) or Narrowed(branches=True)
        is_narrowed = bool(self._narrowed.kinds or self._narrowed.text or self._narrowed.person is not None)
        self.only_seen.setVisible(is_narrowed)
        self.only_seen.setChecked(is_narrowed)
        super().show_up()

    def narrowed(self) -> Narrowed:
        """Which entries are in the document."""
        return self._narrowed if self.only_seen.isChecked() else Narrowed(branches=self._narrowed.branches)

    @override
    def document(self, most: int) -> Document:
        return hand_over(self.desk.workspace, self._entity, self._key, most, self.narrowed())

    @override
    def arguments(self) -> list[str]:
        narrowed, found = self.narrowed(), super().arguments()
        for kind in narrowed.kinds:
            found += ["--kind", kind]
        if narrowed.person is not None:
            found += ["--person", str(narrowed.person)]
        if narrowed.text:
            found.append(f"--text={narrowed.text}")
        return found if narrowed.branches else [*found, "--no-branches"]

    @override
    def is_whole(self) -> bool:
        account, contact = (self._key, None) if self._entity == "account" else (None, self._key)
        total = activities.count(self.desk.workspace, account=account, contact=contact, narrowed=self.narrowed())
        return total <= PREVIEWED


class DayPaper(Paper):
    """The tasks of a day; the arrows lead to other days."""

    title, verb = N_("Day list"), "day"

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._day: date = words.today()
        super().__init__(window, desk)

    @override
    def extras(self) -> tuple[QWidget, ...]:
        earlier = tool("back", _("Day before"), partial(self.step, -1))
        later = tool("forward", _("Next day"), partial(self.step, 1))
        return earlier, secondary(_("Today"), "", self._show_today), later

    @override
    def show_up(self) -> None:
        self._day = words.today()
        super().show_up()

    def step(self, days: int) -> None:
        """Show another day."""
        self._day += timedelta(days=days)
        self.show_paper()

    def _show_today(self) -> None:
        self._day = words.today()
        self.show_paper()

    @override
    def document(self, most: int) -> Document:
        return day_list(self.desk.workspace, self._day)

    @override
    def arguments(self) -> list[str]:
        return ["--date", self._day.isoformat()]


def _shown_on(page: object) -> Narrowed | None:
    """What of the timeline is on screen, where the page shows one."""
    return page.timeline_shown() if isinstance(page, HasTimeline) else None


class WeekPaper(DayPaper):
    """The week that the calendar shows, or this one; the arrows lead to other weeks."""

    title, verb = N_("Week"), "week"

    @override
    def extras(self) -> tuple[QWidget, ...]:
        earlier = tool("back", _("Week before"), partial(self.step, -7))
        later = tool("forward", _("Next week"), partial(self.step, 7))
        return earlier, secondary(_("This week"), "", self._show_today), later

    @override
    def show_up(self) -> None:
        page: object = page_of(self._host)
        self._day = page.day_shown() if isinstance(page, HasDay) else words.today()
        Paper.show_up(self)

    @override
    def document(self, most: int) -> Document:
        return week(self.desk.workspace, self._day)


def record_of(page: object) -> tuple[str, int] | None:
    """The account or contact that a page shows, or the first one chosen in its list."""
    from crm_desktop.ui.page import Page

    shown = page.current() if isinstance(page, Page) else None
    if shown is None and isinstance(page, HasList) and isinstance(page, HasChosen):
        shown = next(((page.listing().entity.__tablename__, each) for each in page.chosen_keys()), None)
    return shown if shown and shown[0] in ENTITIES else None


NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', " "))
"""What a file cannot be called."""
