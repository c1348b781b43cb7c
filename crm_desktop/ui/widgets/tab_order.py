"""Tab goes as the eye does: in the order of the layouts, also to what was made after its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget


def follow_layout(root: QWidget) -> None:
    """Put everything inside that takes the focus in the order in which it is laid out."""
    for first, second in pairwise(stops(root)):
        QWidget.setTabOrder(first, second)


def stops(widget: QWidget | None) -> Iterator[QWidget]:
    """What Tab stops at inside a widget, as it is laid out; what is hidden is left aside."""
    if widget is None or widget.isHidden():
        return
    if widget.focusProxy() is not None or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif isinstance(widget, QScrollArea):
        yield from stops(widget.widget())
    elif isinstance(widget, QStackedWidget):
        yield from stops(widget.currentWidget())
    elif (layout := widget.layout()) is not None:
        yield from _inside(layout)
    else:
        for each in widget.children():
            if isinstance(each, QWidget):
                yield from stops(each)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        assert item is not None
        if (inner := item.layout()) is not None:
            yield from _inside(inner)
        elif (widget := item.widget()) is not None:
            yield from stops(widget)
