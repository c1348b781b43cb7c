"""Whether a cell says what a record holds already."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import YesNo, as_text
from crm_desktop.services.importing.several import additions
from crm_desktop.services.importing.targets import holds_several
from crm_desktop.text.folding import clean


def is_blank(field: Field, value: Any) -> bool:
    """Whether a field says nothing yet: a “no” that nobody chose counts as nothing, too."""
    return value is None or value in ("", ()) or (value is False and isinstance(field.kind, YesNo))


def is_exported(field: Field, cell: Any, value: Any) -> bool:
    """Whether a cell is just what an export writes for a value."""
    if cell is None:
        return False
    written = field.kind.cell(value)
    if isinstance(cell, date) and isinstance(written, date):
        return _moment(cell) == _moment(written)
    return cell == written or as_text(cell) in (field.kind.show(value), field.kind.edit(value))


def is_held(field: Field, held: Any, value: Any, cell: Any) -> bool:
    """Whether a record holds what a cell says, perhaps among more."""
    if held == value:
        return True
    if isinstance(value, tuple) and holds_several(field.kind):
        return not additions(field.kind, held, value)
    return held is not None and (is_exported(field, cell, held) or says(held, value))


def says(old: Any, new: Any) -> bool:
    """Whether a text says another one already."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    there, wanted = (["", *map(clean, each.split("\n")), ""] for each in (old, new))
    return "\n".join(wanted) in "\n".join(there)


def _moment(day: date) -> datetime:
    """A day as the moment it begins: a sheet does not tell midnight from no time at all."""
    return day.replace(tzinfo=None) if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
