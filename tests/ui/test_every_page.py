"""Every page and panel, in both languages and sizes, passes the lint of the interface (ux.md 0.12)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCENES = (
    "account", "import-file", "contacts", "import-columns", "list-filter", "import-duplicates", "history", "search",
    "contact", "list-bulk", "import-preview", "settings", "list", "quick-add", "export", "today",
    "shortcuts",
    "file-preview",
    "tasks", "tasks-day", "task-editor", "task-done",
    "leaving", "verifying", "role-changed",
    "rhythms", "lifecycle", "settings-data", "own-fields",
    "template", "templates",
    "talks", "entry", "log-with-whom",
    "calendar", "calendar-month", "calendar-day", "appointment",
)  # fmt: skip
"""Every scene but the one that writes, which the tests of the import page lint themselves."""
SMALL, WIDE = "1024x680", "1440x900"


def pages(scenes):
    return [each for name in scenes for each in ("--page", name)]


@pytest.mark.parametrize(
    ("scale", "size", "theme", "languages", "scenes"),
    [
        ("1", SMALL, "light", ("en",), SCENES[::2]),
        ("1", SMALL, "dark", ("zh_CN",), SCENES[1::2]),
        ("1.25", SMALL, "dark", (), SCENES[8:9]),
        pytest.param("1", SMALL, "dark", (), SCENES, marks=pytest.mark.soak),
        pytest.param("1", WIDE, "light", (), SCENES, marks=pytest.mark.soak),
        pytest.param("1.25", SMALL, "dark", (), SCENES, marks=pytest.mark.soak),
        pytest.param("1.5", SMALL, "light", (), SCENES, marks=pytest.mark.soak),
    ],
)
def test_the_layout_has_no_fault(tmp_path, scale, size, theme, languages, scenes):
    """Both languages where none is named."""
    look = ("--theme", theme, "--size", size, *(each for code in languages for each in ("--lang", code)))
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop", "shots", str(tmp_path), "--lint", *look, *pages(scenes)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
