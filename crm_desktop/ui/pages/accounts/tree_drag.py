"""Accounts dragged below another account, or to the top: what is carried, where it may go, and the marks that tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QPainter, QPen, QPixmap

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

if TYPE_CHECKING:
    from crm_desktop.ui.pages.accounts.tree_view import TreeView

ACCOUNTS = "application/x-crm-accounts"
TOP = -1
"""Where accounts go that shall stand below no other."""
STRIP = 34
EDGE = 24
"""How near to an edge the rows begin to scroll."""
SCROLL_MS, EXPAND_MS = 40, 700
RADIUS = 6
CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


class TreeDrag:
    """What happens in a tree while accounts are dragged over it."""

    def __init__(self, view: TreeView) -> None:
        self._view = view
        self._carried: list[int] = []
        self._can_rise = False
        self.target: int | None = None
        """The row that would get them, `TOP`, or None."""
        self._place = QPoint()
        self._scrolling = self._timer(SCROLL_MS, self._scroll)
        self._expanding = self._timer(EXPAND_MS, self._expand)
        self._expanding.setSingleShot(True)

    def _timer(self, pause: int, act: object) -> QTimer:
        timer = QTimer(self._view)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def start(self, accounts: Sequence[int]) -> None:
        """Let the mouse carry accounts."""
        drag = QDrag(self._view)
        drag.setMimeData(mime_of(accounts))
        drag.setPixmap(self._picture(accounts))
        drag.setHotSpot(QPoint(-theme.px(12), -theme.px(4)))
        drag.exec(Qt.DropAction.MoveAction)
        self.leave()

    def enter(self, event: QDragMoveEvent) -> None:
        """Something is dragged into the tree."""
        self._carried = accounts_in(event.mimeData())
        above = self._view.tree.outline
        parents = above.parents(self._carried, set()) if above and self._carried else {}
        self._can_rise = any(parents.get(key) for key in self._carried)
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        """It is dragged on."""
        if not self._carried:
            event.ignore()
            return
        self._place = event.position().toPoint()
        self._aim(self._target())
        near = self._place.y() < EDGE or self._bottom() - EDGE < self._place.y() < self._bottom()
        if near and not self._scrolling.isActive():
            self._scrolling.start()
        elif not near:
            self._scrolling.stop()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self.target is not None)

    def leave(self) -> None:
        """It has left the tree, or was let fall."""
        self._carried, self.target = [], None
        self._scrolling.stop()
        self._expanding.stop()
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> tuple[list[int], int | None] | None:
        """The accounts that were let fall and the one that gets them, None for the top; or None if nobody does."""
        carried = accounts_in(event.mimeData())
        self._place = event.position().toPoint()
        target = self._target() if carried else None
        self.leave()
        if target is None:
            return None
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        return carried, None if target == TOP else self._view.tree.rows.keys[target]

    def _target(self) -> int | None:
        rows = self._view.tree.rows
        if self._can_rise and self._place.y() >= self._bottom():
            return TOP
        row = self._view.rowAt(self._place.y())
        if row >= 0 and rows.is_contact(row):
            row = rows.above(row)
        return row if row >= 0 else None

    def _aim(self, target: int | None) -> None:
        if target == self.target:
            return
        self.target = target
        self._view.viewport().update()
        self._expanding.stop()
        if target is not None and target != TOP and not self._is_own(target):
            self._expanding.start()

    def _is_own(self, row: int) -> bool:
        """Whether a row is carried itself, or below one that is."""
        rows = self._view.tree.rows
        while row >= 0:
            if rows.keys[row] in self._carried:
                return True
            row = rows.above(row)
        return False

    def _bottom(self) -> int:
        height = self._view.viewport().height()
        return height - theme.px(STRIP) if self._can_rise else height

    def _scroll(self) -> None:
        by = self._view.verticalHeader().defaultSectionSize() // 2
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (-by if self._place.y() < EDGE else by))
        self._aim(self._target())

    def _expand(self) -> None:
        if self.target is not None and self.target != TOP:
            self._view.tree.expand(self.target)

    # Marks

    @property
    def is_active(self) -> bool:
        """Whether accounts are over the tree."""
        return bool(self._carried)

    def paint(self) -> None:
        """Draw where the accounts would go."""
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._can_rise:
            self._paint_strip(painter)
        if self.target is not None and self.target != TOP:
            index = self._view.tree.index(self.target, 0)
            area = QRectF(self._view.visualRect(index)).adjusted(theme.px(2), 1, -theme.px(6), -1)
            is_own = self._is_own(self.target)
            line = Qt.PenStyle.DashLine if is_own else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.tone("err" if is_own else "accent"), 2, line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_strip(self, painter: QPainter) -> None:
        """The place at the lower edge that stands for the top level."""
        is_target = self.target == TOP
        area = self._view.viewport().rect()
        area.setTop(self._bottom())
        painter.fillRect(area, theme.tone("window"))
        frame = QRectF(area).adjusted(theme.px(4), 3, -theme.px(8), -3)
        painter.setPen(QPen(theme.tone("accent" if is_target else "control"), 2 if is_target else 1))
        painter.setBrush(theme.tone("selected" if is_target else "surface"))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        side = theme.px(14)
        left = int(frame.left()) + theme.px(10)
        paint_icon(painter, QRect(left, area.center().y() - side // 2, side, side), "up", "accentText")
        painter.setFont(theme.font(12))
        painter.setPen(theme.tone("text"))
        room = area.adjusted(left + side + theme.px(8), 0, -theme.px(12), 0)
        text = painter.fontMetrics().elidedText(_("Move to the top"), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, CENTRE, text)

    def _picture(self, accounts: Sequence[int]) -> QPixmap:
        """What hangs on the mouse: the name of one account, the number of several."""
        words = ngettext("{count} account", "{count} accounts", len(accounts))
        if len(accounts) == 1 and (row := self._view.tree.rows.find(accounts[0])) >= 0:
            words = self._view.tree.node(row).name
        width, height = min(chip_width(words, "account"), theme.px(260)), theme.px(24)
        ratio = self._view.devicePixelRatioF()
        picture = QPixmap(int(width * ratio), int(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_chip(painter, QRect(0, 0, width, height), words, "accent", "account")
        painter.end()
        return picture


def mime_of(accounts: Sequence[int]) -> QMimeData:
    """Accounts as the mouse carries them."""
    mime = QMimeData()
    mime.setData(ACCOUNTS, json.dumps(list(accounts)).encode())
    return mime


def accounts_in(mime: QMimeData) -> list[int]:
    """The accounts that the mouse carries."""
    return list(json.loads(bytes(mime.data(ACCOUNTS).data()))) if mime.hasFormat(ACCOUNTS) else []
