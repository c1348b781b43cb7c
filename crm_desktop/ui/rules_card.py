"""A card of the settings with rules of the house: a number of days each, kept with the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, pgettext
from crm_desktop.services import house_rules
from crm_desktop.services.house_rules import Rule
from crm_desktop.ui.rhythms.days_line import DaysRow
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.desk import Desk

    Write = Callable[[Workspace, Rule, int], None]


class RulesCard(Card):
    """Each rule with its days, changed by `write`; what is impossible is said below it and changes nothing."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        icon: str,
        rules: Sequence[Rule],
        words: str = "",
        write: Write = house_rules.change,
    ) -> None:
        super().__init__(title, icon)
        self._desk, self._write = desk, write
        if words:
            self.add_row(label(words, "caption", wrap=True))
        self.rows = {each.name: self._row(each) for each in rules}
        self.add_row(column(*self.rows.values(), spacing=2))
        desk.changed.connect(self._follow)
        self._show()

    def _row(self, rule: Rule) -> DaysRow:
        return DaysRow(self._desk, rule.label, partial(self._change, rule), no_number=house_rules.bounds(rule))

    def _show(self) -> None:
        with self._desk.workspace.read() as session:
            days = house_rules.values(session)
        for name, shown in self.rows.items():
            shown.show_days(days[name], pgettext("unit", "days"))

    def _change(self, rule: Rule, days: int | None) -> str:
        assert days is not None  # only rhythms may be empty
        self._write(self._desk.workspace, rule, days)
        return _("Settings: {rule}").format(rule=rule.label)

    def _follow(self, change: Change) -> None:
        if change.touches("shared_setting"):
            self._show()
