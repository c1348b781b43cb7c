"""Hours and minutes from now, or ago, and now itself: 半小时后, in 45 minutes, 2 hours ago, 刚才."""

import re

from crm_desktop.text.when_words import ALONE, COUNT, B, E, Groups, N, Span, groups_of, number

ZH = re.compile(
    rf"(?:再?过)?{ALONE}(?P<n>[0-9]{{1,3}}\.5|{N}|半)\s*个?(?P<half>半)?(?P<unit>小时|钟头|刻钟|分钟)"
    r"(?P<side>之后|以后|后(?!天)|之前|以前|前|之内|以内|内)"
    rf"|(?P<through>再?过){ALONE}(?P<n2>{N}|半)\s*个?(?P<half2>半)?(?P<unit2>小时|钟头|刻钟|分钟)"
)
_COUNT = rf"(?:{B}(?P<part>half\s+an|(?:a\s+)?quarter\s+of\s+an)(?=\s)|(?<![0-9.])(?P<point>[0-9]{{1,3}}\.5)|{COUNT})"
_UNIT = rf"\s*(?P<unit>hour|hr|h|minute|min)s?{E}(?P<half>\s+and\s+a\s+half{E})?"
EN = (
    re.compile(rf"{B}(?P<side>in|within)\s+(?:the\s+next\s+)?{_COUNT}{_UNIT}(?:['’]?\s+time{E})?"),
    re.compile(rf"{B}(?P<side>in|within)(?P<n>[0-9]{{1,3}})(?P<unit>hour|hr|h|minute|min)s?{E}"),
    re.compile(rf"(?<!between\s){_COUNT}{_UNIT}\s*(?P<side>from\s+now|later|hence|ago){E}"),
)
NOW = re.compile(rf"现在|此刻|刚才|刚刚|{B}(?:right\s+now|just\s+now|now){E}")
MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1, "hour": 60, "hr": 60, "h": 60, "minute": 1, "min": 1}


def find(text: str) -> tuple[Span, float] | None:
    """Where a folded text names a moment near now, and how many minutes it is away."""
    for rule in (ZH, *EN):
        if match := rule.search(text):
            return match.span(), _minutes(groups_of(match))
    match = NOW.search(text)
    return (match.span(), 0) if match else None


def _minutes(groups: Groups) -> float:
    unit = MINUTES[groups["unit"]]
    sign = -1 if groups.get("side", "").endswith(("前", "ago")) else 1
    said = groups.get("n") or groups.get("point") or groups.get("part") or ""
    if "part" in groups:
        count = 0.5 if said.startswith("half") else 0.25
    elif said == "半":
        count = 0.5
    else:
        count = float(said) if "." in said else number(said)
    if "half" in groups:
        count += 0.5
    return sign * unit * count
