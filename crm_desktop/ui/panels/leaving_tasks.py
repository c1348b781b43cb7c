"""The open tasks about somebody who leaves, each with what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.services.leaving import CLOSE, COLLEAGUE, KEEP, SUCCESSOR, OpenTask
from crm_desktop.text.dates import show_date
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.labels import Elide, label

SHOWN = 50
"""More than that stay as they are."""
WIDTH = 200


class TaskChoices(QWidget):
    """A row for each task, and one choice for all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: Sequence[OpenTask] = ()
        self._choices: list[tuple[str, str]] = []
        self.title, self.more = label("", "strong"), label("", "caption")
        self.all = _choice()
        self.all.setAccessibleName(_("All open tasks"))
        self.all.committed.connect(self._choose_all)
        self.rows: list[_TaskRow] = []
        self._box = column(spacing=0)
        self.setLayout(column(row(self.title, None, self.all), self._box, self.more, spacing=2, margins=(0, 6, 0, 6)))

    def show_tasks(self, tasks: Sequence[OpenTask], users: Sequence[tuple[int, str]], *, can_follow: bool) -> None:
        """List tasks; `users` are those of us who can take them over."""
        self._tasks = tasks[:SHOWN]
        self._choices = [(KEEP, _("Keep as it is"))]
        self._choices += [(SUCCESSOR, _("To the successor"))] if can_follow else []
        self._choices += [(CLOSE, _("Close"))]
        self._choices += [(f"{COLLEAGUE}{key}", _("To {name}").format(name=name)) for key, name in users]
        while len(self.rows) < len(self._tasks):
            self.rows.append(_TaskRow())
            self._box.addWidget(self.rows[-1])
        for place, each in enumerate(self.rows):
            each.setVisible(place < len(self._tasks))
            if place < len(self._tasks):
                each.fill(self._tasks[place], self._choices)
        self.title.setText(ngettext("{count} open task", "{count} open tasks", len(tasks)))
        rest = len(tasks) - len(self._tasks)
        self.more.setText(ngettext("{count} more stays as it is", "{count} more stay as they are", rest))
        self.more.setVisible(rest > 0)
        self.all.set_choices(self._choices)
        self.all.set_value(KEEP)
        self.all.setVisible(len(self._tasks) > 1)
        self.setVisible(bool(tasks))

    def chosen(self) -> dict[int, str]:
        """What becomes of each task, by key."""
        return {each.key: line.choice.value() for each, line in zip(self._tasks, self.rows, strict=False)}

    def prefer_successor(self, *, is_there: bool) -> None:
        """Give the successor what nobody decided on yet; take it back when there is none."""
        before, after = (KEEP, SUCCESSOR) if is_there else (SUCCESSOR, KEEP)
        for each in (self.all, *(line.choice for line in self.rows)):
            if each.value() == before:
                each.set_value(after)

    def _choose_all(self, code: str) -> None:
        for each in self.rows:
            each.choice.set_value(code)


class _TaskRow(QWidget):
    """One task."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.due = Elide(""), label("", "caption")
        self.choice = _choice()
        box = row(self.title, self.due, self.choice, spacing=8)
        box.setStretch(0, 1)
        self.setLayout(box)

    def fill(self, task: OpenTask, choices: list[tuple[str, str]]) -> None:
        """Show a task that stays as it is until somebody says otherwise."""
        self.title.setText(task.title)
        day = show_date(task.due_at.astimezone().date(), language()) if task.due_at else ""
        self.due.setText(" · ".join(filter(None, (day, task.owner))))
        self.choice.set_choices(choices)
        self.choice.set_value(KEEP)
        self.choice.setAccessibleName(_("What becomes of “{task}”").format(task=task.title))


def _choice() -> InPlaceChoice:
    made = InPlaceChoice([], "")
    made.setFixedWidth(theme.px(WIDTH))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
