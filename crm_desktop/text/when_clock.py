"""The time of day in a sentence: 下午3点半, 14:30, half past 3, at 10am, 10-11am, evening, cob."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from crm_desktop.text import numerals
from crm_desktop.text.when_words import COUNT_WORDS, B, E, Span


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, and where in the sentence it stands; hours from 24 on belong to the night after."""

    hour: int
    minute: int
    spans: tuple[Span, ...]
    is_range: bool = False
    """An end follows, as in 10-11am: that stays in the words."""


PARTS = {
    "night": "凌晨",
    "morning": "清晨 清早 早上 早晨 一早 今朝 大早 早 晨",
    "forenoon": "上午 上昼",
    "noon": "中午 正午",
    "afternoon": "下午 午后 下昼",
    "dusk": "傍晚",
    "evening": "晚上 晚间 夜里 晚",
    "midnight": "午夜 半夜",
    "close": "下班前 下班",
}
PARTS_ZH = {word: part for part, words in PARTS.items() for word in words.split()}
USUAL = {"morning": 9, "forenoon": 10, "noon": 12, "afternoon": 14, "dusk": 18, "evening": 19, "close": 18}
"""When a part of the day is, where no hour is named; midnight is the end of its day."""
PART = re.compile(
    r"下班(?:之前|以前|前)|凌晨|清[晨早]|早[上晨]|一大?早|上[午昼]|[中正]午|下[午昼](?!茶)|午后|傍晚|晚[上间]|夜里|[午半]夜"
    r"|(?<=\x00)[早晚晨](?!点)|[早晚](?=[0-9]{1,2}[点:]|[一二三四五六七八九十]{1,3}点)"
    rf"|(?<!good\s){B}(?:(?:in|during)\s+the\s+|this\s+)?(?P<en>morning|afternoon|evening){E}|(?<=\x00)\s?(?P<night>night){E}|(?<=\x00)\s(?P<half>[ap]m){E}(?!\s*[0-9])"
    rf"|{B}(?:(?:at|by|before|around)\s+)?(?P<noon>noon|mid-?day|lunch\s?time){E}|{B}(?:at\s+|by\s+)?(?P<midnight>midnight){E}"
    rf"|{B}(?:(?:by|before)\s+)?(?:the\s+)?(?P<close>eod|eob|cob|end\s+of\s+(?:the\s+)?(?:business\s+)?day|(?:close|end)\s+of\s+business){E}"
    rf"|{B}(?P<first>first\s+thing(?:\s+in\s+the\s+morning)?){E}"
)
_ZH_HOUR = r"[0-9]{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]"
_WORDS = {word: count for word, count in COUNT_WORDS.items() if word not in {"a", "an", "couple"} and count <= 12}
_WORD = rf"(?P<hour>1[0-9]|2[0-4]|[0-9](?![0-9])|{'|'.join(_WORDS)})"
_AROUND = rf"(?:{B}(?:at|by|before|after|around|about|from|until|till)\s+(?:about\s+)?|@\s?)?"
_AFTER_ZH = r"(?:左右|前后|之前|以前|多|许|前(?![台往端期景辈天]))?"
_HALF = rf"\s*(?P<half>[ap]\.?m\b\.?|[ap]m{E})(?:-?ish{E}|\s+sharp{E})?"
_TO = r"\s*(?:-|–|—|~|到|至|to\b|till\b|until\b)\s*"

