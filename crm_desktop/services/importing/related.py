"""The rows that keep values of a record in other tables: numbers, addresses, tags, photos, fields of people's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.model.own_kinds import RecordLink
from crm_desktop.model.picture import Photo
from crm_desktop.services.values import own_value_row, resolved
from crm_desktop.text.folding import fold

SOURCE = "import"
Row = dict[str, Any]


@dataclass(slots=True)
class Owned:
    """The record that values belong to, and what is needed to write them."""

    column: str
    key: int
    tags: Mapping[str, int]
    session: Session
    is_new: bool
    """Whether the record has no values yet, so that the first is the primary one."""


def _channels(_field: Field, values: Iterable[ChannelValue], owned: Owned) -> Iterable[Row]:
    return [
        {
            owned.column: owned.key,
            "kind": each.kind,
            "raw": each.raw,
            "norm": each.norm,
            "ext": each.ext,
            "country": each.country,
            "state": each.state,
            "is_primary": owned.is_new and at == 0,
            "source": SOURCE,
        }
        for at, each in enumerate(values)
    ]


def _addresses(_field: Field, values: Iterable[str], owned: Owned) -> Iterable[Row]:
    return [
        {owned.column: owned.key, "line": each, "is_primary": owned.is_new and at == 0, "source": SOURCE}
        for at, each in enumerate(values)
    ]


def _tags(_field: Field, values: Iterable[str], owned: Owned) -> Iterable[Row]:
    return [{owned.column: owned.key, "tag_id": owned.tags[fold(each)], "source": SOURCE} for each in values]


def _own(field: Field, value: Any, owned: Owned) -> Iterable[Row]:
    if isinstance(field.kind, RecordLink):
        value = resolved(owned.session, value, field.kind.table)
    return [own_value_row(field, owned.key, value) | {"source": SOURCE}]


def _pictures(_field: Field, value: Photo, owned: Owned) -> Iterable[Row]:
    photo = {"mime": value.mime, "sha256": value.sha256, "data": value.data}
    return [{owned.column: owned.key, **photo, "source": SOURCE}]


RELATED: dict[str, tuple[str, Callable[[Field, Any, Owned], Iterable[Row]]]] = {
    "channel": ("channel", _channels),
    "address": ("address", _addresses),
    "tag": ("tagging", _tags),
    "own": ("custom_value", _own),
    "picture": ("picture", _pictures),
}
"""The table that keeps the values of a field, by its origin, and its rows."""
