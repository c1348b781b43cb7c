"""Bad input of every kind, made by our own generator: always the same files, each with what must become of it.

A case is one thing that can be wrong. A file may hold many cases of one kind, a row for each.
The kinds have the numbers of the plan: 1 broken workbooks, 3 bombs, 4 formulas, 5 encodings, 6 dates,
7 control characters, 8 names, 9 naughty strings, 10 lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAMES = {
    1: "broken workbooks",
    3: "bombs",
    4: "formulas",
    5: "encodings",
    6: "dates",
    7: "control characters",
    8: "names",
    9: "naughty strings",
    10: "lengths",
}


@dataclass(frozen=True)
class Taken:
    """The file is read: these rows, and somewhere in the notes or remarks these words."""

    rows: list[tuple[object, ...]]
    warned: str = ""


@dataclass(frozen=True)
class TakenWithout:
    """The file is read; so many rows, too many to be listed here."""

    rows: int
    warned: str = ""


@dataclass(frozen=True)
class Refused:
    """The file is not read; the sentence has these words."""

    said: str


Expectation = Taken | TakenWithout | Refused


@dataclass(frozen=True)
class Made:
    """One file of the corpus before it is written."""

    name: str
    ending: str
    write: Callable[[Path], object]
    expected: Expectation
    cases: int = 1
    """How many things are wrong in it."""
    is_big: bool = False
    """Whether it takes seconds."""


@dataclass(frozen=True)
class Case:
    """One file of the corpus."""

    name: str
    kind: int
    path: Path
    expected: Expectation
    cases: int = 1


def of_kind(kind: int, folder: Path, *, big: bool = False) -> Iterator[Case]:
    """The files of one kind, each written when it is asked for; those that take seconds only when wanted."""
    for at, made in enumerate(_makers()[kind]()):
        if made.is_big and not big:
            continue
        path = folder / f"{kind:02}-{at:03}{made.ending}"
        made.write(path)
        yield Case(made.name, kind, path, made.expected, made.cases)


def cases(folder: Path) -> Iterator[tuple[str, int, Path, Expectation]]:
    """Name, kind, file and expectation of everything in the corpus."""
    for kind in NAMES:
        for case in of_kind(kind, folder):
            yield case.name, case.kind, case.path, case.expected


def _makers() -> dict[int, Callable[[], Iterator[Made]]]:
    from tests.exchange import corpus_bombs, corpus_broken, corpus_encodings, corpus_values

    return {
        1: corpus_broken.broken,
        3: corpus_bombs.bombs,
        4: corpus_values.formulas,
        5: corpus_encodings.encodings,
        6: corpus_values.dates,
        7: corpus_values.control_characters,
        8: corpus_values.names,
        9: corpus_values.naughty,
        10: corpus_bombs.lengths,
    }
