"""Moments as people say them, 下周二上午10点 or “next tue 10am”: a small grammar that never guesses.

What the words mean is written down in `when_reckoning` (days) and `when_clock` (times). What could be one of several
days is not understood; of a range, such as 10-11am, the beginning is taken and the words are kept.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from crm_desktop.text import when_clock, when_days, when_soon
from crm_desktop.text.when_clock import Clock
from crm_desktop.text.when_reckoning import Around
from crm_desktop.text.when_words import ANY, NUMBERED, B, E, Span, fold, rest, taken

USUAL_HOUR = 9
"""Where a day without a time is put; `has_time` tells that only the day counts."""
LONGEST = 500

REPEATED = re.compile(
    r"每(?:逢|隔)?(?:个|[一二两三四五六七八九十0-9])*(?:工作日|天|日|周|星期|礼拜|月|季|年|小时|早|晚)"
    rf"|{B}(?:every|each)\s+(?:(?:other|second|third|last|first|[0-9]+|two|three|four|six)\s+)?"
    rf"(?:{ANY}|day|week|month|quarter|year|hour|morning|evening|weekday)s?{E}"
    rf"|{B}(?:mon|tues|wednes|thurs|fri|satur|sun)days{E}"
)
"""What comes again is no moment."""
UNREAD = re.compile(
    r"几[天周个日分点小]|[改次隔翌某][天日]|[天周月年](?:之|以)?[前后内]|个(?:月|星期|礼拜)|下[次回]"
    r"|节|国庆|五一|十一(?!点)|春节|元旦|圣诞|中秋|端午|清明|初[一二三四五六七八九十]"
    rf"|[0-9][./-][0-9]|[0-9一二三四五六七八九十](?:月|日|号{NUMBERED})|[周月年季][初中底末]"
    rf"|{B}(?:days?|weeks?|months?|quarters?|years?|weekly|monthly|daily|yearly){E}"
    rf"|{B}(?:christmas|easter|eve|thanksgiving|holidays?|spring|summer|autumn|winter|next|following|sometime|someday|some){E}"
    rf"|{B}(?:{ANY}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec){E}"
)
"""Words that make another day than today of a time that is understood alone."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; without `has_time` only the day counts. `rest` is what else the sentence says."""

    at: datetime
    has_time: bool
    rest: str


def read(text: str, now: datetime, *, over: bool = False) -> Moment | None:
    """The moment `text` names, reckoned from `now` and in its time zone; None when it names none that exists.

    With `over` a weekday or a date without a year is the last one, not the coming one: what is told has been.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    if REPEATED.search(folded):
        return None
    try:
        return _soon(text, folded, now) or _day_and_time(text, folded, now, over=over)
    except (ValueError, OverflowError, OSError):
        return None


def _day_and_time(text: str, folded: str, now: datetime, *, over: bool) -> Moment | None:
    around = Around(now.date(), over=over)
    found = when_days.find(folded, around)
    left = taken(folded, [found.span]) if found else folded
    clock = when_clock.find(left)
    if clock and found and _is_ahead(clock, now):
        found = when_days.find(folded, Around(now.date(), ahead=True, over=over))
    if found is None and (clock is None or UNREAD.search(taken(left, list(clock.spans)))):
        return None
    spans: list[Span] = [] if found is None or found.is_range else [found.span]
    spans += clock.spans if clock and not clock.is_range else ()
    at = _moment(found.day if found else now.date(), clock, now)
    return Moment(at, clock is not None, rest(text, spans))


def _moment(day: date, clock: Clock | None, now: datetime) -> datetime:
    hour, minute = (clock.hour, clock.minute) if clock else (USUAL_HOUR, 0)
    day += timedelta(days=hour // 24)
    return _here(datetime.combine(day, time(hour % 24, minute)), now)


def _here(wall: datetime, now: datetime) -> datetime:
    """A time on the wall in the zone of `now`.

    02:30 in the hour that is left out in spring is 03:30, and of an hour that comes twice in autumn the first one is
    meant (RFC 5545, 3.3.5).
    """
    if _is_of_here(now):
        return _in_zone(datetime.fromtimestamp(wall.timestamp(), UTC), now)
    return _in_zone(wall.replace(tzinfo=now.tzinfo).astimezone(UTC), now)


def _in_zone(moment: datetime, now: datetime) -> datetime:
    return moment.astimezone(None if _is_of_here(now) else now.tzinfo)


def _is_of_here(now: datetime) -> bool:
    """Whether a fixed offset is the one of this computer, and so stands for its zone, whose clocks may change."""
    return isinstance(now.tzinfo, timezone) and now.utcoffset() == now.astimezone().utcoffset()


def _soon(text: str, folded: str, now: datetime) -> Moment | None:
    """Hours and minutes from now, or ago, and now itself."""
    found = when_soon.find(folded)
    if found is None:
        return None
    span, minutes = found
    if not minutes and (when_days.is_named(folded) or when_clock.find(folded)):
        return None
    at = _in_zone(now.astimezone(UTC) + timedelta(minutes=minutes), now)
    return Moment(at.replace(second=0, microsecond=0), has_time=True, rest=rest(text, [span]))


def _is_ahead(clock: Clock, now: datetime) -> bool:
    return (clock.hour, clock.minute) > (now.hour, now.minute)
