"""The rows that keep values of a record in other tables: numbers, addresses, tags, photos, fields of people's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.model.own_kinds import RecordLink, kept
from crm_desktop.model.picture import Photo
from crm_desktop.services.values import resolved
from crm_desktop.text.folding import fold

Row = tuple[Any, ...]
Told = Iterable[tuple[int, Any]]
"""The values of a field, each behind the key of its record."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is needed to write values besides these and their records."""

    tags: Mapping[str, int]
    session: Session
    is_new: bool
    """Whether the records have no values yet, so that the first is the primary one."""


def _channels(_field: Field, told: Iterable[tuple[int, Iterable[ChannelValue]]], around: Around) -> Iterable[Row]:
    return [(key, around.is_new and at == 0, *each) for key, values in told for at, each in enumerate(values)]


def _addresses(_field: Field, told: Iterable[tuple[int, Iterable[str]]], around: Around) -> Iterable[Row]:
    return [(key, around.is_new and at == 0, each) for key, values in told for at, each in enumerate(values)]


def _tags(_field: Field, told: Iterable[tuple[int, Iterable[str]]], around: Around) -> Iterable[Row]:
    return [(key, around.tags[fold(each)]) for key, values in told for each in values]


def _own(field: Field, told: Told, around: Around) -> Iterable[Row]:
    kind = field.kind
    if isinstance(kind, RecordLink):
        told = [(key, resolved(around.session, value, kind.table)) for key, value in told]
    return [(key, field.own, *kept(kind, value)) for key, value in told]


def _pictures(_field: Field, told: Iterable[tuple[int, Photo]], _around: Around) -> Iterable[Row]:
    return [(key, value.mime, value.sha256, value.data) for key, value in told]


class Related(NamedTuple):
    """A table that keeps values of records: its columns behind the one that says whose they are, and its rows."""

    table: str
    columns: tuple[str, ...]
    rows: Callable[[Field, Any, Around], Iterable[Row]]


RELATED = {
    "channel": Related("channel", ("is_primary", *ChannelValue._fields), _channels),
    "address": Related("address", ("is_primary", "line"), _addresses),
    "tag": Related("tagging", ("tag_id",), _tags),
    "own": Related("custom_value", ("field_id", "text", "number"), _own),
    "picture": Related("picture", ("mime", "sha256", "data"), _pictures),
}
"""The table that keeps the values of a field, by its origin."""
