"""The folder watch of the import: a file that is dropped there is imported, and a report is written beside it."""

from __future__ import annotations

import copy
import os
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crm_desktop.cli.common import DONE, PROBLEMS, answer, complain, say
from crm_desktop.cli.one_import import Brought, as_object, bring_in_file
from crm_desktop.errors import Busy, FileProblem, FolderProblem, UserError
from crm_desktop.i18n import _

PAUSE = 1.0
"""Seconds between two looks at the folder."""
REPORT, REST = ".report.txt", ".problems.xlsx"
"""What is added to the name of a file for its report and for the rows that were not imported."""
HIDDEN = (".", "~$")
"""How files begin that are none of the user's: those being written, Excel's locks."""


class State(NamedTuple):
    """Size and time of a file, which differ while it is still being copied."""

    size: int
    changed: int


def watch(args: Namespace) -> int:
    """Import what comes to a folder until that is stopped; with `--once`, what is there now."""
    folder: Path = args.watch
    if args.file is not None or args.dry_run:
        raise FileProblem(_("--watch imports every file of a folder: leave out FILE and --dry-run."))
    if not folder.is_dir():
        raise FileProblem(_("There is no folder {path}. Make it, or name another one.").format(path=folder))
    problems = False
    seen: dict[Path, State | None] = {}
    say_waiting = not (args.once or args.json)
    if say_waiting:
        say(_("Watching {path}. Press Ctrl+C to stop.").format(path=folder))
    try:
        while True:
            for file in list(waiting(folder)):
                state = _state(file)
                if state is not None and (args.once or seen.get(file) == state):
                    problems = not _take(args, file, state) or problems
                    seen.pop(file, None)
                else:
                    seen[file] = state
            if args.once:
                return PROBLEMS if problems else DONE
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        return DONE


def waiting(folder: Path) -> Iterator[Path]:
    """The lists in a folder that have no report yet, or were changed since, by name."""
    from crm_desktop.exchange import formats

    readable = formats.endings()
    for file in sorted(folder.iterdir()):
        is_ours = file.name.endswith((REPORT, REST)) or file.name.startswith(HIDDEN)
        if is_ours or file.suffix.lower() not in readable or not file.is_file():
            continue
        report = beside(file, REPORT)
        told, now = _state(report), _state(file)
        if now is not None and (told is None or told.changed < now.changed):
            yield file


def beside(file: Path, ending: str) -> Path:
    """A file of ours beside one of the user's."""
    return file.with_name(file.name + ending)


def _state(file: Path) -> State | None:
    """How a file is now; None when somebody has taken it away."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return State(found.st_size, found.st_mtime_ns)


def _take(args: Namespace, file: Path, state: State) -> bool:
    """Import one file as it is and write its report; gives whether all went well."""
    given = copy.copy(args)
    given.errors = beside(file, REST)
    try:
        done = bring_in_file(given, file)
    except FolderProblem:
        raise
    except Busy as error:
        complain(f"{file.name}: {error}")  # without a report, so that it is tried again
        return False
    except UserError as error:
        _report(file, [str(error)], state)
        complain(f"{file.name}: {error}")
        return False
    _report(file, _lines(file, done), state)
    if args.json:
        answer({"file": str(file), **as_object(given, done)})
    else:
        say(_("{file}: imported, report written").format(file=file.name))
    return not done.plan.counts.problem


def _lines(file: Path, done: Brought) -> Iterator[str]:
    yield _("Import of {file}").format(file=file.name)
    yield from done.sentences()
    yield from done.complaints()
    for row, text in done.plan.warnings:
        yield _("Row {row}, please note: {text}").format(row=row, text=text)
    if done.errors:
        yield _("The rows with problems are in {file}.").format(file=done.errors.name)


def _report(file: Path, lines: Iterator[str] | list[str], state: State) -> None:
    """Write the report; a byte order mark lets every editor of Windows show Chinese.

    Of a file that was written while it was read, it is as old as what was read, so that the file is taken again.
    """
    target = beside(file, REPORT)
    try:
        target.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8-sig")
        if _state(file) != state:
            os.utime(target, ns=(state.changed, state.changed))
    except OSError as error:
        message = _("{path} cannot be written: {reason}. Choose another place.")
        raise FileProblem(message.format(path=target, reason=error.strerror)) from error
