"""The day in a sentence: 下周二, 12月5日, 两周后, next tue, end of month, in 2 weeks."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from crm_desktop.text import numerals
from crm_desktop.text.date_patterns import MONTH_NAME
from crm_desktop.text.dates import month_of


@dataclass(frozen=True, slots=True)
class Around:
    """What a day is reckoned from; `ahead` tells that the time of day named is still to come today."""

    today: date
    ahead: bool = False


Groups = dict[str, str]
Reckon = Callable[[Groups, Around], date]
Found = tuple[re.Match[str], Reckon]

_N = r"[0-9]{1,4}|[零〇一二两三四五六七八九十百]{1,5}"
_SHIFT = r"上上|上|下下|下|本|这|当"
_WEEK = r"(?:周|星期|礼拜)"
_ORDINAL = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_COUNT = r"(?P<n>[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a\s+couple\s+of)"
_UNIT = r"(?P<unit>(?:business|working)\s+day|work\s?day|day|week|fortnight|month|quarter|year)s?"
_LONG = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues?|thu(?:rs?)?|fri"
_ANY = rf"(?:{_LONG}|mon|wed|sat|sun)"

SHIFTS = {"上上": -2, "上": -1, "last": -1, "下": 1, "next": 1, "下下": 2, "本": 0, "这": 0, "当": 0, "this": 0}
YEARS = {"去年": -1, "今年": 0, "明年": 1, "后年": 2}
WORDS_ZH = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}
WORDS_EN = {
    "day after tomorrow": 2,
    "tomorrow": 1,
    "tmr": 1,
    "tmrw": 1,
    "today": 0,
    "to": 0,
    "yesterday": -1,
    "last": -1,
    "day before yesterday": -2,
}
COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
UNITS = {
    "日": "天",
    "星期": "周",
    "礼拜": "周",
    "day": "天",
    "week": "周",
    "month": "月",
    "year": "年",
    "quarter": "季度",
    "fortnight": "半月",
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def find(text: str) -> Found | None:
    """The first day named in `text`, folded as `when.fold` does, and how to reckon it; the longest one there."""
    matches = [(match, reckon) for rule, reckon in RULES if (match := rule.search(text))]
    return min(matches, key=lambda each: (each[0].start(), -len(each[0][0])), default=None)


def _number(text: str) -> int:
    number = COUNTS.get(text) or (2 if text.startswith("a ") else numerals.read(text))
    if number is None:
        raise ValueError(text)
    return number


def _full(groups: Groups, _around: Around) -> date:
    return date(_number(groups["year"]), _month(groups), _number(groups["day"]))


def _month(groups: Groups) -> int:
    return month_of(groups["name"]) if "name" in groups else _number(groups["month"])


def _month_day(groups: Groups, around: Around) -> date:
    month, day = _month(groups), _number(groups["day"])
    if "which" in groups:
        return date(around.today.year + YEARS[groups["which"]], month, day)
    return _coming(month, day, around.today)


def _slashed(groups: Groups, around: Around) -> date:
    a, b = int(groups["a"]), int(groups["b"])
    if "year" in groups:
        return date(int(groups["year"]), *((b, a) if a > 12 else (a, b)))
    return _coming(b, a, around.today) if a > 12 else _coming(a, b, around.today)


def _coming(month: int, day: int, today: date) -> date:
    """This day of the year the next time it comes; 29 February may have to wait."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000, month)[1]:
        raise ValueError(f"{month}-{day}")
    years = (year for year in range(today.year, today.year + 9) if day <= monthrange(year, month)[1])
    return next(found for year in years if (found := date(year, month, day)) >= today)


def _coming_nth(groups: Groups, around: Around) -> date:
    """The 5th, this month or next; the 31st waits for a month that has one."""
    day = _number(groups["day"])
    if not 1 <= day <= 31:
        raise ValueError(day)
    months = (_add_months(around.today.replace(day=1), step) for step in range(3))
    days = (first.replace(day=day) for first in months if day <= monthrange(first.year, first.month)[1])
    return next(found for found in days if found >= around.today)


def _in_month(groups: Groups, around: Around) -> date:
    first = _add_months(around.today.replace(day=1), SHIFTS[groups["shift"]])
    if "shift2" in groups and SHIFTS[groups["shift2"]] != SHIFTS[groups["shift"]]:
        raise ValueError(groups["shift2"])
    return first.replace(day=_number(groups["day"]))


