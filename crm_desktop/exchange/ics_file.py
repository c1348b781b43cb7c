"""Reading calendar files of other programs, in a process of its own (see `reader_process`)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import reader_process
from crm_desktop.i18n import _
from crm_desktop.text.event import Event, Events, Guest

LARGEST_FILE = 20 * 2**20
MOST_EVENTS = 20_000


def read(path: Path) -> Events:
    """The events of a file and what is to be said about them; raises FileProblem.

    Its size is looked at before a process is started.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    if size > LARGEST_FILE:
        message = _("“{name}” is too large: a calendar file may have {size} MB. Export a shorter span of time.")
        raise FileProblem(message.format(name=path.name, size=LARGEST_FILE // 2**20))
    found = reader_process.events(path)
    return Events(tuple(_event(each) for each in found["events"]), tuple(found["notes"]))


def _event(plain: dict[str, Any]) -> Event:
    guests = tuple(Guest(*each) for each in plain.pop("guests"))
    moments = {name: _when(plain.pop(name)) for name in ("starts", "ends", "done_at")}
    left_out = tuple(_when(each) for each in plain.pop("left_out"))
    return Event(**plain, **moments, guests=guests, left_out=left_out)


def _when(text: str) -> Any:
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-11-24") else datetime.fromisoformat(text)
