"""Calendar days as people and spreadsheets write them, and birthdays, with or without a year."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from crm_desktop.i18n import _
from crm_desktop.text import numerals
from crm_desktop.text.findings import Finding, Reading, block, info, warn

Order = Literal["ymd", "dmy", "mdy"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_N = f"[0-9{numerals.CHARACTERS}]"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}})\s*(?P<mark>[-/.])\s*(?P<month>[0-9]{{1,2}})\s*(?P=mark)\s*(?P<day>[0-9]{{1,2}})"
    rf"|(?P<y>{_N}{{2,4}})\s*年\s*(?P<m>{_N}{{1,3}})\s*月\s*(?P<d>{_N}{{1,3}})\s*[日号號]?"
)
COMPACT = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
YEAR_LAST = re.compile(
    r"(?P<a>[0-9]{1,2})\s*(?P<mark>[-/.])\s*(?P<b>[0-9]{1,2})\s*(?P=mark)\s*(?P<c>[0-9]{4}|[0-9]{2})"
)
NAMED = re.compile(
    rf"{_DAY}[\s./-]*(?:of\s+)?{MONTH_NAME}[\s,./-]*(?P<year>[0-9]{{4}}|'?[0-9]{{2}})?"
    rf"|{MONTH_NAME.replace('?P<name>', '?P<name2>')}[\s./-]*{_DAY.replace('?P<day>', '?P<day2>')}"
    r"(?:[\s,./-]+(?P<year2>[0-9]{4}|'?[0-9]{2}))?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?P<m>{_N}{{1,3}})\s*月\s*(?P<d>{_N}{{1,3}})\s*[日号號]?|(?P<a>[0-9]{{1,2}})\s*[-/.]\s*(?P<b>[0-9]{{1,2}})"
)
CLOCK = re.compile(
    r"[T\s]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)\s*(?:[ap]m)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+|\s*[(]?(?:周|星期|礼拜|週|禮拜)[一二三四五六日天][)]?\s*$",
    re.IGNORECASE,
)
LUNAR = re.compile(r"\(?\s*(?:农历|農曆|阴历|陰曆|旧历|舊曆|lunar)\s*\)?", re.IGNORECASE)
LUNAR_DAY = re.compile(
    rf"(?:(?P<year>{_N}{{4}})\s*[年./-]\s*)?(?P<month>[正冬腊臘]|{_N}{{1,2}})\s*[月./-]\s*初?(?P<day>{_N}{{1,3}})[日号號]?"
)
LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
DAY_WORDS = [
    "初一",
    "初二",
    "初三",
    "初四",
    "初五",
    "初六",
    "初七",
    "初八",
    "初九",
    "初十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "廿一",
    "廿二",
    "廿三",
    "廿四",
    "廿五",
    "廿六",
    "廿七",
    "廿八",
    "廿九",
    "三十",
]
MONTH_WORDS = ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"]
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LAST_SERIAL = 2_958_465
"""31 December 9999 in Excel."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of birth; the year may be unknown, and the day may be one of the lunar calendar."""

    year: int | None
    month: int
    day: int
    lunar: bool = False


def read(text: str | float | date, order: Order = "ymd") -> Reading[date]:
    """The day that was meant; `order` decides where day and month could be either, and the decision is told."""
    if isinstance(text, date):
        return Reading(text.date() if isinstance(text, datetime) else text)
    if isinstance(text, int | float):
        return _from_serial(text)
    plain = _tidied(text)
    if not plain:
        return Reading(None)
    findings: tuple[Finding, ...] = ()
    if len(plain) <= LONGEST and (clock := CLOCK.search(plain)):
        plain = plain[: clock.start()].strip()
        findings = (info(_("The time was left out.")),) if clock["clock"].strip("0:.") else ()
    reading = _read_plain(plain, order)
    return Reading(reading.value, reading.findings + findings) if reading.value else reading


def read_birthday(text: str | float | date, order: Order = "ymd") -> Reading[Birthday]:
    """The birthday that was meant, such as 1990-03-08, 03-08 or 农历八月十五; an impossible day is refused."""
    if not isinstance(text, str):
        return _as_birthday(read(text, order))
    plain = _tidied(text)
    if len(plain) > LONGEST:
        return _not_a_birthday()
    if LUNAR.search(plain) or re.search(r"^[正冬腊臘]月|[初廿卅]", plain):
        return _lunar_birthday(LUNAR.sub("", plain).strip())
    return _solar_birthday(plain, order)


