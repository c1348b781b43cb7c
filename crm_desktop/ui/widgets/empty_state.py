"""What a list shows when there is nothing in it: one sentence, and the one thing to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import Act, Button
from crm_desktop.ui.widgets.labels import Kbd, Picture, label


class EmptyState(QWidget):
    """An icon in a tinted square, a sentence, perhaps an explanation, and one button with its shortcut."""

    def __init__(self, icon: str, sentence: str, explanation: str = "", *, size: int = 64) -> None:
        super().__init__()
        self.sentence = label(sentence, "heading", wrap=True)
        self.explanation = label(explanation, "small", wrap=True)
        for words in (self.sentence, self.explanation):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = row(None, None, spacing=8)
        picture = Picture(icon, "accentText", size, soft="accent")
        box = column(None, row(None, picture, None), 4, spacing=8, margins=(24, 16, 24, 16))
        box.addWidget(self.sentence)
        box.addWidget(self.explanation)
        box.addSpacing(4)
        box.addLayout(self._buttons)
        box.addStretch(2)
        self.setLayout(box)
        self.explanation.setVisible(bool(explanation))  # in its place by now: alone it would be a window

    def add_button(
        self, text: str, act: Act | None = None, *, icon: str = "", shortcut: str = "", kind: str = ""
    ) -> Button:
        """Offer something to do; the shortcut stands after it."""
        made = Button(text, kind, icon, act)
        place = self._buttons.count() - 1
        self._buttons.insertWidget(place, made)
        if shortcut:
            self._buttons.insertWidget(place + 1, Kbd(shortcut))
        return made

    def say(self, sentence: str, explanation: str = "") -> None:
        """Say something else, such as that a filter finds nothing."""
        self.sentence.setText(sentence)
        self.explanation.setText(explanation)
        self.explanation.setVisible(bool(explanation))
