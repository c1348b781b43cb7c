"""A week on paper: day by day what is planned, with whom, where, and room to write."""

from __future__ import annotations

from datetime import date, timedelta

from crm_desktop.i18n import _, ngettext
from crm_desktop.services import calendar, today
from crm_desktop.services.calendar import Entry
from crm_desktop.services.printing import words
from crm_desktop.services.printing.document import BOX, TICKED, Document, Heading, Lines, Paragraph, Part, Table
from crm_desktop.store.workspace import Workspace

DAYS = 7
BLANK = 1
"""Lines to write on below each day."""


def monday_of(day: date) -> date:
    """The Monday of the week around a day."""
    return day - timedelta(days=day.weekday())


def week(workspace: Workspace, day: date | None = None) -> Document:
    """The week around a day, this one if none is named, from Monday to Sunday."""
    first = monday_of(day or words.today())
    last = first + timedelta(days=DAYS - 1)
    with workspace.read() as session:
        span = calendar.read(session, first, last, today.now())
    parts: list[Part] = []
    for number in range(DAYS):
        parts += _day(first + timedelta(days=number), span)
    subject = f"{words.whole_day_words(first)} – {words.whole_day_words(last)}"
    return Document(_("Week"), subject, words.stamp(workspace), tuple(parts))


def _day(day: date, span: calendar.Span) -> list[Part]:
    entries = span.of(day)
    counted = ngettext("{count} entry", "{count} entries", len(entries)) if entries else ""
    heading = Heading(words.joined(words.day_words(day), counted))
    if not entries:
        return [heading, Paragraph(_("Nothing is planned.")), Lines(BLANK)]
    rows = tuple(_row(each, day) for each in entries)
    header = ("", _("When"), _("What"), _("With whom"), _("Where"))
    return [heading, Table(header, rows, (4, 14, 34, 28, 20)), Lines(BLANK)]


def _row(entry: Entry, day: date) -> tuple[str, ...]:
    mark = "" if entry.is_fixed else TICKED if entry.is_done else BOX
    people = "\n".join(dict.fromkeys(filter(None, (_joined(entry.person, *entry.people), entry.account))))
    return mark, _when(entry, day), _what(entry), people if not entry.is_birthday else entry.account, entry.place


def _joined(*names: str) -> str:
    return _(", ").join(dict.fromkeys(filter(None, names)))


def _what(entry: Entry) -> str:
    if entry.will_repeat:
        return _("{title} (will repeat)").format(title=entry.title)
    if not entry.is_birthday:
        return entry.title
    if entry.age is None:
        return _("Birthday: {name}").format(name=entry.title)
    return _("Birthday: {name} ({age})").format(name=entry.title, age=entry.age)


def _when(entry: Entry, day: date) -> str:
    """The part of the day that it takes."""
    if not entry.has_time:
        return _("All day")
    begin = f"{entry.starts:%H:%M}" if entry.first == day else "00:00"
    if entry.ends is None:
        return begin
    return f"{begin}–{entry.ends:%H:%M}" if entry.last == day else f"{begin}–24:00"
