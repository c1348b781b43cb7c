"""Reading rows: each cell by the kind of its field, nothing lost, everything doubtful told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.kinds import Birthday, Day, Kind, LinkTo, Moment, SizeBand, Url, as_text
from crm_desktop.model.tag import TagsKind
from crm_desktop.services.importing import identity
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.arrangement import Page
from crm_desktop.services.importing.column import UNSURE, ColumnCheck, ColumnReader, Read, Tally, Understood
from crm_desktop.services.importing.line import Form
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import CHANNELS
from crm_desktop.services.importing.said import Said
from crm_desktop.services.importing.several import united
from crm_desktop.services.importing.targets import RECORD, Target, by_code, has_own_values
from crm_desktop.services.importing.vocabulary import Vocabulary
from crm_desktop.text import dates, names
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.text.folding import clean, fold, is_ideographic
from crm_desktop.text.sheet import Cell

USUAL = Options()
PARTS_OF_NAMES = ("contact.family_name", "contact.given_name")


class Reader:
    """Reads the rows of one sheet, page by page.

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
        self._loose = [(place, target) for place, target in chosen if not target.field]
        self.channels = [CHANNELS[each] for each in options.match if each in CHANNELS]
        self.form = Form(self.channels)
        self.shared: Set[int] = frozenset()
        """The places of the columns that are read for each person of a row."""
        self._columns: list[tuple[int, Target, ColumnReader]] = []
        for place, target in chosen:
            if target.field:
                column = self._column(place, target, target.field.kind, (orders or {}).get(place))
                self._columns.append((place, target, column))
                self.form.places.setdefault((target.entity, target.name), []).append(place)
                self.form.room_for(target.entity, target.name)
                if column.keeps_employees:
                    self.form.room_for("account", "employees")
        if any(target.code in PARTS_OF_NAMES for _place, target in self._loose):
            self.form.room_for("contact", "full_name")
        read = {place: column.check for place, _target, column in self._columns}
        self.checks = {place: read.get(place) or ColumnCheck() for place, _target in chosen}

    def page(self, page: Page) -> tuple[Said, dict[int, Tally]]:
        """What the rows of a page say, and what is to be counted of the column at each place."""
        said = Said(self.form, page.numbers, page.who)
        tallies = {}
        for place, target, column in self._columns:
            cells = page.columns[place]
            values = column.values(cells)
            unsure = [at for at, value in enumerate(values) if value is UNSURE]
            tallies[place] = column.tally(page.firsts(place) if place in self.shared else cells, unsure)
            for at in unsure:
                values[at] = self._told(said, at, column.understood(cells[at]))
            # A text that is its own value is one object with it, so that both are packed as one.
            page.columns[place] = [
                value if type(value) is str and value == cell else cell
                for cell, value in zip(cells, values, strict=True)
            ]
            before = said.column(target.entity, target.name)
            if before is not None:
                values = [united(column.kind, *each) for each in zip(before, values, strict=True)]
            said.set_column(target.entity, target.name, values)
        for place, _target in self._loose:
            cells = page.columns[place]
            tallies[place] = Tally(len(cells) - cells.count(None), Counter())
        if self._loose:
            self._put_together(said, page)
        return said, tallies

    def count(self, tallies: Mapping[int, Tally]) -> None:
        """Have the checks of the columns know what was read in a page."""
        for place, _target, column in self._columns:
            column.count(tallies[place])
        for place, _target in self._loose:
            self.checks[place].filled += tallies[place].filled

    def reading(self, code: str, cell: Cell) -> Reading[Any]:
        """What a cell would mean in the field of a target, such as a value that all rows are to have."""
        found = by_code()[code].field
        return self._read_by(found.kind)(cell) if found else Reading(clean(as_text(cell)) or None)

    def settle_checks(self) -> None:
        """Have the checks tell which values are unknown, after all rows were read."""
        for _place, _target, column in self._columns:
            column.settle_check()

    def _column(self, place: int, target: Target, kind: Kind, order: dates.Order | None) -> ColumnReader:
        read = self._read_by(kind)
        if order and isinstance(kind, Day | Birthday | Moment):
            read = _in_order(order, read)
        vocabulary = None
        if has_own_values(target):
            names = self._tags if isinstance(kind, TagsKind) else self._people
            vocabulary = Vocabulary(kind, read, names, self._meanings.get(target.code, {}))
            read = vocabulary.read
        column = ColumnReader(self._headers[place], kind, read, _shortcut(kind), vocabulary)
        column.keeps_employees = isinstance(kind, SizeBand) and self._keeps_employees
        return column

    def _told(self, said: Said, at: int, found: Understood) -> Any:
        """The value of a cell, after its row was told all that is to be said about it."""
        line = said.lines[at]
        if found.problems:
            line.refuse(*found.problems)
        if found.warnings:
            line.warn(*found.warnings)
        if found.unplaced:
            line.keep(found.unplaced)
        if found.employees is not None:
            said.put(at, "account", "employees", found.employees)
        return found.value

    def _put_together(self, said: Said, page: Page) -> None:
        """What the columns say that are no field of their own: identities, the parent's name, the parts of a name."""
        named: dict[int, dict[str, str]] = {}
        for place, target in self._loose:
            for at, cell in enumerate(page.columns[place]):
                if cell is None:
                    continue
                text, line = clean(as_text(cell)), said.lines[at]
                if target.code in PARTS_OF_NAMES:
                    named.setdefault(at, {})[target.name] = text
                elif target.code != RECORD:
                    line.parent = text
                elif self._by_identity:
                    line.ids, line.people_ids = identity.read(text), identity.people(text)
        people = said.column("contact", "full_name")
        for at, parts in named.items():
            if not (people and people[at]) and (name := _name_of(parts)):
                said.put(at, "contact", "full_name", name)

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


def _name_of(parts: Mapping[str, str]) -> str:
    family, given = parts.get("family_name", ""), parts.get("given_name", "")
    order: names.Order = "family_first" if is_ideographic(family or given) else "given_first"
    return names.display(names.PersonName(family, given, order))
