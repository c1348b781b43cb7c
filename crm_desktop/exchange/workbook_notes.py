"""Sentences on what a sheet of a workbook has besides its values."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.exchange.cells import Remarks
from crm_desktop.exchange.look import Look
from crm_desktop.exchange.merged import Range
from crm_desktop.i18n import _, ngettext
from crm_desktop.text.sheet import column_letters


def notes(look: Look | None, merged: Sequence[Range], remarks: Remarks, *, is_hidden: bool) -> tuple[str, ...]:
    """What to tell about a sheet; what concerns a cell is added to the remarks."""
    told = [_("Excel hides this sheet. It was read all the same.")] if is_hidden else []
    if look is None:
        told.append(_("In this format a cell with an error such as #N/A looks like a blank one and is read as blank."))
    else:
        told += _hidden(look) + _errors(look, remarks)
    return (*told, *_merged(merged))


def _hidden(look: Look) -> list[str]:
    told = []
    if look.hidden_rows:
        told.append(
            ngettext(
                "{count} row is hidden in the workbook. It was read, too.",
                "{count} rows are hidden in the workbook. They were read, too.",
                look.hidden_rows,
            )
        )
    if look.hidden_columns:
        told.append(
            ngettext(
                "{count} column is hidden in the workbook. It was read, too.",
                "{count} columns are hidden in the workbook. They were read, too.",
                look.hidden_columns,
            )
        )
    return told


def _errors(look: Look, remarks: Remarks) -> list[str]:
    for (row, place), text in look.errors.items():
        remarks.add(row, place, _("This cell holds the error {error}. It was read as blank.").format(error=text))
    for row, place in look.no_results:
        remarks.add(
            row, place, _("This formula has no result in the file: it was read as blank. Save the file in Excel once.")
        )
    told = []
    if count := len(look.errors):
        told.append(
            ngettext(
                "{count} cell holds an error of Excel such as #N/A. It was read as blank.",
                "{count} cells hold errors of Excel such as #N/A. They were read as blank.",
                count,
            )
        )
    if count := len(look.no_results):
        told.append(
            ngettext(
                "{count} formula has no result in the file. It was read as blank.",
                "{count} formulas have no result in the file. They were read as blank.",
                count,
            )
        )
    if look.lost:
        told.append(
            ngettext(
                "{count} more cell with an error or without a result was read as blank.",
                "{count} more cells with errors or without a result were read as blank.",
                look.lost,
            )
        )
    return told


def _merged(ranges: Sequence[Range]) -> list[str]:
    if not ranges:
        return []
    (first, left), (last, right) = ranges[0]
    told = ngettext(
        "{count} group of merged cells has its value in its first cell only.",
        "{count} groups of merged cells have their values in their first cells only.",
        len(ranges),
    )
    where = _("See {first} to {last}.")
    return [f"{told} {where.format(first=f'{column_letters(left)}{first}', last=f'{column_letters(right)}{last}')}"]
