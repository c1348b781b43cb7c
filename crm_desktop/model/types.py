"""How values are kept in a column so that every engine gives back what was put in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator
from typing_extensions import override

SCALE = Decimal(100)


class UTCTime(TypeDecorator[datetime]):
    """A moment that comes back as it went in: aware, and in UTC."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Hundredths(TypeDecorator[Decimal]):
    """An amount of money, exact to two places, kept as a whole number of hundredths so that SQL can add it up."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((value * SCALE).to_integral_value())

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / SCALE).quantize(Decimal("0.01"))


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes of a pick list in one column, kept as `|a|b|` so that `LIKE '%|a|%'` finds one of them."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        return "|" + "|".join(value) + "|" if value else None

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return tuple(value.strip("|").split("|")) if value else None


Key = BigInteger().with_variant(Integer(), "sqlite")
"""An identity: SQLite makes a column its row number only when the type is called INTEGER."""
