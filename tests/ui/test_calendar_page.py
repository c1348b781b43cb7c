"""The calendar, used by keys and by the mouse: everything is moved, lengthened, made and taken back."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from sqlalchemy import select

from crm_desktop import i18n
from crm_desktop.model import Contact, Task
from crm_desktop.services import calendar, contacts, tasks, users
from crm_desktop.services.tasks import Draft
from crm_desktop.services.today import Now
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.calendar import words
from crm_desktop.ui.pages.calendar.boxes import DayPlaces
from crm_desktop.ui.pages.calendar.page import CalendarPage
from crm_desktop.ui.pages.calendar.slots import DAY, MONTH, WEEK, Slot
from crm_desktop.ui.panels.calendar_import import CalendarImport
from crm_desktop.ui.panels.panel import panel_of
from crm_desktop.ui.panels.task_done import TaskDone
from crm_desktop.ui.panels.task_editor import TaskEditor
from tests.exchange import ics_files

pytest_plugins = ["tests.ui.page_window", "tests.ui.panel_window"]

KEY = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL_SHIFT = SHIFT | Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
WEDNESDAY = date(2026, 7, 1)
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def clock():
    return Now(datetime(2026, 7, 1, 9, 30, tzinfo=UTC), UTC)


def at(hour, minute=0, day=WEDNESDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """The week begins on Monday, wherever the tests run."""
    monkeypatch.setattr(words, "begins_monday", lambda: True)


@pytest.fixture
def plan(workspace):
    return lambda title, **values: tasks.create(workspace, Draft(title, **values))


@pytest.fixture
def demo(plan):
    return plan("demo", kind="meeting", due_at=at(10), has_time=True, ends_at=at(11))


@pytest.fixture
def window(page_window):
    return page_window(partial(CalendarPage, clock))


@pytest.fixture
def page(demo, window, qtbot):
    page = window.page
    page.rest = partial(qtbot.waitUntil, lambda: not page.reader.is_reading())
    page.rest()
    page.view.setFocus()
    return page


@pytest.fixture
def kept(workspace):
    def kept(key):
        with workspace.read() as session:
            return session.get_one(Task, key)

    return kept


def press(page, key, held=NONE):
    QTest.keyClick(page.view, key, held)
    QApplication.processEvents()
    page.rest()


def choose(page, title):
    entry = next(each for each in page.view.span.entries if each.title == title)
    page.view.choose(entry)
    return entry


def spot(page, day, hour):
    """A point of the view, at an hour of a day."""
    view = page.view
    area = view.places.area_of(Slot(day, int(hour * 60)))
    y = area.top() + view.places.top - view.scrolled
    return QPointF(area.left() + area.width() / 3, y + 1)


def mouse(page, kind, place, button=LEFT):
    viewport = page.view.viewport()
    held = button if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, held, NONE)
    QApplication.sendEvent(viewport, event)


def drag(page, begin, *over):
    mouse(page, QEvent.Type.MouseButtonPress, begin)
    for place in over:
        mouse(page, QEvent.Type.MouseMove, place)
    mouse(page, QEvent.Type.MouseButtonRelease, over[-1])
    QApplication.processEvents()
    page.rest()


def times(panel):
    return panel.due.line.text(), panel.ends.line.text()


def card(window):
    return next(each for each in window.findChildren(TaskEditor) if each.isVisible())


def test_the_week_of_today_is_seen(page):
    assert (page.view.span.first, page.view.span.last) == (date(2026, 6, 29), date(2026, 7, 5))
    assert page.title.text() == "Jun 2026 – Jul 2026"
    assert [each.title for each in page.view.span.entries] == ["demo"]


@pytest.mark.parametrize(("key", "mode"), [(KEY.Key_D, DAY), (KEY.Key_M, MONTH), (KEY.Key_1, DAY), (KEY.Key_3, MONTH)])
def test_keys_show_a_day_a_week_or_a_month(page, key, mode):
    press(page, key)
    assert (page.mode, page.modes.value()) == (mode, mode)
    press(page, KEY.Key_2)
    assert page.mode == WEEK


def test_page_keys_turn_and_t_comes_back(page):
    press(page, KEY.Key_PageDown)
    assert page.view.span.first == date(2026, 7, 6)
    press(page, KEY.Key_M)
    press(page, KEY.Key_PageUp)
    assert page.title.text() == "Jun 2026"
    press(page, KEY.Key_T)
    assert page.title.text() == "Jul 2026"
    assert page.view.slot.day == WEDNESDAY


def test_arrows_go_from_slot_to_slot_and_choose_what_is_there(page):
    page.view.choose(None, Slot(WEDNESDAY, 9 * 60 + 30))
    press(page, KEY.Key_Down)
    assert page.view.chosen.title == "demo"
    assert page.view.accessibleName().startswith("demo, Meeting, Wed Jul 1, 10:00–11:00")
    press(page, KEY.Key_Right)
    assert page.view.chosen is None
    assert "Thu Jul 2 10:00" in page.view.accessibleName()
    for _number in range(4):
        press(page, KEY.Key_Right)
    assert page.view.span.first == date(2026, 7, 6), "beyond Sunday comes the next week"


def test_keys_go_into_the_row_of_whole_days_and_out(page, plan):
    plan("offer", due_at=whole_day(WEDNESDAY))
    page.rest()
    page.view.choose(None, Slot(WEDNESDAY, 0))
    press(page, KEY.Key_Up)
    assert page.view.slot.minute is None
    assert page.view.chosen.title == "offer"
    press(page, KEY.Key_Down)
    assert page.view.slot.minute is not None


def test_j_and_k_go_through_everything(page, plan):
    plan("call", due_at=at(10, 15), has_time=True)
    page.rest()
    page.view.choose(None, Slot(date(2026, 6, 29), 60))
    titles = []
    for _number in range(2):
        press(page, KEY.Key_J)
        titles.append(page.view.chosen.title)
    press(page, KEY.Key_K)
    assert [*titles, page.view.chosen.title] == ["demo", "call", "demo"], "also what stands side by side"


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        (KEY.Key_Down, timedelta(minutes=15)),
        (KEY.Key_Up, timedelta(minutes=-15)),
        (KEY.Key_Right, A_DAY),
        (KEY.Key_Left, -A_DAY),
    ],
)
def test_shift_and_arrows_move_what_is_chosen(page, kept, demo, key, moved, window):
    choose(page, "demo")
    press(page, key, SHIFT)
    press(page, key, SHIFT)
    assert (kept(demo).due_at, kept(demo).ends_at) == (at(10) + 2 * moved, at(11) + 2 * moved)
    assert page.view.chosen.title == "demo"
    window.desk.undo()
    window.desk.undo()
    assert kept(demo).due_at == at(10)


def test_what_is_moved_over_the_edge_is_followed(page, kept, demo):
    choose(page, "demo")
    for _number in range(5):
        press(page, KEY.Key_Right, SHIFT)
    assert kept(demo).due_at == at(10) + 5 * A_DAY
    assert page.view.span.first == date(2026, 7, 6)


def test_in_a_month_up_and_down_move_by_weeks(page, kept, demo):
    press(page, KEY.Key_M)
    choose(page, "demo")
    press(page, KEY.Key_Down, SHIFT)
    assert kept(demo).due_at == at(10) + 7 * A_DAY


def test_control_and_shift_lengthen(page, kept, demo):
    choose(page, "demo")
    press(page, KEY.Key_Down, CONTROL_SHIFT)
    assert (kept(demo).due_at, kept(demo).ends_at) == (at(10), at(11, 15))
    for _number in range(9):
        press(page, KEY.Key_Up, CONTROL_SHIFT)
    assert kept(demo).ends_at == at(10, 15), "never shorter than a quarter of an hour"


def test_space_ticks_off_and_delete_takes_away(page, kept, demo, window):
    choose(page, "demo")
    press(page, KEY.Key_Space)
    assert kept(demo).done_at is not None
    assert page.view.chosen.is_done
    press(page, KEY.Key_Space)
    assert kept(demo).done_at is None
    press(page, KEY.Key_Delete)
    assert page.view.span.entries == ()
    assert window.told() == "Task deleted"
    window.desk.undo()
    page.rest()
    assert [each.title for each in page.view.span.entries] == ["demo"]


def test_n_makes_an_appointment_where_one_is(page, window, kept, workspace, type_in):
    page.view.choose(None, Slot(WEDNESDAY, 14 * 60))
    press(page, KEY.Key_N)
    panel = card(window)
    assert (panel.head.text(), *times(panel)) == ("New appointment", "2026-07-01 14:00", "15:00")
    type_in(panel.title, "上门演示")
    QTest.keyClick(panel.title, KEY.Key_Return)
    page.rest()
    made = next(each for each in page.view.span.entries if each.title == "上门演示")
    assert (made.kind, made.starts.hour, made.ends.hour) == ("meeting", 14, 15)
    assert window.told() == "Task added: 上门演示"
    assert page.view.hasFocus()


def test_from_any_page_one_is_made_about_whom_one_sees(panel_window, make, workspace):
    from crm_desktop.ui.page import Page

    anna = make(Contact, full_name="Anna Schneider")
    page = Page()
    page.current = lambda: ("contact", anna)
    panel_window.show_as_page(page)
    panel = panel_of(TaskEditor, panel_window, panel_window.desk)
    panel.show_appointment()
    assert panel.about.words() == "Anna Schneider"
    panel.title.setText("demo")
    panel.save()
    with workspace.read() as session:
        [task] = session.scalars(select(Task))
        assert (task.contact_id, task.kind, task.has_time) == (anna, "meeting", True)
        assert task.ends_at - task.due_at == HOUR


def test_enter_edits_all_that_a_card_shows(page, window, kept, demo, workspace):
    anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"})
    page.rest()
    choose(page, "demo")
    press(page, KEY.Key_Return)
    panel = card(window)
    panel.due.line.setText("2026-07-01 16:30")
    panel.ends.line.setText("2026-07-02 01:00")
    panel.repeat.line.setText("every week")
    panel.remind.set_value("15")
    panel.place.setText("Halle 3")
    panel.about.set_value(f"contact:{anna}", "Anna Schneider")
    understood = panel.ends.chip.text()
    assert understood.startswith("Thu Jul 2")
    assert understood.endswith("01:00")
    panel.save()
    task = kept(demo)
    assert (task.due_at, task.ends_at) == (at(16, 30), at(1, day=date(2026, 7, 2)))
    assert (task.place, task.contact_id) == ("Halle 3", anna)
    assert (task.repeat, task.remind_minutes) == ("FREQ=WEEKLY", 15)


@pytest.mark.parametrize(
    ("due", "ends", "field", "told"),
    [
        ("someday 10:00", "", "due_at", "not understood as a date"),
        ("2026-07-01 10:00", "late", "ends_at", "not understood as a date"),
        ("2026-07-01 10:00", "09:00", "ends_at", "after the beginning"),
        ("2026-07-01 10:00", "2026-07-02", "ends_at", "not a time of day"),
        ("2026-07-01", "2026-06-30", "ends_at", "after the beginning"),
        ("2026-07-01", "11:00", "ends_at", "needs a time of day"),
    ],
)
def test_a_card_says_what_it_does_not_understand(page, window, kept, demo, due, ends, field, told):
    page.open(choose(page, "demo"))
    panel = card(window)
    panel.due.line.setText(due)
    panel.ends.line.setText(ends)
    panel.save()
    assert panel.isVisible()
    assert told in panel.rows[field].finding.text()
    assert kept(demo).due_at == at(10)
    panel.title.clear()
    panel.due.line.setText("2026-07-01")
    panel.ends.line.clear()
    panel.save()
    assert panel.rows["title"].finding.text() == "Write what is to be done."
    panel.dismiss()


def test_a_fair_of_whole_days_is_made_and_moved_on_its_card(page, window, kept, plan):
    fair = plan("fair", kind="visit", due_at=whole_day(WEDNESDAY), ends_at=whole_day(WEDNESDAY + A_DAY))
    page.rest()
    page.open(choose(page, "fair"))
    panel = card(window)
    assert times(panel) == ("2026-07-01", "2026-07-02")
    panel.ends.line.setText("2026-07-01")
    panel.save()
    page.rest()
    assert kept(fair).ends_at == whole_day(WEDNESDAY), "its first day may be its last"
    page.open(choose(page, "fair"))
    card(window).delete_button.click()
    page.rest()
    assert kept(fair).deleted_at is not None


def test_an_hour_that_is_kept_goes_with_the_day(page, window, kept, demo):
    page.open(choose(page, "demo"))
    panel = card(window)
    panel.due.line.setText("2026-07-03 10:15")
    QTest.keyClick(panel.due.line, KEY.Key_Return)
    assert (kept(demo).due_at, kept(demo).ends_at) == (at(10, 15, WEDNESDAY + 2 * A_DAY), at(11) + 2 * A_DAY)


def test_what_will_repeat_is_shown_dimmed_and_opens_the_task(page, window, kept, plan):
    call = plan("call", due_at=at(14), has_time=True, ends_at=at(15), repeat="FREQ=DAILY;COUNT=3")
    page.rest()
    there = [each for each in page.view.span.entries if each.key == call]
    assert [(each.first.day, each.starts.hour, each.will_repeat) for each in there] == [
        (1, 14, False), (2, 14, True), (3, 14, True),
    ]  # fmt: skip
    page.view.choose(there[1])
    assert "will repeat" in page.view.accessibleName()
    assert not page.view.grab().isNull()
    for key, held in ((KEY.Key_Space, NONE), (KEY.Key_Delete, NONE), (KEY.Key_Down, SHIFT), (KEY.Key_S, NONE)):
        press(page, key, held)
    task = kept(call)
    assert (task.done_at, task.deleted_at, task.due_at) == (None, None, at(14)), "only the task itself is moved"
    press(page, KEY.Key_Return)
    assert times(card(window)) == ("2026-07-01 14:00", "15:00")
    card(window).dismiss()


def test_it_is_put_off_to_tomorrow_at_once_by_key_and_by_command(page, kept, demo, window):
    choose(page, "demo")
    press(page, KEY.Key_S)
    assert kept(demo).due_at == at(10) + A_DAY
    assert window.told().startswith("Snoozed until")
    assert page.command("snooze")
    page.rest()
    assert kept(demo).due_at == at(10) + 2 * A_DAY
    window.desk.undo()
    window.desk.undo()
    page.rest()
    assert kept(demo).due_at == at(10)
    QTest.keyClick(page.view, KEY.Key_S, SHIFT)
    [menu] = [each for each in page.findChildren(QMenu) if each.isVisible()]
    menu.close()


def test_one_of_a_series_is_left_out_where_it_stands_or_skipped(page, plan, kept, window):
    call = plan("call", due_at=at(14), has_time=True, ends_at=at(15), repeat="FREQ=DAILY;COUNT=3")
    page.rest()

    def days():
        return [each.first.day for each in page.view.span.entries if each.key == call]

    page.view.choose(next(each for each in page.view.span.entries if each.key == call and each.first.day == 2))
    press(page, KEY.Key_X)
    assert days() == [1, 3]
    assert window.told() == "Left out: Thu Jul 2"
    choose(page, "call")
    press(page, KEY.Key_X)
    assert days() == [3]
    assert window.told() == "Skipped: due again Fri Jul 3"
    for _step in range(2):
        window.desk.undo()
    page.rest()
    assert (days(), kept(call).repeat) == ([1, 2, 3], "FREQ=DAILY;COUNT=3")


@pytest.mark.parametrize(
    ("zone", "sunday"), [("Europe/Berlin", date(2026, 3, 29)), ("America/New_York", date(2026, 3, 8))]
)
def test_the_week_of_the_change_of_the_clock_is_drawn_by_the_clock_on_the_wall(workspace, plan, zone, sunday):
    zone = ZoneInfo(zone)
    night = datetime(sunday.year, sunday.month, sunday.day, 1, 30, tzinfo=zone)
    plan("flight", due_at=night, has_time=True, ends_at=night.replace(hour=3))
    plan("call", due_at=night.replace(hour=10) - A_DAY, has_time=True, ends_at=night.replace(hour=11) - A_DAY,
         repeat="FREQ=DAILY")  # fmt: skip
    with workspace.read() as session:
        span = calendar.read(session, sunday - 6 * A_DAY, sunday, Now(night - 3 * A_DAY, zone))
    places = DayPlaces(span.entries, span.first, 7, QSizeF(1000, 600))
    drawn = sorted((each.entry.first, each.area.top() / places.hour) for each in places.blocks)
    assert drawn == [(sunday - A_DAY, 10.5), (sunday, 1.5), (sunday, 10.5)]
    [flight] = [each.area for each in places.blocks if each.entry.title == "flight"]
    assert round(flight.height() / places.hour) == 2, "from half past one to half past three"


def test_a_result_is_asked_for_by_key_and_by_the_menu(page, window):
    choose(page, "demo")
    for ask in (lambda: QTest.keyClick(page.view, KEY.Key_R), lambda: page.command("finish")):
        ask()
        [shown] = [each for each in window.findChildren(TaskDone) if each.isVisible()]
        shown.dismiss()
        QApplication.processEvents()
    page.command("act")
    page.rest()
    assert page.view.chosen.is_done


def test_drag_moves_to_another_day_and_hour(page, kept, demo):
    drag(page, spot(page, WEDNESDAY, 10.3), spot(page, WEDNESDAY, 11), spot(page, WEDNESDAY + A_DAY, 12.3))
    assert (kept(demo).due_at, kept(demo).ends_at) == (at(12) + A_DAY, at(13) + A_DAY)


def test_the_lower_edge_is_pulled_longer(page, kept, demo):
    edge = spot(page, WEDNESDAY, 11) - QPointF(0, 4)
    drag(page, edge, edge + QPointF(0, 20), spot(page, WEDNESDAY, 12.8))
    assert (kept(demo).due_at, kept(demo).ends_at) == (at(10), at(13))


def test_what_is_dragged_among_whole_days_loses_its_time(page, kept, demo):
    top = QPointF(spot(page, WEDNESDAY, 10).x(), page.view.places.top - 8)
    drag(page, spot(page, WEDNESDAY, 10.3), spot(page, WEDNESDAY, 9), top)
    task = kept(demo)
    assert (task.has_time, task.due_at, task.ends_at) == (False, whole_day(WEDNESDAY), None)
    drag(page, page.view.area_of(page.view.chosen).center(), spot(page, WEDNESDAY, 11), spot(page, WEDNESDAY, 14.1))
    assert (kept(demo).has_time, kept(demo).due_at) == (True, at(14))


def test_a_drag_on_empty_time_draws_an_appointment(page, window):
    friday = WEDNESDAY + 2 * A_DAY
    drag(page, spot(page, friday, 13), spot(page, friday, 13.5), spot(page, friday, 14.6))
    panel = card(window)
    assert times(panel) == ("2026-07-03 13:00", "14:45")
    panel.dismiss()


def test_esc_gives_a_drag_up(page, kept, demo):
    mouse(page, QEvent.Type.MouseButtonPress, spot(page, WEDNESDAY, 10.3))
    mouse(page, QEvent.Type.MouseMove, spot(page, WEDNESDAY, 15))
    assert page.view.preview.starts.hour > 12
    QTest.keyClick(page.view, KEY.Key_Escape)
    mouse(page, QEvent.Type.MouseButtonRelease, spot(page, WEDNESDAY, 15))
    assert page.view.preview is None
    assert kept(demo).due_at == at(10)


def test_in_a_month_a_drag_changes_the_day_only(page, kept, demo):
    press(page, KEY.Key_M)
    begin = page.view.area_of(choose(page, "demo")).center()
    to = page.view.places.area_of(Slot(date(2026, 7, 15))).center()
    drag(page, begin, begin + QPointF(30, 30), to)
    assert kept(demo).due_at == at(10, day=date(2026, 7, 15))


def test_a_full_day_says_how_many_more_and_shows_them_alone(page, workspace):
    with workspace.write("Many") as session:
        session.add_all(Task(title=f"task {each}", due_at=whole_day(WEDNESDAY), has_time=False) for each in range(30))
    page.rest()
    press(page, KEY.Key_M)
    [more] = page.view.places.mores
    shown = sum(each.entry.first == WEDNESDAY for each in page.view.places.bars)
    assert shown + more.count == 31
    mouse(page, QEvent.Type.MouseButtonPress, more.area.center())
    assert (page.mode, page.view.slot.day) == (DAY, WEDNESDAY)


@pytest.mark.parametrize("mode", [DAY, WEEK, MONTH])
def test_what_is_open_stands_first_and_what_is_done_last(page, workspace, make, mode):
    make(Contact, full_name="Anna Schneider", birthday="1990-07-01")
    with workspace.write("Many") as session:
        session.add_all(
            Task(title=title, due_at=whole_day(WEDNESDAY), has_time=False, done_at=done)
            for title, done in (("sent", at(8)), ("asked", at(9)), ("offer", None), ("samples", None))
        )
        session.add(Task(title="fair", due_at=whole_day(WEDNESDAY - A_DAY), has_time=False, kind="visit",
                         ends_at=whole_day(WEDNESDAY + A_DAY)))  # fmt: skip
    page.rest()
    page.set_mode(mode)
    page.rest()
    bars = sorted(page.view.places.bars, key=lambda each: each.area.top())
    shown = [each.entry.title for each in bars if each.entry.first <= WEDNESDAY <= each.entry.last]
    hours = ["demo"] if mode == MONTH else []
    wanted = ["fair", "offer", "samples", *hours, "Anna Schneider", "sent", "asked"]
    assert shown == wanted[: len(shown)]
    assert len(shown) >= (6 if mode == DAY else 3)
    assert sum(each.count for each in page.view.places.mores) == len(wanted) - len(shown)
    if mode != MONTH:
        page.view.choose(None, Slot(WEDNESDAY))
        page.view.go_to(Slot(WEDNESDAY))
        assert page.view.chosen.title == "fair"
        press(page, KEY.Key_Down)
        assert page.view.chosen.title == "offer", "keys go the way it is seen"


def test_all_rows_of_a_day_open_when_they_are_asked_for_or_gone_to(page, workspace):
    with workspace.write("Many") as session:
        session.add_all(
            Task(title=f"task {each:02}", due_at=whole_day(WEDNESDAY), has_time=False) for each in range(12)
        )
    page.rest()
    [more] = page.view.places.mores
    assert more.count == 9
    choose(page, "task 11")
    assert (page.view.area_of(page.view.chosen).isValid(), page.view.places.mores) == (True, [])
    choose(page, "demo")
    assert page.view.places.mores[0].count == 9, "the week is as it was"
    page.view.day_wanted.emit(WEDNESDAY)
    page.rest()
    assert (page.mode, page.view.places.mores, len(page.view.places.bars)) == (DAY, [], 12)


def test_what_is_chosen_among_many_at_a_time_is_wide_enough_to_be_read(page, plan):
    for each in range(8):
        plan(f"meeting {each}", kind="meeting", due_at=at(10, each), has_time=True, ends_at=at(12))
    page.rest()
    entry = choose(page, "meeting 3")
    narrow = next(each.area for each in page.view.places.blocks if each.entry == entry)
    wide = page.view._blocks()[-1]
    assert wide.entry == entry
    assert wide.area.width() > 3 * narrow.width()
    day = page.view.places.area_of(Slot(WEDNESDAY, 600))
    assert day.left() <= wide.area.left()
    assert wide.area.right() <= day.right()
    middle = wide.area.center() + QPointF(0, page.view.places.top - page.view.scrolled)
    assert page.view.box_at(middle).entry == entry
    assert not page.view.grab().isNull()


def test_a_month_of_two_thousand_is_laid_out_without_covering_anything(page, workspace):
    with workspace.write("Many") as session:
        session.add_all(
            Task(title="task", due_at=at(each % 24, day=date(2026, 7, 1 + each % 31)), has_time=True)
            for each in range(2000)
        )
    press(page, KEY.Key_M)
    assert len(page.view.span.entries) == 2001
    boxes = [each.area for each in page.view.places.bars]
    assert not any(one.intersects(other) for number, one in enumerate(boxes) for other in boxes[:number])


def test_a_birthday_is_shown_and_opens_who_has_it(page, window, make):
    anna = make(Contact, full_name="Anna Schneider", birthday="1990-07-02")
    page.rest()
    entry = choose(page, "Anna Schneider")
    assert words.name(entry) == "Birthday: Anna Schneider (36)"
    press(page, KEY.Key_Return)
    assert window.opened == [("contact", anna)]
    press(page, KEY.Key_Delete)
    press(page, KEY.Key_Right, SHIFT)
    assert choose(page, "Anna Schneider").first == date(2026, 7, 2)


def test_an_empty_week_says_what_to_do(page, window):
    press(page, KEY.Key_PageDown)
    assert page.view.span.entries == ()
    assert not page.view.grab().isNull()
    press(page, KEY.Key_N)
    assert card(window).due.line.text().startswith("2026-07-08")
    card(window).dismiss()


def test_only_mine_is_asked_where_there_are_several(page, workspace, plan):
    assert page.mine.isHidden()
    other = users.add(workspace, "李四")
    plan("theirs", due_at=whole_day(WEDNESDAY), owner=other)
    page.rest()
    assert page.mine.isVisible() is (len(users.everybody(workspace)) > 1)


def test_the_menu_names_every_verb_with_its_key(page, demo, window):
    texts = [each.text() for each in page.menu_of(choose(page, "demo")).actions() if each.text()]
    assert texts == [
        "Edit\tEnter", "Mark as done\tSpace", "Done…\tR", "Put off to tomorrow\tS", "Snooze…\tShift+S",
        "Save as .ics…", "Delete\tDel",
    ]  # fmt: skip
    assert len([each for each in page.more_menu().actions() if each.text()]) == 4


def test_a_tooltip_tells_what_is_cut(page, qtbot):
    place = page.view.area_of(choose(page, "demo")).center().toPoint()
    viewport = page.view.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert QToolTip.text() == "demo\nWed Jul 1 10:00–11:00"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_an_appointment_is_saved_and_read_back(page, demo, window, tmp_path, qtbot, workspace):
    target = tmp_path / "demo.ics"
    page.passing_on.write(target, "--task", str(demo))
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "demo.ics" in window.told())
    assert b"SUMMARY:demo" in target.read_bytes()


def test_a_file_is_shown_by_its_numbers_before_it_is_written(page, window, tmp_path, qtbot, workspace):
    file = tmp_path / "theirs.ics"
    file.write_bytes(ics_files.GOOGLE)
    page.passing_on.bring_in(file)
    panel = window.findChild(CalendarImport)
    qtbot.waitUntil(lambda: not panel.is_working())
    assert panel.counts["new"].text() == "2 are new"
    with workspace.read() as session:
        assert len(session.scalars(select(Task)).all()) == 1
    panel.import_button.click()
    qtbot.waitUntil(lambda: not panel.isVisible())
    page.rest()
    assert {each.title for each in page.view.span.entries} >= {"Stand-up", "Trade fair"}
    window.desk.undo()
    page.rest()
    assert [each.title for each in page.view.span.entries] == ["demo"], "an import is one step"
    file.write_bytes(ics_files.BROKEN["cut off"])
    page.passing_on.bring_in(file)
    qtbot.waitUntil(lambda: not panel.is_working())
    assert "line 3" in panel.bar.words.text()
    panel.dismiss()


@pytest.mark.parametrize("mode", [DAY, WEEK, MONTH])
@pytest.mark.parametrize("size", [(1024, 680), (1440, 900)])
def test_nothing_is_cut_off(page, window, mode, size):
    window.resize(*size)
    page.set_mode(mode)
    page.rest()
    assert lint(window) == []
    assert page.view.places.bars or page.view.places.blocks


def test_the_week_begins_on_monday_in_chinese(monkeypatch):
    monkeypatch.undo()
    i18n.use("zh_CN")
    try:
        assert words.begins_monday()
        assert words.title(WEEK, WEDNESDAY, date(2026, 6, 29), date(2026, 7, 5)) == "2026年6月 – 2026年7月"
    finally:
        i18n.use("en")


def test_it_is_drawn_in_both_themes(page, qapp):
    light = page.view.grab().toImage()
    theme.apply(qapp, "dark", language="en")
    dark = page.view.grab().toImage()
    theme.apply(qapp, "light", language="en")
    middle = QPoint(light.width() // 2, light.height() - 40)
    assert light.pixelColor(middle).lightness() > 200 > 100 > dark.pixelColor(middle).lightness()
