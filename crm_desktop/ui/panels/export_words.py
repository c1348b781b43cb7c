"""What the export panel says: the count before anything is written, and what a kind of file holds."""

from __future__ import annotations

from crm_desktop.exchange.out import CARDS, RECORDS, Kind
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.export import EVERYTHING, Counts, Wanted

MOST_NOTES = 3


def summary(wanted: Wanted, kind: Kind, counts: Counts, columns: int) -> str:
    """“38 of 5,218 · filter: “fair” · 12 columns”."""
    if counts.records == counts.total:
        parts = [ngettext("{count} record", "{count} records", counts.records)]
    else:
        parts = [_("{count} of {total}").format(count=f"{counts.records:,}", total=f"{counts.total:,}")]
    if wanted.what != EVERYTHING and (narrowing := wanted.narrowing()):
        parts.append(_("filter: {words}").format(words=narrowing))
    if kind.has_columns and wanted.what != EVERYTHING:
        parts.append(ngettext("{count} column", "{count} columns", columns))
    return " · ".join(parts)


def explanation(wanted: Wanted, kind: Kind) -> str:
    """What the file will hold."""
    if kind.holds == CARDS:
        return _("A card for each contact, with photos, for telephones and address books.")
    if kind.holds == RECORDS:
        return _("All fields as they are kept, for other programs and for the import here.")
    if wanted.what == EVERYTHING:
        return _("Accounts, contacts and activities on a sheet each, with all their fields.")
    return _("The file can be edited and imported again: only what was changed there is taken over.")


def outcome(records: int, rows: int, notes: list[str]) -> str:
    """What was written, and the first things that had to be changed."""
    text = ngettext("Exported {count} record", "Exported {count} records", records)
    if rows != records:
        text = _("{exported} in {rows} rows").format(exported=text, rows=f"{rows:,}")
    told = notes[:MOST_NOTES]
    if len(notes) > MOST_NOTES:
        told.append(ngettext("and {count} more", "and {count} more", len(notes) - MOST_NOTES))
    return "\n".join((text, *told))
