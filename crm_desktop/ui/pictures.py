"""Pictures of every page without a display, and the tour: the program used once from import to export."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from crm_desktop.ui.studio import Studio

LOOKS = ("light", "dark")
SIZES = ("1440x900", "1024x680")
MOST = 10_000
"""Pixels that a picture may have from side to side."""


def draw(argv: Sequence[str]) -> int:
    """Carry out `shots DIR` or `tour DIR`; gives the exit code."""
    parser = argparse.ArgumentParser("crm-desktop")
    verbs = parser.add_subparsers(dest="verb", required=True)
    shots = verbs.add_parser("shots", help=_("draw every page as a picture"))
    shots.add_argument("--lint", action="store_true", help=_("only look for faults in the layout, and tell them"))
    shots.add_argument("--page", action="append", type=_page, help=_("only this page; may be repeated"))
    for each in (shots, verbs.add_parser("tour", help=_("use the program once, and leave pictures"))):
        each.add_argument("target", metavar="DIR", type=Path)
        each.add_argument("--data", metavar="FOLDER", type=Path)
        each.add_argument("--lang", choices=list(LANGUAGES), action="append")
        each.add_argument("--theme", choices=LOOKS, action="append")
        each.add_argument("--size", metavar="WIDTHxHEIGHT", action="append", type=_size)
    given = parser.parse_args(argv)
    given.target.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _draw(given) if given.verb == "shots" else _tour(given)


def _page(name: str) -> str:
    from crm_desktop.ui.scenes import SCENES

    if name not in SCENES:
        message = _("There is no page “{name}”. There are: {names}.")
        raise argparse.ArgumentTypeError(message.format(name=name, names=", ".join(SCENES)))
    return name


def _size(text: str) -> str:
    width, _cross, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= MOST and 0 < int(height) <= MOST):
        raise argparse.ArgumentTypeError(_("“{text}” is no size. Write it like “1440x900”.").format(text=text))
    return text


def _tour(given: argparse.Namespace) -> int:
    from crm_desktop.ui.tour import travel

    lang, theme, size = (given.lang or ["zh_CN"])[0], (given.theme or ["light"])[0], (given.size or SIZES)[0]
    with tempfile.TemporaryDirectory() as made:
        return travel(given.data or Path(made), given.target, lang, theme, size)


def _draw(given: argparse.Namespace) -> int:
    from crm_desktop.ui.scenes import LEAVE, SCENES, close_panels
    from crm_desktop.ui.studio import Studio

    faults = 0
    with _folder(given.data) as folder:
        for lang, theme, size in product(given.lang or LANGUAGES, given.theme or LOOKS, given.size or SIZES):
            with Studio(folder, lang, theme, size) as studio:
                for name in given.page or SCENES:
                    close_panels(studio)
                    SCENES[name](studio)
                    if given.lint:
                        faults += _faults(studio, f"{name} {theme} {lang} {size}")
                    else:
                        path = given.target / f"{name}-{theme}-{lang}-{size}.png"
                        studio.keep(path)
                        sys.stdout.write(f"{path}\n")
                    if name in LEAVE:
                        LEAVE[name](studio)
    return 1 if faults else 0


def _faults(studio: Studio, where: str) -> int:
    """Tell what is wrong with the layout on screen; gives how much."""
    from crm_desktop.ui.lint import lint

    studio.settle()
    found = lint(studio.window)
    for each in found:
        sys.stdout.write(f"{where}: {each}\n")
    return len(found)


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """The data folder to draw, or a fresh one with sample data."""
    from crm_desktop.ui.scenes import fill

    if named is not None:
        yield named
        return
    with tempfile.TemporaryDirectory() as made:
        fill(Path(made))
        yield Path(made)