def _solar_birthday(plain: str, order: Order) -> Reading[Birthday]:
    if (month_day := _month_and_day(plain, order)) is not None:
        month, day = month_day
        return Reading(Birthday(None, month, day)) if _exists(2000, month, day) else _impossible()
    reading = read(plain, order)
    if reading.value is None and _has_shape(plain):
        return _impossible()
    return _as_birthday(reading)


def next_birthday(birthday: Birthday, today: date) -> date | None:
    """The next time it comes, today included; 29 February is kept on the 28th in common years.

    A lunar day is looked up in the Chinese calendar, which the library knows to the year 2100; None beyond.
    """
    if birthday.lunar:
        coming = (_lunar_in_year(birthday, year) for year in (today.year - 1, today.year, today.year + 1))
        return next((day for day in coming if day and day >= today), None)
    return next((day for year in (today.year, today.year + 1) if (day := _in_year(birthday, year)) >= today), None)


def show_date(day: date, language: str) -> str:
    """“2025年3月8日” or “8 Mar 2025”."""
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def show_day(day: date, today: date, language: str) -> str:
    """A day near today with its weekday: “11月24日 周二” or “Tue Nov 24”; the year only when it is another one."""
    another = day.year != today.year
    if language.startswith("zh"):
        return f"{f'{day.year}年' if another else ''}{day.month}月{day.day}日 周{WEEKDAYS_ZH[day.weekday()]}"
    return f"{WEEKDAYS_EN[day.weekday()]} {MONTHS[day.month - 1].title()} {day.day}{f' {day.year}' if another else ''}"


def show_birthday(birthday: Birthday, language: str) -> str:
    """“1990年3月8日”, “3月8日” or “农历八月十五”; “8 Mar 1990”, “8 Mar” or “Lunar 8-15”."""
    year, month, day = birthday.year, birthday.month, birthday.day
    chinese = language.startswith("zh")
    if birthday.lunar and chinese:
        return f"农历{f'{year}年' if year else ''}{MONTH_WORDS[month - 1]}{DAY_WORDS[day - 1]}"
    if birthday.lunar:
        return f"Lunar {f'{year}-' if year else ''}{month}-{day}"
    if chinese:
        return f"{f'{year}年' if year else ''}{month}月{day}日"
    return f"{day} {MONTHS[month - 1].title()}{f' {year}' if year else ''}"


def month_of(name: str) -> int:
    """The number of a month by its English name or the first three letters of it."""
    return MONTHS.index(name[:3].lower()) + 1


