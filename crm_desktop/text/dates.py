"""Calendar days as people and spreadsheets write them, and birthdays, with or without a year."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from crm_desktop.i18n import _, language
from crm_desktop.text import numerals
from crm_desktop.text.date_patterns import (
    BEFORE_ERAS,
    CLOCK,
    COMPACT,
    DAY_WORDS,
    ERA,
    ISO,
    LEAP_MONTH,
    LUNAR,
    LUNAR_DAY,
    LUNAR_MONTHS,
    MONTH_DAY,
    MONTH_WORDS,
    MONTHS,
    NAMED,
    WEEKDAY,
    WEEKDAYS_EN,
    WEEKDAYS_ZH,
    YEAR_FIRST,
    YEAR_LAST,
)
from crm_desktop.text.findings import Finding, Reading, block, info, warn

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
"""In which order day, month and year can stand."""
_known_order: ContextVar[Order | None] = ContextVar("known_order", default=None)

LAST_SERIAL = 2_958_465
"""31 December 9999 in Excel."""
LEAP_YEAR = 2000
"""What stands in for a year that is not known, so that 29 February exists."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of birth; the year may be unknown, and the day may be one of the lunar calendar."""

    year: int | None
    month: int
    day: int
    lunar: bool = False


@contextmanager
def in_order(order: Order) -> Iterator[None]:
    """Have every date that is read inside stand in an order that is known, so that there is no doubt to tell."""
    token = _known_order.set(order)
    try:
        yield
    finally:
        _known_order.reset(token)


def order_of(samples: Iterable[object]) -> Order | Literal[""]:
    """The order that the texts of one column give away, as 13/02 does; nothing when none does or when they differ."""
    told: set[Order] = set()
    for each in samples:
        if isinstance(each, str) and (order := _order_told(each)):
            told.add(order)
            if len(told) > 1:
                return ""
    return told.pop() if told else ""


def read(text: str | float | date, order: Order | None = None) -> Reading[date]:
    """The day that was meant; where day and month could be either and no `order` is known, the doubt is told."""
    if isinstance(text, date):
        return Reading(text.date() if isinstance(text, datetime) else text)
    if isinstance(text, int | float):
        return _from_serial(text)
    if iso := _iso(text):
        return Reading(iso)
    plain = _tidied(text)
    if not plain:
        return Reading(None)
    findings: tuple[Finding, ...] = ()
    if len(plain) <= LONGEST and (clock := CLOCK.search(plain)):
        plain = plain[: clock.start()].strip()
        findings = (info(_("The time was left out.")),) if clock["clock"].strip("0:.") else ()
    reading = _read_plain(plain, order or _known_order.get())
    return Reading(reading.value, reading.findings + findings) if reading.value else reading


def read_birthday(text: str | float | date, order: Order | None = None) -> Reading[Birthday]:
    """The birthday that was meant, such as 1990-03-08, 03-08 or 农历八月十五; an impossible day is refused."""
    if not isinstance(text, str) or _iso(text):
        return _as_birthday(read(text, order))
    plain = _tidied(text)
    if len(plain) > LONGEST:
        return _not_a_birthday()
    if LUNAR.search(plain) or re.search(r"^[正冬腊臘]月|[初廿卅]", plain):
        return _lunar_birthday(LUNAR.sub("", plain).strip())
    return _solar_birthday(plain, order or _known_order.get())


def _solar_birthday(plain: str, order: Order | None) -> Reading[Birthday]:
    if days := _without_year(plain, order):
        found = [Birthday(None, month, day) for month, day in days if _exists(LEAP_YEAR, month, day)]
        if not found:
            return _impossible()
        others = [show_birthday(each, language()) for each in found]
        return Reading(found[0], (_either(plain, others),) if len(found) > 1 else ())
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


def age_on(birthday: Birthday, day: date) -> int | None:
    """How old somebody gets on a birthday; the last months of a lunar year mostly lie in the next solar one."""
    if birthday.year is None:
        return None
    is_of_last_year = birthday.lunar and birthday.month > 10 and day.month < 3
    return day.year - birthday.year - is_of_last_year


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


