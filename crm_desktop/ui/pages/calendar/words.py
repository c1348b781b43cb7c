"""What the calendar says: its title, its days, and each entry in a line, in a tooltip and read aloud."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale, Qt

from crm_desktop.i18n import _, language
from crm_desktop.model import picks
from crm_desktop.services.calendar import BIRTHDAY, Entry
from crm_desktop.text.date_patterns import MONTHS, WEEKDAYS_EN, WEEKDAYS_ZH
from crm_desktop.text.dates import show_day
from crm_desktop.ui.pages.calendar.slots import DAY, MONTH, Slot
from crm_desktop.ui.tasks import tones

TONES = {**tones.TONES, BIRTHDAY: "warn"}
"""In which tone a kind of entry is drawn; all others are plain."""


def begins_monday() -> bool:
    """On which day the week begins: on Monday in Chinese, else as this computer has it."""
    return language() == "zh_CN" or QLocale.system().firstDayOfWeek() != Qt.DayOfWeek.Sunday


def month_words(day: date) -> str:
    """“2026年7月” or “Jul 2026”."""
    if language() == "zh_CN":
        return f"{day.year}年{day.month}月"
    return f"{MONTHS[day.month - 1].title()} {day.year}"


def title(mode: str, day: date, first: date, last: date, today: date = date.min) -> str:
    """What is seen; of a day of this year without the year."""
    if mode == MONTH:
        return month_words(day)
    if mode == DAY:
        return show_day(day, today, language())
    begins = month_words(first)
    return begins if first.month == last.month else f"{begins} – {month_words(last)}"


def weekday(day: date) -> str:
    """The short name of a day of the week."""
    if language() == "zh_CN":
        return f"周{WEEKDAYS_ZH[day.weekday()]}"
    return WEEKDAYS_EN[day.weekday()]


def clock(minute: int) -> str:
    """A time of day."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hours(entry: Entry) -> str:
    """From when until when; nothing for whole days."""
    if not entry.has_time:
        return ""
    begin = f"{entry.starts:%H:%M}"
    return f"{begin}–{entry.ends:%H:%M}" if entry.ends else begin


def name(entry: Entry) -> str:
    """What it is called; of a birthday, whose and the how many years."""
    if not entry.is_birthday:
        return entry.title
    if entry.age is None:
        return _("Birthday: {name}").format(name=entry.title)
    return _("Birthday: {name} ({age})").format(name=entry.title, age=entry.age)


def whom(entry: Entry) -> str:
    """With whom, and where."""
    return " · ".join(dict.fromkeys(filter(None, (entry.person, *entry.people, entry.account, entry.place))))


def kind(entry: Entry) -> str:
    """What kind of thing it is."""
    return _("Birthday") if entry.is_birthday else picks.label("task_kind", entry.kind)


def repeats(entry: Entry) -> str:
    """That it comes again, or will."""
    if entry.will_repeat:
        return _("will repeat")
    return _("repeats") if entry.repeats else ""


def spoken(entry: Entry) -> str:
    """All there is to know of an entry, in one sentence."""
    day = show_day(entry.first, entry.first, language())
    until = show_day(entry.last, entry.first, language()) if entry.last != entry.first else ""
    days = f"{day} – {until}" if until else day
    done = _("done") if entry.is_done else ""
    again = repeats(entry)
    return ", ".join(filter(None, (name(entry), kind(entry), days, hours(entry), whom(entry), again, done)))


def tip(entry: Entry) -> str:
    """An entry over several lines."""
    day = show_day(entry.first, entry.first, language())
    again = repeats(entry)
    lines = (name(entry), " ".join(filter(None, (day, hours(entry), again))), whom(entry))
    return "\n".join(filter(None, lines))


def spoken_slot(slot: Slot) -> str:
    """Where one is when nothing is there."""
    day = show_day(slot.day, slot.day, language())
    return _("{day}, nothing here").format(day=day if slot.minute is None else f"{day} {clock(slot.minute)}")
