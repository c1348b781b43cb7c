"""The command line: each verb does one thing without a window, and ends. No Qt here.

A verb's module is imported only when the verb is called, and imports what it needs where it needs it.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop import i18n, settings
from crm_desktop.cli.common import DONE, MISUSE, PROBLEMS, UNUSABLE, Verb, folder_of, whole_number
from crm_desktop.errors import Busy, FolderProblem, UserError
from crm_desktop.i18n import _

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


def _run(argv: Sequence[str], as_pdf: Callable[[Document], bytes] | None) -> int:
    given, _rest = _common().parse_known_args(argv)
    i18n.use(given.lang or settings.load(folder_of(given).settings).speaks())
    name = argv[0] if argv else ""
    if name not in MODULES:
        message = _("“{verb}” is no verb. There are: {verbs}.")
        sys.stderr.write(message.format(verb=name, verbs=", ".join(VERBS)) + "\n")
        return MISUSE
    verb: Verb = import_module(f"crm_desktop.cli.{MODULES[name]}").VERBS[name]
    parser = ArgumentParser(f"crm-desktop {name}", description=_(verb.help), parents=[_common()], allow_abbrev=False)
    parser.register("type", int, whole_number)
    verb.declare(parser)
    parser.set_defaults(as_pdf=as_pdf)
    return verb.run(parser.parse_intermixed_args(argv[1:]))


def _common() -> ArgumentParser:
    """What every verb takes."""
    parser = ArgumentParser("crm-desktop", add_help=False, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", type=Path, help=_("the data folder"))
    parser.add_argument("--lang", choices=list(i18n.LANGUAGES), help=_("the language of messages and files"))
    return parser


def _tell(error: UserError) -> None:
    sys.stderr.write(f"{error}\n")
