"""Writing calendar files (RFC 5545) that Outlook, Google and Apple read: moments in the zone they are meant in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.exchange.writing import Written, cleaned, whole_file
from crm_desktop.text.event import Event, When, is_day

MAKER = "-//crm_desktop//calendar//EN"
YEARS_AHEAD = 10
"""For so long the changes of the clock are written down after the last appointment."""
PRIORITIES = {"high": 1, "normal": 5, "low": 9}
"""RFC 5545, 3.8.1.9."""
A_DAY = timedelta(days=1)


def write(path: Path, events: Iterable[Event]) -> Written:
    """Write events to a file; one that was there stays as it was until all is written."""
    listed = list(events)
    content = as_bytes(listed)
    with whole_file(path) as part:
        part.write_bytes(content)
    return Written(path, len(listed))


def as_bytes(events: Iterable[Event]) -> bytes:
    """Events as the content of a calendar file."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    years = []
    for each in events:
        book.add_component(_todo(each) if each.is_task else _event(each))
        years += [when.year for when in (each.starts, each.ends) if isinstance(when, datetime)]
    if years:
        book.add_missing_timezones(date(max(min(years) - 1, 1970), 1, 1), date(max(years) + YEARS_AHEAD, 12, 31))
        for zone in book.timezones:
            zone.pop("COMMENT", None)
    content: bytes = book.to_ical()
    return content


def _event(event: Event) -> Any:
    from icalendar import Event as Component

    made = _common(Component(), event)
    made.add("dtstart", _plain(event.starts))
    if is_day(event.starts):
        made.add("dtend", (event.ends or event.starts) + A_DAY)  # type: ignore[operator] # the first day no longer taken
    elif event.ends is not None:
        made.add("dtend", _plain(event.ends))
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if is_day(event.starts) else "OPAQUE")
    return made


def _todo(event: Event) -> Any:
    from icalendar import Todo

    made = _common(Todo(), event)
    if event.starts is not None:
        if event.repeat:
            made.add("dtstart", _plain(event.starts))  # what repeats needs a beginning, RFC 5545, 3.8.5.3
        else:
            made.add("due", _plain(event.starts))
    if event.done_at is not None:
        made.add("completed", event.done_at.astimezone(ZoneInfo("UTC")))
    made.add("status", "COMPLETED" if event.done_at else "NEEDS-ACTION")
    return made


def _common(made: Any, event: Event) -> Any:
    from icalendar import vRecur

    made.add("uid", event.uid)
    made.add("dtstamp", (event.changed or datetime.now(ZoneInfo("UTC"))).astimezone(ZoneInfo("UTC")))
    made.add("summary", _text(event.title))
    for name, text in (("location", event.place), ("description", event.note)):
        if text:
            made.add(name, _text(text))
    if event.kind:
        made.add("categories", [event.kind])
    if event.priority:
        made.add("priority", PRIORITIES.get(event.priority, 5))
    if event.repeat:
        made.add("rrule", vRecur.from_ical(event.repeat))
        if event.left_out:
            as_days = {"value": "DATE"} if is_day(event.left_out[0]) else {}
            made.add("exdate", [_plain(each) for each in event.left_out], parameters=as_days)
    _add_guests(made, event)
    if event.remind_minutes is not None:
        made.add_component(_alarm(event))
    return made


def _add_guests(made: Any, event: Event) -> None:
    """Who has no address is named in a line of ours that other programs skip, because an attendee is an address."""
    from icalendar import vCalAddress

    for guest in event.guests:
        if guest.mail:
            address = vCalAddress(f"mailto:{guest.mail}")
            if guest.name:
                address.params["cn"] = _text(guest.name)
            address.params["partstat"] = "NEEDS-ACTION"
            made.add("attendee", address, encode=False)
        elif guest.name:
            made.add("contact", _text(guest.name))


def _alarm(event: Event) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(event.title))
    before_end = {"related": "END"} if event.is_task and not event.repeat else {}  # of what has no beginning
    alarm.add("trigger", timedelta(minutes=-(event.remind_minutes or 0)), parameters=before_end)
    return alarm


def _plain(when: When | None) -> When | None:
    """A moment to the second: calendars know nothing finer."""
    return when.replace(microsecond=0) if isinstance(when, datetime) else when


def _text(text: str) -> str:
    return cleaned(text).text
