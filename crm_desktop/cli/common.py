"""What the verbs share: exit codes, the data folder, JSON on standard output, and the progress of jobs."""

from __future__ import annotations

import io
import json
import os
import random
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from crm_desktop.errors import FolderProblem
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, finish
from crm_desktop.store.folder import DataFolder, default_folder

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

DONE, PROBLEMS, MISUSE, UNUSABLE = range(4)
"""Exit codes: all done; the input had problems, each told; wrong use; the data folder cannot be used."""
MEGABYTE = 1_000_000
PAUSE = 0.05
"""Seconds between two lines of progress, at least."""
LARGEST = 2**63 - 1000
"""Beyond it are no records, and the data file counts little further."""
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what it is for, its arguments, and what it does."""

    help: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def folder_of(args: Namespace) -> DataFolder:
    """The data folder that was named, else the usual one."""
    return DataFolder(args.data) if args.data else default_folder()


def largest_file(args: Namespace) -> int:
    """How many bytes an attached file may have, as the settings of the data folder say."""
    from crm_desktop import settings

    return settings.load(folder_of(args).settings).largest_file * MEGABYTE


@contextmanager
def opened(args: Namespace, *, make: bool = False, waits: bool = True) -> Iterator[Workspace]:
    """The workspace of the data folder; one that holds no data yet is made only when `make` says so.

    A verb that only looks does not wait (`waits`) until the search knows many new records.
    """
    from crm_desktop.model.ids import DEVICES, clock
    from crm_desktop.store.opening import open_workspace

    folder = existing(args) if not make else folder_of(args)
    workspace = open_workspace(folder)
    # The window may be making records in the same millisecond: a number of its own keeps identities apart.
    clock.resume(random.SystemRandom().randrange(DEVICES), 0)
    try:
        _catch_up(workspace, waits=waits)
        yield workspace
        _catch_up(workspace, waits=waits)
    finally:
        workspace.close()


def _catch_up(workspace: Workspace, *, waits: bool) -> None:
    """Bring into the search what a large step left for later; the window has a process of its own for that."""
    from crm_desktop.store.search_later import MOST_AT_ONCE, catching_up, waiting

    if not os.environ.get("CRM_SEARCH_LATER") and (waits or waiting(workspace) <= MOST_AT_ONCE):
        finish(catching_up(workspace))


def existing(args: Namespace) -> DataFolder:
    """The data folder; raises FolderProblem when it holds no data, so that a mistyped name makes no new folder."""
    folder = folder_of(args)
    if not folder.database.is_file():
        message = _("There is no data in {path}. Name another folder with --data.")
        raise FolderProblem(message.format(path=folder.path))
    return folder


def whole_number(text: str) -> int:
    """The number that was typed: of a record, or how many."""
    try:
        number = int(text)
    except ValueError:
        number = None
    if number is None or abs(number) > LARGEST:
        raise ArgumentTypeError(_("“{text}” is no whole number that can be used here.").format(text=text[:40]))
    return number


def how_many(text: str) -> int:
    """A number that is none below zero."""
    number = whole_number(text)
    if number < 0:
        raise ArgumentTypeError(_("It cannot be less than 0."))
    return number


def takes_limit(parser: ArgumentParser, usual: int | None, words: str) -> None:
    """Let a verb be told how much to print at the most."""
    parser.add_argument("--limit", type=how_many, default=usual, metavar="N", help=words)


def takes_json(parser: ArgumentParser) -> None:
    """Let a verb answer in JSON."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))


def say(text: str) -> None:
    """Print a line for people."""
    print(text)


def complain(text: str) -> None:
    """Print a line about a problem."""
    sys.stderr.write(f"{text}\n")


def answer(found: object) -> None:
    """Print one JSON object."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(as_json(found))


def as_json(found: object) -> str:
    """Anything of ours as JSON."""
    return json.dumps(found, ensure_ascii=False, default=_plain)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


def finished(job: Job[R], *, tell: bool = False) -> R:
    """Run a job to its end; `tell` prints its progress as lines of JSON to standard error."""
    due = 0.0
    while True:
        try:
            progress = next(job)
        except StopIteration as end:
            result: R = end.value
            return result
        if tell and (time.monotonic() >= due or progress.done == progress.total):
            complain(_line(progress))
            sys.stderr.flush()
            due = time.monotonic() + PAUSE


def _line(progress: Progress) -> str:
    return as_json(asdict(progress))
