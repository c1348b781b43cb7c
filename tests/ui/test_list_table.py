"""The table of a list: values edited in their cells, columns as one wants them, jumping to a name by its letters."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Contact, Task
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.services import contacts, records
from crm_desktop.ui.lint import lint
from crm_desktop.ui.lists.column_panel import ColumnPanel
from crm_desktop.ui.pages.contacts.page import ContactsPage

pytest_plugins = ["tests.ui.page_window"]

KEY = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | SHIFT
COLUMNS = ["full_name", "title", "account", "mobile", "tags"]
MANY = 700


@pytest.fixture
def window(page_window, workspace, qtbot):
    """The page over three people of one company, with five columns."""
    firm = records.create(workspace, Account, {"name": "Acme"})
    for name, mobile in (("Anna Schneider", "+49 1512 3456789"), ("李四", "+86 13900000001"), ("张三", "")):
        contacts.create(workspace, {"full_name": name, "mobile": mobile, "title": "Buyer"}, firm)
    made = page_window(ContactsPage)
    qtbot.waitUntil(lambda: all(each.table.records.is_whole for each in made.page.lists.values()))
    made.page.table().show_columns(COLUMNS)
    made.page.table().setFocus()
    return made


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def table(page):
    return page.table()


def focus():
    return QApplication.focusWidget()


def press(key, modifiers=NONE):
    QTest.keyClick(focus(), key, modifiers)


def names(table):
    return [each.name for each in table.records.fields]


def text(table, row, name):
    return table.records.index(row, names(table).index(name)).data()


def test_a_value_is_edited_in_its_cell_and_tab_goes_on(page, table, workspace):
    table.go_to(0, names(table).index("title"))
    press(KEY.Key_F2)
    editor = page.pane().cell_editor
    assert editor.isVisible()
    assert lint(page) == []
    QTest.keyClicks(focus(), "Head of purchasing")
    press(KEY.Key_Tab)
    assert text(table, 0, "title") == "Head of purchasing"
    assert table.currentIndex().column() == names(table).index("mobile"), "the account is not edited here"
    QTest.keyClicks(focus(), "+86 138 0013 8000")
    press(KEY.Key_Return)
    assert not editor.isVisible()
    assert table.hasFocus()
    assert text(table, 0, "mobile") == "+86 138 0013 8000"
    press(KEY.Key_Return)
    assert editor.isVisible(), "Enter edits where it does not open"
    QTest.keyClicks(focus(), "zzz")
    press(KEY.Key_Escape)
    assert not editor.isVisible()
    assert text(table, 0, "mobile") == "+86 138 0013 8000"
    assert workspace.undo_title == "Edit Mobile"


def test_what_cannot_be_saved_stays_with_its_reason(page, table, workspace, window):
    table.go_to(1, 0)
    press(KEY.Key_F2)
    editor = page.pane().cell_editor
    focus().setText("")
    press(KEY.Key_Return)
    assert editor.isVisible()
    assert "needed" in editor.binder.row.finding.text()
    assert editor.height() > table.ticks.defaultSectionSize()
    page.search.setFocus()
    assert editor.isVisible(), "nothing that was typed is lost"
    editor.binder.editor.setFocus()
    press(KEY.Key_Escape)
    assert not editor.isVisible()
    assert text(table, 1, "full_name") == "李四"


def test_tags_and_choices_are_edited_in_their_cells(page, table, qtbot, type_in):
    table.go_to(0, names(table).index("tags"))
    press(KEY.Key_F2)
    type_in(focus(), "老客户")
    press(KEY.Key_Return)
    assert text(table, 0, "tags") == "老客户"
    press(KEY.Key_Return)
    assert not page.pane().cell_editor.isVisible()
    page.tabs.set_value("account")
    table = page.table()
    table.setFocus()
    table.go_to(0, names(table).index("level"))
    press(KEY.Key_F2)
    qtbot.waitUntil(lambda: type(focus()).__name__ != "ChoiceEditor" and focus() is not table)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: not page.pane().cell_editor.isVisible())
    assert text(table, 0, "level")


def test_a_value_that_is_edited_elsewhere_shows_at_once(table, workspace):
    table.go_to(1, 1)
    records.change(workspace, Contact, table.records.keys[1], "title", "Owner")
    assert text(table, 1, "title") == "Owner"
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)


def test_columns_are_moved_sized_and_hidden_by_keys(page, table, window):
    assert not table.records.is_reading(), "other columns need no other keys"
    table.go_to(0, 3)
    press(KEY.Key_Left, ALT_SHIFT)
    assert names(table) == ["full_name", "title", "mobile", "account", "tags"]
    assert table.currentIndex().column() == 2
    wide = table.head.sectionSize(2)
    press(KEY.Key_Up, ALT_SHIFT)
    assert table.head.sectionSize(2) > wide
    press(KEY.Key_Right, ALT_SHIFT)
    assert names(table) == COLUMNS
    assert table.head.sectionSize(3) > wide, "the width goes with the column"
    actions = {each.text(): each for each in page.pane().menus.head_menu(1, table).actions()}
    actions["Hide this column"].trigger()
    assert "title" not in names(table)
    press(KEY.Key_F2, SHIFT)
    panel = window.findChild(ColumnPanel)
    assert lint(panel) == []
    assert panel.columns.codes() == names(table)
    press(KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(table) == ["account", "full_name", "mobile", "tags"]
    panel.frozen.setValue(2)
    assert table.frozen.count == 2
    assert lint(page) == []
    press(KEY.Key_Escape)
    kept = page.state()
    panel._reset()
    table.freeze(0)
    page.restore(kept)
    assert names(table) == ["account", "full_name", "mobile", "tags"]
    assert table.frozen.count == 2


def test_a_head_is_dragged_to_another_place(table, qtbot):
    table.head.moveSection(3, 1)
    qtbot.waitUntil(lambda: names(table) == ["full_name", "mobile", "title", "account", "tags"])
    assert [table.head.visualIndex(each) for each in range(5)] == list(range(5))


def test_frozen_columns_stay_and_show_the_same_rows(table, window):
    window.resize(900, 600)
    table.freeze(1)
    QApplication.processEvents()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.frozen.isVisible()
    assert table.frozen.indexAt(QPoint(5, 5)).column() == 0
    place = table.frozen.visualRect(table.records.index(2, 0)).center()
    QTest.mouseClick(table.frozen.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert table.currentIndex().row() == 2
    assert table.hasFocus()


def test_letters_jump_to_the_name_that_begins_so(page, table, workspace, qtbot, type_in):
    with workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": f"Person {number:04}"} for number in range(MANY)])
    for name in ("张伟", "赵四", "Zoe"):
        contacts.create(workspace, {"full_name": name})
    qtbot.waitUntil(lambda: len(table.records.keys) == MANY + 6)

    def jump(letters):
        table._jump._at = 0
        QTest.keyClicks(table, letters)
        return text(table, table.currentIndex().row(), "full_name")

    assert jump("an") == "Anna Schneider"
    assert jump("zw") == "张伟"
    assert jump("zhaos") == "赵四"
    assert jump("zo") == "Zoe"
    assert jump("person 500") == "Person 0500"
    assert jump("qqq") == "Person 0500", "where there is none, nothing moves"
    table._jump._at = 0
    type_in(table, "赵")
    assert text(table, table.currentIndex().row(), "full_name") == "赵四"
    with qtbot.waitSignal(table.records.listed):
        table.sort_by("full_name", descending=True)
    assert jump("zw") == "张伟"
    with qtbot.waitSignal(table.records.listed):
        table.sort_by("title")
    assert jump("zw") == "张伟"


def test_the_menus_offer_what_keys_do(page, table, window):
    table.go_to(1, 1)
    words = [each.text().split("\t")[0] for each in page.pane().menus.rows_menu(table).actions() if each.text()]
    assert words[:2] == ["Open", "Edit this value"]
    assert {"Edit a field…", "Tag…", "Owner…", "Copy as text", "Select all", "Delete"} <= set(words)
    {each.text(): each for each in page.pane().menus.rows_menu(table).actions()}["Open"].trigger()
    assert window.opened == [("contact", table.records.keys[1])]
    QTest.keyClick(table, KEY.Key_Return, CTRL)
    assert len(window.opened) == 2


def test_selecting_all_before_all_is_there_selects_all(page, table, workspace, qtbot):
    with workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": f"Person {number:04}"} for number in range(MANY)])
    qtbot.waitUntil(lambda: len(table.records.keys) == MANY + 3)
    from crm_desktop.store.queries import Listing
    from crm_desktop.ui.lists.table import RecordTable

    fresh = RecordTable(workspace, Listing(Contact), "Contacts")
    qtbot.addWidget(fresh)
    fresh.records.show(fresh.records.listing)
    assert 0 < len(fresh.records.keys) < MANY, "the first page is there at once"
    fresh.selectAll()
    qtbot.waitUntil(lambda: fresh.records.is_whole)
    assert fresh.chosen_count() == MANY + 3
    with qtbot.waitSignal(fresh.records.listed):
        fresh.sort_by("birthday")
    assert fresh.is_all_chosen()


def test_the_next_follow_up_is_shown_sorted_by_and_asked_for(page, table, workspace, qtbot):
    """Of several tasks the earliest that is not done counts; late ones stand out; blanks come last either way."""
    now = datetime.now().astimezone()
    keys = {each: table.records.keys[row] for row, each in enumerate(("Anna", "李四", "张三"))}
    with workspace.write("tasks") as session:
        for name, days, done in (("Anna", 3, None), ("Anna", 1, now), ("Anna", 9, None), ("张三", -2, None)):
            due = (now + timedelta(days=days)).replace(hour=12, minute=0)
            session.add(Task(title="Call", due_at=due, done_at=done, has_time=True, contact_id=keys[name]))
    table.show_columns(["full_name", "next_step"])
    field = table.records.fields[1]
    cells = [table.records.cell(row, field) for row in range(3)]
    assert [each.is_late for each in cells] == [False, False, True]
    assert cells[0].text.endswith("12:00")
    assert [each.text for each in cells[1:]] == ["—", "2 days late"]

    def order(**how):
        table.sort_by("next_step", **how)
        qtbot.waitUntil(lambda: not table.records.is_reading())
        return list(table.records.keys)

    assert order() == [keys["张三"], keys["Anna"], keys["李四"]]
    assert order(descending=True) == [keys["Anna"], keys["张三"], keys["李四"]]
    for test, names_left in (
        (Test("task.due", "late"), {"张三"}),
        (Test("task.due", "empty"), {"李四"}),
        (Test("task.due", "next_days", ("7",)), {"Anna"}),
    ):
        page.pane().set_filter(Group(ALL, (test,)))
        qtbot.waitUntil(lambda: not table.records.is_reading())
        assert set(table.records.keys) == {keys[each] for each in names_left}
