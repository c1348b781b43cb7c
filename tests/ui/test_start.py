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
    "crm_desktop.model",
    "crm_desktop.services.records",
}
SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from crm_desktop.settings import Settings
from crm_desktop.store.folder import DataFolder
from crm_desktop.ui.program import Program
app = QApplication([])
program = Program(app, DataFolder(Path(sys.argv[1])), Settings(language="en"))
def tell():
    print(json.dumps([sorted(sys.modules), program.window.pages["accounts"].tree.view.model().rowCount()]))
    app.quit()
program._import = tell
program.start()
app.exec()
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
    loaded, rows = json.loads(done.stdout)
    assert SLOW & set(loaded) == set()
    assert rows == 3
