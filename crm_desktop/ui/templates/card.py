"""The card of the settings on which templates of tasks are made and changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.i18n import _
from crm_desktop.services import templates
from crm_desktop.ui.list_card.card import Collection, ListCard
from crm_desktop.ui.list_card.rows import Row
from crm_desktop.ui.templates.form import TemplateForm
from crm_desktop.ui.templates.words import line_of

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class TemplatesCard(ListCard):
    """Series of tasks."""

    form: TemplateForm

    def __init__(self, desk: Desk) -> None:
        series = Collection(
            _("Task templates"),
            "schedule",
            _("A template makes several tasks at once, each so many days after a day that you choose."),
            _("No templates yet"),
            _("Such as “After a trade show”."),
            _("Add a template"),
            partial(templates.everything, desk.workspace),
            lambda template: Row(template.key, "schedule", template.name, line_of(template)),
            templates.move,
            templates.remove,
            lambda template, _none: _("Deleted template “{name}”").format(name=template.name),
        )
        super().__init__(desk, series, TemplateForm(desk))
