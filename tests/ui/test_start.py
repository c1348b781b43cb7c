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
    "PySide6.QtNetwork",
    "crm_desktop.model",
    "crm_desktop.services.records",
    "crm_desktop.text.folding",
    "crm_desktop.ui.desk",
    "crm_desktop.ui.pages.welcome",
    "crm_desktop.ui.widgets.toast",
    "crm_desktop.ui.window_commands",
}
SCRIPT = """
import json, os, sys
from crm_desktop.app import main
from crm_desktop.ui.program import Program
def tell(program):
    rows = program.window.pages["accounts"].tree.view.model().rowCount()
    print(json.dumps([sorted(sys.modules), rows, program.window.status.counts.words.text()]), flush=True)
    os._exit(0)
def made(program, *arguments, make=Program.__init__):
    make(program, *arguments)
    program.painted.connect(lambda: tell(program))
Program.__init__ = made
main(["--data", sys.argv[1], "--lang", "en"])
"""


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
    loaded, rows, counts = json.loads(done.stdout)
    assert SLOW & set(loaded) == set()
    assert rows == 3
    assert counts == "0 contacts · 3 accounts"
