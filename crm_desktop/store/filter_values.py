"""Conditions on single values, a sort of value each, as SQL has them.

All of them are about a value that is there; what is asked the other way round is turned round by `filtering`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import ceil, floor
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, and_, false, func, literal, or_, select, true, type_coerce

from crm_desktop.model import User
from crm_desktop.model.filters import ME
from crm_desktop.model.filters import operators as sorts
from crm_desktop.model.kinds import Birthday as BirthdayKind
from crm_desktop.model.own_kinds import BETWEEN, NO, YES
from crm_desktop.store.lookup import among
from crm_desktop.text import ages, dates, day_spans, regions
from crm_desktop.text.atlas import atlas
from crm_desktop.text.day_spans import Span
from crm_desktop.text.folding import fold

Condition = ColumnElement[bool]
IS_THERE = "not_empty"
SINCE = "since"
"""On that many days before today, or later: what `older` turns round."""
YEAR_KNOWN = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a value is asked for, with the values that it is compared with, on which day."""

    sort: str
    operator: str
    values: tuple[str, ...]
    today: date


def holds(asked: Asked, column: Any, beside: Any = None) -> Condition:
    """Whether a column holds what is asked for.

    `beside` is what else is known of it: its folded form for a text, its currency for an amount.
    """
    if asked.operator == IS_THERE:
        return is_there(column)
    return BY_SORT[asked.sort](asked, column, beside)


def is_there(column: Any) -> Condition:
    """Whether a column holds anything."""
    kept = type_coerce(column, String)
    return and_(kept.is_not(None), kept != "")


def _text(asked: Asked, column: Any, folded: Any) -> Condition:
    [value] = asked.values
    wanted = fold(value)
    if wanted:
        column = func.folded(column) if folded is None else folded
    else:  # signs only, which folding leaves out
        wanted = value
    if asked.operator == "contains":
        return func.instr(column, wanted) > 0
    if asked.operator == "begins":
        return func.substr(column, 1, len(wanted)) == wanted
    return type_coerce(column, String) == wanted


def _number(asked: Asked, column: Any, _beside: Any) -> Condition:
    return _compared(asked.operator, type_coerce(column, Integer), [float(each) for each in asked.values])


def _compared(operator: str, column: Any, values: Sequence[float]) -> Condition:
    first = literal(values[0])
    if operator == "between":
        return and_(column >= first, column <= literal(values[1]))
    compare: Mapping[str, Callable[[], Condition]] = {
        "equals": lambda: column == first,
        "at_least": lambda: column >= first,
        "at_most": lambda: column <= first,
        "more": lambda: column > first,
        "less": lambda: column < first,
    }
    return compare[operator]()


def _money(asked: Asked, column: Any, currency: Any) -> Condition:
    """Amounts are kept in hundredths; one with a currency is compared with amounts of that currency only."""
    amounts = [each.partition(" ") for each in asked.values]
    hundredths = [float(Decimal(amount) * 100) for amount, _blank, _currency in amounts]
    found = _compared(asked.operator, type_coerce(column, Integer), hundredths)
    named = {each for _amount, _blank, each in amounts if each}
    return and_(found, *(func.coalesce(currency, "CNY") == each for each in named)) if named else found


def _date(asked: Asked, column: Any, _beside: Any) -> Condition:
    first, last = days(asked)
    parts: list[Condition] = [column.is_not(None)]
    if isinstance(column.type, Date):
        parts += [column >= first] if first else []
        parts += [column <= last] if last else []
    else:
        parts += [column >= _midnight(first)] if first else []
        parts += [column < _midnight(last + timedelta(days=1))] if last else []
    return and_(*parts)


def _due(asked: Asked, column: Any, has_time: Any) -> Condition:
    """Late is what has a time of day that is over, or a day; of another day than this one, whatever is before it."""
    if asked.operator != "late":
        return _date(asked, column, None)
    now = datetime.now().astimezone()
    is_today = asked.today == now.date()
    over = and_(has_time, column < now) if is_today else false()
    return or_(column < _midnight(asked.today), over)


def _midnight(day: date) -> datetime:
    """The moment a day begins on this computer."""
    return datetime.combine(day, time()).astimezone()


