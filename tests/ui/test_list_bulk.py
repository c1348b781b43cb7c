"""Changing many records from a list, by keys: choosing them, the bar, one step each, a worker for the biggest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Contact
from crm_desktop.services import records, users
from crm_desktop.ui.lint import lint
from crm_desktop.ui.lists import bulk as list_bulk
from crm_desktop.ui.lists.bulk_edit import BulkEdit
from crm_desktop.ui.lists.naming import Naming
from crm_desktop.ui.pages.contacts.page import ContactsPage

pytest_plugins = ["tests.ui.page_window"]

KEY = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BUYERS, OTHERS = 300, 20


@pytest.fixture
def window(page_window, workspace, qtbot):
    """The page over 320 people, 300 of whom are fond of golf."""
    users.set_local_name(workspace, "李明")
    with workspace.write("Many") as session:
        rows = [{"full_name": f"Person {number:03}", "hobby": "golf"} for number in range(BUYERS)]
        session.insert_rows(Contact, rows + [{"full_name": f"Other {number:03}"} for number in range(OTHERS)])
    made = page_window(ContactsPage)
    qtbot.waitUntil(lambda: made.page.table().records.is_whole and len(made.page.table().records.keys) == 320)
    made.page.table().setFocus()
    return made


@pytest.fixture
def page(window):
    return window.page


def focus():
    return QApplication.focusWidget()


def press(key, modifiers=NONE):
    QTest.keyClick(focus(), key, modifiers)


def tags_of(workspace, key):
    return records.load(workspace, Contact, key).fields["tags"].value


def test_filter_save_choose_300_tag_and_undo_by_keys_alone(page, window, workspace, qtbot, type_in):
    table = page.table()
    press(KEY.Key_F4)
    press(KEY.Key_Return)
    QTest.keyClicks(focus(), "Hobbies")
    press(KEY.Key_Return)
    type_in(focus(), "golf")
    qtbot.waitUntil(lambda: len(table.records.keys) == BUYERS and not table.records.is_reading())
    page.pane().builder.save_button.setFocus()
    press(KEY.Key_Space)
    type_in(focus(), "高尔夫")
    press(KEY.Key_Return)
    assert not window.findChild(Naming).isVisible()
    assert page.lists_button.accessibleName() == "高尔夫"
    qtbot.waitUntil(table.hasFocus)
    press(KEY.Key_A, CTRL)
    assert table.chosen_count() == BUYERS
    assert page.pane().bar.isVisible()
    assert page.pane().bar.count.text() == "300 selected"
    assert lint(page) == []
    page.pane().bar.buttons["tag"].setFocus()
    press(KEY.Key_Space)
    panel = window.findChild(BulkEdit)
    assert lint(panel) == []
    type_in(focus(), "球友")
    press(KEY.Key_Return)
    assert panel.preview.words.text() == "300 contacts: add 球友"
    assert panel.go.isEnabled()
    press(KEY.Key_Return, CTRL)
    assert not panel.isVisible()
    assert window.told() == "Tag “球友” on 300 contacts"
    keys = list(table.records.keys)
    assert {tags_of(workspace, key) for key in (keys[0], keys[-1])} == {("球友",)}
    window.desk.undo()
    qtbot.waitUntil(lambda: {tags_of(workspace, key) for key in (keys[0], keys[-1])} == {None})


def test_the_owner_of_some_is_changed_with_a_preview(page, window, workspace, qtbot):
    other = users.add(workspace, "王芳")
    table = page.table()
    table.go_to(0, 0)
    press(KEY.Key_Down, SHIFT)
    press(KEY.Key_Down, SHIFT)
    assert table.chosen_count() == 3
    press(KEY.Key_E, CTRL)
    panel = window.findChild(BulkEdit)
    assert panel.field.value() == "owner_id"
    panel.editor.entered.emit(str(other))
    assert panel.preview.words.text() == "3 contacts: Owner empty → 王芳"
    panel.go.click()
    keys = table.chosen()
    assert {records.load(workspace, Contact, key).fields["owner_id"].value for key in keys} == {other}
    assert table.chosen_count() == 3, "they stay chosen for the next change"


def test_boxes_choose_one_by_one_and_all_at_once(page, qtbot):
    table, bar = page.table(), page.pane().bar
    place = table.ticks.viewport()

    def tick(row, modifiers=NONE):
        y = table.rowViewportPosition(row) + 20
        QTest.mouseClick(
            place, Qt.MouseButton.LeftButton, modifiers, place.rect().topLeft() + type(place.rect().topLeft())(20, y)
        )

    tick(1)
    tick(3)
    assert [row for run in table.runs() for row in run] == [1, 1, 3, 3]
    assert bar.isVisible()
    tick(3)
    tick(1)
    assert table.chosen_count() == 0
    assert not bar.isVisible()
    table.go_to(2, 0)
    assert not bar.isVisible(), "the cursor alone is no choice"
    press(KEY.Key_Space)
    press(KEY.Key_Space)
    assert bar.isVisible()
    QTest.mouseClick(table.corner, Qt.MouseButton.LeftButton)
    assert table.is_all_chosen()
    press(KEY.Key_Escape)
    assert table.chosen_count() == 0


def test_more_than_one_waits_for_goes_to_a_worker(page, window, workspace, qtbot, monkeypatch):
    monkeypatch.setattr(list_bulk, "AT_ONCE", 5)
    asked = []
    window.desk.asked.connect(lambda what, detail: asked.append((what, detail)))
    press(KEY.Key_A, CTRL)
    with qtbot.waitSignal(page.pane().bulk.work.finished):
        page.pane().bulk.change("hobby", "chess")
    assert asked[0][0] == "progress"
    assert asked[-1] == ("progress", None)
    assert window.told() == "Hobbies of 320 contacts → chess"
    key = page.table().records.keys[0]
    assert records.load(workspace, Contact, key).fields["hobby"].value == "chess"
    window.desk.undo()
    qtbot.waitUntil(lambda: records.load(workspace, Contact, key).fields["hobby"].value != "chess")


def test_a_change_that_was_written_before_it_could_be_stopped_is_told(page, window, qtbot, monkeypatch):
    monkeypatch.setattr(list_bulk, "AT_ONCE", 5)
    work = page.pane().bulk.work
    press(KEY.Key_A, CTRL)
    page.pane().bulk.change("hobby", "chess")
    process = work._worker._process
    process.stateChanged.connect(lambda _state: None if work._worker.is_running() else work._worker.cancel())
    qtbot.waitUntil(lambda: window.told() == "Hobbies of 320 contacts → chess")
    window.desk.undo()
    qtbot.waitUntil(lambda: window.told().startswith("Undone"))
    page.pane().bulk.change("hobby", "chess")
    process = work._worker._process
    process.stateChanged.connect(lambda _state: process.readAllStandardOutput(), Qt.ConnectionType.DirectConnection)
    process.stateChanged.connect(lambda _state: None if work._worker.is_running() else work._worker.cancel())
    qtbot.waitUntil(lambda: window.told() == "Hobbies of 320 contacts → chess")


def test_a_value_that_is_wrong_for_all_is_not_written(page, window, workspace, qtbot):
    page.tabs.set_value("account")
    for name in ("Acme", "Beta"):
        records.create(workspace, Account, {"name": name})
    table = page.table()
    qtbot.waitUntil(lambda: len(table.records.keys) == 2)
    table.setFocus()
    table.selectAll()
    page.pane().bulk.edit("employees")
    panel = window.findChild(BulkEdit)
    panel.editor.typed.emit("many")
    assert not panel.go.isEnabled()
    assert "many" in panel.row.finding.text()
    assert lint(panel) == []
    panel.dismiss()
