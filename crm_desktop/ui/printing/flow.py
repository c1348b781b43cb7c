"""The parts of a document as a flow of text that Qt breaks into lines and pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QImage,
    QPaintDevice,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from crm_desktop.i18n import language
from crm_desktop.services.printing.document import (
    BOX,
    Checks,
    Facts,
    Heading,
    Lines,
    Notes,
    Paragraph,
    Part,
    Said,
    Table,
)
from crm_desktop.ui import theme

BODY, SMALL, HEADING, DAY = 10.0, 8.5, 10.5, 9.5
"""Sizes of type in points."""
NORMAL, STRONG = 400, 700
INCH = 25.4
INDENT = 4.0
BELOW_TABLE = 3.5
LINE_HEIGHT = 9.0
"""Between two lines to write on, in millimetres as all lengths here."""
FACT_WIDTHS, NOTE_WIDTHS = (12, 40, 12, 36), (26, 74)
NOTHING = "\u200b"
"""A letter without width."""
BREAKS_LINES = str.maketrans({"\r": None, "\n": "\u2028"})
"""A text stays one paragraph, however many lines it has."""
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class Flow:
    """Writes parts one after another into a document for one device, which decides how wide letters are."""

    def __init__(self, device: QPaintDevice) -> None:
        self.document = QTextDocument()
        self.headings: list[QTextBlock] = []
        self.tables: list[tuple[QTextTable, int]] = []
        """Each with how many of its first rows stay together."""
        self._dots = QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiY() / INCH
        self._is_fresh = True
        """Whether the cursor stands in an empty paragraph that nothing was written to yet."""
        layout = self.document.documentLayout()
        layout.setPaintDevice(device)
        self.document.setDocumentMargin(0)
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(type_face(BODY, NORMAL))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document.setDefaultTextOption(option)
        self.cursor = QTextCursor(self.document)

    def length(self, millimetres: float) -> float:
        """A length as Qt wants it: in dots of the screen, which it turns into those of the device itself."""
        return millimetres * self._dots

    def write(self, parts: Sequence[Part]) -> None:
        """Write all the parts, laid out once they are all there: after each cell, a long table would take seconds."""
        self.cursor.beginEditBlock()
        for each in parts:
            WRITERS[type(each)](self, each)
        self.cursor.endEditBlock()

    def leave_room(self, millimetres: float) -> None:
        """Leave room at the beginning, for what is painted there."""
        self._begin()
        room = QTextBlockFormat()
        room.setLineHeight(self.length(millimetres), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.cursor.setBlockFormat(room)
        self._add(NOTHING, soft())  # an empty paragraph before a table has no height

    def heading(self, part: Heading) -> None:
        """A heading, larger for a part than for a part of a part."""
        self._begin(above=3.4 if part.is_small else 5, below=0.8 if part.is_small else 1.2)
        self._add(part.text, _look(DAY if part.is_small else HEADING, STRONG))
        self.headings.append(self.cursor.block())

    def paragraph(self, part: Paragraph) -> None:
        """A sentence."""
        self._begin(above=1)
        self._add(part.text, soft())

    def checks(self, part: Checks) -> None:
        """A box to tick before each."""
        for each in part.texts:
            self._begin(left=INDENT, hanging=INDENT, above=0.8)
            self._add(f"{BOX} {each}", plain())

    def said(self, part: Said) -> None:
        """Who and how in one line, what was said and what is next below it."""
        self._begin(above=2)
        self._add(f"{part.at}  ", soft())
        self._add(part.who, _look(BODY, STRONG))
        self._add(f"  {part.how}", soft())
        self.headings.append(self.cursor.block())
        for text in filter(None, (part.text, *part.steps)):
            self._begin(left=INDENT, above=0.4)
            self._add(text, plain())

    def facts(self, part: Facts) -> None:
        """Labels and values in two columns."""
        table = self._table(max(len(part.left), len(part.right), 1), FACT_WIDTHS, padding=1.3)
        for column, facts in ((0, part.left), (2, part.right)):
            for row, each in enumerate(facts):
                self._fill(table, row, column, ((each.label, soft()),))
                gap = " " if each.strong and each.text else ""
                texts = ((each.strong, _look(BODY, STRONG)), (f"{gap}{each.text}", plain()))
                self._fill(table, row, column + 1, texts)
        self._leave()

    def notes(self, part: Notes) -> None:
        """Labels, and a text beside each."""
        table = self._table(len(part.rows), NOTE_WIDTHS, padding=1)
        for row, (label, text) in enumerate(part.rows):
            self._fill(table, row, 0, ((label, soft()),))
            self._fill(table, row, 1, ((text, plain()),))
        self._leave()

    def table(self, part: Table) -> None:
        """A table, ruled below each row, whose header stands on every page."""
        table = self._table(len(part.rows) + 1, part.widths, padding=1, headers=1)
        for column, text in enumerate(part.header):
            self._fill(table, 0, column, ((text, soft()),))
            self._rule(table, 0, column, "ink")
        for row, cells in enumerate(part.rows, start=1):
            for column, text in enumerate(cells):
                self._fill(table, row, column, ((text, plain()),))
                self._rule(table, row, column, "hairline")
        self._leave()

    def lines(self, part: Lines) -> None:
        """Blank lines to write on."""
        table = self._table(part.count, (100,), padding=0)
        self.tables[-1] = (table, part.count)
        for row in range(part.count):
            self._rule(table, row, 0, "ink", above=LINE_HEIGHT - 5)
        self._leave()

    def break_before(self, block: QTextBlock) -> None:
        """Begin a new page with a paragraph."""
        look = QTextBlockFormat()
        look.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(block).mergeBlockFormat(look)

    def _begin(self, *, above: float = 0, below: float = 0, left: float = 0, hanging: float = 0) -> None:
        """Begin a paragraph with room above, below and to the left of it."""
        look = QTextBlockFormat()
        look.setTopMargin(self.length(above))
        look.setBottomMargin(self.length(below))
        look.setLeftMargin(self.length(left))
        look.setTextIndent(-self.length(hanging))
        look.setLineHeight(112, PROPORTIONAL)
        if self._is_fresh:
            self.cursor.setBlockFormat(look)
        else:
            self.cursor.insertBlock(look)
        self._is_fresh = False

    def _add(self, text: str, look: QTextCharFormat) -> None:
        self.cursor.insertText(text.translate(BREAKS_LINES), look)

    def _table(self, rows: int, widths: Sequence[int], *, padding: float, headers: int = 0) -> QTextTable:
        look = QTextTableFormat()
        look.setBorder(0)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        look.setCellSpacing(0)
        look.setCellPadding(self.length(padding))
        look.setHeaderRowCount(headers)
        look.setBottomMargin(self.length(BELOW_TABLE))
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shares = [QTextLength(QTextLength.Type.PercentageLength, each) for each in widths]
        look.setColumnWidthConstraints([*shares, QTextLength(QTextLength.Type.FixedLength, 0)])
        table = self.cursor.insertTable(rows, len(widths) + 1, look)
        for row in range(rows):
            self._flatten(table, row)
        self.tables.append((table, headers + 1))
        return table

    def _flatten(self, table: QTextTable, row: int) -> None:
        """Leave no room in the last cell of a row, which stays behind when the others begin a page.

        Qt moves a row whose cells all go to the next page there itself, and then they would go on to the page after it.
        """
        cell = table.cellAt(row, table.columns() - 1)
        look = cell.format().toTableCellFormat()
        look.setLeftPadding(0)
        look.setRightPadding(0)
        cell.setFormat(look)

    def _fill(self, table: QTextTable, row: int, column: int, texts: Sequence[tuple[str, QTextCharFormat]]) -> None:
        cursor = table.cellAt(row, column).firstCursorPosition()
        for text, look in texts:
            cursor.insertText(text.translate(BREAKS_LINES), look)

    def _rule(self, table: QTextTable, row: int, column: int, colour: str, above: float = 0) -> None:
        """Draw a line below a cell."""
        cell = table.cellAt(row, column)
        look = cell.format().toTableCellFormat()
        look.setBottomBorder(self.length(0.2))
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(theme.on_paper(colour))
        if above:
            look.setTopPadding(self.length(above))
        cell.setFormat(look)

    def _leave(self) -> None:
        """Go on below a table, in the empty paragraph that Qt keeps there."""
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_fresh = True
        look = QTextBlockFormat()
        look.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.cursor.setBlockFormat(look)


def type_face(size: float, weight: int = NORMAL) -> QFont:
    """The font of what is printed, in the language of the interface."""
    font = QFont()
    font.setFamilies(theme.families(language()))
    font.setPointSizeF(size)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _look(size: float, weight: int = NORMAL, colour: str = "ink") -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(type_face(size, weight))
    look.setForeground(theme.on_paper(colour))
    return look


def plain() -> QTextCharFormat:
    """How values and what was said look."""
    return _look(BODY)


def soft() -> QTextCharFormat:
    """How labels look."""
    return _look(SMALL, colour="soft")


WRITERS: dict[type, Callable[[Flow, Any], None]] = {
    Heading: Flow.heading,
    Facts: Flow.facts,
    Table: Flow.table,
    Notes: Flow.notes,
    Checks: Flow.checks,
    Paragraph: Flow.paragraph,
    Said: Flow.said,
    Lines: Flow.lines,
}
