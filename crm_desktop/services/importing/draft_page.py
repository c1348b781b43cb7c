"""New records of an import side by side, as they are written: what is done to a column is decided once for all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from crm_desktop.services.importing.draft import NOTHING
from crm_desktop.services.importing.drafts import Drafts

Column = Sequence[Any]


class DraftPage(NamedTuple):
    """What some records of a kind are going to hold, column by column, with None where nothing is said."""

    values: Mapping[str, Column]
    """By name of field, as they rest: `packing.lively` makes days, moments and channels of lists."""
    contacts: Sequence[int | None]
    accounts: Sequence[int | None]
    parties: Sequence[Sequence[int]]
    links: Mapping[str, Column]
    """Columns that are no fields, such as the parent of an account."""


def page_of(drafts: Drafts, entity: str, numbers: Sequence[int]) -> DraftPage:
    """New records of a kind, which rest, side by side."""
    _kinds, told, contacts, accounts, parties, more = zip(*map(drafts.resting, numbers), strict=True)
    values = _in_columns(told, drafts.names(entity))
    links = _in_columns([(each and each[1]) or NOTHING for each in more], ())
    return DraftPage(values, contacts, accounts, parties, links)


def _in_columns(rows: Sequence[Mapping[str, Any] | list[Any]], names: Sequence[str]) -> dict[str, Column]:
    """Rows, each by name or as values in the order of `names`, as columns by name."""
    if all(isinstance(each, list) for each in rows):
        return dict(zip(names, zip(*rows, strict=True), strict=True))
    named = [dict(zip(names, each, strict=True)) if isinstance(each, list) else each for each in rows]
    return {name: [each.get(name) for each in named] for name in dict.fromkeys(chain(names, *named))}
