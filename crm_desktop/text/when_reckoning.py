"""How the days that people name are reckoned: the rules of the grammar of `when`, without its words.

Next and 下 lie in the next calendar week, month or year, last and 上 in the one before, this and 本 in the present one;
weeks begin on Monday (ISO 8601). A weekday, a date or a day of the month alone is the coming one, or, of what is over,
the last one. The end of a week is its Friday. Where a month is too short for a day, there is no such day, except that
a month later than the 31st is the last day of that month.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crm_desktop.text.date_patterns import BEFORE_ERAS
from crm_desktop.text.dates import month_of
from crm_desktop.text.when_words import SHIFTS, YEARS, Groups, nth, number, unit_of, weekday_of


@dataclass(frozen=True, slots=True)
class Around:
    """What a day is reckoned from; `ahead` tells that the time of day named is still to come today.

    `weekday` is the one that a date must fall on, because it stands beside it; `over` asks for days that are over.
    """

    today: date
    ahead: bool = False
    weekday: int | None = None
    over: bool = False

    def nearest(self, days: Iterable[date]) -> date:
        """The coming one of some days in their order, or the last one before; ValueError where none is meant."""
        fitting = [day for day in days if self.weekday in {None, day.weekday()}]
        coming = [day for day in fitting if day >= self.today]
        past = [day for day in fitting if day <= self.today]
        if self.over and past:
            return past[-1]
        if coming and not self.over:
            return coming[0]
        if self.weekday is not None and past:  # “Mon Nov 16” can only be the one that was
            return past[-1]
        raise ValueError(self.today)


LONG_AGO, FAR_AHEAD = 8, 9
"""How many years a 29 February may be away."""
WORKDAY_END, SPRING = 4, 2000
MONTHS = {"月": 1, "季度": 3, "年": 12}
ENDS = {"底", "末", "尾", "end", "内", "最后"}
MIDDLES = {"中", "中旬", "middle", "mid"}
LATE = {"下旬", "late"}
WORDS = {
    "大前": -3,
    "前": -2,
    "day before yesterday": -2,
    "昨": -1,
    "琴": -1,
    "寻": -1,
    "yesterday": -1,
    "last": -1,
    "今": 0,
    "today": 0,
    "to": 0,
    "明": 1,
    "听": 1,
    "tm": 1,
    "tomorrow": 1,
    "后": 2,
    "day after tomorrow": 2,
    "大后": 3,
}


def full(groups: Groups, around: Around) -> date:
    """A date with its year: of four digits, of two, or of the calendar of Taiwan."""
    year = BEFORE_ERAS["民国"] + number(groups["roc"]) if "roc" in groups else number(groups["year"])
    found = date(year + 2000 if year < 100 else year, month(groups), number(groups["day"]))
    return around.nearest([found]) if around.weekday is not None else found


def month(groups: Groups) -> int:
    """The number of a month, by name or by number."""
    return month_of(groups["name"]) if "name" in groups else number(groups["month"])


def month_day(groups: Groups, around: Around) -> date:
    """12月5日 and “5 Dec”: in the year that is named, or the nearest one."""
    if "year" in groups:
        return full(groups, around)
    in_month, day = month(groups), number(groups["day"])
    if "which" in groups:
        return _on_weekday(date(around.today.year + _years(groups), in_month, day), around)
    return around.nearest(_each_year(in_month, day, around.today))


def _years(groups: Groups) -> int:
    """How many years from this one the year lies that is named by a word."""
    return YEARS[" ".join(groups["which"].split())] if "which" in groups else 0


def slashed(groups: Groups, around: Around) -> date:
    """12/5: month first as in `dates.read`, and day first where that is impossible."""
    a, b = int(groups["a"]), int(groups["b"])
    in_month, day = (b, a) if a > 12 else (a, b)
    if "year" not in groups:
        return around.nearest(_each_year(in_month, day, around.today))
    year = int(groups["year"])
    if year < 100:
        year += 2000
        near = range(around.today.year - 1, around.today.year + 10)
        if year not in near or 2000 + a in near:  # 26/12/05 begins with its year, or does it?
            raise ValueError(year)
    return _on_weekday(date(year, in_month, day), around)


def _on_weekday(day: date, around: Around) -> date:
    if around.weekday not in {None, day.weekday()}:
        raise ValueError(day)
    return day


def _each_year(in_month: int, day: int, today: date) -> list[date]:
    """This day of every year around; 29 February may have to wait."""
    if not 1 <= in_month <= 12 or not 1 <= day <= monthrange(SPRING, in_month)[1]:
        raise ValueError(f"{in_month}-{day}")
    years = range(max(1, today.year - LONG_AGO), min(9999, today.year + FAR_AHEAD) + 1)
    found = [date(year, in_month, day) for year in years if day <= monthrange(year, in_month)[1]]
    near = [each for each in found if abs(each.year - today.year) <= 1]
    return near if len(near) > 1 else found


def day_of_month(groups: Groups, around: Around) -> date:
    """The 5th, this month or next; the 31st waits for a month that has one."""
    day = number(groups["day"])
    if not 1 <= day <= 31:
        raise ValueError(day)
    months = [add_months(around.today.replace(day=1), step) for step in range(-2, 3)]
    return around.nearest([first.replace(day=day) for first in months if day <= monthrange(first.year, first.month)[1]])


def in_shifted_month(groups: Groups, around: Around) -> date:
    """The 5th of next month."""
    first = add_months(around.today.replace(day=1), SHIFTS[groups["shift"]])
    return _on_weekday(first.replace(day=number(groups["day"])), around)


def part_of_month(groups: Groups, around: Around) -> date:
    """The beginning (1st), middle (15th), last third (21st) or end of a month: a named one, or counted from this."""
    part = groups.get("part", "初")
    if "month" in groups or "name" in groups:
        return _part(_named_month(groups, around, part), part)
    first = add_months(around.today.replace(day=1), SHIFTS[groups["shift"]] if "shift" in groups else 0)
    found = _part(first, part)
    if "shift" in groups or part in ENDS:
        return found
    months = [add_months(first, step) for step in (-1, 0, 1)]
    return around.nearest([_part(each, part) for each in months])


def _named_month(groups: Groups, around: Around, part: str) -> date:
    """The first day of a month that is named, with its year or in the one where `part` of it is nearest."""
    in_month = month(groups)
    if "year" in groups:
        return date(number(groups["year"]), in_month, 1)
    if "which" in groups:
        return date(around.today.year + _years(groups), in_month, 1)
    years = (around.today.year + step for step in (-1, 0, 1))
    return around.nearest([_part(date(year, in_month, 1), part) for year in years]).replace(day=1)


def whole_month(groups: Groups, around: Around) -> date:
    """The first day of a month that is to come; “in November” says nothing in November."""
    if not {"year", "which"} & groups.keys() and month(groups) == around.today.month:
        raise ValueError(around.today)
    return part_of_month({**groups, "part": "初"}, around)


def _part(first: date, part: str) -> date:
    if part in ENDS:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first.replace(day=15 if part in MIDDLES else 21 if part in LATE else 1)


def nth_in_month(groups: Groups, around: Around) -> date:
    """The first Monday, last Friday, second working day or last day of a month."""
    if "month" in groups or "name" in groups:
        if "year" in groups or "which" in groups:
            return _nth_of(_named_month(groups, around, "初"), groups)
        years = (around.today.year + step for step in (-1, 0, 1))
        return around.nearest([_nth_of(date(year, month(groups), 1), groups) for year in years])
    shift = SHIFTS[groups["shift"]] if "shift" in groups else 0
    return _nth_of(add_months(around.today.replace(day=1), shift), groups)


def _nth_of(first: date, groups: Groups) -> date:
    days = [first.replace(day=day) for day in range(1, monthrange(first.year, first.month)[1] + 1)]
    if "weekday" in groups:
        days = [day for day in days if day.weekday() == weekday_of(groups["weekday"])]
    elif unit_of(groups["what"]) == "工作日":
        days = [day for day in days if day.weekday() <= WORKDAY_END]
    which = nth(groups["nth"])
    if which > len(days):
        raise ValueError(which)
    return days[which - 1 if which > 0 else which]


def weekday(groups: Groups, around: Around) -> date:
    """下周二 and “next tue” lie in the next calendar week; plain 周二 is the coming one."""
    wanted = weekday_of(groups["weekday"])
    if "shift" in groups:
        return monday(around.today) + timedelta(weeks=SHIFTS[groups["shift"]], days=wanted)
    days = (wanted - around.today.weekday()) % 7
    if around.over:
        return around.today - timedelta(days=(7 - days) % 7 or (7 if around.ahead else 0))
    # On a Tuesday 周二 is today only when its hour is still ahead.
    return around.today + timedelta(days=days or (0 if around.ahead else 7))


def weekday_in_weeks(groups: Groups, around: Around) -> date:
    """两周后的周二 lies in the second calendar week from this one; “two weeks from tue” counts from the coming one."""
    weeks = timedelta(weeks=number(groups.get("n", "1")))
    if "from" in groups:
        return weekday({"weekday": groups["weekday"]}, around) + weeks
    return monday(around.today) + weeks + timedelta(days=weekday_of(groups["weekday"]))


def weekend(groups: Groups, around: Around) -> date:
    """The Saturday of a weekend; on a Sunday “weekend” is that day."""
    if "shift" in groups:
        return monday(around.today) + timedelta(weeks=SHIFTS[groups["shift"]], days=5)
    return around.today + timedelta(days=max(0, 5 - around.today.weekday()))


def counted(groups: Groups, around: Around) -> date:
    """So many days, weeks or months from today, or ago."""
    sign = -1 if groups["side"].endswith(("前", "ago")) else 1
    unit = unit_of(" ".join(groups["unit"].split()))
    if groups["n"] in {"半", "half"}:
        return _half(unit, sign, around.today)
    found = _add(unit, sign * number(groups["n"]), around.today)
    return _half(unit, sign, found) if "half" in groups else found


def _add(unit: str, count: int, day: date) -> date:
    if unit == "工作日":
        return add_workdays(day, count)
    if unit in {"天", "周", "半月"}:
        return day + timedelta(days=count * {"天": 1, "周": 7, "半月": 14}[unit])
    return add_months(day, count * MONTHS[unit])


def _half(unit: str, sign: int, day: date) -> date:
    if unit == "年":
        return add_months(day, 6 * sign)
    if unit == "月":
        return day + timedelta(days=15 * sign)
    raise ValueError(unit)


def word(groups: Groups, around: Around) -> date:
    """Today, tomorrow, 大后天 and the like."""
    said = " ".join(groups["word"].split())
    if said.startswith(("tm", "tom")):
        said = "tomorrow"
    return _on_weekday(around.today + timedelta(days=WORDS[said]), around)


def part_of_span(groups: Groups, around: Around) -> date:
    """The beginning, middle or end of a week, quarter or year, the beginning where none is named."""
    unit, part = unit_of(groups["unit"]), groups.get("part", "初")
    shift = SHIFTS[groups["shift"]] if "shift" in groups else _years(groups)
    if "after" in groups:
        shift += 1
    if unit == "周":
        return _part_of_week(monday(around.today) + timedelta(weeks=shift), part, around.today)
    if unit == "月":
        return _part(add_months(around.today.replace(day=1), shift), part)
    found = _part_of_months(_first(unit, around.today), shift, unit, part)
    named = "shift" in groups or "which" in groups or part in ENDS
    if not named and found < around.today and not around.over:
        found = _part_of_months(_first(unit, around.today), shift + 1, unit, part)
    return found


def _part_of_week(first: date, part: str, today: date) -> date:
    if part in ENDS | LATE:
        friday = first + timedelta(days=WORKDAY_END)
        return friday if not friday < today <= friday + timedelta(days=2) else friday + timedelta(days=2)
    return first + timedelta(days=2) if part in MIDDLES else first


def _part_of_months(first: date, shift: int, unit: str, part: str) -> date:
    """The first or the last day of a quarter or year; the middle of a year is the last day of its first half."""
    size = MONTHS[unit]
    if part in MIDDLES and unit == "年":
        return add_months(first, shift * size + 6) - timedelta(days=1)
    if part in ENDS:
        return add_months(first, (shift + 1) * size) - timedelta(days=1)
    if part in MIDDLES | LATE:
        raise ValueError(part)
    return add_months(first, shift * size)


def quarter(groups: Groups, around: Around) -> date:
    """The beginning or end of a quarter by its number."""
    which = number(groups["q"])
    this_year = around.today.year
    years = (this_year - 1, this_year, this_year + 1)
    if "year" in groups:
        years = (number(groups["year"]),) * 3
    elif "which" in groups:
        years = (this_year + _years(groups),) * 3
    days = [_part_of_months(date(year, 3 * which - 2, 1), 0, "季度", groups["part"]) for year in years]
    return days[0] if len(set(days)) == 1 else around.nearest(days)


def half_year(groups: Groups, around: Around) -> date:
    """The first day of a half of this year or the next."""
    first = date(around.today.year + _years(groups), 1 if groups["half"] == "上" else 7, 1)
    return first if "which" in groups else around.nearest([first, add_months(first, 12)])


def _first(unit: str, day: date) -> date:
    return day.replace(month=1 if unit == "年" else (day.month - 1) // 3 * 3 + 1, day=1)


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the last one of a month that is too short."""
    years, index = divmod(day.month - 1 + count, 12)
    year = day.year + years
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def add_workdays(day: date, count: int) -> date:
    """Mondays to Fridays; public holidays are not known here."""
    weeks, left = divmod(abs(count), 5)
    step = timedelta(days=1 if count > 0 else -1)
    day += step * 7 * weeks
    while left or day.weekday() > WORKDAY_END:
        day += step
        left -= 1 if day.weekday() <= WORKDAY_END and left else 0
    return day
