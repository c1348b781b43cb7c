"""Reading rows: each cell by the kind of its field, nothing lost, everything doubtful told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from crm_desktop.i18n import _
from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.kinds import Birthday, Day, Kind, LinkTo, Moment, SizeBand, Url, as_text
from crm_desktop.model.tag import TagsKind
from crm_desktop.services.importing import identity
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.line import Line, Places, Shape
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.several import united
from crm_desktop.services.importing.targets import RECORD, Target, by_code, has_own_values
from crm_desktop.services.importing.vocabulary import LEFT_OUT, UnknownValue, Vocabulary
from crm_desktop.text import bands, dates, names
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.text.folding import clean, fold, is_ideographic
from crm_desktop.text.sheet import Cell, Row

MOST_REMEMBERED = 20_000
USUAL = Options()
PARTS_OF_NAMES = ("contact.family_name", "contact.given_name")

Read: TypeAlias = Callable[[Cell], Reading[Any]]


@dataclass(slots=True)
class ColumnCheck:
    """How the values of a column fit the field it goes to."""

    filled: int = 0
    doubtful: int = 0
    corrected: int = 0
    """How many were understood with a remark only."""
    example: str = ""
    sentence: str = ""
    """The first doubtful value, and what is to be said about it."""
    undecided: int = 0
    """How many different values the field does not know, of which nobody said what they mean."""
    unknown: list[UnknownValue] = field(default_factory=list)
    """These and those that something was said of; the most frequent ones, when there are very many."""

    def note(self, cell: Cell, reading: Reading[Any]) -> None:
        """Count one value."""
        worst = reading.worst
        if worst is None:
            return
        if worst == Severity.INFO:
            self.corrected += 1
            return
        self.doubtful += 1
        if not self.sentence:
            self.example = clean(as_text(cell))[:80]
            self.sentence = next(each.text for each in reading.findings if each.severity == worst)


@dataclass(slots=True)
class _Column:
    """A column that goes to a field, and how its cells are read."""

    place: int
    slot: int
    """Where its value stands among those of a row."""
    entity: str
    name: str
    kind: Kind
    at_once: Callable[[str], Any] | None
    """Gives the value of a text that surely is right, None for all others, which are left to `read`."""
    read: Read
    check: ColumnCheck
    vocabulary: Vocabulary | None
    """What tells the values that the field does not know, where it has values of its own."""


class Reader:
    """Reads the rows of one sheet; a value that comes again and again is understood once.

    `orders` says for places of columns in which order their dates have day and month, where that is known.
    """

    def __init__(
        self,
        columns: Sequence[str | None],
        headers: Sequence[str],
        users: Mapping[int, str],
        orders: Mapping[int, dates.Order] | None = None,
        options: Options = USUAL,
        tags: Sequence[str] = (),
    ) -> None:
        self._by_identity = choices.RECORD_ID in options.match
        self._meanings, self._tags = options.values, tags
        self._headers = headers
        self._people = list(users.values())
        self._users = {fold(name): key for key, name in users.items()}
        self._keeps_employees = "account.employees" not in columns
        targets = by_code()
        chosen = [(place, targets[code]) for place, code in enumerate(columns) if code]
        self.checks = {place: ColumnCheck() for place, _target in chosen}
        self._loose = [(place, target) for place, target in chosen if not target.field]
        self._columns = [
            self._column(place, target, target.field.kind, (orders or {}).get(place))
            for place, target in chosen
            if target.field
        ]
        self.shared: Set[int] = frozenset()
        """The places of the columns that are read for each person of a row."""
        self.places: Places = {}
        self._shape: Shape = {}
        self._width = 0
        for each in self._columns:
            self.places.setdefault((each.entity, each.name), []).append(each.place)
            each.slot = self.room_for(each.entity, each.name)
            if isinstance(each.kind, SizeBand) and self._keeps_employees:
                self.room_for("account", "employees")

    def line(self, number: int, row: Row, who: int = 1) -> Line:
        """One row, or what it says of its second or third person; what all of them share is counted once."""
        values: list[Any] = [None] * self._width
        line = Line(number, self._shape, values, self.places, row, who)
        for column in self._columns:
            cell = row[column.place] if column.place < len(row) else None
            if cell is None:
                continue
            is_counted = who == 1 or column.place not in self.shared
            column.check.filled += is_counted
            # Most cells are texts that are surely right: no other call is made for them.
            value = column.at_once(cell) if column.at_once and isinstance(cell, str) else None
            if value is None and (value := self._understood(line, column, cell, is_counted=is_counted)) is None:
                continue
            before = values[column.slot]
            values[column.slot] = value if before is None else united(column.kind, before, value)
        if self._loose:
            self._put_together(line, row)
        return line

    def room_for(self, entity: str, name: str) -> int:
        """The place of a field among the values of a row."""
        slots = self._shape.setdefault(entity, {})
        if name not in slots:
            slots[name] = self._width
            self._width += 1
        return slots[name]

    def reading(self, code: str, cell: Cell) -> Reading[Any]:
        """What a cell would mean in the field of a target, such as a value that all rows are to have."""
        found = by_code()[code].field
        return self._read_by(found.kind)(cell) if found else Reading(clean(as_text(cell)) or None)

    def settle_checks(self) -> None:
        """Have the checks tell which values are unknown, after all rows were read."""
        for each in self._columns:
            if each.vocabulary:
                each.check.undecided, each.check.unknown = each.vocabulary.told()

    def keep_as_text(self, line: Line, place: int, cell: Cell) -> None:
        """Note a cell that has no place in its field, to be kept as a line of the notes."""
        line.keep(f"{self._headers[place]}: {clean(as_text(cell))}")

    def _column(self, place: int, target: Target, kind: Kind, order: dates.Order | None) -> _Column:
        read = self._read_by(kind)
        if order and isinstance(kind, Day | Birthday | Moment):
            read = _in_order(order, read)
        vocabulary = None
        if has_own_values(target):
            names = self._tags if isinstance(kind, TagsKind) else self._people
            vocabulary = Vocabulary(kind, read, names, self._meanings.get(target.code, {}))
            read = vocabulary.read
        return _Column(
            place,
            slot=0,
            entity=target.entity,
            name=target.name,
            kind=kind,
            at_once=_shortcut(kind),
            read=_remembering(read),
            check=self.checks[place],
            vocabulary=vocabulary,
        )

    def _put_together(self, line: Line, row: Row) -> None:
        """What the columns say that are no field of their own: identities, the parent's name, the parts of a name."""
        names_in_parts: dict[str, str] = {}
        for place, target in self._loose:
            cell = row[place] if place < len(row) else None
            if cell is None:
                continue
            self.checks[place].filled += 1
            text = clean(as_text(cell))
            if target.code == RECORD:
                if self._by_identity:
                    line.ids, line.people_ids = identity.read(text), identity.people(text)
            elif target.code in PARTS_OF_NAMES:
                names_in_parts[target.name] = text
            else:
                line.parent = text
        if names_in_parts and not line.person:
            _put_name_together(line, names_in_parts)

    def _understood(self, line: Line, column: _Column, cell: Cell, *, is_counted: bool) -> Any:
        """The value of a cell; what is doubtful about it is told, and what has no value is kept elsewhere."""
        if column.at_once and not isinstance(cell, str) and (value := column.at_once(as_text(cell))) is not None:
            return value
        reading = column.read(cell)
        if column.vocabulary and is_counted:
            column.vocabulary.count(cell)
        if reading.findings:
            if is_counted:
                column.check.note(cell, reading)
            self._tell(line, column.place, reading.findings)
            if reading.worst == Severity.BLOCK:
                return None
        if reading.value is LEFT_OUT:
            return None
        if reading.value is None:
            if text := clean(as_text(cell)):
                self.keep_as_text(line, column.place, cell)
                kept = _("“{column}”: “{text}” was kept in the notes.")
                line.warn(kept.format(column=self._headers[column.place], text=text[:80]))
        elif isinstance(column.kind, SizeBand) and self._keeps_employees:
            self._note_employees(line, cell)
        return reading.value

    def _note_employees(self, line: Line, cell: Cell) -> None:
        """An exact number in a column of sizes is kept beside its band."""
        found = bands.read_band(clean(as_text(cell))).value
        if found and found[1] is not None:
            line.put("account", "employees", found[1])

    def _tell(self, line: Line, place: int, findings: Sequence[Finding]) -> None:
        for each in findings if len(findings) == 1 else dict.fromkeys(findings):
            sentence = _("“{column}”: {sentence}").format(column=self._headers[place], sentence=each.text)
            (line.refuse if each.severity == Severity.BLOCK else line.warn)(sentence)

    def _read_by(self, kind: Kind) -> Read:
        return self._read_user if isinstance(kind, LinkTo) else kind.read

    def _read_user(self, cell: Cell) -> Reading[Any]:
        """The identity of a user; the name of somebody whom nobody here knows stays a name."""
        text = clean(as_text(cell))
        key = self._users.get(fold(text))
        if text and key is None:
            message = _("Nobody here is called “{name}”.")
            return Reading(text, (Finding(Severity.WARN, message.format(name=text)),))
        return Reading(key)


