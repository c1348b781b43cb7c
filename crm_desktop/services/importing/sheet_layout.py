"""How a sheet is laid out: where its header is, and what each column means."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _
from crm_desktop.model.kinds import Birthday, Day, Moment, as_text
from crm_desktop.services.importing import fingerprint, identity
from crm_desktop.services.importing.data_rows import DataRows
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.targets import RECORD, by_code, has_own_values, known, own_labels, own_target
from crm_desktop.store import opening
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import dates, header_people, header_rows, header_words
from crm_desktop.text.folding import clean, fold
from crm_desktop.text.sample_values import CEILING
from crm_desktop.text.sheet import Cell, Row, Sheet, column_letters

SEARCHED_ROWS = 20
SAMPLES = 50
SHOWN_SAMPLES = 5
LONGEST_SAMPLE = 1000
"""As much of a cell as is looked at; one with a photo may have megabytes."""
MOST_LINES = 3
LIKELY, SURE = 0.35, 0.8
"""How much a row must look like a header to be one, and the part of its words that a second line must have."""
OWN, REMEMBERED, HEADER, VALUES = "own", "remembered", "header", "values"
GROUPING_WORDS = ("信息", "资料", "情况", "数据", "information", "info", "data", "details")
SUBJECTS = ("contact", "account", "activity")
SUMMARY = "activity.summary"


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
    date_order: dates.Order | Literal[""] = ""
    """The order of day and month that the dates of the sheet give away; nothing when none does or when they differ."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was said before of values that their field does not know, by target."""

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

    def data(self, sheet: Sheet) -> DataRows:
        """The rows below the header, each with its number in the file."""
        return DataRows(sheet, self._last_header_row(sheet))

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
    remembered: dict[str, Any] = kept if isinstance(kept, dict) else {"columns": kept}
    targets = remembered["columns"]
    if not isinstance(targets, list) or len(targets) != len(found.columns) or not found.header_row:
        return found
    columns = (
        column if column.origin == OWN else replace(column, target=known(code), certainty=1.0, origin=REMEMBERED)
        for column, code in zip(found.columns, targets, strict=True)
    )
    values = {
        code: words for code, words in remembered.get("values", {}).items() if has_own_values(by_code().get(code))
    }
    return replace(found, columns=tuple(columns), values=values)


def remember(workspace: Workspace, found: Layout, options: Options) -> None:
    """Keep a mapping, and what was said of values, for the next file with the same header."""
    kept = {"columns": list(options.columns), "values": options.values}
    opening.remember(workspace, _memory(found), kept)


def judge(sheet: Sheet, header_row: int | None = None) -> Layout:
    """How a sheet seems to be laid out, by itself. Raises FileProblem when `header_row` is no row of it."""
    width = sheet.width
    lines = _header_lines(sheet, header_row)
    words = _words(sheet, lines, width)
    first_row = lines[-1] + 1 if lines else 0
    rows = sheet.rows[first_row : first_row + SAMPLES]
    samples = [[as_text(row[place])[:LONGEST_SAMPLE] for row in rows if place < len(row)] for place in range(width)]
    columns = _own(words, samples) if lines else None
    if columns is None:
        columns = _suggested(words, samples)
    notes = () if lines else (_("No header row was found. Please say what each column holds."),)
    first = sheet.numbers[lines[0]] if lines else 0
    return Layout(first, len(lines) or 1, tuple(columns), notes, _date_order(columns, rows))


def _date_order(columns: Sequence[Column], rows: Sequence[Row]) -> dates.Order | Literal[""]:
    """What the columns of dates agree on."""
    told = set()
    for column in columns:
        target = by_code()[column.target].field if column.target else None
        if target and isinstance(target.kind, Day | Birthday | Moment):
            told.add(dates.order_of(row[column.place] for row in rows if column.place < len(row)))
    told.discard("")
    return told.pop() if len(told) == 1 else ""


def _memory(found: Layout) -> str:
    return f"import:{found.fingerprint}"


def _header_lines(sheet: Sheet, header_row: int | None) -> list[int]:
    """The places of the rows that make the header, one to three."""
    if header_row == 0:
        return []
    if header_row is not None:
        if header_row not in sheet.numbers:
            raise FileProblem(_("Row {row} of “{name}” is blank.").format(row=header_row, name=sheet.name))
        at = sheet.numbers.index(header_row)
        if _is_next(sheet, at) and _is_above_header(sheet.rows[at], sheet.rows[at + 1]):
            return [at, *_with_more_lines(sheet, at + 1, chosen=True)][:MOST_LINES]
        return _with_more_lines(sheet, at, chosen=True)
    scores = [_likeness(row) for row in sheet.rows[:SEARCHED_ROWS]]
    best = max(scores, default=0.0)
    return [] if best < LIKELY else _with_more_lines(sheet, scores.index(best), chosen=False)


