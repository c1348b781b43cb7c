"""Verification, leaving and birthdays in the window, by keyboard alone."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Channel, Contact, Task
from crm_desktop.services import channels, contacts, house_rules, tasks, verification
from crm_desktop.services.clock import Now
from crm_desktop.store.undo import undo
from crm_desktop.text.dates import show_date
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels.leaving import LeavePanel
from crm_desktop.ui.reminding.card import ReminderCard
from crm_desktop.ui.reminding.panel import RemindersPanel
from crm_desktop.ui.reminding.reminders import Reminders
from crm_desktop.ui.rules_card import RulesCard

pytest_plugins = ["tests.ui.panel_window"]

KEY = Qt.Key
OLD = datetime.now(UTC) - timedelta(days=200)


@pytest.fixture
def firm(make, workspace):
    """Acme (VIP) was verified just now, its people 张三 and 李四, and Bolt (C), long ago."""
    keys = {"acme": make(Account, name="Acme", level="vip")}
    for name, mobile in (("张三", "13800138000"), ("李四", "13900139000")):
        texts = {"full_name": name, "title": "经理", "mobile": mobile}
        keys[name], _account = contacts.create(workspace, texts, keys["acme"])
    with workspace.write("Long ago") as session:
        for each in (*session.query(Contact), *session.query(Channel)):
            each.created_at = OLD
    keys["bolt"] = make(Account, name="Bolt", level="c", website="bolt.example", created_at=OLD)
    return keys


@pytest.fixture
def queue(workspace, firm):
    def queue():
        from crm_desktop.services import today

        with workspace.read() as session:
            return [each.key for each in verification.queue(session, today.now())]

    return queue


@pytest.fixture
def panel(panel_window, shown, firm, qtbot):
    made = shown("verify_queue")
    qtbot.waitUntil(made.sheet.hasFocus)
    return made


def press(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()


def write(text):
    QApplication.focusWidget().selectAll()
    QTest.keyClicks(QApplication.focusWidget(), text)


class TestQueue:
    def test_one_key_each_and_the_way_back(self, panel, panel_window, firm, queue, workspace):
        assert (panel.sheet.name.text(), panel.progress.text()) == ("张三", "1 of 3")
        assert lint(panel_window) == []
        press(KEY.Key_Y)
        assert queue() == [firm["李四"], firm["bolt"]]
        assert panel_window.said[-1][0] == "张三: verified"
        assert (panel.sheet.name.text(), panel.progress.text()) == ("李四", "2 of 3")
        press(KEY.Key_Right)
        assert panel.sheet.name.text() == "Bolt"
        press(KEY.Key_Left)
        assert panel.sheet.name.text() == "李四"
        press(KEY.Key_Right, KEY.Key_Y)
        assert queue() == [firm["李四"]], "what was skipped waits for the next time"
        assert panel.empty.isVisible()
        assert (panel.empty.sentence.text(), panel.empty.explanation.text()) == (
            "That was all.",
            "2 verified · 1 skipped",
        )
        press(KEY.Key_Left)
        assert panel.sheet.name.text() == "Bolt"
        press(KEY.Key_Escape)
        assert not panel.isVisible()

    def test_an_account_that_is_gone_is_closed_by_the_key_of_has_left(
        self, panel, panel_window, firm, queue, workspace
    ):
        assert panel.left.text() == "Has left"
        press(KEY.Key_Right, KEY.Key_Right)
        assert (panel.sheet.name.text(), panel.left.text()) == ("Bolt", "Closed")
        assert lint(panel_window) == []
        press(KEY.Key_L)
        assert panel_window.said[-1][0] == "Bolt: closed, its history stays"
        assert firm["bolt"] not in queue()
        undo(workspace)
        assert (panel.sheet.name.text(), firm["bolt"] in queue()) == ("Bolt", True)

    def test_what_changed_is_written_over_and_counts_as_verified(self, panel, firm, queue, workspace):
        press(KEY.Key_C)
        write("13700137000")
        press(KEY.Key_Return)
        assert firm["张三"] not in queue()
        [mobile] = channels.of_record(workspace, Contact, firm["张三"])
        assert mobile.text.endswith("137 0013 7000")
        assert panel.sheet.name.text() == "李四"
        press(KEY.Key_C)
        write(";")
        press(KEY.Key_Return)
        assert panel.sheet.name.text() == "李四", "what cannot be stays on show with the reason"
        assert any(each.finding.text() for _line, each in panel.sheet._lines)
        press(KEY.Key_Escape, KEY.Key_Escape)
        assert panel.isVisible()
        assert panel.sheet.hasFocus()
        press(KEY.Key_Y)
        assert firm["李四"] not in queue()

    @pytest.mark.parametrize("by_key", [True, False])
    def test_a_step_that_is_taken_back_brings_its_record_back(self, panel, firm, queue, workspace, by_key):
        press(KEY.Key_Y, KEY.Key_Y)
        assert panel.sheet.name.text() == "Bolt"
        if by_key:
            press(KEY.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
        else:
            undo(workspace)
        assert (panel.sheet.name.text(), panel.progress.text()) == ("李四", "2 of 3")
        assert queue() == [firm["李四"], firm["bolt"]]

    def test_who_has_left_is_asked_about_and_the_queue_goes_on(self, panel, panel_window, firm, workspace):
        press(KEY.Key_L)
        [leaving] = panel_window.findChildren(LeavePanel)
        assert leaving.isVisible()
        assert not panel.isVisible()
        press(KEY.Key_Escape)
        assert (panel.isVisible(), panel.sheet.name.text()) == (True, "张三")
        press(KEY.Key_L)
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert contacts.places(workspace, contact=firm["张三"])[0].status == "departed"
        assert (panel.isVisible(), panel.sheet.name.text()) == (True, "李四")
        assert panel.sheet.hasFocus()
        undo(workspace)
        assert panel.sheet.name.text() == "张三"

    def test_each_level_tells_how_much_of_it_is_fresh(self, panel, qtbot):
        qtbot.waitUntil(lambda: not panel.looker.is_reading())
        assert panel.levels.text() == "Verified in time: VIP 33 % · C 0 %"

    def test_nothing_to_verify_is_said(self, panel_window, shown, qtbot):
        made = shown("verify_queue")
        qtbot.waitUntil(lambda: not made.looker.is_reading())
        assert made.empty.sentence.text() == "Everything is verified."
        assert lint(panel_window) == []


class TestLeaving:
    @pytest.fixture
    def places(self, firm, workspace):
        return {each.contact: each.id for each in contacts.places(workspace, account=firm["acme"])}

    @pytest.fixture
    def form(self, panel_window, firm, places, workspace, qtbot):
        tasks.create(workspace, tasks.Draft("offer", due_at=OLD, contact=firm["张三"]))
        tasks.create(workspace, tasks.Draft("visit", due_at=OLD, contact=firm["张三"]))
        made = LeavePanel(panel_window, panel_window.desk)
        made.ask(places["张三"])
        qtbot.wait(1)
        return made

    def test_by_keyboard_with_a_successor_and_the_tasks(self, form, panel_window, firm, workspace):
        assert lint(panel_window) == []
        assert form.rows["successor"].caption.text() == "becomes the primary contact"
        write("2026-10-31")
        press(KEY.Key_Tab, KEY.Key_Space)
        press(KEY.Key_Return)
        assert form.successor.words() == "李四 · 经理"
        assert set(form.tasks.chosen().values()) == {"successor"}, "tasks follow unless somebody says otherwise"
        form.tasks.rows[1].choice.set_value("close")
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert not form.isVisible()
        [left] = contacts.places(workspace, contact=firm["张三"])
        assert (left.status, left.to_date) == ("departed", date(2026, 10, 31))
        [follower] = contacts.places(workspace, contact=firm["李四"])
        assert follower.is_primary
        with workspace.read() as session:
            assert [(each.contact_id, bool(each.done_at)) for each in session.query(Task).order_by(Task.id)] == [
                (firm["李四"], False),
                (firm["张三"], True),
            ]
        assert panel_window.said[-1][:3] == ("Has left. The history stays.", "ok", "Undo")

    def test_a_day_that_cannot_be_is_said_and_nothing_is_lost(self, form, firm, workspace):
        write("2026-02-30")
        assert form.rows["to_date"].finding.text()
        assert not form.done.isEnabled()
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert form.isVisible()
        assert contacts.places(workspace, contact=firm["张三"])[0].status == "current"

    def test_the_last_day_is_said_as_people_say_it(self, form, firm, workspace):
        QTest.keyClicks(form.day, "nonsense")
        press(KEY.Key_Tab)
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert form.day.hasFocus(), "what stops it is where the keyboard is"
        form.day.selectAll()
        QTest.keyClicks(form.day, "yesterday")
        yesterday = (datetime.now().astimezone() - timedelta(days=1)).date()
        assert form.rows["to_date"].caption.text() == show_date(yesterday, "en")
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert contacts.places(workspace, contact=firm["张三"])[0].to_date == yesterday

    def test_the_new_employer_can_be_named(self, form, firm, workspace):
        form.employer.created.emit("Cog Ltd")
        form.title.setText("CTO")
        form.leave()
        now = contacts.places(workspace, contact=firm["张三"])[0]
        assert (now.account, now.title) == ("Cog Ltd", "CTO")

    def test_the_role_changes_by_keyboard(self, panel_window, shown, places, firm, workspace):
        from crm_desktop.ui.panels.changing_role import RolePanel

        made = RolePanel(panel_window, panel_window.desk)
        made.ask(contacts.places(workspace, contact=firm["张三"])[0])
        assert lint(panel_window) == []
        write("CTO")
        press(KEY.Key_Tab, KEY.Key_Tab)
        write("2026-11-01")
        press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        now, before = contacts.places(workspace, contact=firm["张三"])
        assert (now.title, before.title, before.to_date) == ("CTO", "经理", date(2026, 11, 1))


class Notes:
    """Keeps what was told outside the window."""

    def __init__(self):
        self.told = []

    def notify(self, title, text):
        self.told.append((title, text))


class TestBirthdayReminders:
    @pytest.fixture
    def clock(self):
        made = type("Watch", (), {})()
        made.now = datetime(2026, 3, 1, 9, tzinfo=UTC)
        return made

    @pytest.fixture
    def born(self, make):
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        return make(Contact, full_name="张三", birthday="1976-03-08", created_at=long_ago)

    @pytest.fixture
    def reminders(self, panel_window, born, clock, qtbot):
        made = Reminders(
            panel_window.desk, Notes(), QObject(panel_window), lambda morning: Now(clock.now, UTC, time(9))
        )
        made.rest = partial(qtbot.waitUntil, lambda: not made.is_looking())
        made.card = ReminderCard(panel_window, made, lambda: None)
        made.start()
        made.rest()
        yield made
        made.stop()

    def test_it_is_told_once_and_planning_a_greeting_is_the_answer(self, reminders, clock, born, workspace, qtbot):
        assert reminders.notifier.told == [("Birthday: 张三", "Sun Mar 8 · turns 50")]
        assert (reminders.card.complete.text(), reminders.card.snooze.isVisible()) == ("Plan a greeting", False)
        clock.now += timedelta(days=1)
        reminders.look()
        reminders.rest()
        assert len(reminders.notifier.told) == 1
        reminders.card.complete.click()
        qtbot.waitUntil(lambda: reminders.state.due == ())
        with workspace.read() as session:
            [task] = session.query(Task)
        assert (task.title, task.contact_id, task.due_at.date()) == (
            "Birthday greeting for 张三",
            born,
            date(2026, 3, 8),
        )
        assert not reminders.card.isVisible()

    def test_behind_the_bell_it_has_its_own_verb(self, reminders, panel_window, born, workspace, qtbot):
        panel = RemindersPanel(panel_window, reminders)
        panel.show_up()
        reminders.rest()
        [row] = panel.shown()
        assert (row.title.text(), row.complete.text(), row.snooze.isVisible()) == (
            "Birthday: 张三",
            "Plan a greeting",
            False,
        )
        QTest.keyClick(row, KEY.Key_S)
        QTest.keyClick(row, KEY.Key_Space)
        qtbot.waitUntil(lambda: panel.shown() == [])


def test_the_days_of_the_house_are_set_and_what_cannot_be_is_said(panel_window, workspace):
    card = RulesCard(panel_window.desk, "Verification", "verify", (house_rules.VERIFY["a"], house_rules.BIRTHDAY))
    panel_window.centralWidget().layout().addWidget(card)
    line, finding = card.rows["verify.a"].line, card.rows["verify.a"].finding
    line.setText("180")
    line.commit()
    with workspace.read() as session:
        assert house_rules.value(session, house_rules.VERIFY["a"]) == 180
    for wrong in ("0", "soon"):
        line.setText(wrong)
        line.commit()
        assert "between 1 and 3650" in finding.text()
    line.setText("60")
    line.commit()
    assert finding.text() == ""
    undo(workspace)
    assert line.text() == "180"
