"""The command line: each verb does one thing without a window, and ends. No Qt here.

A verb's module is imported only when the verb is called, and imports what it needs where it needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop import i18n, settings
from crm_desktop.cli.common import DONE, MISUSE, PROBLEMS, UNUSABLE, Verb, folder_of, say, whole_number
from crm_desktop.errors import Busy, FolderProblem, UserError
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.printing.document import Document

MODULES = {
    "import": "bringing_in",
    "inspect": "bringing_in",
    "template": "bringing_in",
    "export": "taking_out",
    "print": "printing",
    "bulk": "bulk_change",
    "list": "listing",
    "lists": "listing",
    "change": "changing",
    "tags": "changing",
    "find": "looking",
    "show": "looking",
    "stats": "looking",
    "log": "talks",
    "activities": "talks",
    "activity": "talks",
    "remind": "reminding",
    "task": "tasks",
    "tasks": "tasks",
    "repeat": "repeating",
    "templates": "templates",
    "today": "day",
    "leave": "people",
    "change-role": "people",
    "verify": "people",
    "calendar": "calendar_verbs",
    "export-ics": "calendar_verbs",
    "import-ics": "calendar_verbs",
    "undo": "steps",
    "redo": "steps",
    "history": "steps",
    "check": "safety",
    "backup": "safety",
    "restore": "safety",
    "dump": "safety",
    "index": "safety",
    "sample": "sampling",
    "fields": "own_fields",
    "attach": "files",
    "attachments": "files",
    "detach": "files",
    "clean-up": "files",
    "cadence": "rhythms",
    "lifecycle": "rhythms",
}
"""The module of each verb."""
VERBS = tuple(MODULES)
HELP = "help"
ARGPARSE_SAYS = (
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("expected one argument"),
    N_("expected at least one argument"),
)
"""Texts of Python's own, which looks them up under the name `_`."""
vars(argparse)["_"] = _


def run(argv: Sequence[str], *, as_pdf: Callable[[Document], bytes] | None = None) -> int:
    """Do what the arguments say, the verb first; gives the exit code.

    `as_pdf` makes a PDF of a paper: Qt does, which no verb knows.
    """
    try:
        code = _run(argv, as_pdf)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else MISUSE
    except (FolderProblem, Busy) as error:
        _tell(error)
        return UNUSABLE
    except UserError as error:
        _tell(error)
        return PROBLEMS
    except KeyboardInterrupt:
        sys.stderr.write(_("Stopped. Nothing of this step was kept.") + "\n")
        return PROBLEMS
    except BrokenPipeError:  # whoever reads along has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    else:
        return code


def overview(argv: Sequence[str]) -> str:
    """All verbs and what each is for, in the language that the arguments name."""
    _speak(argv)
    head = _("Verbs, each of which does one thing without a window; “crm-desktop VERB --help” tells more:")
    width = max(map(len, VERBS))
    return "\n".join((head, *(f"  {name:{width}}  {_(_verb(name).help)}" for name in VERBS)))


def _run(argv: Sequence[str], as_pdf: Callable[[Document], bytes] | None) -> int:
    _speak(argv)
    name = argv[0] if argv else ""
    if name == HELP:
        say(overview(argv))
        return DONE
    if name not in MODULES:
        message = _("“{verb}” is no verb. There are: {verbs}.")
        sys.stderr.write(message.format(verb=name, verbs=", ".join(VERBS)) + "\n")
        return MISUSE
    verb = _verb(name)
    parser = ArgumentParser(f"crm-desktop {name}", description=_(verb.help), parents=[_common()], allow_abbrev=False)
    parser.register("type", int, whole_number)
    verb.declare(parser)
    parser.set_defaults(as_pdf=as_pdf)
    return verb.run(parser.parse_intermixed_args(argv[1:]))


def _speak(argv: Sequence[str]) -> None:
    given, _rest = _common().parse_known_args(argv)
    i18n.use(given.lang or settings.load(folder_of(given).settings).speaks())


def _verb(name: str) -> Verb:
    found: Verb = import_module(f"crm_desktop.cli.{MODULES[name]}").VERBS[name]
    return found


def _common() -> ArgumentParser:
    """What every verb takes."""
    parser = ArgumentParser("crm-desktop", add_help=False, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", type=Path, help=_("the data folder"))
    parser.add_argument("--lang", choices=list(i18n.LANGUAGES), help=_("the language of messages and files"))
    return parser


def _tell(error: UserError) -> None:
    sys.stderr.write(f"{error}\n")
