"""The time of day in a sentence: 下午3点半, 14:30, half past 3, at 10am, evening."""

import re
from dataclasses import dataclass

from crm_desktop.text import numerals

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, and where in the sentence it stands; hours from 24 on belong to the night after."""

    hour: int
    minute: int
    spans: tuple[Span, ...]


TAKEN = "\x00"
"""Stands for each character of a sentence that is understood already."""

PARTS_ZH = {
    "凌晨": "night",
    "清晨": "morning",
    "清早": "morning",
    "早上": "morning",
    "早晨": "morning",
    "一早": "morning",
    "上午": "forenoon",
    "中午": "noon",
    "正午": "noon",
    "下午": "afternoon",
    "午后": "afternoon",
    "傍晚": "dusk",
    "晚上": "evening",
    "晚间": "evening",
    "夜里": "evening",
    "早": "morning",
    "晚": "evening",
}
USUAL = {"morning": 9, "forenoon": 10, "noon": 12, "afternoon": 14, "dusk": 18, "evening": 19}
PART = re.compile(
    r"凌晨|清[晨早]|早[上晨]|一早|上午|[中正]午|下午|午后|傍晚|晚[上间]|夜里|(?<=\x00)[早晚]|[早晚](?=[0-9]{1,2}[点:])"
    r"|\b(?<!good\s)(?:in\s+the\s+|this\s+)?(?P<en>morning|afternoon|evening)\b|(?<=\x00)(?P<night>night)\b|\bat\s+(?P<noon>noon|midday)\b|\b(?:noon|midday)\b"
)
_HOUR = r"(?P<hour>[0-9]{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_WORD = r"(?P<hour>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)

CHINESE = re.compile(
    rf"(?<![0-9.第每有差]){_HOUR}\s*(?:点|时(?![候间期代尚长差段常]))(?:钟|整)?"
    r"(?:(?P<half>半)|(?P<quarter>[一三])刻|过?(?P<minute>[0-5]?[0-9](?![0-9点号日天月个])|[零一二三四五]?十?[一二三四五六七八九十](?=分))分?)?(?:钟)?"
)
VAGUE = re.compile(r"[一两]点(?![\s,.;0-9半钟整一三十过]|$)")
"""一点 in 一点建议 is “a little”, not one o'clock."""

COLON = re.compile(
    r"(?:\bat\s+)?(?<![0-9:])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2})?(?![0-9:])\s*(?P<half>[ap]\.?m\b\.?)?"
)
AM_PM = re.compile(
    r"(?:\bat\s+)?(?<![0-9:/.-])(?P<hour>[0-9]{1,2})(?:\.(?P<minute>[0-5][0-9]))?\s*(?P<half>[ap]\.?m\b\.?)"
)
PAST = re.compile(rf"(?:\bat\s+)?\b(?P<side>half\s+past|quarter\s+past|quarter\s+to)\s+{_WORD}\b")
AT = re.compile(
    rf"\bat\s+{_WORD.replace('[0-9]{1,2}', '1?[0-9]|2[0-4]')}\b(?:\s*o['’]?clock)?(?![:/.%-]?[0-9])"
    rf"|\b{_WORD.replace('hour', 'hour2')}\s*o['’]?clock\b"
)


def find(text: str) -> Clock | None:
    """The time of day in `text`, folded as `when.fold` does; ValueError for an impossible one, such as 25:00."""
    part, part_span = _find_part(text)
    for rule, reader in ((COLON, _colon), (AM_PM, _colon), (CHINESE, _chinese), (PAST, _past), (AT, _at)):
        match = rule.search(text)
        if match and not (rule is CHINESE and not part and VAGUE.match(text, match.start())):
            hour, minute = reader(match, part)
            return Clock(hour, minute, (match.span(), *([part_span] if part_span else [])))
    if part in USUAL and part_span:
        return Clock(USUAL[part], 0, (part_span,))
    return None


def _find_part(text: str) -> tuple[str, Span | None]:
    match = PART.search(text)
    if match is None:
        return "", None
    word = match[0]
    name = match["en"] or (
        "evening" if match["night"] else "noon" if word.endswith(("noon", "midday")) else PARTS_ZH[word]
    )
    return name, match.span()


def _colon(match: re.Match[str], part: str) -> tuple[int, int]:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour == 24 and minute:
        raise ValueError(match[0])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
        return _valid(hour, minute)
    return _valid(_in_part(hour, part), minute)


def _chinese(match: re.Match[str], part: str) -> tuple[int, int]:
    hour = numerals.read(match["hour"])
    if match["half"]:
        minute: int | None = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"] == "一" else 45
    else:
        minute = numerals.read(match["minute"]) if match["minute"] else 0
    if hour is None or minute is None:
        raise ValueError(match[0])
    return _valid(_spoken(hour, part), minute)


def _past(match: re.Match[str], part: str) -> tuple[int, int]:
    hour = _spoken(_number(match["hour"]), part)
    if match["side"].endswith("to"):
        return _valid(hour - 1, 45)
    return _valid(hour, 30 if match["side"].startswith("half") else 15)


def _at(match: re.Match[str], part: str) -> tuple[int, int]:
    return _valid(_spoken(_number(match["hour"] or match["hour2"]), part), 0)


def _number(word: str) -> int:
    return WORDS.get(word) or int(word)


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
    if part == "evening" and (hour == 12 or hour <= 4):
        return 24 + hour % 12
    if part in {"afternoon", "dusk", "evening"} and hour < 12:
        return hour + 12
    return hour


def _valid(hour: int, minute: int) -> tuple[int, int]:
    if not 0 <= hour <= 28 or not 0 <= minute <= 59:
        raise ValueError(f"{hour}:{minute}")
    return hour, minute
