"""Small parts of the detail pane: an editor with tools beside it, and a row that stands for another record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.avatar import paint_avatar
from crm_desktop.ui.widgets.boxes import row, set_look
from crm_desktop.ui.widgets.buttons import Tool
from crm_desktop.ui.widgets.chips import chip_width, paint_chip

FillMenu = Callable[[QMenu], object]
TOOL = 24
HEIGHT = 44


class WithTools(QWidget):
    """An editor with small tools that come while the mouse is over it; the same can be done from its menu."""

    def __init__(self, inner: QWidget, tools: Sequence[Tool], fill_menu: FillMenu) -> None:
        super().__init__()
        self.inner, self._fill_menu = inner, fill_menu
        self.setFocusProxy(inner)
        self._tools = QWidget()
        self._tools.setLayout(row(*tools, spacing=0))
        for each in tools:
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tools.hide()
        box = row(spacing=0)
        box.addWidget(inner, 1)
        box.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(box)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        inner.installEventFilter(self)

    def set_state(self, state: str) -> None:
        """Show the frame that goes with a state."""
        set_look(self.inner, "state", state)

    def pop_up(self) -> None:
        """Open the menu below the editor."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height())))

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.inner.setAccessibleName(name)

    @override
    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.inner.setAccessibleDescription(description)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._tools.show()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tools.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and isinstance(watched, QLineEdit | QPlainTextEdit):
            menu = watched.createStandardContextMenu()
            menu.setParent(self, menu.windowFlags())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addSeparator()
            self._fill_menu(menu)
            menu.popup(event.globalPos())
            return True
        return super().eventFilter(watched, event)


class RecordRow(QPushButton):
    """A row that stands for a person or an account: Enter or a click opens it, its menu does more."""

    def __init__(self, *, square: bool = False, fill_menu: FillMenu | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "flat")
        self.setAutoDefault(True)  # so that Enter clicks
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fill_menu = fill_menu
        self._square = square
        self._name = self._line = self._mark = ""
        self._chip: tuple[str, str] = ("", "plain")
        self._dim = False
        self._photo: QPixmap | None = None

    def show_photo(self, photo: QPixmap | None) -> None:
        """Show a photo in place of the initials."""
        self._photo = photo
        self.update()

    def say(
        self, name: str, line: str, *, chip: tuple[str, str] = ("", "plain"), mark: str = "", dim: bool = False
    ) -> None:
        """Show a record: name, second line, chip (word, tone), an icon such as the star; grey for who has left."""
        self._name, self._line, self._chip, self._mark, self._dim = name, line, chip, mark, dim
        star = _("primary contact") if mark == "starred" else ""
        words = ", ".join(filter(None, (name, line.replace(" · ", ", "), chip[0], star)))
        self.setAccessibleName(words)
        self.setToolTip(" · ".join(filter(None, (name, line, star))))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(HEIGHT))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.fill_menu is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.fill_menu(menu)
            menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.px(28)
        gap = theme.px(8)
        left = gap // 2
        area = QRectF(left, (self.height() - side) / 2, side, side)
        self.paint_picture(painter, area)
        inside = self.rect().adjusted(left + side + gap, theme.px(4), -gap, -theme.px(4))
        inside.setRight(self._paint_end(painter, inside))
        upper, lower = QRect(inside), QRect(inside)
        if self._line:
            upper.setBottom(inside.center().y())
            lower.setTop(inside.center().y() + 1)
            self._paint_text(painter, lower, self._line, 12, "text3")
        self._paint_text(painter, upper, self._name, 14, "text3" if self._dim else "text", 400 if self._dim else 600)

    def paint_picture(self, painter: QPainter, area: QRectF) -> None:
        """Draw what stands at the left: a face."""
        paint_avatar(painter, area, self._name, square=self._square, dim=self._dim, photo=self._photo)

    def _paint_end(self, painter: QPainter, inside: QRect) -> int:
        """Draw what stands at the right, and give where the words must end."""
        right = inside.right()
        side = theme.px(15)
        if self._mark:
            spot = QRect(right - side, inside.center().y() - side // 2, side, side)
            paint_icon(painter, spot, self._mark, "star" if self._mark == "starred" else "text3")
            right = spot.left() - theme.px(6)
        words, tone = self._chip
        if words:
            width = min(chip_width(words), inside.width() // 2)
            high = theme.px(22)
            spot = QRect(right - width, inside.center().y() - high // 2, width, high)
            paint_chip(painter, spot, words, tone)
            right = spot.left() - theme.px(6)
        return right

    def _paint_text(self, painter: QPainter, area: QRect, text: str, size: int, tone: str, weight: int = 400) -> None:
        painter.setFont(theme.font(size, weight))
        painter.setPen(theme.tone(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
