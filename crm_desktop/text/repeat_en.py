"""How often and on which days, in English: every 2 weeks, monthly on the 15th, the last Friday of every month."""

from __future__ import annotations

import re

from crm_desktop.text import repeat_days as made
from crm_desktop.text.dates import month_of
from crm_desktop.text.repeat_days import QUARTER_BEGINS, QUARTER_ENDS, Days
from crm_desktop.text.repeat_rule import DAILY, LAST, MONTHLY, WEEKLY, YEARLY
from crm_desktop.text.when_words import ANY, COUNT_WORDS, MONTH, weekday_of

_EACH = r"(?:repeat(?:s|ed)? )?(?:every|each)"
_WORDS = "|".join(sorted((each for each in COUNT_WORDS if each not in {"a", "an", "couple"}), key=len, reverse=True))
_N = rf"(?P<n>[1-9][0-9]{{0,2}}|{_WORDS})"
_OTHER = r"(?:other|second|2nd|alternate)"
_ON = r"(?:,? (?:(?:on|in|at) )?(?P<days>.+))?"
_FIRST = r"(?:on |at )?(?P<days>.+?),? "
_QUARTER = r"(?:every|each|the|a) quarter"
_UNCLEAR = rf"(?!(?:second|third|fourth|fifth|2nd|3rd|4th|5th) {ANY}s?$)"
"""“Every third Friday” may be one a month, or one in three weeks."""

OFTEN: tuple[tuple[str, str, int], ...] = (
    (rf"{_EACH} (?:single )?day|daily|once a day|day by day", DAILY, 1),
    (rf"{_EACH} {_N} days", DAILY, 1),
    (rf"{_EACH} {_OTHER} day", DAILY, 2),
    (rf"(?:{_EACH} week|weekly|once a week){_ON}", WEEKLY, 1),
    (rf"{_EACH} {_N} (?:weeks?|wks?){_ON}", WEEKLY, 1),
    (rf"(?:{_EACH} {_OTHER} week|{_EACH} fortnight|fortnightly|once a fortnight){_ON}", WEEKLY, 2),
    (rf"{_EACH} {_N} fortnights", WEEKLY, 2),
    (rf"{_EACH} (?:other|alternate) (?P<days>{ANY})", WEEKLY, 2),
    (rf"{_FIRST}(?:every week|each week|weekly)", WEEKLY, 1),
    (rf"{_FIRST}{_EACH} {_N} (?:weeks?|wks?)", WEEKLY, 1),
    (rf"{_FIRST}(?:{_EACH} {_OTHER} week|fortnightly)", WEEKLY, 2),
    (rf"(?:{_EACH} month|monthly|once a month){_ON}", MONTHLY, 1),
    (rf"{_EACH} {_N} months?{_ON}", MONTHLY, 1),
    (rf"{_EACH} {_OTHER} month{_ON}", MONTHLY, 2),
    (rf"{_EACH} quarter|quarterly|once a quarter", MONTHLY, 3),
    (rf"{_EACH} {_N} quarters", MONTHLY, 3),
    (rf"{_EACH} (?:half[ -]year|half a year)|half[ -]yearly|semi-?annually", MONTHLY, 6),
    (rf"(?:{_EACH} |on |at )?(?P<days>.+?) (?:of|in) (?:every|each|the|a) month", MONTHLY, 1),
    (rf"{_FIRST}(?:every month|each month|monthly)", MONTHLY, 1),
    (rf"(?:on )?(?P<days>.+?),? (?:of |in )?{_EACH} {_N} months", MONTHLY, 1),
    (rf"(?:on )?(?P<days>.+?),? (?:of |in )?{_EACH} {_OTHER} month", MONTHLY, 2),
    (rf"(?:{_EACH} year|yearly|annually|once a year){_ON}", YEARLY, 1),
    (rf"{_EACH} {_N} (?:years?|yrs?){_ON}", YEARLY, 1),
    (rf"{_EACH} {_OTHER} year{_ON}", YEARLY, 2),
    (rf"{_FIRST}(?:every year|each year|yearly|annually)", YEARLY, 1),
    (rf"{_FIRST}{_EACH} {_N} years", YEARLY, 1),
    (rf"(?P<days>(?:(?:on|at) )?(?:the )?(?:end|beginning|start|last day|first day) of {_QUARTER})", YEARLY, 1),
    (rf"(?:{_EACH} )?(?P<days>quarter[ -]end|end of quarter|year[ -]end)", YEARLY, 1),
    (r"(?P<days>(?:at )?(?:the )?end of (?:(?:the|every|each) )?year)", YEARLY, 1),
    (r"(?P<days>(?:every quarter|each quarter|quarterly) on the (?:last|first) day)", YEARLY, 1),
    (rf"(?:{_EACH} )?(?P<days>month[ -]end|end of month)", MONTHLY, 1),
    (rf"{_EACH} {_UNCLEAR}(?P<days>.+)", "", 1),
    (rf"(?:on )?(?P<days>.*days|weekends|{ANY}(?: ?- ?| to | through ){ANY})", "", 1),
    (r"(?:on )?(?P<days>(?:the )?(?:last|first) .+)", "", 1),
)
"""What a text is: how often, and counted by how many; `days` is what is said of the days."""

