"""Text files with a value between delimiters: CSV and its relatives.

The quote is always a double quote and the delimiter is found by counting: guessing both at once loses rows
(a name such as O'Brien is taken for the opening of a quotation).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.writing import EVERY, Written, whole_file, without_broken
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.text.sheet import Cell, Sheet, Table, sheet_of

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
"""The encodings that people may choose from."""
DELIMITERS = ",;\t|"
LARGEST_FILE = 500 * 2**20
LONGEST_CELL = 10 * 2**20
WIDEST = 200
MOST_ROWS = 200_000
SAMPLE = 50
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
GUARDED = re.compile(r"'+[=+\-@\t\r]")
RISKY = re.compile(r"'*[=+\-@\t\r]")
"""Beginnings that spreadsheet programs take for a formula (OWASP, CSV Injection)."""
_NUMBER = r"[0-9][0-9 ()./-]*(?:(?:ext\.|转) ?[0-9]+)?"
PHONE = re.compile(rf"\+{_NUMBER}(?:; \+?{_NUMBER})*")


def sheet_names(path: Path) -> list[str]:
    """A text file is a single sheet, called like the file."""
    return [path.stem]


def read(path: Path, _sheet: str = "", encoding: str = "") -> Sheet:
    """The rows of a text file; numbers stay text, so that no telephone number loses its zero. Raises FileProblem."""
    text, notes = _decoded(path, encoding)
    separator = SEPARATOR_LINE.match(text)
    body = text[separator.end() :] if separator else text
    if not body.strip():
        raise FileProblem(_("“{name}” is empty. Choose a file with a list in it.").format(name=path.name))
    delimiter = separator[1] if separator else _delimiter(body, path)
    csv.field_size_limit(LONGEST_CELL)
    try:
        lines = [[_without_guard(cell) for cell in line] for line in _limited(_reader(body, delimiter), path)]
    except csv.Error as error:
        message = _("“{name}” cannot be read as a list: one of its cells is far too long. Check its quotation marks.")
        raise FileProblem(message.format(name=path.name)) from error
    return sheet_of(path.stem, lines, first=2 if separator else 1, notes=notes)


def write(path: Path, tables: Sequence[Table]) -> Job[Written]:
    """Write one table as UTF-8 with a mark, which Excel needs to see that it is UTF-8.

    A text that a spreadsheet program would take for a formula gets an apostrophe in front, as OWASP advises; reading
    takes it away again. Telephone numbers with a plus stay as they are: they are no formula that could do harm, and
    people copy them.
    """
    if len(tables) != 1:
        message = _("“{name}” can hold one list only. Choose an Excel workbook (.xlsx) for several.")
        raise FileProblem(message.format(name=path.name))
    [table] = tables
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([_written(each) for each in table.header])
        for done, row in enumerate(table.rows, start=1):
            writer.writerow([_written(cell) for cell in row])
            if done % EVERY == 0:
                yield Progress(done, len(table.rows))
    return Written(path, len(table.rows))


def _decoded(path: Path, encoding: str) -> tuple[str, tuple[str, ...]]:
    raw = _bytes(path)
    if encoding:
        try:
            return raw.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError as error:
            message = _("“{name}” is not written in {encoding}. Choose another encoding.")
            raise FileProblem(message.format(name=path.name, encoding=encoding.upper())) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), ()
    if b"\0" in raw[:4096]:
        raise FileProblem(
            _("“{name}” is not a text file. Choose a CSV file or an Excel workbook.").format(name=path.name)
        )
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _decoded_otherwise(raw, path)


def _decoded_otherwise(raw: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """GB18030 is what Chinese Excel writes; every byte has a meaning in cp1252, so that comes last and is told, too."""
    for encoding in ("gb18030", "big5", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        message = _("The file is not UTF-8; it was read as {encoding}. If names look wrong, choose another encoding.")
        return text, (message.format(encoding=encoding.upper()),)
    message = _("The encoding of “{name}” is not known. Save it as “CSV UTF-8” and try again.")
    raise FileProblem(message.format(name=path.name))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            message = _("“{name}” is too large. Split it into smaller files.")
            raise FileProblem(message.format(name=path.name))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    except OSError as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar='"', doublequote=True)


def _limited(lines: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROWS or len(line) > WIDEST:
            message = _("“{name}” is too large: at most {rows} rows and {columns} columns can be read. Split the file.")
            raise FileProblem(message.format(name=path.name, rows=f"{MOST_ROWS:,}", columns=WIDEST))
        yield line


def _delimiter(text: str, path: Path) -> str:
    """The one that gives the most rows of equal length, and of those the longest rows."""
    csv.field_size_limit(LONGEST_CELL)

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = Counter(len(line) for line in islice(_reader(text, delimiter), SAMPLE) if line)
        except csv.Error as error:
            message = _(
                "“{name}” cannot be read as a list: one of its cells is far too long. Check its quotation marks."
            )
            raise FileProblem(message.format(name=path.name)) from error
        width, rows = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        return (rows / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=evenness)


def _without_guard(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = without_broken(str(cell))
    risky = isinstance(cell, str) and RISKY.match(text) and not PHONE.fullmatch(text)
    return f"'{text}" if risky else text
