"""How the window goes on working while an import runs: the list of contacts is scrolled from its start to its end.

The import itself runs in a process of its own; what the window does is to follow its progress, and at the end to show
the new counts, rows and pages. Everything is measured against the same scrolling while nothing else goes on. The list
is scrolled a little beyond the end of the import, because its refresh belongs to it.
"""

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Goal
from benchmarks.lists import listed, table_of
from benchmarks.watchdog import Watchdog
from benchmarks.window import PATIENCE, program, wheel, work_until
from benchmarks.workbook import write as write_workbook

ROWS = {"XS": 300}
USUAL_ROWS = 20_000
WORST = 60
"""Milliseconds: performance.md, line 3."""
IDLE_SECONDS, AFTERWARDS = 5, 1.5
BETWEEN = 0.012
"""Seconds between two notches of the wheel."""
LONGEST = 1200


def run(bench):
    """Scroll while nothing goes on, while a file is read and tried out, and while it is imported."""
    rows = bench.rows or ROWS.get(bench.size, USUAL_ROWS)
    with tempfile.TemporaryDirectory() as place, program(bench.folder) as studio:
        book = Path(place, "people.xlsx")
        write_workbook(book, rows, bench.seed)
        dog = Watchdog()
        with dog.watching():
            for name, frames in _scenes(bench, studio, book, dog):
                note(bench, f"{name}, {rows:,} rows" if name != "idle" else name, frames, dog, name)


def _scenes(bench, studio, book, dog):
    page, window = studio.window.page("import"), studio.window
    table = table_of(studio, "contact")
    work_until(lambda: listed(table), PATIENCE)
    yield "idle", _scrolled(table, _after(0.2 if bench.is_small else IDLE_SECONDS), dog, "idle")
    page.open_file(str(book))
    yield "read and tried out", _scrolled(table, lambda: page.course.is_fresh, dog, "read and tried out")
    window.show_page("import")
    begun = []
    page.course.importing.connect(lambda *told: begun.append(told))
    while not begun:
        work_until(page.foot.on_button.isEnabled)
        page.go_on()
        studio.settle(20)
    window.show_page("contacts")
    work_until(lambda: listed(table), PATIENCE)
    is_over = _then(lambda: not page.course.is_importing(), 0.2 if bench.is_small else AFTERWARDS)
    yield "imported and shown", _scrolled(table, is_over, dog, "imported and shown")


def _scrolled(table, until, dog, step):
    """The frames of a list that is scrolled down and up again until something is so."""
    late, frames, notches = time.monotonic() + LONGEST, [], 0
    dog.take(step)
    while not until():
        if time.monotonic() > late:
            raise TimeoutError(f"{step}: not over after {LONGEST} seconds")
        notches += 1
        frames += wheel(table, 1 if notches // 200 % 2 == 0 else -1)
        work_until(_after(BETWEEN))
    dog.take("")
    return frames


def _after(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _then(what, seconds):
    """Whether something has been so for some seconds."""
    since = []

    def is_over():
        if what():
            since.append(time.monotonic())
        return bool(since) and time.monotonic() - since[0] >= seconds

    return is_over


def note(bench, name, frames, dog, step):
    """Tell the frames, and the longest time that the event loop was held meanwhile."""
    goal = Goal() if step == "idle" else Goal(worst=WORST)
    bench.note(f"{name}: frame", frames, goal=goal)
    blocks = dog.blocks[step]
    held, seen = max(blocks, key=lambda each: each[0].wall)
    where = max(seen, key=seen.count) if seen else ""
    bench.note(f"{name}: longest block", [held], goal=goal, facts={"in": where} if where else {})
