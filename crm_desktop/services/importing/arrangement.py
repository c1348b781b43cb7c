"""Rows as they are read: what several columns say together is put in one cell, who else is named gets a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, repeat, zip_longest

from crm_desktop.model.kinds import as_text
from crm_desktop.services.importing import address_parts, phone_sorting
from crm_desktop.services.importing.targets import (
    ADDRESS_PARTS,
    ANY_PHONE,
    BIRTH,
    MIDDLE_NAME,
    PEOPLE,
    PHONE_KIND,
    RECORD,
    by_code,
    plain_code,
)
from crm_desktop.text.date_patterns import MONTHS
from crm_desktop.text.folding import clean, fold, is_ideographic
from crm_desktop.text.sheet import Cell, Row

BIRTHDAY, GIVEN, REGION, TAGS = "contact.birthday", "contact.given_name", "account.region", "contact.tags"
BLANKS: Mapping[str, frozenset[str]] = {
    "contact.gender": frozenset({"unspecified", "未指定", "nichtangegeben"}),
    BIRTHDAY: frozenset({"0000", "00000", "000000", "00000000", "0年0月0日"}),
    "contact.email": frozenset({"anonymous", "匿名"}),
}
"""What Outlook and form services write where there is nothing, folded."""
NOTES = ("account.description", "contact.note")
JOINED = " ::: "
"""What Google writes between several values of one column."""
GOOGLES = re.compile(r" - (?:value|name|title)$|^(?:labels|group membership)$", re.IGNORECASE)
NO_LABELS = frozenset({"", "mycontacts", "starred", "starredinandroid"})
"""Groups that every Google contact is in."""
Columns = list[Sequence[Cell]]
Step = Callable[[Columns], None]
"""Changes columns, each of which has a cell for each row, by putting others in their place."""
KNOWN = 2_000
"""So many different addresses are remembered."""


@dataclass(slots=True)
class Page:
    """Rows that are read together: the number of each, which of its people it is about, and all cells by column."""

    numbers: Sequence[int]
    who: Sequence[int]
    columns: Columns

    @property
    def starts(self) -> list[int]:
        """Where each row of the sheet begins: the places of those that are about its first person."""
        return [at for at, who in enumerate(self.who) if who == 1]

    def firsts(self, place: int) -> Sequence[Cell]:
        """A column without the cells that stand there again for a second or third person."""
        return [cell if who == 1 else None for cell, who in zip(self.columns[place], self.who, strict=True)]


@dataclass(slots=True)
class Arrangement:
    """How the rows of one mapping become those that are read: `columns` and `headers` fit the new rows.

    Columns keep their places; some may follow behind the last one.
    """

    columns: tuple[str | None, ...]
    headers: tuple[str, ...]
    steps: list[Step] = field(default_factory=list)
    people: list[tuple[int, frozenset[int], frozenset[int]]] = field(default_factory=list)
    """For each person of a row: which one, the places that say who it is, and those blank in that person's row."""

    @property
    def shared(self) -> frozenset[int]:
        """The places that all people of a row have in common, where it may name several."""
        if not self.people:
            return frozenset()
        return frozenset(range(len(self.columns))).difference(*(own for _who, own, _others in self.people))

    def page(self, numbers: Sequence[int], rows: Sequence[Row]) -> Page:
        """The rows that some rows of the sheet become: one for each person that each of them names."""
        width = len(self.columns)
        blanks = repeat((None,) * len(rows))
        columns: Columns = [*islice(chain(zip_longest(*rows), blanks), width)]
        for step in self.steps:
            step(columns)
        if not self.people:
            return Page(numbers, [1] * len(rows), columns)
        found = [
            (number, who, [None if place in others else cell for place, cell in enumerate(cells)])
            for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
            for who, own, others in self.people
            if who == 1 or any(cells[place] is not None for place in own)
        ]
        all_numbers, all_who, all_cells = zip(*found, strict=True)
        return Page(all_numbers, all_who, list(zip(*all_cells, strict=True)))


def arranged(columns: Sequence[str | None], headers: Sequence[str]) -> Arrangement:
    """How rows are read under a mapping; codes that are no target of ours stay as they are."""
    making = _Making(list(columns), [*headers, *[""] * (len(columns) - len(headers))])
    making.google()
    making.blanks()
    making.addresses("account")
    making.addresses("contact")
    making.birthday()
    making.middle_name()
    making.phones()
    making.notes()
    made = making.made
    made.people = making.people()
    made.columns = tuple(plain_code(each) if each else None for each in making.columns)
    made.headers = tuple(making.headers)
    return made


