"""What stands around the steps: the head with the way so far, and the foot with the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, secondary, tool
from crm_desktop.ui.widgets.labels import Elide, Line, Picture, label
from crm_desktop.ui.widgets.progress import Steps

SIDE = 20
STEPS = 4


class Head(QWidget):
    """Title, file, steps and the way out."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sub = Elide("", "caption")
        self.steps = Steps([_("File"), _("Columns"), _("Duplicates"), _("Preview")])
        self.close_button = tool("close", _("Leave the import; it is kept as it is"), self.left.emit, shortcut="Esc")
        words = column(label(_("Import contacts"), "title"), self.sub, spacing=2)
        box = row(spacing=16, margins=(SIDE, 10, 16, 10))
        box.addLayout(words, 8)
        box.addWidget(self.steps)
        box.addStretch(1)
        box.addWidget(self.close_button)
        self.setLayout(column(box, Line(), spacing=0))

    def show_step(self, step: int) -> None:
        """Show how far it is; beyond the last step all is done."""
        self.steps.set_current(step)
        if step >= STEPS:
            self.steps.setAccessibleName(_("All steps are done"))
            self.steps.setToolTip("")


class Foot(QWidget):
    """What can be undone, back and on."""

    back = Signal()
    on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.note = Elide(_("The whole import can be undone in one step; what you change later is kept."), "small")
        self.back_button = secondary(pgettext("step", "Back"), act=self.back.emit).explain(_("One step back"), "Alt+←")
        self.on_button = primary("", act=self.on.emit)
        box = row(Picture("undo", "text3", 16), spacing=8, margins=(SIDE, 10, SIDE, 12))
        box.addWidget(self.note, 1)
        box.addWidget(self.back_button)
        box.addWidget(self.on_button)
        self.setLayout(box)

    def offer(self, words: str, *, enabled: bool = True, back: bool = True) -> None:
        """Say what the primary button does now."""
        self.on_button.setText(words)
        self.on_button.setEnabled(enabled)
        self.back_button.setVisible(back)
