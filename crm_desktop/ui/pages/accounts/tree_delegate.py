"""How a row of the account tree is drawn: pill, caret, avatar, name, and what needs attention at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from crm_desktop.i18n import _, ngettext
from crm_desktop.overriding import override
from crm_desktop.store.outline import CLOSED, CONTACT, DEPARTED, PERSON, Node
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.models.tree_values import STARRED, overdue
from crm_desktop.ui.widgets.avatar import paint_avatar

if TYPE_CHECKING:
    from crm_desktop.ui.faces import Faces
    from crm_desktop.ui.models.tree import TreeModel

ROW = 34
INDENT, NARROW_INDENT = 18, 6
INDENTED = 0.3
"""Which part of the width full indents may take; deeper rows are indented by a little each, so that names keep room."""
CARET, CARET_ROOM = 12, 24
BEFORE_AVATAR, AVATAR, AVATAR_GAP = 20, 22, 8
RIGHT = 14
GAP = 8
MARK = 14
RADIUS = 6
LEAST_NAME, LEAST_TITLE = 40, 28
MOST_KEPT = 4096
LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
State = QStyle.StateFlag


class _Type:
    """A font with its measure, and the texts that were cut to a width: none of it is made while painting."""

    def __init__(self, size: int, weight: int) -> None:
        self.font: QFont = theme.font(size, weight)
        self._metrics = QFontMetrics(self.font)
        self._widths: dict[str, int] = {}

    def width(self, text: str) -> int:
        """How wide a text is."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > MOST_KEPT:
                self._widths.clear()
            found = self._widths[text] = self._metrics.horizontalAdvance(text)
        return found

    def cut(self, text: str, width: int) -> str:
        """As much of a text as fits."""
        return text if self.width(text) <= width else self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class TreeDelegate(QStyledItemDelegate):
    """Draws rows of a `TreeModel`."""

    def __init__(self, model: TreeModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.faces: Faces | None = None
        self.dress()

    def dress(self) -> None:
        """Take up another text size or language."""
        self._strong, self._plain, self._small = _Type(13, 600), _Type(13, 400), _Type(12, 400)

    def indent(self, depth: int, width: int) -> int:
        """How far a row is moved to the right."""
        full = min(depth, int(width * INDENTED) // theme.px(INDENT))
        return full * theme.px(INDENT) + (depth - full) * theme.px(NARROW_INDENT)

    def caret(self, row: int, rect: QRect) -> QRect:
        """Where the caret of a row is clicked."""
        left = rect.left() + self.indent(self._model.rows.depths[row], rect.width())
        room = theme.px(CARET_ROOM)
        return QRect(left + theme.px(BEFORE_AVATAR) - room, rect.top(), room, rect.height())

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect, state = index.row(), option.rect, option.state
        node = self._model.node(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, rect, state)
        if self._model.is_expandable(row):
            side = theme.px(CARET)
            caret = QRect(0, 0, side, side)
            caret.moveCenter(
                self.caret(row, rect).center() + QPoint(theme.px(2), 0)
            )  # clear of the bar of a chosen row
            paint_icon(painter, caret, "collapse" if self._model.is_expanded(row) else "expand", "text3")
        left = rect.left() + theme.px(BEFORE_AVATAR) + self.indent(self._model.rows.depths[row], rect.width())
        side = theme.px(AVATAR)
        face = QRectF(left, rect.top() + (rect.height() - side) / 2, side, side)
        is_past = node.status in {DEPARTED, CLOSED}
        is_company = node.kind != CONTACT and node.note != PERSON
        photo = self.faces.of(node.id) if self.faces and node.kind == CONTACT else None
        paint_avatar(painter, face, node.name, square=is_company, dim=is_past, photo=photo)
        left += side + theme.px(AVATAR_GAP)
        right = self._paint_marks(painter, node, rect, left)
        is_dim = is_past or self._model.rows.is_way(row)
        self._paint_words(painter, node, QRect(left, rect.top(), max(right - left, 0), rect.height()), is_dim=is_dim)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False

        from html import escape

        # A tool tip guesses whether its text is markup: told that it is, it shows what a name holds as it is.
        QToolTip.showText(event.globalPos(), f"<qt>{escape(self._model.summary(index.row()))}</qt>", view)
        return True

    def _paint_words(self, painter: QPainter, node: Node, room: QRect, *, is_dim: bool) -> None:
        """The name, and a job title after it where there is room."""
        kind = self._plain if node.kind == CONTACT else self._strong
        name = kind.cut(node.name, room.width())
        painter.setFont(kind.font)
        painter.setPen(theme.tone("text3" if is_dim else "text"))
        painter.drawText(room, LINE, name)
        if node.kind == CONTACT and node.note:
            room.setLeft(room.left() + kind.width(name) + theme.px(GAP))
            if room.width() >= theme.px(LEAST_TITLE):
                painter.setFont(self._small.font)
                painter.setPen(theme.tone("text3"))
                painter.drawText(room, LINE, self._small.cut(node.note, room.width()))

    def _paint_marks(self, painter: QPainter, node: Node, rect: QRect, left: int) -> int:
        """Draw what stands at the right, from the edge inwards; gives where the name must end."""
        end = rect.right() - theme.px(RIGHT) + 1
        least = left + theme.px(LEAST_NAME)
        text, tone = self._remark(node)
        if text:
            width = self._small.width(text)
            if end - width - theme.px(GAP) >= least:
                painter.setFont(self._small.font)
                painter.setPen(theme.tone(tone))
                painter.drawText(QRect(end - width, rect.top(), width, rect.height()), LINE, text)
                end -= width + theme.px(GAP)
        name, tone = _mark(node)
        if name:
            side = theme.px(MARK)
            if end - side - theme.px(GAP) >= least:
                top = rect.top() + (rect.height() - side) // 2
                paint_icon(painter, QRect(end - side, top, side, side), name, tone)
                end -= side + theme.px(GAP)
        return end

    @staticmethod
    def _remark(node: Node) -> tuple[str, str]:
        if node.status == DEPARTED:
            return _("has left"), "text3"
        if node.status == CLOSED:
            return _("closed"), "text3"
        days = overdue(node)
        return (ngettext("{count} d", "{count} d", days), "warn") if days else ("", "")


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    """The rounded ground of a row that is selected, has the focus or is under the mouse."""
    is_chosen = bool(state & State.State_Selected)
    if not is_chosen and not state & State.State_MouseOver:
        return
    pill = QRectF(rect).adjusted(theme.px(2), 1, -theme.px(6), -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("selected" if is_chosen else "hover"))
    painter.drawRoundedRect(pill, RADIUS, RADIUS)
    if is_chosen and state & State.State_HasFocus:
        painter.setPen(QPen(theme.tone("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
    if is_chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("accent"))
        painter.drawRoundedRect(QRectF(pill.left(), pill.top() + 7, 3, pill.height() - 14), 1.5, 1.5)


def _mark(node: Node) -> tuple[str, str]:
    """The sign of an important account or of a primary contact, and its tone."""
    if node.kind == CONTACT:
        return ("starred", "star") if node.is_primary else ("", "")
    return ("starred", "star") if node.level in STARRED and node.status != CLOSED else ("", "")
