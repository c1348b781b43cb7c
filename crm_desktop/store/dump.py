"""The living data as canonical JSON: the same data gives the same bytes, so that two states can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES, Entity
from crm_desktop.model.base import BOOKKEEPING
from crm_desktop.store.workspace import Workspace

_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def write(workspace: Workspace, file: Path) -> None:
    """Write the dump to `file`, whole or not at all; raises FileProblem when that is not possible."""
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines(workspace))
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = _("{path} cannot be written: {reason}. Choose another place.")
        raise FileProblem(message.format(path=file, reason=error.strerror)) from error


def text(workspace: Workspace) -> str:
    """The whole dump as one text."""
    return "".join(lines(workspace))


def lines(workspace: Workspace) -> Iterator[str]:
    """The dump line by line: entities by name, their rows by identity, values as the database keeps them.

    Left out are the bin, the history, what every write counts up, and what is worked out from other columns.
    """
    with workspace.read() as session:
        connection = session.connection()
        mark = "{"
        for name in sorted(ENTITIES):
            yield f"{mark}\n{_dumps(name)}:["
            yield from _rows(connection, ENTITIES[name])
            yield "]"
            mark = ","
        yield "\n}\n"


def columns(entity: type[Entity]) -> list[str]:
    """The columns of an entity that a dump holds, in alphabetical order after the identity."""
    left_out = BOOKKEEPING | {"deleted_at", "id"}
    found = [each.key for each in entity.__table__.columns if not _is_left_out(each) and each.key not in left_out]
    return ["id", *sorted(found)]


def _is_left_out(column: Column[Any]) -> bool:
    """Whether a column says nothing of its own: worked out from others, or bytes whose checksum is in the dump."""
    return bool(column.info.get("kept_up")) or isinstance(column.type, LargeBinary)


def _rows(connection: Connection, entity: type[Entity]) -> Iterator[str]:
    names = columns(entity)
    found = connection.exec_driver_sql(
        f"SELECT {', '.join(names)} FROM {entity.__tablename__} WHERE deleted_at IS NULL ORDER BY id"
    )
    mark = ""
    for row in found:
        values = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield f"{mark}\n{_dumps(values)}"
        mark = ","
