"""All records as plain values, in the form of our own JSON files: what describes them, and the records part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

FORM = 1
"""The number of the form; a file of a later one is refused."""
NAME = "crm_desktop"
"""The member that tells such a file from any other JSON."""
ACCOUNTS, CONTACTS, ACTIVITIES = "accounts", "contacts", "activities"
PARTS = (ACCOUNTS, CONTACTS, ACTIVITIES)
PLACES = "affiliations"
"""The member of a contact that lists where it works and worked."""
RecordOf: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a field once for the whole file: its word, and what stands between several values in a cell."""

    label: str
    between: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Records on their way into a file; `parts` are read only once, as they are written."""

    meta: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Described]]
    """The fields of each part, by their codes, in the order of the columns of a sheet."""
    parts: Mapping[str, Iterable[RecordOf]]
    total: int
