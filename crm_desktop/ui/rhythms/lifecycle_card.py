"""The card of the settings that says when a customer is new, dormant and lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.i18n import _, pgettext
from crm_desktop.services import lifecycle
from crm_desktop.ui.rhythms.days_line import DaysRow
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.services.house_rules import Rule
    from crm_desktop.ui.desk import Desk


class LifecycleCard(Card):
    """The limits of the life cycle, in days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Life cycle"), "refresh")
        self._desk = desk
        words = _(
            "Worked out every day from the last touch. The status of an account is another thing: what you decided "
            "about it by hand."
        )
        self.add_row(label(words, "caption", wrap=True))
        self.rows = {rule.name: self._row(rule) for rule in lifecycle.RULES}
        self.add_row(column(*self.rows.values(), spacing=2))
        self.refresh()

    def refresh(self) -> None:
        """Show the limits as they are now."""
        for name, days in lifecycle.limits(self._desk.workspace).items():
            self.rows[name].show_days(days, pgettext("unit", "days"))

    def _row(self, rule: Rule) -> DaysRow:
        def write(days: int | None) -> str:
            assert days is not None  # only rhythms may be empty
            lifecycle.change_limit(self._desk.workspace, rule, days)
            return _("Settings: {rule}").format(rule=rule.label)

        return DaysRow(self._desk, rule.label, write)
