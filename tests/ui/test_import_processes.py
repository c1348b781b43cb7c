"""The import page with its worker processes: what is cancelled, and what a process says of a file it cannot read."""

from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.paths import SAMPLES
from crm_desktop.store import dump
from crm_desktop.store.driver import connect
from crm_desktop.ui.pages.import_.page import COLUMNS, PREVIEW
from crm_desktop.ui.pages.import_.work import Trial

pytest_plugins = ["tests.ui.import_window"]


@pytest.fixture
def other(folder):
    """Another process that has the data open."""
    with closing(connect(folder.database)) as connection:
        yield connection


def test_a_cancelled_import_leaves_nothing(window, page, workspace, read, qtbot, other):
    before = dump.text(workspace)
    read(SAMPLES / "trade_show.xlsx")
    page._show_step(PREVIEW)
    other.execute("BEGIN IMMEDIATE")  # so that it cannot be done before it is cancelled
    page.go_on()
    what, (text, _done, _total, cancel) = window.asked[-1]
    assert what == "progress"
    assert "trade_show.xlsx" in text
    cancel()
    qtbot.waitUntil(lambda: window.asked[-1] == ("progress", None))
    other.execute("ROLLBACK")
    assert page.bar.words.text() == "The import was cancelled. Nothing was written."
    assert dump.text(workspace) == before
    assert page.step() == PREVIEW
    assert page.foot.on_button.isEnabled()


def test_a_wrong_file_is_told_and_a_trial_that_nobody_wants_any_more_ends(page, read, listed, qtbot):
    read(listed())
    page.open_file(listed("not a workbook", "wrong.xlsx"))
    qtbot.waitUntil(page.bar.isVisible)
    assert "“wrong.xlsx”" in page.bar.words.text()
    assert page.course.draft.name == "list.csv"
    assert page.step() == COLUMNS
    assert page.course.is_fresh
    assert page.course.work.findChildren(Trial)
    page.course.forget()
    qtbot.waitUntil(lambda: not page.course.work.findChildren(Trial))


def test_what_was_tried_out_is_imported_without_reading_it_again(page, workspace, read, listed, qtbot):
    read(listed())
    Path(page.course.draft.path).write_text("changed since", encoding="utf-8")
    with qtbot.waitSignal(page.course.imported) as told:
        page.course.run()
    [done] = told.args
    assert (done.counts["create"], done.set_id) == (2, workspace.undo_target())
