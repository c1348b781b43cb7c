"""The letters, numbers and names that days and times are said with, and the pieces that their patterns share."""

import re
import unicodedata

from crm_desktop.text import numerals
from crm_desktop.text.date_patterns import MONTH_NAME

Span = tuple[int, int]
"""Where a piece of a text begins, and where it ends."""
Groups = dict[str, str]
"""What the named parts of a pattern fitted."""

TAKEN = "\x00"
"""Stands for each character of a sentence that is understood already."""

TRADITIONAL = str.maketrans(
    "週點後號禮個兩這鐘鍾時間內淩當過裡裏頭來幾現剛從約隔聽尋晝國處開節聖誕會還結遲於周",
    "周点后号礼个两这钟钟时间内凌当过里里头来几现刚从约隔听寻昼国处开节圣诞会还结迟于周",
)


def fold(text: str) -> str:
    """`text` in small, half-width, simplified letters, each in its old place so that spans fit both."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(each) for each in text).translate(TRADITIONAL)


def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).lower()
    return plain if len(plain) == 1 else letter


# A word of letters ends where its letters end, so that “tue10am” and “明天call” need no blank.
B, E = r"(?<![a-z])", r"(?![a-z])"
ALONE = r"(?<![0-9.零〇一二两三四五六七八九十百千万几数多第半])(?<![0-9一二两三四五六七八九十][-~–到至])(?<!or )"
"""Before a number: no number that goes on, and no range, as in 3-5天后."""
N = r"(?:[0-9]{1,4}|[二三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"
"""A number in digits, or in hanzi up to ninety-nine; 两三 is no number."""
COUNT_WORDS = {
    word: number
    for number, words in {
        1: "a an one",
        2: "two couple",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        14: "fourteen",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
    }.items()
    for word in words.split()
}
COUNT = (
    r"(?<![0-9.])(?<![0-9]-)(?<!or )(?<!half )(?P<n>[0-9]{1,4}|"
    rf"(?<![a-z])(?:(?:a\s+)?couple(?:\s+of)?|{'|'.join(sorted(COUNT_WORDS, key=len, reverse=True))})(?=\s))"
)
UNIT_WORD = r"(?:(?:business|working)\s*day|work\s*day|day|week|wk|fortnight|month|quarter|year|yr)"
UNIT = rf"(?P<unit>{UNIT_WORD})s?"
UNITS = {
    "日": "天",
    "星期": "周",
    "礼拜": "周",
    "工作天": "工作日",
    "季": "季度",
    "day": "天",
    "week": "周",
    "wk": "周",
    "month": "月",
    "year": "年",
    "yr": "年",
    "quarter": "季度",
    "fortnight": "半月",
    "d": "天",
    "w": "周",
    "eow": "周",
    "eom": "月",
    "eoq": "季度",
    "eoy": "年",
}
UNIT_WORD_ZH = r"(?:工作[日天]|天|日|周|星期|礼拜|月|季度|季|年)"
UNIT_ZH = rf"(?P<unit>{UNIT_WORD_ZH})"
SHIFT_ZH = (
    r"(?<![下上再每隔])(?P<shift>上上|上|下下|下|本|这|当|今(?=个[月周星礼季]))"
    r"(?:一(?=个?[月季]|周(?![一二三四五六日天1-6])))?"
)
SHIFTS = {
    "上上": -2,
    "上": -1,
    "last": -1,
    "下": 1,
    "next": 1,
    "下下": 2,
    "本": 0,
    "这": 0,
    "当": 0,
    "今": 0,
    "this": 0,
}
YEARS = {"去年": -1, "今年": 0, "明年": 1, "后年": 2, "last year": -1, "this year": 0, "next year": 1}
WEEK = r"(?:周|星期|礼拜)"
WEEKDAY_ZH = rf"{WEEK}(?P<weekday>[一二三四五六日天]|[1-6](?![0-9天次个点日号:时]))"
CERTAIN = r"monday|tues(?:day)?|tue|wed(?:nes|ns|ens)day|thur?s(?:day)?|thur?|friday|fri|saturday|sunday"
"""Names of weekdays that are nothing else; mon, wed, sat and sun must stand where a day stands."""
ANY = rf"(?:{CERTAIN}|mon|weds?|sat|sun)"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH = MONTH_NAME
YEAR = r"(?P<year>(?:19|2[01])[0-9]{2})(?![0-9])"
DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
NUMBERED = r"(?![楼线门厂店机文桌码馆院库车位称召角房仓柜泵炉]|展[厅台馆位区]|会议室|样|产品|项目|方案)"
"""Behind a number with 号 that is no day: 5号楼."""
NTH = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def groups_of(match: re.Match[str]) -> Groups:
    """What the named parts fitted; `day2` is another place in which `day` may stand."""
    return {name.rstrip("23"): value for name, value in match.groupdict().items() if value}


def number(text: str) -> int:
    """The number that a text writes in digits, hanzi or English; ValueError when it is none."""
    first = text.split(maxsplit=1)[0] if text else ""
    found = 2 if "couple" in text else COUNT_WORDS.get(first) or numerals.read(text)
    if found is None:
        raise ValueError(text)
    return found


def nth(text: str) -> int:
    """Which one 第二个, “second” and “2nd” are; -1 for the last."""
    if text.startswith(("最后", "last")):
        return -1
    text = text.removeprefix("第")
    return NTH.get(text) or int(text.rstrip("sthndr"))


def weekday_of(text: str) -> int:
    """The number of a weekday, Monday being 0, by the hanzi or digit behind 周, or by its English name."""
    if text.isdecimal() and text.isascii():
        return int(text) - 1
    at = "一二三四五六日".find(text.replace("天", "日"))
    return at if at >= 0 else WEEKDAYS.index(text[:3])


def unit_of(text: str) -> str:
    """The one name that a unit of time has here."""
    return "工作日" if text.startswith(("work", "business", "weekday")) else UNITS.get(text, text)


def taken(text: str, spans: list[Span]) -> str:
    """`text` with every character that is understood already struck out."""
    for start, end in spans:
        text = text[:start] + TAKEN * (end - start) + text[end:]
    return text


EDGES = " \t\r\n\u3000,，.。;；:：、-–—|@()（）~～"
JOIN = r"(?:on|at|by|to|for|and|in|的|在|于|於|，)"
JOINS = re.compile(rf"^{JOIN}(?:\s+|$)|(?:^|\s+){JOIN}$", re.IGNORECASE)


def rest(text: str, spans: list[Span]) -> str:
    """What the spans leave of `text`, without the punctuation and the small words that joined them."""
    for start, end in sorted(spans, reverse=True):
        before, after = text[:start], text[end:]
        text = f"{before} {after}" if before.strip() and after.strip() else before + after
    text = re.sub(r"\s+(?=[,，.。;；]|$)|(?<=\s)\s+", "", text)
    return JOINS.sub("", _stripped(text)).strip(EDGES)


def _stripped(text: str) -> str:
    """`text` without punctuation at its ends, but with a bracket whose partner is still in it."""
    plain = text.strip(EDGES)
    for left, right in ("()", "（）"):
        if plain.count(left) > plain.count(right):
            plain += right
        elif plain.count(left) < plain.count(right):
            plain = left + plain
    return plain
