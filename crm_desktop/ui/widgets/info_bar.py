"""A sentence on top of a page about what is below it, with what can be done about it."""

from PySide6.QtWidgets import QFrame, QSizePolicy

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.boxes import empty, row, set_look
from crm_desktop.ui.widgets.buttons import Act, Button, Tool
from crm_desktop.ui.widgets.labels import Picture, label

KINDS = {"info": ("info", "accentText"), "ok": ("ok", "ok"), "warn": ("doubt", "warn"), "err": ("err", "err")}


class InfoBar(QFrame):
    """An inline bar: `kind` is info, ok, warn or err; it takes no room while it has nothing to say."""

    def __init__(self, text: str = "", kind: str = "info", icon: str = "", *, closable: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.picture = Picture("", "accentText", 18)
        self.words = label("", wrap=True)
        self._actions = row(spacing=8)
        box = row(self.picture, spacing=8, margins=(12, 5, 8, 5))
        box.addWidget(self.words, 1)
        box.addLayout(self._actions)
        if closable:
            box.addWidget(Tool("close", _("Close"), self.hide, side=26))
        self.setLayout(box)
        self.setMinimumHeight(38)
        self.say(text, kind, icon)

    def say(self, text: str, kind: str = "info", icon: str = "") -> None:
        """Show this sentence, or with an empty one nothing."""
        name, tone = KINDS[kind]
        set_look(self, "kind", kind)
        self.style().polish(self.words)  # whose colour is that of the bar
        self.picture.set_icon(icon or name, tone)
        self.words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def add_action(self, text: str, icon: str = "", act: Act | None = None, *, link: bool = False) -> Button:
        """Put a button at the right."""
        made = Button(text, "link" if link else "small", icon, act)
        self._actions.addWidget(made)
        return made

    def clear_actions(self) -> None:
        """Take the buttons off."""
        empty(self._actions)
