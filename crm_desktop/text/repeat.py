"""What comes again: read as people say it, shown in words, and reckoned; kept as a rule of RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo

from crm_desktop.i18n import _
from crm_desktop.text import repeat_reading, repeat_words
from crm_desktop.text.repeat_rule import (
    DAILY,
    LAST,
    LENGTHS,
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

LONGEST_TEXT = 100


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
    return write(found) if found is not None and _fault(found) == "" else None


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
    """When it is due next, later than both `due` and `after`; None when it is over.

    The time on the wall stays the same, in `zone` or in that of this computer, over daylight saving: a time that is
    left out in spring is an hour later on that day (RFC 5545, 3.3.5).
    """
    said = parse(anchored(rule, due.astimezone(zone).date()))
    if _fault(said) or said.count == 1:
        return None
    start, now = (each.astimezone(zone).replace(tzinfo=None) for each in (due, after))
    found = _rrule(said, start, max(start, now))
    if found is None:
        return None
    wall = found.replace(tzinfo=zone) if zone else found
    at = wall.astimezone(UTC).astimezone(zone)
    return None if _is_over(said, at) else at


def kept(rule: str) -> str:
    """The rule of another program as tasks keep it; nothing when it is none of ours."""
    return "" if check(rule) else write(parse(rule))


def for_calendars(rule: str, *, has_time: bool, zone: tzinfo | None = None) -> str:
    """The rule as other programs take it: it ends at a moment in UTC where there are times (RFC 5545, 3.3.10)."""
    if check(rule):
        return rule
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


def later(rule: str) -> str:
    """The rule for the one after this: of ten times nine are left."""
    found = parse(rule)
    return write(replace(found, count=found.count - 1)) if found.count and found.count > 1 else write(found)


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
