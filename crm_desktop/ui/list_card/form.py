"""The form beside the list: of a new thing until it is added; of another one, each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import danger, primary, secondary
from crm_desktop.ui.widgets.in_place import ENTER, InPlaceLine
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class NameLine(InPlaceLine):
    """A name; Enter says that one is done with it."""

    accepted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            self.accepted.emit()


class Form(QWidget):
    """A heading and the buttons; what stands between them is laid out by whoever knows the thing."""

    kept = Signal(object)
    """The key of a thing that was made or changed."""
    cancelled = Signal()
    delete_asked = Signal()

    def __init__(self, desk: Desk, delete: str, add: str, act: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self.name = NameLine()
        self.is_new = self.is_saving = False
        """Whether it is about a new thing, and whether a change is on its way: what is heard meanwhile is no news."""
        self.heading = label("", "strong", wrap=True)
        self.delete = danger(delete, "delete", self.delete_asked.emit)
        self.cancel = secondary(_("Cancel"), act=self.cancelled.emit)
        self.add = primary(add, "add", act)
        self.foot = row(self.delete, None, self.cancel, self.add, margins=(0, 6, 0, 0))

    def begin(self) -> None:
        """Ask for a new thing."""
        raise NotImplementedError

    def show_thing(self, thing: Any) -> None:
        """Show a thing that there is."""
        raise NotImplementedError

    def is_adding(self) -> bool:
        """Whether a new thing is being described."""
        return self.is_new and not self.isHidden()

    def edit(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def set_new(self, *, is_new: bool) -> None:
        """Offer what can be done with a new thing, or with one that there is."""
        self.is_new = is_new
        self.delete.setVisible(not is_new)
        self.cancel.setVisible(is_new)
        self.add.setVisible(is_new)
