"""Moments as people say them, 下周二上午10点 or “next tue 10am”: a small grammar that never guesses."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from crm_desktop.text import numerals, when_clock, when_days
from crm_desktop.text.when_clock import TAKEN, Clock, Span

USUAL_HOUR = 9
"""Where a day without a time is put; `has_time` tells that only the day counts."""
LONGEST = 500

TRADITIONAL = str.maketrans("週點後號禮個兩這鐘時間內淩當過裡", "周点后号礼个两这钟时间内凌当过里")
_N = r"[0-9]{1,4}|[一二两三四五六七八九十百]{1,5}"
SOON_ZH = re.compile(
    rf"(?:再?过)?(?P<n>{_N}|半)\s*个?(?P<half>半)?(?P<unit>小时|钟头|刻钟|分钟)(?P<side>之后|以后|后(?!天)|之前|以前|前)"
)
SOON_EN = re.compile(
    r"(?:\bin\s+(?P<n>[0-9]{1,4}|half\s+an|an?|one|two|three)\s+(?P<unit>hour|hr|minute|min)s?\b)"
    r"|(?:\b(?P<n2>[0-9]{1,4}|half\s+an|an?|one|two|three)\s+(?P<unit2>hour|hr|minute|min)s?\s+(?P<side>from\s+now|later|ago)\b)"
)
NOW = re.compile(r"现在|此刻|刚才|刚刚|剛才|剛剛|現在|\b(?:right\s+now|just\s+now|now)\b")
MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1, "hour": 60, "hr": 60, "minute": 1, "min": 1}
RECURRING = re.compile(r"每|\b(?:every|each)\b")
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
EDGES = " \t\r\n,，.。;；:：、-–—|@"
JOINS = re.compile(r"^(?:on|at|by|to|的|在|于|於|，)\s+|\s+(?:on|at|by|的|在|于|於)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; without `has_time` only the day counts. `rest` is what else the sentence says."""

    at: datetime
    has_time: bool
    rest: str


def read(text: str, now: datetime) -> Moment | None:
    """The moment `text` names, reckoned from `now` and in its time zone; None when it names none that exists."""
    if len(text) > LONGEST:
        return None
    try:
        return _soon(text, now) or _day_and_time(text, now)
    except (ValueError, OverflowError, StopIteration):
        return None


def fold(text: str) -> str:
    """`text` in small, half-width, simplified letters, each in its old place so that spans fit both."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(each) for each in text).translate(TRADITIONAL)


def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).lower()
    return plain if len(plain) == 1 else letter


def _day_and_time(text: str, now: datetime) -> Moment | None:
    folded = fold(text)
    found = when_days.find(folded)
    spans: list[Span] = []
    if found:
        spans.append(found[0].span())
        folded = _taken(folded, spans[0])
    clock = when_clock.find(folded)
    if found is None and (clock is None or RECURRING.search(folded)):
        return None
    day = now.date()
    if found:
        groups = {name: value for name, value in found[0].groupdict().items() if value}
        day = found[1](groups, when_days.Around(day, _is_ahead(clock, now)))
    spans += clock.spans if clock else ()
    hour, minute = (clock.hour, clock.minute) if clock else (USUAL_HOUR, 0)
    day += timedelta(days=hour // 24)
    at = datetime.combine(day, time(hour % 24, minute), now.tzinfo)
    return Moment(at, clock is not None, _rest(text, spans))


def _soon(text: str, now: datetime) -> Moment | None:
    """Hours and minutes from now, or ago, and now itself."""
    folded = fold(text)
    if match := SOON_ZH.search(folded):
        side, unit = match["side"], MINUTES[match["unit"]]
        minutes = (
            unit / 2
            if match["n"] == "半"
            else (numerals.read(match["n"]) or 0) * unit + (unit / 2 if match["half"] else 0)
        )
    elif match := SOON_EN.search(folded):
        side, unit = match["side"] or "", MINUTES[match["unit"] or match["unit2"]]
        word = match["n"] or match["n2"]
        minutes = unit / 2 if word.startswith("half") else unit * (COUNTS.get(word) or int(word))
    elif match := NOW.search(folded):
        if when_days.find(folded) or when_clock.find(folded):
            return None
        side, minutes = "", 0
    else:
        return None
    way = -1 if side.endswith(("前", "ago")) else 1
    at = (now + timedelta(minutes=way * minutes)).replace(second=0, microsecond=0)
    return Moment(at, has_time=True, rest=_rest(text, [match.span()]))


def _is_ahead(clock: Clock | None, now: datetime) -> bool:
    return clock is not None and (clock.hour, clock.minute) > (now.hour, now.minute)


def _taken(text: str, span: Span) -> str:
    start, end = span
    return text[:start] + TAKEN * (end - start) + text[end:]


def _rest(text: str, spans: list[Span]) -> str:
    """What the spans leave of `text`, without the punctuation that joined them."""
    for start, end in sorted(spans, reverse=True):
        text = (
            f"{text[:start]} {text[end:]}" if text[:start].strip() and text[end:].strip() else text[:start] + text[end:]
        )
    text = re.sub(r"\s+(?=[,，.。;；]|$)|(?<=\s)\s+", "", text).strip(EDGES)
    return JOINS.sub("", text).strip(EDGES)
