"""How often something comes again, as people say it: the end, how often, and on which days, each from its own table.

All that is written has to be understood; what could mean two things is not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

from crm_desktop.text import when
from crm_desktop.text.date_patterns import MONTHS
from crm_desktop.text.repeat_days import Days
from crm_desktop.text.repeat_en import ENGLISH
from crm_desktop.text.repeat_rule import MONTHLY, WEEKLY, YEARLY, Repetition
from crm_desktop.text.repeat_zh import CHINESE
from crm_desktop.text.when_words import fold, groups_of, number

_IN_ALL = r"一共|总共|總共|共|重[复複復]"
COUNTS = (
    r"(?:[,;] ?(?:for )?|(?<![a-z])for )(?P<n>[0-9]{1,3}|[a-z]+)(?: times| occurrences|x)$",
    r"[,;] ?(?P<n>1) time$",
    r"[,;] ?(?P<n>once|twice)$",
    rf"(?:[,;、] ?(?:{_IN_ALL})?|{_IN_ALL}) ?(?P<n>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}}) ?[次回]$",
)
"""After so many times; 每周3次 without a mark between says how often in a week, and is not understood."""
UNTILS = (
    r"[,;]? ?(?<![a-z])(?:until|till|up to|through|ending(?: on)?|ends(?: on)?) (?P<day>.+)$",
    r"[,;]? ?(?:一直到|直到|截至|截止到?|到|至)(?P<day>[^到至]+?)(?:为止|為止|止)?$",
)
WITHOUT = (
    r"[,;]? ?(?<![a-z])(?:without|except(?: for| on)?|excluding|not on|skipping) (?P<days>.+)$",
    r"[,;]? ?(?:除了?|不含|不包括) ?(?P<days>.+?)(?:以外|之外|外)?$",
)
"""Single days that are left out, after all else."""
AND = re.compile(r" ?[,;、] ?(?:and )?| and | ?[和及与與] ?")
_MONTH = "(?:" + "|".join(MONTHS) + ")"
MONTH_SAID = re.compile(rf"[0-9] ?月|[0-9][-/.][0-9]|[0-9].*{_MONTH}|{_MONTH}.*[0-9]")
LONGEST_RULE = 200
EDGES = " ,;。."
WORDS = {"once": 1, "twice": 2}
DEFAULT = {"weekdays": WEEKLY, "numbered": MONTHLY, "month": MONTHLY, "dates": YEARLY}
"""How often days come that are named without it."""


def find(text: str, today: date) -> Repetition | None:
    """The repetition that all of a text means; None when there is none, ValueError when it cannot be."""
    said = re.sub(r"\s+", " ", fold(text)).strip(EDGES)
    for pattern in WITHOUT:
        if found := re.search(pattern, said):
            rule = _ending(said[: found.start()].strip(EDGES), today)
            days = [each for each in AND.split(found["days"].strip(EDGES)) if each]
            if not all(MONTH_SAID.search(each) for each in days):
                return None  # “except Sunday” may be one Sunday or all of them
            return rule and replace(rule, without=tuple(sorted({_day(each, today) for each in days})))
    return _ending(said, today)


def _ending(said: str, today: date) -> Repetition | None:
    if len(said) > LONGEST_RULE:
        return None
    whole = _often(said)
    if whole is not None:
        return whole
    for pattern in UNTILS:
        if found := re.search(pattern, said):
            often = _often(said[: found.start()].strip(EDGES))
            return often and replace(often, until=_day(found["day"], today))
    for pattern in COUNTS:
        if found := re.search(pattern, said):
            often = _often(said[: found.start()].strip(EDGES))
            return often and replace(often, count=_count(found["n"]))
    return None


def _count(word: str) -> int:
    found = WORDS.get(word) or number(word)
    if not 1 <= found <= 999:
        raise ValueError(word)
    return found


def _day(text: str, today: date) -> date:
    moment = when.read(text, datetime.combine(today, time(12), UTC))
    if moment is None or moment.has_time or moment.rest:
        raise ValueError(text)
    return moment.at.date()


def _often(said: str) -> Repetition | None:
    """What is said without an end; one of the two languages has to understand all of it."""
    for language in (ENGLISH, CHINESE):
        for pattern, frequency, interval in language.often:
            found = re.fullmatch(pattern, said)
            if found is None:
                continue
            groups = groups_of(found)
            times = interval * (number(groups["n"]) if "n" in groups else 1)
            days = language.days(groups.get("days", "").strip(EDGES))
            rule = _put_together(frequency, times, days) if days is not None else None
            if rule is not None:
                return rule
    return None


def _put_together(frequency: str, interval: int, days: Days) -> Repetition | None:
    """How often and on which days, as one rule; None where the two do not go together."""
    if not 1 <= interval <= 999:
        raise ValueError(interval)
    if not days.sort:
        return Repetition(frequency, interval) if frequency else None
    usual = YEARLY if days.months else DEFAULT[days.sort]
    frequency = frequency or usual
    if frequency != usual:
        return None
    return Repetition(frequency, interval, days.weekdays, days.month_days, days.months, days.position)
