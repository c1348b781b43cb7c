"""Puts the program together: the window, or one verb of the command line."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from crm_desktop.services.printing.document import Document
    from crm_desktop.ui.program import Program

PICTURES = ("shots", "tour")
READER = "read-file"
"""How this program starts itself to read a file (`exchange/reader_process.py`)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; gives the exit code."""
    arguments = _verb_first(list(sys.argv[1:] if argv is None else argv))
    if arguments == [READER]:
        from crm_desktop.exchange.reader_child import serve

        return serve()
    verb = arguments[0] if arguments else ""
    if verb in PICTURES:
        from crm_desktop.ui.pictures import draw

        return draw(arguments)
    if verb and not verb.startswith("-") and not is_file(verb):
        from crm_desktop.cli import run

        return run(arguments, as_pdf=_as_pdf)
    return show_window(arguments)


def _verb_first(arguments: list[str]) -> list[str]:
    """The arguments as the verbs take them, where --data or --lang was typed before the verb."""
    place = 0
    while arguments[place:] and arguments[place].split("=")[0] in ("--data", "--lang"):
        place += 1 if "=" in arguments[place] else 2
    if not arguments[place:] or arguments[place].startswith("-"):
        return arguments
    return [arguments[place], *arguments[:place], *arguments[place + 1 :]]


def is_file(argument: str) -> bool:
    """Whether it is the file that somebody opens with this program, and no verb."""
    return bool(Path(argument).suffix) and Path(argument).is_file()


def show_window(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed; a second start on the same folder calls the first one's window."""
    gc.disable()  # what is made at the start stays: there is no garbage to look for
    from crm_desktop import log, settings
    from crm_desktop.errors import FolderProblem
    from crm_desktop.store.folder import DataFolder, default_folder
    from crm_desktop.ui.program import Program, application
    from crm_desktop.ui.single import SingleInstance

    given = _parsed(arguments)
    file = str(Path(given.file).absolute()) if given.file else ""
    folder = DataFolder(Path(given.data)) if given.data else default_folder()
    app = application()
    try:
        folder.prepare()
    except FolderProblem as error:
        sys.stderr.write(f"{error}\n")
        return 3
    single = SingleInstance(folder.path)
    if not single.take():
        single.call(file)
        return 0
    log.start(folder.logs)
    chosen = settings.load(folder.settings)
    program = Program(app, folder, chosen)
    program.language = given.lang or ""
    if given.theme:
        chosen.theme = given.theme
    program.complaints.install()
    single.called.connect(program.raise_window)
    program.painted.connect(single.listen)
    program.file = file
    program.ready.connect(partial(_collect_garbage, program))
    program.start()
    try:
        return app.exec()
    finally:
        program.finish()
        single.release()


def _as_pdf(document: Document) -> bytes:
    """A paper as PDF; Qt is loaded for nothing else on the command line."""
    from crm_desktop.ui.printing.alone import pdf

    return pdf(document)


def _collect_garbage(program: Program) -> None:
    """Look for garbage from now on, but never among what was made at the start: that would stop the window for long."""
    from crm_desktop.ui.garbage import GarbageCollection

    gc.freeze()
    if program.findChild(GarbageCollection) is None:  # it is ready once more with other data
        GarbageCollection(program)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    verbs = _verbs(arguments)
    description = _("A CRM that works offline and can undo everything.")
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("crm-desktop", description=description, epilog=verbs, formatter_class=shape)
    parser.add_argument("--data", metavar="DIR", help=_("the data folder"))
    parser.add_argument("--lang", choices=list(LANGUAGES), help=_("the language of the interface"))
    parser.add_argument("--theme", choices=["system", "light", "dark", "contrast"], help=_("the colours"))
    parser.add_argument("file", nargs="?", metavar="FILE", help=_("a list or a calendar to import"))
    return parser.parse_args(arguments)


def _verbs(arguments: Sequence[str]) -> str:
    """What can be done without a window, for those who ask for help."""
    if {"-h", "--help"}.isdisjoint(arguments):
        return ""
    from crm_desktop.cli import overview

    return overview(arguments)
