"""Somebody comes home from a trade show with the organiser's list: in, looked at, out again, and in once more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from sqlalchemy import func, select

from crm_desktop.model import Account, Contact
from crm_desktop.settings import Settings
from crm_desktop.store import dump
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.import_.page import COLUMNS, RESULT, ImportPage
from dev import ROOT

SAMPLE = ROOT / "resources" / "samples" / "trade_show.xlsx"


@pytest.fixture
def page(qtbot, qapp, workspace, folder):
    theme.apply(qapp, "light", language="en")
    window = QMainWindow()
    qtbot.addWidget(window)
    page = ImportPage()
    page.desk = Desk(workspace, folder, Settings(), window)
    window.setCentralWidget(page)
    page.desk.changed.connect(page.refresh)
    page.attach(page.desk)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    yield page
    page.let_go()
    page.desk.close()


def count(workspace, entity):
    with workspace.read() as session:
        return session.scalar(select(func.count(entity.id)).where(entity.deleted_at.is_(None)))


def import_with_keys(page, qtbot):
    """Enter three times: no mapping, nothing doubtful, go."""
    qtbot.waitUntil(lambda: page.step() == COLUMNS)
    for step in (COLUMNS + 1, COLUMNS + 2, RESULT):
        QTest.keyClick(page.foot.on_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda step=step: page.step() == step)


def test_a_list_comes_in_goes_out_and_comes_in_again(page, workspace, qtbot):
    before = dump.text(workspace)
    page.command("file", str(SAMPLE))
    qtbot.waitUntil(lambda: page.course.is_fresh)
    promised = page.course.plan
    import_with_keys(page, qtbot)

    told = {code: number.text() for code, number in page.result.outcome.numbers.items()}
    assert page.result.title.text() == f"{promised.people:,} contacts imported"
    assert told["create"] == f"{promised.counts['create']:,}"
    assert told["problem"] == f"{promised.counts['problem']:,}"
    assert sum(int(told[each]) for each in ("create", "update", "same", "left_out", "problem")) == 300
    assert count(workspace, Contact) == promised.counts["contacts"]
    assert count(workspace, Account) == promised.counts["accounts"]

    page.result.undo_button.click()
    qtbot.waitUntil(lambda: not page.result.undo_button.isEnabled())
    assert dump.text(workspace) == before

    page.start_over()
    page.command("file", str(SAMPLE))
    import_with_keys(page, qtbot)
    assert page.course.facts.is_remembered
    assert count(workspace, Contact) == promised.counts["contacts"]
