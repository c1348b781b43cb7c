"""One declaration for each field. Columns, forms, tables, filters, sheets and translations are all made from it.

To the declared fields come those that people added in the open data file (`use_own`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from sqlalchemy import Column, inspect
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from crm_desktop.i18n import _, language, spellings
from crm_desktop.model.kinds import Amount, Kind
from crm_desktop.text.money import Money

F = TypeVar("F", bound="Cached")
OWN = "own"
"""The table of `Origin` for the values of people's own fields."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field's value is found when it is not a column of the entity itself.

    `table` names the related table: `channel`, `address`, `tag`, `affiliation` or `own`; `name` says which of its rows
    or columns: the kind of channel, the column of the affiliation, the field that people added.
    """

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """What the program knows of a field besides its value."""

    entity: str
    name: str
    text: str
    kind: Kind
    required: bool = False
    wanted: bool = False
    group: str = ""
    table: bool = False
    search: bool = False
    origin: Origin | None = None
    read_only: bool = False
    own: int | None = None
    """The key of its `CustomField`, for a field that people added; `text` is its English name then."""
    zh: str = ""
    """Its Chinese name, for a field that people added."""

    @property
    def code(self) -> str:
        """The field's name in mappings, filters and on the command line, such as `contact.mobile`."""
        return f"{self.entity}.{self.name}"

    @property
    def label(self) -> str:
        """The name people see, in their language."""
        if self.own is None:
            return _(self.text)
        return (language() == "zh_CN" and self.zh) or self.text or self.zh

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name in every language: how an imported file may have written it."""
        names = spellings(self.text) if self.own is None else (self.text, self.zh)
        return tuple(dict.fromkeys(each for each in names if each))

    def columns(self) -> tuple[str, ...]:
        """The columns that hold the value."""
        return (self.name, f"{self.name}_currency") if isinstance(self.kind, Amount) else (self.name,)

    def value(self, row: Mapping[str, Any]) -> Any:
        """The field's value in a row of columns."""
        if not isinstance(self.kind, Amount):
            return row[self.name]
        amount = row[self.name]
        return None if amount is None else Money(amount, row[f"{self.name}_currency"] or "CNY")

    def spread(self, value: Any) -> dict[str, Any]:
        """The columns that keep `value`."""
        if not isinstance(self.kind, Amount):
            return {self.name: value}
        return dict(zip(self.columns(), (value.amount, value.currency) if value else (None, None), strict=True))


@dataclass(frozen=True, slots=True)
class Declared:
    """A field whose values are rows of another table, until `fields_of` gives it its name."""

    label: str
    kind: Kind
    origin: Origin
    options: Mapping[str, Any]


def field(label: str, *args: Any, kind: Kind | None = None, **options: Any) -> MappedColumn[Any]:
    """Declare a field that is a column: its label, where it appears, and anything `mapped_column` takes.

    Of our own: `group` (the card it stands on), `table` (in the default list), `search`, `wanted` (its absence lowers
    completeness), `read_only`.
    """
    info: dict[str, Any] = {"label": label} | ({"kind": kind} if kind else {})
    info |= {name: options.pop(name) for name in OPTIONS if name in options}
    return mapped_column(*args, info=info, **options)


def many(label: str, kind: Kind, origin: Origin, **options: Any) -> Declared:
    """Declare a field that may have several values, each a row of a related table, such as telephone numbers."""
    return Declared(label, kind, origin, options)


def of_link(entity: type[DeclarativeBase], name: str, **options: Any) -> Declared:
    """A field of the entity that links this one to another, such as the job title, which belongs to the affiliation."""
    info = entity.__table__.c[name].info
    return Declared(info["label"], info["kind"], Origin(entity.__tablename__, name), options)


OPTIONS = ("group", "table", "search", "wanted", "read_only")
OwnFields = Mapping[str, tuple[Field, ...]]


class Cached(Protocol):
    """A function that remembers what it gave."""

    def cache_clear(self) -> None:
        """Forget it all."""


_own: OwnFields = MappingProxyType({})
_generation = 0
_caches: list[Cached] = []


def use_own(fields: Mapping[str, Sequence[Field]]) -> None:
    """Have people's own fields, by the name of the entity, stand behind the declared ones from now on."""
    global _own, _generation  # noqa: PLW0603 - like the pick lists, they are those of the one data file that is open
    own = MappingProxyType({entity: tuple(found) for entity, found in fields.items() if found})
    if own == _own:
        return
    _own = own
    _generation += 1
    for each in _caches:
        each.cache_clear()


def own_fields() -> OwnFields:
    """People's own fields by the name of the entity."""
    return _own


def generation() -> int:
    """A number that grows whenever people's own fields are no longer what they were."""
    return _generation


def until_fields_change(cached: F) -> F:
    """Have a cache, put on with `functools.cache`, forget all when people's own fields change."""
    _caches.append(cached)
    return cached


def fields_of(entity: type[DeclarativeBase]) -> tuple[Field, ...]:
    """The fields of an entity: the declared ones in the order written, then those that people added, in theirs."""
    return declared_fields(entity) + _own.get(entity.__tablename__, ())


@cache
def declared_fields(entity: type[DeclarativeBase]) -> tuple[Field, ...]:
    """The declared fields of an entity, in the order written; columns without a label are the program's own."""
    columns: Mapping[str, Column[Any]] = {each.key: each for each in inspect(entity).columns}
    found = []
    for name, attribute in vars(entity).items():
        if isinstance(attribute, Declared):
            found.append(
                Field(
                    entity.__tablename__,
                    name,
                    attribute.label,
                    attribute.kind,
                    origin=attribute.origin,
                    **attribute.options,
                )
            )
        elif name in columns and "label" in columns[name].info:
            found.append(_of_column(entity.__tablename__, columns[name]))
    return tuple(found)


def field_named(entity: type[DeclarativeBase], name: str) -> Field:
    """One field of an entity; KeyError when there is none of that name."""
    return {each.name: each for each in fields_of(entity)}[name]


def _of_column(entity: str, column: Column[Any]) -> Field:
    info = column.info
    options = {name: info[name] for name in OPTIONS if name in info}
    return Field(
        entity,
        column.key,
        info["label"],
        info["kind"],
        required=not column.nullable and column.default is None,
        **options,
    )
