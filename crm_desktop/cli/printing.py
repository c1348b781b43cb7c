"""The verb that writes papers to files: print. Only the interface can make a PDF; `app` passes on how."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.cli.about import narrowing_of, record_of, takes_narrowing, takes_record
from crm_desktop.cli.common import DONE, Verb, answer, opened, say, takes_json
from crm_desktop.cli.moments import near_day_of
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.printing.document import Document
    from crm_desktop.store.workspace import Workspace

VISIT, DAY, WEEK, HAND_OVER = WHAT = ("visit", "day", "week", "hand-over")
PDF, TEXT = ".pdf", ".txt"


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=WHAT, help=_("the paper: a visit sheet, a day’s tasks, a week, or a whole timeline")
    )
    takes_record(parser)
    takes_narrowing(parser)
    parser.add_argument("--date", metavar="DAY", help=_("the day of the list or of the week; today if none is named"))
    parser.add_argument("--to", type=Path, required=True, metavar="OUT", help=_("the file: .pdf or .txt"))
    takes_json(parser)


def print_out(args: Namespace) -> int:
    """Write a paper to a file."""
    kind = kind_of_file(args)
    with opened(args, waits=False) as workspace:
        document = _document(args, workspace)
    return written(args, document, kind)


def kind_of_file(args: Namespace) -> str:
    """Whether a PDF or a text is to be written; raises Invalid for anything else."""
    kind: str = args.to.suffix.lower()
    if kind not in (PDF, TEXT) or (kind == PDF and args.as_pdf is None):
        raise Invalid({"to": _("Papers are written as .pdf or .txt: name such a file.")})
    return kind


def written(args: Namespace, document: Document, kind: str) -> int:
    """Write a paper and tell where it is."""
    from crm_desktop.exchange.writing import whole_file
    from crm_desktop.services.printing.plain_text import as_text

    content = args.as_pdf(document) if kind == PDF else as_text(document).encode("utf-8", "replace")
    with whole_file(args.to) as part:
        part.write_bytes(content)
    if args.json:
        answer({"file": str(args.to), "title": document.title, "subject": document.subject})
    else:
        say(_("Written to {path}").format(path=args.to))
    return DONE


def _document(args: Namespace, workspace: Workspace) -> Document:
    from crm_desktop.services.printing.day_list import day_list
    from crm_desktop.services.printing.hand_over import hand_over
    from crm_desktop.services.printing.visit_sheet import visit_sheet
    from crm_desktop.services.printing.week import week

    if args.what == DAY:
        return day_list(workspace, near_day_of(args.date))
    if args.what == WEEK:
        return week(workspace, near_day_of(args.date))
    entity, key = record_of(workspace, args)
    if args.what == VISIT:
        return visit_sheet(workspace, entity, key)
    return hand_over(workspace, entity, key, narrowed=narrowing_of(workspace, args))


VERBS = {
    "print": Verb(
        N_("Write a visit sheet, a day’s tasks, a week or a hand-over document to a file."), _declare, print_out
    )
}
