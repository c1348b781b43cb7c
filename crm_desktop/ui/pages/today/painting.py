"""How a row of the day is drawn: box or face, two lines, when, and the one thing to do."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.services import today_words as words
from crm_desktop.services.today_rules import BIRTHDAYS, DORMANT, OF_TASKS, VERIFY
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.row_ground import paint_ground

if TYPE_CHECKING:
    from crm_desktop.services.today import Item
    from crm_desktop.ui.faces import Faces
    from crm_desktop.ui.pages.today.rows import RowList, RowModel

Index = QModelIndex | QPersistentModelIndex
ROW, EDGE, GAP = 44, 6, 10
BOX, FACE, BUTTON, ICON = 18, 28, 28, 16
RADIUS = 6
LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
ICONS = {VERIFY: "verify", BIRTHDAYS: "schedule"}


class RowDelegate(QStyledItemDelegate):
    """Draws rows of a `RowModel`."""

    def __init__(self, rows: RowModel, parent: RowList) -> None:
        super().__init__(parent)
        self._rows = rows
        self.faces: Faces | None = None
        self.dress()

    def dress(self) -> None:
        """Take up another text size or theme."""
        self._title, self._small = theme.font(13), theme.font(12)
        self._strong = theme.font(12, 600)

    def button(self, area: QRect) -> QRect:
        """Where a row is clicked to do its action: its box at the left, or its button at the right."""
        items = self._rows.items
        side = theme.px(BUTTON)
        left = area.left() if items and items[0].section in OF_TASKS else area.right() - side - theme.px(EDGE) + 1
        return QRect(left, area.top() + (area.height() - side) // 2, side, side)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        rows = self.parent()
        return rows.gridSize() if isinstance(rows, QListView) else QSize(theme.px(120), theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._rows.at is None:
            return
        item, area = self._rows.items[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, area, option.state)
        if item.section in OF_TASKS:
            self._paint_box(painter, area)
            left, right = self.button(area).right() + theme.px(EDGE), area.right() - theme.px(EDGE)
        else:
            self._paint_face(painter, area, item)
            self._paint_button(painter, area, item)
            left = area.left() + theme.px(EDGE + FACE + GAP)
            right = self.button(area).left() - theme.px(GAP)
        right = self._paint_when(painter, QRect(left, area.top(), right - left, area.height()), item)
        self._paint_words(painter, QRect(left, area.top(), max(right - left, 0), area.height()), item)
        painter.restore()

    def _paint_box(self, painter: QPainter, area: QRect) -> None:
        side = theme.px(BOX)
        box = QRect(0, 0, side, side)
        box.moveCenter(self.button(area).center())
        painter.setPen(QPen(theme.tone("control"), 1.5))
        painter.setBrush(theme.tone("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_face(self, painter: QPainter, area: QRect, item: Item) -> None:
        side = theme.px(FACE)
        face = QRectF(area.left() + theme.px(EDGE), area.top() + (area.height() - side) / 2, side, side)
        photo = self.faces.of(item.contact_id) if self.faces and item.contact_id is not None else None
        is_firm = item.section == DORMANT or item.contact_id is None
        paint_avatar(painter, face, item.title, square=is_firm, photo=photo)

    def _paint_button(self, painter: QPainter, area: QRect, item: Item) -> None:
        spot = self.button(area)
        painter.setPen(QPen(theme.tone("line2"), 1))
        painter.setBrush(theme.tone("surface"))
        painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        side = theme.px(ICON)
        icon = QRect(0, 0, side, side)
        icon.moveCenter(spot.center())
        paint_icon(painter, icon, "scheduled" if item.is_planned else ICONS.get(item.section, "call"), "text2")

    def _paint_when(self, painter: QPainter, room: QRect, item: Item) -> int:
        """Draw what stands at the right; gives where the words must end."""
        assert self._rows.at is not None
        text, tone = words.when(item, self._rows.at), words.tone(item, self._rows.at)
        font = self._strong if tone == "err" else self._small
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() // 2)
        width = metrics.horizontalAdvance(shown) + 1
        painter.setFont(font)
        painter.setPen(theme.tone(tone))
        painter.drawText(QRect(room.right() - width + 1, room.top(), width, room.height()), LINE, shown)
        return room.right() - width - theme.px(GAP)

    def _paint_words(self, painter: QPainter, room: QRect, item: Item) -> None:
        """What it is about; and below it, where there is more to say, who and where."""
        about = words.about(item)
        half = theme.px(18)
        top = room.top() + (room.height() - 2 * half) // 2
        first = QRect(room.left(), top, room.width(), half) if about else room
        for text, font, tone, line in (
            (item.title, self._title, "text", first),
            (about, self._small, "text3", QRect(room.left(), top + half, room.width(), half)),
        ):
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.setFont(font)
            painter.setPen(theme.tone(tone))
            painter.drawText(line, LINE, shown)

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        item = self._rows.items[index.row()]
        text = str(index.data())
        if self.button(view.visualRect(index)).contains(event.pos()):
            text = _("{action}  Space").format(action=words.action(item))
        QToolTip.showText(event.globalPos(), f"<qt>{escape(text)}</qt>", view)
        return True
