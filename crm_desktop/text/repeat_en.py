"""How often and on which days, in English: every 2 weeks, monthly on the 15th, the last Friday of every month."""

from __future__ import annotations

import re

from crm_desktop.text import repeat_days as made
from crm_desktop.text.dates import month_of
from crm_desktop.text.repeat_days import Days, Language, Nth
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

_OFTEN = (
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
_NTH = re.compile(
    rf"(?:the )?(?P<nth>{'|'.join(_NTHS)})"
    rf"(?: (?:(?P<weekday>{ANY})s?|(?P<workday>weekday|(?:working|business|work) ?day)))?"
)
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


def _span(text: str) -> Days | None:
    if _OF_QUARTER.fullmatch(text):
        return made.of_quarters(at_end="end" in text or "last" in text)
    return made.of_year([(12, 31)]) if _END_OF_YEAR.fullmatch(text) else None


def _week(text: str) -> list[int]:
    if _WORKDAYS.fullmatch(text):
        return made.from_to(0, 4)
    if text in {"weekend", "weekends"}:
        return [5]
    if found := _RANGE.fullmatch(text):
        return made.from_to(weekday_of(found[1]), weekday_of(found[2]))
    parts = [_WEEKDAY.fullmatch(each) for each in _AND.split(text)]
    return [weekday_of(each[1]) for each in parts if each] if all(parts) else []


def _nth(text: str) -> Nth | None:
    found = _NTH.fullmatch(text)
    return found and Nth(_NTHS[found["nth"]], found["weekday"] or "", bool(found["workday"]))


def _month_days(parts: list[str]) -> list[int]:
    meant = []
    for each in parts:
        plain = each.removeprefix("the ")
        if plain in _LAST_DAYS or plain in _FIRST_DAYS:
            meant.append(LAST if plain in _LAST_DAYS else 1)
        elif found := _NUMBER.fullmatch(each):
            meant.append(int(found["day"] or found["plain"]))
        else:
            return []
    return meant


def _date(text: str) -> tuple[int, int] | None:
    found = _DATE.fullmatch(text) or _DATE_US.fullmatch(text)
    return found and (month_of(found["name"]), int(found["day"]))


def _month(text: str) -> int:
    found = re.fullmatch(MONTH, text)
    return month_of(found["name"]) if found else 0


ENGLISH = Language(
    _OFTEN, _AND, _IN_MONTHS, " or the last day", " where there is one", _span, _week, _nth, _month_days, _date, _month
)