def days(asked: Asked) -> tuple[date | None, date | None]:
    """The first and the last day that are asked for; None where there is no end."""
    today = asked.today
    if asked.operator in ("last_days", "next_days", SINCE):
        away = timedelta(days=int(asked.values[0]))
        if asked.operator == "next_days":
            return today, today + away
        return today - away, None if asked.operator == SINCE else today
    if asked.operator.startswith("this_"):
        span = _span(asked.operator.removeprefix("this_"), today)
        return span.first, span.last
    spans = [_span(each, today) for each in asked.values]
    if asked.operator == "before":
        return None, max(spans[0].first, date.min + timedelta(days=1)) - timedelta(days=1)
    if asked.operator == "after":
        return min(spans[0].last, date.max - timedelta(days=2)) + timedelta(days=1), None
    return spans[0].first, min(spans[-1].last, date.max - timedelta(days=2))


def _span(text: str, today: date) -> Span:
    found = day_spans.read(text, today)
    assert found is not None  # `checked` has read it
    return found


def _choice(asked: Asked, column: Any, _beside: Any) -> Condition:
    return type_coerce(column, String).in_(asked.values)


def _choices(asked: Asked, column: Any, _beside: Any) -> Condition:
    return _has_code(asked, type_coerce(column, String), "|")


def _has_code(asked: Asked, column: Any, sign: str) -> Condition:
    """Whether a column with several codes between signs has those that are asked for."""
    found = [func.instr(column, f"{sign}{each}{sign}") > 0 for each in asked.values]
    return and_(*found) if asked.operator == "all_of" else or_(*found)


def _yes_no(asked: Asked, column: Any, _beside: Any) -> Condition:
    found: Condition = column.is_(asked.operator == "yes")
    return found


def _user(asked: Asked, column: Any, _beside: Any) -> Condition:
    found = column.in_([int(each) for each in asked.values if each != ME])
    if ME not in asked.values:
        return found  # type: ignore[no-any-return]
    return or_(found, column.in_(select(User.id).where(User.is_local, User.deleted_at.is_(None))))


def _region(asked: Asked, column: Any, _beside: Any) -> Condition:
    found: Condition = column.in_(among(_places_within(asked.values)))
    return found


