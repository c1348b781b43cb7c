"""Our own identities in a cell, such as `contact:7/affiliation:9/account:8`: what a row of an export is about.

The first one names the kind of sheet. They are text, because a spreadsheet keeps 15 digits of a number only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENTITIES = ("account", "contact", "affiliation", "activity")
PART = re.compile(rf"({'|'.join(ENTITIES)}):([0-9]{{1,19}})")


def write(ids: Mapping[str, int | None]) -> str:
    """The identities of a row as a cell holds them."""
    return "/".join(f"{entity}:{key}" for entity, key in ids.items() if key)


def read(text: str) -> dict[str, int]:
    """The identities in a cell, by kind of record; nothing when it holds none of ours."""
    parts = [PART.fullmatch(each.strip()) for each in text.split("/")]
    return {each[1]: int(each[2]) for each in parts if each} if all(parts) else {}


def subject(text: str) -> str | None:
    """The kind of record that a row is about."""
    return next(iter(read(text)), None)
