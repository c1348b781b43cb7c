"""Editing everything of an entry, moving it, and what of a timeline is shown: by keys, as somebody at the desk does."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account
from crm_desktop.services import accounts, activities, contacts, users
from crm_desktop.services.activities import Entry
from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels.entry import EntryPanel
from crm_desktop.ui.panels.picker import MoveEntry
from crm_desktop.ui.timeline.pane import TimelinePane
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.pick_list import PickList

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def acme(make):
    return make(Account, name="Acme")


@pytest.fixture
def bolt(make):
    return make(Account, name="Bolt")


@pytest.fixture
def anna(workspace, acme):
    return contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)[0]


@pytest.fixture
def zhang(workspace, acme):
    return contacts.create(workspace, {"full_name": "张三"}, acme)[0]


@pytest.fixture
def desk(qtbot, workspace, folder):
    home = QObject()
    found = Desk(workspace, folder, Settings(), home)
    yield found
    found.close()


@pytest.fixture
def pane(qtbot, qapp, desk):
    theme.apply(qapp, "light", language="en")
    made = TimelinePane(desk)
    qtbot.addWidget(made)
    made.resize(700, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def seen(pane):
    return [shape.bubble.summary for _place, _y, shape in pane.view.reel.visible()]


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def at_newest(pane):
    pane.view.setFocus()
    press(KEY.Key_End)


@pytest.mark.parametrize("key", [KEY.Key_F2, KEY.Key_Return, KEY.Key_E])
def test_everything_is_edited_in_a_panel(pane, desk, workspace, acme, anna, zhang, key):
    said = []
    desk.said.connect(lambda *message: said.append(message))
    colleague = users.add(workspace, "李四")
    activities.log(workspace, Entry("call", "Helo", account=acme, contacts=[anna], at=NOON))
    pane.show_record("account", acme, "Acme")
    at_newest(pane)
    press(key)
    panel = pane.findChild(EntryPanel)
    assert panel.text.hasFocus()
    assert (panel.text.toPlainText(), panel.people.text()) == ("Helo", "With Anna Schneider")
    assert lint(pane) == []
    panel.text.setPlainText("Hello")
    panel.kind.set_value("meeting")
    panel.direction.set_value("in")
    panel.outcome.set_value("interested")
    panel.moment.setText("yesterday 3pm")
    assert panel.understood.text().endswith("15:00")
    panel.minutes.setText("1h30")
    panel.place.setText("Booth B2")
    panel.confirmed.setChecked(True)
    others = {str(zhang): "张三", f"u{colleague}": "李四"}
    panel.people.set_value([*panel.people.value(), *others], others)
    press(KEY.Key_Return, CONTROL)
    assert not panel.isVisible()
    assert pane.view.hasFocus()
    [bubble] = activities.timeline(workspace, account=acme)
    assert (bubble.kind, bubble.direction, bubble.outcome, bubble.summary) == ("meeting", "in", "interested", "Hello")
    assert (bubble.minutes, bubble.place, bubble.details_confirmed) == (90, "Booth B2", True)
    assert bubble.at == (NOON - timedelta(days=1)).replace(hour=15)
    assert [each.id for each in bubble.people] == [anna, zhang]
    assert [each.name for each in bubble.colleagues] == ["李四"]
    assert said[-1][0] == "Entry changed"
    said[-1][3]()
    assert seen(pane) == ["Helo"]


def test_what_is_wrong_is_said_and_nothing_is_lost(pane, workspace, acme):
    activities.log(workspace, Entry("call", "Hello", account=acme, at=NOON))
    pane.show_record("account", acme, "Acme")
    at_newest(pane)
    press(KEY.Key_E)
    panel = pane.findChild(EntryPanel)
    for field, typed, sentence in (
        (panel.moment, "some day", "Write when it was"),
        (panel.minutes, "long", "Minutes are a whole number"),
        (panel.text, "", "Write what was said"),
    ):
        before = field.toPlainText() if field is panel.text else field.text()
        write = field.setPlainText if field is panel.text else field.setText
        write(typed)
        panel.save()
        assert panel.isVisible()
        assert sentence in panel.wrong.text()
        write(before)
    panel.place.setFocus()
    press(KEY.Key_Escape)
    assert seen(pane) == ["Hello"]
    assert activities.timeline(workspace, account=acme)[0].at == NOON


def test_an_entry_is_moved_by_typing_where_it_belongs(pane, desk, workspace, acme, bolt, anna):
    said = []
    desk.said.connect(lambda *message: said.append(message))
    activities.log(workspace, Entry("call", "Hello", account=acme, contacts=[anna]))
    pane.show_record("account", acme, "Acme")
    at_newest(pane)
    press(KEY.Key_M)
    picker = pane.findChild(MoveEntry)
    assert picker.box.hasFocus()
    assert lint(pane) == []
    QTest.keyClicks(picker.box, "bol")
    press(KEY.Key_Return)
    assert not picker.isVisible()
    assert activities.timeline(workspace, account=acme) == []
    assert [each.summary for each in activities.timeline(workspace, account=bolt)] == ["Hello"]
    assert said[-1][0] == "Moved to Bolt · without Anna Schneider"
    said[-1][3]()
    assert [each.id for each in activities.timeline(workspace, account=acme)[0].people] == [anna]


def test_branches_are_there_until_they_are_left_out(pane, workspace, make, acme):
    branch = make(Account, name="Acme South")
    accounts.set_parent(workspace, branch, acme)
    activities.log(workspace, Entry("call", "at home", account=acme, at=NOON - timedelta(hours=1)))
    activities.log(workspace, Entry("call", "in the south", account=branch, at=NOON))
    pane.show_record("account", acme, "Acme")
    assert seen(pane) == ["at home", "in the south"]
    assert (pane.count(), pane.head.number.text()) == (2, "2")
    [home, south] = [shape.meta for _place, _y, shape in pane.view.reel.visible()]
    assert "Acme South" in south
    assert "Acme" not in home
    pane.view.setFocus()
    press(KEY.Key_B)
    assert seen(pane) == ["at home"]
    assert pane.head.findChild(TagChip).text() == "Without branches"
    pane.show_record("account", branch, "Acme South")
    assert pane.head.findChild(TagChip).text() == "Without branches"
    pane.show_nothing()
    pane.show_record("account", acme, "Acme")
    assert seen(pane) == ["at home"]
    pane.view.setFocus()
    press(KEY.Key_B)
    activities.log(workspace, Entry("call", "more from there", account=branch, at=NOON + timedelta(minutes=1)))
    assert seen(pane)[-1] == "more from there"
    accounts.set_parent(workspace, branch, None)
    assert seen(pane) == ["at home"]


def test_one_person_alone_by_keys(pane, workspace, acme, anna, zhang):
    activities.log(workspace, Entry("call", "with Anna", contacts=[anna]))
    activities.log(workspace, Entry("call", "with Zhang", contacts=[zhang]))
    pane.show_record("account", acme, "Acme")
    pane.view.setFocus()
    press(KEY.Key_P)
    opened = pane.findChild(PickList)
    assert [opened.model.item(row).text() for row in range(opened.model.rowCount())] == ["Anna Schneider", "张三"]
    QTest.keyClicks(opened.search, "anna")
    press(KEY.Key_Return)
    assert seen(pane) == ["with Anna"]
    assert pane.head.number.text() == "1 of 2"
    chip = pane.head.findChild(TagChip)
    assert chip.text() == "Anna Schneider"
    QTest.keyClick(chip, KEY.Key_Delete)
    assert len(seen(pane)) == 2


def test_the_whole_story_around_a_contact_greys_the_others(pane, workspace, acme, anna, zhang):
    activities.log(workspace, Entry("call", "Zhang said", contacts=[zhang], at=NOON - timedelta(hours=1)))
    activities.log(workspace, Entry("call", "Anna said", contacts=[anna], at=NOON))
    pane.show_record("contact", anna, "Anna Schneider")
    assert seen(pane) == ["Anna said"]
    pane.view.setFocus()
    press(KEY.Key_W)
    assert seen(pane) == ["Zhang said", "Anna said"]
    assert [shape.is_grey for _place, _y, shape in pane.view.reel.visible()] == [True, False]
    assert pane.head.findChild(TagChip).text() == "All of Acme"
    pane.grab()
    pane.head.set_kind("mail")
    pane.unfound.findChild(Button).click()
    assert seen(pane) == ["Zhang said", "Anna said"]
    assert pane.head.findChild(TagChip).text() == "All of Acme"
    press(KEY.Key_W)
    assert seen(pane) == ["Anna said"]
    menu = pane.head.menu()
    words = [each.text() for each in menu.actions() if each.text()]
    assert words[-2:] == ["Everybody at the account\tW", "One person…\tP"]
    menu.close()


def test_an_at_sign_asks_who_else_took_part(pane, workspace, acme, anna, zhang, qtbot):
    colleague = users.add(workspace, "Bo")
    pane.show_record("contact", anna, "Anna Schneider")
    pane.focus_composer()
    QTest.keyClicks(pane.composer.text, "Lunch @")
    opened = pane.findChild(PickList)
    assert opened.isVisible()
    QTest.keyClicks(opened.search, "Bo")
    QTest.keyClick(opened.search, KEY.Key_Return)
    assert pane.composer.text.hasFocus()
    assert pane.composer.text.toPlainText() == "Lunch "
    QApplication.processEvents()
    assert pane.composer.people.text() == "With Bo"
    QTest.keyClicks(pane.composer.text, "mail to a@b.example")
    assert not any(each.isVisible() for each in pane.findChildren(PickList))
    QTest.keyClick(pane.composer.text, KEY.Key_D, CONTROL)
    QTest.keyClick(pane.composer.text, KEY.Key_I, CONTROL)
    QTest.keyClick(pane.composer.text, KEY.Key_Return, CONTROL)
    [bubble] = activities.timeline(workspace, contact=anna)
    assert [each.id for each in bubble.colleagues] == [colleague]
    assert (bubble.details_confirmed, bubble.direction) == (True, "in")
    assert pane.composer.content().people == ()
    assert not pane.composer.content().details_confirmed


def test_other_kinds_durations_and_places_by_their_words(pane, workspace, acme):
    pane.show_record("account", acme, "Acme")
    pane.focus_composer()
    QTest.keyClicks(pane.composer.text, "meeting 90 min: Planned the trial")
    assert pane.composer.findChild(TagChip).text() == "Meeting"
    assert pane.composer.place.isVisible()
    pane.composer.place.setText("Booth B2")
    assert lint(pane) == []
    QTest.keyClick(pane.composer.text, KEY.Key_Return, CONTROL)
    [bubble] = activities.timeline(workspace, account=acme)
    assert (bubble.kind, bubble.minutes, bubble.place, bubble.summary) == (
        "meeting",
        90,
        "Booth B2",
        "Planned the trial",
    )
    assert pane.composer.kind() == "meeting"
    QTest.keyClick(pane.composer.findChild(TagChip), KEY.Key_Delete)
    assert pane.composer.kind() == "call"
