"""Drawing days, weeks and months."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from crm_desktop.i18n import _
from crm_desktop.model.task import TO_DO
from crm_desktop.services.calendar import Entry
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.pages.calendar import words
from crm_desktop.ui.pages.calendar.boxes import GAP, Box, DayPlaces, MonthPlaces, More
from crm_desktop.ui.pages.calendar.slots import is_bar, minute_of
from crm_desktop.ui.timeline.words import kind_icon

ROUND, STRIPE, INSIDE, ICON, CARD = 5, 3, 8, 13, 10
SECOND_LINE = 36
"""From this height on, with whom and when stand below the title."""
TEXT_LINE = 16
LEAST_WORDS, LEAST_HANZI = 24, 14
"""In less room than this no word is written: it is told by the pointer, the keys, and in the view of the day."""
ELLIPSIS = "…"
KIND_FROM = 112
"""From this width on the icon of its kind stands beside a title."""
FEW_WORDS = 36
"""With less room than this beside the time, a title says nothing."""
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)
SATURDAY = 5


def paint_hours(painter: QPainter, places: DayPlaces) -> None:
    """The hours and the columns of days, from midnight."""
    width = places.size.width()
    for at, day in enumerate(places.days):
        left = places.gutter + at * places.wide
        if day.weekday() >= SATURDAY:
            painter.fillRect(QRectF(left, 0, places.wide, places.height), theme.tone("sunken"))
    painter.setFont(theme.font(12))
    for hour in range(24):
        y = round(places.y(hour * 60)) + 0.5
        painter.setPen(theme.tone("line"))
        painter.drawLine(QLineF(places.gutter, y, width, y))
        if hour:
            painter.setPen(theme.tone("text3"))
            spot = QRectF(0, y - theme.px(10), places.gutter - theme.px(8), theme.px(20))
            painter.drawText(spot, RIGHT, words.clock(hour * 60))
    painter.setPen(theme.tone("line"))
    for day in places.days:
        left = round(places.left(day)) + 0.5
        painter.drawLine(QLineF(left, 0, left, places.height))


def paint_now(painter: QPainter, places: DayPlaces, now: datetime) -> None:
    """The line of the present moment, on the day it is."""
    if now.date() not in places.days:
        return
    left, y = places.left(now.date()), places.y(minute_of(now))
    painter.setPen(QPen(theme.tone("err"), 2))
    painter.drawLine(QLineF(left, y, left + places.wide, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("err"))
    painter.drawEllipse(QPointF(left, y), theme.px(4), theme.px(4))


def paint_days_head(painter: QPainter, places: DayPlaces, today: date) -> None:
    """The names of the days, and the row of whole days below them."""
    painter.fillRect(QRectF(0, 0, places.size.width(), places.top), theme.tone("surface"))
    for day in places.days:
        spot = QRectF(places.left(day), 0, places.wide, places.head)
        painter.setFont(theme.font(12))
        painter.setPen(theme.tone("accentText" if day == today else "text3"))
        painter.drawText(spot.adjusted(0, theme.px(4), 0, -theme.px(28)), CENTRE, words.weekday(day))
        _paint_number(painter, QRectF(spot.left(), theme.px(20), spot.width(), theme.px(28)), day, today, 16)
    painter.setFont(theme.font(12))
    painter.setPen(theme.tone("text3"))
    spot = QRectF(0, places.head, places.gutter - theme.px(8), places.top - places.head)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(_("All day"), Qt.TextElideMode.ElideRight, int(spot.width()) - 2)
    painter.drawText(spot, RIGHT, text)
    painter.setPen(theme.tone("line"))
    for day in places.days:
        left = round(places.left(day)) + 0.5
        painter.drawLine(QLineF(left, places.head, left, places.top))
    painter.setPen(theme.tone("line2"))
    y = round(places.top) - 0.5
    painter.drawLine(QLineF(0, y, places.size.width(), y))


def _paint_number(painter: QPainter, spot: QRectF, day: date, today: date, size: int, *, dim: bool = False) -> None:
    """The number of a day; today stands in a filled circle."""
    painter.setFont(theme.font(size, 600))
    if day == today:
        side = theme.px(size + 10)
        circle = QRectF(0, 0, side, side)
        circle.moveCenter(spot.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("accent"))
        painter.drawEllipse(circle)
        painter.setPen(theme.tone("onAccent"))
    else:
        painter.setPen(theme.tone("text3" if dim else "text"))
    painter.drawText(spot, CENTRE, str(day.day))


def paint_month(painter: QPainter, places: MonthPlaces, month: int, today: date) -> None:
    """The fields of a month."""
    painter.setFont(theme.font(12))
    for at in range(7):
        spot = QRectF(at * places.wide, 0, places.wide, places.head)
        painter.setPen(theme.tone("text3"))
        painter.drawText(spot, CENTRE, words.weekday(date.fromordinal(places.first.toordinal() + at)))
    for at in range(places.weeks * 7):
        day = date.fromordinal(places.first.toordinal() + at)
        cell = places.cell(day)
        is_other = day.month != month
        if is_other or day.weekday() >= SATURDAY:
            painter.fillRect(cell, theme.tone("sunken"))
        painter.setPen(theme.tone("line"))
        painter.drawLine(QLineF(cell.left(), round(cell.top()) + 0.5, cell.right(), round(cell.top()) + 0.5))
        if at % 7:
            painter.drawLine(QLineF(round(cell.left()) + 0.5, cell.top(), round(cell.left()) + 0.5, cell.bottom()))
        side = theme.px(24)
        spot = QRectF(cell.left() + theme.px(4), cell.top() + 1, side, side)
        _paint_number(painter, spot, day, today, 12, dim=is_other)


def paint_frame(painter: QPainter, area: QRectF) -> None:
    """A card around it all: a hairline, and round corners."""
    card, corners = QPainterPath(), QPainterPath()
    card.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), CARD, CARD)
    corners.addRect(area)
    painter.fillPath(corners - card, theme.tone("window"))
    painter.setPen(theme.tone("line"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(card)


def paint_nothing(painter: QPainter, area: QRectF) -> None:
    """That nothing is planned, and what to do about it."""
    text = _("Nothing is planned here · N makes an appointment")
    painter.setFont(theme.font(13))
    wide = painter.fontMetrics().horizontalAdvance(text) + theme.px(32)
    bar = QRectF(0, 0, min(wide, area.width() - theme.px(16)), theme.px(32))
    bar.moveCenter(area.center())
    painter.setPen(theme.tone("line"))
    painter.setBrush(theme.tone("surface"))
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    painter.setPen(theme.tone("text2"))
    painter.drawText(bar, CENTRE, _short(painter, text, bar.width() - theme.px(16)))


def paint_slot(painter: QPainter, area: QRectF, *, has_focus: bool) -> None:
    """Where one is, when there is nothing."""
    painter.setPen(QPen(theme.tone("accent" if has_focus else "line2"), 1.5))
    painter.setBrush(theme.tone("selected") if has_focus else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), ROUND, ROUND)


def paint_more(painter: QPainter, more: More) -> None:
    """How many more there are on a day."""
    painter.setFont(theme.font(12))
    painter.setPen(theme.tone("accentText"))
    spot = more.area.adjusted(0 if more.at_right else theme.px(INSIDE), 0, -GAP, 0)
    text = _("+{count} more").format(count=more.count)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(spot.width()))
    painter.drawText(spot, RIGHT if more.at_right else LEFT, shown)


def paint_box(painter: QPainter, box: Box, *, is_chosen: bool, has_focus: bool, lifted: bool = False) -> None:
    """An entry in its tone; what is done, or is only to come again, is dimmed."""
    entry, area = box.entry, box.area
    fill, ink = _tones(entry)
    is_line = not is_bar(entry) and area.height() < theme.px(24) and not lifted
    painter.setPen(_frame(entry, is_chosen=is_chosen, has_focus=has_focus))
    painter.setBrush(fill)
    inset = 1 if is_chosen else 0.5
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), ROUND, ROUND)
    if box.begins:
        stripe = QRectF(area.left() + 3, area.top() + 3, theme.px(STRIPE), area.height() - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("line2") if _is_dim(entry) else ink)
        painter.drawRoundedRect(stripe, 1.5, 1.5)
    text = theme.tone("text3") if _is_dim(entry) else ink
    inside = area.adjusted(theme.px(INSIDE) + (2 if box.begins else 0), 0, -theme.px(4), 0)
    painter.save()
    painter.setClipRect(area)
    _paint_words(painter, inside, entry, text, in_one=is_line or area.height() < theme.px(SECOND_LINE))
    painter.restore()


def _is_dim(entry: Entry) -> bool:
    return entry.is_done or entry.will_repeat


def _tones(entry: Entry) -> tuple[QColor, QColor]:
    if _is_dim(entry):
        return theme.tone("surface"), theme.tone("text3")
    return theme.soft(words.TONES.get(entry.kind, "plain"))


def _frame(entry: Entry, *, is_chosen: bool, has_focus: bool) -> QPen:
    if is_chosen:
        return QPen(theme.tone("accent" if has_focus else "control"), 2)
    if theme.is_high_contrast():
        return QPen(_tones(entry)[1], 1)
    if entry.will_repeat:
        return QPen(theme.tone("line2"), 1, Qt.PenStyle.DashLine)
    return QPen(theme.tone("line" if entry.is_done else "surface"), 1)


def _paint_words(painter: QPainter, inside: QRectF, entry: Entry, ink: QColor, *, in_one: bool) -> None:
    """Title first; below it when and with whom, where there is room."""
    is_hanzi = unicodedata.east_asian_width(words.name(entry)[:1] or " ") == "W"  # each stands on a line of its own
    if inside.width() < theme.px(LEAST_HANZI if is_hanzi else LEAST_WORDS):
        return
    inside = _paint_kind(painter, inside, entry, in_one=in_one)
    painter.setFont(theme.font(12))
    is_narrow = _is_narrow(painter, inside.width(), entry)
    lines = int((inside.height() - theme.px(3)) // theme.px(TEXT_LINE))
    if is_narrow and lines > 1:
        _paint_narrow(painter, inside, entry, ink, lines)
        return
    if not is_narrow:
        inside = _paint_icon_of(painter, inside, entry, in_one=in_one)
    if in_one or is_narrow:
        _paint_line(painter, inside, entry, ink, is_struck=is_narrow and entry.is_done)
        return
    rest = [each for each in (words.hours(entry), words.whom(entry)) if each]
    room = max(int((inside.height() - theme.px(4)) // theme.px(TEXT_LINE)) - 1, 0)
    _paint_lines(painter, inside.translated(0, theme.px(4)), entry, ink, [words.name(entry)], rest[:room])


def _paint_kind(painter: QPainter, inside: QRectF, entry: Entry, *, in_one: bool) -> QRectF:
    """Draw what kind of task it is at the right, where there is room, so that not only the tone tells it."""
    if entry.is_birthday or entry.kind == TO_DO or inside.width() < theme.px(KIND_FROM):
        return inside
    side = theme.px(ICON)
    middle = inside.center().y() if in_one else inside.top() + theme.px(12)
    spot = QRectF(inside.right() - side, middle - side / 2, side, side)
    paint_icon(painter, spot, kind_icon(entry.kind), "text3" if _is_dim(entry) else "text2")
    return inside.adjusted(0, 0, -side - 3, 0)


def _is_narrow(painter: QPainter, width: float, entry: Entry) -> bool:
    """Whether beginning and end would be cut."""
    if not entry.has_time:
        return False
    icon = theme.px(ICON) + 3 if _icon(entry) else 0
    return painter.fontMetrics().horizontalAdvance(words.hours(entry)) > width - icon


def _paint_icon_of(painter: QPainter, inside: QRectF, entry: Entry, *, in_one: bool) -> QRectF:
    """Draw the icon of an entry; gives what is left for its words."""
    icon = _icon(entry)
    if not icon:
        return inside
    side = theme.px(ICON)
    middle = inside.center().y() if in_one else inside.top() + theme.px(12)
    spot = QRectF(inside.left(), middle - side / 2, side, side)
    paint_icon(painter, spot, icon, "text3" if _is_dim(entry) else "text2")
    return inside.adjusted(side + 3, 0, 0, 0)


def _paint_line(painter: QPainter, inside: QRectF, entry: Entry, ink: QColor, *, is_struck: bool) -> None:
    """The beginning and the title; the title alone where little of it would be left."""
    begin = f"{entry.starts:%H:%M} " if entry.has_time else ""
    if inside.width() - painter.fontMetrics().horizontalAdvance(begin) < theme.px(FEW_WORDS):
        begin = ""
    painter.setFont(_struck(theme.font(12)) if is_struck else theme.font(12))
    painter.setPen(ink)
    shown = _short(painter, begin + words.name(entry), inside.width())
    painter.drawText(inside, LEFT, "" if shown == ELLIPSIS else shown)


def _paint_narrow(painter: QPainter, inside: QRectF, entry: Entry, ink: QColor, lines: int) -> None:
    """The title on several lines, without an icon; below it the beginning, if it need not be cut."""
    title = _wrapped(words.name(entry), theme.font(12, 600), inside.width(), lines)
    begin = f"{entry.starts:%H:%M}"
    if painter.fontMetrics().horizontalAdvance(begin) > inside.width():
        begin = ""
    rest = [each for each in (begin, words.whom(entry)) if each]
    _paint_lines(painter, inside.translated(0, theme.px(3)), entry, ink, title, rest[: lines - len(title)])


def _paint_lines(
    painter: QPainter, inside: QRectF, entry: Entry, ink: QColor, title: Sequence[str], rest: Sequence[str]
) -> None:
    line = QRectF(inside.left(), inside.top(), inside.width(), theme.px(TEXT_LINE))
    bold = theme.font(12, 600)
    painter.setFont(_struck(bold) if entry.is_done else bold)
    painter.setPen(ink)
    for at, text in enumerate((*title, *rest)):
        if at == len(title):
            painter.setFont(theme.font(12))
            painter.setPen(theme.tone("text3" if _is_dim(entry) else "text2"))
        painter.drawText(line.translated(0, at * line.height()), LEFT, _short(painter, text, line.width()))


def _wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """A text on at most so many lines, of which the last one has all that is left."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    units = text.encode("utf-16-le")  # Qt counts in units of UTF-16
    edges = pairwise([*starts, len(units) // 2])
    return [units[2 * begin : 2 * end].decode("utf-16-le").strip() for begin, end in edges]


def _struck(font: QFont) -> QFont:
    font.setStrikeOut(True)
    return font


def _icon(entry: Entry) -> str:
    if entry.is_birthday:
        return "birthday"
    if entry.is_done:
        return "check"
    return "refresh" if entry.repeats else ""


def _short(painter: QPainter, text: str, width: float) -> str:
    metrics: QFontMetrics = painter.fontMetrics()
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
