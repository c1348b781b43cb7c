"""The verb that writes files for others: export."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, Verb, answer, complain, finished, opened, say, takes_json
from crm_desktop.errors import FileProblem, Invalid
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.exchange.out import Kind
    from crm_desktop.exchange.writing import Written
    from crm_desktop.jobs import Job
    from crm_desktop.services.export import Wanted
    from crm_desktop.store.workspace import Workspace

WHAT = ("accounts", "contacts", "activities", "everything")
FORMAT = "format"


def _declare(parser: ArgumentParser) -> None:
    choices = ", ".join(WHAT)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what to write: {choices}").format(choices=choices))
    parser.add_argument("file", type=Path, metavar="OUT", help=_("the file; its ending says what kind it is"))
    parser.add_argument("--what", dest="what_else", choices=WHAT, help=_("the same as WHAT"))
    parser.add_argument(
        "--format", metavar="NAME", help=_("the kind of file, such as csv or vcard4; else the ending says it")
    )
    parser.add_argument("--columns", metavar="NAMES", help=_("the columns in their order: full_name,mobile,account"))
    parser.add_argument("--filter", metavar="FILTER", help=_("words to find, or a filter as JSON"))
    parser.add_argument("--saved", metavar="NAME", help=_("a saved list, with its columns and its order"))
    parser.add_argument("--sort", metavar="NAME", help=_("the field to sort by"))
    parser.add_argument("--descending", action="store_true", help=_("sort the other way round"))
    parser.add_argument("--ids", type=Path, metavar="FILE", help=_("only these records: a file with one key a line"))
    parser.add_argument("--options", type=Path, metavar="FILE", help=_("JSON with everything that can be decided"))
    parser.add_argument("--encoding", default="", metavar="NAME", help=_("how a CSV file is written: utf-8 or gb18030"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    takes_json(parser)


def take_out(args: Namespace) -> int:
    """Write records to a file."""
    from crm_desktop.exchange.out import kind_of
    from crm_desktop.services.export import counts

    with opened(args) as workspace:
        wanted, code = _wanted(args, workspace)
        kind = kind_of(args.file, args.format or code)
        found = counts(workspace, wanted)
        written = finished(_job(workspace, wanted, kind, args), tell=args.progress)
    notes = [*_missing(wanted, found.records), *written.notes]
    if args.json:
        told = {"file": str(written.path), "format": kind.code, "records": found.records, "of": found.total}
        answer(told | {"rows": written.rows, "notes": notes})
        return DONE
    for note in notes:
        complain(note)
    counted = ngettext("{count} row", "{count} rows", written.rows)
    say(_("{rows} written to {path}").format(rows=counted, path=written.path))
    return DONE


def _job(workspace: Workspace, wanted: Wanted, kind: Kind, args: Namespace) -> Job[Written]:
    """The work of writing one kind of file."""
    from crm_desktop.exchange import out

    if kind.holds == out.CARDS:
        return _cards(workspace, wanted, args.file, kind.version)
    if kind.holds == out.RECORDS:
        return _records(workspace, wanted, args.file)
    return _sheet(workspace, wanted, args.file, kind, args.encoding or kind.encoding)


def _sheet(workspace: Workspace, wanted: Wanted, file: Path, kind: Kind, encoding: str) -> Job[Written]:
    from crm_desktop.exchange import write_csv, write_excel
    from crm_desktop.services.export import reading

    with reading(workspace, wanted) as tables:
        if kind.suffix == ".xlsx":
            return (yield from write_excel.write(file, tables))
        return (yield from write_csv.write(file, tables, encoding))


def _cards(workspace: Workspace, wanted: Wanted, file: Path, version: str) -> Job[Written]:
    from crm_desktop.exchange import vcard_write
    from crm_desktop.services.export import CONTACTS
    from crm_desktop.services.export_cards import cards

    if wanted.what != CONTACTS:
        raise Invalid({"what": _("A vCard file holds contacts only. Choose contacts, or another format.")})
    wanted.check()
    with workspace.read() as session:
        sheaf = cards(workspace, keys=wanted.keys(session))
    return (yield from vcard_write.write(file, sheaf, sheaf.total, version))


def _records(workspace: Workspace, wanted: Wanted, file: Path) -> Job[Written]:
    from crm_desktop.exchange import json_file
    from crm_desktop.services import export_files
    from crm_desktop.services.export_json import everything

    wanted.check()
    with workspace.read() as session:
        keys = {each.what: each.keys(session) for each in wanted.parts()}
    bundle = everything(workspace, what=wanted.what, keys=keys)
    files = list(bundle.parts.get(export_files.FILES, ()))
    missing = yield from export_files.writing(workspace, files, export_files.folder_beside(file))
    written = yield from json_file.write(file, bundle)
    return replace(written, notes=(*written.notes, *missing))


def _wanted(args: Namespace, workspace: Workspace) -> tuple[Wanted, str]:
    """What was decided, and the format: the options file first, then whatever the command line says."""
    from crm_desktop.services.export import EVERYTHING, Wanted

    kept = _options(args.options) if args.options else {}
    code = str(kept.pop(FORMAT, ""))
    what = args.what_else or " ".join(args.what) or kept.get("what")
    if what not in WHAT:
        raise Invalid({"what": _("Say what to write: {choices}.").format(choices=", ".join(WHAT))})
    wanted = Wanted.from_json({**kept, "what": what})
    if args.saved:
        wanted = _saved(workspace, wanted, args.saved)
    if args.filter is not None:
        wanted = _filtered(wanted, args.filter)
    if wanted.what != EVERYTHING:
        entity = wanted.entity.__tablename__
        if args.columns:
            names = [each.strip() for each in args.columns.split(",")]
            wanted = replace(wanted, columns=tuple(each if "." in each else f"{entity}.{each}" for each in names))
        if args.sort:
            wanted = replace(wanted, order=args.sort.removeprefix(f"{entity}."), descending=args.descending)
        if args.ids:
            wanted = replace(wanted, ids=_ids(args.ids, entity))
    elif args.columns or args.sort or args.ids:
        message = _("Columns, an order and single records can be chosen for one kind of record only.")
        raise Invalid({"what": message})
    return wanted, code


def _saved(workspace: Workspace, wanted: Wanted, name: str) -> Wanted:
    """What a saved list shows, with its columns in its order."""
    from crm_desktop.services import lists
    from crm_desktop.services.export import EVERYTHING, columns

    if wanted.what == EVERYTHING:
        raise Invalid({"saved": _("A saved list holds one kind of record only: say which.")})
    view = lists.named(workspace, wanted.entity, name)
    known = {code for code, _label in columns(wanted.what)}
    codes = (f"{wanted.entity.__tablename__}.{each.name}" for each in view.columns)
    seen = wanted.seen(view.listing)
    return replace(seen, columns=tuple(each for each in codes if each in known) or wanted.columns)


def _filtered(wanted: Wanted, text: str) -> Wanted:
    """What is wanted, narrowed by words, or by a filter as JSON."""
    from crm_desktop.cli.choosing import is_json, read_filter
    from crm_desktop.model.filters import ALL, Group

    if not is_json(text):
        return replace(wanted, text=text)
    found = tuple(each for each in (wanted.filter, read_filter(text)) if each)
    return replace(wanted, filter=Group(ALL, found))


def _options(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FileProblem(_("{path} cannot be read as JSON. Please check it.").format(path=file)) from error
    if not isinstance(found, dict):
        raise FileProblem(_("{path} holds no settings of an export.").format(path=file))
    return found


def _ids(file: Path, entity: str) -> tuple[int, ...]:
    """The keys in a file: numbers, or what a sheet of ours has in its column “Record id”."""
    from crm_desktop.services.importing import identity

    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise FileProblem(_("{path} cannot be read. Please check it.").format(path=file)) from error
    keys = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        key = int(text) if text.isascii() and text.isdigit() else identity.read(text).get(entity)
        if text and (key is None or key >= 2**63):
            message = _("Line {number} of {path} is no key of a record: “{text}”.")
            raise FileProblem(message.format(number=number, path=file, text=text[:80]))
        keys += [key] if key is not None else []
    return tuple(keys)


def _missing(wanted: Wanted, found: int) -> list[str]:
    """What is to be said of records that were named and are not there."""
    if wanted.ids is None or found == len(set(wanted.ids)):
        return []
    count = len(set(wanted.ids)) - found
    return [
        ngettext(
            "{count} of the records that were named is not there.",
            "{count} of the records that were named are not there.",
            count,
        )
    ]


VERBS = {"export": Verb(N_("Write records to a file: Excel, CSV, vCard or JSON."), _declare, take_out)}
