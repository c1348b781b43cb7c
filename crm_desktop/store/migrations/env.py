"""What Alembic runs: our connection, our transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger, TypeDecorator

from crm_desktop.model import Base


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the search tables out: FTS5 makes and keeps them itself."""
    return kind != "table" or not (name or "").startswith("search_")


def plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Name the plain SQL type behind ours, so that an old migration never depends on today's model."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return "sa.Integer()" if isinstance(item, BigInteger) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plainly,
    transactional_ddl=True,
    transaction_per_migration=False,
    include_name=ours,
)
context.run_migrations()
