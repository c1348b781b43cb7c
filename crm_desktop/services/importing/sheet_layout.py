"""How a sheet is laid out: where its header is, and what each column means."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _
from crm_desktop.model.kinds import as_text
from crm_desktop.services.importing import identity
from crm_desktop.services.importing.targets import RECORD, by_code, known, own_labels
from crm_desktop.store import opening
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import header_words
from crm_desktop.text.folding import clean, fold
from crm_desktop.text.sample_values import CEILING
from crm_desktop.text.sheet import Cell, Row, Sheet, column_letters

SEARCHED_ROWS = 20
SAMPLES = 50
SHOWN_SAMPLES = 5
LIKELY, SURE = 0.35, 0.8
"""How much a row must look like a header to be one, and the part of its words that a second line must have."""
OWN, REMEMBERED, HEADER, VALUES = "own", "remembered", "header", "values"
GROUPING_WORDS = ("信息", "资料", "情况", "数据", "information", "info", "data", "details")
SUBJECTS = ("contact", "account", "activity")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and what it seems to hold."""

    place: int
    header: str
    samples: tuple[str, ...] = ()
    target: str | None = None
    certainty: float = 0.0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header of a sheet is and what its columns mean; `header_row` is 0 when there is none."""

    header_row: int
    header_rows: int
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What files of the same making have in common."""
        text = "|".join(fold(each.header) for each in self.columns)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def targets(self) -> tuple[str | None, ...]:
        """The target of each column."""
        return tuple(each.target for each in self.columns)

    @property
    def headers(self) -> tuple[str, ...]:
        """The words above each column."""
        return tuple(each.header for each in self.columns)

    def data(self, sheet: Sheet) -> list[tuple[int, Row]]:
        """The rows below the header, each with its number in the file."""
        last = self._last_header_row(sheet)
        return [(number, row) for number, row in zip(sheet.numbers, sheet.rows, strict=True) if number > last]

    def _last_header_row(self, sheet: Sheet) -> int:
        if not self.header_row:
            return 0
        at = sheet.numbers.index(self.header_row)
        return sheet.numbers[at + self.header_rows - 1]


def layout(workspace: Workspace, sheet: Sheet, header_row: int | None = None) -> Layout:
    """How a sheet is laid out, with the mapping that was used for such a file before, if there was one."""
    found = judge(sheet, header_row)
    with workspace.read() as session:
        kept = opening.recall(session, _memory(found))
    if not isinstance(kept, list) or len(kept) != len(found.columns) or not found.header_row:
        return found
    columns = (
        column if column.origin == OWN else replace(column, target=known(code), certainty=1.0, origin=REMEMBERED)
        for column, code in zip(found.columns, kept, strict=True)
    )
    return replace(found, columns=tuple(columns))


def remember(workspace: Workspace, found: Layout, columns: Sequence[str | None]) -> None:
    """Keep a mapping for the next file with the same header."""
    opening.remember(workspace, _memory(found), list(columns))


def judge(sheet: Sheet, header_row: int | None = None) -> Layout:
    """How a sheet seems to be laid out, by itself. Raises FileProblem when `header_row` is no row of it."""
    width = max((len(row) for row in sheet.rows), default=0)
    lines = _header_lines(sheet, header_row)
    words = _words(sheet, lines, width)
    rows = [row for at, row in enumerate(sheet.rows) if not lines or at > lines[-1]][:SAMPLES]
    samples = [[as_text(row[place]) for row in rows if place < len(row)] for place in range(width)]
    columns = _own(words, samples) if lines else None
    if columns is None:
        columns = _suggested(words, samples)
    notes = () if lines else (_("No header row was found. Please say what each column holds."),)
    return Layout(sheet.numbers[lines[0]] if lines else 0, len(lines) or 1, tuple(columns), notes)


def _memory(found: Layout) -> str:
    return f"import:{found.fingerprint}"


def _header_lines(sheet: Sheet, header_row: int | None) -> list[int]:
    """The places of the one or two rows that make the header."""
    if header_row == 0:
        return []
    if header_row is not None:
        if header_row not in sheet.numbers:
            raise FileProblem(_("Row {row} of “{name}” is blank.").format(row=header_row, name=sheet.name))
        at = sheet.numbers.index(header_row)
    else:
        scores = [_likeness(row) for row in sheet.rows[:SEARCHED_ROWS]]
        best = max(scores, default=0.0)
        if best < LIKELY:
            return []
        at = scores.index(best)
    return _with_second_line(sheet, at, chosen=header_row is not None)


def _with_second_line(sheet: Sheet, at: int, *, chosen: bool) -> list[int]:
    """A header may have two lines: groups above the words (公司信息 above 名称 and 电话), or another language below."""
    below = at + 1 < len(sheet.rows) and sheet.numbers[at + 1] == sheet.numbers[at] + 1
    if below and _is_second_line(sheet.rows[at + 1]):
        return [at, at + 1]
    if not chosen and at and sheet.numbers[at - 1] == sheet.numbers[at] - 1:
        above = sum(cell is not None for cell in sheet.rows[at - 1])
        if 2 <= above < sum(cell is not None for cell in sheet.rows[at]) and _only_words(sheet.rows[at - 1]):
            return [at - 1, at]
    return [at]


