"""What is said of a file: its size, its icon, and when it was attached by whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, language, pgettext
from crm_desktop.text import file_names
from crm_desktop.text.dates import show_day

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Attached

THOUSAND = 1000
ICONS = {"pdf": "pdf", "eml": "mail", "msg": "mail"}


def size_words(size: int) -> str:
    """A size in the unit that fits: “412 B”, “1.2 MB”."""
    shown, units = float(size), ["B", "kB", "MB", "GB"]
    while shown >= THOUSAND and len(units) > 1:
        shown /= THOUSAND
        units.pop(0)
    return f"{size} B" if units[0] == "B" else f"{shown:.1f} {units[0]}"


def file_icon(name: str) -> str:
    """The icon of a kind of file."""
    return "warn" if file_names.can_act(name) else ICONS.get(file_names.ending_of(name), "file")


def caution(file: Attached) -> str:
    """What is to be minded, of a file that the system is not asked to open."""
    if file.can_act:
        return pgettext("file", "Program")
    return "" if file.is_usual else _("Unknown kind")


def is_picture(name: str) -> bool:
    """Whether it is a picture that can be shown here."""
    return file_names.ending_of(name) in file_names.PICTURES


def facts(file: Attached, today: date) -> str:
    """Size, day, who attached it and what it belongs to, in one line."""
    day = show_day(file.at.astimezone().date(), today, language())
    return " · ".join(filter(None, (size_words(file.size), day, file.author, file.about)))
