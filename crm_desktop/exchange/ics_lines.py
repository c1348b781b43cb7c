"""A first look at a calendar file, before anything is made of it: whether it is one, and in which line it is broken."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import encodings
from crm_desktop.i18n import _

BEGINS = re.compile(r"\A\s*BEGIN:VCALENDAR\s*$", re.IGNORECASE | re.MULTILINE)
PROPERTY = re.compile(r"[A-Za-z0-9-]+[;:]")
DEEPEST = 8
INSIDE = ("VEVENT", "VTODO", "VALARM")
"""What may hold a line that is none: the reader leaves it out and says so."""


def text_of(path: Path, notes: list[str]) -> str:
    """The text of a file; raises FileProblem when it cannot be opened or is no text."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        coding = encodings.found_in(BytesIO(raw))
    if coding is None:
        raise FileProblem(no_calendar(path))
    message = _("The file is not UTF-8; it was read as {encoding}. If names look wrong, save it as UTF-8 first.")
    notes.append(message.format(encoding=coding.name.upper()))
    return raw.decode(coding.codec, errors="replace")


def no_calendar(path: Path) -> str:
    """The sentence for a file that is something else."""
    message = _("“{name}” holds no calendar (BEGIN:VCALENDAR). Choose an .ics file.")
    return message.format(name=path.name)


def check(path: Path, text: str) -> None:
    """Refuse what is no calendar, or a broken one, with the line; raises FileProblem."""
    if not BEGINS.search(text):
        raise FileProblem(no_calendar(path))
    open_parts: list[tuple[str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line[0] in " \t":
            continue
        name, _colon, value = line.partition(":")
        if name.upper() == "BEGIN":
            open_parts.append((value.strip().upper(), number))
        elif name.upper() == "END":
            if not open_parts or open_parts.pop()[0] != value.strip().upper():
                raise FileProblem(_broken(path, number, line))
        elif not PROPERTY.match(line) and (not open_parts or open_parts[-1][0] not in INSIDE):
            raise FileProblem(_broken(path, number, line))
        if len(open_parts) > DEEPEST:
            raise FileProblem(_broken(path, number, line))
    if open_parts:
        message = _("“{name}” ends too early: {part}, which begins in line {line}, has no end. Export it again.")
        raise FileProblem(message.format(name=path.name, part=open_parts[-1][0][:40], line=open_parts[-1][1]))


def _broken(path: Path, number: int, line: str) -> str:
    message = _("“{name}” is broken in line {line}: “{text}”. Nothing was imported; export it again.")
    return message.format(name=path.name, line=number, text=line.strip()[:60])
