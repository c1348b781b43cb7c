"""A value that is a list: a line for each part, and one more for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.in_place import InPlaceLine

SIDE = 26


class Line(QWidget):
    """One part; whoever makes it gives it `value()` and `show_value(value)`."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.off = tool("close", "", self.removed.emit, tone="text3", side=SIDE)


class LinesEditor(QWidget):
    """Lines with the parts in order; a new part is made by its name."""

    changed = Signal()

    def __init__(
        self, make: Callable[[], Line], named: Callable[[str], Any], another: str, hint: str, *above: QLayout
    ) -> None:
        super().__init__()
        self._make, self._named = make, named
        self.lines: list[Any] = []
        self._box = column(spacing=2)
        self.next = InPlaceLine(placeholder=hint)
        self.next.setAccessibleName(another)
        self.next.committed.connect(self._add)
        self.setLayout(column(*above, self._box, self.next, spacing=2))
        self.setFocusProxy(self.next)

    def value(self) -> list[Any]:
        """The parts as they stand now."""
        return [each.value() for each in self.lines]

    def set_value(self, parts: Sequence[Any]) -> None:
        """Show other parts; lines are kept where they can be, so that nobody loses the place."""
        while len(self.lines) > len(parts):
            self._drop(self.lines[-1])
        while len(self.lines) < len(parts):
            self._append(self._make())
        for line, part in zip(self.lines, parts, strict=True):
            line.show_value(part)

    def _append(self, line: Line) -> None:
        line.changed.connect(self.changed)
        line.removed.connect(partial(self._remove, line))
        self.lines.append(line)
        self._box.addWidget(line)

    def _drop(self, line: Line) -> None:
        if line.isAncestorOf(QApplication.focusWidget() or self):
            self.next.setFocus()
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _add(self, text: str) -> None:
        if text.strip():
            self.set_value([*self.value(), self._named(text.strip())])
            self.next.setText("")
            self.next.set_value("")
            self.changed.emit()

    def _remove(self, line: Line) -> None:
        self._drop(line)
        self.changed.emit()
