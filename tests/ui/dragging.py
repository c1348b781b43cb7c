"""Events of drag and drop, as Qt sends them."""

import PySide6
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent

TAKES_FRACTIONS = PySide6.__version_info__ >= (6, 12)
"""Since then the events on the way to the drop have places between pixels, too; before, only the drop has."""


def event_at(kind, place, mime, action=Qt.DropAction.MoveAction):
    """An event of this kind (enter, move or drop) at a place, with the left button held."""
    where = QPointF(place) if TAKES_FRACTIONS or kind is QDropEvent else place
    return kind(where, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
