"""How often and on which days, in Chinese: 每两周, 每周一三五, 每月最后一个周五, 每年3月8日."""

from __future__ import annotations

import re

from crm_desktop.text import repeat_days as made
from crm_desktop.text.repeat_days import QUARTER_BEGINS, QUARTER_ENDS, Days
from crm_desktop.text.repeat_rule import DAILY, LAST, MONTHLY, WEEKLY, YEARLY
from crm_desktop.text.when_words import WEEK, N, number, weekday_of

_EACH = r"(?:重[复複復])?每(?:个|一)?"
_N = rf"(?:重[复複復])?每(?P<n>{N}) ?"
_COUNTED = rf"(?P<n>{N}) ?"
_ONCE = r"(?: ?[一1]次)?"
_ON = rf"(?:[ ,]*(?:的|在|逢|于)? ?(?P<days>.+?))??{_ONCE}"
_ON_WEEKDAYS = rf"(?:[ ,]*(?:的|在|逢|于)? ?(?P<days>(?:{WEEK}|工作[日天]).*?))??{_ONCE}"
"""每2周一 may be a Monday every 2 weeks, or cut off; 每2周周一 is certain."""

OFTEN: tuple[tuple[str, str, int], ...] = (
    (rf"(?:{_EACH}[天日]|天天|日日){_ONCE}", DAILY, 1),
    (rf"{_N}[天日]{_ONCE}", DAILY, 1),
    (rf"{_COUNTED}[天日][一1]次", DAILY, 1),
    (rf"(?:每?隔[天日]|每隔[一1][天日]){_ONCE}", DAILY, 2),
    (rf"{_EACH}{WEEK}{_ON}", WEEKLY, 1),
    (rf"{_N}个?{WEEK}{_ON_WEEKDAYS}", WEEKLY, 1),
    (rf"(?:每?隔(?:[一1]个?)?{WEEK}|每?[双雙]周){_ON}", WEEKLY, 2),
    (rf"每?逢(?P<days>{WEEK}.+)", WEEKLY, 1),
    (rf"{_COUNTED}个?{WEEK}[一1]次", WEEKLY, 1),
    (rf"(?P<days>{WEEK}.+?)[ ,]*(?:每[天日])", WEEKLY, 1),
    (rf"(?P<days>{WEEK}.(?:到|至|-|~){WEEK}?.)", WEEKLY, 1),
    (r"(?:每个?|每逢|逢)?(?P<days>工作[日天])(?:每[天日])?", WEEKLY, 1),
    (rf"(?:每个?|每逢|逢)(?P<days>周末){_ONCE}", WEEKLY, 1),
    (rf"{_EACH}月份?{_ON}", MONTHLY, 1),
    (r"每?逢月(?P<days>.+)", MONTHLY, 1),
    (rf"{_N}个月{_ON}", MONTHLY, 1),
    (rf"(?:每?隔(?:[一1]个?)?月|每?[双雙]月|每两月){_ON}", MONTHLY, 2),
    (rf"{_COUNTED}个月[一1]次", MONTHLY, 1),
    (r"(?P<days>月[底末尾])", MONTHLY, 1),
    (rf"{_EACH}季度?{_ONCE}|[一1]个?季度?[一1]次", MONTHLY, 3),
    (rf"{_N}个?季度{_ONCE}", MONTHLY, 3),
    (rf"每半年{_ONCE}|半年[一1]次", MONTHLY, 6),
    (rf"(?P<days>(?:{_EACH})?季度?(?:的|季)?(?:[末底初]|最后一[天日]|第一[天日]))", YEARLY, 1),
    (rf"(?:{_EACH}年|年年){_ON}", YEARLY, 1),
    (rf"{_N}年{_ON}", YEARLY, 1),
    (rf"每?隔(?:[一1])?年{_ON}", YEARLY, 2),
    (rf"{_COUNTED}年[一1]次", YEARLY, 1),
    (r"(?P<days>(?:每年)?年[底末初]|每年[底末初])", YEARLY, 1),
)
"""What a text is: how often, and counted by how many; `days` is what is said of the days."""

