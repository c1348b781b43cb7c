"""Finds what holds up the event loop: how long, of that how long it computed, and where in the program it was."""

import signal
import time
import traceback
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer

from benchmarks.figures import Took

BEAT = 2
"""Milliseconds between two turns of an idle loop."""
LATE = 0.03
"""How many seconds late a turn is before somebody looks where the loop is."""
PROGRAM = str(Path(__file__).parent.parent / "crm_desktop")


class Watchdog:
    """Counts the time between two turns of the event loop, by the step of the tour that was taken."""

    def __init__(self):
        self.blocks = {}
        """For each step its blocks, each with the places in the program where it was seen."""
        self.step = ""
        self._seen = []
        self._turned = time.perf_counter()
        self._spent = time.thread_time()
        self._beat = QTimer()
        self._beat.timeout.connect(self._turn)

    @contextmanager
    def watching(self):
        """Watch meanwhile."""
        self._beat.start(BEAT)
        with _alarms(self._look):
            yield self
        self._beat.stop()

    def take(self, step):
        """What comes now belongs to another step."""
        self._turn()
        self.step = step

    def _turn(self):
        now, spent = time.perf_counter(), time.thread_time()
        held = Took(1000 * (now - self._turned), 1000 * (spent - self._spent))
        self._turned, self._spent = now, spent
        seen, self._seen = self._seen, []
        self.blocks.setdefault(self.step, []).append((held, seen))

    def _look(self, _number, frame):
        if time.perf_counter() - self._turned > LATE:
            self._seen.append(_place(frame))

    def worst(self):
        """The longest block of each step: how long it was and where it was seen most often."""
        for step, blocks in self.blocks.items():
            held, seen = max(blocks, key=lambda each: each[0].wall)
            yield step, held, max(seen, key=seen.count) if seen else ""


@contextmanager
def _alarms(look):
    """Have somebody look every few milliseconds, in the thread itself: another one may not read its frames."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LATE / 3, LATE / 3)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(frame):
    """The innermost places in the program that a stack goes through.

    No source is read for it: a look that takes longer than the pause between two looks would never end.
    """
    codes = ((each.f_code, line) for each, line in traceback.walk_stack(frame))
    inside = ((code, line) for code, line in codes if code.co_filename.startswith(PROGRAM))
    return " < ".join(f"{Path(code.co_filename).name}:{line} {code.co_name}" for code, line in islice(inside, 3))
