"""A day with the keys alone, through the real window: an appointment and a task that repeats, done and undone."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from crm_desktop.model import Task

pytest_plugins = ["tests.ui.program_window"]

KEY = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Hands:
    """What the keys do, and what is there afterwards."""

    def __init__(self, program, qtbot):
        self.window, self.desk = program.window, program.desk
        self.told = []
        self.desk.said.connect(lambda text, *_more: self.told.append(text))
        self.wait = partial(qtbot.waitUntil)

    def page(self, code):
        page = self.window.page(code)
        self.wait(lambda: self.window.rail.value() == code and not page.reader.is_reading())
        return page

    def press(self, *keys, held=NONE):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, held)
            QApplication.processEvents()
            self.wait(lambda: not self.window.page_shown().reader.is_reading())

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def tasks(self):
        """Title, kind, due, how long, rule, done: of each task."""
        with self.desk.workspace.read() as session:
            found = session.scalars(select(Task).where(Task.deleted_at.is_(None)).order_by(Task.id)).all()
        return {(each.title, each.done_at is not None): each for each in found}


@pytest.fixture
def hands(program, qtbot):
    return Hands(program("en"), qtbot)


def test_a_day_with_the_keys_alone(hands):
    with hands.desk.workspace.read():
        begin = hands.desk.workspace.undo_target()
    hands.press(KEY.Key_5, held=CONTROL)
    calendar = hands.page("calendar")
    hands.press(KEY.Key_W, KEY.Key_Down, KEY.Key_Down, KEY.Key_N)
    hands.type("Price talk")
    hands.press(KEY.Key_Return, held=CONTROL)
    assert calendar.view.chosen.title == "Price talk", "what was made is under the keys"
    made = hands.tasks()["Price talk", False]
    hands.press(KEY.Key_Down, held=SHIFT)
    hands.press(KEY.Key_Down, held=SHIFT | CONTROL)
    moved = hands.tasks()["Price talk", False]
    assert (moved.due_at - made.due_at).total_seconds() == 15 * 60
    assert (moved.ends_at - moved.due_at).total_seconds() == 75 * 60
    assert hands.told[-1] == "Change the end: Price talk"
    week = calendar.view.span.first
    hands.press(KEY.Key_PageDown)
    assert (calendar.view.span.first - week).days == 7
    hands.press(KEY.Key_T)
    hands.press(KEY.Key_4, held=CONTROL)
    page = hands.page("tasks")
    hands.press(KEY.Key_T, held=CONTROL)
    hands.type("Call back")
    hands.press(KEY.Key_Return)
    hands.type("2030-01-07 10:00")
    hands.press(KEY.Key_Tab, KEY.Key_Tab)
    hands.type("every Monday, without 14 Jan 2030")
    hands.press(KEY.Key_Return)
    assert page.list.hasFocus()
    hands.press(KEY.Key_J, KEY.Key_J)
    assert page.list.current().title == "Call back"
    hands.press(KEY.Key_D)
    hands.type("three percent")
    hands.press(KEY.Key_Tab)
    hands.type("send contract 2030-01-08")
    hands.press(KEY.Key_Return, held=CONTROL)
    there = hands.tasks()
    assert f"{there['Call back', False].due_at.astimezone():%m-%d %H:%M}" == "01-21 10:00"
    assert "three percent" in there["Call back", True].note
    assert f"{there['send contract', False].due_at:%m-%d}" == "01-08"
    while hands.desk.workspace.undo_target() != begin:
        hands.press(KEY.Key_Z, held=CONTROL)
    assert hands.tasks() == {}
