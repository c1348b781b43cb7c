"""A card of the settings with rules of the house: a number of days each, kept with the data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import house_rules
from crm_desktop.services.house_rules import Rule
from crm_desktop.text import numerals
from crm_desktop.ui.rhythms.days_line import DaysField
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk


class RulesCard(Card):
    """Each rule with its days; what is impossible is said beside it and changes nothing."""

    def __init__(self, desk: Desk, title: str, icon: str, rules: Sequence[Rule], words: str = "") -> None:
        super().__init__(title, icon)
        self._desk = desk
        if words:
            self.add_row(label(words, "caption", wrap=True))
        self.rows = {each.name: self._row(each) for each in rules}
        self.add_row(column(*self.rows.values(), spacing=2))
        desk.changed.connect(self._follow)
        self._show()

    def _show(self) -> None:
        with self._desk.workspace.read() as session:
            days = house_rules.values(session)
        for name, shown in self.rows.items():
            shown.line.set_value(str(days[name]))

    def _row(self, rule: Rule) -> DaysField:
        made = DaysField(rule.label)
        made.set_state("", pgettext("unit", "days"))
        made.line.setAccessibleName(_("{rule}, in days").format(rule=rule.label))
        made.line.committed.connect(partial(self._change, rule))
        return made

    def _change(self, rule: Rule, text: str) -> None:
        number = numerals.read(text.strip())
        shown = self.rows[rule.name]
        try:
            days = -1 if number is None else number
            self._desk.save(partial(house_rules.change, self._desk.workspace, rule, days), self._saved)
        except Invalid as error:
            shown.line.set_state("err")
            shown.set_finding(str(error))
            return
        shown.line.set_state("")
        shown.set_finding("")

    def _saved(self, _none: None) -> None:
        self._desk.done(self._desk.workspace.undo_title or "")

    def _follow(self, change: Change) -> None:
        if change.touches("shared_setting"):
            self._show()
