"""Excel workbooks for people: texts that are never formulas, real dates, a header that stays and filters.

XlsxWriter writes the frame: styles, widths, the header, the sheet “About”. The rows are poured into its sheets while
the file is packed, so that memory does not grow with them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.excel_rows import LOOKS, TEXT, RowWriter
from crm_desktop.exchange.writing import EVERY, Notes, Written, cleaned, whole_file
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.text.sheet import Cell, Row, Table, cut

MOST_ROWS = 1_048_575
LARGEST_SHEET = 2**31 - 1
"""Bytes of one part of a package that every program can read."""
NARROWEST, WIDEST = 8, 50
SAMPLE = 200
NUMERAL = re.compile(r"[+(]?[0-9][0-9 ()+./;,-]{4,}(?:(?:ext\.|转)[0-9 ]+)?")
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PACKED = 3
"""The level of compression; the usual 6 takes twice the time for a file that is a tenth smaller."""
TYPES = "[Content_Types].xml"
"""The part by which programs know a workbook; they look for it at the beginning."""
PATTERN = re.compile(r'<row r="2".*?</row>')
"""The row of the frame that shows every look, and gives way to the rows of the table."""
STYLE = re.compile(r' s="([0-9]+)"')
DIMENSION = re.compile(r"<dimension [^>]*/>")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table stands on its sheet, judged by its first rows."""

    table: Table
    rows: Iterator[Row]
    widths: tuple[int, ...]
    numerals: frozenset[int]


def write(path: Path, tables: Sequence[Table]) -> Job[Written]:
    """Write each table to a sheet, and behind them one that says where they come from."""
    total, done = sum(len(each.rows) for each in tables), 0
    notes = Notes()
    shapes = [_shape(each) for each in tables]
    frame = _framed(shapes, ())
    with whole_file(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as package:
        package.writestr(TYPES, frame.read(TYPES))
        for place, shape in enumerate(shapes):
            name = sheet_part(place)
            with package.open(name, "w") as sheet:
                before = done
                for poured in _pour(sheet, shape, frame.read(name).decode(), notes):
                    done = before + poured
                    yield Progress(done, total, shape.table.name)
        whole = _framed(shapes, notes.told())
        for name in whole.namelist():
            if name not in package.NameToInfo:
                package.writestr(name, whole.read(name))
    return Written(path, done, notes.told())


def sheet_part(place: int) -> str:
    """The part of a package that holds a sheet, the first at place 0."""
    return f"xl/worksheets/sheet{place + 1}.xml"


def _shape(table: Table) -> Shape:
    if len(table.rows) > MOST_ROWS:
        message = _("“{name}” has more rows than a sheet can hold. Narrow the list, or write a CSV file.")
        raise FileProblem(message.format(name=table.name))
    rows = iter(table.rows)
    first = list(islice(rows, SAMPLE))
    samples = [[row[place] for row in first] for place in range(len(table.header))]
    widths = (
        min(max(_width([title]) + 3, _width(sample) + 1, NARROWEST), WIDEST)
        for title, sample in zip(table.header, samples, strict=True)
    )
    numerals = frozenset(place for place, sample in enumerate(samples) if _are_numerals(sample))
    return Shape(table, chain(first, rows), tuple(widths), numerals)


def _framed(shapes: Sequence[Shape], notes: Sequence[str]) -> zipfile.ZipFile:
    """The workbook without its rows."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        header = book.add_format({"bold": True})
        looks = {name: book.add_format({"num_format": written}) for name, written in LOOKS.items()}
        for shape in shapes:
            _frame_sheet(book, shape, header, looks)
        tables = [each.table for each in shapes]
        if any(each.facts for each in tables):
            _about(book, tables, notes, header)
    return zipfile.ZipFile(made)


def _frame_sheet(book: Any, shape: Shape, header: Any, looks: dict[str, Any]) -> None:
    table = shape.table
    sheet = book.add_worksheet(_sheet_name(table.name, book))
    for place, title in enumerate(table.header):
        options = {"hidden": True} if place in table.hidden else {}
        look = looks[TEXT] if place in shape.numerals else None
        sheet.set_column(place, place, shape.widths[place], look, options)
        sheet.write_string(0, place, cut(cleaned(title).text), header)
    for place, look in enumerate(looks.values()):
        sheet.write_blank(1, place, None, look)
    sheet.freeze_panes(1, 0)
    if table.header:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _pour(sheet: IO[bytes], shape: Shape, frame: str, notes: Notes) -> Iterator[int]:
    """Write the rows of a table into its sheet; gives the number of rows done now and then, and at the end."""
    pattern = PATTERN.search(frame)
    assert pattern is not None
    looks = dict(zip(LOOKS, STYLE.findall(pattern[0]), strict=True))
    written = sheet.write(DIMENSION.sub("", frame[: pattern.start()]).encode())
    rows = RowWriter(shape.table, looks, shape.numerals, notes)
    done, lines = 0, []
    for done, row in enumerate(shape.rows, start=1):
        lines.append(rows.xml(done, row))
        if done % EVERY == 0:
            written += sheet.write("".join(lines).encode())
            lines.clear()
            if written > LARGEST_SHEET:
                message = _("“{name}” is more than a workbook can hold. Narrow the list, or write a CSV file.")
                raise FileProblem(message.format(name=shape.table.name))
            yield done
    sheet.write("".join(lines).encode())
    sheet.write(frame[pattern.end() :].encode())
    yield done


def _about(book: Any, tables: Sequence[Table], notes: Sequence[str], bold: Any) -> None:
    sheet = book.add_worksheet(_sheet_name(_("About"), book))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    lines = [fact for table in tables for fact in ((_("Sheet"), table.name), *table.facts)]
    lines += [(_("Changed"), each) for each in notes]
    for at, (word, text) in enumerate(lines):
        sheet.write_string(at, 0, word, bold)
        sheet.write_string(at, 1, cut(cleaned(text).text))


def _sheet_name(name: str, book: Any) -> str:
    """A name that Excel takes, and no other sheet has."""
    plain = NO_SHEET_NAME.sub(" ", cleaned(name).text).strip("' ")[:28] or "1"
    taken = {each.get_name().casefold() for each in book.worksheets()}
    return next(each for each in (plain, *(f"{plain} {at}" for at in range(2, 99))) if each.casefold() not in taken)


def _are_numerals(sample: Sequence[Cell]) -> bool:
    """Whether a column holds numbers that are texts, such as telephones: what is typed below stays text, too."""
    filled = [cell for cell in sample if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and NUMERAL.fullmatch(cell) for cell in filled)


def _width(cells: Sequence[Cell]) -> int:
    """The width in characters that shows these cells; a hanzi takes the room of two letters."""
    longest = 0
    for cell in cells:
        text = "" if cell is None else cell.isoformat(" ")[:16] if isinstance(cell, datetime) else str(cell)
        line = max(text.split("\n"), key=len)[:WIDEST]
        longest = max(longest, sum(2 if each > "\u2e80" else 1 for each in line))
    return longest
