"""The page of the day, used by keys: every row is done, put off or opened, and taken back."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Channel, Contact, Task
from crm_desktop.services import activities, contacts, records, tasks
from crm_desktop.services.activities import Entry
from crm_desktop.services.today import Now
from crm_desktop.services.today_rules import (
    BIRTHDAYS,
    CAPTURED,
    COMING,
    DORMANT,
    FILTERS,
    LATE,
    OVERDUE,
    SECTIONS,
    TODAY,
    VERIFY,
)
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.today.page import TodayPage
from crm_desktop.ui.panels.panel import Panel

pytest_plugins = ["tests.ui.page_window", "tests.ui.program_window"]

KEY = Qt.Key
DAY = timedelta(days=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.at = datetime.now(UTC).replace(hour=9, minute=30, second=0, microsecond=0)

    def __call__(self):
        return Now(self.at, UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def day(make, workspace, clock):
    """A day with something in every section; gives the keys of the records."""
    ago = clock.at - 400 * DAY
    acme = make(Account, name="Acme", level="a", created_at=ago)
    anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
    with workspace.write("Long ago") as session:
        session.get_one(Contact, anna).created_at = ago
    keys = {"acme": acme, "anna": anna}
    keys["late"] = make(Task, title="send offer", due_at=clock.at - 3 * DAY, contact_id=anna)
    keys["later"] = make(Task, title="send sample", due_at=clock.at - 2 * DAY, contact_id=anna)
    keys["today"] = make(Task, title="call back", due_at=clock.at + timedelta(hours=1), has_time=True, account_id=acme)
    keys["new"] = make(Contact, full_name="张三", created_at=clock.at - DAY, birthday=f"--{clock.at + 3 * DAY:%m-%d}")
    keys["asleep"] = make(Account, name="Bolt", level="vip", created_at=ago)
    keys["phone"] = make(Channel, account_id=keys["asleep"], kind="landline", raw="010-62345678", created_at=ago)
    keys["coming"] = make(Task, title="visit", due_at=clock.at + 4 * DAY, account_id=acme)
    return keys


@pytest.fixture
def window(page_window, clock):
    return page_window(partial(TodayPage, clock))


@pytest.fixture
def page(day, window, qtbot):
    page = window.page
    page.keys_of = day
    page.rest = partial(qtbot.waitUntil, lambda: not page.reader.is_reading())
    page.rest()
    page.panes()[0].setFocus()
    return page


def press(page, *keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()
        page.rest()


def rows(page, code):
    return [each.title for each in page.cards[code].list.rows.items]


def here(page):
    item = page.current_item()
    return item.section, item.title


def test_every_section_shows_its_count_and_rows(page):
    assert {code: rows(page, code) for code in SECTIONS} == {
        LATE: ["send offer", "send sample"],
        TODAY: ["call back"],
        CAPTURED: ["张三"],
        BIRTHDAYS: ["张三"],
        DORMANT: ["Bolt"],
        OVERDUE: [],
        VERIFY: ["Bolt"],
        COMING: ["visit"],
    }
    assert page.cards[LATE].title.text() == "Late  2"
    assert page.greeting.text() == "Good morning"
    assert page.summary.text().endswith(" · 3 things to do today")
    assert [code for code, card in page.cards.items() if card.more.isVisible()] == [VERIFY, COMING]


def test_j_and_k_and_the_arrows_go_through_all_sections(page):
    assert here(page) == (LATE, "send offer")
    seen = [here(page)]
    for key in (KEY.Key_J, KEY.Key_Down) * 4:
        press(page, key)
        seen.append(here(page))
    assert [section for section, _title in seen] == [
        LATE, LATE, TODAY, CAPTURED, BIRTHDAYS, VERIFY, DORMANT, COMING, COMING,
    ]  # fmt: skip
    press(page, KEY.Key_K, KEY.Key_Up, KEY.Key_K)
    assert here(page) == (BIRTHDAYS, "张三")
    chosen = [code for code in SECTIONS if page.cards[code].list.selectionModel().hasSelection()]
    assert chosen == [BIRTHDAYS], "one row is chosen on the whole page"


def test_space_ticks_a_task_off_and_undo_brings_it_back(page, window):
    press(page, KEY.Key_Space)
    assert rows(page, LATE) == ["send sample"]
    assert page.cards[LATE].title.text() == "Late  1"
    assert here(page) == (LATE, "send sample"), "the keys go on to the next one"
    assert window.told() == "Done: send offer"
    window.desk.undo()
    page.rest()
    assert rows(page, LATE) == ["send offer", "send sample"]
    press(page, KEY.Key_K, KEY.Key_Space, KEY.Key_Space)
    assert rows(page, LATE) == []
    assert page.cards[LATE].nothing.isVisible()
    assert not page.cards[LATE].list.isVisible()
    assert here(page) == (TODAY, "call back"), "an empty section hands the keys on"


def test_s_puts_a_task_off_to_tomorrow(page, workspace):
    press(page, KEY.Key_S)
    assert rows(page, LATE) == ["send sample"]
    assert rows(page, COMING) == ["send offer", "visit"]
    assert workspace.undo_title == "Snooze task"


def test_enter_opens_who_it_is_about(page, window):
    press(page, KEY.Key_Return)
    assert window.opened == [("contact", page.keys_of["anna"])]


def go_to(page, code):
    page.cards[code].list.setFocus()
    assert here(page)[0] == code


def test_verifying_is_one_key(page, workspace):
    go_to(page, VERIFY)
    press(page, KEY.Key_Space)
    assert rows(page, VERIFY) == []
    with workspace.read() as session:
        assert session.get_one(Channel, page.keys_of["phone"]).checked_at is not None


def test_a_birthday_is_planned_once_and_then_opened(page, window, clock):
    go_to(page, BIRTHDAYS)
    press(page, KEY.Key_Space)
    assert rows(page, BIRTHDAYS) == ["张三"]
    assert page.cards[BIRTHDAYS].list.rows.items[0].is_planned
    assert rows(page, COMING) == ["Birthday greeting for 张三", "visit"]
    assert rows(page, CAPTURED) == []
    press(page, KEY.Key_Space)
    assert window.opened == [("contact", page.keys_of["new"])]


@pytest.mark.parametrize(
    ("code", "title"),
    [(CAPTURED, "Follow up with 张三"), (DORMANT, "Call Bolt"), (VERIFY, "Verify Bolt")],
)
def test_s_makes_a_task_for_tomorrow_of_who_waits(page, code, title, window):
    go_to(page, code)
    press(page, KEY.Key_S)
    assert rows(page, code) == []
    assert rows(page, COMING) == [title, "visit"]
    window.desk.undo()
    page.rest()
    assert len(rows(page, code)) == 1


@pytest.mark.parametrize(("code", "opened"), [(CAPTURED, ("contact", "new")), (DORMANT, ("account", "asleep"))])
def test_space_on_who_waits_leads_to_the_log(page, window, code, opened):
    asked = []
    window.desk.asked.connect(lambda what, _detail: asked.append(what))
    go_to(page, code)
    press(page, KEY.Key_Space)
    assert window.opened == [(opened[0], page.keys_of[opened[1]])]
    assert asked == ["log_call"]


def test_the_mouse_does_the_same(page):
    place = page.cards[LATE].list
    box = place.delegate.button(place.visualRect(place.rows.index(0, 0)))
    QTest.mouseClick(place.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    page.rest()
    assert rows(page, LATE) == ["send sample"]
    menu = page.menu_of(place.rows.items[0])
    assert [each.text() for each in menu.actions()] == [
        "Complete task\tSpace", "Done…\tD", "Put off to tomorrow\tS", "Open\tEnter",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    menu.deleteLater()
    page.rest()
    assert rows(page, LATE) == []


def test_only_the_sections_concerned_are_read_again(page, workspace):
    read = []
    page.reader.found.connect(lambda section, _at: read.append(section.code))

    def after(verb, *arguments):
        read.clear()
        verb(workspace, *arguments)
        page.rest()
        return read

    assert after(records.change, Account, page.keys_of["acme"], "description", "new") == []
    assert after(records.change, Account, page.keys_of["acme"], "level", "b") == [DORMANT, VERIFY]
    assert after(records.change, Contact, page.keys_of["anna"], "birthday", "1990-03-08") == [BIRTHDAYS]
    assert after(activities.log, Entry("call", "Hello", page.keys_of["asleep"])) == [CAPTURED, DORMANT]
    assert rows(page, DORMANT) == []
    assert after(tasks.complete, page.keys_of["late"]) == [
        LATE, TODAY, COMING, CAPTURED, BIRTHDAYS, DORMANT, VERIFY,
    ]  # fmt: skip
    assert after(records.change, Account, page.keys_of["asleep"], "level", "") == [DORMANT, VERIFY]


def test_a_name_that_is_changed_elsewhere_is_changed_here(page, workspace):
    records.change(workspace, Contact, page.keys_of["anna"], "full_name", "Anna Weber")
    page.rest()
    assert page.cards[LATE].list.rows.items[0].person == "Anna Weber"


def test_time_goes_by(page, clock):
    clock.at += timedelta(hours=2)
    page._look_at_clock()
    page.rest()
    assert rows(page, LATE) == ["send offer", "send sample", "call back"]
    assert rows(page, TODAY) == []
    clock.at += 5 * DAY
    page._look_at_clock()
    page.rest()
    assert rows(page, LATE)[-1] == "visit"
    assert rows(page, BIRTHDAYS) == []


def test_the_keys_are_on_the_first_row_when_the_page_is_turned_to(program, qtbot):
    made = program("en")
    with made.workspace.write("Make") as session:
        session.add(Task(title="call", due_at=datetime.now(UTC) - DAY))
    made.window.turn_to("today")
    page = made.window.page("today")
    qtbot.waitUntil(page.cards[LATE].list.hasFocus, timeout=2000)
    assert page.current_item().title == "call"


def test_what_gets_late_while_one_looks_moves_by_itself(page, clock, qtbot):
    clock.at += timedelta(minutes=59, seconds=59.7)
    page._look_at_clock()
    assert rows(page, LATE) == ["send offer", "send sample"]
    assert page._watch.isActive()
    clock.at += timedelta(seconds=1)
    qtbot.waitUntil(lambda: rows(page, LATE)[-1] == "call back")
    page.rest()
    assert page._watch.isActive(), "the next midnight is waited for"


def test_a_key_of_another_script_does_nothing(page):
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.NoModifier, "Ж")
    QApplication.sendEvent(page.cards[LATE].list, event)
    assert here(page) == (LATE, "send offer")


def test_all_done_is_calm(page_window, clock, qtbot):
    page = page_window(partial(TodayPage, clock)).page
    qtbot.waitUntil(lambda: not page.reader.is_reading())
    assert page.calm.isVisible()
    assert not page.cards[LATE].isVisible()
    assert not page.cards[TODAY].isVisible()
    assert [page.cards[code].nothing.isVisible() for code in (BIRTHDAYS, COMING)] == [True, True]
    assert page.panes() == [page.log_button]
    assert not page.command("log", "")
    assert lint(page) == []


def test_more_rows_than_fit_are_shown_on_demand(page, make, clock, window):
    for number in range(8):
        make(Task, title=f"more {number}", due_at=clock.at - DAY)
        make(Contact, full_name=f"New {number}", created_at=clock.at - DAY)
    page.rest()
    assert page.cards[LATE].title.text() == "Late  10"
    assert len(rows(page, LATE)) == 6
    page.cards[LATE].more.click()
    page.rest()
    assert len(rows(page, LATE)) == 10
    assert not page.cards[LATE].more.isVisible()
    asked = []
    window.desk.asked.connect(lambda what, detail: asked.append((what, detail)))
    page.cards[CAPTURED].more.click()
    assert asked == [("list", FILTERS[CAPTURED])]


@pytest.mark.parametrize("width", [900, 1366])
def test_the_layout_has_no_fault_and_reads_itself_aloud(page, window, width):
    window.resize(width, 700)
    QApplication.processEvents()
    assert lint(window) == []
    model = page.cards[LATE].list.rows
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "send offer · Anna Schneider · 3 days late"


class TestNextDays:
    @pytest.fixture
    def days(self, page, make, clock):
        """Six calls tomorrow from 9:30 on, and the visit three days later."""
        for hour in range(6):
            due = clock.at + DAY + timedelta(hours=hour)
            make(Task, title=f"call {hour}", due_at=due, has_time=True)
        page.rest()
        return page.cards[COMING].list

    def test_they_stand_side_by_side_with_their_counts_and_first_tasks(self, page, days, clock):
        assert days.is_wide()
        assert page.cards[COMING].title.text() == "Next 7 days  7"
        assert rows(page, COMING) == ["call 0", "call 1", "call 2", "call 3", "visit"]
        first, fourth = (days.visualRect(days.rows.index(row, 0)) for row in (0, 4))
        assert (fourth.top(), fourth.left() > 3 * first.width()) == (first.top(), True)
        tomorrow = clock.at + DAY
        assert days._head(days._days[0]) in (f"{tomorrow:%a} {tomorrow.day}", f"{tomorrow:%a %b} {tomorrow.day}")

    def test_keys_go_down_a_day_and_aside_to_the_next(self, page, days):
        go_to(page, COMING)
        seen = []
        for key in (KEY.Key_J, KEY.Key_Down, KEY.Key_Right, KEY.Key_Right, KEY.Key_Left, KEY.Key_K):
            press(page, key)
            seen.append(here(page))
        assert seen == [
            *((COMING, title) for title in ("call 1", "call 2", "visit", "visit", "call 0")), (DORMANT, "Bolt"),
        ]  # fmt: skip
        press(page, KEY.Key_J, KEY.Key_Space)
        assert rows(page, COMING) == ["call 1", "call 2", "call 3", "call 4", "visit"]

    def test_the_mouse_ticks_off_and_opens_a_day(self, page, days, window, clock):
        asked = []
        window.desk.asked.connect(lambda what, detail: asked.append((what, detail)))
        box = days.delegate.button(days.visualRect(days.rows.index(1, 0)))
        QTest.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        page.rest()
        assert rows(page, COMING) == ["call 0", "call 2", "call 3", "call 4", "visit"]
        assert asked == []
        QTest.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=days._days[0].more.center())
        assert asked == [("page", "calendar"), ("calendar_day", (clock.at + DAY).date())]

    def test_in_a_narrow_window_they_stand_below_one_another(self, page, days, window):
        window.resize(950, 680)
        QApplication.processEvents()
        assert not days.is_wide()
        areas = [days.visualRect(days.rows.index(row, 0)) for row in range(5)]
        assert sorted(areas, key=lambda each: each.top()) == areas
        assert len({each.left() for each in areas}) == 1
        assert areas[-1].bottom() < days.height()
        assert lint(window) == []


def test_the_colours_follow_the_theme(page, window, qapp):
    light = page.cards[LATE].list.grab().toImage()
    theme.apply(qapp, "dark", language="en")
    assert page.cards[LATE].list.grab().toImage() != light
    theme.apply(qapp, "light", language="en")


def test_the_program_shows_the_list_behind_a_count(program, qtbot):
    made = program("en")
    ago = datetime.now(UTC) - DAY
    with made.workspace.write("Make") as session:
        session.add_all(Contact(full_name=f"New {number}", created_at=ago) for number in range(8))
    QTest.keyClick(made.window, KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = made.window.page_shown()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.cards[CAPTURED].section is not None and not page.reader.is_reading())
    assert page.cards[CAPTURED].title.text() == "New, not followed up  8"
    page.cards[CAPTURED].more.click()
    lists = made.window.page("contacts")
    qtbot.waitUntil(lambda: not lists.table().records.is_reading())
    assert len(lists.table().records.keys) == 8


@pytest.mark.parametrize(
    "act",
    [
        lambda page: QTest.keyClick(page.cards[CAPTURED].list, KEY.Key_Space),
        lambda page: page.log_button.click(),
        lambda page: QTest.keyClick(page.window(), KEY.Key_L, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_the_program_logs_a_call_with_whom_a_row_is_about(program, qtbot, act):
    made = program("en")
    acme = records.create(made.workspace, Account, {"name": "Acme"})
    person, _findings = contacts.create(made.workspace, {"full_name": "张三"}, acme)
    made.window.turn_to("today")
    page = made.window.page("today")
    qtbot.waitUntil(lambda: page.cards[CAPTURED].section is not None and not page.reader.is_reading())
    page.cards[CAPTURED].list.setFocus()
    act(page)
    accounts = made.window.pages["accounts"]
    assert made.window.page_shown() is accounts
    assert accounts.current() == ("contact", person)
    assert accounts.timeline.composer.text.hasFocus()


def test_a_morning_by_keys_alone(program, qtbot):
    made = program("en")
    acme = records.create(made.workspace, Account, {"name": "Acme"})
    for number in range(3):
        due = datetime.now(UTC) - (3 - number) * DAY
        tasks.create(made.workspace, tasks.Draft(f"call {number}", due_at=due, account=acme))
    QTest.keyClick(made.window, KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = made.window.page_shown()
    qtbot.waitUntil(page.cards[LATE].list.hasFocus)

    def see(late, coming, chosen):
        """What there is, and which row the keys are on."""
        there = (rows(page, LATE), rows(page, COMING), page.current_item() and page.current_item().title)
        return not page.reader.is_reading() and there == (late, coming, chosen)

    def do(key, late, coming, chosen):
        QTest.keyClick(QApplication.focusWidget(), key)
        qtbot.waitUntil(lambda: see(late, coming, chosen))

    every = ["call 0", "call 1", "call 2"]
    do(KEY.Key_J, every, [], "call 1")
    do(KEY.Key_Space, ["call 0", "call 2"], [], "call 2")
    do(KEY.Key_Z, every, [], "call 2")
    do(KEY.Key_K, every, [], "call 1")
    do(KEY.Key_S, ["call 0", "call 2"], ["call 1"], "call 2")
    do(KEY.Key_J, ["call 0", "call 2"], ["call 1"], "call 1")
    assert page.current_item().section == COMING
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    accounts = made.window.page_shown()
    assert accounts.current() == ("account", acme)
    QTest.keyClick(made.window, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert made.window.page_shown() is page
    qtbot.waitUntil(page.cards[COMING].list.hasFocus)
    assert page.current_item().title == "call 1", "where one was"


def test_d_asks_what_came_of_a_task(page, window, workspace):
    press(page, KEY.Key_D)
    [asked] = [each for each in window.findChildren(Panel) if each.isVisible()]
    QTest.keyClicks(asked.summary, "wants ten")
    QTest.keyClick(asked.summary, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.rest()
    assert rows(page, LATE) == ["send sample"]
    assert [each.summary for each in activities.timeline(workspace, contact=page.keys_of["anna"])] == ["wants ten"]
