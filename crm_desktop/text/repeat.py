"""What comes again: read as people say it, shown in words, and reckoned; kept as a rule of RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from crm_desktop.i18n import _
from crm_desktop.text import repeat_reading, repeat_words
from crm_desktop.text.repeat_rule import (
    DAILY,
    LAST,
    LEFT_OUT,
    LENGTHS,
    LONGEST,
    MONTHLY,
    SHORTEST_MONTH,
    WEEKLY,
    WORKDAYS,
    YEARLY,
    Repetition,
    clamp,
    parse,
    write,
)

LONGEST_TEXT = 400


class Series(NamedTuple):
    """When something that comes again is due, and the rule by which it does so from then on."""

    due: datetime
    rule: str


def read(text: str, today: date) -> str | None:
    """The rule that a text such as 每两周 or “last Friday of every month” means; None when that is not certain.

    A day that short months do not have is their last one, see `repeat_rule.clamp`.
    """
    if not text.strip() or len(text) > LONGEST_TEXT:
        return None
    try:
        found = repeat_reading.find(text, today)
    except (ValueError, OverflowError):
        return None
    rule = write(found) if found is not None and _fault(found) == "" else ""
    return rule if 0 < len(rule) <= LONGEST else None


def show(rule: str) -> str:
    """The rule in words of the language spoken now, which `read` understands; itself when it is none of ours."""
    try:
        found = parse(rule)
    except (ValueError, TypeError):
        return rule
    return rule if _fault(found) else repeat_words.show(found)


def check(rule: str) -> str:
    """What is wrong with a rule, as a sentence; nothing when it can be."""
    try:
        found = parse(rule)
    except (ValueError, TypeError):
        return _("This repetition is not understood. Write it like “every 2 weeks” or “last Friday”.")
    return _fault(found)


def next_after(rule: str, due: datetime, after: datetime, zone: tzinfo | None = None) -> datetime | None:
    """When it is due next, see `following`."""
    found = following(rule, due, after, zone)
    return found and found.due


def following(rule: str, due: datetime, after: datetime, zone: tzinfo | None = None) -> Series | None:
    """When it is due next, later than both `due` and `after`, and by which rule then; None when it is over.

    The time on the wall stays the same, in `zone` or in that of this computer, over daylight saving: a time that is
    left out in spring is an hour later on that day (RFC 5545, 3.3.5). Of ten times nine are left then, and less where
    single days are left out, which count (3.8.5.1).
    """
    said = parse(anchored(rule, due.astimezone(zone).date()))
    found = None if _fault(said) else _following(said, due, after, zone)
    return found and Series(found[0], write(found[1]))


def _following(
    said: Repetition, due: datetime, after: datetime, zone: tzinfo | None
) -> tuple[datetime, Repetition] | None:
    start, wall = (each.astimezone(zone).replace(tzinfo=None) for each in (due, after))
    wall, left = max(start, wall), said.count or 0
    while left != 1:
        found = _rrule(said, start, wall)
        if found is None:
            return None
        wall, left = found, left - 1
        if wall.date() not in said.without:
            at = (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC).astimezone(zone)
            still = tuple(each for each in said.without if each > wall.date())
            then = replace(said, count=left if said.count else None, without=still)
            return None if _is_over(said, at) else (at, then)
    return None


def without(
    rule: str, due: datetime, days: Iterable[date], zone: tzinfo | None = None, *, since: date = date.min
) -> Series | None:
    """A series of which single days are left out, the first one among them perhaps; None when nothing is left of it.

    Days before `since` do not matter any more. Of very many days the first are kept, as there is room for.
    """
    said, first = parse(rule), due.astimezone(zone).date()
    kept = sorted({*said.without, *days})
    if first in kept:
        found = _following(replace(parse(anchored(rule, first)), without=tuple(kept)), due, due, zone)
        if found is None:
            return None
        due, said = found
    said = replace(said, without=tuple(each for each in kept if each >= since))
    if len(write(said)) > LONGEST:
        first = due.astimezone(zone).date()
        said = replace(said, without=tuple(each for each in said.without if each > first))
    while said.without and len(write(said)) > LONGEST:
        said = replace(said, without=said.without[:-1])
    return Series(due, write(said))


def left_out(rule: str) -> tuple[date, ...]:
    """The single days on which it is left out."""
    return () if check(rule) else parse(rule).without


def plain(rule: str) -> str:
    """The rule alone, as if no single day were left out."""
    return rule.partition(LEFT_OUT)[0]


def kept(rule: str) -> str:
    """The rule of another program as tasks keep it; nothing when it is none of ours."""
    return "" if check(rule) else write(parse(rule))


def for_calendars(rule: str, *, has_time: bool, zone: tzinfo | None = None) -> str:
    """The rule as other programs take it: it ends at a moment in UTC where there are times (RFC 5545, 3.3.10)."""
    if check(rule):
        return rule
    rule = plain(rule)
    found = parse(rule)
    if found.until is None or isinstance(found.until, datetime) is has_time:
        return rule
    if isinstance(found.until, datetime):
        return write(replace(found, until=found.until.astimezone(zone).date()))
    last = datetime.combine(found.until, time(23, 59, 59))
    return write(replace(found, until=last.replace(tzinfo=zone) if zone else last.astimezone()))


def is_counted(rule: str) -> bool:
    """Whether it ends after so many times."""
    return parse(rule).count is not None


def anchored(rule: str, day: date) -> str:
    """The rule with the day of the month said, where that is one which short months do not have.

    “Every month” from 31 January on is due on the last of February, and again on 31 March.
    """
    found = parse(rule)
    if not found.is_plain or day.day <= SHORTEST_MONTH or found.frequency not in {MONTHLY, YEARLY}:
        return rule
    days, position = clamp(day.day)
    if found.frequency == MONTHLY:
        return write(replace(found, month_days=days, position=position))
    if (day.month, day.day) != (2, 29):
        return rule
    return write(replace(found, month_days=days, position=position, months=(2,)))


def _rrule(said: Repetition, start: datetime, after: datetime) -> datetime | None:
    from dateutil import rrule  # nothing needs it before a task that repeats is done

    weekdays = [
        day(nth) if nth else day for nth, day in ((nth, rrule.weekdays[number]) for nth, number in said.weekdays)
    ]
    days = rrule.rrule(
        getattr(rrule, said.frequency),
        dtstart=start,
        interval=said.interval,
        byweekday=weekdays or None,
        bymonthday=said.month_days or None,
        bymonth=said.months or None,
        bysetpos=said.position or None,
    )
    found: datetime | None = days.after(after)
    return found


def _is_over(said: Repetition, at: datetime) -> bool:
    if said.until is None:
        return False
    return at > said.until if isinstance(said.until, datetime) else at.date() > said.until


def _fault(rule: Repetition) -> str:
    """Why a rule cannot be, or cannot be said in words."""
    if rule.count and rule.until:
        return _("A repetition ends after so many times or on a day, not both.")
    if not _is_known(rule):
        return _("This repetition is not understood. Write it like “every 2 weeks” or “last Friday”.")
    if any(day > LENGTHS[month - 1] for month in rule.months for day in rule.month_days if not rule.clamped):
        return _("No such day ever comes.")
    return ""


def _is_known(rule: Repetition) -> bool:
    numbered = {bool(nth) for nth, _day in rule.weekdays}
    if rule.frequency == DAILY:
        return rule.is_plain
    if rule.frequency == WEEKLY:
        return not (rule.month_days or rule.months or rule.position) and numbered <= {False}
    if rule.weekdays and rule.month_days:
        return False
    if rule.frequency == MONTHLY and rule.months:
        return False
    if rule.frequency == YEARLY and bool(rule.months) != bool(rule.weekdays or rule.month_days):
        return False
    return _is_position_known(rule, numbered)


def _is_position_known(rule: Repetition, numbered: set[bool]) -> bool:
    """Of days that are not counted one has to be meant, and one only makes sense among several."""
    if rule.months and rule.month_days:
        is_alone = LAST not in rule.month_days or len(rule.month_days) == 1
        return (is_alone and not rule.position) or (rule.clamped, rule.months) == (29, (2,))
    if rule.month_days:
        return not rule.position or bool(rule.clamped)
    if rule.weekdays:
        return (rule.weekdays == WORKDAYS and rule.position != 0) or (numbered == {True} and not rule.position)
    return not rule.position
