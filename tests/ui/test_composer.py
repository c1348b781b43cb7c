"""Writing down what was said, without touching the mouse."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from crm_desktop.model import Account
from crm_desktop.services import activities, contacts
from crm_desktop.settings import Settings
from crm_desktop.store.driver import connect
from crm_desktop.text import when
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.lint import lint
from crm_desktop.ui.timeline import first_words
from crm_desktop.ui.timeline.pane import TimelinePane
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.segmented import DIGIT_KEY

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SATURDAY = datetime(2026, 11, 21, 14, 20).astimezone()


@pytest.fixture
def acme(make):
    return make(Account, name="Acme")


@pytest.fixture
def anna(workspace, acme):
    return contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)[0]


@pytest.fixture
def desk(qtbot, workspace, folder):
    home = QObject()
    found = Desk(workspace, folder, Settings(), home)
    yield found
    found.close()


@pytest.fixture
def pane(qtbot, qapp, desk, anna):
    theme.apply(qapp, "light", language="en")
    made = TimelinePane(desk)
    qtbot.addWidget(made)
    made.resize(412, 700)
    made.show_record("contact", anna, "Anna Schneider")
    made.show()
    qtbot.waitExposed(made)
    made.focus_composer()
    yield made
    made.close()


def newest(workspace, contact):
    return activities.timeline(workspace, contact=contact, count=1)[0]


def save(pane):
    QTest.keyClick(pane.composer.text, KEY.Key_Return, CONTROL)


def test_a_call_is_logged_from_the_keyboard_alone(pane, desk, workspace, anna):
    said = []
    desk.said.connect(lambda *message: said.append(message))
    QTest.keyClicks(pane.composer.text, "Confirmed the budget")
    QTest.keyClick(pane.composer.text, KEY.Key_Tab)
    assert pane.composer.next.line.hasFocus()
    QTest.keyClicks(pane.composer.next.line, "next tue 10am demo")
    QTest.keyClick(pane.composer.next.line, KEY.Key_Return, CONTROL)
    bubble = newest(workspace, anna)
    assert (bubble.kind, bubble.direction, bubble.summary) == ("call", "out", "Confirmed the budget")
    [step] = bubble.next_steps
    due = when.read("next tue 10am", datetime.now().astimezone()).at
    assert (step.title, step.due_at, step.has_time) == ("demo", due, True)
    assert said[0][0] == "Logged: Call"
    assert said[0][2] == "Undo"
    assert pane.composer.content().is_empty
    assert pane.composer.text.hasFocus()
    said[0][3]()
    assert pane.count() == 0


def test_a_digit_or_the_first_word_chooses_the_kind(pane, workspace, anna, type_in):
    composer = pane.composer
    digit = Qt.KeyboardModifier.AltModifier if DIGIT_KEY.startswith("Alt") else Qt.KeyboardModifier.MetaModifier
    QTest.keyClick(composer.text, KEY.Key_2, digit)
    assert composer.kinds.value() == "visit"
    type_in(composer.text, "微信 收到方案")
    assert (composer.kinds.value(), composer.text.toPlainText()) == ("chat", "收到方案")
    save(pane)
    assert (newest(workspace, anna).kind, newest(workspace, anna).summary) == ("chat", "收到方案")
    assert composer.kinds.value() == "chat"


def test_a_past_moment_and_a_direction_are_shown_as_understood(pane, workspace, anna, type_in):
    type_in(pane.composer.text, "昨天下午3点 呼入 要求降价")
    assert pane.composer.incoming.isChecked()
    chip = pane.composer.findChild(TagChip)
    assert chip.text().endswith(" 15:00")
    save(pane)
    bubble = newest(workspace, anna)
    yesterday = datetime.now().astimezone() - timedelta(days=1)
    assert (bubble.direction, bubble.summary) == ("in", "要求降价")
    assert bubble.at == yesterday.replace(hour=15, minute=0, second=0, microsecond=0)
    assert not pane.composer.incoming.isChecked()
    assert pane.composer.content().moment is None


def test_the_moment_can_be_taken_off_again(pane, workspace, anna):
    QTest.keyClicks(pane.composer.text, "yesterday 3pm incoming: She agreed")
    QTest.keyClick(pane.composer.findChild(TagChip), KEY.Key_Delete)
    assert pane.composer.content().moment is None
    assert pane.composer.text.hasFocus()
    save(pane)
    assert newest(workspace, anna).at.date() == datetime.now().astimezone().date()


def test_first_words_that_were_meant_as_text_can_be_put_back(pane, workspace, anna):
    QTest.keyClicks(pane.composer.text, "Visit ")
    assert pane.composer.text.toPlainText() == ""
    QTest.keyClick(pane.composer.text, KEY.Key_Z, CONTROL)
    QTest.keyClicks(pane.composer.text, "was good")
    save(pane)
    assert newest(workspace, anna).summary == "Visit was good"


HEADS = {
    "电话 确认": ("call", "", "", "确认"),
    "电话：确认": ("call", "", "", "确认"),
    "拜访\n参观工厂": ("visit", "", "", "参观工厂"),
    "備註 改地址": ("note", "", "", "改地址"),
    "E-mail: sent": ("mail", "", "", "sent"),
    "chat hello": ("chat", "", "", "hello"),
    "incoming wants a price": ("", "in", "", "wants a price"),
    "昨天下午3点呼入：降价": ("", "in", "11-20 15:00", "降价"),
    "微信 昨天9点 呼入 问价": ("chat", "in", "11-20 09:00", "问价"),
    "yesterday 3pm incoming she agreed": ("", "in", "11-20 15:00", "she agreed"),
    "incoming yesterday 3pm: she agreed": ("", "in", "11-20 15:00", "she agreed"),
    "昨天15:00：聊了价格": ("", "", "11-20 15:00", "聊了价格"),
    "周三 拜访 参观工厂": ("visit", "", "11-18 09:00", "参观工厂"),
    "上週三下午 來電：問價": ("", "in", "11-11 14:00", "問價"),
    "11月16日 电话 报价": ("call", "", "11-16 09:00", "报价"),
    "Thu 4pm call she agreed": ("call", "", "11-19 16:00", "she agreed"),
    "3 days ago: samples sent": ("", "", "11-18 09:00", "samples sent"),
    "call yesterday he asked": ("call", "", "", "yesterday he asked"),
    "会议：定计划": ("meeting", "", "", "定计划"),
    "sms: thanks": ("message", "", "", "thanks"),
    "电话 20分钟 报价": ("call", "", "", "报价"),
    "拜访 一个半小时：看厂": ("visit", "", "", "看厂"),
}


@pytest.mark.parametrize(("text", "wanted"), HEADS.items(), ids=list(HEADS))
def test_what_first_words_say(text, wanted):
    head = first_words.read(text, SATURDAY)
    at = f"{head.moment.at:%m-%d %H:%M}" if head.moment else ""
    assert (head.kind, head.direction, at, text[head.length :]) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "电话", "电话没人接", "Recall of parts", "昨天下午 他来了", "明天 呼入 ", "明天：发货", "10:30", "notes: x"],
)
def test_what_is_no_head_stays_text(text):
    assert first_words.read(text, SATURDAY) is None


def test_how_long_it_took_is_understood_after_a_kind_or_before_a_colon():
    for text, minutes in {
        "电话 20分钟 报价": 20,
        "1h30: trial": 90,
        "call 1小时20分 ok": 80,
        "call 20 ok": None,
    }.items():
        assert first_words.read(text, SATURDAY).minutes == minutes
    assert first_words.read("20 min late again", SATURDAY) is None
    assert first_words.read("20 min late again", SATURDAY, follows=True).minutes == 20


def test_no_answer_is_one_key(pane, workspace, anna):
    pane.composer.set_kind("chat")
    QTest.keyClick(pane.composer.text, KEY.Key_0, CONTROL)
    bubble = newest(workspace, anna)
    assert (bubble.kind, bubble.outcome, bubble.summary) == ("call", "no_answer", "")


def test_where_there_is_room_the_composer_leaves_it_to_the_timeline(pane, qtbot):
    high = pane.composer.sizeHint().height()
    pane.resize(660, 560)
    qtbot.wait(1)
    assert pane.composer.sizeHint().height() < high - 2 * 24
    assert lint(pane) == []


def test_what_is_missing_is_said_beside_the_text(pane):
    save(pane)
    assert pane.composer.wrong.isVisible()
    assert pane.composer.wrong.text() == "Write what was said, or choose “No answer”."
    assert pane.composer.text.accessibleDescription() == pane.composer.wrong.text()
    QTest.keyClicks(pane.composer.text, "x")
    assert not pane.composer.wrong.isVisible()


def test_minutes_are_a_number(pane, workspace, anna):
    QTest.keyClicks(pane.composer.text, "Hello")
    pane.composer.minutes.setText("some")
    save(pane)
    assert pane.count() == 0
    assert pane.composer.wrong.text() == "Minutes are a whole number, such as 8."
    pane.composer.minutes.setText(" 8 ")
    save(pane)
    assert newest(workspace, anna).minutes == 8
    pane.composer.minutes.setText("8")
    pane.composer.set_kind("mail")
    QTest.keyClicks(pane.composer.text, "Sent")
    save(pane)
    assert newest(workspace, anna).minutes is None


@pytest.mark.parametrize(
    ("typed", "chip", "tone"),
    [
        ("send the offer", "No date understood", "warn"),
        ("yesterday", " is past", "warn"),
        ("tomorrow 10am", "10:00", "ok"),
    ],
)
def test_the_next_step_shows_at_once_what_was_understood(pane, typed, chip, tone):
    QTest.keyClicks(pane.composer.next.line, typed)
    assert pane.composer.next.chip.isVisible()
    assert pane.composer.next.chip.text().endswith(chip)
    assert pane.composer.next.line.accessibleDescription() == pane.composer.next.chip.text()


def test_a_step_without_a_date_is_kept_as_it_was_typed(pane, workspace, anna, type_in):
    QTest.keyClicks(pane.composer.text, "Hello")
    type_in(pane.composer.next.line, "寄样册")
    save(pane)
    [step] = newest(workspace, anna).next_steps
    assert (step.title, step.due_at) == ("寄样册", None)


def test_drafts_wait_with_their_record(pane, workspace, acme, anna):
    QTest.keyClicks(pane.composer.text, "Half a sentence")
    pane.composer.next.set_text("tomorrow")
    pane.composer.set_kind("visit")
    QTest.keyClick(pane.composer.text, KEY.Key_Escape)
    assert not pane.composer.text.hasFocus()
    pane.show_record("account", acme, "Acme")
    assert pane.composer.content().is_empty
    pane.show_nothing()
    pane.show_record("contact", anna, "Anna Schneider")
    content = pane.composer.content()
    assert (content.text, content.next_step, content.kind) == ("Half a sentence", "tomorrow", "visit")


def test_an_entry_of_an_account_can_name_who_took_part(pane, workspace, acme, anna):
    assert pane.composer.subject.text() == "For Anna Schneider · Acme"
    pane.show_record("account", acme, "Acme")
    assert pane.composer.subject.text() == "For Acme"
    opened = pane.composer.people.open()
    assert opened.isVisible()
    opened.chosen.emit("")
    opened.close_list()
    pane.composer.people.set_value([str(anna)])
    QTest.keyClicks(pane.composer.text, "Hello")
    save(pane)
    [bubble] = activities.timeline(workspace, account=acme)
    assert (bubble.account_id, [each.id for each in bubble.people]) == (acme, [anna])
    assert pane.composer.people.value() == ()


def test_a_note_has_no_direction(pane, workspace, anna):
    QTest.keyClicks(pane.composer.text, "note: New address")
    assert not pane.composer.incoming.isVisible()
    save(pane)
    assert (newest(workspace, anna).kind, newest(workspace, anna).direction) == ("note", "none")


def test_an_entry_is_logged_once_while_another_process_writes(pane, desk, workspace, folder, anna, qtbot):
    other = connect(folder.database)
    other.execute("BEGIN IMMEDIATE")
    QTest.keyClicks(pane.composer.text, "Hello")
    with qtbot.waitSignal(desk.waiting):
        save(pane)
    save(pane)
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: pane.count() == 1)
    assert newest(workspace, anna).summary == "Hello"
