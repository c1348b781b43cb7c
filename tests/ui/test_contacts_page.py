"""The lists: filter, choose, open, copy and delete by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Contact
from crm_desktop.services import contacts, records
from crm_desktop.ui.lint import lint
from crm_desktop.ui.lists import pane as list_pane
from crm_desktop.ui.lists import table as list_table
from crm_desktop.ui.pages.contacts.page import ContactsPage

pytest_plugins = ["tests.ui.page_window"]

KEY = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def window(page_window, workspace, qtbot):
    """The page over three people of one company."""
    firm = records.create(workspace, Account, {"name": "Acme"})
    for name, mobile in (
        ("Anna Schneider", "+49 1512 3456789"),
        ("李四", "+86 13900000001"),
        ("张三", "+86 987654321"),
    ):
        contacts.create(workspace, {"full_name": name, "mobile": mobile}, firm)
    made = page_window(ContactsPage)
    tabs = made.page.tabs
    qtbot.waitUntil(lambda: [tabs.tabText(place) for place in (0, 1)] == ["Contacts 3", "Accounts 1"])
    made.page.table().setFocus()
    return made


@pytest.fixture
def page(window):
    return window.page


def shown(page):
    model = page.table().records
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def choose(page, first, last=None):
    """Choose rows as a click and a Shift-click do; selectRow() would ask for the keys of the test before."""
    table = page.table()
    for row, modifier in ((first, NONE), (last, SHIFT)):
        if row is not None:
            place = table.visualRect(table.records.index(row, 1)).center()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_the_title_follows_the_tab(page, qtbot):
    assert page.title.text() == "Contacts"
    assert page.tabs.tabText(0) == "Contacts 3"
    page.tabs.set_value("account")
    assert page.title.text() == "Accounts"
    assert shown(page) == ["Acme"]


def test_enter_opens_the_record(page, window):
    choose(page, 0)
    press(KEY.Key_Return)
    assert window.opened == [("contact", page.table().records.keys[0])]


def test_a_double_click_opens_the_record(page, window):
    table = page.table()
    middle = table.visualRect(table.records.index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert window.opened == [("contact", page.table().records.keys[2])]


def test_ctrl_c_copies_the_rows_as_a_sheet_pastes_them(page, window):
    choose(page, 0, 1)
    press(KEY.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Name", "Anna Schneider", "李四"]
    assert lines[1].split("\t")[1] == "Acme"
    assert window.told() == ""


def test_what_is_too_much_to_copy_is_said(page, monkeypatch, window):
    monkeypatch.setattr(list_table, "MOST_COPIED", 2)
    monkeypatch.setattr(list_pane, "MOST_COPIED", 2)
    press(KEY.Key_A, CTRL)
    press(KEY.Key_C, CTRL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3
    assert window.told() == "2 rows were copied. Export takes them all."


def test_delete_deletes_and_offers_undo(page, window, qtbot):
    choose(page, 0, 1)
    press(KEY.Key_Delete)
    qtbot.waitUntil(lambda: shown(page) == ["张三"])
    assert window.told() == "Delete 2 contacts"
    window.toasts.current.button.click()
    qtbot.waitUntil(lambda: len(shown(page)) == 3)


def test_the_filter_finds_by_initials_and_is_cleared(page, qtbot):
    page.command("filter")
    QTest.keyClicks(QApplication.focusWidget(), "zs")
    qtbot.waitUntil(lambda: shown(page) == ["张三"])
    assert page.tabs.tabText(0) == "Contacts 1"
    QTest.keyClicks(QApplication.focusWidget(), "qqq")
    qtbot.waitUntil(page.pane().nothing.isVisible)
    assert lint(page) == []
    press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    assert page.table().isVisible()


def test_each_tab_has_a_filter_of_its_own(page, qtbot):
    page.search.setText("zs")
    qtbot.waitUntil(lambda: shown(page) == ["张三"])
    page.tabs.set_value("account")
    assert (page.search.query(), shown(page)) == ("", ["Acme"])
    page.tabs.set_value("contact")
    assert (page.search.query(), shown(page)) == ("zs", ["张三"])


def test_what_is_chosen_stays_chosen_when_the_list_is_read_again(page, workspace, qtbot):
    table = page.table()
    choose(page, 1, 2)
    chosen, current = set(table.chosen()), table.currentIndex().data()
    with qtbot.waitSignal(table.records.listed):
        contacts.create(workspace, {"full_name": "Aaron"})
    assert set(table.chosen()) == chosen
    assert [row.row() for row in table.selectionModel().selectedRows()] == [2, 3]
    assert table.currentIndex().data() == current
    with qtbot.waitSignal(table.records.listed):
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert set(table.chosen()) == chosen
    with qtbot.waitSignal(table.records.listed):
        records.remove(workspace, Contact, [min(chosen)])
    assert set(table.chosen()) == chosen - {min(chosen)}


def test_the_cursor_stays_in_its_place_when_its_record_goes(page, qtbot):
    choose(page, 1)
    table = page.table()
    with qtbot.waitSignal(table.records.listed):
        press(KEY.Key_Delete)
    assert table.chosen() == []
    assert table.currentIndex().siblingAtColumn(0).data() == "张三"


def test_a_long_list_stays_where_it_stands_when_it_is_read_again(page, workspace, qtbot):
    table = page.table()
    with qtbot.waitSignal(table.records.listed), workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": f"Person {number:04}"} for number in range(300)])
    table.verticalScrollBar().setValue(200)
    top = table.records.keys[200]
    with qtbot.waitSignal(table.records.listed):
        contacts.create(workspace, {"full_name": "Aaron"})
    assert table.records.keys[table.verticalScrollBar().value()] == top
    with qtbot.waitSignal(table.records.listed):
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.verticalScrollBar().value() == 0


def test_changes_while_another_page_is_shown_are_there_when_one_comes_back(page, workspace, qtbot):
    page.hide()
    contacts.create(workspace, {"full_name": "Aaron"})
    assert "Aaron" not in shown(page)
    page.show()
    qtbot.waitUntil(lambda: "Aaron" in shown(page))


def test_an_empty_list_says_how_to_begin(page, workspace, qtbot):
    records.remove(workspace, Contact, list(page.table().records.keys))
    qtbot.waitUntil(page.pane().empty.isVisible)
    assert page.pane().empty.sentence.text() == "No contacts yet"
    assert lint(page) == []
    records.remove(workspace, Account, list(page.tables["account"].records.keys))
    page.tabs.set_value("account")
    qtbot.waitUntil(lambda: page.pane().empty.isVisible() and page.pane().empty.sentence.text() == "No accounts yet")
    contacts.create(workspace, {"full_name": "Aaron"})
    page.tabs.set_value("contact")
    qtbot.waitUntil(lambda: shown(page) == ["Aaron"])
    assert page.table().isVisible()


def test_the_newest_are_shown_on_top_after_an_import(page, workspace, qtbot):
    contacts.create(workspace, {"full_name": "Mia"})
    page.search.setText("zs")
    qtbot.waitUntil(lambda: shown(page) == ["张三"])
    assert page.command("newest")
    qtbot.waitUntil(lambda: shown(page)[:1] == ["Mia"])
    assert page.search.query() == ""


def test_widths_and_tab_are_kept(page):
    page.table().horizontalHeader().resizeSection(1, 321)
    page.tabs.set_value("account")
    kept = page.state()
    page.table().horizontalHeader().resizeSection(1, 100)
    page.tabs.set_value("contact")
    page.restore(kept)
    assert page.tabs.value() == "account"
    assert page.tables["contact"].horizontalHeader().sectionSize(1) == 321


def test_the_page_has_no_measurable_fault(page, window):
    assert lint(page) == []
    window.resize(1024, 680)
    page.tabs.set_value("account")
    QApplication.processEvents()
    assert lint(page) == []
