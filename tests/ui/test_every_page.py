"""Every page and panel, in both languages and sizes, passes the lint of the interface (ux.md 0.12)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUICK = (
    "account", "contact", "contacts", "import-file", "import-columns", "import-duplicates", "import-preview", "history",
    "settings", "quick-add", "search", "export",
)  # fmt: skip
"""Every scene but the one that writes, which the tests of the import page lint themselves."""
EVERY = ("--size", "1024x680", *(each for name in QUICK for each in ("--page", name)))
WIDE = ("--size", "1440x900", "--page", "account", "--page", "import-columns", "--page", "contacts")
MAIN = ("--size", "1024x680", "--page", "contact", "--page", "import-columns")


@pytest.mark.parametrize(
    ("scale", "scenes", "theme"),
    [("1", EVERY, "light"), ("1", WIDE, "dark"), ("1.25", MAIN, "dark"), ("1.5", MAIN, "light")],
)
def test_the_layout_has_no_fault(tmp_path, scale, scenes, theme):
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop", "shots", str(tmp_path), "--lint", "--theme", theme, *scenes],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