_NTHS = {
    "second to last": -2,
    "third to last": -3,
    "fourth to last": -4,
    "fifth to last": -5,
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "last": LAST,
    "final": LAST,
}
_AND = re.compile(r", and |,? and |, ?| ?/ ?| ?& ?| ?\+ ?")
_WEEKDAY = re.compile(rf"({ANY})s?")
_RANGE = re.compile(rf"({ANY})s?(?: ?- ?| to | through )({ANY})s?")
_WORKDAYS = re.compile(r"(?:all )?(?:week ?days?|(?:working|business|work) ?days?)")
_NTH = re.compile(rf"(?:the )?(?P<nth>{'|'.join(_NTHS)})(?: (?P<weekday>{ANY})s?)?")
_NTH_WORKDAY = re.compile(rf"(?:the )?(?P<nth>{'|'.join(_NTHS)}) (?:weekday|(?:working|business|work) ?day)")
_NUMBER = re.compile(r"(?:the )?(?:day )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)|(?:the )?day (?P<plain>[0-9]{1,2})")
_LAST_DAYS = {"last day", "end", "very end", "month-end", "month end", "end of month", "end of the month"}
_FIRST_DAYS = {"first day", "first", "beginning", "start"}
_DATE = re.compile(rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}")
_DATE_US = re.compile(rf"{MONTH} (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?")
_IN_MONTHS = re.compile(r"(?P<days>.+?) (?:of|in) (?P<months>[a-z].*)")
_PLACE = r"(?:(?:on|at) )?(?:the )?(?:end|beginning|start|last day|first day)"
_OF_QUARTER = re.compile(
    rf"{_PLACE} of (?:{_QUARTER}|quarter)|quarter[ -]end|.*quarter(?:ly)? on the (?:last|first) day"
)
_END_OF_YEAR = re.compile(r"(?:at )?(?:the )?end of (?:(?:the|every|each) )?year|year[ -]end")
_OR_LAST = " or the last day"
_IF_ANY = " where there is one"


def days(text: str) -> Days | None:
    """The days that all of a text names; None when it is not certain which."""
    if not text:
        return made.NONE
    if _OF_QUARTER.fullmatch(text):
        is_end = "end" in text or "last" in text
        return Days("dates", month_days=(LAST if is_end else 1,), months=QUARTER_ENDS if is_end else QUARTER_BEGINS)
    if _END_OF_YEAR.fullmatch(text):
        return made.of_year([(12, 31)])
    if text.endswith(_OR_LAST):
        return _clamped(text.removesuffix(_OR_LAST))
    if text.endswith(_IF_ANY):
        return _unclamped(text.removesuffix(_IF_ANY))
    return _of_week(text) or _numbered(text) or _of_month(text) or _of_year(text) or _in_months(text)


def _clamped(text: str) -> Days | None:
    found = _of_month(text) or _of_year(text)
    return found if found is not None and found.position else None


def _unclamped(text: str) -> Days | None:
    meant = _of_year(text)
    if meant is not None:
        return meant._replace(month_days=(29,), position=0) if meant.position else None
    return made.only_where_there(_month_days(text))


def _of_week(text: str) -> Days | None:
    if _WORKDAYS.fullmatch(text):
        return made.of_week(list(range(5)))
    if text in {"weekend", "weekends"}:
        return made.of_week([5])
    if found := _RANGE.fullmatch(text):
        first, last = weekday_of(found[1]), weekday_of(found[2])
        return made.of_week(list(range(first, last + 1))) if first < last else None
    parts = [_WEEKDAY.fullmatch(each) for each in _AND.split(text)]
    return made.of_week([weekday_of(each[1]) for each in parts if each]) if all(parts) else None


def _numbered(text: str, months: tuple[int, ...] = ()) -> Days | None:
    if found := _NTH_WORKDAY.fullmatch(text):
        return made.working_day(_NTHS[found["nth"]], months)
    parts = [_NTH.fullmatch(each) for each in _AND.split(text)]
    if not all(parts) or parts[-1] is None or not parts[-1]["weekday"]:
        return None
    named = ""
    meant = []
    for each in reversed(parts):  # “the first and third Monday”
        assert each is not None
        named = each["weekday"] or named
        meant.append((_NTHS[each["nth"]], weekday_of(named)))
    return made.numbered(meant, months)


def _month_days(text: str) -> list[int]:
    meant = []
    for each in _AND.split(text):
        plain = each.removeprefix("the ")
        if plain in _LAST_DAYS or plain in _FIRST_DAYS:
            meant.append(LAST if plain in _LAST_DAYS else 1)
        elif found := _NUMBER.fullmatch(each):
            meant.append(int(found["day"] or found["plain"]))
        else:
            return []
    return meant


def _of_month(text: str, months: tuple[int, ...] = ()) -> Days | None:
    meant = _month_days(text)
    return made.of_month(meant, months) if meant else None


def _of_year(text: str) -> Days | None:
    parts = [_DATE.fullmatch(each) or _DATE_US.fullmatch(each) for each in _AND.split(text)]
    if not all(parts):
        return None
    return made.of_year([(month_of(each["name"]), int(each["day"])) for each in parts if each])


def _in_months(text: str) -> Days | None:
    """The second Sunday of May, the last day of March and June."""
    found = _IN_MONTHS.fullmatch(text)
    parts = [re.fullmatch(MONTH, each) for each in _AND.split(found["months"])] if found else [None]
    if found is None or not all(parts):
        return None
    months = tuple(sorted({month_of(each["name"]) for each in parts if each}))
    return _numbered(found["days"], months) or _of_month(found["days"], months)
