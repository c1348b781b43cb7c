"""Everything about one template: of a new one until it is added; of another one, each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.services import templates
from crm_desktop.services.templates import Template
from crm_desktop.ui.own_fields.field_form import NameLine
from crm_desktop.ui.templates.items import ItemsEditor
from crm_desktop.ui.templates.words import contact_types
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import danger, primary, secondary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

NEW = Template(0, "")


class TemplateForm(QWidget):
    """The name of a template, for whom it is, and its tasks."""

    kept = Signal(object)
    """The key of a template that was made or changed."""
    cancelled = Signal()
    delete_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.template = NEW
        self.is_saving = False
        """Whether a change is on its way: what is heard of it meanwhile is no news."""
        self.name = NameLine()
        self.contact_type = InPlaceChoice(contact_types())
        self.items = ItemsEditor()
        self.heading = label("", "strong", wrap=True)
        self.delete = danger(_("Delete template"), "delete", self.delete_asked.emit)
        self.cancel = secondary(_("Cancel"), act=self.cancelled.emit)
        self.add = primary(_("Add template"), "add", self._add)
        self._rows = {
            "name": FieldRow(_("Template"), self.name),
            "contact_type": FieldRow(_("Offered for"), self.contact_type),
        }
        align_labels(self._rows.values())
        self.problem = label("", "err", wrap=True)
        foot = row(self.delete, None, self.cancel, self.add, margins=(0, 6, 0, 0))
        self.setLayout(column(self.heading, *self._rows.values(), 4, self.items, self.problem, foot, None, spacing=4))
        for signal in (self.name.committed, self.contact_type.committed, self.items.changed):
            signal.connect(self._keep)
        self.name.accepted.connect(self._accept)

    def is_adding(self) -> bool:
        """Whether a new template is being described."""
        return self.template is NEW and not self.isHidden()

    def begin(self) -> None:
        """Ask for a new template."""
        self._fill(NEW)
        self.heading.setText(_("New template"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_template(self, template: Template) -> None:
        """Show a template that there is."""
        self._fill(template)
        self.heading.setText(template.name)

    def edit(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def value(self) -> Template:
        """The template as it stands now."""
        return replace(
            self.template,
            name=self.name.value(),
            contact_type=self.contact_type.value(),
            items=tuple(self.items.value()),
        )

    def _fill(self, template: Template) -> None:
        self.template = template
        self.name.set_value(template.name)
        self.contact_type.set_value(template.contact_type)
        self.items.set_value(template.items)
        self._tell({})
        is_new = template is NEW
        self.delete.setVisible(not is_new)
        self.cancel.setVisible(is_new)
        self.add.setVisible(is_new)

    def _accept(self) -> None:
        if self.template is NEW:
            self.items.setFocus()

    def _add(self) -> None:
        made = self.value()
        self._save(partial(templates.make, self.desk.workspace, made.name, made.contact_type, made.items))

    def _keep(self) -> None:
        if self.template is not NEW and (self.value() != self.template or self.items.problem()):
            self._save(partial(templates.change, self.desk.workspace, self.value()))

    def _save(self, write: Callable[[], int]) -> None:
        """Carry out a change; what cannot be is told below what it is about."""
        self._tell({"items": self.items.problem()} if self.items.problem() else {})
        if self.items.problem():
            return
        self.is_saving = True
        try:
            self.desk.save(write, self._saved)
        except Invalid as error:
            self.is_saving = False
            self._tell(error.problems)

    def _saved(self, key: int) -> None:
        self.is_saving = False
        self.kept.emit(key)

    def _tell(self, problems: dict[str, str]) -> None:
        for name, line in self._rows.items():
            line.set_finding(problems.get(name, ""))
        rest = "\n".join(text for name, text in problems.items() if name not in self._rows)
        self.problem.setText(rest)
        self.problem.setVisible(bool(rest))