def _shortcut(kind: Kind) -> Callable[[str], Any] | None:
    """What gives the value of a text that surely is right, if a kind has such a way."""
    if isinstance(kind, AddressKind | ChannelKind | Url):
        return kind.at_once
    return kind.plain_text if type(kind).read is Kind.read else None


def _in_order(order: dates.Order, read: Read) -> Read:
    def reading(cell: Cell) -> Reading[Any]:
        with dates.in_order(order):
            return read(cell)

    return reading


def _remembering(read: Read) -> Read:
    """The same reading, done once for each different cell; 1, 1.0 and True differ."""
    known: dict[object, Reading[Any]] = {}

    def reading(cell: Cell) -> Reading[Any]:
        key = cell if isinstance(cell, str) else (type(cell), cell)
        found = known.get(key)
        if found is None:
            found = read(cell)
            if len(known) < MOST_REMEMBERED:
                known[key] = found
        return found

    return reading


def _put_name_together(line: Line, parts: Mapping[str, str]) -> None:
    family, given = parts.get("family_name", ""), parts.get("given_name", "")
    order: names.Order = "family_first" if is_ideographic(family or given) else "given_first"
    name = names.display(names.PersonName(family, given, order))
    if name:
        line.put("contact", "full_name", name)


def keys_of(given: Mapping[str, Any], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The numbers, addresses and handles of a row by which people are recognised."""
    return [
        (each.kind, f"{each.norm}#{each.ext}" if each.ext else each.norm)
        for name in kinds
        if name in given
        for each in given[name]
        if each.norm
    ]
