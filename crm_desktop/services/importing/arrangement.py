"""Rows as they are read: what several columns say together is put in one cell, who else is named gets a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

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
Step = Callable[[list[Cell]], None]


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
        """The places that all people of a row have in common."""
        return frozenset(range(len(self.columns))).difference(*(own for _who, own, _others in self.people))

    def rows(self, row: Row) -> list[tuple[int, Row]]:
        """The rows that one row of the sheet becomes: one for each person that it names, with which one that is."""
        if not self.steps and not self.people:
            return [(1, row)]
        cells = [*row[: len(self.columns)], *[None] * (len(self.columns) - len(row))]
        for step in self.steps:
            step(cells)
        if not self.people:
            return [(1, tuple(cells))]
        return [
            (who, tuple(None if place in others else cell for place, cell in enumerate(cells)))
            for who, own, others in self.people
            if who == 1 or any(cells[place] is not None for place in own)
        ]


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

        def step(cells: list[Cell]) -> None:
            for place in several:
                cell = cells[place]
                if isinstance(cell, str) and (place in tags or JOINED in cell):
                    values = cell.split(JOINED)
                    if place in tags:
                        values = [word for each in values if fold(word := each.removeprefix("* ")) not in NO_LABELS]
                    cells[place] = "\n".join(values) or None

        self.made.steps.append(step)

    def blanks(self) -> None:
        """Words that mean nothing are taken for what they mean."""
        watched = [(place, BLANKS[code]) for place, code in enumerate(self.columns) if code and code in BLANKS]

        def step(cells: list[Cell]) -> None:
            for place, nothing in watched:
                cell = cells[place]
                if isinstance(cell, str) and len(cell) < 14 and fold(cell) in nothing:
                    cells[place] = None

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

        def step(cells: list[Cell]) -> None:
            texts = ["" if place is None else clean(as_text(cells[place])) for place in found]
            for place in used:
                cells[place] = None
            cells[target] = _day_of_birth(*texts)

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

        def step(cells: list[Cell]) -> None:
            texts = [text for place in (given, middle) if (text := clean(as_text(cells[place])))]
            if len(texts) == 2:
                cells[given] = ("" if is_ideographic(fold(texts[0])) else " ").join(texts)
            elif texts:
                cells[given] = texts[0]
            cells[middle] = None

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

        def step(cells: list[Cell]) -> None:
            word = "" if kind is None else clean(as_text(cells[kind]))
            numbers = phone_sorting.sorted_numbers(as_text(cells[place]), word)
            cells[place] = numbers.phones or None
            cells[mobile] = numbers.mobiles or None
            if fax is not None:
                cells[fax] = (numbers.faxes if has_fax else f"{word}: {numbers.faxes}") if numbers.faxes else None

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

    def step(cells: list[Cell]) -> None:
        said = {part: _joined(cells, places) for part, places in parts.items()}
        if whole is not None:
            said["street"] = ", ".join(each for each in (_joined(cells, [whole]), said["street"]) if each)
        for place in used:
            cells[place] = None
        if target is not None:
            cells[target] = address_parts.address(said) or None
        if region is not None:
            cells[region] = address_parts.region(said) or None

    return step


def _joined(cells: Sequence[Cell], places: Sequence[int]) -> str:
    texts = [clean(as_text(cells[place])).replace("\n", ", ") for place in places if cells[place] is not None]
    return address_parts.side_by_side(texts) if texts else ""


def _labelled(columns: Sequence[tuple[int, str]]) -> Step:
    def step(cells: list[Cell]) -> None:
        for place, header in columns:
            if cells[place] is not None:
                cells[place] = f"{header}: {clean(as_text(cells[place]))}"

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