def _is_second_line(row: Row) -> bool:
    """Whether a row below the header belongs to it; strict, because a row of data taken for one would be lost."""
    filled = [str(cell) for cell in row if cell is not None]
    if len(filled) < 2 or any(letter.isdecimal() for text in filled for letter in text):
        return False
    known_words = [found for text in filled if (found := header_words.target_of(text)) and found[1] > 0.9]
    return len(known_words) >= SURE * len(filled)


def _only_words(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and len(cell) <= 24) for cell in row)


def _likeness(row: Row) -> float:
    """How much a row looks like a header, from 0 to 1; our own words count in full."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled):
        return 0.0 if len(filled) > 1 else header_words.is_header_row(filled)
    shares = [sum(fold(str(cell)) in own_labels(subject) for cell in filled) / len(filled) for subject in SUBJECTS]
    return max(header_words.is_header_row(filled), *shares)


def _words(sheet: Sheet, lines: Sequence[int], width: int) -> list[tuple[str, ...]]:
    """The words above each column, from top to bottom; a group's word stands above all columns to its right."""
    rows = [[*sheet.rows[at], *[None] * (width - len(sheet.rows[at]))] for at in lines]
    if len(rows) == 2:
        group: Cell = None
        for place in range(width):
            group = rows[0][place] if rows[0][place] is not None else group if rows[1][place] is not None else None
            rows[0][place] = group
    texts = [[clean(as_text(cell)) for cell in row] for row in rows]
    return [tuple(dict.fromkeys(row[place] for row in texts if row[place])) for place in range(width)]


def _own(words: Sequence[tuple[str, ...]], samples: Sequence[Sequence[str]]) -> list[Column] | None:
    """The columns of a sheet that we wrote ourselves, None when it is not one."""
    subject = _subject(words, samples)
    if subject is None:
        return None
    labels = own_labels(subject)
    taken: set[str] = set()
    columns = []
    for place, texts in enumerate(words):
        header = " ".join(texts)
        code = labels.get(fold(header)) or None
        if code in taken:
            code = None
        known_here = fold(header) in labels
        taken.update([code] if code else [])
        column = _column(place, header, samples[place])
        columns.append(replace(column, target=code, certainty=1.0, origin=OWN) if known_here else column)
    return columns


def _subject(words: Sequence[tuple[str, ...]], samples: Sequence[Sequence[str]]) -> str | None:
    """What our own sheet is about: said by its identities, or by its header when every word of it is ours."""
    headers = [fold(" ".join(each)) for each in words]
    for place, header in enumerate(headers):
        if own_labels("contact").get(header) == RECORD:
            return next((subject for each in samples[place] if (subject := identity.subject(each))), None)
    filled = [each for each in headers if each]
    if len(filled) < 3:
        return None
    return next((each for each in SUBJECTS if all(header in own_labels(each) for header in filled)), None)


def _suggested(words: Sequence[tuple[str, ...]], samples: Sequence[Sequence[str]]) -> list[Column]:
    headers = [_telling(each) for each in words]
    taken: set[str] = set()
    columns = []
    for place, (code, likely) in enumerate(header_words.suggest(headers, samples)):
        own = _unmistakable(headers[place]) if likely < 1 else None
        target, certainty = (own, 1.0) if own else (known(code), likely)
        origin = HEADER if certainty > CEILING else VALUES
        if target in taken and not by_code()[target].several:
            target = None
        column = _column(place, " ".join(words[place]), samples[place])
        if target:
            taken.add(target)
            column = replace(column, target=target, certainty=certainty, origin=origin)
        columns.append(column)
    return columns


def _unmistakable(header: str) -> str | None:
    """The target of a label of ours that names one field only, whatever the sheet is about."""
    codes = {code for subject in SUBJECTS if (code := own_labels(subject).get(fold(header)))}
    return codes.pop() if len(codes) == 1 else None


def _telling(texts: Sequence[str]) -> str:
    """The wording of a header of two lines that is understood best: 公司电话 for 电话 below 公司信息."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    group = texts[0].strip()
    for word in GROUPING_WORDS:
        group = group.removesuffix(word).strip() or group
    choices = [f"{group}{texts[1]}", texts[1], " ".join(texts)]
    return max(choices, key=lambda each: (header_words.target_of(each) or ("", 0.0))[1])


def _column(place: int, header: str, values: Sequence[str]) -> Column:
    filled = tuple(dict.fromkeys(each for each in values if each.strip()))[:SHOWN_SAMPLES]
    return Column(place, header or column_letters(place), filled)
