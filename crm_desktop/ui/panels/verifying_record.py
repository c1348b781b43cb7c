"""One record to verify: who it is, and each channel and detail as a line that can be corrected at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.model.base import now
from crm_desktop.services.verification import Card, Line, level_label
from crm_desktop.ui import theme
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.panels.panel import ENTER, is_press
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import Caption, Elide

KEYS = {each.value for each in (Qt.Key.Key_Y, Qt.Key.Key_C, Qt.Key.Key_L, Qt.Key.Key_J, Qt.Key.Key_K)}
ARROWS = {Qt.Key.Key_Right.value, Qt.Key.Key_Left.value}


class RecordSheet(QFrame):
    """Takes the keys of the queue while nothing on it is being edited."""

    asked = Signal(int)
    """A key of the queue was pressed."""
    entered = Signal()
    """Enter was pressed in a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name, self.who, self.level = Elide("", "title"), Elide("", "small"), Caption()
        self.age = Caption()
        self._lines: list[tuple[Line, FieldRow]] = []
        self._rows: list[FieldRow] = []
        self._box = column(spacing=2)
        head = row(self.name, self.level, spacing=8)
        head.setStretch(0, 1)
        self.setLayout(
            column(head, row(self.who, None, self.age), 6, self._box, None, spacing=2, margins=(18, 12, 18, 14))
        )

    def show_card(self, card: Card) -> None:
        """Show a record."""
        self.name.setText(card.name)
        self.level.setText(level_label(card.level))
        who = " · ".join(filter(None, (card.job, card.account)))
        self.who.setText(who)
        self.age.setText(_since(card))
        while len(self._rows) < len(card.lines):
            made = FieldRow("", LineEditor(_("Nothing is known")))
            made.editor.installEventFilter(self)
            self._rows.append(made)
            self._box.addWidget(made)
        self._lines = list(zip(card.lines, self._rows, strict=False))
        for place, each in enumerate(self._rows):
            each.setVisible(place < len(card.lines))
        for line, each in self._lines:
            _fill(each, line)
        align_labels(self._rows[: len(card.lines)])
        told = [f"{line.label} {line.text}" for line in card.lines if line.text]
        self.setAccessibleName(", ".join(filter(None, (card.name, who, *told))))

    def changes(self) -> list[tuple[Line, str]]:
        """The lines that say something else now, with what they say."""
        return [(line, _text(each)) for line, each in self._lines if _text(each) != line.text]

    def say_wrong(self, problems: Mapping[str, str]) -> None:
        """Say beside each line why it cannot be kept."""
        for line, each in self._lines:
            words = problems.get(line.label, "") if _text(each) != line.text else ""
            each.set_state("err" if words else "")
            each.set_finding(words)
        wrong = next((each for _line, each in self._lines if each.finding.text()), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Put the keyboard into the first line that is old, else into the first."""
        old = [each for line, each in self._lines if line.is_stale] or [each for _line, each in self._lines]
        if old:
            editor = old[0].editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(editor, LineEditor):
                editor.selectAll()

    def is_editing(self) -> bool:
        """Whether the keyboard is in a line."""
        there = QApplication.focusWidget()
        return there is not None and there is not self and self.isAncestorOf(there)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_press(event, ENTER):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.hasFocus() and plain and event.key() in KEYS | ARROWS:
            self.asked.emit(event.key())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tone("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(6, 4, -6, -4), 8, 8)


def _text(shown: FieldRow) -> str:
    assert isinstance(shown.editor, LineEditor)
    return shown.editor.text().strip()


def _fill(shown: FieldRow, line: Line) -> None:
    editor = shown.editor
    assert isinstance(editor, LineEditor)
    shown.label.setText(line.label)
    editor.setAccessibleName(line.label)
    editor.hold(line.text, line.text)
    editor.setCursorPosition(0)
    shown.set_finding("")
    days = (now() - line.checked_at).days if line.checked_at else None
    never = _("never verified") if line.entity == "channel" else ""
    words = never if days is None else ngettext("{count} day", "{count} days", days)
    shown.set_state("stale" if line.is_stale else "", words)


def _since(card: Card) -> str:
    if card.verified_at is None:
        return _("never verified")
    days = (now() - card.verified_at).days
    return ngettext("verified {count} day ago", "verified {count} days ago", days) if days else _("verified today")
