"""Everything about one template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.services import templates
from crm_desktop.services.templates import Template
from crm_desktop.ui.list_card.form import Form
from crm_desktop.ui.templates.items import ItemsEditor
from crm_desktop.ui.templates.words import contact_types
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

NEW = Template(0, "")


class TemplateForm(Form):
    """The name of a template, for whom it is, and its tasks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Delete template"), _("Add template"), self._add)
        self.template = NEW
        self.contact_type = InPlaceChoice(contact_types())
        self.items = ItemsEditor()
        self._rows = {
            "name": FieldRow(_("Template"), self.name),
            "contact_type": FieldRow(_("Offered for"), self.contact_type),
        }
        align_labels(self._rows.values())
        self.problem = label("", "err", wrap=True)
        parts = (self.heading, *self._rows.values(), 4, self.items, self.problem, self.foot, None)
        self.setLayout(column(*parts, spacing=4))
        for signal in (self.name.committed, self.contact_type.committed, self.items.changed):
            signal.connect(self._keep)
        self.name.accepted.connect(self._accept)

    @override
    def begin(self) -> None:
        self._fill(NEW)
        self.heading.setText(_("New template"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def show_thing(self, thing: Template) -> None:
        self._fill(thing)
        self.heading.setText(thing.name)

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
        self.set_new(is_new=template is NEW)

    def _accept(self) -> None:
        if self.is_new:
            self.items.setFocus()

    def _add(self) -> None:
        made = self.value()
        self._save(partial(templates.make, self.desk.workspace, made.name, made.contact_type, made.items))

    def _keep(self) -> None:
        if not self.is_new and (self.value() != self.template or self.items.problem()):
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
