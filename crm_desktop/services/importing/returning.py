"""Sheets that were exported from here and come back: only what was changed in them counts.

A cell that still says what was exported is left alone, whatever the record holds now. A cell that was changed is taken
over, an emptied one too, unless the record was changed as well: then the user decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import Amount
from crm_desktop.services.importing import fingerprint, identity
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.data_rows import NumberedRows
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.known import Known, is_known, living, withdrawn
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import PARTS
from crm_desktop.services.importing.plan import Conflict
from crm_desktop.services.importing.targets import CURRENCY, RECORD, code_of
from crm_desktop.text.sheet import Cell, Row

COMPANY = "account.name"
NUMBERED = re.compile(r"[.#][0-9]+$")
LINKED = {"activity.account": COMPANY}
"""Columns of an export that name another record, by the target that they go to here."""


@dataclass(slots=True)
class Returned:
    """What a row of an exported sheet tells: what each cell was then, and which were emptied since."""

    subject: str
    marks: dict[str, list[str]] = field(default_factory=dict)
    """The marks of the exported cells by target."""
    whole: set[str] = field(default_factory=set)
    """The targets of which all columns are still there."""
    cleared: dict[str, list[str]] = field(default_factory=dict)
    """The names of the fields whose cells were emptied, by kind of record."""
    moved: bool = False
    """Whether the contact was put at another company."""
    warnings: list[str] = field(default_factory=list)

    def tells(self, found: Field) -> bool:
        """Whether the field was exported."""
        return found.code in self.marks

    def is_whole(self, found: Field) -> bool:
        """Whether the sheet still has all values of the field."""
        return found.code in self.whole


class Returning:
    """Compares the rows of a sheet with what was exported."""

    def __init__(self, options: Options, headers: Sequence[str]) -> None:
        self.rows: dict[int, Returned] = {}
        self.gone: set[int] = set()
        """The numbers of the rows whose record was deleted here since."""
        self.conflicts: list[Conflict] = []
        self.known = Known()
        self._withdrawn: set[int] = set()
        """The records of imports that were undone since: they are made again."""
        self.book: Book | None = None
        self._options = options
        self._version = next((at for at, each in enumerate(headers) if fingerprint.is_header(each)), None)
        self._record = options.columns.index(RECORD) if RECORD in options.columns else None
        if self._version is None or self._record is None or choices.RECORD_ID not in options.match:
            self._version = None
            return
        self._codes = fingerprint.read_header(headers[self._version])
        targets = _targets()
        self._codes_of: dict[str, list[str]] = {}
        for code in self._codes:
            self._codes_of.setdefault(_target(code, targets), []).append(code)
        self._places: dict[str, list[int]] = {target: [] for target in self._codes_of}
        for at, each in enumerate(options.columns):
            if each and (target := each.removesuffix(CURRENCY)) in self._places:
                self._places[target].append(at)

    def changed_only(self, session: Session, rows: NumberedRows) -> NumberedRows:
        """The rows with nothing but what was changed in the file since the export."""
        if self._version is None:
            return rows
        ids = {number: identity.read(str(self._cell(row, self._record) or "")) for number, row in rows}
        wanted: dict[str, set[int]] = {}
        for each in filter(None, ids.values()):
            subject = next(iter(each))
            wanted.setdefault(subject, set()).add(each[subject])
        self._withdrawn = {key for subject, keys in wanted.items() for key in withdrawn(session, subject, keys)}
        if not any(is_known(session, subject, keys - self._withdrawn) for subject, keys in wanted.items()):
            return rows  # exported from another data file
        there = {subject: set(living(session, subject, keys)) for subject, keys in wanted.items()}
        return [(number, self._without_unchanged(number, row, ids[number], there)) for number, row in rows]

    def _cell(self, row: Row, place: int | None) -> Cell:
        return row[place] if place is not None and place < len(row) else None

    def _without_unchanged(self, number: int, row: Row, ids: Mapping[str, int], living: Mapping[str, set[int]]) -> Row:
        exported = fingerprint.read(self._codes, self._cell(row, self._version))
        subject = next(iter(ids), None)
        if exported is None or subject is None or ids[subject] in self._withdrawn:
            return row
        if ids[subject] not in living[subject]:
            self.gone.add(number)
            return row
        told = Returned(subject)
        cells = list(row) + [None] * (len(self._options.columns) - len(row))
        told.moved = subject == "contact" and self._is_changed(COMPANY, cells, exported) and self._says(COMPANY, cells)
        for target, codes in self._codes_of.items():
            told.marks[target] = [exported.marks[each] for each in codes]
            if not (told.moved and target.startswith("affiliation.")):
                self._keep_changed(told, target, cells)
        self.rows[number] = told
        return tuple(cells)

    def _is_changed(self, target: str, cells: Sequence[Cell], exported: fingerprint.Exported) -> bool:
        marks = [exported.marks[each] for each in self._codes_of.get(target, ())]
        places = self._places.get(target, ())
        return bool(places) and [fingerprint.mark(cells[each]) for each in places] != marks

    def _says(self, target: str, cells: Sequence[Cell]) -> bool:
        """Whether there is a value; a currency alone is none."""
        told = (at for at in self._places[target] if self._options.columns[at] == target)
        return any(cells[each] is not None for each in told)

    def _keep_changed(self, told: Returned, target: str, cells: list[Cell]) -> None:
        """Blank the cells of a target that say what was exported; note when it was emptied."""
        places = self._places[target]
        left = Counter(told.marks[target])
        changed = []
        for place in places:
            mark = fingerprint.mark(cells[place])
            if left[mark]:
                left[mark] -= 1
            else:
                changed.append(place)
        is_whole = len(places) == len(told.marks[target])
        if is_whole:
            told.whole.add(target)
        if changed and is_whole and not self._says(target, cells):
            self._clear(told, target)
        for place in places:
            if not changed or (not is_whole and place not in changed):
                cells[place] = None
        if changed and target == COMPANY and told.subject not in ("account", "contact"):
            told.warnings.append(_("The company of this record cannot be changed by a sheet and was left as it is."))
            for place in places:
                cells[place] = None

    def _clear(self, told: Returned, target: str) -> None:
        if target == COMPANY:
            told.warnings.append(_("The company was emptied in the file; it was left as it is."))
            return
        entity, _dot, name = target.partition(".")
        told.cleared.setdefault(entity, []).append(name)

    def settle(self, line: Line) -> None:
        """Have a line that was read say which records it is about now."""
        told = self.rows.get(line.number)
        if told:
            line.warn(*told.warnings)
            if told.moved:
                line.ids = {each: key for each, key in line.ids.items() if each not in ("account", "affiliation")}

    def takes_file(self, line: Line, draft: Draft, found: Field, mine: Any, theirs: Any) -> bool:
        """Whether a changed cell is taken over: when the record holds what was exported, or the user said so."""
        marks = self.rows[line.number].marks.get(found.code, [])
        now = self._marks(found, mine, len(marks))
        if now == self._marks(found, theirs, len(marks)):
            return False
        if Counter(now) == Counter(marks):
            return True
        key = f"{line.number}:{found.code}"
        decision = self._options.conflicts.get(key, choices.MINE)
        self.conflicts.append(self._conflict(line, draft, found, (mine, theirs), decision))
        return decision == choices.FILE

    def _marks(self, found: Field, value: Any, columns: int) -> list[str]:
        """The marks of the cells that an export would write for a value."""
        assert self.book is not None
        if isinstance(found.kind, Amount) and columns > 1:
            return [fingerprint.mark(value and value.amount), fingerprint.mark(value and value.currency)]
        if columns > 1:
            return [
                fingerprint.mark(found.kind.cell(each or None)) for each in fingerprint.spread(value or (), columns)
            ]
        return [fingerprint.mark(self.book.cell(found, value))]

    def _conflict(self, line: Line, draft: Draft, found: Field, values: tuple[Any, Any], decision: str) -> Conflict:
        assert self.book is not None
        names = {"account": self.known.accounts, "contact": self.known.contacts}.get(draft.entity, {})
        mine, theirs = (self.book.shown(found, each) for each in values)
        title = names.get(draft.key) or line.title
        return Conflict(line.number, found.code, found.label, title, mine, theirs, decision)


def _target(code: str, targets: Mapping[str, str]) -> str:
    """The target of a column by the code that the export gave it: the second of several values has its number."""
    plain = NUMBERED.sub("", code)
    return targets.get(plain, plain).removesuffix(CURRENCY)


def _targets() -> dict[str, str]:
    """The target of each column of an export by its code."""
    found = dict(LINKED)
    for each in PARTS:
        found |= {one.code: code_of(one) for one in fields_of(ENTITIES[each.entity])}
    return found
