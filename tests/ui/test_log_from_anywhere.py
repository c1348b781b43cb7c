"""A call and its next step, logged from every page with at most four keys besides what is typed as text."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Contact
from crm_desktop.services import activities, contacts, tasks, today
from crm_desktop.text import when
from crm_desktop.ui.panels.picker import LogWithWhom

pytest_plugins = ["tests.ui.program_window"]

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MOST_KEYS = 4
ABOUT_SOMEBODY = ("today", "tasks", "calendar", "accounts", "contacts")
"""Pages on which somebody is under the keys."""


class Hands:
    """Presses keys where the focus is, and counts those that are no text."""

    def __init__(self, window):
        self.window, self.keys = window, 0

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)
        QApplication.processEvents()


@pytest.fixture
def filled(program, qtbot):
    started = program("en")
    at = today.now()
    anna, acme = contacts.create(started.workspace, {"full_name": "Anna Schneider"}, account_name="Acme")
    contacts.create(started.workspace, {"full_name": "Bo Bolt"}, account_name="Bolt")
    tasks.plan(started.workspace, Contact, anna, "Call Anna", at.day)
    started.anna, started.acme = anna, acme
    return started


@pytest.mark.parametrize("code", [*ABOUT_SOMEBODY, "history", "settings", "import"])
def test_a_call_with_a_next_step_takes_four_keys(filled, qtbot, code):
    window, hands = filled.window, Hands(filled.window)
    if code == "accounts":
        window.open_record("contact", filled.anna)
    window.turn_to(code)
    page = window.page(code)
    if code == "today":
        qtbot.waitUntil(lambda: not page.reader.is_reading() and page.current_item() is not None)
        page.panes()[0].setFocus()
    if code in {"tasks", "calendar"}:
        qtbot.waitUntil(lambda: not page.reader.is_reading())
    if code == "calendar":
        page.view.step(1)
    if code == "contacts":
        choose_anna(qtbot, page, filled.anna)
    QApplication.processEvents()
    hands.press(KEY.Key_L, CTRL)
    picker = window.findChild(LogWithWhom)
    if picker is not None and picker.isVisible():
        hands.type("anna")
        hands.press(KEY.Key_Return)
    hands.type("Confirmed the budget")
    hands.press(KEY.Key_Tab)
    hands.type("next tue 10am demo")
    hands.press(KEY.Key_Return, CTRL)
    bubble = activities.timeline(filled.workspace, contact=filled.anna)[0]
    assert (bubble.kind, bubble.summary) == ("call", "Confirmed the budget")
    [step] = bubble.next_steps
    due = when.read("next tue 10am", datetime.now().astimezone()).at
    assert (step.title, step.due_at) == ("demo", due)
    assert hands.keys <= MOST_KEYS
    assert (picker is None) == (code in ABOUT_SOMEBODY)


def choose_anna(qtbot, page, key):
    table = page.table()
    qtbot.waitUntil(lambda: key in list(table.records.keys))
    table.selectRow(list(table.records.keys).index(key))
    table.setFocus()


def test_no_answer_is_one_key_more_than_going_there(filled, qtbot):
    window, hands = filled.window, Hands(filled.window)
    window.open_record("contact", filled.anna)
    hands.press(KEY.Key_L, CTRL)
    hands.press(KEY.Key_0, CTRL)
    [bubble] = activities.timeline(filled.workspace, contact=filled.anna)
    assert (bubble.kind, bubble.outcome, hands.keys) == ("call", "no_answer", 2)
