"""The files that can be read and written: one line for each format, and the verbs that pick the right one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import csv_file, excel, write_excel
from crm_desktop.exchange.writing import Written
from crm_desktop.i18n import N_, _
from crm_desktop.jobs import Job
from crm_desktop.text.sheet import Sheet, Table


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file and the functions that know it."""

    suffix: str
    text: str
    names: Callable[[Path], list[str]]
    read: Callable[[Path, str, str], Sheet]
    write: Callable[[Path, Sequence[Table]], Job[Written]]

    @property
    def label(self) -> str:
        """What people call it."""
        return _(self.text)


FORMATS = (
    Format(".xlsx", N_("Excel workbook"), excel.sheet_names, excel.read, write_excel.write),
    Format(".csv", N_("CSV text"), csv_file.sheet_names, csv_file.read, csv_file.write),
    Format(".tsv", N_("Text with tabs"), csv_file.sheet_names, csv_file.read, csv_file.write),
)
ALSO_READ = {".xlsm": ".xlsx", ".txt": ".csv"}
"""Further endings of files that are read, but not written."""


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a file; raises FileProblem."""
    return _reader(path).names(path)


def read(path: Path, sheet: str = "", encoding: str = "") -> Sheet:
    """The rows of a sheet, the first that holds any when none is named; raises FileProblem."""
    return _reader(path).read(path, sheet, encoding)


def write(path: Path, tables: Sequence[Table]) -> Job[Written]:
    """Write tables to a file, as its ending says; a file that was there stays as it was until all is written."""
    known = {each.suffix: each for each in FORMATS}
    if path.suffix.lower() not in known:
        message = _("“{name}” cannot be written: choose a name that ends in {endings}.")
        raise FileProblem(message.format(name=path.name, endings=", ".join(known)))
    return known[path.suffix.lower()].write(path, tables)


def _reader(path: Path) -> Format:
    suffix = path.suffix.lower()
    known = {each.suffix: each for each in FORMATS}
    return known.get(ALSO_READ.get(suffix, suffix), FORMATS[0])
