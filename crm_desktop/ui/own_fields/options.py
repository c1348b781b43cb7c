"""The options of a field to pick from: one line each, added, renamed, ordered and taken off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui.list_card.lines import SIDE, Line, LinesEditor
from crm_desktop.ui.list_card.rows import STEPS
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.in_place import InPlaceLine

Option = tuple[str, str]
"""Code, empty for a new one, and label."""


class OptionsEditor(LinesEditor):
    """Lines with the options in order."""

    def __init__(self) -> None:
        super().__init__(self._line, lambda text: ("", text), _("Another option"), _("Another option, then Enter"))

    def _line(self) -> OptionLine:
        line = OptionLine()
        line.stepped.connect(partial(self._step, line))
        return line

    def _step(self, line: OptionLine, by: int) -> None:
        place = self.lines.index(line)
        there = place + by
        if 0 <= there < len(self.lines):
            options = self.value()
            options[place], options[there] = options[there], options[place]
            self.set_value(options)
            self.lines[there].line.setFocus()
            self.changed.emit()


class OptionLine(Line):
    """One option."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.line = InPlaceLine()
        self.line.committed.connect(self.changed)
        self.up = tool("up", "", partial(self.stepped.emit, -1), tone="text3", side=SIDE)
        self.down = tool("down", "", partial(self.stepped.emit, 1), tone="text3", side=SIDE)
        self.setLayout(row(self.line, self.up, self.down, self.off, spacing=0))

    def value(self) -> Option:
        """The option as it stands now."""
        return self.code, self.line.value()

    def show_value(self, value: Option) -> None:
        """Show an option."""
        self.code, label = value
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
