"""The timeline as somebody sees and uses it."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crm_desktop.model import Account, Activity, Contact
from crm_desktop.services import activities, contacts, records
from crm_desktop.services.activities import PAGE, Entry
from crm_desktop.settings import Settings
from crm_desktop.store.undo import undo
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.lint import lint
from crm_desktop.ui.timeline.flow import flow
from crm_desktop.ui.timeline.pane import TimelinePane
from crm_desktop.ui.timeline.shape import LEFT, MIDDLE, RIGHT

KEY = Qt.Key
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
LEFT_BUTTON = Qt.MouseButton.LeftButton


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
def pane(qtbot, qapp, desk):
    theme.apply(qapp, "light", language="en")
    made = TimelinePane(desk)
    qtbot.addWidget(made)
    made.resize(412, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def fill(workspace, account, count, *, start=NOON - timedelta(days=200)):
    with workspace.write("Fill") as session:
        rows = [
            {"kind": "call", "at": start + timedelta(hours=number), "summary": f"Entry {number}", "account_id": account}
            for number in range(count)
        ]
        session.insert_rows(Activity, [{"id": None, **row} for row in rows])


def seen(pane):
    """What is in sight, from top to bottom."""
    return [shape.bubble.summary for _place, _y, shape in pane.view.reel.visible()]


def shape_of(pane, summary):
    return next((y, shape) for _place, y, shape in pane.view.reel.visible() if shape.bubble.summary == summary)


def click(pane, summary, part):
    """Press the middle of a part of an entry."""
    y, shape = shape_of(pane, summary)
    spot = part(shape).center() + QPointF(0, y)
    QTest.mouseClick(pane.view.viewport(), LEFT_BUTTON, pos=spot.toPoint())


def scroll(view, notches):
    spot = QPointF(50, 50)
    nothing = Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(spot, spot, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, nothing, phase, False)
    view.wheelEvent(event)


# Reading


def test_the_newest_entry_is_at_the_bottom_and_older_ones_come_as_one_scrolls(pane, workspace, acme):
    fill(workspace, acme, 150)
    pane.show_record("account", acme, "Acme")
    assert seen(pane)[-1] == "Entry 149"
    assert len(pane.model.rows) == PAGE
    assert (pane.count(), pane.head.number.text()) == (150, "150")
    before = seen(pane)
    scroll(pane.view, 1)
    assert seen(pane)[0] != before[0] or pane.view.reel.offset
    while seen(pane)[0] != "Entry 0":
        top = seen(pane)[0]
        scroll(pane.view, 3)
        assert int(seen(pane)[0].split()[1]) <= int(top.split()[1])
    assert [each.summary for each in pane.model.rows] == [f"Entry {number}" for number in range(150)]
    scroll(pane.view, -1000)
    assert seen(pane)[-1] == "Entry 149"


def test_what_is_read_stays_in_its_place_while_older_entries_come_in_front(pane, workspace, acme):
    fill(workspace, acme, 150)
    pane.show_record("account", acme, "Acme")
    pane.view.reel.jump(20.5)
    place, y, shape = next(iter(pane.view.reel.visible()))
    pane.model.load_older()
    after = [(each.bubble.id, top) for _place, top, each in pane.view.reel.visible()]
    assert after[0] == (shape.bubble.id, pytest.approx(y))
    assert place + PAGE == pane.view.reel.top


def test_only_what_is_seen_is_measured(pane, workspace, acme, monkeypatch):
    from crm_desktop.ui.timeline import reel

    fill(workspace, acme, 3000)
    measured = []
    real = reel.measure
    monkeypatch.setattr(
        reel, "measure", lambda bubble, *rest, **more: measured.append(1) or real(bubble, *rest, **more)
    )
    pane.show_record("account", acme, "Acme")
    while pane.model.load_older():
        pass
    pane.view.verticalScrollBar().setValue(100_000)
    assert len(pane.model.rows) == 3000
    assert len(measured) < 200


def test_theirs_are_left_ours_right_and_remarks_in_the_middle(pane, workspace, acme, anna):
    for kind, direction, side in (
        ("call", "in", LEFT),
        ("call", "out", RIGHT),
        ("note", "none", MIDDLE),
        ("system", "none", MIDDLE),
    ):
        activities.log(workspace, Entry(kind, side, contacts=[anna], direction=direction))
        pane.show_record("contact", anna, "Anna")
        _y, shape = shape_of(pane, side)
        assert shape.side == side
        width = pane.view.viewport().width()
        assert shape.body.left() >= 0
        assert shape.body.right() <= width
        records.remove(workspace, Activity, [shape.bubble.id])


def test_a_day_is_told_once_above_its_first_entry(pane, workspace, acme):
    for days, text in ((2, "old"), (1, "first"), (1, "second"), (0, "new")):
        activities.log(workspace, Entry("call", text, account=acme, at=NOON - timedelta(days=days)))
    pane.show_record("account", acme, "Acme")
    days = [shape.day for _place, _y, shape in pane.view.reel.visible()]
    assert days[1].startswith("Yesterday · ")
    assert days[2] == ""
    assert days[3].startswith("Today · ")


def test_an_account_tells_whom_each_entry_is_about(pane, workspace, acme, anna):
    activities.log(workspace, Entry("call", "Hello", contacts=[anna], minutes=8))
    pane.show_record("account", acme, "Acme")
    assert "Call · outgoing · Anna Schneider · 8 min · " in shape_of(pane, "Hello")[1].meta
    pane.show_record("contact", anna, "Anna Schneider")
    assert "Call · outgoing · 8 min · " in shape_of(pane, "Hello")[1].meta


@pytest.mark.parametrize("width", [120, 200, 316])
def test_punctuation_never_begins_a_line_and_long_words_never_stick_out(qapp, width):
    theme.apply(qapp, "light", language="en")
    said = "附件请查收，报价单，交付计划，付款方式。如有疑问，请联系我，谢谢。https://example.com/" + "a" * 90
    layout = flow(said, theme.font(14), width).layout
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    assert not {said[line.textStart()] for line in lines} & set("，。、；：！？）》”")
    assert max(line.naturalTextWidth() for line in lines) <= width


def test_a_very_long_entry_is_shortened_until_one_asks(pane, workspace, acme):
    said = "\n".join(f"line {number}" for number in range(80))
    activities.log(workspace, Entry("mail", said, account=acme))
    pane.show_record("account", acme, "Acme")
    short = shape_of(pane, said)[1]
    assert short.more_words == "Show 50 more lines"
    pane.view.reel.jump(0)
    pane.view.reel.move(short.more.center().y() - 100)
    click(pane, said, lambda shape: shape.more)
    long = shape_of(pane, said)[1]
    assert long.more_words == ""
    assert long.height > short.height + 900


# Keeping up


def test_a_new_entry_appears_at_the_bottom_without_reading_all_again(pane, workspace, acme):
    fill(workspace, acme, 100)
    pane.show_record("account", acme, "Acme")
    scroll(pane.view, 20)
    activities.log(workspace, Entry("call", "Just now", account=acme))
    assert seen(pane)[-1] == "Just now"
    assert pane.count() == 101
    undo(workspace)
    assert "Just now" not in seen(pane)
    assert pane.count() == 100


def test_what_changes_elsewhere_is_shown_in_its_place(pane, workspace, acme, anna):
    fill(workspace, acme, 100)
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna], at=NOON - timedelta(days=197)))
    pane.show_record("account", acme, "Acme")
    place = pane.model.place_of(key)
    pane.view.reel.reveal(place)
    before = seen(pane)
    records.change(workspace, Contact, anna, "full_name", "Anna Weber")
    activities.edit(workspace, key, "Hello again")
    assert seen(pane) == ["Hello again" if each == "Hello" else each for each in before]
    assert pane.model.rows[place].people[0].name == "Anna Weber"
    activities.remove(workspace, key)
    assert pane.model.place_of(key) is None
    assert pane.count() == 100


def test_an_entry_of_another_account_changes_nothing(pane, workspace, acme, make):
    other = make(Account, name="Bolt")
    pane.show_record("account", acme, "Acme")
    activities.log(workspace, Entry("call", "Hello", account=other))
    assert pane.model.rows == []
    assert pane.stack.currentWidget() is pane.nothing


def test_an_import_shows_at_once(pane, workspace, acme):
    pane.show_record("account", acme, "Acme")
    fill(workspace, acme, 700)
    assert (pane.count(), seen(pane)[-1]) == (700, "Entry 699")


def test_the_tab_hears_how_many_there_are(pane, workspace, acme, qtbot):
    with qtbot.waitSignal(pane.counted, check_params_cb=lambda count: count == 0):
        pane.show_record("account", acme, "Acme")
    with qtbot.waitSignal(pane.counted, check_params_cb=lambda count: count == 1):
        activities.log(workspace, Entry("call", "Hello", account=acme))
    pane.show_nothing()
    assert pane.count() == 0


# Doing


def test_keys_move_a_current_entry_and_a_screen_reader_hears_it(pane, workspace, acme):
    for text in ("one", "two", "three"):
        activities.log(workspace, Entry("call", text, account=acme, next_step=f"after {text}"))
    pane.show_record("account", acme, "Acme")
    pane.view.setFocus()
    QTest.keyClick(pane.view, KEY.Key_End)
    assert pane.view.current().summary == "three"
    QTest.keyClick(pane.view, KEY.Key_Up)
    assert pane.view.current().summary == "two"
    assert pane.view.accessibleName()
    assert "Call · outgoing · Acme. two. Next step: after two" in pane.view.accessibleDescription()
    QTest.keyClick(pane.view, KEY.Key_Home)
    assert pane.view.current().summary == "one"
    QTest.keyClick(pane.view, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "one"


def test_delete_puts_an_entry_in_the_bin_and_offers_undo(pane, desk, workspace, acme):
    said = []
    desk.said.connect(lambda *message: said.append(message))
    for text in ("one", "two"):
        activities.log(workspace, Entry("call", text, account=acme))
    pane.show_record("account", acme, "Acme")
    pane.view.setFocus()
    QTest.keyClick(pane.view, KEY.Key_End)
    QTest.keyClick(pane.view, KEY.Key_Delete)
    assert seen(pane) == ["one"]
    assert pane.view.current().summary == "one"
    [(text, _tone, action, act)] = said
    assert (text, action) == ("Entry deleted", "Undo")
    act()
    assert seen(pane) == ["one", "two"]


def test_a_click_on_a_next_step_ticks_it(pane, workspace, acme):
    activities.log(workspace, Entry("call", "Hello", account=acme, next_step="Send", next_at=NOON - timedelta(days=3)))
    pane.show_record("account", acme, "Acme")
    assert shape_of(pane, "Hello")[1].steps[0].icon == "warn"
    click(pane, "Hello", lambda shape: shape.steps[0].area)
    assert shape_of(pane, "Hello")[1].steps[0].icon == "ok"
    QTest.keyClick(pane.view, KEY.Key_Space)
    assert not pane.model.rows[0].next_steps[0].is_done


def test_a_click_on_somebody_opens_the_contact(pane, desk, workspace, acme, anna):
    opened = []
    desk.opened.connect(lambda entity, key: opened.append((entity, key)))
    activities.log(workspace, Entry("call", "Hello", contacts=[anna], direction="in"))
    pane.show_record("account", acme, "Acme")
    click(pane, "Hello", lambda shape: shape.face)
    assert opened == [("contact", anna)]


def test_the_menu_offers_what_can_be_done(pane, workspace, acme, anna, qtbot):
    activities.log(workspace, Entry("call", "Hello", account=acme, contacts=[anna], next_step="Send & wait"))
    pane.show_record("account", acme, "Acme")
    pane.view.setFocus()
    QTest.keyClick(pane.view, KEY.Key_End)
    spot = QPoint(5, 5)
    pane.view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, spot))
    menu = pane.view.findChild(QMenu)
    words = [each.text() for each in menu.actions() if each.text()]
    assert words == [
        "Edit…",
        "Move to another record…",
        "Copy text",
        "Complete: Send && wait",
        "Open Anna Schneider",
        "Attach files…",
        "Delete",
    ]
    menu.actions()[3].trigger()
    assert pane.model.rows[0].next_steps[0].is_done
    menu.close()


# Narrowing


def test_one_kind_alone_and_all_again(pane, workspace, acme):
    for kind in ("call", "visit", "call"):
        activities.log(workspace, Entry(kind, kind, account=acme))
    pane.show_record("account", acme, "Acme")
    menu = pane.head.menu()
    next(each for each in menu.actions() if each.data() == "visit").trigger()
    menu.close()
    assert seen(pane) == ["visit"]
    assert (pane.head.number.text(), pane.count()) == ("1 of 3", 3)
    pane.head.set_kind("mail")
    assert pane.stack.currentWidget() is pane.unfound
    pane.unfound.findChild(type(pane.composer.save_button)).click()
    assert len(seen(pane)) == 3


def test_search_inside_finds_what_is_not_loaded_yet(pane, workspace, acme, qtbot):
    fill(workspace, acme, 150)
    pane.show_record("account", acme, "Acme")
    pane.view.setFocus()
    QTest.keyClick(pane.view, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.head.box.hasFocus()
    QTest.keyClicks(pane.head.box, "entry 7")
    qtbot.waitUntil(lambda: pane.head.number.text() == "24 of 150")
    assert seen(pane)[-1] == "Entry 147"
    assert shape_of(pane, "Entry 147")[1].text.marks
    QTest.keyClick(pane.head.box, KEY.Key_Escape)
    QTest.keyClick(pane.head.box, KEY.Key_Escape)
    assert pane.head.number.text() == "150"
    assert pane.view.hasFocus()


def test_another_record_begins_with_everything(pane, workspace, acme, anna):
    activities.log(workspace, Entry("call", "Hello", contacts=[anna]))
    pane.show_record("account", acme, "Acme")
    pane.head.set_kind("visit")
    pane.show_record("contact", anna, "Anna")
    assert seen(pane) == ["Hello"]


# Looks


@pytest.mark.parametrize("width", [340, 412, 520])
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_nothing_is_cut_at_any_width(pane, qapp, workspace, acme, anna, width, look):
    activities.log(workspace, Entry("call", "Hello", contacts=[anna], next_step="Send the offer"))
    pane.show_record("account", acme, "Acme")
    pane.resize(width, 800)
    theme.apply(qapp, look, language="en")
    pane.composer.next.set_text("next tue 10am")
    qapp.processEvents()
    assert pane.width() == width
    assert lint(pane) == []
    theme.apply(qapp, look, 1.25, "en")
    qapp.processEvents()
    pane.grab()
    theme.apply(qapp, "light", language="en")


def test_without_a_record_there_is_nothing_to_write_into(pane):
    pane.show_nothing()
    assert pane.stack.currentWidget() is pane.nobody
    assert not pane.composer.isVisible()
    pane.focus_composer()
    assert not pane.composer.text.hasFocus()
