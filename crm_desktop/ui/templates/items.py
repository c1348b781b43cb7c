"""The tasks of a template: a line each with its day, kind, title and time of day, and one more for the next."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.i18n import _
from crm_desktop.services.templates import Item
from crm_desktop.ui import theme
from crm_desktop.ui.list_card.lines import SIDE, Line, LinesEditor
from crm_desktop.ui.templates.words import kinds
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import label

DAY_WIDTH, KIND_WIDTH, TIME_WIDTH, EDGE = 50, 82, 72, 6


class ItemsEditor(LinesEditor):
    """Lines with the tasks by day."""

    def __init__(self) -> None:
        heads = row(spacing=4, margins=(EDGE, 0, 0, 0))
        for words, width in ((_("Day"), DAY_WIDTH), (_("Kind"), KIND_WIDTH), (_("Task"), 0), (_("Time"), TIME_WIDTH)):
            made = label(words, "caption")
            if width:
                made.setFixedWidth(theme.px(width))
            heads.addWidget(made, 0 if width else 1)
        heads.addSpacing(theme.px(SIDE))
        super().__init__(ItemLine, self._after_last, _("Another task"), _("Another task, then Enter"), heads)

    def _after_last(self, text: str) -> Item:
        last = self.value()[-1].offset_days if self.lines else 0
        return Item(text, offset_days=last + 1)

    def problem(self) -> str:
        """What was typed and cannot be read, if anything."""
        return next(filter(None, (each.problem() for each in self.lines)), "")


class ItemLine(Line):
    """One task of a template."""

    def __init__(self) -> None:
        super().__init__()
        self._item = Item("")
        self.day, self.title, self.time = InPlaceLine(), InPlaceLine(), InPlaceLine(placeholder=_("any time"))
        self.kind = InPlaceChoice(kinds())
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

    def show_value(self, item: Item) -> None:
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