def _month_part(groups: Groups, around: Around) -> date:
    """The beginning, middle or end of a month that is named, or counted from this one."""
    if "month" in groups:
        number = _number(groups["month"])
        first = date(around.today.year + YEARS.get(groups.get("which", ""), 0), number, 1)
        if "which" not in groups and first < around.today.replace(day=1):
            first = _add_months(first, 12)
        return _part_of(first, groups["part"])
    shift = SHIFTS[groups["shift"]] if "shift" in groups else 0
    found = _part_of(_add_months(around.today.replace(day=1), shift), groups["part"])
    return (
        found
        if "shift" in groups or found >= around.today
        else _part_of(_add_months(found.replace(day=1), 1), groups["part"])
    )


def _part_of(first: date, part: str) -> date:
    if part in {"底", "末", "end"}:
        return _month_end(first)
    return first.replace(day=15) if part in {"中", "中旬", "middle", "mid"} else first


def _weekday(groups: Groups, around: Around) -> date:
    """下周二 and “next tue” lie in the next calendar week; plain 周二 is the coming one."""
    name = groups["weekday"]
    number = "一二三四五六日".find(name.replace("天", "日"))
    number = number if number >= 0 else WEEKDAYS.index(name[:3])
    if "shift" in groups:
        return _monday(around.today) + timedelta(weeks=SHIFTS[groups["shift"]], days=number)
    days = (number - around.today.weekday()) % 7  # on a Tuesday 周二 is today only when its hour is still ahead
    return around.today + timedelta(days=days or (0 if around.ahead else 7))


def _weekend(groups: Groups, around: Around) -> date:
    if "shift" in groups:
        return _monday(around.today) + timedelta(weeks=SHIFTS[groups["shift"]], days=5)
    return around.today + timedelta(days=(5 - around.today.weekday()) % 7)


def _counted(groups: Groups, around: Around) -> date:
    """So many days, weeks or months from today, or ago."""
    sign = -1 if groups["side"].endswith(("前", "ago")) else 1
    unit = re.sub(r"\s+", " ", groups["unit"])
    unit = UNITS.get(unit, "工作日" if unit.startswith(("work", "business")) else unit)
    if groups["n"] == "半":
        return _half(unit, sign, around.today)
    count = sign * _number(groups["n"])
    extra = timedelta(days=sign * 15) if "half" in groups else timedelta()
    return _add(unit, count, around.today) + extra


def _add(unit: str, count: int, today: date) -> date:
    if unit == "工作日":
        return _add_workdays(today, count)
    if unit in {"天", "周", "半月"}:
        return today + timedelta(days=count * {"天": 1, "周": 7, "半月": 14}[unit])
    return _add_months(today, count * {"月": 1, "季度": 3, "年": 12}[unit])


def _half(unit: str, sign: int, today: date) -> date:
    if unit == "年":
        return _add_months(today, 6 * sign)
    if unit == "月":
        return today + timedelta(days=15 * sign)
    raise ValueError(unit)


def _word_zh(groups: Groups, around: Around) -> date:
    word = groups["word"]
    return around.today + timedelta(days=WORDS_ZH.get(word, WORDS_ZH.get(word[0], 0)))


def _word_en(groups: Groups, around: Around) -> date:
    return around.today + timedelta(days=WORDS_EN[re.sub(r"\s+", " ", groups["word"]).strip()])


def _span_start(groups: Groups, around: Around) -> date:
    """The first day of the week, month, quarter or year `shift` away."""
    shift, unit = SHIFTS[groups["shift"]], UNITS.get(groups["unit"], groups["unit"])
    if unit == "周":
        return _monday(around.today) + timedelta(weeks=shift)
    return _add_months(_first(unit, around.today), shift * {"月": 1, "季度": 3, "年": 12}[unit])


def _span_end(groups: Groups, around: Around) -> date:
    """The last day of the week (its Friday), month, quarter or year."""
    shift = SHIFTS[groups["shift"]] if "shift" in groups else YEARS.get(groups.get("which", ""), 0)
    short = {"eow": "周", "eom": "月", "eoq": "季度", "eoy": "年", "季": "季度"}
    unit = short.get(groups["unit"], UNITS.get(groups["unit"], groups["unit"]))
    if unit == "周":
        return _monday(around.today) + timedelta(weeks=shift, days=4)
    months = {"月": 1, "季度": 3, "年": 12}[unit]
    return _add_months(_first(unit, around.today), (shift + 1) * months) - timedelta(days=1)


