"""Narrowing a list: the filter builder, the row below the heads, and lists that are kept under a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crm_desktop.model import Account, Contact
from crm_desktop.model.filters import ALL, ANY, NONE, NOTHING, Group, Test
from crm_desktop.services import contacts, lists, records, users
from crm_desktop.store.undo import undo
from crm_desktop.ui.lint import lint
from crm_desktop.ui.lists.filter_row import written
from crm_desktop.ui.lists.naming import Naming
from crm_desktop.ui.pages.contacts.page import ContactsPage

pytest_plugins = ["tests.ui.page_window"]

KEY = Qt.Key
PEOPLE = (
    ("Anna Schneider", "Buyer", "fair 2026"),
    ("李四", "总经理", "fair 2026, vip"),
    ("王五", "采购经理", ""),
    ("张三", "采购经理", "vip"),
)


@pytest.fixture
def window(page_window, workspace, qtbot):
    """The page over four people of one company."""
    firm = records.create(workspace, Account, {"name": "Acme", "industry": "制造业"})
    for name, title, tags in PEOPLE:
        contacts.create(workspace, {"full_name": name, "title": title, "tags": tags}, firm)
    made = page_window(ContactsPage)
    qtbot.waitUntil(lambda: all(each.table.records.is_whole for each in made.page.lists.values()))
    made.page.table().setFocus()
    return made


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def shows(page, qtbot):
    """shows("张三") waits until exactly these are listed."""

    def shows(*names):
        model = page.table().records
        qtbot.waitUntil(lambda: [called(model, key) for key in model.keys] == list(names))

    return shows


def called(model, key):
    place = [each.name for each in model.fields].index("full_name")
    return model.index(model.row_of(key), place).data()


def focus():
    return QApplication.focusWidget()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(focus(), key, modifiers)


def pick(words):
    """Choose by typing in the list that drops down from what has the focus."""
    press(KEY.Key_Return)
    QTest.keyClicks(focus(), words)
    press(KEY.Key_Return)


def test_a_filter_is_built_and_cleared_by_keys_alone(page, shows, qtbot, type_in):
    press(KEY.Key_F4)
    builder = page.pane().builder
    assert builder.isVisible()
    assert page.filter_button.isChecked()
    pick("Job title")
    assert builder.root.group() == NOTHING
    assert isinstance(focus(), QLineEdit)
    type_in(focus(), "经理")
    shows("李四", "王五", "张三")
    qtbot.waitUntil(lambda: builder.count.text() == "3 of 4")
    assert page.summary.text() == "3 of 4 · Job title contains “经理”"
    builder.root.add_test_button.setFocus()
    press(KEY.Key_Space)
    pick("Tags")
    press(KEY.Key_Return)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Escape)
    shows("李四", "张三")
    assert lint(page) == []
    press(KEY.Key_Escape)
    assert not builder.isVisible()
    assert page.table().hasFocus()
    page.clear_button.click()
    shows("Anna Schneider", "李四", "王五", "张三")
    assert page.pane().filter == NOTHING


def test_groups_stand_inside_groups(page, shows):
    deep = Group(ALL, (Test("title", "contains", ("经理",)), Group(NONE, (Test("tag", "any_of", ("vip",)),))))
    pane = page.pane()
    pane.set_filter(deep)
    pane.open_builder()
    assert pane.builder.root.group() == deep
    shows("王五")
    assert pane.builder.save_button.isVisible()
    assert page.save_button.isHidden(), "one button that saves a new list is enough"
    inner = pane.builder.root.add_group()
    assert inner.how.value() == ANY
    assert pane.builder.root.group() == deep, "what is not complete keeps nothing out"
    assert lint(page) == []


def test_a_value_that_cannot_be_asked_says_why(page, shows):
    pane = page.pane()
    pane.open_builder()
    pane.set_filter(Group(ALL, (Test("birthday", "after", ("whenever",)),)))
    assert "whenever" in pane.builder.count.text()
    assert pane.filter == NOTHING
    shows("Anna Schneider", "李四", "王五", "张三")


def test_the_row_below_the_heads_narrows_by_column(page, shows, type_in):
    press(KEY.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert page.pane().row.is_shown
    type_in(focus(), "张")
    shows("张三")
    assert page.summary.text().startswith("1 of 4 · Name contains “张”")
    assert lint(page) == []
    page.table().freeze(1)
    page.table().move_column(2, 0)
    shows("张三")
    page.command("filter_row")
    shows("Anna Schneider", "李四", "王五", "张三")
    page.tabs.set_value("account")
    page.pane().toggle_row()
    assert lint(page) == []


@pytest.mark.parametrize(
    ("path", "text", "operator", "values"),
    [
        ("employees", "> 50", "more", ("50",)),
        ("employees", "50", "equals", ("50",)),
        ("employees", "≤50", "at_most", ("50",)),
        ("created_at", "2026-03", "on", ("2026-03",)),
        ("created_at", "<-30d", "before", ("-30d",)),
        ("name", "> acme", "contains", ("> acme",)),
    ],
)
def test_what_is_typed_below_a_head_is_understood(path, text, operator, values):
    from crm_desktop.model.filters import testable_at

    assert written(testable_at(Account, path), text) == Test(path, operator, values)


def test_a_list_is_saved_changed_renamed_and_removed(page, window, workspace, shows, qtbot):
    users.set_local_name(workspace, "李明")
    pane = page.pane()
    pane.set_filter(Group(ALL, (Test("tag", "any_of", ("vip",)),)))
    shows("李四", "张三")
    page.table().show_columns(["full_name", "tags", "title"])
    page.save_button.click()
    panel = window.findChild(Naming)
    assert lint(panel) == []
    QTest.keyClicks(focus(), "VIPs")
    press(KEY.Key_Return)
    assert page.lists_button.accessibleName() == "VIPs"
    assert window.told() == "Saved as “VIPs”"
    [view] = lists.all_for(workspace, Contact)
    assert (view.owner, [each.name for each in view.columns]) == (workspace.author, ["full_name", "tags", "title"])
    assert page.save_button.isHidden()

    page.search.setText("zs")
    qtbot.waitUntil(page.save_button.isVisible)
    assert page.save_button.text() == "Save the changes"
    page.save_button.click()
    assert lists.get(workspace, view.key).text == "zs"

    pane.show_all()
    shows("Anna Schneider", "李四", "王五", "张三")
    assert page.command("list", view.key)
    shows("张三")
    actions = {each.text(): each for each in pane.saved.menu(page).actions()}
    actions["Share with colleagues"].trigger()
    assert lists.get(workspace, view.key).owner is None
    {each.text(): each for each in pane.saved.menu(page).actions()}["Rename…"].trigger()
    focus().setText("Very important")
    press(KEY.Key_Return)
    assert page.lists_button.accessibleName() == "Very important"

    pane.set_filter(Group(ALL, (Test("tag", "any_of", ("fair 2026",)),)))
    pane.saved.save_new()
    focus().setText("very important")
    press(KEY.Key_Return)
    assert panel.isVisible()
    assert "Very important" in panel.problem.text() or "very important" in panel.problem.text()
    focus().setText("Fair")
    press(KEY.Key_Return)
    assert [each.name for each in pane.saved.all()] == ["Very important", "Fair"]
    {each.text(): each for each in pane.saved.menu(page).actions()}["Move up"].trigger()
    assert [each.name for each in pane.saved.all()] == ["Fair", "Very important"]
    {each.text(): each for each in pane.saved.menu(page).actions()}["Remove this list"].trigger()
    assert [each.name for each in pane.saved.all()] == ["Very important"]
    undo(workspace)
    assert [each.name for each in pane.saved.all()] == ["Fair", "Very important"]


def test_a_record_that_no_longer_matches_leaves_and_the_rest_stays(page, workspace, shows):
    page.pane().set_filter(Group(ALL, (Test("title", "contains", ("经理",)),)))
    shows("李四", "王五", "张三")
    table = page.table()
    table.go_to(2, 1)
    gone = table.records.keys[0]
    records.change(workspace, Contact, gone, "title", "Advisor")
    shows("王五", "张三")
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    assert table.chosen() == [table.records.keys[1]]
