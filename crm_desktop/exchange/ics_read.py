"""What a calendar file says, as plain values: the part that runs in the reader process."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import ics_lines
from crm_desktop.exchange.ics_file import MOST_EVENTS
from crm_desktop.i18n import _, ngettext

EVENT, TASK = "VEVENT", "VTODO"
LONGEST_UID, LONGEST_TITLE, LONGEST_NOTE = 200, 200, 20_000
MOST_TOLD = 50
A_DAY = timedelta(days=1)
PRIORITIES = ((1, 4, "high"), (5, 5, "normal"), (6, 9, "low"))


def read(path: Path) -> dict[str, Any]:
    """The events and the notes of a file; raises FileProblem."""
    from icalendar import Calendar

    notes: list[str] = []
    text = ics_lines.text_of(path, notes)
    ics_lines.check(path, text)
    try:
        books = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise FileProblem(_("“{name}” is broken. {reason}").format(name=path.name, reason=str(error)[:200])) from error
    events = [each for book in books for each in _events(book, notes)]
    if len(events) > MOST_EVENTS:
        message = _("“{name}” holds more than {count} appointments. Export a shorter span of time.")
        raise FileProblem(message.format(name=path.name, count=f"{MOST_EVENTS:,}"))
    return {"events": events, "notes": _limited(notes)}


def _events(book: Any, notes: list[str]) -> Iterator[dict[str, Any]]:
    is_cancelled = str(book.get("METHOD", "")).upper() == "CANCEL"
    parts = [_Part(each, notes) for each in book.walk() if each.name in (EVENT, TASK)]
    moved = defaultdict(list)
    for part in parts:
        if (day := part.day_of_series()) and part.text("UID", LONGEST_UID):
            moved[part.text("UID", LONGEST_UID)].append(day)
    for part in parts:
        found = part.event()
        if found is not None:
            found["left_out"] += moved[part.text("UID", LONGEST_UID)] if found["repeat"] else []
            yield {**found, "is_cancelled": found["is_cancelled"] or is_cancelled}


def _limited(notes: Sequence[str]) -> list[str]:
    told = list(dict.fromkeys(notes))
    if len(told) > MOST_TOLD:
        rest = len(told) - MOST_TOLD
        more = ngettext("{count} more remark is not shown.", "{count} more remarks are not shown.", rest)
        told = [*told[:MOST_TOLD], more]
    return told


class _Part:
    """One component of a file."""

    def __init__(self, part: Any, notes: list[str]) -> None:
        self._part, self._notes = part, notes
        self.title = self.text("SUMMARY", LONGEST_TITLE) or _("Without a title")

    def event(self) -> dict[str, Any] | None:
        """Its values, None when it cannot be taken."""
        is_task = self._part.name == TASK
        starts, ends = self._todo_times() if is_task else self._event_times()
        if starts is None and not is_task:
            self._note(_("“{title}” has no day that can be read and was left out."))
            return None
        for _name, problem in self._part.errors:
            self._note(_("“{title}”: a line could not be read ({reason})."), reason=str(problem)[:80])
        status = self.text("STATUS", 20).upper()
        done = self.when("COMPLETED")
        return {
            "uid": self._uid(starts),
            "title": self.title,
            "starts": _said(starts),
            "ends": _said(ends),
            "is_task": is_task,
            "kind": self._category(),
            "place": self.text("LOCATION", LONGEST_TITLE),
            "note": self.text("DESCRIPTION", LONGEST_NOTE),
            "guests": list(self._guests()),
            "repeat": self._rule(),
            "left_out": self._left_out(),
            "remind_minutes": self._alarm(starts, ends),
            "priority": self._priority(),
            "done_at": _said(done or datetime.now(UTC)) if status == "COMPLETED" or done else "",
            "is_cancelled": status == "CANCELLED",
        }

    def text(self, name: str, longest: int) -> str:
        """A text of one line of the component."""
        found = self._first(name)
        return "" if found is None else str(found).strip()[:longest]

    def when(self, name: str) -> Any:
        """A moment or a day; None when there is none or it cannot be read, which is told elsewhere."""
        found = self._first(name)
        try:
            value = getattr(found, "dt", None)
        except ValueError:
            return None
        return self._plain(found, value)

    def day_of_series(self) -> str:
        """Which one of a series this one stands for; nothing for what is no part of one."""
        return _said(self.when("RECURRENCE-ID"))

    def _plain(self, found: Any, value: Any) -> Any:
        if isinstance(value, datetime):
            return self._in_utc(found, value)
        return value if isinstance(value, date | timedelta) else None

    def _in_utc(self, found: Any, value: datetime) -> datetime:
        try:
            if value.utcoffset() is not None:
                return value.astimezone(UTC)
        except (OverflowError, ValueError):
            return value.replace(tzinfo=UTC)
        if zone := str(found.params.get("TZID", "")):
            self._note(
                _("“{title}”: the time zone “{zone}” is not known; its time was taken as local."), zone=zone[:60]
            )
        return value

    def _event_times(self) -> tuple[Any, Any]:
        starts, ends = self.when("DTSTART"), self.when("DTEND")
        length = self.when("DURATION")
        is_day = not isinstance(starts, datetime)
        if starts is None or isinstance(starts, timedelta):
            return None, None
        if ends is None and isinstance(length, timedelta):
            ends = starts + length
        if is_day and ends is not None:
            ends = (ends.date() if isinstance(ends, datetime) else ends) - A_DAY  # the first day no longer taken
            return starts, ends if ends > starts else None
        if ends is None or _is_later(ends, starts):
            return starts, ends
        if ends != starts:
            self._note(_("“{title}” ends before it begins; its end was left out."))
        return starts, None

    def _todo_times(self) -> tuple[Any, Any]:
        return self.when("DUE") or self.when("DTSTART"), None

    def _uid(self, starts: Any) -> str:
        """What it is called there; a single day of a series that was moved is an appointment of its own."""
        uid = str(self._first("UID") or "").strip()
        if self._first("RECURRENCE-ID") is not None:
            uid = f"{uid}/{_said(self.when('RECURRENCE-ID'))}"
            self._note(_("“{title}”: one day of a series was changed there; it is kept as an appointment of its own."))
        if not uid or len(uid) > LONGEST_UID:
            text = uid or f"{self.title}|{_said(starts)}"
            return f"sha256-{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"
        return uid

    def _category(self) -> str:
        found = self._first("CATEGORIES")
        return str(next(iter(getattr(found, "cats", ())), ""))[:60]

    def _rule(self) -> str:
        found = self._first("RRULE")
        if found is None:
            return ""
        if self._first("RDATE") is not None:
            self._note(_("“{title}”: single days were added to the series; only its rule is kept."))
        try:
            rule: str = found.to_ical().decode()
        except (ValueError, AttributeError):
            return ""
        return rule

    def _left_out(self) -> list[str]:
        """Single days that are left out of a series (RFC 5545, 3.8.5.1)."""
        said = []
        for found in self._all("EXDATE"):
            try:
                said += [_said(self._plain(found, each.dt)) for each in getattr(found, "dts", ())]
            except ValueError:
                continue  # which is told with the other lines that could not be read
        return [each for each in said if each]

    def _priority(self) -> str:
        found = self.text("PRIORITY", 2)
        number = int(found) if found.isascii() and found.isdigit() else 0
        return next((word for low, high, word in PRIORITIES if low <= number <= high), "")

    def _guests(self) -> Iterator[tuple[str, str]]:
        seen = set()
        for name in ("ORGANIZER", "ATTENDEE", "CONTACT"):
            for each in self._all(name):
                text = str(each).strip()
                mail = text[7:].strip() if text.lower().startswith("mailto:") else ""
                called = text if name == "CONTACT" else str(each.params.get("CN", "")).strip().strip('"')
                if (mail or called) and (key := mail.lower() or called) not in seen:
                    seen.add(key)
                    yield called[:LONGEST_TITLE], mail[:LONGEST_TITLE]

    def _alarm(self, starts: Any, ends: Any) -> int | None:
        """How many minutes before its beginning it is told; one that comes later is none of ours."""
        for each in self._part.walk("VALARM"):
            alarm = _Part(each, [])
            before = alarm.ahead_of(starts, ends)
            if before is not None and before >= timedelta() and alarm.text("ACTION", 20).upper() != "NONE":
                return int(before.total_seconds() // 60)
        return None

    def ahead_of(self, starts: Any, ends: Any) -> timedelta | None:
        """So long before the beginning of an event this alarm comes (RFC 5545, 3.8.6.3)."""
        trigger = self.when("TRIGGER")
        if isinstance(trigger, timedelta):
            is_from_end = str(self._first("TRIGGER").params.get("RELATED", "")).upper() == "END"
            is_longer = is_from_end and ends is not None and starts is not None
            return (starts - ends if is_longer else timedelta()) - trigger
        is_moment = isinstance(trigger, datetime) and isinstance(starts, datetime)
        return starts - trigger if is_moment and (starts.tzinfo is None) == (trigger.tzinfo is None) else None

    def _first(self, name: str) -> Any:
        return next(iter(self._all(name)), None)

    def _all(self, name: str) -> list[Any]:
        found = self._part.get(name)
        return [] if found is None else found if isinstance(found, list) else [found]

    def _note(self, message: str, **words: str) -> None:
        self._notes.append(message.format(title=self.title[:60], **words))


def _is_later(ends: Any, starts: Any) -> bool:
    """Whether one is after the other; what cannot be compared, a day with a moment, is not."""
    if isinstance(ends, datetime) and isinstance(starts, datetime):
        return (ends.tzinfo is None) == (starts.tzinfo is None) and ends > starts
    return False


def _said(when: Any) -> str:
    """A moment or a day as text, which the other process reads back."""
    return when.isoformat() if isinstance(when, date) else ""
