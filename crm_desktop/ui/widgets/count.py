"""The number at the corner of a button that says how many things wait behind it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.buttons import Tool


def paint_count(widget: QWidget, count: int) -> None:
    """Paint the number over what is painted of the widget already."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(12, 600))
    words = str(count) if count < 100 else "99+"
    side = theme.px(16)
    width = max(side, painter.fontMetrics().horizontalAdvance(words) + theme.px(8))
    area = QRect(min(widget.width() // 2 + theme.px(4), widget.width() - width - 2), 2, width, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("err"))
    painter.drawRoundedRect(area, side / 2, side / 2)
    painter.setPen(theme.tone("surface"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


class Bell(Tool):
    """The way to the reminders, with the number of tasks that are due."""

    def __init__(self) -> None:
        super().__init__("remind", _("Reminders"))
        self.count = 0
        self._shortcut = ""

    def set_shortcut(self, shortcut: str) -> None:
        """Tell the key in the tooltip."""
        self._shortcut = shortcut
        self.set_count(self.count)

    def set_count(self, count: int) -> None:
        """Show a number at the corner; 0 shows nothing."""
        self.count = count
        self.explain(_("Reminders ({count})").format(count=count) if count else _("Reminders"), self._shortcut)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count:
            paint_count(self, self.count)
