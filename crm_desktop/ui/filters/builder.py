"""The card in which a filter is built, above the list that follows it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model.filters import NOTHING, Group
from crm_desktop.ui import theme
from crm_desktop.ui.editors import Offers
from crm_desktop.ui.filters.group_box import GroupBox
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.labels import Elide

if TYPE_CHECKING:
    from crm_desktop.model import Entity

PAUSE = 200
TALLEST, LOWEST = 300, 44


class FilterBuilder(QFrame):
    """Groups and rows, the number of records found, and what can be done with the filter."""

    changed = Signal(object)
    """Another filter was built: a `Group`."""
    done = Signal()
    save_asked = Signal()

    def __init__(self, entity: type[Entity], offers: Offers) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.root = GroupBox(entity, offers)
        self.count = Elide("", "small")
        self.clear_button = secondary(_("Clear"), "", self.clear)
        self.save_button = secondary(_("Save as list…"), "list", self.save_asked.emit)
        self.done_button = secondary(_("Done"), "", self.done.emit).explain(_("Back to the list"), "Esc")
        self._said: Group = NOTHING
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._tell)
        self.root.changed.connect(self._pause.start)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inner = QWidget()
        self._inner.setProperty("kind", "surface")
        self._inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = column(self.root, None, spacing=0)
        self._inner.setLayout(self._rows)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = row(self.count, self.clear_button, self.save_button, self.done_button, spacing=8)
        foot.setStretch(0, 1)
        self.setLayout(column(self._area, foot, spacing=8, margins=(12, 10, 12, 10)))
        self.hide()

    def show_filter(self, group: Group) -> None:
        """Show a filter without saying so."""
        if group != self.root.group() or group != self._said:
            self.root.show_group(group)
            self._said = group
        self._fit()

    def begin(self) -> None:
        """Open with a row to choose a field in, if there is none yet."""
        if self.root.is_empty():
            self.root.add_empty()
        self.show()
        self._fit()
        self.root.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Begin anew."""
        self.root.show_group(NOTHING)
        self.root.add_empty()
        self._tell()

    def tell_count(self, text: str) -> None:
        """Say how many records are found."""
        set_look(self.count, "role", "small")
        self.count.setText(text)

    def tell_problem(self, text: str) -> None:
        """Say why the filter cannot be asked."""
        set_look(self.count, "role", "err")
        self.count.setText(text)

    def _tell(self) -> None:
        self._pause.stop()
        self._fit()
        group = self.root.group()
        if group != self._said:
            self._said = group
            self.changed.emit(group)

    def _fit(self) -> None:
        """Be as high as the rows, up to a part of the window."""
        self._rows.activate()
        most = min(theme.px(TALLEST), max(2 * self.window().height() // 5, theme.px(LOWEST)))
        self._area.setFixedHeight(min(max(self._inner.sizeHint().height() + 2, theme.px(LOWEST)), most))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape or (ends and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._tell()
            self.done.emit()
        else:
            super().keyPressEvent(event)
