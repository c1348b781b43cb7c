"""The words that templates are shown with."""

from __future__ import annotations

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import picks
from crm_desktop.services.templates import Template

ICONS = {"todo": "task"}
"""The icon of a kind of task, where it is not called the same."""


def icon_of(kind: str) -> str:
    """The icon of a kind of task."""
    return ICONS.get(kind, kind)


def line_of(template: Template) -> str:
    """What stands below the name of a template: how many tasks, over how many days, for whom."""
    count = ngettext("{count} task", "{count} tasks", len(template.items))
    parts = [count, picks.label("contact_type", template.contact_type) if template.contact_type else ""]
    return " · ".join(filter(None, parts))


def kinds() -> list[tuple[str, str]]:
    """The kinds of task to choose from."""
    return [(each.code, each.label) for each in picks.of("task_kind")]


def contact_types() -> list[tuple[str, str]]:
    """The types of contact for which a template may be offered first."""
    return [("", _("All contacts")), *((each.code, each.label) for each in picks.of("contact_type"))]