@lru_cache(maxsize=64)
def _places_within(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of places and of all that is inside them."""
    wanted = set(codes)
    return tuple(code for code in atlas().names if wanted & _levels(code))


def _levels(code: str) -> set[str]:
    place = regions.place_of(code)
    return {code, place.country, place.province, place.city, place.district}


def _birthday(asked: Asked, column: Any, _beside: Any) -> Condition:
    if asked.operator in ("next_days", "this_month"):
        first, last = days(asked)
        assert first is not None
        assert last is not None
        return or_(*(_is_kept_on(column, *each) for each in _kept_within(first, last)))
    first, last = days(asked)
    kept = [column.op("GLOB")(YEAR_KNOWN)]
    kept += [column >= first.isoformat()] if first else []
    return and_(*kept, *([column <= last.isoformat()] if last else []))


def _is_kept_on(column: Any, begins: str, endings: Sequence[str]) -> Condition:
    is_lunar = func.substr(column, 1, 1) == "L"
    return and_(is_lunar if begins else is_lunar.is_not(true()), func.substr(column, -5).in_(endings))


@lru_cache(maxsize=64)
def _kept_within(first: date, last: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ends of birthdays as they are kept, solar and lunar ones, that come within some days."""
    found: dict[str, list[str]] = {"": [], "L": []}
    for begins, ends in found.items():
        for month in range(1, 13):
            for day in range(1, 31 if begins else 32):
                coming = dates.next_birthday(dates.Birthday(None, month, day, lunar=bool(begins)), first)
                if coming and coming <= last:
                    ends.append(f"{month:02}-{day:02}")
    return tuple((begins, tuple(ends)) for begins, ends in found.items())


def age(asked: Asked, birthday: Any) -> Condition:
    """Whether somebody with this birthday is as old as is asked for; who has no year of birth has no age."""
    least, most = _years(asked)
    if most is not None and most < least:
        return false()
    return or_(_born(birthday, asked.today, least, most), _born_by_moon(birthday, asked.today, least, most))


def _years(asked: Asked) -> tuple[int, int | None]:
    """The youngest and the oldest age that are asked for."""
    if asked.operator == IS_THERE:
        return 0, None
    low, high = float(asked.values[0]), float(asked.values[-1])
    bounds: Mapping[str, tuple[float, float | None]] = {
        "equals": (ceil(low), floor(low)),
        "at_least": (ceil(low), None),
        "at_most": (0, floor(low)),
        "more": (floor(low) + 1, None),
        "less": (0, ceil(low) - 1),
        "between": (ceil(low), floor(high)),
    }
    least, most = bounds[asked.operator]
    return max(0, int(least)), None if most is None else int(most)


def _born(birthday: Any, today: date, least: int, most: int | None) -> Condition:
    youngest = ages.born_by(least, today)
    oldest = None if most is None else ages.born_by(most + 1, today)
    if youngest is None:
        return false()
    found = and_(birthday.op("GLOB")(YEAR_KNOWN), birthday <= youngest.isoformat())
    return and_(found, birthday > oldest.isoformat()) if oldest else found


def _born_by_moon(birthday: Any, today: date, least: int, most: int | None) -> Condition:
    youngest = ages.born_by_moon(least, today)
    oldest = None if most is None else ages.born_by_moon(most + 1, today)
    if youngest is None:
        return false()
    found = and_(birthday.op("GLOB")("L" + YEAR_KNOWN), birthday <= BirthdayKind.kept(youngest))
    return and_(found, birthday > BirthdayKind.kept(oldest)) if oldest else found


BY_SORT: Mapping[str, Callable[[Asked, Any, Any], Condition]] = {
    sorts.TEXT: _text,
    sorts.NUMBER: _number,
    sorts.MONEY: _money,
    sorts.DATE: _date,
    sorts.DUE: _due,
    sorts.BIRTHDAY: _birthday,
    sorts.CHOICE: _choice,
    sorts.CHOICES: _choices,
    sorts.YES_NO: _yes_no,
    sorts.USER: _user,
    sorts.REGION: _region,
}


def own_value(asked: Asked, text: Any, number: Any) -> Condition:
    """Whether a value of a field that people added, kept as a text and a number, is what is asked for."""
    if asked.operator == IS_THERE:
        return true()
    kept = OWN.get(asked.sort)
    return holds(asked, text) if kept is None else kept(asked, text, number)


def _own_number(asked: Asked, _text: Any, number: Any) -> Condition:
    return _compared(asked.operator, number, [float(each) for each in asked.values])


def _own_money(asked: Asked, text: Any, number: Any) -> Condition:
    """An amount is kept as `12.50 CNY`."""
    amounts = [each.partition(" ") for each in asked.values]
    found = _compared(asked.operator, number, [float(amount) for amount, _blank, _currency in amounts])
    named = {each for _amount, _blank, each in amounts if each}
    return and_(found, *(func.substr(text, func.instr(text, " ") + 1) == each for each in named))


def _own_date(asked: Asked, _text: Any, number: Any) -> Condition:
    """A day is kept as its number."""
    first, last = days(asked)
    least = [number >= literal(float(first.toordinal()))] if first else []
    return and_(number.is_not(None), *least, *([number <= literal(float(last.toordinal()))] if last else []))


def _own_choices(asked: Asked, text: Any, _number: Any) -> Condition:
    return _has_code(asked, BETWEEN + text + BETWEEN, BETWEEN)


def _own_yes_no(asked: Asked, text: Any, _number: Any) -> Condition:
    found: Condition = text == (YES if asked.operator == "yes" else NO)
    return found


OWN: Mapping[str, Callable[[Asked, Any, Any], Condition]] = {
    sorts.NUMBER: _own_number,
    sorts.MONEY: _own_money,
    sorts.DATE: _own_date,
    sorts.CHOICES: _own_choices,
    sorts.YES_NO: _own_yes_no,
}
"""Sorts whose values are kept otherwise in fields that people added."""
