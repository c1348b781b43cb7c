"""The kinds of file that an export can become, for a chooser and for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import N_, _

SHEET, CARDS, RECORDS = "sheet", "cards", "records"
"""What a file holds: tables, cards for address books, or records as we keep them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    code: str
    suffix: str
    text: str
    holds: str = SHEET
    encoding: str = ""
    version: str = ""
    several: bool = False
    """Whether lists of accounts, contacts and activities fit in one file."""

    @property
    def label(self) -> str:
        """What people call it."""
        return _(self.text)

    @property
    def has_columns(self) -> bool:
        """Whether columns can be chosen."""
        return self.holds == SHEET


KINDS = (
    Kind("xlsx", ".xlsx", N_("Excel workbook"), several=True),
    Kind("csv", ".csv", N_("CSV (UTF-8)")),
    Kind("csv-gb18030", ".csv", N_("CSV (GB18030)"), encoding="gb18030"),
    Kind("tsv", ".tsv", N_("Text with tabs")),
    Kind("vcard3", ".vcf", N_("vCard 3.0"), CARDS, version="3.0"),
    Kind("vcard4", ".vcf", N_("vCard 4.0"), CARDS, version="4.0"),
    Kind("json", ".json", N_("JSON"), RECORDS, several=True),
)
CODES = tuple(each.code for each in KINDS)


def kind_of(path: Path, code: str = "") -> Kind:
    """The kind of file with this code, else the first that has the file's ending; raises FileProblem."""
    if code:
        found = [each for each in KINDS if each.code == code]
        if not found:
            message = _("“{name}” is no format of an export. Choose from: {choices}.")
            raise FileProblem(message.format(name=code, choices=", ".join(CODES)))
        return _fitting(path, found[0])
    found = [each for each in KINDS if each.suffix == path.suffix.lower()]
    if not found:
        message = _("“{name}” cannot be written: choose a name that ends in {endings}.")
        endings = ", ".join(dict.fromkeys(each.suffix for each in KINDS))
        raise FileProblem(message.format(name=path.name, endings=endings))
    return found[0]


def _fitting(path: Path, kind: Kind) -> Kind:
    if path.suffix.lower() != kind.suffix:
        message = _("“{name}” cannot be written: choose a name that ends in {endings}.")
        raise FileProblem(message.format(name=path.name, endings=kind.suffix))
    return kind
