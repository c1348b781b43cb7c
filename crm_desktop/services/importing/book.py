"""What an import looks up to put its plan in words: fields by name, people by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.model import ENTITIES, Contact
from crm_desktop.model.fields import Field, field_named, fields_of
from crm_desktop.model.kinds import Kind, LinkTo
from crm_desktop.services.importing.parts import PARTS
from crm_desktop.services.importing.targets import PARENT_LABEL
from crm_desktop.text.sheet import Cell

PARENT = Field("account", "parent", PARENT_LABEL, Kind())
"""The account above another one, told by its name."""
PLACE = field_named(Contact, "account")
"""Where a contact is, told by the account's name."""


@dataclass(frozen=True, slots=True)
class Book:
    """The fields of every kind of record, those to be made included, and the people who own records."""

    fields: Mapping[str, Mapping[str, Field]]
    users: dict[int, str]
    accounts: Mapping[int, str] = field(default_factory=dict)
    """The names of the accounts that rows are about, those to be made included."""

    def add_user(self, key: int, name: str) -> None:
        """Note somebody who is to be made."""
        self.users[key] = name

    def shown(self, field: Field, value: Any) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if isinstance(field.kind, LinkTo):
            return value if isinstance(value, str) else self.users.get(value, "")
        return field.kind.show(value)

    def cell(self, field: Field, value: Any) -> Cell:
        """A value as an export writes it."""
        if isinstance(field.kind, LinkTo):
            return self.shown(field, value) or None
        return None if value is None else field.kind.cell(value)

    def named(self, code: str) -> Field:
        """A field by its code."""
        entity, _dot, name = code.partition(".")
        return self.fields[entity][name]


def book_of(users: Mapping[int, str], more: Mapping[str, Field]) -> Book:
    """The book for the fields that are there and `more`, which are to be made, by their codes."""
    fields = {each.entity: {one.name: one for one in fields_of(ENTITIES[each.entity])} for each in PARTS}
    for found in more.values():
        fields[found.entity][found.name] = found
    return Book(fields, dict(users))
