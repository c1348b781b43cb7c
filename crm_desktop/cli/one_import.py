"""One file brought in, as the arguments of the command line say."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import finished, largest_file, opened
from crm_desktop.cli.import_facts import facts, shortened
from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.importing import Layout, Options, Plan, Report
    from crm_desktop.services.importing.files_beside import Beside
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.text.sheet import Sheet

KEYS = {"name+company": "name_company", "id": "record_id"}
"""Words for match keys that are easier to type."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was imported, or tried out."""

    plan: Plan
    report: Report | None
    errors: Path | None
    """Where the rows with problems were written."""
    beside: Beside
    """The attached files that came along."""

    def complaints(self) -> Iterator[str]:
        """What was wrong: with files that should come along, then row by row."""
        yield from self.beside.problems
        for row in self.plan.rows:
            for each in row.problems:
                yield _("Row {row}: {problem}").format(row=row.number, problem=each)

    def sentences(self) -> Iterator[str]:
        """What became of the file."""
        yield from self.plan.notes
        counts = self.plan.counts
        yield ngettext("{count} row makes a new record", "{count} rows make new records", counts.create)
        yield ngettext("{count} row changes a record", "{count} rows change records", counts.update)
        yield ngettext("{count} row changes nothing", "{count} rows change nothing", counts.same)
        if counts.left_out:
            yield ngettext("{count} row is left out", "{count} rows are left out", counts.left_out)
        if counts.problem:
            yield ngettext("{count} row has a problem", "{count} rows have problems", counts.problem)
        files = self.beside.attached if self.report else len(self.beside.wanted)
        if files:
            yield ngettext("{count} attached file comes along.", "{count} attached files come along.", files)
        if self.report and self.report.set_id:
            yield _("To take it back: crm-desktop undo {step}").format(step=self.report.set_id)


def bring_in_file(args: Namespace, file: Path) -> Brought:
    """Import one file as the arguments say, or only try it out; raises FileProblem."""
    from crm_desktop.exchange import formats
    from crm_desktop.services.importing import files_beside, prepare, problem_rows, source_of, try_out

    chosen = read_json(args.options) if args.options else {}
    where = {name: str(chosen.pop(name, "")) for name in ("sheet", "encoding")}
    sheet = formats.read(file, args.sheet or where["sheet"], args.encoding or where["encoding"])
    with opened(args, make=True) as workspace:
        options = _options(args, chosen, workspace, sheet)
        plan = finished(prepare(workspace, sheet, options, source_of(file)), tell=args.progress)
        done = Brought(plan, None, None, files_beside.look(file, sheet))
        if args.dry_run:
            finished(try_out(workspace, plan), tell=args.progress)
            if args.remember:
                _remember(workspace, plan)
        else:
            done = _write(args, workspace, file, done)
    if args.errors and done.plan.counts.problem:
        finished(formats.write(args.errors, [problem_rows(sheet, done.plan)]))
        return replace(done, errors=args.errors)
    return done


def write_what_was_tried(args: Namespace, file: Path, tried: Brought) -> Brought:
    """Import a file as it was planned when it was tried out; planned again where the data changed since."""
    with opened(args, make=True) as workspace:
        return _write(args, workspace, file, tried)


def _write(args: Namespace, workspace: Workspace, file: Path, planned: Brought) -> Brought:
    from crm_desktop.services.importing import apply, files_beside

    plan, beside = planned.plan, planned.beside
    if args.remember:
        _remember(workspace, plan)
    title = _("Import {file}").format(file=file.name)
    details = None if args.plan else args.rows or 0
    finished(files_beside.storing(workspace, file, beside, largest_file(args)), tell=args.progress)
    report = finished(apply(workspace, plan, title, details=details, beside=beside), tell=args.progress)
    return replace(planned, plan=report.plan, report=report)


def _remember(workspace: Workspace, plan: Plan) -> None:
    from crm_desktop.services.importing import remember

    remember(workspace, plan.layout, plan.options)


def _options(args: Namespace, chosen: Mapping[str, Any], workspace: Workspace, sheet: Sheet) -> Options:
    """What was decided: the options file first, then whatever the command line says."""
    from crm_desktop.services.importing import Options, layout

    options = Options.from_json(chosen)
    given: dict[str, Any] = {}
    if args.header_row is not None:
        given["header_row"] = args.header_row
    if args.match:
        given["match"] = tuple(KEYS.get(each.strip(), each.strip()) for each in args.match.split(","))
    if args.mode:
        given["mode"] = args.mode
    if args.overwrite:
        given["overwrite"] = True
    if args.date_order:
        given["date_order"] = args.date_order
    if args.set:
        given["constants"] = {**options.constants, **dict(_assigned(each) for each in args.set)}
    options = replace(options, **given)
    if args.mapping:
        options = replace(
            options, columns=_mapped(read_json(args.mapping), layout(workspace, sheet, options.header_row))
        )
    options.check()
    return options


def _assigned(text: str) -> tuple[str, str]:
    """A field and its value for every row, from `field=value`."""
    code, sign, value = text.partition("=")
    if not sign or not code.strip():
        raise FileProblem(
            _("“{text}” is not of the form field=value, such as account.lead_source=展会.").format(text=text)
        )
    return code.strip(), value.strip()


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


def as_object(args: Namespace, done: Brought) -> dict[str, Any]:
    """What became of a file, as JSON has it; with `--rows`, as a window needs it."""
    plan, report = done.plan, done.report
    titles = {each.number: each.title for each in plan.rows}
    problems = [each for each in plan.rows if each.problems]
    told = {
        "dry_run": args.dry_run,
        "counts": plan.counts,
        "set_id": report.set_id if report else None,
        "prepared_again": bool(report and report.prepared_again),
        "notes": plan.notes,
        "problems": [{"row": each.number, "title": each.title, "problems": each.problems} for each in problems],
        "warnings": [{"row": row, "title": titles.get(row, ""), "text": text} for row, text in plan.warnings],
        "doubts": plan.doubts,
        "conflicts": plan.conflicts,
        "dates": plan.dates,
        "new_fields": plan.new_fields,
        "left": plan.left,
        "findings": [
            asdict(each) | {"title": titles.get(each.row, "")} for each in (report.findings if report else ())
        ],
        "errors_file": str(done.errors) if done.errors else None,
        "files": {
            "attached": done.beside.attached if report else len(done.beside.wanted),
            "elsewhere": done.beside.elsewhere,
            "problems": done.beside.problems,
        },
    }
    return told if args.rows is None else shortened(told | facts(plan, args.rows))


def read_json(file: Path) -> Any:
    """What a file of JSON holds; raises FileProblem."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FileProblem(_("{path} cannot be read as JSON. Please check it.").format(path=file)) from error
