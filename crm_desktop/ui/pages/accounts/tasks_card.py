"""What is still to be done about an account or a contact: ticked, changed and added where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.services import task_words as words
from crm_desktop.services.clock import now
from crm_desktop.ui.tasks.verbs import TaskVerbs
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import ElideButton, link, tool
from crm_desktop.ui.widgets.cards import Card, Outset
from crm_desktop.ui.widgets.labels import Caption

if TYPE_CHECKING:
    from crm_desktop.services.task_list import Listed
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.pages.accounts.detail_data import View

TASK_PARTS = frozenset({"record", "tasks", "task_count"})


class TasksCard(Card):
    """The first open tasks of a record; the page of tasks has all of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Open tasks"), "tasks")
        self.grown: Callable[[], object] | None = None
        self.lines: list[TaskLine] = []
        self._desk = desk
        self._verbs = TaskVerbs(desk, self)
        self._box = column(spacing=0)
        self._more = link("", act=self._show_all)
        self._more.hide()
        outset = Outset()
        outset.addLayout(self._box)
        self.add_row(outset)
        self.add_link(self._more)
        self.add_button = self.add_action(_("Add a task"), self._add)
        self._view: View | None = None

    def show_tasks(self, view: View) -> None:
        """Show the open tasks of a record."""
        self._view = view
        before = len(self.lines)
        while len(self.lines) < len(view.tasks):
            self.lines.append(TaskLine(self._verbs))
            self._box.addWidget(self.lines[-1])
        for place, each in enumerate(self.lines):
            each.show_task(view.tasks[place] if place < len(view.tasks) else None)
        rest = view.task_count - len(view.tasks)
        self._more.setText(ngettext("{count} more", "{count} more", rest) if rest else "")
        self._more.setVisible(rest > 0)
        self.title.setText(
            _("Open tasks {count}").format(count=view.task_count) if view.task_count else _("Open tasks")
        )
        if len(self.lines) > before and self.grown is not None:
            self.grown()

    def _add(self) -> None:
        if self._view is not None:
            self._verbs.make(**{self._view.entity: self._view.record.id})

    def _show_all(self) -> None:
        if self._view is not None:
            self._desk.ask("tasks", self._view.record.name)


class TaskLine(QWidget):
    """One task: a box to tick, its title to change it, and when it is due."""

    def __init__(self, verbs: TaskVerbs) -> None:
        super().__init__()
        self.task: Listed | None = None
        self._verbs = verbs
        self.tick = tool("task", _("Done"), self._tick, side=28)
        self.title = ElideButton("", "link", act=self._edit)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.when = Caption("")
        box = row(self.tick, self.title, self.when, spacing=4)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_task(self, task: Listed | None) -> None:
        """Show a task, or nothing."""
        self.task = task
        self.setVisible(task is not None)
        if task is None:
            return
        self.title.setText(task.title)
        self.title.setAccessibleName(_("Edit: {title}").format(title=task.title))
        self.tick.setAccessibleName(_("Done: {title}").format(title=task.title))
        at = now()
        self.when.setText(words.soon(task, at))
        self.when.setToolTip(words.when(task, at))
        set_look(self.when, "role", "err" if words.tone(task) == "err" else "caption")

    def _tick(self) -> None:
        if self.task is not None:
            self._verbs.tick(self.task.key, self.task.title)

    def _edit(self) -> None:
        if self.task is not None:
            self._verbs.edit(self.task.key)
