"""Memory with data on screen, above that of a bare window; and after the pages have been used."""

import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Goal

BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from benchmarks.memory import megabytes
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("CRM"))
window.resize(1440, 900)
window.show()
app.processEvents()
print(megabytes())
"""
OURS = """
import sys
from pathlib import Path
from benchmarks.memory import show, megabytes
show(Path(sys.argv[1]))
"""
ROOT = Path(__file__).parent.parent


def run(bench):
    """Look at processes of their own: one with nothing but a window, one with ours."""
    bare = [_told(BARE)[0] for _round in range(bench.few(3))]
    ours = [_told(OURS, bench.folder) for _round in range(bench.few(3))]
    for place, name in enumerate(("window with the tree", "and a record", "and both lists", "and a tour of searches")):
        goal = Goal(more=120) if place < 3 else Goal()
        bench.amount(name, [each[place] for each in ours], bare, against="a bare window", unit="MB", goal=goal)


def _told(script, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(line) for line in done.stdout.split()]


def megabytes():
    """The resident memory of this process now, where the system tells it, else the most it ever was."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        import resource

        return int(statm.read_text().split()[1]) * resource.getpagesize() / (1 << 20)
    from benchmarks.harness import peak_megabytes

    return peak_megabytes()


def show(folder):
    """Show page after page; tell the memory after each."""
    from benchmarks import bases
    from benchmarks.lists import listed, table_of
    from benchmarks.window import program, work_until
    from crm_desktop.services import finding

    with program(folder) as studio:
        studio.settle()
        print(megabytes())
        studio.desk.open("account", bases.facts(folder)["busy"])
        studio.settle()
        print(megabytes())
        for entity in ("contact", "account"):
            table = table_of(studio, entity)
            work_until(lambda table=table: listed(table))
            studio.settle()
        print(megabytes())
        for text in ("张", "zw", "8000", "info", "wang", "软件"):
            finding.find(studio.desk.workspace, text)
        print(megabytes())