def _is_above_header(row: Row, below: Row) -> bool:
    """Whether a row that was chosen holds the groups above the words, as it is found without a choice."""
    return _is_line_of_groups(row, below) and max(LIKELY, _likeness(row)) <= _likeness(below)


def _with_more_lines(sheet: Sheet, at: int, *, chosen: bool) -> list[int]:
    """A header may have more lines: groups above the words (公司信息 above 名称 and 电话), another language below."""
    lines = [at]
    while len(lines) < MOST_LINES and _is_next(sheet, lines[-1]) and _is_second_line(sheet.rows[lines[-1] + 1]):
        lines.append(lines[-1] + 1)
    if (
        len(lines) < MOST_LINES
        and not chosen
        and at
        and _is_next(sheet, at - 1)
        and _is_line_of_groups(sheet.rows[at - 1], sheet.rows[at])
    ):
        lines.insert(0, at - 1)
    return lines


def _is_next(sheet: Sheet, at: int) -> bool:
    """Whether the row below stands right below it in the file."""
    return at + 1 < len(sheet.rows) and sheet.numbers[at + 1] == sheet.numbers[at] + 1


def _is_line_of_groups(above: Row, row: Row) -> bool:
    filled = len({cell for cell in above if cell is not None})  # a merged group's word stands in all of its cells
    return 2 <= filled < sum(cell is not None for cell in row) and _only_words(above)


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
    for above, below in pairwise(rows):
        group: Cell = None
        for place in range(width):
            group = above[place] if above[place] is not None else group if below[place] is not None else None
            above[place] = group
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
        found = own_target(labels, header)
        code = found or None
        if code in taken and not by_code()[code].several:
            code = None
        known_here = found is not None
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
    filled = [" ".join(each) for each in words if each]
    if len(filled) < 3:
        return None
    return next((each for each in SUBJECTS if _are_own(filled, own_labels(each))), None)


def _are_own(headers: Sequence[str], labels: Mapping[str, str]) -> bool:
    return all(own_target(labels, each) is not None for each in headers)


def _suggested(words: Sequence[tuple[str, ...]], samples: Sequence[Sequence[str]]) -> list[Column]:
    above = Counter(text for each in words for text in each[:-1])
    headers = [_telling(each, [text for text in each[:-1] if above[text] == 1]) for each in words]
    found = header_rows.suggest(headers, samples)
    left_out = header_rows.without_place(headers)
    has_talk = any(code == SUMMARY for code, _likely in found)
    taken: set[str] = set()
    columns = []
    for place, (code, likely) in enumerate(found):
        own = None if place in left_out else _unmistakable(headers[place], has_talk=has_talk)
        target, certainty = (own, 1.0) if own else (known(code), likely)
        origin = HEADER if certainty > CEILING else VALUES
        if (target in taken and not by_code()[target].several) or _is_foreign(target, headers[place], samples[place]):
            target = None
        column = _column(place, " ".join(words[place]), samples[place])
        if target:
            taken.add(target)
            column = replace(column, target=target, certainty=certainty, origin=origin)
        columns.append(column)
    return columns


def _is_foreign(target: str | None, header: str, values: Sequence[str]) -> bool:
    """Whether a column of identities holds those of another program, or is there for the program alone."""
    if fingerprint.is_header(header) and "|" in header:
        return True
    filled = [each for each in values if each.strip()]
    return target == RECORD and bool(filled) and not any(identity.subject(each) for each in filled)


def _unmistakable(header: str, *, has_talk: bool) -> str | None:
    """The target of a label of ours that names one field only and is no word that other programs use."""
    if (header_words.target_of(header) or ("", 0.0))[1] > SURE:
        return None
    codes = {code for subject in SUBJECTS if (code := own_labels(subject).get(fold(header)))}
    code = codes.pop() if len(codes) == 1 else None
    return None if code and code.startswith("activity.") and not has_talk else code


def _telling(texts: Sequence[str], alone: Sequence[str]) -> str:
    """The wording of a header of several lines that is understood best: 公司电话 for 电话 below 公司信息.

    What stands `alone` above one column may name it by itself; what stands above several, such as 其他, names none.
    """
    if len(texts) < 2 or header_words.has_no_place(texts[-1]):
        return texts[-1] if texts else ""
    last = texts[-1]
    groups = [_without_grouping(each) for each in texts[:-1]]
    for group in groups:
        if header_people.of_whom(group)[0] and header_words.target_of(last):
            return f"{group}{last}"
    choices = [*(f"{group}{last}" for group in reversed(groups)), last, *alone, " ".join(texts)]
    return max(choices, key=lambda each: (header_words.target_of(each) or ("", 0.0))[1])


def _without_grouping(group: str) -> str:
    for word in GROUPING_WORDS:
        group = group.removesuffix(word).strip() or group
    return group.strip()


def _column(place: int, header: str, values: Sequence[str]) -> Column:
    filled = tuple(dict.fromkeys(each for each in values if each.strip()))[:SHOWN_SAMPLES]
    return Column(place, header or column_letters(place), filled)
