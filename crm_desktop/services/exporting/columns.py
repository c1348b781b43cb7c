"""The columns that a list may have: every field, the names of linked records, and what several values need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Affiliation, Contact, Entity
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import Amount, Birthday, Choice, Choices, Kind, LinkTo, Region, YesNo
from crm_desktop.model.worked_out import worked_out
from crm_desktop.services.importing.targets import (
    ACCOUNT_LABEL,
    CONTACTS_LABEL,
    CURRENCY,
    CURRENCY_LABEL,
    PARENT_LABEL,
    code_of,
)
from crm_desktop.text.sheet import Cell

LINKED = {"account.parent": PARENT_LABEL, "activity.account": ACCOUNT_LABEL, "activity.contacts": CONTACTS_LABEL}
"""Columns with the names of other records."""
TARGETS = {"activity.account": "account.name"}
ROLE, PICTURE = "affiliation", "picture"
EXACT = Decimal(10) ** 13
"""Above it, hundredths are more than the 15 digits that a spreadsheet keeps."""
MOST_REMEMBERED = 20_000
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; without a field it names another record."""

    code: str
    text: str
    field: Field | None = None
    number: int = 1
    """Which of several values it holds, from 1."""
    is_currency: bool = False

    @property
    def label(self) -> str:
        """The word that people see above it."""
        word = self.field.label if self.field else _(self.text)
        if self.is_currency:
            return _(CURRENCY_LABEL).format(field=word)
        return f"{word} {self.number}" if self.number > 1 else word

    @property
    def target(self) -> str:
        """Where an import puts it; the second of several values is told apart by its number."""
        code = code_of(self.field) if self.field else TARGETS.get(self.code, self.code)
        if self.is_currency:
            return f"{code}{CURRENCY}"
        return f"{code}.{self.number}" if self.number > 1 else code

    @property
    def role(self) -> str:
        """The name of the affiliation's field that it shows, empty when it shows none."""
        if self.field is None:
            return ""
        if self.field.entity == ROLE:
            return self.field.name
        return self.field.origin.name if self.field.origin and self.field.origin.table == ROLE else ""

    @property
    def is_amount(self) -> bool:
        """Whether it holds amounts of money as numbers."""
        return self.field is not None and isinstance(self.field.kind, Amount) and not self.is_currency

    @property
    def holds_channels(self) -> bool:
        """Whether its field may hold several numbers or addresses, which get a column each."""
        return self.field is not None and isinstance(self.field.kind, ChannelKind)

    def cells(self, people: Mapping[int, str]) -> Callable[[Any], Cell]:
        """What turns a value into a cell; `people` are the names of users by key."""
        if self.field is not None and isinstance(self.field.kind, LinkTo):
            return people.get
        if self.field is None or _is_text(self.field.kind):
            return _as_it_is
        kind = self.field.kind
        if isinstance(kind, ChannelKind):
            return _nth(kind, self.number - 1)
        if isinstance(kind, Amount):
            return _currency if self.is_currency else _amount
        return _remembering(kind.cell) if isinstance(kind, FEW) else kind.cell


FEW = (Choice, Choices, Region, YesNo, Birthday)
"""Kinds whose values come again and again."""


def columns_of(entity: type[Entity]) -> list[Column]:
    """Every column of a list, in the order of the fields; photos have no place in a sheet."""
    declared = [Column(each.code, each.text, each) for each in fields_of(entity) if not _is_picture(each)]
    if entity is Contact:
        there = {each.field.name for each in declared if each.field}
        declared += [Column(each.code, each.text, each) for each in fields_of(Affiliation) if each.name not in there]
    linked = (item for item in LINKED.items() if item[0].startswith(f"{entity.__tablename__}."))
    return declared + [Column(code, text) for code, text in linked]


def offered(entity: type[Entity]) -> list[Column]:
    """Every column that one can choose: those of a list, and what the program works out."""
    return columns_of(entity) + [Column(each.code, each.text, each) for each in worked_out(entity).values()]


def chosen(entity: type[Entity], codes: Sequence[str]) -> list[Column]:
    """The columns of these codes, all when none is named; raises Invalid for one that is not there."""
    if not codes:
        return columns_of(entity)
    by_code = {each.code: each for each in offered(entity)}
    unknown = [each for each in codes if each not in by_code]
    if unknown:
        message = _("There is no column “{name}”. Choose from: {choices}.")
        raise Invalid({"columns": message.format(name=unknown[0], choices=", ".join(by_code))})
    return [by_code[each] for each in dict.fromkeys(codes)]


def spread(columns: Sequence[Column], most: Mapping[str, int]) -> list[Column]:
    """A column for each of several values, and one for the currency beside an amount.

    `most` says by kind of channel how many values a record has.
    """
    found = []
    for each in columns:
        found.append(each)
        if each.holds_channels and each.field and each.field.origin:
            numbers = range(2, most.get(each.field.origin.name, 1) + 1)
            found += [replace(each, number=number) for number in numbers]
        elif each.is_amount:
            found.append(replace(each, is_currency=True))
    return found


def sortable(entity: type[Entity]) -> list[str]:
    """The names of the fields that a list can be sorted by."""
    return [each.name for each in fields_of(entity) if not _is_picture(each)]


def _is_picture(field: Field) -> bool:
    return field.origin is not None and field.origin.table == PICTURE


def _is_text(kind: Kind) -> bool:
    """Whether values of a kind are texts that are shown as they are kept."""
    return all(getattr(type(kind), each) is getattr(Kind, each) for each in ("show", "edit", "cell"))


def _as_it_is(value: Any) -> Cell:
    return value or None


def _amount(value: Any) -> Cell:
    """An amount as a number, or as text when a spreadsheet would round it."""
    if value is None:
        return None
    return float(value.amount) if value.amount < EXACT else f"{value.amount:f}"


def _currency(value: Any) -> Cell:
    return value.currency if value is not None else None


def _nth(kind: ChannelKind, place: int) -> Callable[[Any], Cell]:
    def cell(value: Any) -> Cell:
        return kind.cell(value[place : place + 1]) if value else None

    return cell


def _remembering(cell: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    """The same cell, made once for each different value."""
    known: dict[Any, Cell] = {}

    def remembered(value: Any) -> Cell:
        if value not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[value] = cell(value)
        return known[value]

    return remembered
