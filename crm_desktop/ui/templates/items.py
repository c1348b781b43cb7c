"""The tasks of a template: a line each with its day, kind, title and time of day, and one more for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.i18n import _
from crm_desktop.services.templates import Item
from crm_desktop.ui import theme
from crm_desktop.ui.templates.words import kinds
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import label

DAY_WIDTH, KIND_WIDTH, TIME_WIDTH, SIDE, EDGE = 50, 82, 72, 26, 6


class ItemsEditor(QWidget):
    """Lines with the tasks by day."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ItemLine] = []
        self._box = column(spacing=2)
        self.next = InPlaceLine(placeholder=_("Another task, then Enter"))
        self.next.setAccessibleName(_("Another task"))
        self.next.committed.connect(self._add)
        heads = row(spacing=4, margins=(EDGE, 0, 0, 0))
        for words, width in ((_("Day"), DAY_WIDTH), (_("Kind"), KIND_WIDTH), (_("Task"), 0), (_("Time"), TIME_WIDTH)):
            made = label(words, "caption")
            if width:
                made.setFixedWidth(theme.px(width))
            heads.addWidget(made, 0 if width else 1)
        heads.addSpacing(theme.px(SIDE))
        self.setLayout(column(heads, self._box, self.next, spacing=2))
        self.setFocusProxy(self.next)

    def value(self) -> list[Item]:
        """The tasks as they stand now."""
        return [each.value() for each in self.lines]

    def problem(self) -> str:
        """What was typed and cannot be read, if anything."""
        return next(filter(None, (each.problem() for each in self.lines)), "")

    def set_value(self, items: Sequence[Item]) -> None:
        """Show other tasks; lines are kept where they can be, so that nobody loses the place."""
        while len(self.lines) > len(items):
            self._drop(self.lines[-1])
        while len(self.lines) < len(items):
            self._append()
        for line, item in zip(self.lines, items, strict=True):
            line.show_item(item)

    def _append(self) -> None:
        made = ItemLine()
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._remove, made))
        self.lines.append(made)
        self._box.addWidget(made)

    def _drop(self, line: ItemLine) -> None:
        if line.isAncestorOf(QApplication.focusWidget() or self):
            self.next.setFocus()
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _add(self, text: str) -> None:
        if text.strip():
            last = self.value()[-1].offset_days if self.lines else 0
            self.set_value([*self.value(), Item(text.strip(), offset_days=last + 1)])
            self.next.setText("")
            self.next.set_value("")
            self.changed.emit()

    def _remove(self, line: ItemLine) -> None:
        self._drop(line)
        self.changed.emit()


class ItemLine(QWidget):
    """One task of a template."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item = Item("")
        self.day, self.title, self.time = InPlaceLine(), InPlaceLine(), InPlaceLine(placeholder=_("any time"))
        self.kind = InPlaceChoice(kinds())
        self.off = tool("close", "", self.removed.emit, tone="text3", side=SIDE)
        for editor, width in ((self.day, DAY_WIDTH), (self.kind, KIND_WIDTH), (self.time, TIME_WIDTH)):
            editor.setFixedWidth(theme.px(width))
        box = row(self.day, self.kind, self.title, self.time, self.off, spacing=4)
        box.setStretch(2, 1)
        self.setLayout(box)
        for each in (self.day, self.title, self.time, self.kind):
            each.committed.connect(self.changed)

    def value(self) -> Item:
        """The task as it stands now."""
        return replace(
            self._item,
            title=self.title.value(),
            kind=self.kind.value(),
            offset_days=self._item.offset_days if (days := _days(self.day.value())) is None else days,
            at_time=self.time.value(),
        )

    def problem(self) -> str:
        """What is wrong with the day, if anything."""
        if _days(self.day.value()) is not None:
            return ""
        return _("“{text}” is not a number of days such as +3.").format(text=self.day.value().strip()[:20])

    def show_item(self, item: Item) -> None:
        """Show a task."""
        self._item = item
        self.day.set_value(f"{item.offset_days:+d}" if item.offset_days else "0")
        self.kind.set_value(item.kind)
        self.title.set_value(item.title)
        self.time.set_value(item.at_time)
        words = (
            (self.day, _("Days after the beginning: {title}")),
            (self.kind, _("Kind of task: {title}")),
            (self.title, _("Title: {title}")),
            (self.time, _("Time of day: {title}")),
        )
        for editor, text in words:
            editor.setAccessibleName(text.format(title=item.title))
        self.off.explain(_("Take out: {title}").format(title=item.title))


def _days(text: str) -> int | None:
    """A number of days, such as +3; nothing for what is none."""
    plain = text.strip().replace("＋", "+").replace("−", "-").rstrip("d天日 ")
    try:
        return int(plain)
    except ValueError:
        return None
