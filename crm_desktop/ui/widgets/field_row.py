"""One field of a record: label, value to edit in place, mark of its state, and what a check has to say about it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop import i18n
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import Act, ElideButton
from crm_desktop.ui.widgets.labels import Caption, Picture, label

LABEL_WIDTHS = {"zh_CN": 72}
LABEL_WIDTH = 82
WIDEST_LABEL = 128
ROW = 28
MARKS = {"ok": ("ok", "ok"), "warn": ("warn", "warn"), "stale": ("stale", "warn"), "err": ("err", "err")}
CAPTIONS = {"warn": "warn", "stale": "warn", "err": "err"}


class FieldRow(QWidget):
    """A label, an editor that looks like text, and beside and below it what is known about the value."""

    def __init__(self, text: str, editor: QWidget, *, label_width: int = 0) -> None:
        super().__init__()
        self.editor = editor
        self.label = _Label(text)
        self.label.setBuddy(editor)
        self._fix: Act | None = None
        self.caption = Caption()
        self.mark = Picture("", "ok", 15)
        self.finding = label("", "err", wrap=True)
        self.fix_button = ElideButton("", "fix", "fix", self._mend)
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        self._lay_out()
        self.set_label_width(label_width or label_width_wanted(text))
        self.set_state("")
        self.set_finding("")

    def set_label_width(self, width: int) -> None:
        """Give the label this many design pixels."""
        self.label.column = width
        self.label.updateGeometry()
        self._below.setContentsMargins(theme.px(width) + 8, 0, 0, 4)

    def set_state(self, state: str, caption: str = "", tip: str = "") -> None:
        """Show how the value is: "ok", "warn", "stale", "err" or "", with a few words after it."""
        set_look(self.caption, "role", CAPTIONS.get(state, "caption"))
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        name, tone = MARKS.get(state, ("", ""))
        self.mark.set_icon(name, tone)
        self.mark.setVisible(bool(name))
        self.mark.setToolTip(tip or caption)
        self.mark.setAccessibleName(tip or caption or state)
        self._mark_editor("err" if state == "err" else "")

    def set_finding(self, text: str, fix_label: str = "", fix: Act | None = None, severity: str = "err") -> None:
        """Say below the value what is wrong and how to mend it; an empty text says nothing."""
        self._fix = fix
        set_look(self.finding, "role", CAPTIONS.get(severity, "caption"))
        self.finding.setText(text)
        self.finding.setVisible(bool(text))
        self.fix_button.setText(fix_label)
        self.fix_button.setVisible(bool(fix_label))
        self._below_box.setVisible(bool(text or fix_label))
        self.editor.setAccessibleDescription(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_label_width(self.label.column)

    def _mark_editor(self, state: str) -> None:
        marked = getattr(self.editor, "set_state", None)
        if marked is not None:
            marked(state)
        else:
            set_look(self.editor, "state", state)

    def _mend(self) -> None:
        if self._fix is not None:
            self._fix()

    def _lay_out(self) -> None:
        self._below_box = QWidget()
        self._below = column(self.finding, row(self.fix_button, None), spacing=0)
        self._below_box.setLayout(self._below)
        top = Qt.AlignmentFlag.AlignTop
        line = row(spacing=2)
        line.addWidget(self.label, 0, top)
        line.addWidget(self.editor, 1, top)
        line.addWidget(_Middle(self.caption, self.mark), 0, top)
        self.setLayout(column(line, self._below_box, spacing=0))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def label_width_wanted(text: str) -> int:
    """How many design pixels a label needs: the usual column of the language, more for a long word."""
    usual = LABEL_WIDTHS.get(i18n.language(), LABEL_WIDTH)
    needed = QFontMetrics(theme.font(13)).horizontalAdvance(text) / max(theme.px(100), 1) * 100 + 6
    return int(min(max(usual, needed), WIDEST_LABEL))


def align_labels(rows: Iterable[FieldRow]) -> None:
    """Give the labels of these rows one width, so that their values begin on one line."""
    together = list(rows)
    width = max((label_width_wanted(each.label.text()) for each in together), default=0)
    for each in together:
        if each.label.column != width:
            each.set_label_width(width)


class _Label(QLabel):
    """The label column: fixed in width, wrapping a name that is longer."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.column = LABEL_WIDTH
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", "label")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.setContentsMargins(0, 4, 4, 2)

    @override
    def sizeHint(self) -> QSize:
        width = theme.px(self.column)
        return QSize(width, max(theme.px(ROW), self.heightForWidth(width)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Middle(QWidget):
    """Keeps small things in the middle of the first line of a value."""

    def __init__(self, *inner: QWidget) -> None:
        super().__init__()
        self.setLayout(row(*inner, spacing=4, margins=(4, 0, 0, 0)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))
