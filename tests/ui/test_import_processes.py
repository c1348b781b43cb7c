"""The import page with its worker processes: what is cancelled, and what a process says of a file it cannot read."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from crm_desktop.model import Contact, CustomField
from crm_desktop.paths import SAMPLES
from crm_desktop.store import dump
from crm_desktop.store.driver import connect
from crm_desktop.ui.pages.import_.page import COLUMNS, PREVIEW
from crm_desktop.ui.pages.import_.work import ImportWork, Trial

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


def test_a_wrong_file_is_told_and_changes_nothing(page, read, listed, qtbot):
    read(listed())
    page.open_file(listed("not a workbook", "wrong.xlsx"))
    qtbot.waitUntil(page.bar.isVisible)
    assert "“wrong.xlsx”" in page.bar.words.text()
    assert page.course.draft.name == "list.csv"
    assert page.step() == COLUMNS
    assert page.course.is_fresh


@pytest.fixture
def reads(monkeypatch, page):
    """The arguments of the processes that were started by now."""
    started = []
    start = ImportWork.start
    monkeypatch.setattr(ImportWork, "start", lambda work, kind, *rest: (started.append(kind), start(work, kind, *rest)))
    return started


def imported(page, qtbot):
    with qtbot.waitSignal(page.course.imported) as told:
        page.course.run()
    return told.args[0]


def test_what_was_tried_out_is_imported_without_reading_it_again(page, workspace, read, listed, reads, qtbot):
    read(listed())
    Path(page.course.draft.path).write_text("changed since", encoding="utf-8")
    done = imported(page, qtbot)
    assert (done.counts["create"], done.set_id) == (2, workspace.undo_target())
    assert reads == ["inspect", "check"]


def test_a_plan_that_is_not_kept_any_more_is_made_again(page, workspace, read, listed, reads, qtbot):
    read(listed())
    page.course.work._let_go()
    assert imported(page, qtbot).counts["create"] == 2
    assert reads == ["inspect", "check", "import"]


def test_a_choice_that_was_never_tried_out_counts(page, workspace, read, listed, reads, qtbot):
    read(listed())
    page.course.draft.mode = "update"
    assert imported(page, qtbot).counts["create"] == 0
    assert reads == ["inspect", "check", "import"]


def test_data_that_changed_since_the_trial_is_compared_again(page, workspace, read, listed, qtbot):
    read(listed())
    with workspace.write("Meanwhile") as session:
        session.add(Contact(full_name="张三"))
    done = imported(page, qtbot)
    assert done.set_id == workspace.undo_target()


def test_new_fields_of_a_trial_are_made_once(page, workspace, read, listed, qtbot):
    read(listed("公司,姓名,手机,车牌\nABC有限公司,张三,13800138000,粤A12345\n"))
    page.course.draft.columns[3] = "new:contact:text:车牌"
    page.course.check_soon()
    qtbot.waitUntil(lambda: page.course.is_fresh)
    imported(page, qtbot)
    with workspace.read() as session:
        assert session.scalars(select(CustomField.zh)).all() == ["车牌"]


def test_a_trial_that_nobody_wants_any_more_ends(page, read, listed, qtbot):
    read(listed())
    [trial] = page.course.work.findChildren(Trial)
    assert trial.is_running()
    page.course.forget()
    qtbot.waitUntil(lambda: not page.course.work.findChildren(Trial))
