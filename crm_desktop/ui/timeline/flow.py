"""Text broken into lines, in the middle of which nothing is cut that belongs together."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

LEADING = 1.42
NEW_LINE = "\u2028"


@dataclass(slots=True)
class Flow:
    """A text in lines, measured once and drawn as often as it is seen."""

    layout: QTextLayout
    width: float
    height: float
    hidden: int
    """How many lines more there are."""
    marks: list[QTextLayout.FormatRange]

    def draw(self, painter: QPainter, left: float, top: float, ink: QColor) -> None:
        """Draw it with its upper left corner there."""
        painter.setPen(ink)
        self.layout.draw(painter, QPointF(left, top), self.marks)


def flow(text: str, font: QFont, width: float, *, most_lines: int = 0) -> Flow:
    """Break `text` between words and hanzi, never before 。and ，; words longer than a line are broken anywhere.

    A text of more than `most_lines` (0: no limit) keeps so many, and tells how many are hidden.
    """
    layout = QTextLayout(text.replace("\r\n", "\n").replace("\n", NEW_LINE), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    step = round(LEADING * font.pixelSize())
    widest, lines = 0.0, 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, lines * step + (step - line.height()) / 2))
        widest = max(widest, line.naturalTextWidth())
        lines += 1
    layout.endLayout()
    if most_lines and lines > most_lines + 1:
        kept = flow(layout.text()[: layout.lineAt(most_lines).textStart()].rstrip(), font, width)
        return Flow(kept.layout, kept.width, kept.height, lines - most_lines, [])
    return Flow(layout, min(widest, width), lines * step, 0, [])


def mark(flowed: Flow, words: Sequence[str], fill: QColor, ink: QColor) -> None:
    """Have every place where one of `words` stands drawn on a coloured ground."""
    text = flowed.layout.text().lower()
    look = QTextCharFormat()
    look.setBackground(fill)
    look.setForeground(ink)
    for word in {each.lower() for each in words}:
        start = text.find(word)
        while start >= 0:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, len(word), look
            flowed.marks.append(found)
            start = text.find(word, start + len(word))


def width_of(text: str, font: QFont) -> float:
    """How wide a text is in one line."""
    return QFontMetricsF(font).horizontalAdvance(text) if text else 0.0


def elided(text: str, font: QFont, width: float) -> str:
    """As much of a text as one line has room for."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
