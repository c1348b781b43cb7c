"""Excel workbooks for people: texts that are never formulas, real dates, a header that stays and filters."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.writing import EVERY, Written, whole_file, without_broken
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.text.sheet import Cell, Row, Table

LONGEST_CELL = 32_767
"""Characters, in UTF-16, that Excel takes in one cell."""
MOST_ROWS = 1_048_575
MOST_DIGITS = 15
FIRST_YEAR = 1900
NARROWEST, WIDEST = 8, 50
SAMPLE = 200
NUMERAL = re.compile(r"[+(]?[0-9][0-9 ()+./;,-]{4,}(?:(?:ext\.|转)[0-9 ]+)?")
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write(path: Path, tables: Sequence[Table]) -> Job[Written]:
    """Write each table to a sheet, and behind them one that says where they come from."""
    total = sum(len(each.rows) for each in tables)
    notes: list[str] = []
    with whole_file(path) as part, _workbook(part) as book:
        looks = {"header": book.add_format({"bold": True}), "text": book.add_format({"num_format": "@"})}
        looks["moment"] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        done = 0
        for table in tables:
            for _row in _fill(book, table, looks, notes):
                done += 1
                if done % EVERY == 0:
                    yield Progress(done, total)
        if any(each.facts for each in tables) or notes:
            _about(book, tables, notes, looks["header"])
        yield Progress(done, total)
    return Written(path, total, tuple(notes))


@contextmanager
def _workbook(part: Path) -> Iterator[Any]:
    """A workbook that is put together when all went well; its rows wait in a folder that vanishes either way."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(str(part), {**OPTIONS, "tmpdir": folder})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.__context__ if isinstance(error.__context__, OSError) else OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _fill(book: Any, table: Table, looks: dict[str, Any], notes: list[str]) -> Iterator[Row]:
    if len(table.rows) > MOST_ROWS:
        message = _("“{name}” has more rows than a sheet can hold. Narrow the list, or write a CSV file.")
        raise FileProblem(message.format(name=table.name))
    sheet = book.add_worksheet(_sheet_name(table.name, book))
    for place, title in enumerate(table.header):
        sample = [row[place] for row in islice(table.rows, SAMPLE)]
        width = min(max(_width([title]) + 3, _width(sample) + 1, NARROWEST), WIDEST)
        options = {"hidden": True} if place in table.hidden else {}
        sheet.set_column(place, place, width, looks["text"] if _are_numerals(sample) else None, options)
        sheet.write_string(0, place, without_broken(title), looks["header"])
    sheet.freeze_panes(1, 0)
    if table.header:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)
    for at, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if sentence := _put(sheet, (at, place), cell, looks):
                notes.append(sentence.format(sheet=table.name, row=at + 1, column=table.header[place]))
        yield row


def _put(sheet: Any, where: tuple[int, int], cell: Cell, looks: dict[str, Any]) -> str:
    """Write a cell as what it is; gives a sentence to be filled in when it could not stay whole."""
    if isinstance(cell, str):
        return _put_text(sheet, where, cell)
    if isinstance(cell, bool):
        sheet.write_boolean(*where, cell)
    elif isinstance(cell, int | float):
        if math.isfinite(cell) and abs(cell) < 10**MOST_DIGITS:
            sheet.write_number(*where, cell)
        else:
            sheet.write_string(*where, str(cell))
    elif isinstance(cell, datetime) and cell.year >= FIRST_YEAR:
        sheet.write_datetime(*where, cell.replace(tzinfo=None), looks["moment"])
    elif cell is not None:
        if cell.year >= FIRST_YEAR:
            sheet.write_datetime(*where, cell)
        else:
            sheet.write_string(*where, cell.isoformat())
    return ""


def _put_text(sheet: Any, where: tuple[int, int], cell: str) -> str:
    text = without_broken(cell)
    short = _cut(text)
    sheet.write_string(*where, short)
    if short != text:
        return _("{sheet}, row {row}, “{column}”: cut to the 32,767 characters that Excel can hold.")
    if text != cell.replace("\r\n", "\n").replace("\r", "\n"):
        return _("{sheet}, row {row}, “{column}”: characters that no file can hold were left out.")
    return ""


def _cut(text: str) -> str:
    """As much of a text as a cell holds; characters outside the basic plane count twice."""
    if len(text) <= LONGEST_CELL // 2:
        return text
    raw = text.encode("utf-16-le")
    return text if len(raw) <= 2 * LONGEST_CELL else raw[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore")


def _about(book: Any, tables: Sequence[Table], notes: Sequence[str], bold: Any) -> None:
    sheet = book.add_worksheet(_sheet_name(_("About"), book))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    lines = [fact for table in tables for fact in ((_("Sheet"), table.name), *table.facts)]
    lines += [(_("Changed"), each) for each in notes]
    for at, (word, text) in enumerate(lines):
        sheet.write_string(at, 0, word, bold)
        sheet.write_string(at, 1, without_broken(text))


def _sheet_name(name: str, book: Any) -> str:
    """A name that Excel takes, and no other sheet has."""
    plain = NO_SHEET_NAME.sub(" ", without_broken(name)).strip("' ")[:28] or "1"
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