def _tidied(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    return WEEKDAY.sub("", plain).strip() if len(plain) <= LONGEST else plain


def _read_plain(plain: str, order: Order) -> Reading[date]:
    if len(plain) > LONGEST:
        return _not_a_date()
    reading = _no_year() if MONTH_DAY.fullmatch(plain) else _from_digits(plain)
    if match := YEAR_FIRST.fullmatch(plain) or COMPACT.fullmatch(plain):
        reading = _with_year_first(match)
    elif match := NAMED.fullmatch(plain):
        year = match["year"] or match["year2"]
        reading = _day(year.lstrip("'"), *_named(match)) if year else _no_year()
    elif match := YEAR_LAST.fullmatch(plain):
        reading = _by_order(match, order)
    return reading


def _with_year_first(match: re.Match[str]) -> Reading[date]:
    year, month, day = (each for name, each in match.groupdict().items() if each and name != "mark")
    return _day(year, numerals.read(month), numerals.read(day))


def _named(match: re.Match[str]) -> tuple[int, int]:
    return month_of(match["name"] or match["name2"]), int(match["day"] or match["day2"])


def _by_order(match: re.Match[str], order: Order) -> Reading[date]:
    """03/04/2025 and 25-03-08: read in the user's order, and in the other one only where that is impossible."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    if order == "ymd" and len(match["c"]) == 2:
        return _day(match["a"].zfill(2), b, c)
    dotted = match["mark"] == "."
    day_first = order == "dmy" or dotted
    month, day = (b, a) if day_first else (a, b)
    if month > 12 >= day:
        month, day = day, month
    elif day <= 12 and month != day and not dotted:
        reading = _day(match["c"], month, day)
        return _with_order_told(reading, month_first=not day_first)
    return _day(match["c"], month, day)


def _with_order_told(reading: Reading[date], *, month_first: bool) -> Reading[date]:
    if reading.value is None:
        return reading
    told = _("Read as {date}: the month first.") if month_first else _("Read as {date}: the day first.")
    return Reading(reading.value, (*reading.findings, warn(told.format(date=reading.value.isoformat()))))


def _day(year: str, month: int | None, day: int | None) -> Reading[date]:
    number = numerals.read(year)
    if number is None or not month or not day:
        return _not_a_date()
    short = len(year) <= 2
    if short:
        number += 2000 if number < 69 else 1900  # as POSIX strptime reads %y
    if not _exists(number, month, day):
        return Reading(None, (warn(_("There is no such day. Please check day and month.")),))
    value = date(number, month, day)
    told = warn(_("The year has two digits: read as {year}.").format(year=number))
    return Reading(value, (told,) if short else ())


def _from_digits(plain: str) -> Reading[date]:
    """Digits alone in a text: perhaps the number Excel keeps for a day, never a year."""
    number = float(plain) if re.fullmatch(r"[0-9]{5}(?:\.[0-9]{1,12})?", plain) else 0.0
    if not 20_000 <= number < 80_000:
        return _not_a_date()
    reading = _from_serial(number)
    told = warn(_("Read as the number Excel keeps for {date}.").format(date=reading.value)) if reading.value else None
    return Reading(reading.value, (*reading.findings, *([told] if told else [])))


def _from_serial(number: float) -> Reading[date]:
    """The day of an Excel number (1900 system), in which a 29 February 1900 that never was has the number 60."""
    if not 0 < number < 10**8:
        return _not_a_date()
    serial = int(number)
    if match := COMPACT.fullmatch(str(serial)):
        return _day(match["year"], int(match["month"]), int(match["day"]))
    if serial > LAST_SERIAL or serial in {0, 60} or 1900 <= serial <= 2100:
        return _not_a_date()
    value = date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)
    doubtful = warn(_("This number would be the day {date}. Please check it.").format(date=value.isoformat()))
    return Reading(value, (doubtful,) if serial < 3653 else ())


def _month_and_day(plain: str, order: Order) -> tuple[int, int] | None:
    """Month and day of a text that has no year, as written: they need not exist."""
    if match := MONTH_DAY.fullmatch(plain):
        if match["m"]:
            return numerals.read(match["m"]) or 0, numerals.read(match["d"]) or 0
        a, b = int(match["a"]), int(match["b"])
        return (b, a) if order == "dmy" else (a, b)
    match = NAMED.fullmatch(plain)
    return _named(match) if match and not (match["year"] or match["year2"]) else None


def _lunar_birthday(plain: str) -> Reading[Birthday]:
    match = LUNAR_DAY.fullmatch(plain)
    if match is None:
        return _not_a_birthday()
    month = LUNAR_MONTHS.get(match["month"]) or numerals.read(match["month"])
    day = numerals.read(match["day"])
    year = numerals.read(match["year"]) if match["year"] else None
    if not month or not day or month > 12 or day > 30 or (match["year"] and not 1000 <= (year or 0) <= 9999):
        return _impossible()
    return Reading(Birthday(year, month, day, lunar=True))


def _has_shape(plain: str) -> bool:
    return any(shape.fullmatch(plain) for shape in (YEAR_FIRST, COMPACT, YEAR_LAST, NAMED))


def _as_birthday(reading: Reading[date]) -> Reading[Birthday]:
    day = reading.value
    if day is None:
        return _not_a_birthday() if reading.findings else Reading(None)
    return Reading(Birthday(day.year, day.month, day.day), reading.findings)


def _lunar_in_year(birthday: Birthday, year: int) -> date | None:
    """The day of a lunar year; the 30th of a month that has 29 days is kept on its last one."""
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    for day in (birthday.day, 29):
        try:
            solar: date = LunarDate(year, birthday.month, day).to_solar_date()
        except InvalidLunarDateError:
            continue
        return solar
    return None


def _in_year(birthday: Birthday, year: int) -> date:
    return date(year, birthday.month, min(birthday.day, monthrange(year, birthday.month)[1]))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _not_a_date() -> Reading[date]:
    return Reading(None, (warn(_("This is not a date, such as 2025-03-08.")),))


def _no_year() -> Reading[date]:
    return Reading(None, (warn(_("The year is missing, such as 2025-03-08.")),))


def _not_a_birthday() -> Reading[Birthday]:
    return Reading(None, (warn(_("This is not a birthday, such as 1990-03-08 or 03-08.")),))


def _impossible() -> Reading[Birthday]:
    return Reading(None, (block(_("There is no such day. Please check day and month.")),))
