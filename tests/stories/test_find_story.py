"""Somebody is found, corrected and left again by keys alone, from wherever one is."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Contact
from crm_desktop.services import channels, contacts, finding, records
from crm_desktop.ui.panels.search import Search
from crm_desktop.ui.widgets.toast import Toast

pytest_plugins = ["tests.ui.program_window"]

KEY = Qt.Key
NONE, CTRL, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hands:
    """Keys go to whatever has the focus."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot
        self.window, self.workspace = program.window, program.workspace

    def press(self, key, modifiers=NONE, times=1):
        """Press a key; what waits for an answer of the search is done by then."""
        for _time in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
            self.qtbot.wait(1)
            self.qtbot.waitUntil(lambda: not any(each.looking.is_busy() for each in self.window.findChildren(Search)))

    def write(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)
        self.qtbot.wait(1)

    def place(self):
        """The page and the record on screen."""
        return self.window.rail.value(), self.window.pages["accounts"].current()

    def phones(self, contact):
        return [each.text for each in channels.of_record(self.workspace, Contact, contact)]


@pytest.fixture
def hands(program, qtbot):
    return Hands(program("en"), qtbot)


@pytest.fixture
def people(hands):
    """张三 with a number, and 李四, who is on show."""
    zhang = contacts.create(hands.workspace, {"full_name": "张三", "mobile": "13800138000"}, account_name="ACME")[0]
    li = contacts.create(hands.workspace, {"full_name": "李四"}, account_name="ACME")[0]
    hands.window.open_record("contact", li)
    return zhang, li


def test_find_open_correct_undo_and_go_back(hands, people):
    zhang, li = people
    hands.press(KEY.Key_K, CTRL)
    hands.write("zs")
    hands.press(KEY.Key_Return)
    assert hands.place() == ("accounts", ("contact", zhang))
    hands.press(KEY.Key_K, CTRL)
    hands.press(KEY.Key_Tab)
    hands.write("edit mobile")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_A, CTRL)
    hands.write("13900139000")
    hands.press(KEY.Key_Return)
    assert hands.phones(zhang) == ["+86 139 0013 9000"]
    hands.press(KEY.Key_Z, CTRL)
    assert hands.phones(zhang) == ["+86 138 0013 8000"]
    hands.press(KEY.Key_Left, ALT)
    assert hands.place() == ("accounts", ("contact", li))
    hands.press(KEY.Key_Right, ALT)
    assert hands.place() == ("accounts", ("contact", zhang))


def test_the_way_back_leads_through_pages_too(hands, people):
    zhang, li = people
    hands.press(KEY.Key_3, CTRL)
    hands.press(KEY.Key_K, CTRL)
    hands.write("zs")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_K, CTRL)
    hands.write("/history")
    hands.press(KEY.Key_Return)
    assert hands.place()[0] == "history"
    seen = []
    for _step in range(3):
        hands.press(KEY.Key_Left, ALT)
        seen.append(hands.place())
    assert seen == [
        ("accounts", ("contact", zhang)),
        ("contacts", ("contact", zhang)),
        ("accounts", ("contact", li)),
    ]
    hands.press(KEY.Key_Right, ALT, times=3)
    assert hands.place()[0] == "history"


def test_control_and_enter_begin_a_call_while_a_name_is_composed(hands, people):
    zhang, _li = people
    hands.press(KEY.Key_K, CTRL)
    QCoreApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent("z's", []))
    hands.press(KEY.Key_Return, CTRL)
    page = hands.window.pages["accounts"]
    assert page.current() == ("contact", zhang)
    assert page.timeline.composer.text.hasFocus()
    assert page.timeline.composer.content().kind == "call"


def test_escape_gives_the_focus_back(hands, people):
    page = hands.window.pages["accounts"]
    page.timeline.composer.text.setFocus()
    hands.press(KEY.Key_K, CTRL)
    hands.write("zs")
    hands.press(KEY.Key_Escape)
    assert page.timeline.composer.text.hasFocus()
    assert not hands.window.findChild(Search).isVisible()


def test_a_row_is_shown_in_the_tree_or_deleted_from_the_list_of_its_actions(hands, people):
    zhang, _li = people
    page = hands.window.pages["accounts"]
    for words in ("tree", "delete"):
        hands.press(KEY.Key_K, CTRL)
        hands.write("zs")
        hands.press(KEY.Key_Tab)
        hands.write(words)
        hands.press(KEY.Key_Return)
        if words == "tree":
            assert page.current() == ("contact", zhang)
            assert page.tree.isAncestorOf(QApplication.focusWidget())
    assert finding.find(hands.workspace, "zs") == []
    assert any("张三" in each.accessibleName() for each in hands.window.findChildren(Toast))


def test_somebody_of_no_account_is_opened_and_left_again(hands, people):
    zhang, _li = people
    wang = contacts.create(hands.workspace, {"full_name": "王五"})[0]
    for letters, contact in (("zs", zhang), ("ww", wang), ("zs", zhang)):
        hands.press(KEY.Key_K, CTRL)
        hands.write(letters)
        hands.press(KEY.Key_Return)
        assert hands.place() == ("accounts", ("contact", contact))
    hands.press(KEY.Key_Left, ALT)
    assert hands.place() == ("accounts", ("contact", wang))
    hands.press(KEY.Key_Right, ALT)
    assert hands.place() == ("accounts", ("contact", zhang))


def test_a_tag_leads_to_the_list_of_all_who_carry_it(hands, people):
    zhang, li = people
    for key in people:
        records.change(hands.workspace, Contact, key, "tags", "展会" if key == zhang else "重点")
    hands.press(KEY.Key_K, CTRL)
    hands.write("#zh")
    hands.press(KEY.Key_Return)
    page = hands.window.page("contacts")
    assert hands.place()[0] == "contacts"
    hands.qtbot.waitUntil(lambda: list(page.table().records.keys) == [zhang])
    hands.press(KEY.Key_Left, ALT)
    assert hands.place() == ("accounts", ("contact", li))
