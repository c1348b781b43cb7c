"""How often and on which days, in Chinese: 每两周, 每周一三五, 每月最后一个周五, 每年3月8日."""

from __future__ import annotations

import re

from crm_desktop.text import repeat_days as made
from crm_desktop.text.repeat_days import Days, Language, Nth
from crm_desktop.text.repeat_rule import DAILY, LAST, MONTHLY, WEEKLY, YEARLY
from crm_desktop.text.when_words import WEEK, N, number, weekday_of

_EACH = r"(?:重[复複復])?每(?:个|一)?"
_N = rf"(?:重[复複復])?每(?P<n>{N}) ?"
_COUNTED = rf"(?P<n>{N}) ?"
_ONCE = r"(?: ?[一1]次)?"
_ON = rf"(?:[ ,]*(?:的|在|逢|于)? ?(?P<days>.+?))??{_ONCE}"
_ON_WEEKDAYS = rf"(?:[ ,]*(?:的|在|逢|于)? ?(?P<days>(?:{WEEK}|工作[日天]).*?))??{_ONCE}"
"""每2周一 may be a Monday every 2 weeks, or cut off; 每2周周一 is certain."""

_OFTEN = (
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
_BETWEEN = r"(?:[、,/ ]*(?:以及|[和及与與跟])[、,/ ]*|[、,/ ]+)"
_AND = re.compile(_BETWEEN)
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
_IN_MONTHS = re.compile(rf"(?P<months>{N} ?月份?(?:{_BETWEEN}{N} ?月份?)*) ?的? ?(?P<days>[^月]+)")


def _span(text: str) -> Days | None:
    if "季" in text:
        return made.of_quarters(at_end=not text.endswith(("初", "第一天", "第一日")))
    if re.fullmatch(r"(?:每年年?|年)[底末初]", text):
        return made.of_year([(1, 1) if text.endswith("初") else (12, 31)])
    return None


def _week(text: str) -> list[int]:
    if text in {"工作日", "工作天"}:
        return made.from_to(0, 4)
    if text == "周末":
        return [5]
    if found := _RANGE.fullmatch(text):
        return made.from_to(weekday_of(found[1]), weekday_of(found[2]))
    parts = _AND.split(text)
    if not all(_WEEKDAYS.fullmatch(each) for each in parts):
        return []
    return [weekday_of(each) for each in re.sub(WEEK, "", "".join(parts))]


def _nth(text: str) -> Nth | None:
    found = _NTH.fullmatch(text if text.startswith(("第", "最", "倒", "首")) else f"第{text}")
    return found and Nth(_which(found), found["weekday"] or "", bool(found["workday"]))


def _which(found: re.Match[str]) -> int:
    if found["back"]:
        return -number(found["from_end"])
    if found["nth"]:
        return number(found["nth"])
    return LAST if found["last"] else 1


def _month_days(parts: list[str]) -> list[int]:
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


def _date(text: str) -> tuple[int, int] | None:
    found = _DATE.fullmatch(text)
    return found and (number(found["month"]), number(found["day"]))


def _month(text: str) -> int:
    return number(text.rstrip("份").rstrip("月").strip())


CHINESE = Language(
    _OFTEN, _AND, _IN_MONTHS, "或最后一天", "(没有就跳过)", _span, _week, _nth, _month_days, _date, _month
)
