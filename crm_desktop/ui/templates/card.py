"""The card of the settings on which templates of tasks are made and changed: a list of them, and the one chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.services import templates
from crm_desktop.ui import theme
from crm_desktop.ui.own_fields.field_list import FieldList, Row
from crm_desktop.ui.templates.form import TemplateForm
from crm_desktop.ui.templates.words import line_of
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.services.templates import Template
    from crm_desktop.ui.desk import Desk

LIST_WIDTH = 204


class TemplatesCard(Card):
    """Series of tasks; everything done here is one step to undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Task templates"), "schedule")
        self.desk = desk
        self.templates: list[Template] = []
        self.list = FieldList(_("Task templates"))
        self.form = TemplateForm(desk)
        self.new = secondary(_("Add"), "add", self.begin).explain(_("Add a template"))
        self.new.setAccessibleName(_("Add a template"))
        self.up = tool("up", _("Move up"), partial(self.list.step, -1), shortcut="Alt+↑", side=28)
        self.down = tool("down", _("Move down"), partial(self.list.step, 1), shortcut="Alt+↓", side=28)
        self.empty = EmptyState("schedule", _("No templates yet"), _("Such as “After a trade show”."), size=44)
        self.empty.add_button(_("Add a template"), self.begin, icon="add", kind="primary")
        self._lay_out()
        self._listen()
        self.refresh()

    def refresh(self) -> None:
        """Show the templates as they are now; a new one that is being described is left alone."""
        if self.form.is_saving:
            return
        self.templates = templates.everything(self.desk.workspace)
        self.list.show_rows([Row(each.key, "schedule", each.name, line_of(each)) for each in self.templates])
        if self.form.is_adding():
            self.list.setCurrentRow(-1)
            return
        self._show_list(there=bool(self.templates))
        self._show_chosen()

    def begin(self) -> None:
        """Describe a new template."""
        self._show_list(there=True)
        self.list.setCurrentRow(-1)
        self.form.show()
        self.form.begin()

    def _show_list(self, *, there: bool) -> None:
        self._both.setVisible(there)
        self.empty.setVisible(not there)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(theme.px(LIST_WIDTH))
        side.setLayout(column(self.list, row(self.new, None, self.up, self.down, spacing=2), None, spacing=6))
        self._both = QWidget()
        self._both.setLayout(row(side, self.form, spacing=18, margins=(0, 8, 0, 0)))
        self.form.hide()
        why = _("A template makes several tasks at once, each so many days after a day that you choose.")
        self.add_rows(label(why, "caption", wrap=True), self.empty, self._both)

    def _listen(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.list.moved.connect(self._move)
        self.list.edit_asked.connect(self.form.edit)
        self.list.delete_asked.connect(self._delete)
        self.form.delete_asked.connect(self._delete)
        self.form.kept.connect(self._kept)
        self.form.cancelled.connect(self._cancel)

    def _choose(self, place: int) -> None:
        if place >= 0:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.form.setVisible(chosen is not None)
        if chosen is not None:
            self.form.show_template(chosen)
        self.up.setEnabled(self.list.currentRow() > 0)
        self.down.setEnabled(0 <= self.list.currentRow() < self.list.count() - 1)

    def _chosen(self) -> Template | None:
        key = self.list.chosen()
        return next((each for each in self.templates if each.key == key), None)

    def _move(self, key: int, place: int) -> None:
        self.desk.save(partial(templates.move, self.desk.workspace, key, place), self.list.choose)

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            delete = partial(templates.remove, self.desk.workspace, chosen.key)
            self.desk.save(delete, lambda _none: self._deleted(chosen))

    def _deleted(self, template: Template) -> None:
        self.desk.done(_("Deleted template “{name}”").format(name=template.name))
        (self.list if self.templates else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self, key: int) -> None:
        """Show a template that was made or changed; one that was built in has a key of its own from now on."""
        was_new = self.form.is_adding()
        if was_new:
            self.form.hide()
        self.refresh()
        self.list.choose(key)
        if was_new:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        self.form.hide()
        self.refresh()
        (self.list if self.templates else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)
