"""The next days side by side, as a calendar has them; below one another where there is no room for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem
from typing_extensions import override

from crm_desktop.i18n import _, language
from crm_desktop.services import today_words as words
from crm_desktop.services import week_ahead
from crm_desktop.text.dates import show_day, show_weekday
from crm_desktop.ui import theme
from crm_desktop.ui.pages.today.painting import LINE, RowDelegate
from crm_desktop.ui.pages.today.rows import PLAIN, RowList
from crm_desktop.ui.tasks.tones import TONES
from crm_desktop.ui.widgets.row_ground import paint_ground

if TYPE_CHECKING:
    from crm_desktop.services.today import Item, Now
    from crm_desktop.services.week_ahead import WeekAhead

ROW, HEAD, MORE, GAP, INSIDE, LEAST_ROWS = 30, 28, 24, 4, 6, 2
BETWEEN = 8
"""What is left free between two days."""
NARROWEST = 128
"""With less room for each day than this they stand below one another."""
BOX, STRIPE, RADIUS = 24, 3, 6
LEAST_ABOUT = 36
"""With less room than this after the title, nothing is said of whom it is about."""
AT_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


@dataclass(slots=True)
class Day:
    """Where a day stands, with its head, and the rows of it that are shown."""

    place: int
    count: int
    area: QRect
    head: QRect
    rows: list[int] = field(default_factory=list)
    more: QRect = field(default_factory=QRect)
    """Where it says how many more there are; empty when all are shown."""


class DayRowDelegate(RowDelegate):
    """Draws a row of a day in one line: box, time and title, with a stripe in the tone of its kind."""

    @override
    def button(self, area: QRect) -> QRect:
        side = theme.px(BOX)
        left = area.left() + theme.px(STRIPE + GAP)
        return QRect(left, area.top() + (area.height() - side) // 2, side, side)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, area = self._rows.items[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("surface"))
        painter.drawRoundedRect(QRectF(area), RADIUS, RADIUS)
        paint_ground(painter, area.adjusted(0, -1, 0, 1), option.state)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(TONES.get(item.kind, "plain"))[1])
        stripe = QRectF(area.left() + 2, area.top() + 5, theme.px(STRIPE), area.height() - 10)
        painter.drawRoundedRect(stripe, 1.5, 1.5)
        self._paint_box(painter, area)
        left = self.button(area).right() + theme.px(GAP)
        self._paint_line(painter, QRect(left, area.top(), area.right() - theme.px(INSIDE) - left, area.height()), item)
        painter.restore()

    def _paint_line(self, painter: QPainter, room: QRect, item: Item) -> None:
        if item.has_time and item.at is not None:
            painter.setFont(self._small)
            painter.setPen(theme.tone("text2"))
            clock = f"{item.at:%H:%M}"
            painter.drawText(room, LINE, clock)
            room.setLeft(room.left() + QFontMetrics(self._small).horizontalAdvance(clock) + theme.px(GAP + 2))
        painter.setFont(self._title)
        painter.setPen(theme.tone("text"))
        metrics = QFontMetrics(self._title)
        painter.drawText(room, LINE, metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, room.width()))
        room.setLeft(room.left() + metrics.horizontalAdvance(item.title) + theme.px(GAP + 4))
        if room.width() >= theme.px(LEAST_ABOUT):
            painter.setFont(self._small)
            painter.setPen(theme.tone("text3"))
            metrics, whom = QFontMetrics(self._small), words.about(item)
            if metrics.horizontalAdvance(whom) > room.width():
                whom = item.person or item.account
            painter.drawText(room, LINE, metrics.elidedText(whom, Qt.TextElideMode.ElideRight, room.width()))


class DayColumns(RowList):
    """The rows of the next days; up and down go through all of them, left and right from day to day."""

    day_asked = Signal(object)
    """All of a day (`date`) is to be shown."""

    def __init__(self, name: str, parent: QFrame) -> None:
        self._counts: tuple[int, ...] = ()
        self._days: list[Day] = []
        self._places: list[QRect] = []
        super().__init__(name, parent)
        self.delegate = DayRowDelegate(self.rows, self)
        self.setItemDelegate(self.delegate)
        self.selectionModel().selectionChanged.connect(self._repaint)

    def fill_week(self, week: WeekAhead, at: Now) -> None:
        """Show other days."""
        self._counts = week.counts
        self.fill(week.items, at)

    def is_wide(self) -> bool:
        """Whether the days stand side by side."""
        return self.viewport().width() >= len(self._counts) * theme.px(NARROWEST)

    def _day(self, place: int) -> date:
        assert self.rows.at is not None
        return week_ahead.day_of(self.rows.at, place)

    # Where everything stands

    @override
    def _fit(self) -> None:
        self.delegate.dress()
        self.setFixedHeight(max(self._arrange(), 1))
        self.setGridSize(QSize(1, 1))  # for all that Qt knows there is nothing to scroll
        self._repaint()

    @override
    def _fit_width(self) -> None:
        if self._arrange() != self.height():
            self._fit()

    def _arrange(self) -> int:
        """Give each day and row its place; tells how high that is."""
        self._days, self._places = [], [QRect() for _each in self.rows.items]
        at = self.rows.at
        if at is None or not self._counts:
            return 0
        by_day: dict[int, list[int]] = {}
        for row, item in enumerate(self.rows.items):
            by_day.setdefault(week_ahead.place_of(item, at), []).append(row)
        if self.is_wide():
            return self._arrange_wide(by_day)
        top = 0
        for place, rows in sorted(by_day.items()):
            top = self._stack(place, rows, QRect(0, top, self.viewport().width(), 0)) + theme.px(GAP)
        return top

    def _arrange_wide(self, by_day: dict[int, list[int]]) -> int:
        number, gap = len(self._counts), theme.px(BETWEEN)
        wide = (self.viewport().width() - gap * (number - 1)) / number
        lowest = theme.px(HEAD + LEAST_ROWS * (ROW + GAP) + INSIDE)
        for place in range(number):
            left, right = round(place * (wide + gap)), round(place * (wide + gap) + wide)
            lowest = max(lowest, self._stack(place, by_day.get(place, []), QRect(left, 0, right - left, 0)))
        for day in self._days:
            day.area.setHeight(lowest)
        return lowest

    def _stack(self, place: int, rows: list[int], area: QRect) -> int:
        """Put the rows of a day below its head; gives where it ends."""
        inside, top = theme.px(INSIDE), area.top() + theme.px(HEAD)
        left, width = area.left() + inside, area.width() - 2 * inside
        head = QRect(left, area.top(), width, theme.px(HEAD))
        day = Day(place, self._counts[place], area, head, rows)
        for row in rows:
            self._places[row] = QRect(left, top, width, theme.px(ROW))
            top += theme.px(ROW + GAP)
        if day.count > len(rows):
            day.more = QRect(left, top, width, theme.px(MORE))
            top += theme.px(MORE)
        day.area.setHeight(top + theme.px(INSIDE - GAP) - area.top())
        self._days.append(day)
        return day.area.top() + day.area.height()

    @override
    def visualRect(self, index: Index) -> QRect:
        return self._places[index.row()] if 0 <= index.row() < len(self._places) else QRect()

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        row = next((row for row, area in enumerate(self._places) if area.contains(point)), -1)
        return self.rows.index(row, 0)

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), command)

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Only the page scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    # How it looks

    def _repaint(self, *_change: object) -> None:
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for day in self._days:
            self._paint_day(painter, day)
        here = self.viewport().mapFromGlobal(QCursor.pos()) if self.viewport().underMouse() else None
        for row, area in enumerate(self._places):
            index = self.rows.index(row, 0)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect, option.state = area, State.State_Enabled
            if self.selectionModel().isSelected(index):
                option.state |= State.State_Selected
            if self.hasFocus():
                option.state |= State.State_HasFocus
            if here is not None and area.contains(here):
                option.state |= State.State_MouseOver
            self.delegate.paint(painter, option, index)

    def _paint_day(self, painter: QPainter, day: Day) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("sunken"))
        painter.drawRoundedRect(QRectF(day.area), RADIUS + 2, RADIUS + 2)
        font = theme.font(12, 600)
        count = f"{day.count:,}" if day.count else ""
        metrics = QFontMetrics(font)
        room = day.head.adjusted(2, 0, -metrics.horizontalAdvance(count) - theme.px(GAP), 0)
        painter.setFont(font)
        painter.setPen(theme.tone("text2"))
        painter.drawText(room, LINE, metrics.elidedText(self._head(day), Qt.TextElideMode.ElideRight, room.width()))
        painter.setFont(theme.font(12))
        painter.setPen(theme.tone("text3"))
        painter.drawText(day.head, AT_RIGHT, count)
        if not day.more.isNull():
            painter.setPen(theme.tone("accentText"))
            rest = _("+{count} more").format(count=f"{day.count - len(day.rows):,}")
            painter.drawText(day.more.adjusted(2, 0, 0, 0), LINE, rest)

    def _head(self, day: Day) -> str:
        """“Sun 22” where the days are side by side, “Sun Nov 22” where not, or where another month begins."""
        assert self.rows.at is not None
        this, that = self.rows.at.day, self._day(day.place)
        if self.is_wide() and this.month == that.month:
            return f"{show_weekday(that, language())} {that.day}"
        return show_day(that, this, language())

    # What is done

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = SIDEWAYS.get(Qt.Key(event.key())) if event.modifiers() in PLAIN else None
        if by is None:
            super().keyPressEvent(event)
        else:
            self._go_aside(by)

    def _go_aside(self, by: int) -> None:
        """Go to the row at the same height of the next day that has one."""
        row = self.currentIndex().row()
        days = [each for each in self._days if each.rows]
        at = next((number for number, each in enumerate(days) if row in each.rows), None)
        if at is not None and 0 <= at + by < len(days):
            there = days[at + by].rows
            self.go_to(there[min(days[at].rows.index(row), len(there) - 1)])

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            asked = (each for each in self._days if each.more.contains(place) or each.head.contains(place))
            if day := next(asked, None):
                self.day_asked.emit(self._day(day.place))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.MouseMove):
            self._repaint()
        return super().viewportEvent(event)
