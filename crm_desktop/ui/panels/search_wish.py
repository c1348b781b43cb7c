"""What the line of the search panel asks for: a first sign narrows it to actions, people, tags or views."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.i18n import _

ANYTHING, ACTIONS, PEOPLE, TAGS, VIEWS = "", ">", "@", "#", "/"
TWINS = {"》": ACTIONS, "＞": ACTIONS, "＠": PEOPLE, "＃": TAGS, "、": VIEWS, "／": VIEWS}
"""What the same keys write while a Chinese input method is on."""


class Wish(NamedTuple):
    """What is looked for, and among what."""

    scope: str
    text: str


def read(line: str) -> Wish:
    """The wish that a line of text stands for."""
    text = line.strip()
    first = TWINS.get(text[:1], text[:1])
    if first and first in (ACTIONS, PEOPLE, TAGS, VIEWS):
        return Wish(first, text[1:].strip())
    return Wish(ANYTHING, text)


def signs() -> list[tuple[str, str]]:
    """Each sign with the word for what it narrows the search to."""
    return [(ACTIONS, _("actions")), (PEOPLE, _("people")), (TAGS, _("tags")), (VIEWS, _("views"))]