class _Making:
    """The columns of a mapping while what belongs together is found."""

    def __init__(self, columns: list[str | None], headers: list[str]) -> None:
        self.columns = columns
        self.headers = headers
        self.made = Arrangement((), ())

    def places(self, *codes: str) -> list[int]:
        """The places of the columns that go to some targets."""
        return [place for place, code in enumerate(self.columns) if code in codes]

    def place(self, code: str) -> int | None:
        """The place of the first column that goes to a target."""
        return next(iter(self.places(code)), None)

    def more(self, code: str, header: str) -> int:
        """The place of a column that follows behind the others."""
        self.columns.append(code)
        self.headers.append(header)
        return len(self.columns) - 1

    def google(self) -> None:
        """Values that Google joined are put under one another; its own groups are no tags."""
        if not any(GOOGLES.search(header) for header in self.headers):
            return
        several = [place for place, code in enumerate(self.columns) if code and _is_several(code)]
        tags = frozenset(self.places(TAGS))

        def parted(cell: Cell, *, is_tag: bool) -> Cell:
            if not isinstance(cell, str) or not (is_tag or JOINED in cell):
                return cell
            values = cell.split(JOINED)
            if is_tag:
                values = [word for each in values if fold(word := each.removeprefix("* ")) not in NO_LABELS]
            return "\n".join(values) or None

        def step(columns: Columns) -> None:
            for place in several:
                columns[place] = [parted(cell, is_tag=place in tags) for cell in columns[place]]

        self.made.steps.append(step)

    def blanks(self) -> None:
        """Words that mean nothing are taken for what they mean."""
        watched = [(place, BLANKS[code]) for place, code in enumerate(self.columns) if code and code in BLANKS]

        def step(columns: Columns) -> None:
            for place, nothing in watched:
                columns[place] = [
                    None if isinstance(cell, str) and len(cell) < 14 and fold(cell) in nothing else cell
                    for cell in columns[place]
                ]

        if watched:
            self.made.steps.append(step)

    def addresses(self, owner: str) -> None:
        """The parts of an address become one text; the region of a company is known from them, too."""
        parts = {part: self.places(f"{owner}.{part}") for part in ADDRESS_PARTS}
        used = [place for places in parts.values() for place in places]
        if not used:
            return
        whole = self.place(f"{owner}.address")
        regional = sorted(place for part in address_parts.REGIONAL for place in parts[part])
        target = whole if whole is not None else next(iter((*parts["street"], *parts["postcode"])), None)
        if target is None and owner == "contact":
            target = regional[0]
        region = None
        if owner == "account" and regional and self.place(REGION) is None:
            free = [place for place in regional if place != target]
            region = free[0] if free else None
        for place in used:
            self.columns[place] = None
        if target is not None:
            self.columns[target] = f"{owner}.address"
        if region is not None:
            self.columns[region] = REGION
        self.made.steps.append(_address_step(parts, whole, target, region))

    def birthday(self) -> None:
        """Year, month and day of birth become one birthday."""
        found = [self.place(code) for code in BIRTH]
        used = [place for place in found if place is not None]
        for place in self.places(*BIRTH):
            self.columns[place] = None
        if not used or self.place(BIRTHDAY) is not None:
            return
        target = used[0]
        self.columns[target] = BIRTHDAY

        def step(columns: Columns) -> None:
            blank: Sequence[Cell] = (None,) * len(columns[target])
            parts = [blank if place is None else columns[place] for place in found]
            for place in used:
                columns[place] = blank
            columns[target] = [
                _day_of_birth(*(clean(as_text(cell)) for cell in cells)) for cells in zip(*parts, strict=True)
            ]

        self.made.steps.append(step)

    def middle_name(self) -> None:
        """A middle name follows the given name."""
        middle, given = self.place(MIDDLE_NAME), self.place(GIVEN)
        if middle is None:
            return
        for place in self.places(MIDDLE_NAME):
            self.columns[place] = None
        if given is None:
            self.columns[middle] = GIVEN
            return

        def step(columns: Columns) -> None:
            columns[given] = list(map(_given_names, columns[given], columns[middle]))
            columns[middle] = (None,) * len(columns[middle])

        self.made.steps.append(step)

    def phones(self) -> None:
        """Numbers of any kind are sorted: by the kind at their left, or by themselves."""
        for person in ("contact", *PEOPLE):
            for place in self.places(f"{person}.{ANY_PHONE.partition('.')[2]}"):
                self._sort_phones(person, place)
        for place in self.places(PHONE_KIND):
            self.columns[place] = None

    def _sort_phones(self, person: str, place: int) -> None:
        kind = place - 1 if place and self.columns[place - 1] == PHONE_KIND else None
        self.columns[place] = f"{person}.phone"
        mobile = self.more(f"{person}.mobile", self.headers[place])
        has_fax = person == "contact" and self.place("account.name") is not None
        fax = (
            self.more("account.fax" if has_fax else f"{person}.note", self.headers[place]) if kind is not None else None
        )

        def step(columns: Columns) -> None:
            words = [""] * len(columns[place]) if kind is None else [clean(as_text(cell)) for cell in columns[kind]]
            sort = phone_sorting.sorted_numbers
            numbers = [sort(as_text(cell), word) for cell, word in zip(columns[place], words, strict=True)]
            columns[place] = [each.phones or None for each in numbers]
            columns[mobile] = [each.mobiles or None for each in numbers]
            if fax is not None:
                columns[fax] = [
                    (each.faxes if has_fax else f"{word}: {each.faxes}") if each.faxes else None
                    for each, word in zip(numbers, words, strict=True)
                ]

        self.made.steps.append(step)

    def notes(self) -> None:
        """Several columns that go to the same notes are told apart by their headers."""
        for code in NOTES:
            places = self.places(code)
            if len(places) > 1:
                self.made.steps.append(_labelled([(place, self.headers[place]) for place in places]))

    def people(self) -> list[tuple[int, frozenset[int], frozenset[int]]]:
        """Which people a row names, each with its places and with those that the rows of others have instead."""
        entities = [(code or "").partition(".")[0] for code in self.columns]
        if not set(entities) & set(PEOPLE):
            return []
        firsts = {
            place
            for place, (code, entity) in enumerate(zip(self.columns, entities, strict=True))
            if entity in ("contact", "affiliation", "activity") or code == RECORD
        }
        own = [frozenset(firsts)]
        own += [frozenset(place for place, each in enumerate(entities) if each == person) for person in PEOPLE]
        everybody = frozenset[int]().union(*own)
        return [(who, each, everybody - each) for who, each in enumerate(own, start=1) if each or who == 1]


