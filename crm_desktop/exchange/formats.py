"""The files that can be read and written: one line for each format, and the verbs that pick the right one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import csv_file, excel, reader_process, write_csv, write_excel
from crm_desktop.exchange.flow import Flow, Reader, at_once
from crm_desktop.exchange.totals import totals
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
    read: Reader
    write: Callable[[Path, Sequence[Table]], Job[Written]]

    @property
    def label(self) -> str:
        """What people call it."""
        return _(self.text)


def _card_names(path: Path) -> list[str]:
    from crm_desktop.exchange import vcard_file  # here and below: a reader of other files starts without it

    return vcard_file.sheet_names(path)


def _cards(path: Path, sheet: str, encoding: str) -> Flow:
    from crm_desktop.exchange import vcard_file

    return at_once(vcard_file.read)(path, sheet, encoding)


def _dump_names(path: Path) -> list[str]:
    from crm_desktop.exchange import json_file

    return json_file.sheet_names(path)


def _dump(path: Path, sheet: str, encoding: str) -> Flow:
    from crm_desktop.exchange import json_file

    return at_once(json_file.read)(path, sheet, encoding)


def _no_tables(path: Path, _tables: Sequence[Table]) -> Job[Written]:
    message = _("“{name}” holds contacts or records, not tables. Choose an Excel workbook (.xlsx) for a table.")
    raise FileProblem(message.format(name=path.name))


FORMATS = (
    Format(".xlsx", N_("Excel workbook"), excel.sheet_names, excel.read, write_excel.write),
    Format(".csv", N_("CSV text"), csv_file.sheet_names, csv_file.read, write_csv.write),
    Format(".tsv", N_("Text with tabs"), csv_file.sheet_names, csv_file.read, write_csv.write),
    Format(".vcf", N_("vCard"), _card_names, _cards, _no_tables),
    Format(".json", N_("JSON"), _dump_names, _dump, _no_tables),
)
ALSO_READ = {".xlsm": ".xlsx", ".xls": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx", ".txt": ".csv"}
"""Further endings of files that are read, but not written."""


def endings() -> tuple[str, ...]:
    """How the names of the files end that can be read."""
    return (*(each.suffix for each in FORMATS), *ALSO_READ)


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a file; raises FileProblem."""
    return reader_process.sheet_names(path)


def read(path: Path, sheet: str = "", encoding: str = "") -> Sheet:
    """The rows of a sheet, the first that holds any when none is named; raises FileProblem."""
    return reader_process.read(path, sheet, encoding)


def read_text(text: str) -> Sheet:
    """The rows of a text, such as cells that were copied in a spreadsheet program; raises FileProblem."""
    sheet = csv_file.read_text(text)
    return replace(sheet, totals=totals(sheet.rows, sheet.numbers))


def write(path: Path, tables: Sequence[Table]) -> Job[Written]:
    """Write tables to a file, as its ending says; a file that was there stays as it was until all is written."""
    known = {each.suffix: each for each in FORMATS}
    if path.suffix.lower() not in known:
        message = _("“{name}” cannot be written: choose a name that ends in {endings}.")
        raise FileProblem(message.format(name=path.name, endings=", ".join(known)))
    return known[path.suffix.lower()].write(path, tables)


def of(path: Path) -> Format:
    """The format of a file, by its ending; what has none of ours is tried as a workbook."""
    suffix = path.suffix.lower()
    known = {each.suffix: each for each in FORMATS}
    return known.get(ALSO_READ.get(suffix, suffix), FORMATS[0])
