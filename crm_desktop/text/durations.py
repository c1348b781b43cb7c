"""How long something took, as people write it: 20分钟, 1小时, “20 min”, “1h30”, or a number of minutes."""

from __future__ import annotations

import re

LONGEST = 24 * 60
NUMBER = r"(?:[0-9]{1,4}(?:\.[0-9])?)"
HOURS = r"(?:个?小时|個?小時|个钟头|個鐘頭|hours?|hrs?|h)"
MINUTES = r"(?:分钟|分鐘|分|minutes?|mins?|m)"
PATTERN = re.compile(
    rf"(?:(?P<hours>{NUMBER})\s*{HOURS}(?P<half>半)?(?:\s*(?P<more>[0-9]{{1,2}})\s*{MINUTES}?)?"
    rf"|(?P<and_half>一个半小时|一個半小時)|(?P<only_half>半个?小时|半個?小時|half an hour|half hour)"
    rf"|(?P<minutes>[0-9]{{1,4}})\s*{MINUTES})(?![a-z0-9])",
    re.IGNORECASE,
)


def read(text: str) -> int | None:
    """The minutes that a whole text says, a bare number too; None when it says no such thing."""
    typed = text.strip()
    if typed.isascii() and typed.isdigit():
        return _possible(int(typed)) if len(typed) <= 4 else None
    found = PATTERN.fullmatch(typed)
    return None if found is None else _minutes(found)


def at_start(text: str) -> tuple[int, int] | None:
    """The minutes that a text begins with, and how many letters say so."""
    found = PATTERN.match(text)
    minutes = None if found is None else _minutes(found)
    return None if found is None or minutes is None else (minutes, found.end())


def _minutes(found: re.Match[str]) -> int | None:
    if found["only_half"]:
        return 30
    if found["and_half"]:
        return 90
    if found["minutes"]:
        return _possible(int(found["minutes"]))
    hours = float(found["hours"]) + (0.5 if found["half"] else 0)
    return _possible(round(hours * 60) + int(found["more"] or 0))


def _possible(minutes: int) -> int | None:
    return minutes if minutes <= LONGEST else None
