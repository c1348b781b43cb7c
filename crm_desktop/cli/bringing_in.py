"""Verbs that read files: import, inspect."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, PROBLEMS, Verb, answer, as_json, complain, finished, opened, say, takes_json
from crm_desktop.cli.import_facts import row_as_object
from crm_desktop.cli.one_import import as_object, bring_in_file, write_what_was_tried
from crm_desktop.errors import FileProblem
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.importing import Plan

GO = "import"
"""What tells an import that waits to begin."""
FIRST_ROWS = 20
LONGEST_SHOWN = 1000


def _declare_file(parser: ArgumentParser, *, needed: bool = True) -> None:
    words = _("an Excel workbook, CSV file, vCard or export of ours")
    parser.add_argument("file", type=Path, metavar="FILE", nargs=None if needed else "?", help=words)
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help=_("the sheet to read; else the first that holds rows")
    )
    parser.add_argument(
        "--encoding", default="", metavar="NAME", help=_("how a CSV file is written; else it is found out")
    )
    parser.add_argument("--header-row", type=int, metavar="N", help=_("the row of the header; 0 when there is none"))
    takes_json(parser)


def _declare_import(parser: ArgumentParser) -> None:
    _declare_file(parser, needed=False)
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE", help=_("JSON: a field for each header, or a list of fields")
    )
    parser.add_argument("--match", metavar="KEYS", help=_("how records are known again: mobile,email,name+company"))
    parser.add_argument("--mode", choices=("create", "update", "both"), help=_("what may be done; else both"))
    parser.add_argument("--overwrite", action="store_true", help=_("the file wins over what is there"))
    orders = ("ymd", "dmy", "mdy")
    parser.add_argument(
        "--date-order", choices=orders, help=_("how dates such as 03/04/2025 are meant; else found out")
    )
    parser.add_argument("--set", action="append", metavar="FIELD=VALUE", help=_("a value for every row that has none"))
    parser.add_argument("--options", type=Path, metavar="FILE", help=_("JSON with everything that can be decided"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))
    words = _("with --dry-run and --json: keep the plan, and import it when {line} comes on standard input")
    parser.add_argument("--wait", action="store_true", help=words.format(line=f'"{GO}"'))
    parser.add_argument("--watch", type=Path, metavar="DIR", help=_("import every file that comes to this folder"))
    parser.add_argument("--once", action="store_true", help=_("with --watch: import what is there, then end"))
    parser.add_argument("--plan", type=Path, metavar="OUT", help=_("write what is done with each row as JSON"))
    parser.add_argument("--errors", type=Path, metavar="OUT", help=_("write the rows with problems to a workbook"))
    parser.add_argument("--rows", type=int, metavar="N", help=_("with --json: tell at most so many rows of each kind"))
    parser.add_argument("--remember", action="store_true", help=_("use this mapping for the next such file"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))


def bring_in(args: Namespace) -> int:
    """Import a sheet as one step, or tell what that would do; with `--watch`, each file that comes to a folder."""
    if args.watch:
        from crm_desktop.cli.watching import watch

        return watch(args)
    if args.file is None:
        raise FileProblem(_("Name a file to import, or a folder with --watch."))
    if args.wait and not (args.dry_run and args.json):
        raise FileProblem(_("--wait works together with --dry-run and --json. Add both."))
    done = bring_in_file(args, args.file)
    if args.plan:
        _write(args.plan, as_json(plan_as_object(done.plan)))
    if args.json:
        answer(as_object(args, done))
        if args.wait and (told := _told_to_go(args)):
            done = write_what_was_tried(told, args.file, done)
            answer(as_object(told, done))
    else:
        for each in done.complaints():
            complain(each)
        for each in done.sentences():
            say(each)
    return PROBLEMS if done.plan.counts.problem else DONE


def _told_to_go(args: Namespace) -> Namespace | None:
    """Wait for a line; gives the arguments with which the plan is to be carried out, None when it is not."""
    sys.stdout.flush()
    word, *more = sys.stdin.readline().split() or [""]
    if word != GO:
        return None
    return Namespace(**{**vars(args), "dry_run": False, "remember": args.remember or "--remember" in more})


def plan_as_object(plan: Plan) -> dict[str, Any]:
    """The whole plan as JSON has it."""
    return {
        "counts": plan.counts,
        "options": plan.options.to_json(),
        "headers": plan.headers,
        "notes": plan.notes,
        "doubts": plan.doubts,
        "rows": [row_as_object(each) for each in plan.rows],
    }


def _declare_inspect(parser: ArgumentParser) -> None:
    _declare_file(parser)
    parser.add_argument("--fresh", action="store_true", help=_("without the mapping of earlier files"))


def _shown(cell: object) -> object:
    """A cell as a preview needs it: one with a photo may have megabytes."""
    return cell[:LONGEST_SHOWN] if isinstance(cell, str) else cell


def inspect(args: Namespace) -> int:
    """Tell what a file holds and how its columns would be understood; nothing is imported."""
    from crm_desktop.exchange import formats
    from crm_desktop.services.importing.sheet_layout import judge, layout

    names = formats.sheet_names(args.file)
    sheet = formats.read(args.file, args.sheet, args.encoding)
    with opened(args, make=True) as workspace:
        found = judge(sheet, args.header_row) if args.fresh else layout(workspace, sheet, args.header_row)
    if args.json:
        first = zip(sheet.numbers[:FIRST_ROWS], sheet.rows[:FIRST_ROWS], strict=True)
        answer(
            {
                "file": str(args.file),
                "sheets": names,
                "sheet": sheet.name,
                "encoding": sheet.encoding,
                "rows": len(sheet.rows),
                "notes": [*sheet.notes, *found.notes],
                "header_row": found.header_row,
                "header_rows": found.header_rows,
                "date_order": found.date_order,
                "fingerprint": found.fingerprint,
                "columns": found.columns,
                "values": found.values,
                "first_rows": [
                    {"number": number, "cells": [_shown(each) for each in cells]} for number, cells in first
                ],
            }
        )
        return DONE
    say(_("Sheet “{name}”, header in row {row}").format(name=sheet.name, row=found.header_row))
    for each in found.columns:
        say(f"  {each.header or '—'} → {each.target or '—'} ({', '.join(each.samples[:3])})")
    return DONE


def _declare_template(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="OUT", help=_("the workbook or CSV file to write"))
    takes_json(parser)


def template(args: Namespace) -> int:
    """Write a file with the headers that are understood, to be filled in."""
    from crm_desktop.exchange import formats
    from crm_desktop.services.importing.template import template as empty_list

    finished(formats.write(args.file, [empty_list()]))
    if args.json:
        answer({"file": str(args.file)})
    return DONE


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        message = _("{path} cannot be written: {reason}. Choose another place.")
        raise FileProblem(message.format(path=file, reason=error.strerror)) from error


VERBS = {
    "import": Verb(N_("Bring accounts and contacts in from a file, as one step to undo."), _declare_import, bring_in),
    "inspect": Verb(N_("Tell what a file holds, without importing it."), _declare_inspect, inspect),
    "template": Verb(
        N_("Write a list to be filled in, with the headers that are understood."), _declare_template, template
    ),
}
