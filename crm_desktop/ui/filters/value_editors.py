"""What a value of a condition is entered with: one editor for each sort of value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.i18n import N_, _, language
from crm_desktop.model.filters import ME, Testable
from crm_desktop.model.filters import operators as sorts
from crm_desktop.text import day_spans, regions
from crm_desktop.ui import theme
from crm_desktop.ui.editors import Offers
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.pick_list import Choice as Offer

if TYPE_CHECKING:
    from crm_desktop.model.filters import Operator

NARROW, WIDE = 90, 200
DAYS = (
    "today", "-1d", "-7d", "-30d", "-90d", "-1y", "week", "week-1", "month", "month-1", "quarter", "year", "year-1",
    "+7d", "+30d",
)  # fmt: skip
"""Days that are offered, besides any that is typed."""
HINTS = {
    sorts.MONEY: N_("such as 300000"),
    sorts.NUMBER: N_("number"),
    sorts.WHOLE: N_("number"),
    sorts.DAYS: N_("days"),
}
NUMBERS = (sorts.MONEY, sorts.NUMBER, sorts.WHOLE, sorts.DAYS)


class Value(Protocol):
    """What every editor of a value can do."""

    def values(self) -> tuple[str, ...]:
        """What was entered; nothing while it is not complete."""

    def widget(self) -> QWidget:
        """What is laid out."""

    def show_values(self, values: Sequence[str]) -> None:
        """Have it say this."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, or a number."""

    line: QLineEdit
    is_number: bool = False

    def values(self) -> tuple[str, ...]:
        """What was entered; a number only when it is one."""
        text = self.line.text().strip()
        plain = text.replace(",", "").replace(" ", "")
        if self.is_number and not plain.partition(".")[0].lstrip("-").isdecimal() and not plain.upper()[-3:].isalpha():
            return ()
        return (plain if self.is_number and plain.isascii() and not text[-1:].isalpha() else text,) if text else ()

    def widget(self) -> QWidget:
        """The line."""
        return self.line

    def show_values(self, values: Sequence[str]) -> None:
        """Show the first of them."""
        self.line.setText(values[0] if values else "")


@dataclass(frozen=True, slots=True)
class One:
    """One of several."""

    button: InPlaceChoice
    is_optional: bool = False
    check: Callable[[str], bool] | None = None

    def values(self) -> tuple[str, ...]:
        """What was chosen."""
        value = self.button.value()
        if self.check is not None and value and not self.check(value):
            return ()
        return (value,) if value or self.is_optional else ()

    def widget(self) -> QWidget:
        """The button."""
        return self.button

    def show_values(self, values: Sequence[str]) -> None:
        """Show the first of them."""
        value = values[0] if values else ""
        self.button.set_value(value, day_spans.show(value) if self.check else "")


@dataclass(frozen=True, slots=True)
class Many:
    """Some of several."""

    button: InPlaceChoices

    def values(self) -> tuple[str, ...]:
        """What was chosen."""
        return tuple(self.button.value())

    def widget(self) -> QWidget:
        """The button."""
        return self.button

    def show_values(self, values: Sequence[str]) -> None:
        """Show them all."""
        self.button.set_value(values)


def value_editors(asked: Testable, how: Operator, offers: Offers, changed: SignalInstance) -> list[Value]:
    """The editors for what an operator wants; each tells `changed` of every change."""
    if how.has_many:
        return [_several(asked, how.takes[0], offers, changed)]
    made = [_single(asked, each, changed) for each in how.takes]
    for place, each in enumerate(made):
        name = _("{field}, value {number}").format(field=asked.full_label, number=place + 1)
        each.widget().setAccessibleName(name if len(made) > 1 else asked.full_label)
    return made


def _several(asked: Testable, sort: str, offers: Offers, changed: SignalInstance) -> Value:
    creates = sort in (sorts.TAG, sorts.REGION)
    choices = choices_for(asked, offers)
    made = InPlaceChoices(choices, placeholder=_("Choose"), creates=creates)
    _dress(made, WIDE, asked.full_label)
    made.committed.connect(changed)
    if creates:

        def add(word: str) -> None:
            made.set_value([*made.value(), word])
            changed.emit()

        made.created.connect(add)
    return Many(made)


def choices_for(asked: Testable, offers: Offers) -> list[Offer]:
    """What can be chosen of a field with a known set of values."""
    sort = asked.sort
    if sort in (sorts.YES_NO, sorts.RHYTHM):
        return [(each.code, each.label) for each in asked.operators]
    if sort == sorts.TAG:
        return [(each, each) for each in offers.tags()]
    if sort == sorts.USER:
        return [(ME, _("Me")), *offers.users()]
    if sort == sorts.REGION:
        return places()
    return list(asked.choices())


def places() -> list[Offer]:
    """Provinces and their cities; any other place can be typed."""
    found = [*regions.provinces(), *(city for each in regions.provinces() for city in regions.cities(each))]
    return [(each, regions.name(each, language(), short=True)) for each in dict.fromkeys(found)]


def _single(asked: Testable, sort: str, changed: SignalInstance) -> Value:
    if sort == sorts.DATE:
        day = InPlaceChoice(
            [(each, day_spans.show(each)) for each in DAYS], placeholder=_("day, or 2026-03-31"), creates=True
        )
        _dress(day, 150, asked.full_label)

        def take(text: str) -> None:
            day.set_value(text.strip(), day_spans.show(text.strip()))
            changed.emit()

        day.created.connect(take)
        day.committed.connect(changed)
        return One(day, check=_is_day)
    if sort in (sorts.CHOICE, sorts.OPTIONAL_CHOICE):
        choices = [*([("", _("of any kind"))] if sort == sorts.OPTIONAL_CHOICE else []), *asked.choices()]
        one = InPlaceChoice(choices)
        one.set_value("", _("of any kind") if sort == sorts.OPTIONAL_CHOICE else "")
        _dress(one, 140, asked.full_label)
        one.committed.connect(changed)
        return One(one, is_optional=sort == sorts.OPTIONAL_CHOICE)
    line = QLineEdit()
    line.setPlaceholderText(_(HINTS[sort]) if sort in HINTS else _("text"))
    line.setMinimumWidth(theme.px(NARROW if sort in NUMBERS else WIDE))
    line.setMaximumWidth(theme.px(NARROW + 30 if sort in NUMBERS else 2 * WIDE))
    line.textChanged.connect(changed)
    return Words(line, is_number=sort in NUMBERS)


def _is_day(text: str) -> bool:
    return day_spans.read(text, date.today()) is not None  # noqa: DTZ011 - a calendar date, as people mean it


def _dress(made: QWidget, wide: int, words: str) -> None:
    """Frame a button as an input, which in place it does not have."""
    made.setProperty("kind", "")
    made.setMinimumWidth(theme.px(wide))
    made.setMaximumWidth(theme.px(2 * WIDE))
    made.setAccessibleName(words)