CHINESE = re.compile(
    rf"(?<![0-9.第每有差几])(?:差(?P<less>[一1]刻|[0-9]{{1,2}}分|[二三四五六七八九]?十?[一二三四五六七八九十]分)钟?)?"
    rf"(?P<hour>{_ZH_HOUR})\s*(?:点|时(?![候间期代尚长差段常机光]))(?:钟|整)?"
    r"(?:(?P<half>半)|(?P<quarter>[一三13])刻|差(?P<less2>[一1]刻|[0-9]{1,2}分|[五十]分)钟?"
    r"|[过零]?(?P<minute>[0-5]?[0-9](?![0-9点号日天月个])|[零一二三四五]?十?[一二三四五六七八九十](?=分))分?)?(?:钟)?"
    rf"(?![0-9一二三四五六七八九十]+分){_AFTER_ZH}"
)
CHINESE_SPAN = re.compile(
    rf"(?<![0-9.第每有差几])(?P<hour>{_ZH_HOUR})\s?[-~到至]\s?(?:{_ZH_HOUR})点(?:半|[一三]刻)?钟?"
)
"""上午9-11点: only the end has its 点."""
OTHER_BEFORE = re.compile(rf"[0-9]\s*(?:/|或者?|、|{B}(?:or|and){E})\s*$")
OTHER_AFTER = re.compile(rf"\s*(?:/|或者?|还是|、|{B}or{E})\s*(?:{_ZH_HOUR}|noon|[上下中]午|晚)")
VAGUE = re.compile(r"[一两]点(?![\s,.;0-9半钟整一三十过前左\x00]|$)")
"""一点 in 一点建议 is “a little”, not one o'clock."""
COLON = re.compile(
    rf"{_AROUND}(?:(?P<before>[ap]m)\s*)?(?<![0-9:])(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9:])(?:{_HALF})?{_AFTER_ZH}"
)
SPAN = re.compile(
    rf"{_AROUND}(?<![0-9:/.$€£¥-])(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9]))?\s*(?P<own>[ap]\.?m)?"
    rf"{_TO}(?P<until>[0-9]{{1,2}})(?:[:.][0-5][0-9])?{_HALF}"
)
AM_PM = re.compile(rf"{_AROUND}(?<![0-9:/.$€£¥-])(?P<hour>[0-9]{{1,2}})(?:\.(?P<minute>[0-5][0-9]))?{_HALF}")
PM_BEFORE = re.compile(rf"{B}(?P<half>[ap]m)\s*(?P<hour>[0-9]{{1,2}})(?![0-9:./%])(?:点)?")
PAST = re.compile(
    rf"(?:{B}at\s+)?{B}(?P<side>half\s+past|(?:a\s+)?quarter\s+(?:past|to)|(?:five|ten|twenty(?:[\s-]five)?|5|10|20|25)\s+past"
    rf"|twenty(?:[\s-]five)?\s+to)\s+{_WORD}(?![a-z0-9:])(?:{_HALF})?"
)
MILITARY = re.compile(rf"{_AROUND}(?<![0-9])(?P<hour>[0-2][0-9])(?P<minute>[0-5][0-9])\s?(?:hrs|hours|h){E}")
AT = re.compile(
    rf"{B}(?:at|@)\s*{_WORD}(?P<minute>\.[0-5][0-9])?(?![a-z])(?:\s*o['’]?clock)?(?![:/.%-]?[0-9]|\s+(?:ten|fifteen|twenty|thirty|forty|fifty){E})"
    rf"|{B}{_WORD.replace('hour', 'hour2')}\s*o['’]?clock{E}"
)
ENDING = re.compile(rf"{_TO}(?=(?:{_ZH_HOUR})点|[0-9]{{1,2}}(?::[0-9]{{2}}|\s*[ap]m)|[上下中]午)")


def find(text: str) -> Clock | None:
    """The time of day in `text`, folded as `when_words.fold` does; ValueError for 25:00 or for one of two."""
    part, part_span = _find_part(text)
    for rule, reader in RULES:
        match = rule.search(text)
        if match and not (rule is CHINESE and not part and VAGUE.match(text, match.start("hour"))):
            if OTHER_BEFORE.search(text[: match.start()]) or OTHER_AFTER.match(text, match.end()):
                raise ValueError(text)
            hour, minute = reader(match, part)
            spans = (match.span(), *([part_span] if part_span else []))
            is_range = rule in {SPAN, CHINESE_SPAN} or bool(ENDING.match(text, match.end()))
            return Clock(hour, minute, spans, is_range)
    if part_span is None or part == "night":
        return None
    if OTHER_AFTER.match(text, part_span[1]):
        raise ValueError(text)
    return Clock(24 if part == "midnight" else USUAL[part], 0, (part_span,))


def _find_part(text: str) -> tuple[str, Span | None]:
    match = PART.search(text)
    if match is None:
        return "", None
    groups = match.groupdict()
    if groups["en"] or groups["night"]:
        return groups["en"] or "evening", match.span()
    if groups["half"]:
        return "forenoon" if groups["half"] == "am" else "afternoon", match.span()
    if groups["first"]:
        return "morning", match.span()
    name = next((each for each in ("noon", "midnight", "close") if groups[each]), "")
    return name or ("close" if match[0].startswith("下班") else PARTS_ZH[match[0].replace("一大", "一")]), match.span()


