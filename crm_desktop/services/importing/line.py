"""A row of the sheet, read. There is one for each row of a file, so that it takes as little room as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from typing_extensions import override

from crm_desktop.services.importing.packing import lively, lively_at, packed, plain_column, unpacked
from crm_desktop.text.sheet import Cell

Key = tuple[str, str]
"""A way to reach somebody: its kind, and the number, address or handle."""
NO_IDS: Mapping[str, int] = {}
NO_PART: Mapping[str, Any] = {}
NOT_SAID = (None, "", ())
ROW = 0
"""Where the cells stand in a line."""


class Form:
    """What all lines of a sheet have in common."""

    def __init__(self, channels: Sequence[str] = ()) -> None:
        self.channels = channels
        """The fields of contacts by which people are recognised."""
        self.shape: dict[str, dict[str, int]] = {}
        """Where the value of each field stands among those of its kind of record."""
        self.kinds: dict[str, int] = {}
        """Where the values of each kind of record stand in a line, behind the cells of the row."""
        self.places: dict[tuple[str, str], list[int]] = {}
        """Where the columns of each field are."""

    def room_for(self, entity: str, name: str) -> None:
        """See to it that lines can hold a value for a field."""
        names = self.shape.setdefault(entity, {})
        names.setdefault(name, len(names))
        self.kinds.setdefault(entity, len(self.shape))


class Part(Mapping[str, Any]):
    """What a row says of one kind of record: names of fields over values, plain until they are asked for."""

    __slots__ = ("_values", "places")

    def __init__(self, places: Mapping[str, int], values: list[Any]) -> None:
        self.places = places
        self._values = values

    @override
    def __getitem__(self, name: str) -> Any:
        found = lively_at(self._values, self.places[name])
        if found is None:
            raise KeyError(name)
        return found

    @override
    def get(self, name: str, default: Any = None) -> Any:
        place = self.places.get(name)
        found = None if place is None else lively_at(self._values, place)
        return default if found is None else found

    @override
    def __contains__(self, name: object) -> bool:
        return name in self.places and self._values[self.places[name]] is not None  # type: ignore[index] # a name

    @override
    def __iter__(self) -> Iterator[str]:
        return (name for name, value in zip(self.places, self._values, strict=True) if value is not None)

    @override
    def __len__(self) -> int:
        return sum(value is not None for value in self._values)

    def __bool__(self) -> bool:
        return any(value is not None for value in self._values)

    def put(self, name: str, value: Any) -> None:
        """Have a field hold another value."""
        self._values[self.places[name]] = value

    def look(self, name: str) -> Any:
        """What is said for a field, left plain if it is."""
        place = self.places.get(name)
        return None if place is None else self._values[place]

    def blank(self, names: Iterable[str]) -> list[str]:
        """Those of some fields of which nothing is said, or only a blank."""
        places, values = self.places, self._values
        return [name for name in names if name not in places or values[places[name]] in NOT_SAID]

    def with_more(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same and values of other fields, which need not have a place in rows."""
        found, others = Part(self.places, list(self._values)), {}
        for name, value in values.items():
            if name in self.places:
                found.put(name, value)
            else:
                others[name] = value
        return {**found, **others} if others else found

    def differing(self, other: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """The fields, with their values, of which something else does not surely hold the same."""
        if not isinstance(other, Part) or other.places is not self.places:
            return self.items()
        pairs = zip(self.places, self._values, other.plain_values(), strict=True)
        return [(name, self[name]) for name, mine, theirs in pairs if mine is not None and mine != theirs]

    def plain_values(self) -> list[Any]:
        """All values in the order of the names, none of which needs more than plain packing."""
        return plain_column(self._values)


class Line:
    """What a row says, by kind of record and name of field."""

    __slots__ = (
        *("number", "who", "ids", "parent", "people", "people_ids", "problems", "warnings", "unplaced"),
        *("form", "_run", "_told", "_changed"),
    )

    def __init__(self, number: int, form: Form, who: int = 1) -> None:
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
        self.form = form
        self._run = b""
        """The cells of the row and the values of each kind of record, packed; nothing while they are changed."""
        self._told: list[Any] = []
        """The same while it is at hand."""
        self._changed: dict[str, dict[str, Any]] | None = None
        """The parts that say something else than the row."""

    def part(self, entity: str) -> Mapping[str, Any]:
        """All that the row says of one kind of record."""
        if self._changed and entity in self._changed:
            return self._changed[entity]
        at = self.form.kinds.get(entity)
        return Part(self.form.shape[entity], self._at_hand(at)) if at else NO_PART

    def value(self, entity: str, name: str) -> Any:
        """What the row says for a field, None when it says nothing."""
        if self._changed and entity in self._changed:
            return self._changed[entity].get(name)
        place = self.form.shape.get(entity, NO_PART).get(name)
        return None if place is None else lively_at(self._at_hand(self.form.kinds[entity]), place)

    def cell(self, entity: str, name: str) -> Cell:
        """The cell that says what a field holds, None when several do or when it was put together."""
        row = self._at_hand(ROW)
        filled = [row[place] for place in self.form.places.get((entity, name), ()) if place < len(row)]
        filled = lively(each for each in filled if each is not None)
        return filled[0] if len(filled) == 1 else None

    def put(self, entity: str, name: str, value: Any) -> None:
        """Note what the row says for a field."""
        place = self.form.shape.get(entity, NO_PART).get(name)
        if place is not None and not (self._changed and entity in self._changed):
            self._at_hand(self.form.kinds[entity])[place] = value
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

    def seal(self, run: bytes) -> None:
        """Keep what the row says, packed."""
        self._run = run

    def rest(self) -> None:
        """Keep everything packed until it is asked for again."""
        if self._told:
            self._run = self._run or packed(list(map(plain_column, self._told)))
            self._told = []

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
    def keys(self) -> list[Key]:
        """The numbers, addresses and handles by which the person is recognised."""
        part = self.part("contact")
        look = part.look if isinstance(part, Part) else part.get
        return [
            (kind, f"{norm}#{ext}" if ext else norm)
            for name in self.form.channels
            for kind, _raw, norm, ext, *_more in look(name) or ()
            if norm
        ]

    @property
    def title(self) -> str:
        """What people recognise the row by."""
        person, company = self.person, self.company
        return f"{person} · {company}" if person and company else person or company

    def _at_hand(self, at: int) -> list[Any]:
        """The cells of the row, or the values of a kind of record."""
        if not self._told:
            self._told = unpacked(self._run)
        found: list[Any] = self._told[at]
        return found