_AND = re.compile(r"[、,/ ]+|以及|[和及与與跟]")
_RANGE = re.compile(rf"{WEEK}?([一二三四五六日天1-6])(?:到|至|-|~){WEEK}?([一二三四五六日天1-6])")
_WEEKDAYS = re.compile(rf"(?:{WEEK}?[一二三四五六日天])+|{WEEK}?[1-6]")
_NTH = re.compile(
    r"(?:第(?P<nth>[一二三四五1-5])|(?P<back>倒[数數]第)(?P<from_end>[一二三四五1-5])|(?P<last>最后一?)|(?P<first>首))个?"
    rf"(?:{WEEK}(?P<weekday>[一二三四五六日天1-6])|(?P<workday>工作[日天]))?"
)
_NUMBER = re.compile(rf"(?P<day>{N}) ?[日号]?")
_LAST_DAYS = {"底", "末", "尾", "月底", "月末", "月尾", "最后一天", "最后一日", "最末一天"}
_MIDDLE, _FIRST_DAYS = {"中", "月中"}, {"初", "月初", "第一天", "首日"}
_DATE = re.compile(rf"(?P<month>{N}) ?月 ?(?P<day>{N}) ?[日号]?")
_IN_MONTHS = re.compile(rf"(?P<months>{N} ?月份?(?:(?:[、,/ ]+|以及|[和及与與跟]){N} ?月份?)*) ?的? ?(?P<days>[^月]+)")
_OR_LAST = "或最后一天"
_IF_ANY = "(没有就跳过)"


def days(text: str) -> Days | None:
    """The days that all of a text names; None when it is not certain which."""
    if not text:
        return made.NONE
    if "季" in text:
        is_begin = text.endswith(("初", "第一天", "第一日"))
        return Days("dates", month_days=(1 if is_begin else LAST,), months=QUARTER_BEGINS if is_begin else QUARTER_ENDS)
    if re.fullmatch(r"(?:每年)?年?[底末初]", text) and "年" in text:
        return made.of_year([(1, 1) if text.endswith("初") else (12, 31)])
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
    if text in {"工作日", "工作天"}:
        return made.of_week(list(range(5)))
    if text == "周末":
        return made.of_week([5])
    if found := _RANGE.fullmatch(text):
        first, last = weekday_of(found[1]), weekday_of(found[2])
        return made.of_week(list(range(first, last + 1))) if first < last else None
    parts = _AND.split(text)
    if not all(_WEEKDAYS.fullmatch(each) for each in parts):
        return None
    names = re.sub(WEEK, "", "".join(parts))
    return made.of_week([weekday_of(each) for each in names])


def _numbered(text: str, months: tuple[int, ...] = ()) -> Days | None:
    parts = [_NTH.fullmatch(each if each[0] in "第最倒首" else f"第{each}") for each in _AND.split(text) if each]
    if not parts or not all(parts):
        return None
    meant, weekday, is_workday = [], "", False
    for each in reversed(parts):  # 第一和第三个周五
        assert each is not None
        weekday, is_workday = each["weekday"] or weekday, is_workday or bool(each["workday"])
        if not weekday and not is_workday:
            return None
        meant.append((_which(each), weekday_of(weekday) if weekday else 0))
    if is_workday:
        return made.working_day(meant[0][0], months) if len(meant) == 1 else None
    return made.numbered(meant, months)


def _which(found: re.Match[str]) -> int:
    if found["back"]:
        return -number(found["from_end"])
    if found["nth"]:
        return number(found["nth"])
    return LAST if found["last"] else 1


def _month_days(text: str) -> list[int]:
    parts = _AND.split(text)
    meant = []
    for place, each in enumerate(parts):
        found = _NUMBER.fullmatch(each)
        if each in _LAST_DAYS or each in _FIRST_DAYS or each in _MIDDLE:
            meant.append(LAST if each in _LAST_DAYS else 15 if each in _MIDDLE else 1)
        elif found and (place < len(parts) - 1 or each.endswith(("日", "号"))):
            meant.append(number(found["day"]))
        else:
            return []
    return meant


def _of_month(text: str, months: tuple[int, ...] = ()) -> Days | None:
    meant = _month_days(text)
    return made.of_month(meant, months) if meant else None


def _of_year(text: str) -> Days | None:
    parts = [_DATE.fullmatch(each) for each in _AND.split(text)]
    if not all(parts):
        return None
    return made.of_year([(number(each["month"]), number(each["day"])) for each in parts if each])


def _in_months(text: str) -> Days | None:
    """5月第二个周日, 1月和7月的1号, 3月底."""
    found = _IN_MONTHS.fullmatch(text)
    if found is None:
        return None
    months = tuple(sorted({number(each.rstrip("份").rstrip("月").strip()) for each in _AND.split(found["months"])}))
    if not all(1 <= month <= 12 for month in months):
        return None
    return _numbered(found["days"], months) or _of_month(found["days"], months)
