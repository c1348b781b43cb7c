"""A repetition in words: every 2 weeks on Monday; 每月最后一个周五. What is written here, `repeat_reading` reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.text.dates import show_date
from crm_desktop.text.repeat_rule import DAILY, LAST, MONTHLY, SHORTEST_MONTH, WEEKLY, WORKDAYS, YEARLY, Repetition

QUARTER_ENDS = (3, 6, 9, 12)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
NTH = {
    1: N_("the first {day}"),
    2: N_("the second {day}"),
    3: N_("the third {day}"),
    4: N_("the fourth {day}"),
    5: N_("the fifth {day}"),
    -1: N_("the last {day}"),
    -2: N_("the second to last {day}"),
    -3: N_("the third to last {day}"),
    -4: N_("the fourth to last {day}"),
    -5: N_("the fifth to last {day}"),
}
ENDINGS = {1: N_("the {number}st"), 2: N_("the {number}nd"), 3: N_("the {number}rd")}
EACH = {
    DAILY: N_("Every day"),
    WEEKLY: N_("Every week"),
    MONTHLY: N_("Every month"),
    YEARLY: N_("Every year"),
}
EACH_ON = {
    WEEKLY: N_("Every {days}"),
    MONTHLY: N_("Every month on {days}"),
    YEARLY: N_("Every year on {days}"),
}
COUNTED = {
    DAILY: N_("Every {count} days"),
    WEEKLY: N_("Every {count} weeks"),
    MONTHLY: N_("Every {count} months"),
    YEARLY: N_("Every {count} years"),
}
COUNTED_ON = {
    WEEKLY: N_("Every {count} weeks on {days}"),
    MONTHLY: N_("Every {count} months on {days}"),
    YEARLY: N_("Every {count} years on {days}"),
}


def show(rule: Repetition) -> str:
    """The rule in words of the language spoken now."""
    if not rule.without:
        return _ending(rule)
    days = _joined(show_date(each, language()) for each in rule.without)
    return _("{often}, without {days}").format(often=_ending(rule), days=days)


def _ending(rule: Repetition) -> str:
    said = _often(rule)
    if rule.count:
        tail = ngettext("{count} time", "{count} times", rule.count)
    elif rule.until:
        tail = _("until {day}").format(day=_day(rule.until).isoformat())
    else:
        return said
    return _("{often}, {end}").format(often=said, end=tail)


def _day(until: date) -> date:
    return until.astimezone().date() if isinstance(until, datetime) else until


def _often(rule: Repetition) -> str:
    if (rule.frequency, rule.interval, rule.weekdays) == (WEEKLY, 1, WORKDAYS):
        return _("Every weekday")
    if (rule.frequency, rule.month_days, rule.months, rule.interval) == (YEARLY, (LAST,), QUARTER_ENDS, 1):
        return _("Every quarter on the last day")
    if (rule.frequency, rule.interval) == (MONTHLY, 3) and rule.is_plain:
        return _("Every quarter")
    days = _days(rule)
    if rule.interval == 1:
        return _(EACH_ON[rule.frequency]).format(days=days) if days else _(EACH[rule.frequency])
    words = COUNTED_ON if days else COUNTED
    return _(words[rule.frequency]).format(count=rule.interval, days=days)


def _days(rule: Repetition) -> str:
    if rule.weekdays and rule.position:
        days = _(NTH[rule.position]).format(day=_("working day"))
    elif rule.weekdays:
        days = _joined(_weekday(nth, day) for nth, day in rule.weekdays)
    elif rule.months and rule.month_days != (LAST,):
        return _dates(rule)
    elif rule.clamped:
        days = _or_last(_nth_day(rule.clamped))
    else:
        days = _joined(_nth_day(each) for each in rule.month_days)
        if max(rule.month_days, default=0) > SHORTEST_MONTH:
            days = _if_any(days)
    if rule.months:
        months = _joined(_(MONTHS[each - 1]) for each in rule.months)
        return _("{days} of {months}").format(days=days, months=months)
    return days


def _dates(rule: Repetition) -> str:
    """8 March; 1 January, 1 July: each day in each month."""
    days = (rule.clamped,) if rule.clamped else rule.month_days
    dates = [(month, day) for month in rule.months for day in days]
    words = _joined(_("{day} {month}").format(day=day, month=_(MONTHS[month - 1])) for month, day in dates if day > 0)
    if rule.clamped:
        return _or_last(words)
    return _if_any(words) if (rule.months, rule.month_days) == ((2,), (29,)) else words


def _or_last(days: str) -> str:
    return _("{days} or the last day").format(days=days)


def _if_any(days: str) -> str:
    return _("{days} where there is one").format(days=days)


def _weekday(nth: int, day: int) -> str:
    name = _(WEEKDAYS[day])
    return _(NTH[nth]).format(day=name) if nth else name


def _nth_day(day: int) -> str:
    if day == LAST:
        return _("the last day")
    usual = N_("the {number}th")
    ending = usual if day in {11, 12, 13} else ENDINGS.get(day % 10, usual)
    return _(ending).format(number=day)


def _joined(words: Iterable[str]) -> str:
    return _(", ").join(words)
