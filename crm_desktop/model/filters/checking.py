"""Whether a filter can be asked, and its values as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Entity, picks
from crm_desktop.model.filters import operators as sorts
from crm_desktop.model.filters.operators import Operator, operator
from crm_desktop.model.filters.testables import Testable, testable_at
from crm_desktop.model.filters.tree import Group, Test
from crm_desktop.model.kinds import Region
from crm_desktop.text import day_spans, money, regions
from crm_desktop.text.folding import clean

MOST_DAYS = 100_000
Tidy = Callable[[Testable, str], str | None]


def checked(group: Group, entity: type[Entity]) -> Group:
    """The filter with its values as they are kept: codes for words, ISO days, plain numbers.

    Raises Invalid with a sentence for each condition that cannot be asked.
    """
    problems: dict[str, str] = {}
    found = _checked(group, entity, problems)
    if problems:
        raise Invalid(problems)
    return found


def _checked(group: Group, entity: type[Entity], problems: dict[str, str]) -> Group:
    parts: list[Test | Group] = []
    for each in group.parts:
        if isinstance(each, Group):
            parts.append(_checked(each, entity, problems))
            continue
        try:
            parts.append(_checked_test(each, entity))
        except Invalid as error:
            problems |= error.problems
    return Group(group.how, tuple(parts))


def _checked_test(test: Test, entity: type[Entity]) -> Test:
    asked = testable_at(entity, test.path)
    if asked is None:
        raise Invalid({test.path: _("There is no field “{code}” to filter by.").format(code=test.path)})
    how = operator(asked.sort, test.operator)
    if how is None:
        message = _("“{label}” cannot be asked with “{operator}”. Choose from: {choices}.")
        choices = ", ".join(each.code for each in asked.operators)
        raise Invalid({test.path: message.format(label=asked.full_label, operator=test.operator, choices=choices)})
    return replace(test, values=_values(test, asked, how))


def _values(test: Test, asked: Testable, how: Operator) -> tuple[str, ...]:
    given = [clean(each) for each in test.values]
    takes = list(how.takes) * (len(given) if how.has_many else 1)
    if takes[-1:] == [sorts.OPTIONAL_CHOICE] and (len(given) < len(takes) or not given[-1]):
        takes, given = takes[:-1], given[: len(takes) - 1]
    if len(given) != len(takes) or (how.has_many and not given):
        message = (
            _("“{label}”, {operator}: give a value.")
            if len(given) < len(how.takes)
            else _("“{label}”, {operator}: there are too many values.")
        )
        raise Invalid({test.path: message.format(label=asked.full_label, operator=how.label)})
    return tuple(_value(asked, how, sort, text) for sort, text in zip(takes, given, strict=True))


def _value(asked: Testable, how: Operator, sort: str, text: str) -> str:
    found = TIDY[sort](asked, text) if text else None
    if found is None:
        message = _("“{label}”, {operator}: “{text}” cannot be used here.")
        raise Invalid({asked.path: message.format(label=asked.full_label, operator=how.label, text=text[:80])})
    return found


def _text(_asked: Testable, text: str) -> str | None:
    return text


def _number(_asked: Testable, text: str) -> str | None:
    found = money.read_number(text).value
    return None if found is None or not found.is_finite() else f"{found:f}"


def _money(_asked: Testable, text: str) -> str | None:
    """An amount of any currency, or one of a currency that is named."""
    plain = _number(_asked, text)
    found = money.read(text).value if plain is None else None
    return plain if found is None else f"{found.amount:f} {found.currency}"


def _days(_asked: Testable, text: str) -> str | None:
    number = _whole(_asked, text)
    return None if number is None or int(number) > MOST_DAYS else number


def _whole(_asked: Testable, text: str) -> str | None:
    number = money.read_number(text).value
    return (
        None if number is None or number != number.to_integral_value() or not 0 <= number < 10**12 else str(int(number))
    )


def _date(_asked: Testable, text: str) -> str | None:
    """A day in the ISO way, or what stands for days that come and go as it is."""
    span = day_spans.read(text, date(2000, 1, 1))
    if span is None:
        return None
    return text.lower() if day_spans.is_relative(text) else span.first.isoformat() if span.first == span.last else text


def _choice(asked: Testable, text: str) -> str | None:
    return picks.code_of(asked.list_code, text) or text


def _user(_asked: Testable, text: str) -> str | None:
    return text if text == sorts.ME or (text.isascii() and text.isdecimal() and int(text) < 2**63) else None


def _region(_asked: Testable, text: str) -> str | None:
    code: str | None = Region().read(text).value
    return code if code and regions.is_known(code) else None


TIDY: Mapping[str, Tidy] = {
    sorts.TEXT: _text,
    sorts.NUMBER: _number,
    sorts.MONEY: _money,
    sorts.DATE: _date,
    sorts.CHOICE: _choice,
    sorts.OPTIONAL_CHOICE: _choice,
    sorts.TAG: _text,
    sorts.USER: _user,
    sorts.REGION: _region,
    sorts.DAYS: _days,
    sorts.WHOLE: _whole,
}
"""How a value of each sort is understood; None where it cannot be."""
