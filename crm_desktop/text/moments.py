"""Days with a time, as people and spreadsheets write them."""

import re
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from crm_desktop.i18n import _
from crm_desktop.text import dates
from crm_desktop.text.findings import Reading, warn
from crm_desktop.text.folding import clean, plain

CLOCK = re.compile(
    r"[\s,]*(?P<before>凌晨|早上|上午|中午|下午|晚上|傍晚)?\s*(?<![0-9])(?P<hour>[0-9]{1,2})\s*(?:[:时時点點]\s*)"
    r"(?:(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?\s*分?)?\s*(?P<after>[ap]\.?m\.?)?$"
)
AFTERNOON = ("下午", "晚上", "傍晚")
SECONDS_A_DAY = 86_400
LONGEST = 60


def read(text: str | float | date, order: dates.Order | None = None) -> Reading[datetime]:
    """The moment that was meant, midnight where only a day is given; without a zone it is one of this computer's."""
    if isinstance(text, datetime):
        return _in_our_years(text)
    if not isinstance(text, str):
        return _of_number(text) if isinstance(text, int | float) else _of_day(dates.read(text), time())
    written = plain(clean(text))
    if not written or len(written) > LONGEST:
        return _not_a_moment(text) if written else Reading(None)
    try:
        return _in_our_years(datetime.fromisoformat(written.upper()))
    except ValueError:
        match = CLOCK.search(written)
    if match is None:
        return _of_day(dates.read(written, order), time())
    day, clock = written[: match.start()], _clock(match)
    return _of_day(dates.read(day, order), clock) if day and clock else _not_a_moment(text)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["after"] or "")[:1]
    if half or match["before"]:
        late = half == "p" or match["before"] in AFTERNOON
        if half == "a" and hour == 12:
            hour = 0
        elif late and hour < 12:
            hour += 12
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _of_number(number: float) -> Reading[datetime]:
    """The day and, in its fraction, the time of an Excel number, to the nearest second."""
    found = _of_day(dates.read(number), time())
    if found.value is None:
        return found
    return Reading(found.value + timedelta(seconds=round(number % 1 * SECONDS_A_DAY)), found.findings)


def _of_day(day: Reading[date], clock: time) -> Reading[datetime]:
    if day.value is None:
        return Reading(None, day.findings)
    found = _in_our_years(datetime.combine(day.value, clock))
    return Reading(found.value, (*day.findings, *found.findings))


def _in_our_years(moment: datetime) -> Reading[datetime]:
    """A moment that every zone can show: the first and the last year of the calendar are left out."""
    return Reading(moment) if MINYEAR < moment.year < MAXYEAR else _not_a_moment(moment.isoformat())


def _not_a_moment(text: str) -> Reading[datetime]:
    message = _("“{text}” is not a time such as 2026-03-31 14:30.")
    return Reading(None, (warn(message.format(text=text[:LONGEST])),))
