"""The history: every step there ever was, with its Undo; and the bin."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Contact
from crm_desktop.services import records
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.history import BIN, PAGE, STEPS, HistoryPage

pytest_plugins = ["tests.ui.page_window"]

KEY = Qt.Key


@pytest.fixture
def account(workspace):
    return records.create(workspace, Account, {"name": "Acme"})


@pytest.fixture
def window(page_window):
    return page_window(HistoryPage)


@pytest.fixture
def page(account, window):
    return window.page


def titles(page):
    return [page.steps.index(row, 1).data() for row in range(page.steps.rowCount())]


def description(workspace, key):
    return records.load(workspace, Account, key).fields["description"].text


def test_steps_are_listed_as_they_are_made(page, workspace, account):
    assert titles(page) == ["New Account"]
    records.change(workspace, Account, account, "description", "new")
    assert titles(page) == ["Edit Description", "New Account"]


def test_undo_takes_an_older_step_back_without_a_question_and_dims_it(page, workspace, account, window):
    records.change(workspace, Account, account, "description", "new")
    records.change(workspace, Account, account, "name", "Acme Ltd")
    page.table.selectRow(1)
    assert page.undo.isEnabled()
    page.undo.click()
    assert description(workspace, account) == ""
    assert records.load(workspace, Account, account).name == "Acme Ltd"
    assert window.told() == "Undone: Edit Description"
    row = titles(page).index("Edit Description", 1)
    assert page.steps.index(row, 5).data() == "Undone"
    assert page.steps.index(row, 1).data(Qt.ItemDataRole.ForegroundRole) == theme.tone("text3")
    assert page.table.currentIndex().row() == row, "the step stays chosen"
    assert not page.undo.isEnabled()


def test_enter_undoes_the_chosen_step(page, workspace, account):
    records.change(workspace, Account, account, "description", "new")
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, KEY.Key_Return)
    assert description(workspace, account) == ""


def test_the_oldest_step_can_be_reached(page, workspace, account, qtbot):
    for number in range(PAGE + 30):
        records.change(workspace, Account, account, "description", f"{number}")
    assert page.steps.rowCount() == PAGE
    page.table.selectRow(3)
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.steps.rowCount() == PAGE + 31)
    assert page.table.selectionModel().selectedRows()[0].row() == 3
    assert titles(page)[-1] == "New Account"
    assert not page.steps.canFetchMore(page.table.rootIndex())
    records.change(workspace, Account, account, "description", "one more")
    assert page.steps.rowCount() == PAGE + 31, "as far as it was read"
    assert page.steps.canFetchMore(page.table.rootIndex())


def test_changes_while_another_page_is_shown_are_listed_when_one_comes_back(page, workspace, account):
    page.hide()
    records.change(workspace, Account, account, "description", "new")
    page.show()
    assert titles(page)[0] == "Edit Description"


def test_the_bin_gives_back(page, workspace, account, window):
    page.tabs.set_value(BIN)
    assert page.stack.currentWidget().sentence.text() == "The bin is empty"
    assert lint(page) == []
    records.remove(workspace, Account, [account])
    assert page.binned.index(0, 1).data() == "Acme"
    assert not page.restore_.isEnabled()
    page.bin.selectRow(0)
    page.restore_.click()
    assert records.load(workspace, Account, account).deleted_at is None
    assert page.binned.rowCount() == 0
    assert window.told() == "Restore Acme"
    window.toasts.current.button.click()
    assert records.load(workspace, Account, account).deleted_at is not None


def test_a_long_bin_goes_on_at_its_end(page, workspace, qtbot):
    with workspace.write("Many") as session:
        session.insert_rows(
            Contact, [{"id": number + 1, "full_name": f"Person {number}"} for number in range(PAGE + 5)]
        )
    records.remove(workspace, Contact, range(1, PAGE + 6))
    page.tabs.set_value(BIN)
    assert page.binned.rowCount() == PAGE
    page.bin.scrollToBottom()
    qtbot.waitUntil(lambda: page.binned.rowCount() == PAGE + 5)


def test_an_empty_history_says_so(window):
    assert window.page.stack.currentWidget().sentence.text() == "Nothing was done yet"
    assert lint(window.page) == []


@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
def test_the_page_has_no_measurable_fault(page, workspace, account, window, size):
    records.change(workspace, Account, account, "description", "new")
    window.resize(*size)
    for tab in (STEPS, BIN):
        page.tabs.set_value(tab)
        QApplication.processEvents()
        assert lint(page) == []
