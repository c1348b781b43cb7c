"""How a task is drawn in the list: box, kind, two lines, how pressing it is, and when; and the heads of sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crm_desktop.model.task import TO_DO
from crm_desktop.services import task_words as words
from crm_desktop.services.task_list import ALL_DAY, LATE, TIMED, Listed
from crm_desktop.services.task_rules import HIGH, LOW
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.timeline.words import kind_icon
from crm_desktop.ui.widgets.row_ground import paint_ground

if TYPE_CHECKING:
    from crm_desktop.ui.pages.tasks.rows import TaskModel, TaskRows

Index = QModelIndex | QPersistentModelIndex
ROW, EDGE, GAP, BUTTON, BOX, ICON = 44, 8, 10, 28, 18, 16
WIDEST = 960
"""A row is no wider than this, so that the eye finds the day that belongs to a title."""
TIMES = 92
"""How wide the column of times is in the view of a day."""
LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
PRESSING = {HIGH: ("arrow-up-bold", "err"), LOW: ("arrow-down", "text3")}


class TaskDelegate(QStyledItemDelegate):
    """Draws the rows of a `TaskModel`."""

    def __init__(self, tasks: TaskModel, parent: TaskRows) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.dress()

    def dress(self) -> None:
        """Take up another text size or theme."""
        self._title, self._small = theme.font(13), theme.font(12)
        self._strong = theme.font(12, 600)

    def box(self, area: QRect) -> QRect:
        """Where a task is clicked to tick it off."""
        side = theme.px(BUTTON)
        return QRect(area.left() + theme.px(EDGE), area.top() + (area.height() - side) // 2, side, side)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = self._tasks.rows[index.row()]
        if isinstance(found, Listed):
            self._paint_task(painter, self._room(option.rect), option.state, found)
        else:
            self._paint_head(painter, self._room(option.rect), found)
        painter.restore()

    def _room(self, area: QRect) -> QRect:
        return QRect(area.topLeft(), QSize(min(area.width(), theme.px(WIDEST)), area.height()))

    def _paint_head(self, painter: QPainter, area: QRect, section: str) -> None:
        room = area.adjusted(theme.px(EDGE), theme.px(12), -theme.px(EDGE), 0)
        painter.setFont(self._strong)
        painter.setPen(theme.tone("err" if section == LATE else "text2"))
        painter.drawText(room, LINE, self._tasks.heading(section))
        painter.setPen(QPen(theme.tone("line"), 1))
        painter.drawLine(area.left() + theme.px(EDGE), area.bottom(), area.right() - theme.px(EDGE), area.bottom())

    def _paint_task(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, task: Listed) -> None:
        assert self._tasks.at is not None
        paint_ground(painter, area, state)
        self._paint_box(painter, area, is_done=task.done_at is not None)
        left, right = self.box(area).right() + theme.px(EDGE), area.right() - theme.px(EDGE)
        if task.section == TIMED:
            painter.setFont(self._title)
            self._text(painter, QRect(left, area.top(), theme.px(TIMES), area.height()), words.span(task), "text")
            left += theme.px(TIMES)
        elif task.section != ALL_DAY:
            right = self._paint_when(painter, QRect(left, area.top(), right - left, area.height()), task)
        left = self._paint_kind(painter, QRect(left, area.top(), theme.px(ICON), area.height()), task)
        self._paint_words(painter, QRect(left, area.top(), max(right - left, 0), area.height()), task)

    def _paint_box(self, painter: QPainter, area: QRect, *, is_done: bool) -> None:
        side = theme.px(BOX)
        box = QRect(0, 0, side, side)
        box.moveCenter(self.box(area).center())
        painter.setPen(QPen(theme.tone("accent" if is_done else "control"), 1.5))
        painter.setBrush(theme.tone("accent" if is_done else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        if is_done:
            paint_icon(painter, box.adjusted(3, 3, -3, -3), "tick", "onAccent")

    def _paint_kind(self, painter: QPainter, spot: QRect, task: Listed) -> int:
        """Draw the kind; gives where the words begin."""
        paint_icon(painter, spot, "task" if task.kind == TO_DO else kind_icon(task.kind), "text3")
        return spot.left() + theme.px(ICON + 6)

    def _paint_when(self, painter: QPainter, room: QRect, task: Listed) -> int:
        """Draw what stands at the right; gives where the words must end."""
        assert self._tasks.at is not None
        tone = words.tone(task)
        font = self._strong if tone == "err" else self._small
        shown = QFontMetrics(font).elidedText(
            words.when(task, self._tasks.at), Qt.TextElideMode.ElideRight, room.width() // 2
        )
        width = QFontMetrics(font).horizontalAdvance(shown) + 1
        painter.setFont(font)
        painter.setPen(theme.tone(tone))
        painter.drawText(QRect(room.right() - width + 1, room.top(), width, room.height()), LINE, shown)
        return room.right() - width - theme.px(GAP)

    def _paint_words(self, painter: QPainter, room: QRect, task: Listed) -> None:
        about = words.about(task)
        half = theme.px(18)
        top = room.top() + (room.height() - 2 * half) // 2
        first = QRect(room.left(), top, room.width(), half) if about else room
        self._paint_title(painter, first, task)
        painter.setFont(self._small)
        self._text(painter, QRect(room.left(), top + half, room.width(), half), about, "text3")

    def _paint_title(self, painter: QPainter, room: QRect, task: Listed) -> None:
        """The title, and right behind it how pressing it is and whether it repeats."""
        marks = [PRESSING[task.priority]] if task.priority in PRESSING else []
        if task.repeats:
            marks.append(("refresh", "text3"))
        side, font = theme.px(ICON), QFont(self._title)
        font.setStrikeOut(task.done_at is not None)
        painter.setFont(font)
        words_room = room.adjusted(0, 0, -len(marks) * (side + theme.px(2)), 0)
        self._text(painter, words_room, task.title, "text3" if task.done_at else "text")
        wide = min(painter.fontMetrics().horizontalAdvance(task.title), words_room.width())
        spot = QRect(room.left() + wide + theme.px(4), room.top() + (room.height() - side) // 2, side, side)
        for name, tone in marks:
            paint_icon(painter, spot, name, tone)
            spot.translate(side + theme.px(2), 0)

    def _text(self, painter: QPainter, room: QRect, text: str, tone: str) -> None:
        painter.setPen(theme.tone(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LINE, shown)
