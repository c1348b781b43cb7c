"""The first window is painted before anything slow is imported."""

import json
import subprocess
import sys
from pathlib import Path

from crm_desktop.services import records
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace

ROOT = Path(__file__).parents[2]
SLOW = {
    "sqlalchemy",
    "alembic",
    "pypinyin",
    "phonenumbers",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "email_validator",
    "opencc_purepy",
    "qtawesome",
    "platformdirs",
    "logging.handlers",
    "socket",
    "html",
    "typing_extensions",
    "crm_desktop.ui.pages.accounts.detail",
    "crm_desktop.ui.timeline.pane",
    "PySide6.QtNetwork",
    "crm_desktop.model",
    "crm_desktop.services.records",
    "crm_desktop.text.folding",
    "crm_desktop.ui.desk",
    "crm_desktop.ui.pages.welcome",
    "crm_desktop.services.reminders",
    "crm_desktop.ui.reminding",
    "crm_desktop.ui.widgets.toast",
    "crm_desktop.ui.window_commands",
}
SCRIPT = """
import json, os, sys
from crm_desktop.app import main
from crm_desktop.ui.program import Program
def tell(program):
    rows = program.window.pages["accounts"].tree.view.model().rowCount()
    counts, sheet = program.window.status.counts.words.text(), program.app.styleSheet()
    print(json.dumps([sorted(sys.modules), rows, counts, sheet]), flush=True)
    os._exit(0)
def made(program, *arguments, make=Program.__init__):
    make(program, *arguments)
    program.painted.connect(lambda: tell(program))
Program.__init__ = made
main(["--data", sys.argv[1], "--lang", "en"])
"""


COMPILES = """
import builtins
made = []
compile_plain = builtins.compile
builtins.compile = lambda source, name, *more, **kind: made.append(name) or compile_plain(source, name, *more, **kind)
import crm_desktop.ui
print(*made)
"""


def test_what_qt_for_python_compiles_is_kept_for_the_next_start(tmp_path):
    environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    starts = [
        subprocess.run(
            [sys.executable, "-c", COMPILES],
            env=environment | {"PYTHONPYCACHEPREFIX": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.split()
        for _start in range(2)
    ]
    assert "shibokensupport/signature/parser.py" in starts[0]
    assert starts[1] == []


def test_nothing_slow_is_loaded_at_the_first_paint_and_the_accounts_are_there(tmp_path):
    from crm_desktop.model import Account

    workspace = open_workspace(DataFolder(tmp_path / "data"))
    for number in range(3):
        records.create(workspace, Account, {"name": f"Account {number}"})
    workspace.close()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "data")],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded, rows, counts, sheet = json.loads(done.stdout)
    assert SLOW & set(loaded) == set()
    assert rows == 3
    assert counts == "0 contacts · 3 accounts"
    assert sheet == ""  # it belongs to the window: with one for the application, building takes six times as long
