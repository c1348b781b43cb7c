"""The options of a field to pick from: one line each, added, renamed, ordered and taken off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.in_place import InPlaceLine

SIDE = 26
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Option = tuple[str, str]
"""Code, empty for a new one, and label."""


class OptionsEditor(QWidget):
    """Lines with the options in order, and one more for the next."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[OptionLine] = []
        self._box = column(spacing=2)
        self.next = InPlaceLine(placeholder=_("Another option, then Enter"))
        self.next.setAccessibleName(_("Another option"))
        self.next.committed.connect(self._add)
        self.setLayout(column(self._box, self.next, spacing=2))
        self.setFocusProxy(self.next)

    def value(self) -> list[Option]:
        """The options as they stand now."""
        return [(each.code, each.line.value()) for each in self.lines]

    def set_value(self, options: Sequence[Option]) -> None:
        """Show other options; lines are kept where they can be, so that nobody loses the place."""
        while len(self.lines) > len(options):
            self._drop(self.lines[-1])
        while len(self.lines) < len(options):
            self._append()
        for line, (code, label) in zip(self.lines, options, strict=True):
            line.show_option(code, label)

    def _append(self) -> None:
        made = OptionLine()
        made.line.committed.connect(self.changed)
        made.stepped.connect(partial(self._step, made))
        made.removed.connect(partial(self._remove, made))
        self.lines.append(made)
        self._box.addWidget(made)

    def _drop(self, line: OptionLine) -> None:
        if line.isAncestorOf(QApplication.focusWidget() or self):
            self.next.setFocus()
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _add(self, text: str) -> None:
        if text.strip():
            self.set_value([*self.value(), ("", text.strip())])
            self.next.setText("")
            self.next.set_value("")
            self.changed.emit()

    def _remove(self, line: OptionLine) -> None:
        self._drop(line)
        self.changed.emit()

    def _step(self, line: OptionLine, by: int) -> None:
        place = self.lines.index(line)
        there = place + by
        if 0 <= there < len(self.lines):
            options = self.value()
            options[place], options[there] = options[there], options[place]
            self.set_value(options)
            self.lines[there].line.setFocus()
            self.changed.emit()


class OptionLine(QWidget):
    """One option."""

    stepped = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.line = InPlaceLine()
        self.up = tool("up", "", partial(self.stepped.emit, -1), tone="text3", side=SIDE)
        self.down = tool("down", "", partial(self.stepped.emit, 1), tone="text3", side=SIDE)
        self.off = tool("close", "", self.removed.emit, tone="text3", side=SIDE)
        self.setLayout(row(self.line, self.up, self.down, self.off, spacing=0))

    def show_option(self, code: str, label: str) -> None:
        """Show an option."""
        self.code = code
        self.line.set_value(label)
        self.line.setAccessibleName(_("Option “{name}”").format(name=label))
        self.up.explain(_("Move “{name}” up").format(name=label), "Alt+↑")
        self.down.explain(_("Move “{name}” down").format(name=label), "Alt+↓")
        self.off.explain(_("Take “{name}” off the list").format(name=label))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in STEPS:
            self.stepped.emit(STEPS[key])
        else:
            super().keyPressEvent(event)