def _next_year(groups: Groups, around: Around) -> date:
    return date(around.today.year + YEARS[groups["which"]], 1, 1)


def _first(unit: str, day: date) -> date:
    if unit == "年":
        return day.replace(month=1, day=1)
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) if unit == "季度" else day.replace(day=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _add_months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _add_workdays(day: date, count: int) -> date:
    """Mondays to Fridays; public holidays are not known here."""
    weeks, rest = divmod(abs(count), 5)
    step = timedelta(days=1 if count > 0 else -1)
    day += step * 7 * weeks
    while rest or day.weekday() > 4:
        day += step
        rest -= 1 if day.weekday() < 5 and rest else 0
    return day


def _rule(pattern: str, reckon: Reckon) -> tuple[re.Pattern[str], Reckon]:
    """A rule with the small words that may stand around a day: “by friday”, 周五前."""
    before = r"(?:\b(?:on|by|before|until|till|due|from|since)\s+)?"
    after = r"(?:之前|以前|前(?![台往端期景辈后])|当天)?"
    return re.compile(before + pattern + after), reckon


RULES: tuple[tuple[re.Pattern[str], Reckon], ...] = (
    _rule(
        rf"(?<![0-9.])(?P<year>(?:19|20)[0-9]{{2}})\s*[-/.年]\s*(?P<month>{_N})\s*[-/.月]\s*(?P<day>{_N})(?:[日号]|(?![0-9]))",
        _full,
    ),
    _rule(rf"(?<![:0-9]){_ORDINAL}\s+(?:of\s+)?{MONTH_NAME},?\s+(?P<year>(?:19|20)[0-9]{{2}})\b", _full),
    _rule(rf"\b{MONTH_NAME}\s+{_ORDINAL},?\s+(?P<year>(?:19|20)[0-9]{{2}})\b", _full),
    _rule(
        rf"(?:(?P<which>去年|今年|明年|后年)的?)?\s*(?<![0-9])(?P<month>{_N})月\s*(?P<day>{_N})(?:[日号]|(?![0-9点时:个天周月年]))",
        _month_day,
    ),
    _rule(rf"(?<![:0-9])(?:the\s+)?\b{_ORDINAL}\s+(?:of\s+)?{MONTH_NAME}(?![a-z0-9])", _month_day),
    _rule(rf"\b{MONTH_NAME}\s+(?:the\s+)?{_ORDINAL}(?![0-9:a-z]|\s*[ap]\.?m\b)", _month_day),
    _rule(
        r"(?<![0-9/.])(?!24/7)(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])(?:/(?P<year>(?:19|20)[0-9]{2}))?(?![0-9/%])",
        _slashed,
    ),
    _rule(rf"(?P<shift>{_SHIFT})个?月的?\s*(?P<day>{_N})[日号]", _in_month),
    _rule(rf"(?:the\s+)?\b{_ORDINAL}\s+(?:of\s+)?(?P<shift>next|this|last)\s+month\b", _in_month),
    _rule(rf"\b(?P<shift>next|this|last)\s+month\s+(?:on\s+)?(?:the\s+)?{_ORDINAL}\b", _in_month),
    _rule(rf"(?:(?P<which>去年|今年|明年|后年)的?)?(?P<month>{_N})月(?P<part>底|末|初|中旬)", _month_part),
    _rule(rf"(?:(?P<shift>{_SHIFT})个?)?月(?P<part>底|末|初|中旬|中)", _month_part),
    _rule(
        r"(?:the\s+)?\b(?P<part>start|beginning|middle|mid)[\s-]+(?:of\s+)?(?:the\s+)?(?:(?P<shift>next|this|last)\s+)?month\b",
        _month_part,
    ),
    _rule(
        rf"(?<![0-9零〇一二两三四五六七八九十每几])(?<!每个)(?:(?P<shift>{_SHIFT})个?)?{_WEEK}(?P<weekday>[一二三四五六日天])(?![次个年月])",
        _weekday,
    ),
    _rule(rf"(?<!every\s)(?<!each\s)\b(?:(?P<shift>next|this|last)\s+|coming\s+)?(?P<weekday>{_LONG})\b", _weekday),
    _rule(r"\b(?:(?P<shift>next|this|last)|coming|on|by)\s+(?P<weekday>mon|wed|sat|sun)\b", _weekday),
    _rule(r"^\s*(?P<weekday>mon|wed)\b", _weekday),
    _rule(
        r"(?<!every\s)(?<!each\s)\b(?P<weekday>mon|wed|sat|sun)(?=\s*[,.]?\s*$|\s+(?:at\s+)?[0-9]|\s+(?:morning|noon|afternoon|evening)\b)",
        _weekday,
    ),
    _rule(rf"\b(?P<weekday>{_ANY})\s+(?:of\s+)?(?P<shift>next|this|last)\s+week\b", _weekday),
    _rule(rf"\b(?P<shift>next|this|last)\s+week\s+(?:on\s+)?(?P<weekday>{_ANY})\b", _weekday),
    _rule(rf"(?:(?P<shift>{_SHIFT})个?)?{_WEEK}末", _weekend),
    _rule(r"(?:\b(?P<shift>next|last)\s+|\bthis\s+|\b(?:at\s+|over\s+)?the\s+|\b)weekend\b", _weekend),
    _rule(
        rf"(?:再?过)?(?P<n>{_N}|半)\s*个?(?P<half>半)?(?P<unit>工作日|天|日|周|星期|礼拜|月|季度|年)\s*(?P<side>之后|以后|后(?![天续来])|之前|以前|前)",
        _counted,
    ),
    _rule(
        rf"(?P<side>再?过)(?P<n>{_N}|半)\s*个?(?P<half>半)?(?P<unit>工作日|天|周|星期|礼拜|月|季度|年)(?!后|以后|之后)",
        _counted,
    ),
    _rule(rf"\b(?P<side>in|within)\s+{_COUNT}\s+{_UNIT}\b(?:['’]?\s+time\b)?", _counted),
    _rule(rf"\b{_COUNT}\s+{_UNIT}\s+(?P<side>from\s+(?:now|today)|later|ago)\b", _counted),
    _rule(r"(?P<word>大[前后]天|[前后]天|[昨今明][天日]|[今明](?=[早晚])|昨(?=[早晚]))", _word_zh),
    _rule(
        r"(?:the\s+)?\b(?P<word>day\s+after\s+tomorrow|day\s+before\s+yesterday|tomorrow|tmrw?|today|yesterday)\b",
        _word_en,
    ),
    _rule(r"\b(?P<word>to(?=night\b)|last\s+(?=night\b))", _word_en),
    _rule(r"(?P<shift>下下|下)个?(?P<unit>周|星期|礼拜|月|季度)(?!末|底|初|中|[一二三四五六日天](?!次))", _span_start),
    _rule(r"\b(?P<shift>next)\s+(?P<unit>week|month|quarter|year)\b", _span_start),
    _rule(r"(?P<which>明年|后年)初?", _next_year),
    _rule(rf"(?:(?P<shift>{_SHIFT})个?)?(?P<unit>季)度?[末底]", _span_end),
    _rule(
        r"(?:(?P<which>[今明])?)年[末底]",
        lambda groups, around: _span_end({"unit": "年", **_year_word(groups)}, around),
    ),
    _rule(
        r"\b(?:the\s+)?end\s+of\s+(?:the\s+)?(?:(?P<shift>next|this|last)\s+)?(?P<unit>week|month|quarter|year)\b",
        _span_end,
    ),
    _rule(r"\b(?P<unit>eow|eom|eoq|eoy)\b", _span_end),
    _rule(r"\b(?P<unit>month|quarter|year)[\s-]end\b", _span_end),
    _rule(
        rf"(?<![0-9零〇一二两三四五六七八九十第月年])(?P<day>{_N})号(?![楼线门厂店机文桌码馆院库车位称召角])",
        _coming_nth,
    ),
    _rule(r"\bthe\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b(?!\s+[a-z]+\s+(?:floor|time))", _coming_nth),
)


def _year_word(groups: Groups) -> Groups:
    return {"which": f"{groups['which']}年"} if "which" in groups else {}
