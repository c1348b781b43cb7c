"""What the rows of a page say while they are read: values by field, packed line by line in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm_desktop.services.importing.line import Form, Line
from crm_desktop.services.importing.packing import all_packed, plain_column
from crm_desktop.text.sheet import Cell


class Said:
    """A line for each row, and what they all say field by field."""

    def __init__(self, form: Form, numbers: Iterable[int], who: Iterable[int]) -> None:
        self.lines = [Line(number, form, each) for number, each in zip(numbers, who, strict=True)]
        self._form = form
        self._blank = [None] * len(self.lines)
        self._values: dict[tuple[str, str], list[Any]] = {}

    def column(self, entity: str, name: str) -> list[Any] | None:
        """The values of a field, None when no row says anything of it."""
        return self._values.get((entity, name))

    def set_column(self, entity: str, name: str, values: list[Any]) -> None:
        """Note what the rows say for a field."""
        self._values[entity, name] = values

    def put(self, at: int, entity: str, name: str, value: Any) -> None:
        """Note what one row says for a field that there is room for."""
        self._values.setdefault((entity, name), list(self._blank))[at] = value

    def filled(self, entity: str, name: str) -> list[Any]:
        """What is said for a field, by the rows that say something."""
        return [each for each in self._values.get((entity, name), ()) if each is not None]

    def seal(self, cells: Sequence[Sequence[Cell]]) -> None:
        """Have each line keep what it says, and its cells, as bytes; `cells` are the columns of the sheet."""
        rows = map(list, zip(*map(plain_column, cells), strict=True))
        parts = [self._part(entity, names) for entity, names in self._form.shape.items()]
        for line, run in zip(self.lines, all_packed(map(list, zip(rows, *parts, strict=True))), strict=True):
            line.seal(run)

    def _part(self, entity: str, names: Iterable[str]) -> Iterable[list[Any]]:
        """What each line says of a kind of record."""
        columns = [plain_column(self._values.get((entity, name), self._blank)) for name in names]
        return map(list, zip(*columns, strict=True))
