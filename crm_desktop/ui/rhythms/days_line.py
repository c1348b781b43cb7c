"""A number of days, edited in place, with what is wrong with it below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.text import numerals
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.in_place import InPlaceLine

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

LABEL, DAYS = 190, 84
"""How wide, in design pixels, labels and days are on every card that has days."""


LONGEST = 6
"""Characters of a number of days."""


class DaysField(FieldRow):
    """Words, a number of days to be edited, and the unit right behind it."""

    def __init__(self, words: str, placeholder: str = "") -> None:
        self.line = InPlaceLine("", placeholder)
        super().__init__(words, self.line, label_width=LABEL)

    @override
    def set_label_width(self, width: int) -> None:
        super().set_label_width(width)
        self.line.setMaximumWidth(theme.px(DAYS))


class DaysRow(DaysField):
    """Every change is one step, told with Undo; what cannot be is told below and not kept."""

    def __init__(
        self,
        desk: Desk,
        words: str,
        write: Callable[[int | None], str],
        *,
        may_be_empty: bool = False,
        no_number: str = "",
    ) -> None:
        super().__init__(words, _("no rhythm") if may_be_empty else "")
        self._desk, self._write, self._may_be_empty, self._no_number = desk, write, may_be_empty, no_number
        self.line.setAccessibleName(_("{name}: days").format(name=words))
        self.line.committed.connect(self._commit)

    def show_days(self, days: int | None, remark: str = "", state: str = "") -> None:
        """Show what is set, and a few words about it."""
        self.line.set_value("" if days is None else str(days))
        self.set_finding("")
        self.set_state(state, remark)

    def _commit(self, text: str) -> None:
        self.set_finding("")
        try:
            days = read_days(text, may_be_empty=self._may_be_empty, no_number=self._no_number)
            self._desk.save(lambda: self._write(days), self._desk.done)
        except Invalid as error:
            self.set_finding(str(error))


def read_days(text: str, *, may_be_empty: bool = False, no_number: str = "") -> int | None:
    """The number of days in a text; raises Invalid with `no_number`, or with what to write instead."""
    text = text.strip()
    if not text and may_be_empty:
        return None
    days = numerals.read(text)
    if days is None or len(text) > LONGEST:
        message = _("Give a number of days, or nothing for no rhythm.") if may_be_empty else _("Give a number of days.")
        raise Invalid({"days": no_number or message})
    return days
