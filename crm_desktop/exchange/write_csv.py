"""Writing text files with a value between delimiters."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.guard import with_guard
from crm_desktop.exchange.writing import EVERY, Notes, Written, cleaned, whole_file
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.text.sheet import Cell, Table

CODECS = {"": "utf-8-sig", "utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""How each encoding is written: Excel needs a mark to see that a file is UTF-8."""


def write(path: Path, tables: Sequence[Table], encoding: str = "") -> Job[Written]:
    """Write one table; raises FileProblem for several, and for an encoding that is not offered."""
    if len(tables) != 1:
        message = _("“{name}” can hold one list only. Choose an Excel workbook (.xlsx) for several.")
        raise FileProblem(message.format(name=path.name))
    if encoding.lower() not in CODECS:
        message = _("A list cannot be written in “{encoding}”. Choose one of {encodings}.")
        raise FileProblem(message.format(encoding=encoding, encodings=", ".join(filter(None, CODECS))))
    [table] = tables
    notes = Notes()
    total, done = len(table.rows), 0
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    with whole_file(path) as part, part.open("w", encoding=CODECS[encoding.lower()], newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([_written(each) for each in table.header])
        for done, row in enumerate(table.rows, start=1):
            writer.writerow([_noted(table, done, place, cell, notes) for place, cell in enumerate(row)])
            if done % EVERY == 0:
                yield Progress(done, total, table.name)
    return Written(path, done, notes.told())


def _noted(table: Table, number: int, place: int, cell: Cell, notes: Notes) -> str:
    if isinstance(cell, str) and not cell.isprintable() and cleaned(cell).is_changed:
        notes.broken(table, number, place)
    return _written(cell)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return with_guard(cleaned(cell).text)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
