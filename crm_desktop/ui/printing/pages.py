"""A document on pages: a title on the first, its name on the others, numbers on all; black on white."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextTable,
)

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _
from crm_desktop.services.printing.document import Document
from crm_desktop.ui import theme
from crm_desktop.ui.printing.flow import BODY, INCH, NOTHING, SMALL, STRONG, Flow, type_face

A4 = QSizeF(210, 297)
SIDE, TOP, FOOT = 18.0, 24.0, 16.0
"""Where the text stands, in millimetres from the edges of the paper; above it is the head."""
TITLE_ROOM = 12.0
"""What the title takes of the first page, below the head of the others."""
HEAD_RULE = 20.0
TITLE = 19.0
ONE_LINE = 4.0
RESOLUTION = 300
TALLEST = 0.5
"""The share of a page that what is kept together takes at most; what is taller goes on where it is."""
MOST_BREAKS = 40
"""Each has the pages laid out again; so long a table may break within a row at last."""


class Pages:
    """The pages of a document for one device."""

    def __init__(self, document: Document, device: QPaintDevice, size: QSizeF, *, is_whole: bool = True) -> None:
        self._document, self._device, self._is_whole = document, device, is_whole
        self._dots = device.logicalDpiY() / INCH
        self._body = QSizeF(size.width() - 2 * SIDE * self._dots, size.height() - (TOP + FOOT) * self._dots)
        self.flow = Flow(device)
        self.flow.document.setPageSize(self._body)
        self.flow.leave_room(TITLE_ROOM)
        self.flow.write(document.parts)
        self._keep_rows()
        self._keep_headings()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.flow.document.pageCount()

    def text(self) -> str:
        """All that stands in the body, as plain text."""
        return self.flow.document.toPlainText().replace(NOTHING, "")

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, the first is 0, from the corner of the paper."""
        painter.save()
        self._paint_head(painter, number)
        painter.translate(SIDE * self._dots, TOP * self._dots - number * self._body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, number * self._body.height(), self._body.width(), self._body.height())
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, theme.on_paper("ink"))
        context.palette = palette
        painter.setClipRect(context.clip)
        self.flow.document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_head(self, painter: QPainter, number: int) -> None:
        """Title or name at the left, when it was printed and the number of the page at the right, a rule below."""
        rule = HEAD_RULE + (TITLE_ROOM if number == 0 else 0)
        line = QRectF(SIDE * self._dots, 0, self._body.width(), (rule - 2) * self._dots)
        page = f"{number + 1}/{self.count}" if self._is_whole else f"{number + 1}"
        stamp, small = f"{self._document.stamp} · {page}", type_face(SMALL)
        room = line.width() - QFontMetricsF(small, self._device).horizontalAdvance(stamp) - 6 * self._dots
        painter.setPen(theme.on_paper("ink"))
        if number == 0:
            large = type_face(TITLE, STRONG)
            wide = QFontMetricsF(large, self._device).horizontalAdvance(self._document.title) + 4 * self._dots
            self._paint_words(painter, line, large, self._document.title, room)
            aside = line.adjusted(wide, 0, 0, -0.9 * self._dots)
            self._paint_words(painter, aside, type_face(BODY), self._document.subject, room - wide)
        else:
            name = f"{self._document.title} · {self._document.subject}"
            self._paint_words(painter, line, small, name, room)
        painter.setFont(small)
        painter.setPen(theme.on_paper("soft"))
        painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, stamp)
        rule_line = QRectF(line.left(), rule * self._dots, line.width(), 0.25 * self._dots)
        painter.fillRect(rule_line, theme.on_paper("ink"))

    def _paint_words(self, painter: QPainter, line: QRectF, font: QFont, words: str, room: float) -> None:
        """Paint words at the left end of a line, as many of them as there is room for."""
        shown = QFontMetricsF(font, self._device).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)

    def alone(self, block: QTextBlock) -> bool:
        """Whether a heading stands at the foot of a page, and what it heads on the next one."""
        layout, after = self.flow.document.documentLayout(), block.next()
        if not after.isValid():
            return False
        here = layout.blockBoundingRect(block).bottom() // self._body.height()
        there = (layout.blockBoundingRect(after).top() + ONE_LINE * self._dots) // self._body.height()
        return there > here

    def page_of(self, table: QTextTable, row: int) -> int:
        """The page on which a row of a table begins, the first is 0."""
        return int(self._edges(table, row, row)[0] // self._body.height())

    def split(self, table: QTextTable, first: int, last: int) -> bool:
        """Whether some rows of a table, which would fit on one page, stand on two."""
        (top, end), height = self._edges(table, first, last), self._body.height()
        return end // height > top // height and end - top <= TALLEST * height

    def _edges(self, table: QTextTable, first: int, last: int) -> tuple[float, float]:
        """Where what is written in some rows of a table begins and ends."""
        layout = self.flow.document.documentLayout()
        cells = [table.cellAt(row, column) for row in (first, last) for column in range(table.columns() - 1)]
        tops = [layout.blockBoundingRect(each.firstCursorPosition().block()).top() for each in cells]
        ends = [layout.blockBoundingRect(each.lastCursorPosition().block()).bottom() for each in cells]
        return min(tops), max(ends) - 1

    def _keep_rows(self) -> None:
        """Move rows that would break to the next page; the first ones take their headings along."""
        breaks = 0
        for table, together in self.flow.tables:
            groups = [(0, together - 1), *((row, row) for row in range(together, table.rows()))]
            for first, last in groups:
                if breaks < MOST_BREAKS and self.split(table, first, last):
                    breaks += 1
                    self._move(table, first)

    def _move(self, table: QTextTable, row: int) -> None:
        """Begin a page with a row of a table; its last cell, which is empty, stays."""
        if row == 0:
            self.flow.break_before(self._with_headings(self.flow.document.findBlock(table.firstPosition() - 1)))
            return
        for column in range(table.columns() - 1):
            self.flow.break_before(table.cellAt(row, column).firstCursorPosition().block())

    def _keep_headings(self) -> None:
        """Move headings that stand alone to the next page, with the headings right above them."""
        for heading in self.flow.headings:
            if self.alone(heading):
                self.flow.break_before(self._with_headings(heading))

    def _with_headings(self, block: QTextBlock) -> QTextBlock:
        """The first of the headings right above a paragraph, or the paragraph itself."""
        numbers = {each.blockNumber() for each in self.flow.headings}
        while block.previous().blockNumber() in numbers:
            block = block.previous()
        return block


def pdf(document: Document) -> bytes:
    """A document as a PDF file of A4 pages with its fonts in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"{document.title} {document.subject}".strip())
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    paint_on(document, writer)
    return bytes(buffer.data().data())


def paint_on(document: Document, device: QPagedPaintDevice) -> int:
    """Paint all pages on a printer or into a file; gives how many there are.

    Raises FileProblem when the printer is not there.
    """
    size = QSizeF(device.pageLayout().fullRectPixels(device.logicalDpiY()).size())
    pages = Pages(document, device, size)
    painter = QPainter(device)
    if not painter.isActive():
        raise FileProblem(_("The printer did not answer. Nothing was printed."))
    for number in range(pages.count):
        if number:
            device.newPage()
        pages.paint(painter, number)
    painter.end()
    return pages.count


class Sheets:
    """The pages of a document as pictures, each painted when it is asked for."""

    def __init__(self, document: Document, dots_per_inch: float, *, is_whole: bool = True) -> None:
        dots = dots_per_inch / INCH
        self._image = QImage(round(A4.width() * dots), round(A4.height() * dots), QImage.Format.Format_RGB32)
        for each in (self._image.setDotsPerMeterX, self._image.setDotsPerMeterY):
            each(round(dots * 1000))
        self.pages = Pages(document, self._image, QSizeF(self._image.size()), is_whole=is_whole)

    def picture(self, number: int) -> QImage:
        """One page, the first is 0."""
        image = self._image.copy()
        image.fill(theme.on_paper("paper"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.pages.paint(painter, number)
        painter.end()
        return image
