"""Reading rows: each cell by the kind of its field, nothing lost, everything doubtful told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model.kinds import Kind, LinkTo, SizeBand, as_text
from crm_desktop.services.importing import identity
from crm_desktop.services.importing.several import united
from crm_desktop.services.importing.targets import RECORD, Target, by_code
from crm_desktop.text import bands, names
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.text.folding import clean, fold, is_ideographic
from crm_desktop.text.sheet import Cell, Row

MOST_REMEMBERED = 20_000
PARTS_OF_NAMES = ("contact.family_name", "contact.given_name")


@dataclass(slots=True)
class Given:
    """What a row says for one field, and the cell that said it when it was only one."""

    value: Any
    cell: Cell = None


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
class Line:
    """A row of the sheet, read: values by kind of record and name of field."""

    number: int
    parts: dict[str, dict[str, Given]] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    parent: str = ""
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    """What has no place in its field, as lines for the notes."""

    def value(self, entity: str, name: str) -> Any:
        """What the row says for a field, None when it says nothing."""
        given = self.parts.get(entity, {}).get(name)
        return given.value if given else None

    def put(self, entity: str, name: str, given: Given) -> None:
        """Note what the row says for a field."""
        self.parts.setdefault(entity, {})[name] = given

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


class Reader:
    """Reads the rows of one sheet; a value that comes again and again is understood once."""

    def __init__(self, columns: Sequence[str | None], headers: Sequence[str], users: Mapping[int, str]) -> None:
        targets = by_code()
        self._columns = [(place, targets[code]) for place, code in enumerate(columns) if code]
        self.checks = {place: ColumnCheck() for place, _target in self._columns}
        self._headers = headers
        self._users = {fold(name): key for key, name in users.items()}
        self._kinds: dict[str, Callable[[Cell], Reading[Any]]] = {}
        for _place, target in self._columns:
            if target.field:
                self._kinds[target.code] = _remembering(self._read_by(target.field.kind))
        self._has_employees = "account.employees" in columns

    def line(self, number: int, row: Row) -> Line:
        """One row."""
        line = Line(number)
        names_in_parts: dict[str, str] = {}
        for place, target in self._columns:
            cell = row[place] if place < len(row) else None
            if cell is None:
                continue
            self.checks[place].filled += 1
            if target.field:
                self._field(line, place, target, cell)
            elif target.code in PARTS_OF_NAMES:
                names_in_parts[target.name] = clean(as_text(cell))
            elif target.code == RECORD:
                line.ids = identity.read(as_text(cell))
            else:
                line.parent = clean(as_text(cell))
        if names_in_parts and not line.person:
            _put_name_together(line, names_in_parts)
        return line

    def keep_as_text(self, line: Line, place: int, cell: Cell) -> None:
        """Note a cell that has no place in its field, to be kept as a line of the notes."""
        line.unplaced.append(f"{self._headers[place]}: {clean(as_text(cell))}")

    def _field(self, line: Line, place: int, target: Target, cell: Cell) -> None:
        assert target.field is not None
        reading = self._kinds[target.code](cell)
        if reading.findings:
            self.checks[place].note(cell, reading)
            self._tell(line, place, reading.findings)
        if reading.worst == Severity.BLOCK:
            return
        if reading.value is None:
            if clean(as_text(cell)):
                self.keep_as_text(line, place, cell)
                kept = _("“{column}”: “{text}” was kept in the notes.")
                line.warnings.append(kept.format(column=self._headers[place], text=clean(as_text(cell))[:80]))
            return
        before = line.parts.get(target.entity, {}).get(target.name)
        if before is not None:
            line.put(target.entity, target.name, Given(united(target.field.kind, before.value, reading.value)))
        else:
            line.put(target.entity, target.name, Given(reading.value, cell))
        if isinstance(target.field.kind, SizeBand) and not self._has_employees:
            self._note_employees(line, cell)

    def _note_employees(self, line: Line, cell: Cell) -> None:
        """An exact number in a column of sizes is kept beside its band."""
        found = bands.read_band(clean(as_text(cell))).value
        if found and found[1] is not None:
            line.put("account", "employees", Given(found[1]))

    def _tell(self, line: Line, place: int, findings: Sequence[Finding]) -> None:
        for each in dict.fromkeys(findings):
            sentence = _("“{column}”: {sentence}").format(column=self._headers[place], sentence=each.text)
            (line.problems if each.severity == Severity.BLOCK else line.warnings).append(sentence)

    def _read_by(self, kind: Kind) -> Callable[[Cell], Reading[Any]]:
        if isinstance(kind, LinkTo):
            return self._read_user
        return kind.read

    def _read_user(self, cell: Cell) -> Reading[Any]:
        text = clean(as_text(cell))
        key = self._users.get(fold(text))
        if text and key is None:
            message = _("Nobody here is called “{name}”.")
            return Reading(None, (Finding(Severity.WARN, message.format(name=text)),))
        return Reading(key)


def _remembering(read: Callable[[Cell], Reading[Any]]) -> Callable[[Cell], Reading[Any]]:
    """The same reading, done once for each different cell; 1, 1.0 and True differ."""
    known: dict[tuple[type, Cell], Reading[Any]] = {}

    def reading(cell: Cell) -> Reading[Any]:
        key = (type(cell), cell)
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
        line.put("contact", "full_name", Given(name))


def keys_of(given: Mapping[str, Given], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The numbers, addresses and handles of a row by which people are recognised."""
    return [
        (each.kind, f"{each.norm}#{each.ext}" if each.ext else each.norm)
        for name in kinds
        if name in given
        for each in given[name].value
        if each.norm
    ]
