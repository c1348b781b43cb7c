"""The shapes in which people write a day, and the words that days and months have."""

import re

from crm_desktop.text import numerals

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
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ERA = re.compile(
    rf"(?P<era>(?:中华|中華)?民[国國]|令和|平成|昭和)\s*(?P<year>元|{_N}{{1,5}})\s*[年./-]\s*(?P<month>{_N}{{1,3}})"
    rf"\s*[月./-]\s*(?P<day>{_N}{{1,3}})\s*[日号號]?"
)
BEFORE_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first one of each era."""
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
LEAP_MONTH = re.compile(r"[闰閏]\s*(?=[正冬腊臘一二三四五六七八九十\d])")
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
