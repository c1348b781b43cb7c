"""Verbs for attached files: attach, attachments, detach, clean-up."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.cli.about import takes_record
from crm_desktop.cli.common import (
    DONE,
    PROBLEMS,
    Verb,
    answer,
    complain,
    existing,
    finished,
    largest_file,
    opened,
    say,
    takes_json,
    takes_limit,
)
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Attached
    from crm_desktop.store.workspace import Workspace

NAMED = ("account", "contact")
NUMBERED = ("activity", "task")


def _declare_owner(parser: ArgumentParser) -> None:
    takes_record(parser)
    parser.add_argument("--activity", type=int, metavar="NUMBER", help=_("the activity, by its number"))
    parser.add_argument("--task", type=int, metavar="NUMBER", help=_("the task, by its number"))
    takes_json(parser)


def _declare_attach(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="*", type=Path, metavar="FILE")
    parser.add_argument(
        "--from",
        dest="export",
        type=Path,
        metavar="JSON",
        help=_("bring back the files beside an export of everything"),
    )
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    _declare_owner(parser)


def attach(args: Namespace) -> int:
    """Copy files into the data folder and have them belong to a record."""
    if args.export:
        return _bring_back(args)
    if not args.file:
        raise Invalid({"file": _("Name at least one file, or an export with --from.")})
    from crm_desktop.services import attachments

    most = largest_file(args)
    with opened(args, waits=False) as workspace:
        owner = _owner(args, workspace)
        found = finished(
            attachments.storing(workspace, [attachments.of_disk(each) for each in args.file], most), tell=args.progress
        )
        keys = attachments.attach(workspace, *owner, found.stored) if found.stored else []
        shown = [attachments.load(workspace, each) for each in keys]
    for sentence in found.refused:
        complain(sentence)
    if args.json:
        answer({"attached": [_told(each) for each in shown]})
    else:
        for each in shown:
            say(_line(each))
    return PROBLEMS if found.refused else DONE


def _bring_back(args: Namespace) -> int:
    """Attach the files beside an export to the records that came from it."""
    from crm_desktop.services import export_files

    most = largest_file(args)
    with opened(args, waits=False) as workspace:
        count, told = finished(export_files.bringing_back(workspace, args.export, most), tell=args.progress)
    for sentence in told:
        complain(sentence)
    if args.json:
        answer({"attached": count})
    else:
        say(ngettext("{count} file attached", "{count} files attached", count))
    return PROBLEMS if told else DONE


def _declare_list(parser: ArgumentParser) -> None:
    parser.add_argument("--save", type=Path, metavar="DIR", help=_("write copies of the files into this folder"))
    takes_limit(parser, 200, _("at most so many"))
    _declare_owner(parser)


def show(args: Namespace) -> int:
    """Print the files of a record, or write copies of them into a folder."""
    from crm_desktop.services import attachments

    with opened(args, waits=False) as workspace:
        shown = attachments.listed(workspace, *_owner(args, workspace), limit=args.limit)
        written = finished(attachments.save_all(workspace, shown, args.save)) if args.save else []
    if args.json:
        answer({"attachments": [_told(each) for each in shown], "saved": [str(each) for each in written]})
        return DONE
    for each in shown:
        say(_line(each))
    for path in written:
        say(_("Written to {path}").format(path=path))
    if not shown:
        say(_("No files are attached."))
    return DONE


def _declare_detach(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="+", type=int, metavar="NUMBER", help=_("a file, as “attachments” numbers it"))
    takes_json(parser)


def detach(args: Namespace) -> int:
    """Take files off their records; this can be undone."""
    from crm_desktop.services import attachments

    with opened(args, waits=False) as workspace:
        attachments.remove(workspace, args.number)
    if args.json:
        answer({"removed": args.number})
    else:
        say(ngettext("{count} file removed", "{count} files removed", len(args.number)))
    return DONE


def _declare_clean_up(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be removed"))
    takes_json(parser)


def clean_up(args: Namespace) -> int:
    """Remove attached files that nothing names any more, or tell how many and how large they are."""
    from crm_desktop.store import attachments

    found = (attachments.unused if args.dry_run else attachments.sweep)(existing(args))
    if args.json:
        answer({"unused" if args.dry_run else "removed": found.count, "bytes": found.size})
        return DONE
    if found.is_held:
        say(_("Nothing now: a damaged data file is kept that may name some."))
    size = ngettext("{count} byte", "{count} bytes", found.size)
    words = ngettext(
        "{count} file that nothing named was removed.", "{count} files that nothing named were removed.", found.count
    )
    if args.dry_run:
        words = ngettext(
            "{count} file that nothing names can be removed.",
            "{count} files that nothing names can be removed.",
            found.count,
        )
    say(f"{words} ({size})")
    return DONE


def _owner(args: Namespace, workspace: Workspace) -> tuple[str, int]:
    from crm_desktop.model import ENTITIES
    from crm_desktop.services.named import key_of
    from crm_desktop.services.records import living

    given = [(name, getattr(args, name)) for name in (*NAMED, *NUMBERED) if getattr(args, name) is not None]
    if len(given) != 1:
        raise Invalid({"owner": _("Say whose files: one --account, --contact, --activity or --task.")})
    [(entity, said)] = given
    if entity in NAMED:
        return entity, key_of(workspace, entity, said)
    with workspace.read() as session:
        living(session, ENTITIES[entity], said)
    return entity, said


def _told(each: Attached) -> dict[str, object]:
    entity, key = each.owner
    told = {"id": each.id, "name": each.name, "mime": each.mime, "size": each.size, "sha256": each.sha256}
    return told | {"at": each.at.isoformat(), "by": each.author, "of": entity, "of_id": key}


def _line(each: Attached) -> str:
    mark = _("can run programs") if each.can_act else ""
    size = ngettext("{count} byte", "{count} bytes", each.size)
    parts = (str(each.id), each.name, size, f"{each.at.astimezone():%Y-%m-%d %H:%M}", each.author, each.about, mark)
    return "  ".join(filter(None, parts))


VERBS = {
    "attach": Verb(N_("Attach files to an account, a contact, an activity or a task."), _declare_attach, attach),
    "attachments": Verb(N_("List the files of a record, or save copies of them."), _declare_list, show),
    "detach": Verb(N_("Take files off their records; this can be undone."), _declare_detach, detach),
    "clean-up": Verb(N_("Remove attached files that nothing names any more."), _declare_clean_up, clean_up),
}
