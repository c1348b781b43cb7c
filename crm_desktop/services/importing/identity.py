"""Our own identities in a cell, such as `contact:7/affiliation:9/account:8`: what a row of an export is about.

The first one names the kind of sheet. They are text, because a spreadsheet keeps 15 digits of a number only. Some of
them say what the record refers to: the parent of an account, whom somebody reports to, which account a person is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENTITIES = ("account", "contact", "affiliation", "activity")
PARENT, REPORTS_TO, PERSON_OF, WITH = "parent", "reports_to", "person_of", "with"
REFERENCES = {PARENT: "account", REPORTS_TO: "affiliation", PERSON_OF: "account"}
"""The kind of record that a reference leads to."""
PART = re.compile(rf"({'|'.join((*ENTITIES, *REFERENCES))}):([0-9]{{1,19}})")
PEOPLE = re.compile(rf"{WITH}:([0-9]{{1,19}}(?:\+[0-9]{{1,19}})*)")


def write(ids: Mapping[str, int | None]) -> str:
    """The identities of a row as a cell holds them."""
    return "/".join(f"{entity}:{key}" for entity, key in ids.items() if key)


def read(text: str) -> dict[str, int]:
    """The identities in a cell, by kind of record or reference; nothing when it holds none of ours."""
    texts = [each.strip() for each in text.split("/")]
    parts = [PART.fullmatch(each) for each in texts if not PEOPLE.fullmatch(each)]
    return {each[1]: int(each[2]) for each in parts if each} if all(parts) else {}


def people(text: str) -> tuple[int, ...]:
    """The identities of those who take part in what a row is about."""
    found = PEOPLE.search(text)
    return tuple(map(int, found[1].split("+"))) if found else ()


def subject(text: str) -> str | None:
    """The kind of record that a row is about."""
    return next(iter(read(text)), None)
