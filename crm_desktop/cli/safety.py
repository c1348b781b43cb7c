"""Verbs that keep the data safe: check, backup, restore, dump."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from crm_desktop.cli.common import (
    DONE,
    PROBLEMS,
    Verb,
    answer,
    complain,
    existing,
    finished,
    folder_of,
    opened,
    say,
    takes_json,
)
from crm_desktop.i18n import N_, _, ngettext


def _declare_check(parser: ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help=_("mend what can be worked out again"))
    takes_json(parser)


def check(args: Namespace) -> int:
    """Print what is wrong with the data, mended or not."""
    from crm_desktop.store.check import check as look

    with opened(args) as workspace:
        faults = look(workspace, repair=args.repair)
    if args.json:
        answer({"faults": faults})
    else:
        for each in faults:
            say(_("{fault} Repaired.").format(fault=each.text) if each.repaired else each.text)
        if not faults:
            say(_("Everything is in order."))
    return DONE if all(each.repaired for each in faults) else PROBLEMS


def _declare_backup(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=_("where to; else the folder of backups, thinned by age")
    )
    takes_json(parser)


def backup(args: Namespace) -> int:
    """Make a verified copy of the data and print where it is."""
    from crm_desktop.store import backup as backups
    from crm_desktop.store.attachments import BESIDE, Files, lacking

    folder = existing(args)
    made = backups.backup(folder.database, args.file) if args.file else backups.automatic(folder)
    missing = len(lacking(made, Files(made.parent / BESIDE)))
    if args.json:
        answer({"file": str(made), "missing_files": missing})
    else:
        say(str(made))
    return _tell_missing(missing)


def _declare_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def restore(args: Namespace) -> int:
    """Put a backup in the place of the data and print where the data went that was there."""
    from crm_desktop.store import backup as backups
    from crm_desktop.store.attachments import files_of, lacking

    folder = folder_of(args)
    kept = backups.restore(folder, args.file)
    say(_("Restored from {path}.").format(path=args.file))
    if kept:
        say(_("What was there before is kept in {path}.").format(path=kept))
    return _tell_missing(len(lacking(folder.database, files_of(folder))))


def _tell_missing(count: int) -> int:
    """Say how many attached files a copy is without."""
    if not count:
        return DONE
    text = ngettext(
        "{count} attached file is missing or damaged and was left out.",
        "{count} attached files are missing or damaged and were left out.",
        count,
    )
    complain(text)
    return PROBLEMS


def dump(args: Namespace) -> int:
    """Write all living data as canonical JSON."""
    from crm_desktop.store.dump import write

    with opened(args) as workspace:
        write(workspace, args.file)
    return DONE


def _declare_index(parser: ArgumentParser) -> None:
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    takes_json(parser)


def index(args: Namespace) -> int:
    """Bring into the search what large steps left for later."""
    from crm_desktop.store.search_later import catching_up

    with opened(args) as workspace:
        finished(catching_up(workspace), tell=args.progress)
    if args.json:
        answer({})
    return DONE


VERBS = {
    "check": Verb(N_("Look for damage and disorder in the data."), _declare_check, check),
    "backup": Verb(N_("Make a verified copy of the data while the program may be working."), _declare_backup, backup),
    "restore": Verb(N_("Put a backup in the place of the data, which is kept."), _declare_file, restore),
    "index": Verb(N_("Bring into the search what a large import left for later."), _declare_index, index),
    "dump": Verb(N_("Write all living data as JSON: the same data, the same bytes."), _declare_file, dump),
}
