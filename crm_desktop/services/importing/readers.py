"""Reading some rows of a sheet: from cells to packed lines, with all that is to be looked up and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from crm_desktop.model.kinds import as_text, split_words
from crm_desktop.services.importing import currencies
from crm_desktop.services.importing.arrangement import Arrangement
from crm_desktop.services.importing.asked import Asked
from crm_desktop.services.importing.column import Tally
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.own_columns import OwnColumns
from crm_desktop.services.importing.reading import Reader
from crm_desktop.text.sheet import Row


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read of some rows."""

    lines: list[Line]
    starts: list[Line]
    """The first line of each row."""
    tallies: Mapping[int, Tally]
    """What is to be counted, by the place of the column."""
    asked: Asked


@dataclass(frozen=True, slots=True)
class Readers:
    """All that reads rows: the columns put together, the reader of fields, that of new fields, the people.

    A page needs nothing else, and what is read of it is plain or packed.
    """

    arrangement: Arrangement
    reader: Reader
    own: OwnColumns
    parties: Sequence[int]
    amounts: Sequence[tuple[int, int]]

    def page(self, numbers: Sequence[int], rows: Sequence[Row]) -> PageRead:
        """What some rows say, a line for each person that they name; what is wrong with one is wrong with all."""
        if self.amounts:
            rows = [currencies.joined(row, self.amounts) for row in rows]
        page = self.arrangement.page(numbers, rows)
        said, tallies = self.reader.page(page)
        starts = page.starts
        for at, row in zip(starts, rows, strict=True) if self.own.checks or self.parties else ():
            self.own.read(said, at, row)
            cells = [row[place] for place in self.parties if place < len(row)]
            said.lines[at].people = tuple(name for each in cells for name in split_words(as_text(each)))
        asked = Asked()
        asked.add_page(said, self.reader.channels)
        said.seal(page.columns)
        if len(starts) < len(said.lines):
            _share_problems(said.lines)
        return PageRead(said.lines, [said.lines[at] for at in starts], tallies, asked)


def _share_problems(lines: Sequence[Line]) -> None:
    """Have all lines of a row refused for what is wrong with one of them."""
    for _number, found in groupby(lines, lambda line: line.number):
        of_row = list(found)
        if problems := tuple(text for line in of_row for text in line.problems):
            for line in of_row:
                line.problems = problems
