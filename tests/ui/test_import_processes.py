"""The import page with its worker processes: what is cancelled, and what a process says of a file it cannot read."""

from crm_desktop.paths import SAMPLES
from crm_desktop.store import dump
from crm_desktop.ui.pages.import_.page import COLUMNS, PREVIEW

pytest_plugins = ["tests.ui.import_window"]
PATIENCE = 20_000


def test_a_cancelled_import_leaves_nothing(window, page, workspace, read, qtbot):
    before = dump.text(workspace)
    read(SAMPLES / "trade_show.xlsx")
    page._show_step(PREVIEW)
    with qtbot.waitSignal(page.course.work.progressed, timeout=PATIENCE):
        page.go_on()
    what, (text, _done, _total, cancel) = window.asked[-1]
    assert what == "progress"
    assert "trade_show.xlsx" in text
    cancel()
    qtbot.waitUntil(lambda: window.asked[-1] == ("progress", None), timeout=PATIENCE)
    assert page.bar.words.text() == "The import was cancelled. Nothing was written."
    assert dump.text(workspace) == before
    assert page.step() == PREVIEW
    assert page.foot.on_button.isEnabled()


def test_a_wrong_file_is_told_and_changes_nothing(page, read, listed, qtbot):
    read(listed())
    page.open_file(listed("not a workbook", "wrong.xlsx"))
    qtbot.waitUntil(page.bar.isVisible, timeout=PATIENCE)
    assert "“wrong.xlsx”" in page.bar.words.text()
    assert page.course.draft.name == "list.csv"
    assert page.step() == COLUMNS
    assert page.course.is_fresh
