"""Verbs that read files: import, inspect."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, PROBLEMS, Verb, answer, as_json, complain, finished, opened, say, takes_json
from crm_desktop.cli.import_facts import facts, row_as_object
from crm_desktop.errors import FileProblem
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.importing import Layout, Options, Plan, Report
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.text.sheet import Sheet

FIRST_ROWS = 20
KEYS = {"name+company": "name_company", "id": "record_id"}
"""Words for match keys that are easier to type."""


def _declare_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("an Excel workbook or CSV file"))
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help=_("the sheet to read; else the first that holds rows")
    )
    parser.add_argument(
        "--encoding", default="", metavar="NAME", help=_("how a CSV file is written; else it is found out")
    )
    parser.add_argument("--header-row", type=int, metavar="N", help=_("the row of the header; 0 when there is none"))
    takes_json(parser)


def _declare_import(parser: ArgumentParser) -> None:
    _declare_file(parser)
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE", help=_("JSON: a field for each header, or a list of fields")
    )
    parser.add_argument("--match", metavar="KEYS", help=_("how records are known again: mobile,email,name+company"))
    parser.add_argument("--mode", choices=("create", "update", "both"), help=_("what may be done; else both"))
    parser.add_argument("--overwrite", action="store_true", help=_("the file wins over what is there"))
    parser.add_argument("--options", type=Path, metavar="FILE", help=_("JSON with everything that can be decided"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))
    parser.add_argument("--plan", type=Path, metavar="OUT", help=_("write what is done with each row as JSON"))
    parser.add_argument("--errors", type=Path, metavar="OUT", help=_("write the rows with problems to a workbook"))
    parser.add_argument("--rows", type=int, metavar="N", help=_("with --json: tell at most so many rows of each kind"))
    parser.add_argument("--remember", action="store_true", help=_("use this mapping for the next such file"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))


def bring_in(args: Namespace) -> int:
    """Import a sheet as one step, or tell what that would do."""
    from crm_desktop.exchange import formats
    from crm_desktop.services.importing import apply, prepare, problem_rows, remember

    sheet = formats.read(args.file, args.sheet, args.encoding)
    with opened(args, make=True) as workspace:
        plan = finished(prepare(workspace, sheet, _options(args, workspace, sheet)), tell=args.progress)
        if args.remember:
            remember(workspace, plan.layout, plan.options.columns)
        report: Report | None = None
        if not args.dry_run:
            title = _("Import {file}").format(file=args.file.name)
            report = finished(apply(workspace, plan, title), tell=args.progress)
            plan = report.plan
    if args.plan:
        _write(args.plan, as_json(plan_as_object(plan)))
    if args.errors and plan.counts.problem:
        finished(formats.write(args.errors, [problem_rows(sheet, plan)]))
    _tell(args, plan, report)
    return PROBLEMS if plan.counts.problem else DONE


def _options(args: Namespace, workspace: Workspace, sheet: Sheet) -> Options:
    """What was decided: the options file first, then whatever the command line says."""
    from crm_desktop.services.importing import Options, layout

    options = Options.from_json(_read(args.options)) if args.options else Options()
    given: dict[str, Any] = {}
    if args.header_row is not None:
        given["header_row"] = args.header_row
    if args.match:
        given["match"] = tuple(KEYS.get(each.strip(), each.strip()) for each in args.match.split(","))
    if args.mode:
        given["mode"] = args.mode
    if args.overwrite:
        given["overwrite"] = True
    options = replace(options, **given)
    if args.mapping:
        options = replace(options, columns=_mapped(_read(args.mapping), layout(workspace, sheet, options.header_row)))
    options.check()
    return options


def _mapped(mapping: Any, found: Layout) -> tuple[str | None, ...]:
    """The field of each column, from a list of fields or from fields by header; columns not named are left out."""
    if isinstance(mapping, list):
        return tuple(each or None for each in mapping)
    if not isinstance(mapping, Mapping):
        raise FileProblem(_("The mapping is neither a list of fields nor a field for each header."))
    headers = [each.header for each in found.columns]
    if unknown := [header for header in mapping if header not in headers]:
        message = _("The file has no column “{header}”. It has: {headers}.")
        raise FileProblem(message.format(header=unknown[0], headers=", ".join(filter(None, headers))))
    return tuple(mapping.get(header) or None for header in headers)


def _tell(args: Namespace, plan: Plan, report: Report | None) -> None:
    problems = [each for each in plan.rows if each.problems]
    if args.json:
        answer(
            {
                "dry_run": args.dry_run,
                "counts": plan.counts,
                "set_id": report.set_id if report else None,
                "prepared_again": bool(report and report.prepared_again),
                "notes": plan.notes,
                "problems": [{"row": each.number, "title": each.title, "problems": each.problems} for each in problems],
                "warnings": [{"row": row, "text": text} for row, text in plan.warnings],
                "doubts": plan.doubts,
                "errors_file": str(args.errors) if args.errors and problems else None,
                **(facts(plan, args.rows) if args.rows is not None else {}),
            }
        )
        return
    for note in plan.notes:
        say(note)
    for row in problems:
        for each in row.problems:
            complain(_("Row {row}: {problem}").format(row=row.number, problem=each))
    counts = plan.counts
    say(ngettext("{count} row makes a new record", "{count} rows make new records", counts.create))
    say(ngettext("{count} row changes a record", "{count} rows change records", counts.update))
    say(ngettext("{count} row changes nothing", "{count} rows change nothing", counts.same))
    if counts.left_out:
        say(ngettext("{count} row is left out", "{count} rows are left out", counts.left_out))
    if counts.problem:
        say(ngettext("{count} row has a problem", "{count} rows have problems", counts.problem))
    if report and report.set_id:
        say(_("To take it back: crm-desktop undo {step}").format(step=report.set_id))


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
                "rows": len(sheet.rows),
                "notes": [*sheet.notes, *found.notes],
                "header_row": found.header_row,
                "header_rows": found.header_rows,
                "fingerprint": found.fingerprint,
                "columns": found.columns,
                "first_rows": [{"number": number, "cells": cells} for number, cells in first],
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


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FileProblem(_("{path} cannot be read as JSON. Please check it.").format(path=file)) from error


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
