"""A person as an address book keeps one: plain texts, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, tuple[str, ...]]
"""Values as they were written, by the code of their field."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person works or worked; `record` is our own identity of the place."""

    record: str
    company: str
    values: Texts = field(default_factory=dict)
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One person with everything that an address book may take; the first place is the main one."""

    record: str
    name: str
    family: str = ""
    given: str = ""
    values: Texts = field(default_factory=dict)
    own: Texts = field(default_factory=dict)
    """Values of fields that people added, by the word for the field."""
    places: tuple[Place, ...] = ()
    photo: str = ""
    """A data URI."""
    changed: datetime | None = None
