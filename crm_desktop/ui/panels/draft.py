"""What has been typed into quick add so far, as it was understood and as somebody put it right."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.text import quick_line
from crm_desktop.text.quick_line import QuickLine

WORDS = ("name", "title", "company")
REACH = ("phones", "mails")
NOTE = "note"
JOINS = ", "


class Draft:
    """One line, and what was said about its parts: “this is the company”, “put this into the note”."""

    def __init__(self) -> None:
        self.line = ""
        self.tags: list[str] = []
        """Tags besides those in the line."""
        self._moved: dict[str, str] = {}
        self._dropped: set[str] = set()

    def clear(self) -> None:
        """Begin with a new line; tags that were kept stay."""
        self.line = ""
        self._moved, self._dropped = {}, set()

    def move(self, part: str, role: str) -> None:
        """Say what a part of the line is; what stood there changes places with it."""
        self._moved.pop(part, None)
        self._moved[part] = role

    def set_tags(self, tags: list[str]) -> None:
        """Have exactly these tags, whatever the line says."""
        typed = quick_line.read(self.line).tags
        self.tags = [each for each in tags if each not in typed]
        self._dropped = {each for each in typed if each not in tags}

    def reading(self) -> QuickLine:
        """What the line says, put right."""
        found = quick_line.read(self.line)
        for part, role in self._moved.items():
            found = moved(found, part, role)
        tags = [each for each in dict.fromkeys((*found.tags, *self.tags)) if each not in self._dropped]
        return replace(found, tags=tuple(tags))


def moved(found: QuickLine, part: str, role: str) -> QuickLine:
    """A reading in which `part` has this role; the same reading when it does not hold that part."""
    values = {name: getattr(found, name) for name in WORDS}
    notes = [each for each in found.note.split(JOINS) if each]
    if part in (reach := (*found.phones, *found.mails)) and role == NOTE:
        numbers = tuple(each for each in found.phones if each != part)
        addresses = tuple(each for each in found.mails if each != part)
        return replace(found, phones=numbers, mails=addresses, note=JOINS.join((*notes, part)))
    source = next((name for name, value in values.items() if value == part), NOTE if part in notes else "")
    if part in reach or source in ("", role):
        return found
    displaced = values.get(role, "")
    if source == NOTE:
        notes = [displaced if each == part else each for each in notes]
    else:
        values[source] = displaced
    if role == NOTE:
        notes.append(part)
    else:
        values[role] = part
    return replace(found, **values, note=JOINS.join(each for each in notes if each))


def parts_of(found: QuickLine, role: str) -> list[str]:
    """The parts of a reading that have this role and could have another."""
    if role == NOTE:
        return [each for each in found.note.split(JOINS) if each]
    value = getattr(found, role)
    return list(value) if role in REACH else [value] if value else []
