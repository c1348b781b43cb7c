"""One section of the day: a card with its count, its rows, and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from crm_desktop.i18n import _
from crm_desktop.services import today_words as words
from crm_desktop.services.today import FEW
from crm_desktop.services.today_rules import BIRTHDAYS, CAPTURED, COMING, DORMANT, LATE, LISTS, OVERDUE, TODAY, VERIFY
from crm_desktop.services.week_ahead import WeekAhead
from crm_desktop.ui.pages.today.rows import RowList
from crm_desktop.ui.pages.today.week import DayColumns
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.labels import Caption

if TYPE_CHECKING:
    from crm_desktop.services.today import Now, Section

ICONS = {
    LATE: "history",
    TODAY: "task",
    CAPTURED: "contact_details",
    BIRTHDAYS: "birthday",
    DORMANT: "dormant",
    OVERDUE: "remind",
    VERIFY: "verify",
    COMING: "calendar",
}
HAS_ALL = (*LISTS, VERIFY, COMING)
"""The sections all of which are seen in another place."""
ALWAYS = (VERIFY, COMING)
"""The sections of which that other place is more than a longer list."""
MORE = 50
"""So many rows are read when all of a section are asked for that is no list of its own."""


class SectionCard(Card):
    """Folded to one line while there is nothing in it."""

    more_asked = Signal(str)
    """All of a section that is a list are to be shown."""
    longer = Signal(str)
    """More rows are wanted here."""

    def __init__(self, code: str) -> None:
        super().__init__(words.title(code), ICONS[code])
        self.code, self.most = code, FEW
        self.section: Section | None = None
        self.nothing = Caption(words.nothing(code))
        self.add_head(self.nothing)
        self.more = self.add_action(self._word_for_more(), self._ask_more)
        self.list = (DayColumns if code == COMING else RowList)(words.title(code), self)
        self.add_row(self.list)
        self.nothing.hide()
        self.more.hide()
        self.list.hide()

    def _word_for_more(self) -> str:
        if self.code in ALWAYS:
            return _("Verify all…") if self.code == VERIFY else _("Open the calendar")
        return _("Show all") if self.code in LISTS else _("Show more")

    def fill(self, section: Section, at: Now) -> None:
        """Show what there is now."""
        self.section = section
        count = words.count(section) if section.count else ""
        self.title.setText(f"{words.title(self.code)}  {count}".strip())
        self.nothing.setVisible(not section.count)
        is_always_offered = self.code in ALWAYS and section.count > 0
        self.more.setVisible(is_always_offered or section.count > len(section.items))
        had_keys = self.list.hasFocus()
        if isinstance(section, WeekAhead) and isinstance(self.list, DayColumns):
            self.list.fill_week(section, at)
        else:
            self.list.fill(section.items, at)
        self.list.setVisible(bool(section.items))
        if had_keys and not section.items:
            self.list.stepped.emit(1)

    def _ask_more(self) -> None:
        if self.code in HAS_ALL:
            self.more_asked.emit(self.code)
        else:
            self.most += MORE
            self.longer.emit(self.code)
