"""The verb that writes files for others: export."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from crm_desktop.cli.common import DONE, Verb, answer, complain, finished, opened, say, takes_json
from crm_desktop.i18n import N_, _, ngettext

WHAT = ("accounts", "contacts", "activities", "everything")


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=WHAT, help=_("what to write"))
    parser.add_argument("file", type=Path, metavar="OUT", help=_("the file; its ending says what kind it is"))
    parser.add_argument("--filter", default="", metavar="TEXT", help=_("only records that hold these words"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    takes_json(parser)


def take_out(args: Namespace) -> int:
    """Write records to a file."""
    from crm_desktop.exchange import formats
    from crm_desktop.services.export import tables

    with opened(args) as workspace:
        found = finished(tables(workspace, args.what, text=args.filter), tell=args.progress)
    written = finished(formats.write(args.file, found), tell=args.progress)
    if args.json:
        answer({"file": str(written.path), "rows": written.rows, "notes": written.notes})
        return DONE
    for note in written.notes:
        complain(note)
    counted = ngettext("{count} row", "{count} rows", written.rows)
    say(_("{rows} written to {path}").format(rows=counted, path=written.path))
    return DONE


VERBS = {"export": Verb(N_("Write records to an Excel workbook or a CSV file."), _declare, take_out)}
