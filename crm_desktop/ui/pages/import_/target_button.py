"""The field that a column goes to: looks like a combo, tells where the choice came from, opens a list to search in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.icons import paint_icon
from crm_desktop.ui.widgets.chips import chip_width, paint_chip
from crm_desktop.ui.widgets.pick_list import Choice, PickList

OPENS = page_keys.IMPORT.codes("target")
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
HEIGHT = 34
NOTHING = "-"
"""The choice that leaves a column out; the list has no empty codes."""


class TargetButton(QPushButton):
    """One choice among all targets; `chosen` carries its code, empty for a column that is not imported."""

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, words: Mapping[str, str], new_fields: Callable[[], Sequence[Choice]], header: str) -> None:
        super().__init__()
        self._known, self._new_fields = words, new_fields
        self._code, self._chip, self._chip_tone, self._state = "", "", "plain", ""
        self.dropped: PickList | None = None
        self.setAutoDefault(False)
        self.setAccessibleName(_("“{header}” goes to").format(header=header))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_target(self, code: str, chip: str = "", tone: str = "plain", state: str = "") -> None:
        """Show a target and where it came from; `state` is warn, err or empty."""
        self._code, self._chip, self._chip_tone, self._state = code, chip, tone, state
        self.setAccessibleDescription(f"{self.words()} {chip}".strip())
        self.setToolTip(self.words())
        self.update()

    def code(self) -> str:
        """The target shown."""
        return self._code

    def words(self) -> str:
        """The target in words."""
        if not self._code:
            return _("Do not import")
        return self._known.get(self._code) or dict(self._choices).get(self._code, self._code)

    @cached_property
    def _choices(self) -> list[Choice]:
        """All that a column may go to; found out for who asks, because its values have a say in it."""
        return [(NOTHING, _("Do not import")), *self._known.items(), *self._new_fields()]

    def open(self, typed: str = "") -> None:
        """Drop the list down."""
        if self.dropped is not None:
            self.dropped.close_list()
        self.dropped = PickList(self, self._choices, [self._code or NOTHING])
        self.dropped.chosen.connect(self._take)
        self.dropped.closed.connect(self._forget)
        self.dropped.open(typed)

    def _open(self) -> None:
        self.open()

    def _forget(self) -> None:
        self.dropped = None

    def _take(self, code: str) -> None:
        self.chosen.emit("" if code == NOTHING else code)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = event.key(), event.text()
        if key in OPENS:
            self.open()
        elif key in STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(STEPS[Qt.Key(key)])
        elif typed.isprintable() and typed.strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.open(typed)
        else:
            event.ignore()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        middle, side = self.height() // 2, theme.px(15)
        x = theme.px(9)
        is_imported = bool(self._code)
        icon, tone = ("forward", "accentText") if is_imported else ("skip", "text3")
        paint_icon(painter, QRect(x, middle - side // 2, side, side), icon, tone)
        end = self.width() - theme.px(22)
        paint_icon(painter, QRect(end, middle - theme.px(6), theme.px(12), theme.px(12)), "down", "text3")
        x += side + theme.px(8)
        end = self._paint_chip(painter, x, end - theme.px(6))
        painter.setFont(theme.font(13, 600 if is_imported else 400))
        painter.setPen(theme.tone("text" if is_imported else "text2"))
        shown = painter.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, end - x)
        painter.drawText(QRect(x, 0, end - x, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_frame(self, painter: QPainter) -> None:
        width, tone = 1.0, "control"
        if self.hasFocus():
            width, tone = 2.0, "accent"
        elif self._state:
            width, tone = 1.4, self._state
        painter.setPen(QPen(theme.tone(tone), width))
        painter.setBrush(theme.tone("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_chip(self, painter: QPainter, start: int, end: int) -> int:
        """Draw the chip at the right; the words come first unless it warns. Gives where the words must end."""
        width = chip_width(self._chip) + theme.px(8)
        words = QFontMetrics(theme.font(13, 600)).horizontalAdvance(self.words())
        least = min(words, theme.px(70)) if self._state else words
        if not self._chip or end - start - width < least:
            return end
        width -= theme.px(8)
        height = theme.px(20)
        place = QRect(end - width, (self.height() - height) // 2, width, height)
        paint_chip(painter, place, self._chip, self._chip_tone)
        return place.left() - theme.px(6)
