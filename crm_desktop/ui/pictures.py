"""Pictures of every page without a display, and the tour: the program used once from import to export."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from crm_desktop.i18n import LANGUAGES, _

LOOKS = ("light", "dark")
SIZES = ("1440x900", "1024x680")
WAIT_MS = 30_000
CLOCK = "2026-11-21"


def main(argv: Sequence[str]) -> int:
    """Carry out `shots DIR` or `tour DIR`; gives the exit code."""
    parser = argparse.ArgumentParser("crm-desktop")
    verbs = parser.add_subparsers(dest="verb", required=True)
    shots = verbs.add_parser("shots", help=_("draw every page as a picture"))
    shots.add_argument("--page", action="append", help=_("only this page; may be repeated"))
    for each in (shots, verbs.add_parser("tour", help=_("use the program once, and leave pictures"))):
        each.add_argument("target", metavar="DIR", type=Path)
        each.add_argument("--data", metavar="FOLDER", type=Path)
        each.add_argument("--lang", choices=list(LANGUAGES), action="append")
        each.add_argument("--theme", choices=LOOKS, action="append")
        each.add_argument("--size", action="append")
    given = parser.parse_args(argv)
    given.target.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _draw(given) if given.verb == "shots" else _tour(given)


def _draw(given: argparse.Namespace) -> int:
    with _folder(given.data) as folder:
        for lang, theme, size in product(given.lang or LANGUAGES, given.theme or LOOKS, given.size or SIZES):
            with Studio(folder, lang, theme, size) as studio:
                for name in given.page or SCENES:
                    SCENES[name](studio)
                    path = given.target / f"{name}-{theme}-{lang}-{size}.png"
                    studio.keep(path)
                    sys.stdout.write(f"{path}\n")
    return 0


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """The data folder to draw, or a fresh one with sample data."""
    if named is not None:
        yield named
        return
    with tempfile.TemporaryDirectory() as made:
        _fill(Path(made))
        yield Path(made)


def _fill(path: Path) -> None:
    from crm_desktop.jobs import finish
    from crm_desktop.services import sample, users
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(DataFolder(path))
    users.set_local_name(workspace, "李明")
    sample.documents(workspace)
    finish(sample.fill(workspace, 60, seed=7))
    workspace.close()


class Studio:
    """A window on a data folder, off screen, ready to be photographed."""

    def __init__(self, folder: Path, lang: str, theme: str, size: str) -> None:
        from PySide6.QtWidgets import QApplication

        from crm_desktop.settings import Settings
        from crm_desktop.store.folder import DataFolder
        from crm_desktop.ui.program import Program

        app = QApplication.instance() or QApplication(["crm_desktop"])
        assert isinstance(app, QApplication)
        self.program = Program(app, DataFolder(folder), Settings(language=lang, theme=theme))
        self.program.keeps_settings = False
        width, height = (int(each) for each in size.split("x"))
        self._size = width, height

    def __enter__(self) -> Studio:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        self.program.ready.connect(loop.quit)
        QTimer.singleShot(WAIT_MS, loop.quit)
        self.program.start()
        self.window.resize(*self._size)
        loop.exec()
        self.settle()
        return self

    def __exit__(self, *_error: object) -> None:
        self.program.finish()
        self.settle()

    @property
    def window(self) -> MainWindow:
        """The window."""
        assert self.program.window is not None
        return self.program.window

    @property
    def desk(self) -> Desk:
        """What the pages share."""
        assert self.program.desk is not None
        return self.program.desk

    def settle(self, milliseconds: int = 250) -> None:
        """Let everything be drawn that is still to come."""
        from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThreadPool, QTimer

        QThreadPool.globalInstance().waitForDone()
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def keep(self, path: Path) -> None:
        """Write the picture."""
        self.settle()
        self.window.grab().save(str(path))


def _record(studio: Studio, entity: str, name: str) -> None:
    from crm_desktop.services import finding

    found = [hit for hit in finding.find(studio.desk.workspace, name, 5) if hit.entity == entity]
    if found:
        studio.desk.open(entity, found[0].id)


def _account(studio: Studio) -> None:
    _record(studio, "account", "ABC有限公司")


def _contact(studio: Studio) -> None:
    _record(studio, "contact", "张三")


def _page(code: str) -> Callable[[Studio], None]:
    return lambda studio: studio.window.show_page(code)


def _panel(code: str) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        studio.window.show_page("accounts")
        studio.desk.ask(code)

    return show


SCENES: dict[str, Callable[[Studio], None]] = {
    "account": _account,
    "contact": _contact,
    "contacts": _page("contacts"),
    "import": _page("import"),
    "history": _page("history"),
    "settings": _page("settings"),
}
