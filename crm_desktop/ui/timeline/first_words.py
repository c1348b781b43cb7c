"""What the first words of an entry say about it: 电话 20分钟, “visit:”, 昨天下午 呼入, “incoming yesterday 3pm:”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.text import durations, when

KINDS = {
    "call": ("电话", "通话", "電話", "call", "phone call"),
    "visit": ("拜访", "拜訪", "visit"),
    "mail": ("邮件", "郵件", "mail", "e-mail", "email"),
    "chat": ("微信", "wechat", "chat"),
    "note": ("备注", "備註", "note"),
    "meeting": ("会议", "會議", "meeting"),
    "message": ("短信", "簡訊", "sms"),
    "letter": ("信函", "letter"),
}
DIRECTIONS = {
    "in": ("呼入", "来电", "來電", "incoming", "inbound"),
    "out": ("呼出", "去电", "去電", "撥出", "outgoing", "outbound"),
}
MEANINGS = {word: ("kind", code) for code, words in KINDS.items() for word in words} | {
    word: ("direction", code) for code, words in DIRECTIONS.items() for word in words
}
LONGEST_FIRST = sorted(MEANINGS, key=len, reverse=True)
END = r"(?P<end>[ \t\u3000]*[:：][ \t\u3000]*|[ \t\u3000\n]+)"
WORD = re.compile(rf"(?P<word>{'|'.join(map(re.escape, LONGEST_FIRST))}){END}", re.IGNORECASE)
END_OF_TIME = re.compile(END)
COLON = re.compile(r"[:：](?![0-9])")
REACH = 40
"""How far into a text a head may go, in letters."""


@dataclass(frozen=True, slots=True)
class Head:
    """What was understood, and how many letters of the text said it."""

    length: int
    kind: str = ""
    direction: str = ""
    moment: when.Moment | None = None
    minutes: int | None = None


def read(text: str, now: datetime, *, follows: bool = False) -> Head | None:
    """The head of an entry: a kind or a direction, and a past moment where one of them or a colon follows it.

    `follows` says that a part of the head was read and taken off before this text.
    """
    head = _words(text, 0, follows=follows)
    rest = text[head.length : head.length + REACH]
    for end in _ends_of_moment(rest):
        moment = when.read(rest[:end].rstrip(" :：\u3000"), now, over=True)
        if moment is None or moment.rest or moment.at > now:
            continue
        after = _words(text, head.length + end)
        if after.length > head.length + end or COLON.search(rest[:end]):
            kind, direction = after.kind or head.kind, after.direction or head.direction
            minutes = head.minutes if after.minutes is None else after.minutes
            return Head(after.length, kind, direction, moment, minutes)
    return head if head.length else None


def _words(text: str, start: int, *, follows: bool = False) -> Head:
    """The words for kind and direction that stand at a place, each followed by a blank or a colon, and a duration.

    How long it took is understood after one of them (`follows`: which was taken off before), or before a colon.
    """
    found, minutes = {"kind": "", "direction": ""}, None
    while True:
        lasted = durations.at_start(text[start:]) if minutes is None else None
        match = END_OF_TIME.match(text, start + lasted[1]) if lasted else None
        if lasted and match and (follows or _has_colon(match)):
            minutes = lasted[0]
        else:
            match = WORD.match(text, start)
            part, code = MEANINGS[match["word"].lower()] if match else ("", "")
            if match is None or found[part]:
                break
            found[part], follows = code, True
        start = match.end()
        if _has_colon(match):
            break
    return Head(start, found["kind"], found["direction"], None, minutes)


def _has_colon(match: re.Match[str]) -> bool:
    return ":" in match["end"] or "：" in match["end"]


def _ends_of_moment(rest: str) -> list[int]:
    """Where a moment at the beginning may end: before a known word, or after a colon; the nearest first."""
    ends = [match.start() for match in WORD.finditer(rest) if match.start()]
    colon = COLON.search(rest)
    if colon:
        ends.append(colon.end() + len(rest[colon.end() :]) - len(rest[colon.end() :].lstrip()))
    return sorted(ends)
