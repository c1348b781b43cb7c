"""A row of the sheet, read. There is one for each row of a file, so that it takes as little room as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from typing_extensions import override

from crm_desktop.services.importing.packing import lively, packed, plain, unpacked
from crm_desktop.text.sheet import Cell, Row

Shape = dict[str, dict[str, int]]
"""Where the value of each field stands among those of a row, by kind of record and name of field."""
Places = dict[tuple[str, str], list[int]]
"""Where the columns of each field are."""
NO_IDS: Mapping[str, int] = {}
NO_PART: Mapping[str, Any] = {}


class Part(Mapping[str, Any]):
    """What a row says of one kind of record: names of fields over the values that all parts of the row share."""

    __slots__ = ("_values", "places")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any]) -> None:
        self.places = places
        self._values = values

    @override
    def __getitem__(self, name: str) -> Any:
        found = self._values[self.places[name]]
        if found is None:
            raise KeyError(name)
        return found

    @override
    def get(self, name: str, default: Any = None) -> Any:
        place = self.places.get(name)
        found = None if place is None else self._values[place]
        return default if found is None else found

    @override
    def __contains__(self, name: object) -> bool:
        return name in self.places and self._values[self.places[name]] is not None  # type: ignore[index] # a name

    @override
    def __iter__(self) -> Iterator[str]:
        values = self._values
        return (name for name, place in self.places.items() if values[place] is not None)

    @override
    def __len__(self) -> int:
        return sum(self._values[place] is not None for place in self.places.values())

    def __bool__(self) -> bool:
        return any(self._values[place] is not None for place in self.places.values())

    def in_a_row(self) -> list[Any]:
        """The values alone, in the order of the names, None for those of which nothing is said."""
        values = self._values
        return [values[place] for place in self.places.values()]


class Line:
    """What a row says, by kind of record and name of field."""

    __slots__ = (
        *("number", "who", "ids", "parent", "people", "people_ids", "problems", "warnings", "unplaced"),
        *("shape", "_values", "_run", "_changed", "_places", "_row"),
    )

    def __init__(self, number: int, shape: Shape, values: list[Any], places: Places, row: Row, who: int = 1) -> None:
        self.number = number
        self.who = who
        """Which of the people of the row it is about."""
        self.ids = NO_IDS
        self.parent = ""
        self.people: tuple[str, ...] = ()
        """The names of those who take part in the row's activity."""
        self.people_ids: tuple[int, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.warnings: tuple[str, ...] = ()
        self.unplaced: tuple[str, ...] = ()
        """What has no place in its field, as lines for the notes."""
        self.shape = shape
        self._values: list[Any] | None = values
        self._run = b""
        """The values packed, unless they were changed since."""
        self._changed: dict[str, dict[str, Any]] | None = None
        self._places = places
        self._row = row

    def part(self, entity: str) -> Mapping[str, Any]:
        """All that the row says of one kind of record."""
        if self._changed and entity in self._changed:
            return self._changed[entity]
        places = self.shape.get(entity)
        return Part(places, self._said()) if places else NO_PART

    def fields(self) -> Iterator[tuple[str, Iterable[str]]]:
        """The names of the fields of which the row may say something, by kind of record."""
        yield from self.shape.items()
        yield from (self._changed or NO_PART).items()

    @property
    def is_changed(self) -> bool:
        """Whether the row says something of other fields than all rows do."""
        return self._changed is not None

    def value(self, entity: str, name: str) -> Any:
        """What the row says for a field, None when it says nothing."""
        if self._changed and entity in self._changed:
            return self._changed[entity].get(name)
        place = self.shape.get(entity, NO_PART).get(name)
        return None if place is None else self._said()[place]

    def cell(self, entity: str, name: str) -> Cell:
        """The cell that says what a field holds, None when several do or when it was put together."""
        self._said()
        filled = [self._row[place] for place in self._places.get((entity, name), ()) if place < len(self._row)]
        filled = lively(each for each in filled if each is not None)
        return filled[0] if len(filled) == 1 else None

    def put(self, entity: str, name: str, value: Any) -> None:
        """Note what the row says for a field."""
        place = self.shape.get(entity, NO_PART).get(name)
        if place is not None and not (self._changed and entity in self._changed):
            self._said()[place] = value
            self._run = b""
        else:
            self.set_part(entity, {**self.part(entity), name: value})

    def set_part(self, entity: str, values: dict[str, Any]) -> None:
        """Have the row say something else of one kind of record."""
        self._changed = {**(self._changed or {}), entity: values}

    def take(self, entity: str) -> Mapping[str, Any]:
        """What the row says of one kind of record; it says nothing of it any more."""
        found = self.part(entity)
        self.set_part(entity, {})
        return found

    def rest(self) -> None:
        """Keep the values packed until they are asked for again."""
        if self._values is not None:
            self._run = self._run or packed((plain(self._values), plain(self._row)))
            self._values, self._row = None, ()

    def _said(self) -> list[Any]:
        if self._values is None:
            values, self._row = unpacked(self._run)
            self._values = lively(values)
        return self._values

    def warn(self, *sentences: str) -> None:
        """Note what is doubtful."""
        self.warnings = (*self.warnings, *sentences)

    def refuse(self, *sentences: str) -> None:
        """Note why the row cannot be taken."""
        self.problems = (*self.problems, *sentences)

    def keep(self, text: str) -> None:
        """Note what has no place in its field."""
        self.unplaced = (*self.unplaced, text)

    @property
    def key(self) -> str:
        """What decisions call the line: the number of its row, with the second or third person's behind it."""
        return str(self.number) if self.who == 1 else f"{self.number}:{self.who}"

    @property
    def company(self) -> str:
        """The company's name."""
        return self.value("account", "name") or ""

    @property
    def person(self) -> str:
        """The person's name."""
        return self.value("contact", "full_name") or ""

    @property
    def title(self) -> str:
        """What people recognise the row by."""
        return " · ".join(each for each in (self.person, self.company) if each)
