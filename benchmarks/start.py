"""From the start of a process to its first painted window with data, and what the imports behind it hold up."""

import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.figures import Goal, Took

ROOT = Path(__file__).parent.parent
ROUNDS = 7
BARE = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(json.dumps({"cpu": time.process_time()}), flush=True)
            watched.removeEventFilter(self)
            app.quit()
        return False
app = QApplication([])
window = QMainWindow()
label = QLabel("CRM")
window.setCentralWidget(label)
window.resize(1440, 900)
painted = Painted()
label.installEventFilter(painted)
window.show()
app.exec()
"""
OURS = """
import sys
from benchmarks.start import watch_first_paint
watch_first_paint()
from crm_desktop.app import main
main(["--data", sys.argv[1], "--lang", "zh_CN", "--theme", "light"])
"""


def run(bench):
    """Start both again and again; the first start of each only warms the file cache."""
    for _warm in range(0 if bench.is_small else 2):
        _started(OURS, bench.folder), _started(BARE)
    told = []

    def ours():
        took, more = _started(OURS, bench.folder)
        told.append(more)
        return [took]

    rounds = ROUNDS if bench.rounds > 1 else 1
    bench.compare(
        "first painted window with data",
        ours,
        lambda: [_started(BARE)[0]],
        rounds=rounds,
        against="a bare PySide6 window",
        goal=Goal(ratio=1.2),
    )
    ready = [Took(each["ready"], each["cpu"]) for each in told]
    bench.note("everything imported, after that", ready)
    bench.amount("longest stall meanwhile", [each["stall"] for each in told], goal=Goal(worst=30))


def _started(script, *arguments):
    """How long a script takes to its first line, and what its last one tells."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        first = process.stdout.readline()
        wall = time.perf_counter() - began
        last = process.stdout.read() or first
    return Took(1000 * wall, 1000 * json.loads(first)["cpu"]), json.loads(last)


def watch_first_paint():
    """Have the program tell of its first paint, then of its being ready, and end."""
    from crm_desktop.ui.program import Program

    start = Program.start

    def started(program):
        start(program)
        _watch(program)

    Program.start = started


def _watch(program):
    """Tell when the tree is painted with something in it; then count the time between two turns of the loop."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QTableView

    from benchmarks.window import Painted

    view = next(each for each in program.window.findChildren(QTableView) if each.isVisible())
    gaps, began = [], time.perf_counter()

    def is_filled():
        if view.model().rowCount() > 0:
            print(json.dumps({"cpu": time.process_time()}), flush=True)
            return True
        return False

    def turn():
        gaps.append(time.perf_counter())

    def ready():
        beat.stop()
        between = [later - earlier for earlier, later in pairwise(gaps)]
        told = {
            "ready": 1000 * (time.perf_counter() - began),
            "cpu": 1000 * time.process_time(),
            "stall": 1000 * max(between, default=0),
        }
        print(json.dumps(told), flush=True)
        QTimer.singleShot(0, program.app.quit)

    view.painted_once = Painted(is_filled, view.viewport())
    beat = QTimer(view)
    beat.timeout.connect(turn)
    beat.start(1)
    program.ready.connect(ready)