def _is_several(code: str) -> bool:
    target = by_code().get(code)
    return target is not None and target.several


def _address_step(
    parts: Mapping[str, Sequence[int]], whole: int | None, target: int | None, region: int | None
) -> Step:
    used = sorted({place for places in parts.values() for place in places} | ({whole} if whole is not None else set()))

    @lru_cache(maxsize=KNOWN, typed=True)
    def put_together(*cells: Cell) -> tuple[str | None, str | None]:
        """The address and the region that the cells in the used places say."""
        there = dict(zip(used, cells, strict=True))
        said = {part: _joined([there[place] for place in places]) for part, places in parts.items()}
        if whole is not None:
            said["street"] = ", ".join(each for each in (_joined([there[whole]]), said["street"]) if each)
        return address_parts.address(said) or None, address_parts.region(said) or None

    def step(columns: Columns) -> None:
        found = list(map(put_together, *(columns[place] for place in used)))
        for place in used:
            columns[place] = (None,) * len(found)
        if target is not None:
            columns[target] = [address for address, _region in found]
        if region is not None:
            columns[region] = [region for _address, region in found]

    return step


def _joined(cells: Iterable[Cell]) -> str:
    texts = [clean(as_text(cell)).replace("\n", ", ") for cell in cells if cell is not None]
    return address_parts.side_by_side(texts) if texts else ""


def _given_names(given: Cell, middle: Cell) -> Cell:
    texts = [text for cell in (given, middle) if (text := clean(as_text(cell)))]
    if len(texts) == 2:
        return ("" if is_ideographic(fold(texts[0])) else " ").join(texts)
    return texts[0] if texts else given


def _labelled(labelled: Sequence[tuple[int, str]]) -> Step:
    def step(columns: Columns) -> None:
        for place, header in labelled:
            columns[place] = [None if cell is None else f"{header}: {clean(as_text(cell))}" for cell in columns[place]]

    return step


def _day_of_birth(year: str, month: str, day: str) -> str | None:
    """A birthday from its parts; what is no number is left to whoever reads it."""
    if not (year or month or day):
        return None
    if (name := month[:3].lower()) in MONTHS:
        month = str(MONTHS.index(name) + 1)
    parts = [each.rstrip("年月日号. ") for each in (year, month, day)]
    filled = [each for each in parts if each.strip("0")]
    return "-".join(each.zfill(2) for each in filled) or None
