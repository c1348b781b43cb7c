"""What every entity has."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crm_desktop.model.ids import new_id
from crm_desktop.model.types import Key, UTCTime

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BOOKKEEPING = frozenset({"updated_at", "updated_by", "version"})
"""Columns that every write bumps: they are neither undone nor part of a dump."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """The root of the model; constraint names are fixed so that migrations can find them again."""

    metadata = MetaData(naming_convention=NAMES)
    if TYPE_CHECKING:
        __table__: ClassVar[Table]


class Entity(Base):
    """A record of its own: with an identity that never changes, a history, and a place in the bin when deleted."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False, default=new_id, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now, sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(UTCTime, default=now, sort_order=91)
    created_by: Mapped[int | None] = mapped_column(Key, sort_order=92)
    updated_by: Mapped[int | None] = mapped_column(Key, sort_order=93)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCTime, sort_order=94)
    version: Mapped[int] = mapped_column(default=1, sort_order=95)
    source: Mapped[str | None] = mapped_column(String(40), sort_order=96)


def link(target: str, *, part_of: bool = False, follows: bool = False, index: bool = True) -> MappedColumn[Any]:
    """A foreign key, checked when a transaction ends so that undo may put rows back in any order.

    `part_of` says that the row belongs to its target, as a phone number belongs to a contact: it goes to the bin and
    comes back with it. `follows` says that the row means nothing without its target and does not keep an undo from
    taking that away: it goes, and comes back, too. `index` is False where another index begins with the column.
    """
    reference = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return mapped_column(Key, reference, index=index, info={"part_of": part_of, "follows": follows})


def default_of(column: ColumnElement[Any]) -> Any:
    """What a column holds when nothing is said: its scalar default, or None."""
    default = getattr(column, "default", None)
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


def kept_up(*args: Any, **options: Any) -> MappedColumn[Any]:
    """A column worked out from others by `store/upkeep.py`: never written by hand, journaled, dumped or undone."""
    return mapped_column(*args, info={"kept_up": True}, **options)