def show_weekday(day: date, language: str) -> str:
    """“周二” or “Tue”."""
    return f"周{WEEKDAYS_ZH[day.weekday()]}" if language.startswith("zh") else WEEKDAYS_EN[day.weekday()]


def show_soon(day: date, today: date, language: str) -> str:
    """A day to come in few letters: “周二” or “Tue” within six days, then “12月5日” or “5 Dec”."""
    if 0 < (day - today).days < len(WEEKDAYS_EN):
        return show_weekday(day, language)
    if day.year != today.year:
        return show_date(day, language)
    return f"{day.month}月{day.day}日" if language.startswith("zh") else f"{day.day} {MONTHS[day.month - 1].title()}"


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


def _iso(text: str) -> date | None:
    """The day of a text such as 2025-03-08, the way in which programs write one."""
    try:
        return date.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        return None


def _tidied(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    return WEEKDAY.sub("", plain).strip() if len(plain) <= LONGEST else plain


def _read_plain(plain: str, order: Order | None) -> Reading[date]:
    if len(plain) > LONGEST:
        return _not_a_date()
    if days := _without_year(plain, order):
        return _no_year() if any(_exists(LEAP_YEAR, *each) for each in days) else _no_such_day()
    reading = _from_digits(plain)
    if match := YEAR_FIRST.fullmatch(plain) or COMPACT.fullmatch(plain):
        reading = _with_year_first(match)
    elif match := NAMED.fullmatch(plain):
        reading = _day((match["year"] or match["year2"]).lstrip("'"), *_named(match))
    elif match := YEAR_LAST.fullmatch(plain):
        reading = _by_order(match, order)
    elif match := ERA.fullmatch(plain):
        reading = _in_era(match)
    return reading


def _with_year_first(match: re.Match[str]) -> Reading[date]:
    year, month, day = (each for name, each in match.groupdict().items() if each and name != "mark")
    return _day(year, numerals.read(month), numerals.read(day))


def _named(match: re.Match[str]) -> tuple[int, int]:
    return month_of(match["name"] or match["name2"]), int(match["day"] or match["day2"])


def _in_era(match: re.Match[str]) -> Reading[date]:
    """民国114年3月8日 and 令和7年3月8日: the calendars of Taiwan and of Japan."""
    number = 1 if match["year"] == "元" else numerals.read(match["year"]) or 0
    year = BEFORE_ERAS[match["era"][-2:]] + number
    return _day(f"{year:04}", numerals.read(match["month"]), numerals.read(match["day"]))


def _by_order(match: re.Match[str], order: Order | None) -> Reading[date]:
    """03/04/2025 and 25-03-08: read in the known order, and in another one only where that is impossible."""
    days = _in_orders(match["a"], match["b"], match["c"])
    if not days:
        return _no_such_day()
    short = len(match["c"]) == 2
    usual: tuple[Order, ...] = ("dmy", "mdy") if match["mark"] == "." else ("mdy", "dmy")
    taken = next(each for each in (order, *(("ymd",) if short else ()), *usual) if each in days)
    value = days[taken]
    others = [day.isoformat() for day in dict.fromkeys(days.values()) if day != value]
    certain = taken == order or not others or (match["mark"] == "." and not short)
    if not certain:
        return Reading(value, (_either(match[0], [value.isoformat(), *others]),))
    return Reading(value, (_two_digits(value.year),) if short else ())


def _in_orders(a: str, b: str, c: str) -> dict[Order | None, date]:
    """The days that the parts of a date, with the year or two digits of it at the end, would be in each order."""
    triples: dict[Order, tuple[str, str, str]] = {"mdy": (c, a, b), "dmy": (c, b, a)}
    if len(c) == 2:
        triples["ymd"] = (a, b, c)
    return {
        order: date(_whole_year(year), int(month), int(day))
        for order, (year, month, day) in triples.items()
        if _exists(_whole_year(year), int(month), int(day))
    }


def _order_told(text: str) -> Order | None:
    """The only order in which a text is a date."""
    plain = _tidied(text)
    if len(plain) > LONGEST or not plain[:1].isdigit():
        return None
    plain = CLOCK.sub("", plain).strip()
    if match := YEAR_LAST.fullmatch(plain):
        days = _in_orders(match["a"], match["b"], match["c"])
    elif (match := MONTH_DAY.fullmatch(plain)) and match["a"]:
        days = _in_orders(match["a"], match["b"], str(LEAP_YEAR))
    else:
        return None
    return next(iter(days)) if len(days) == 1 else None


def _whole_year(year: str) -> int:
    """The year that is meant, of which two digits may stand for four as POSIX strptime reads %y."""
    number = numerals.read(year) or 0
    return number + (2000 if number < 69 else 1900) if len(year) <= 2 else number


def _day(year: str, month: int | None, day: int | None) -> Reading[date]:
    number = _whole_year(year)
    if numerals.read(year) is None or not month or not day:
        return _not_a_date()
    if not _exists(number, month, day):
        return _no_such_day()
    if len(year) == 3:
        taiwan = date(number + BEFORE_ERAS["民国"], month, min(day, 28)).replace(day=day)
        return Reading(None, (_three_digits(year, taiwan),))
    return Reading(date(number, month, day), (_two_digits(number),) if len(year) <= 2 else ())


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


def _without_year(plain: str, order: Order | None) -> list[tuple[int, int]]:
    """Month and day of a text that has no year, the likelier reading first: they need not exist."""
    if match := MONTH_DAY.fullmatch(plain):
        if match["m"]:
            return [(numerals.read(match["m"]) or 0, numerals.read(match["d"]) or 0)]
        a, b = int(match["a"]), int(match["b"])
        if order or a == b:
            return [(b, a) if order == "dmy" else (a, b)]
        return [(a, b), (b, a)] if "/" in plain or not _exists(LEAP_YEAR, a, b) else [(a, b)]
    match = NAMED.fullmatch(plain)
    return [_named(match)] if match and not (match["year"] or match["year2"]) else []


def _lunar_birthday(plain: str) -> Reading[Birthday]:
    """A leap month comes every few years only: whoever is born in one is greeted in the month of the same number."""
    regular = LEAP_MONTH.sub("", plain)
    leap = (info(_("The birthday in a leap month is kept in the month before it.")),) if regular != plain else ()
    match = LUNAR_DAY.fullmatch(regular)
    if match is None:
        return _not_a_birthday()
    month = LUNAR_MONTHS.get(match["month"]) or numerals.read(match["month"])
    day = numerals.read(match["day"])
    year = numerals.read(match["year"]) if match["year"] else None
    if not month or not day or month > 12 or day > 30 or (match["year"] and not 1000 <= (year or 0) <= 9999):
        return _impossible()
    return Reading(Birthday(year, month, day, lunar=True), leap)


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


def _no_such_day() -> Reading[date]:
    return Reading(None, (warn(_("There is no such day. Please check day and month.")),))


def _no_year() -> Reading[date]:
    return Reading(None, (warn(_("The year is missing, such as 2025-03-08.")),))


def _not_a_birthday() -> Reading[Birthday]:
    return Reading(None, (warn(_("This is not a birthday, such as 1990-03-08 or 03-08.")),))


def _impossible() -> Reading[Birthday]:
    return Reading(None, (block(_("There is no such day. Please check day and month.")),))


def _either(text: str, days: list[str]) -> Finding:
    """What to say of a text that is a day in more than one order; the first one was taken."""
    told = _("“{text}” can be {first} or {others}. It was read as {first}.")
    return warn(told.format(text=text, first=days[0], others=", ".join(days[1:])), days[1] if len(days) == 2 else "")


def _two_digits(year: int) -> Finding:
    return warn(_("The year has two digits: read as {year}.").format(year=year))


def _three_digits(year: str, taiwan: date) -> Finding:
    told = _("The year {year} has three digits. In the calendar of Taiwan this is {date}.")
    return warn(told.format(year=year, date=taiwan.isoformat()), taiwan.isoformat())
