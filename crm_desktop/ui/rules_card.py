"""A card of the settings with rules of the house: a number of days each, kept with the data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import house_rules
from crm_desktop.services.house_rules import Rule
from crm_desktop.text import numerals
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

NUMBER = 70


class RulesCard(Card):
    """Each rule with its days; what is impossible is said beside it and changes nothing."""

    def __init__(self, desk: Desk, title: str, icon: str, rules: Sequence[Rule], words: str = "") -> None:
        super().__init__(title, icon)
        self._desk, self._rules = desk, rules
        self.lines: dict[str, InPlaceLine] = {}
        self.findings: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(3, 1)
        for place, each in enumerate(rules):
            line = self.lines[each.name] = InPlaceLine()
            line.setMaximumWidth(theme.px(NUMBER))
            line.setAccessibleName(_("{rule}, in days").format(rule=each.label))
            line.committed.connect(partial(self._change, each))
            finding = self.findings[each.name] = label("", "err", wrap=True)
            for column, shown in enumerate(
                (label(each.label), line, label(pgettext("unit", "days"), "caption"), finding)
            ):
                grid.addWidget(shown, place, column)
        self.add_row(grid)
        if words:
            self.add_row(label(words, "caption", wrap=True))
        desk.changed.connect(self._follow)
        self._show()

    def _show(self) -> None:
        with self._desk.workspace.read() as session:
            days = house_rules.values(session)
        for name, line in self.lines.items():
            line.set_value(str(days[name]))

    def _change(self, rule: Rule, text: str) -> None:
        number = numerals.read(text.strip())
        line, finding = self.lines[rule.name], self.findings[rule.name]
        try:
            days = -1 if number is None else number
            self._desk.save(partial(house_rules.change, self._desk.workspace, rule, days), self._saved)
        except Invalid as error:
            line.set_state("err")
            finding.setText(str(error))
            return
        line.set_state("")
        finding.setText("")

    def _saved(self, _none: None) -> None:
        self._desk.done(self._desk.workspace.undo_title or "")

    def _follow(self, change: Change) -> None:
        if change.touches("shared_setting"):
            self._show()
