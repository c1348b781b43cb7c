"""KEY-1 and ADM-11: an account, a contact, a number, a call and a task, made and taken back by keys alone."""

from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Activity, Contact, Task
from crm_desktop.services import activities, channels, contacts
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.text import when
from crm_desktop.ui.pages.accounts.detail_new import NewRecord

pytest_plugins = ["tests.ui.program_window"]

KEY = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FIRM, PERSON, SAID, NEXT = "上海精工自动化有限公司", "张三", "谈了价格，下周看样机", "下周二10点 上门演示"


class Keyboard:
    """Keys and hanzi go to whatever has the focus, as they do for a person."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot

    def press(self, key, modifiers=NONE):
        """Press one key."""
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifiers)
        self.qtbot.wait(1)

    def write(self, text):
        """Write a text: letters and digits by keys, the rest as an input method commits it."""
        assert QApplication.focusWidget().isVisible()
        if text.isascii():
            QTest.keyClicks(QApplication.focusWidget(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(QApplication.focusWidget(), event)
        self.qtbot.wait(1)


@pytest.fixture
def keyboard(program, qtbot):
    return Keyboard(program("zh_CN"), qtbot)


def kept(workspace, entity):
    with workspace.read() as session:
        return list(queries.keys(session, Listing(entity, closed=True)))


def make_account_and_contact(keyboard):
    keyboard.press(KEY.Key_N, CTRL | SHIFT)
    keyboard.write(FIRM)
    keyboard.press(KEY.Key_Return)
    keyboard.press(KEY.Key_C, CTRL | SHIFT)
    keyboard.write(PERSON)
    keyboard.press(KEY.Key_Return)


def test_key_1_everything_is_made_and_taken_back_without_a_mouse(keyboard):
    workspace = keyboard.program.workspace
    before = workspace.undo_target()
    make_account_and_contact(keyboard)
    keyboard.write("13800138000")
    keyboard.press(KEY.Key_Tab)
    [account], [contact] = kept(workspace, Account), kept(workspace, Contact)
    [place] = contacts.places(workspace, contact=contact)
    assert (place.account_id, place.account, place.contact) == (account, FIRM, PERSON)
    assert [each.text for each in channels.of_record(workspace, Contact, contact)] == ["+86 138 0013 8000"]

    keyboard.press(KEY.Key_L, CTRL)
    keyboard.write(SAID)
    keyboard.press(KEY.Key_Tab)
    keyboard.write(NEXT)
    keyboard.press(KEY.Key_Return, CTRL)
    [bubble] = activities.timeline(workspace, contact=contact)
    [step] = bubble.next_steps
    expected = when.read(NEXT, datetime.now().astimezone())
    assert (bubble.kind, bubble.summary) == ("call", SAID)
    assert (step.title, step.due_at) == ("上门演示", expected.at)

    for _step in range(4):
        assert workspace.undo_target() != before
        keyboard.press(KEY.Key_Z, CTRL)
    assert workspace.undo_target() == before
    assert [kept(workspace, entity) for entity in (Account, Contact)] == [[], []]
    with workspace.read() as session:
        assert all(each.deleted_at for entity in (Activity, Task) for each in session.query(entity))


def test_a_number_is_reached_and_corrected_with_f2_and_tab(keyboard):
    workspace, detail = keyboard.program.workspace, keyboard.program.window.pages["accounts"].detail
    make_account_and_contact(keyboard)
    keyboard.write("13800138000")
    keyboard.press(KEY.Key_Return)
    keyboard.press(KEY.Key_F2)
    keyboard.write("13900139000")
    keyboard.press(KEY.Key_Tab)
    [contact] = kept(workspace, Contact)
    assert [each.text for each in channels.of_record(workspace, Contact, contact)] == ["+86 139 0013 9000"]
    keyboard.press(KEY.Key_Z, CTRL)
    assert [each.text for each in channels.of_record(workspace, Contact, contact)] == ["+86 138 0013 8000"]
    keyboard.press(KEY.Key_F6)
    keyboard.press(KEY.Key_F6, SHIFT)
    assert detail.header.name.line.hasFocus()
    keyboard.press(KEY.Key_F2)
    keyboard.write("李四")
    keyboard.press(KEY.Key_Return)
    assert detail.name() == "李四"


def test_f6_goes_round_the_panes_and_arrows_choose_in_the_tree(keyboard):
    page = keyboard.program.window.pages["accounts"]
    make_account_and_contact(keyboard)
    seen = []
    for _press in range(8):
        keyboard.press(KEY.Key_F6)
        focus = QApplication.focusWidget()
        seen += [
            each for each in (page.tree.view, page.detail, page.timeline) if each is focus or each.isAncestorOf(focus)
        ]
    assert seen[:4] == [page.timeline, page.tree.view, page.detail, page.timeline]
    while QApplication.focusWidget() is not page.tree.view:
        keyboard.press(KEY.Key_F6)
    contact = page.current()
    keyboard.press(KEY.Key_Left)
    assert page.current()[0] == "account"
    keyboard.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.current() == contact
    keyboard.press(KEY.Key_Return)


def test_adm_11_people_are_added_one_after_the_other_on_the_page_of_their_account(keyboard):
    keyboard.press(KEY.Key_N, CTRL | SHIFT)
    keyboard.write(FIRM)
    keyboard.press(KEY.Key_Return)
    for line in (PERSON, "李四 采购经理 13800138000"):
        keyboard.write(line)
        keyboard.press(KEY.Key_Return)
    [account] = kept(keyboard.program.workspace, Account)
    people = contacts.places(keyboard.program.workspace, account=account)
    assert {(each.contact, each.title) for each in people} == {(PERSON, ""), ("李四", "采购经理")}
    keyboard.press(KEY.Key_Tab, SHIFT)
    keyboard.press(KEY.Key_Return)
    assert keyboard.program.window.pages["accounts"].current()[0] == "contact"


def test_acc_02_a_private_customer_is_one_line_in_the_form_of_a_new_account(keyboard):
    workspace = keyboard.program.workspace
    keyboard.press(KEY.Key_N, CTRL | SHIFT)
    detail = keyboard.program.window.pages["accounts"].detail
    form = next(each for each in detail.findChildren(NewRecord) if each.isVisible())
    form.kinds.set_value("person")
    keyboard.write("王芳 13800138000")
    keyboard.press(KEY.Key_Return)
    [account], [contact] = kept(workspace, Account), kept(workspace, Contact)
    assert [each.contact_id for each in contacts.places(workspace, account=account)] == [contact]
    assert [each.text for each in channels.of_record(workspace, Account, account)] == ["+86 138 0013 8000"]
    keyboard.press(KEY.Key_Z, CTRL)
    assert [kept(workspace, entity) for entity in (Account, Contact)] == [[], []]