def _digits(match: re.Match[str], part: str) -> tuple[int, int]:
    """14:30, 2:30 pm, 2.30pm, 2pm; 02:30 is in the night, 2:30 alone as 2 o'clock is said."""
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    if hour == 24 and minute:
        raise ValueError(match[0])
    half = groups.get("half") or groups.get("before")
    if half:
        return _valid(_of_half(hour, half), minute)
    return _valid(_in_part(hour, part) if len(match["hour"]) > 1 else _spoken(hour, part), minute)


def _span(match: re.Match[str], part: str) -> tuple[int, int]:
    """2-3pm is 14:00, 11-1pm is 11:00: the start has the half of the end unless it would lie behind it."""
    start, until = int(match["hour"]), int(match["until"])
    half, other = match["half"][0], "a" if match["half"].startswith("p") else "p"
    if not match["own"] and start % 12 > until % 12:
        half = other
    del part
    return _valid(_of_half(start, match["own"] or half), int(match["minute"] or 0))


def _chinese(match: re.Match[str], part: str) -> tuple[int, int]:
    hour = numerals.read(match["hour"])
    less = match["less"] or match["less2"]
    if match["half"]:
        minute: int | None = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"] in "一1" else 45
    else:
        minute = numerals.read(match["minute"]) if match["minute"] else 0
    if hour is None or minute is None or not hour <= 24:
        raise ValueError(match[0])
    hour = _spoken(hour, part)
    if less:
        early = 15 if less.endswith("刻") else numerals.read(less[:-1]) or 0
        return _valid(hour - 1, 60 - early)
    return _valid(hour, minute)


def _at_start(match: re.Match[str], part: str) -> tuple[int, int]:
    return _valid(_spoken(numerals.read(match["hour"]) or 0, part), 0)


def _past(match: re.Match[str], part: str) -> tuple[int, int]:
    """Half past 3, quarter to 4, ten past two."""
    said = number_of(match["hour"])
    hour = _of_half(said, match["half"]) if match["half"] else _spoken(said, part)
    side = match["side"].replace("-", " ").split()
    minute = {"half": 30, "quarter": 15}.get(side[-2]) or sum(number_of(each) for each in side[:-1])
    return _valid(hour - 1, 60 - minute) if side[-1] == "to" else _valid(hour, minute)


def _at(match: re.Match[str], part: str) -> tuple[int, int]:
    minute = int(match["minute"][1:]) if match["minute"] else 0
    return _valid(_spoken(number_of(match["hour"] or match["hour2"]), part), minute)


def _as_written(match: re.Match[str], part: str) -> tuple[int, int]:
    """1530 hrs: always of 24 hours."""
    del part
    return _valid(int(match["hour"]), int(match["minute"]))


def number_of(word: str) -> int:
    """The number of a word for an hour or for minutes."""
    return COUNT_WORDS.get(word) or int(word)


def _of_half(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.startswith("p") else 0)


def _spoken(hour: int, part: str) -> int:
    """An hour said without half of the day: nobody is visited at three in the morning."""
    return hour + 12 if not part and 1 <= hour <= 6 else _in_part(hour, part)


def _in_part(hour: int, part: str) -> int:
    """The hour of 24 that a part of the day makes of one of 12."""
    if hour > 24:
        raise ValueError(hour)
    if part == "night" and hour == 12:
        return 0
    if part == "noon" and hour <= 3:
        return hour + 12
    if part in {"evening", "midnight"} and (hour == 12 or hour <= 4):
        return 24 + hour % 12
    if part in {"afternoon", "dusk", "evening", "midnight", "close"} and hour < 12:
        return hour + 12
    return hour


def _valid(hour: int, minute: int) -> tuple[int, int]:
    if not 0 <= hour <= 28 or not 0 <= minute <= 59:
        raise ValueError(f"{hour}:{minute}")
    return hour, minute


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[int, int]]], ...] = (
    (PAST, _past),
    (SPAN, _span),
    (COLON, _digits),
    (AM_PM, _digits),
    (PM_BEFORE, _digits),
    (CHINESE_SPAN, _at_start),
    (CHINESE, _chinese),
    (MILITARY, _as_written),
    (AT, _at),
)
