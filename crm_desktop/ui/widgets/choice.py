"""Values chosen from a list, edited in place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.boxes import set_look
from crm_desktop.ui.widgets.pick_list import Choices, PickList

OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_Down, Qt.Key.Key_Space}
NARROWEST = 60


class _Choosing(QPushButton):
    """A button that looks like text, shows what is chosen and opens the list."""

    created = Signal(str)

    def __init__(self, choices: Choices, placeholder: str, *, creates: bool) -> None:
        super().__init__()
        self.setProperty("kind", "place")
        self.setAutoDefault(False)
        self.setMinimumWidth(NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._choices, self._placeholder, self._creates = choices, placeholder, creates
        self._words = ""
        self._is_framed = False
        self.dropped: PickList | None = None
        self.clicked.connect(self._open)

    def set_choices(self, choices: Choices) -> None:
        """Offer something else from now on."""
        self._choices = choices

    def frame(self) -> None:
        """Look like a field at all times, with a frame and a caret, where nothing tells that it can be chosen."""
        self._is_framed = True
        set_look(self, "kind", "field")

    def set_state(self, state: str) -> None:
        """Show the frame of a wrong value, or none."""
        set_look(self, "state", state)

    def open(self, typed: str = "") -> PickList:
        """Drop the list down."""
        raise NotImplementedError

    def _open(self) -> None:
        self.open()

    def words(self) -> str:
        """What is shown."""
        return self._words

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + theme.px(34), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self._height())

    def _height(self) -> int:
        return theme.px(32 if self._is_framed else 28)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() in OPENS:
            self.open()
        elif typed.isprintable() and typed.strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open(typed)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self.font())
        active = self._is_framed or self.underMouse() or self.hasFocus()
        inside = self.rect().adjusted(theme.px(10 if self._is_framed else 6), 0, -theme.px(22 if active else 4), 0)
        painter.setPen(theme.tone("text" if self._words else "text3"))
        shown = self._words or self._placeholder
        elided = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        if active:
            side = theme.px(12)
            spot = self.rect().adjusted(self.width() - side - theme.px(8), 0, -theme.px(8), 0)
            paint_icon(painter, spot, "down", "text3")

    def _show(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def _drop(self, picked: Sequence[str], *, many: bool) -> PickList:
        if self.dropped is not None:
            self.dropped.close_list()
        opened = PickList(self, self._choices, picked, many=many, creates=self._creates)
        opened.created.connect(self.created)
        opened.closed.connect(self._forget)
        self.dropped = opened
        return opened

    def _forget(self) -> None:
        self.dropped = None


class InPlaceChoice(_Choosing):
    """One of several; `committed` carries its code."""

    committed = Signal(str)

    def __init__(
        self, choices: Choices, value: str = "", words: str = "", *, placeholder: str = "", creates: bool = False
    ) -> None:
        super().__init__(choices, placeholder or _("Choose"), creates=creates)
        self._value = ""
        self.set_value(value, words)

    def value(self) -> str:
        """The code chosen."""
        return self._value

    def set_value(self, value: str, words: str = "") -> None:
        """Show what is saved; `words` are needed when the choices come from a search."""
        self._value = value
        self._show(words or words_of(self._choices, value) or value)

    @override
    def open(self, typed: str = "") -> PickList:
        opened = self._drop([self._value], many=False)
        opened.chosen.connect(self._take)
        opened.open(typed)
        return opened

    def _take(self, code: str) -> None:
        words = self.dropped.words_of(code) if self.dropped else ""
        if code != self._value:
            self.set_value(code, words)
            self.committed.emit(code)


class InPlaceChoices(_Choosing):
    """Some of several; `committed` carries the list of codes when the list is closed."""

    committed = Signal(list)

    def __init__(
        self, choices: Choices, values: Sequence[str] = (), *, placeholder: str = "", creates: bool = False
    ) -> None:
        super().__init__(choices, placeholder or _("Choose"), creates=creates)
        self._values: list[str] = []
        self.set_value(values)

    def value(self) -> list[str]:
        """The codes chosen."""
        return list(self._values)

    def set_value(self, values: Sequence[str]) -> None:
        """Show what is saved."""
        self._values = list(values)
        self._show(_(", ").join(words_of(self._choices, each) or each for each in values))

    @override
    def open(self, typed: str = "") -> PickList:
        opened = self._drop(self._values, many=True)
        opened.closed.connect(self._commit)
        self._before = list(self._values)
        opened.chosen.connect(self._follow)
        opened.open(typed)
        return opened

    def _follow(self) -> None:
        if self.dropped is not None:
            self.set_value(self.dropped.picked)

    def _commit(self) -> None:
        if self._values != self._before:
            self.committed.emit(list(self._values))


def words_of(choices: Choices, code: str) -> str:
    """The words for a code, when the choices are a plain list."""
    if callable(choices) or not code:
        return ""
    return next((words for each, words in choices if each == code), "")
