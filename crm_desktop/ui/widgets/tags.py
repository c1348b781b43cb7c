"""Tags edited in place: chips to take off, and a line to add more."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QListView, QSizePolicy
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import set_look
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.flow import FlowLayout

Offers: TypeAlias = Sequence[str] | Callable[[], Sequence[str]]
ENDS = ",，;；"


class InPlaceTags(QFrame):
    """Tags as chips with a line to type more: Enter or a comma adds, Backspace takes the last one off."""

    committed = Signal(list)

    def __init__(self, tags: Sequence[str] = (), offers: Offers = (), *, placeholder: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "place")
        self._offers = offers
        self._tags: list[str] = []
        self._chips: list[TagChip] = []
        self._flow = FlowLayout(self, gap=4)
        self._flow.setContentsMargins(1, 1, 1, 1)
        self.line = _TagLine(placeholder or _("Add a tag"))
        self._flow.addWidget(self.line)
        self._known = QStringListModel(self)
        self.line.setCompleter(_completer(self._known, self))
        self.setFocusProxy(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line.finished.connect(self._add)
        self.line.emptied.connect(self._take_last_off)
        self.line.entered.connect(self._offer)
        self.line.left.connect(self._leave)
        self.set_value(tags)

    def value(self) -> list[str]:
        """The tags."""
        return list(self._tags)

    def set_value(self, tags: Sequence[str]) -> None:
        """Show what is saved."""
        self._tags = list(dict.fromkeys(tags))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.line)
        self._chips = [TagChip(tag) for tag in self._tags]
        for chip in self._chips:
            chip.removed.connect(self.take_off)
            self._flow.addWidget(chip)
        self._flow.addWidget(self.line)
        self.updateGeometry()

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self, "state", state)

    def take_off(self, tag: str) -> None:
        """Take a tag off and save that."""
        self._commit([each for each in self._tags if each != tag])
        self.line.setFocus()

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _add(self, text: str) -> None:
        tag = text.strip().strip(ENDS).lstrip("#").strip()
        self.line.clear()
        if tag and tag not in self._tags:
            self._commit([*self._tags, tag])
            self.line.setFocus()

    def _take_last_off(self) -> None:
        if self._tags:
            self.take_off(self._tags[-1])

    def _commit(self, tags: list[str]) -> None:
        self.set_value(tags)
        self.committed.emit(self.value())

    def _offer(self) -> None:
        set_look(self, "active", "true")
        offers = self._offers() if callable(self._offers) else self._offers
        self._known.setStringList([tag for tag in offers if tag not in self._tags])

    def _leave(self) -> None:
        set_look(self, "active", "false")
        if self.line.text().strip():
            self._add(self.line.text())


class _TagLine(QLineEdit):
    """The line in which a new tag is typed."""

    finished = Signal(str)
    emptied = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(theme.px(96))
        self.textEdited.connect(self._split)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(112), super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit(self.text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _split(self, text: str) -> None:
        if text and text[-1] in ENDS:
            self.finished.emit(text)


def _completer(known: QStringListModel, owner: InPlaceTags) -> QCompleter:
    completer = QCompleter(known, owner)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setProperty("kind", "complete")
    completer.setPopup(popup)
    theme.dress(popup)
    return completer
