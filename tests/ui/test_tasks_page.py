"""The page of tasks, used by keys: tasks are ticked, finished, put off, changed, deleted and found."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crm_desktop.model import Account, Contact, Task
from crm_desktop.services import activities, contacts, records, tasks
from crm_desktop.services.clock import Now
from crm_desktop.services.tasks import Draft
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.accounts.detail import Detail
from crm_desktop.ui.pages.tasks.page import TasksPage
from crm_desktop.ui.pages.tasks.rows import TaskRows
from crm_desktop.ui.panels.panel import Panel

pytest_plugins = ["tests.ui.page_window", "tests.ui.panel_window"]

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
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
def keys(workspace, clock):
    """Tasks in most sections, by name."""
    acme = records.create(workspace, Account, {"name": "Acme"})
    anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
    today = clock.at.date()
    made = {"acme": acme, "anna": anna}
    for name, draft in {
        "late": Draft("send offer", due_at=whole_day(today - 2 * DAY), contact=anna),
        "today": Draft("call back", "call", whole_day(today), account=acme, priority="high"),
        "at ten": Draft("meeting", "meeting", clock.at + DAY / 24, True, clock.at + DAY / 12, contact=anna),
        "coming": Draft("visit", "visit", whole_day(today + 3 * DAY)),
        "undated": Draft("some day"),
    }.items():
        made[name] = tasks.create(workspace, draft)
    return made


@pytest.fixture
def window(page_window, clock, keys):
    return page_window(partial(TasksPage, clock))


@pytest.fixture
def page(window, qtbot):
    page = window.page
    page.rest = partial(qtbot.waitUntil, lambda: not page.reader.is_reading())
    page.rest()
    page.list.setFocus()
    return page


def press(page, *keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()
        page.rest()


def rows(page):
    """The list as it reads: heads, and the titles below them."""
    model = page.list.tasks
    return [model.heading(each) if isinstance(each, str) else each.title for each in model.rows]


def here(page):
    return page.list.current().title


def panel(window):
    return next(each for each in window.findChildren(Panel) if each.isVisible())


ALL = [
    "Late  1", "send offer", "Today  2", "call back", "meeting", "Next 7 days  1", "visit",
    "Without a date  1", "some day",
]  # fmt: skip


def test_j_and_k_and_the_arrows_go_past_the_heads(page):
    assert rows(page) == ALL
    assert page.count.text() == "5 tasks"
    seen = [here(page)]
    for key in (KEY.Key_J, KEY.Key_Down) * 3:
        press(page, key)
        seen.append(here(page))
    assert seen == ["send offer", "call back", "meeting", "visit", "some day", "some day", "some day"]
    press(page, KEY.Key_K, KEY.Key_Up, KEY.Key_K, KEY.Key_K, KEY.Key_K)
    assert here(page) == "send offer"


def test_space_ticks_off_and_the_note_offers_undo_and_the_next_step(page, window, keys):
    press(page, KEY.Key_Space)
    assert rows(page)[:2] == ["Today  2", "call back"]
    assert rows(page)[-2:] == ["Done lately  1", "send offer"]
    assert window.told() == "Done: send offer"
    toast = window.toasts.current
    assert (toast.button.text(), toast.second.text()) == ("Undo", "Next step…")
    toast.second.click()
    editor = panel(window)
    assert editor.about.words() == "Anna Schneider"
    QTest.keyClicks(editor.title, "call again")
    QTest.keyClick(editor.title, KEY.Key_Return, CONTROL)
    page.rest()
    assert "call again" in rows(page)
    assert tasks.load(window.desk.workspace, keys["late"]).contact == keys["anna"]
    window.desk.undo()
    window.desk.undo()
    page.rest()
    assert rows(page) == ALL


def test_done_asks_what_came_of_it_by_keys_alone(page, window, keys, workspace):
    press(page, KEY.Key_D)
    asked = panel(window)
    QTest.keyClicks(asked.summary, "wants ten")
    asked.outcome.set_value("interested")
    QTest.keyClicks(asked.next.line, "send sample 2030-01-05")
    assert asked.next.chip.text() == "Sat Jan 5 2030"
    assert lint(window) == []
    QTest.keyClick(asked.next.line, KEY.Key_Return, CONTROL)
    page.rest()
    assert window.told() == "Done: send offer"
    assert {"Later  1", "send sample", "Done lately  1"} <= set(rows(page))
    [bubble] = activities.timeline(workspace, contact=keys["anna"])
    assert (bubble.summary, bubble.outcome) == ("wants ten", "interested")
    window.desk.undo()
    page.rest()
    assert rows(page) == ALL


def test_an_empty_list_offers_a_new_task_once(page):
    assert page.new_button.isVisible()
    page.search.setText("nothing is called so")
    page._read()
    page.rest()
    assert page.first.isVisible()
    assert not page.new_button.isVisible()


def test_s_puts_off_to_tomorrow_at_once(page, window, keys, clock):
    tomorrow = clock.at.date() + DAY
    press(page, KEY.Key_S)
    assert tasks.load(window.desk.workspace, keys["late"]).due_at == whole_day(tomorrow)
    assert window.told().startswith("Snoozed until")
    window.desk.undo()
    page.rest()
    assert rows(page) == ALL
    assert page.command("snooze")
    page.rest()
    assert tasks.load(window.desk.workspace, keys["late"]).due_at == whole_day(tomorrow)


def test_x_skips_one_of_a_series_and_says_when_it_is_due_again(page, window, keys, clock):
    press(page, KEY.Key_X)
    assert rows(page) == ALL, "it does not repeat"
    with window.desk.workspace.write("Repeat") as session:
        session.get(Task, keys["late"]).repeat = "FREQ=DAILY;INTERVAL=3"
    page.rest()
    press(page, KEY.Key_X)
    assert window.told().startswith("Skipped: due again")
    assert rows(page)[0] == "Today  2"
    window.desk.undo()
    page.rest()
    assert rows(page) == ALL


def test_shift_s_drops_how_far_it_can_be_put_off(page, window, keys, clock):
    QTest.keyClick(page.list, KEY.Key_S, Qt.KeyboardModifier.ShiftModifier)
    [menu] = [each for each in page.findChildren(QMenu) if each.isVisible()]
    assert [each.text() for each in menu.actions() if each.text()] == [
        "In 10 minutes", "In 1 hour", "Tomorrow", "Next Monday", "Until…",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    menu.close()
    page.rest()
    assert rows(page)[0] == "Today  2"
    assert tasks.load(window.desk.workspace, keys["late"]).due_at == whole_day(clock.at.date() + DAY)


def test_until_takes_plain_words_and_says_what_it_does_not_understand(page, window, keys):
    page.verbs._ask_until([keys["late"]])
    asked = panel(window)
    QTest.keyClicks(asked.until.line, "someday")
    QTest.keyClick(asked.until.line, KEY.Key_Return)
    assert "“someday” was not understood" in asked.row.finding.text()
    asked.until.line.clear()
    QTest.keyClicks(asked.until.line, "2020-02-01")
    QTest.keyClick(asked.until.line, KEY.Key_Return)
    assert asked.row.finding.text() == "That is over already. Write a later moment."
    asked.until.line.clear()
    QTest.keyClicks(asked.until.line, "2030-02-01")
    QTest.keyClick(asked.until.line, KEY.Key_Return)
    page.rest()
    assert not asked.isVisible()
    assert tasks.load(window.desk.workspace, keys["late"]).due_at == whole_day(date(2030, 2, 1))


def test_delete_removes_and_undo_brings_back(page, window):
    press(page, KEY.Key_Delete)
    assert "send offer" not in rows(page)
    assert here(page) == "call back"
    window.desk.undo()
    page.rest()
    assert rows(page) == ALL


def test_o_opens_the_record(page, window, keys):
    press(page, KEY.Key_O)
    assert window.opened == [("contact", keys["anna"])]


def test_the_day_view_goes_from_day_to_day_by_keys(page, clock):
    page.go_to_today()
    page.rest()
    assert rows(page) == ["Any time of the day  1", "call back", "At a time of day  1", "meeting"]
    press(page, KEY.Key_Left)
    press(page, KEY.Key_Left)
    assert rows(page) == ["Any time of the day  1", "send offer"]
    press(page, KEY.Key_Left)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.sentence.text() == "Nothing on this day"
    press(page, KEY.Key_T)
    assert page.day == clock.at.date()
    assert len(rows(page)) == 4


def test_filters_narrow_and_the_counts_follow(page, window, type_in, qtbot):
    page.command("filter")
    type_in(page.search, "schneider")
    qtbot.waitUntil(lambda: rows(page) == ["Late  1", "send offer", "Today  1", "meeting"])
    page.search.clear()
    page.kind.set_value("visit")
    page.kind.committed.emit("visit")
    page.rest()
    qtbot.waitUntil(lambda: rows(page) == ["Next 7 days  1", "visit"])
    page.priority.set_value("low")
    page.priority.committed.emit("low")
    page.rest()
    assert page.empty.sentence.text() == "No task fits"
    assert lint(window) == []


def test_what_is_written_elsewhere_is_seen_here(page, workspace, keys):
    tasks.create(workspace, Draft("new one"))
    page.rest()
    assert rows(page)[-1] == "new one"
    records.change(workspace, Contact, keys["anna"], "full_name", "Anna Weber")
    page.rest()
    assert page.list.current().person == "Anna Weber"


def test_time_goes_by(page, clock):
    clock.at += 2 * DAY / 24
    page._look_at_clock()
    page.rest()
    assert rows(page)[:4] == ["Late  2", "send offer", "meeting", "Today  1"]


def test_twenty_thousand_are_read_as_far_as_one_looks(page, workspace, qtbot, clock):
    with workspace.write("Many") as session:
        due = whole_day(clock.at.date() + 20 * DAY)
        session.insert_rows(Task, [{"title": f"task {number}", "due_at": due} for number in range(20_000)])
    page.rest()
    assert page.count.text() == "20,005 tasks"
    assert page.list.tasks.read == 200
    page.list.scrollToBottom()
    qtbot.waitUntil(lambda: page.list.tasks.read == 400)
    page.rest()
    press(page, KEY.Key_J)
    assert here(page) == "call back", "the keys stay where they were"
    assert isinstance(page.list, TaskRows)


class TestEditor:
    def test_e_shows_all_of_a_task_and_what_is_changed_is_kept(self, page, window, keys, workspace):
        press(page, KEY.Key_J, KEY.Key_J, KEY.Key_E)
        editor = panel(window)
        assert (editor.title.text(), editor.about.words(), editor.kind.words()) == (
            "meeting",
            "Anna Schneider",
            "Meeting",
        )
        assert lint(window) == []
        before = tasks.load(workspace, keys["at ten"])
        editor.place.setText("Berlin")
        editor.remind.set_value("15")
        editor.people.set_value({})
        QTest.keyClick(editor.place, KEY.Key_Return, CONTROL)
        page.rest()
        after = tasks.load(workspace, keys["at ten"])
        assert (after.place, after.remind_minutes, after.due_at, after.ends_at) == (
            "Berlin", 15, before.due_at, before.ends_at,
        )  # fmt: skip
        assert (after.account, after.contact) == (before.account, before.contact)
        assert window.told() == "Task saved: meeting"

    def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(self, page, window, workspace):
        page.verbs.make()
        editor = panel(window)
        QTest.keyClicks(editor.due.line, "someday soon")
        QTest.keyClicks(editor.place, "Berlin")
        editor.save()
        assert editor.rows["due_at"].finding.text().startswith("“someday soon” was not understood")
        assert editor.due.chip.text() == "No date understood"
        editor.due.line.setText("2030-01-05")
        editor.save()
        assert editor.rows["title"].finding.text() == "Write what is to be done."
        assert QApplication.focusWidget() is editor.title
        QTest.keyClicks(editor.title, "fair")
        editor.ends.line.setText("11:00")
        editor.save()
        assert "needs a time of day" in editor.rows["ends_at"].finding.text()
        editor.due.line.setText("2030-01-05 12:00")
        editor.save()
        assert "after the beginning" in editor.rows["ends_at"].finding.text()
        editor.ends.line.setText("13:00")
        editor.start.line.setText("2030-01-06")
        editor.save()
        assert "before the day it is due" in editor.rows["start_at"].finding.text()
        editor.start.line.clear()
        editor.save()
        page.rest()
        assert not editor.isVisible()
        with workspace.read() as session:
            made = session.query(Task).filter(Task.title == "fair").one()
            assert (made.place, made.ends_at - made.due_at) == ("Berlin", timedelta(hours=1))

    def test_an_end_is_offered_where_there_can_be_one(self, page, window):
        page.verbs.make()
        editor = panel(window)
        seen = [editor.rows["ends_at"].isVisible()]
        for due in ("2030-01-05 12:00", "2030-01-05"):
            editor.due.line.setText(due)
            seen.append(editor.rows["ends_at"].isVisible())
        assert seen == [False, True, False]
        editor.kind.open()
        editor.kind.dropped.chosen.emit("visit")
        assert editor.rows["ends_at"].isVisible(), "a visit may take several days"
        assert editor.rows["due_at"].label.text() == "When"
        editor.ends.line.setText("2030-01-07")
        editor.due.line.clear()
        assert editor.rows["ends_at"].isVisible(), "what was typed stays in sight"

    def test_people_are_added_and_taken_off(self, page, window, keys, workspace):
        page.verbs.make(contact=keys["anna"])
        editor = panel(window)
        QTest.keyClicks(editor.title, "dinner")
        li, _findings = contacts.create(workspace, {"full_name": "李四"})
        editor.people._add(li, "李四 · ABC")
        editor.people._add(keys["anna"], "Anna Schneider")
        editor.people._take_off(keys["anna"], "")
        editor.save()
        page.rest()
        with workspace.read() as session:
            made = session.query(Task).filter(Task.title == "dinner").one().id
        assert tasks.load(workspace, made).people == (li,)

    def test_the_window_begins_one_about_the_record_on_screen(self, panel_window, shown, workspace):
        editor = shown("task")
        assert (editor.title.text(), editor.about.value(), editor.kind.words()) == ("", "", "To do")
        assert QApplication.focusWidget() is editor.title
        QTest.keyClicks(editor.title, "half a thought")
        QTest.keyClick(editor.title, KEY.Key_Escape)
        editor.show_appointment()
        assert (editor.title.text(), editor.kind.words()) == ("", "Meeting")
        editor.dismiss()
        assert shown("task").title.text() == "half a thought", "what was begun waits"
        editor.save()
        assert shown("task").title.text() == ""


def test_a_record_shows_its_open_tasks(workspace, folder, qtbot, keys, panel_window):
    detail = Detail(panel_window.desk)
    panel_window.setCentralWidget(detail)
    panel_window.desk.changed.connect(detail.refresh)
    detail.show_record("contact", keys["anna"])
    card = detail._panes["contact"].tasks
    assert card.title.text() == "Open tasks 2"
    assert [each.task.title for each in card.lines if each.task] == ["send offer", "meeting"]
    card.lines[0].tick.click()
    assert [each.task.title for each in card.lines if each.task] == ["meeting"]
    card.lines[0].title.click()
    assert panel(panel_window).title.text() == "meeting"
    panel(panel_window).dismiss()
    card.add_button.click()
    assert panel(panel_window).about.words() == "Anna Schneider"
    panel(panel_window).dismiss()
    assert lint(panel_window) == []
