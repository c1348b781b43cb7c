"""The account tree as people use it: with keys, with the mouse, filtered, and while the data changes."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from crm_desktop import i18n
from crm_desktop.model import Account, Contact
from crm_desktop.services import accounts, activities, contacts, records
from crm_desktop.store import search
from crm_desktop.store.outline import ACCOUNT, CONTACT, Outline, first_page
from crm_desktop.store.undo import undo
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.models import tree
from crm_desktop.ui.pages.accounts.tree_pane import TALLY, TreePane

KEYS = Qt.Key


@pytest.fixture
def people(workspace, make):
    """Two companies, one with a branch, and their people."""
    acme = make(Account, name="Acme", level="vip")
    group = make(Account, name="上海精工", level="a")
    branch = make(Account, name="苏州分公司", parent_id=group)
    make(Account, name="Asleep", status="dormant")
    gone = make(Account, name="关闭的公司", status="closed")
    anna, _ = contacts.create(workspace, {"full_name": "Anna Schneider", "title": "Buyer"}, account=acme)
    zhang, _ = contacts.create(workspace, {"full_name": "张三", "mobile": "13800138000"}, account=branch)
    return {
        "acme": (ACCOUNT, acme),
        "group": (ACCOUNT, group),
        "branch": (ACCOUNT, branch),
        "gone": (ACCOUNT, gone),
        "anna": (CONTACT, anna),
        "zhang": (CONTACT, zhang),
    }


@pytest.fixture
def outline(workspace):
    found = Outline(workspace.path)
    yield found
    found.close()


@pytest.fixture
def pane(qtbot, qapp, workspace, people, outline):
    """The pane over the data of `people`, attached and following it."""
    i18n.use("en")
    theme.apply(qapp, "light", language="en")

    def find(text):
        with workspace.read() as session:
            connection = session.connection()
            return [(kind, key) for kind in (ACCOUNT, CONTACT) for key in search.find(connection, kind, text, 100)]

    made = TreePane(*first_page(workspace.path))
    qtbot.addWidget(made)
    made.attach(outline, find)
    made.model.finish()
    made.model.reader.wait(TALLY)
    made.resize(286, 600)
    made.show()

    def follow(change):
        made.refresh(change)
        made.model.finish()

    workspace.listen(follow)
    made.heard = []
    made.chosen.connect(lambda kind, key: made.heard.append((kind, key)))
    yield made
    workspace.forget(follow)
    made.detach()


def names(pane):
    model = pane.model
    model.finish()
    return ["  " * model.rows.depths[row] + model.node(row).name for row in range(model.rowCount())]


def press(pane, *keys):
    for key in keys:
        QTest.keyClick(pane.view, key)


def search_for(pane, qtbot, text):
    pane.box.setText(text)
    qtbot.waitUntil(lambda: not pane._typing.isActive() and pane.model.is_complete())
    assert pane.model.is_search


def test_arrows_open_close_and_go_up(pane, people):
    pane.view.setFocus()
    press(pane, KEYS.Key_Home)
    assert pane.view.current() == people["acme"]
    press(pane, KEYS.Key_Right)
    assert names(pane) == ["Acme", "  Anna Schneider", "Asleep", "上海精工"]
    press(pane, KEYS.Key_Right)
    assert pane.view.current() == people["anna"]
    press(pane, KEYS.Key_Left)
    assert pane.view.current() == people["acme"]
    press(pane, KEYS.Key_Left)
    assert names(pane) == ["Acme", "Asleep", "上海精工"]
    press(pane, KEYS.Key_End)
    assert pane.view.current() == people["group"]
    press(pane, KEYS.Key_Asterisk)
    assert names(pane)[-3:] == ["上海精工", "  苏州分公司", "    张三"]
    press(pane, KEYS.Key_Minus)
    assert names(pane) == ["Acme", "Asleep", "上海精工"]
    press(pane, KEYS.Key_Plus, KEYS.Key_Down, KEYS.Key_Up)
    assert pane.heard[-2:] == [people["branch"], people["group"]]


def test_letters_go_to_a_name_and_initials_too(pane, people):
    pane.view.setFocus()
    QTest.keyClicks(pane.view, "shjg")
    assert pane.view.current() == people["group"]


def test_one_letter_again_goes_on(pane, people):
    pane.view.setFocus()
    press(pane, KEYS.Key_Home, KEYS.Key_A)
    assert pane.model.node(pane.view.currentIndex().row()).name == "Asleep"
    press(pane, KEYS.Key_A)
    assert pane.view.current() == people["acme"]


def test_enter_and_double_click_open(pane, people, qtbot):
    pane.reveal(*people["anna"])
    with qtbot.waitSignal(pane.opened) as heard:
        press(pane, KEYS.Key_Return)
    assert tuple(heard.args) == people["anna"]
    spot = pane.view.visualRect(pane.model.index(0, 0)).center()
    with qtbot.waitSignal(pane.opened) as heard:
        QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tuple(heard.args) == people["acme"]


def test_a_caret_opens_without_choosing(pane):
    spot = QPoint(10, pane.view.visualRect(pane.model.index(0, 0)).center().y())
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(pane)[1] == "  Anna Schneider"
    assert pane.heard == []
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert names(pane)[1] == "Asleep"


def test_the_filter_finds_by_name_initials_and_last_digits(pane, people, qtbot):
    pane.reveal(*people["acme"])
    search_for(pane, qtbot, "8000")
    assert names(pane) == ["上海精工", "  苏州分公司", "    张三"]
    assert [pane.model.rows.is_way(row) for row in range(3)] == [True, True, False]
    assert "leads to" in pane.model.words(0)
    assert pane.count.text() == "1 match"
    search_for(pane, qtbot, "shjg")
    assert names(pane) == ["上海精工"]
    assert pane.heard == [people["acme"]]
    QTest.keyClick(pane.box, KEYS.Key_Escape)
    assert names(pane) == ["Acme", "Asleep", "上海精工"]
    assert pane.view.current() == people["acme"]


def test_the_filter_shows_closed_accounts(pane, qtbot):
    search_for(pane, qtbot, "关闭")
    assert names(pane) == ["关闭的公司"]
    assert "closed" in pane.model.words(0)


def test_the_filter_steps_into_what_it_found(pane, people, qtbot):
    pane.focus_filter()
    search_for(pane, qtbot, "8000")
    QTest.keyClick(pane.box, KEYS.Key_Down)
    assert pane.heard[-1] == people["zhang"]
    with qtbot.waitSignal(pane.opened) as heard:
        QTest.keyClick(pane.box, KEYS.Key_Return)
    assert tuple(heard.args) == people["zhang"]


def test_a_filter_that_finds_nothing_says_so(pane, qtbot):
    search_for(pane, qtbot, "qqzz")
    assert pane.stack.currentWidget() is pane.nothing
    assert "qqzz" in pane.nothing.sentence.text()
    pane.resize(220, 600)
    assert lint(pane) == []
    pane._clear.click()
    pane.model.finish()
    assert pane.stack.currentWidget() is pane.view
    assert pane.box.text() == ""


def test_a_record_that_a_filter_hides_is_revealed(pane, people, qtbot):
    search_for(pane, qtbot, "8000")
    pane.reveal(*people["anna"])
    pane.model.finish()
    assert pane.view.current() == people["anna"]
    assert pane.box.text() == ""


def test_a_contact_without_an_account_leaves_nothing_chosen(pane, people, make):
    pane.reveal(*people["acme"])
    pane.reveal(CONTACT, make(Contact, full_name="王五"))
    assert pane.view.current() is None


def test_chips_tell_true_numbers(pane, workspace, people, qtbot):
    def words():
        return [pane.chips.layout().itemAt(place).widget().text() for place in range(pane.chips.layout().count())]

    assert words() == ["All", "VIP 1", "A 1", "Dormant 1"]
    assert len({pane.chips.layout().itemAt(place).geometry().top() for place in range(4)}) == 1
    assert pane.count.text() == "4"
    accounts.close(workspace, people["acme"][1])
    qtbot.waitUntil(lambda: words() == ["All", "A 1", "Dormant 1"])
    pane._narrow("a")
    assert names(pane) == ["上海精工"]


def test_closed_accounts_are_in_the_menu_and_a_chip_says_so_while_they_are_shown(pane, workspace, people):
    pane.sort.menu().aboutToShow.emit()
    assert pane.sort_menu.closed.text() == "Closed accounts 1"
    pane.sort_menu.closed.trigger()
    assert names(pane) == ["关闭的公司"]
    assert (pane.chips.value(), pane.count.text()) == ("closed", "1")
    pane.sort.menu().aboutToShow.emit()
    assert pane.sort_menu.closed.isChecked()
    pane.sort_menu.closed.trigger()
    assert pane.chips.value() == "all"
    pane.sort_menu.closed.trigger()
    pane.clear_filter()
    assert (pane.chips.value(), pane.chips.layout().count()) == ("all", 4)


def test_the_tree_is_never_a_window_of_its_own(qtbot, qapp, workspace, people):
    seen = []

    class Watcher(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                seen.append(watched)
            return False

    watcher = Watcher()
    qapp.installEventFilter(watcher)
    made = TreePane(*first_page(workspace.path))
    qapp.removeEventFilter(watcher)
    qtbot.addWidget(made)
    assert seen == []


def test_the_order_can_be_changed(pane, workspace, people):
    activities.log(workspace, activities.Entry("call", "x", account=people["group"][1]))
    recent = next(each for each in pane.sort_menu.actions() if "contacted" in each.text())
    recent.trigger()
    assert names(pane)[0] == "上海精工"


def test_the_current_record_stays_while_others_come_and_go(pane, workspace, people, make):
    pane.reveal(*people["zhang"])
    pane.heard.clear()
    for name in ("AAA", "BBB", "ZZZ"):
        make(Account, name=name)
    records.change(workspace, Account, people["group"][1], "name", "AA")
    assert pane.view.current() == people["zhang"]
    assert pane.heard == []


def test_a_record_moved_below_a_closed_branch_is_followed(pane, workspace, people):
    pane.reveal(*people["branch"])
    pane.heard.clear()
    accounts.set_parent(workspace, people["branch"][1], people["acme"][1])
    assert pane.view.current() == people["branch"]
    assert names(pane)[:2] == ["Acme", "  苏州分公司"]
    assert pane.heard == []


def test_when_the_current_record_is_deleted_its_neighbour_follows(pane, workspace, people):
    pane.reveal(*people["acme"])
    records.remove(workspace, Account, [people["acme"][1]])
    assert pane.heard[-1] == pane.view.current()
    assert pane.model.node(pane.view.currentIndex().row()).name == "Asleep"


@pytest.mark.parametrize("many", [tree.MANY, 0], ids=["a few", "more than are put in one by one"])
def test_what_is_in_sight_stays_in_sight(pane, workspace, qtbot, monkeypatch, many):
    monkeypatch.setattr(tree, "MANY", many)
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"name": f"M {number:03}"} for number in range(300)])
    pane.model.finish()
    bar = pane.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 5000)
    bar.setValue(3457)
    seen = pane.model.node(pane.view.rowAt(0)).name
    records.create(workspace, Account, {"name": "A first one"})
    assert pane.model.node(pane.view.rowAt(0)).name == seen
    assert bar.value() == 3457 + 34
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"name": f"B {number:03}"} for number in range(100)])
    assert pane.model.node(pane.view.rowAt(0)).name == seen
    current = pane.model.rows.keys[250]
    pane.view.go_to(250)
    undo(workspace)
    assert pane.view.current() == (ACCOUNT, current)
    assert pane.heard[-1] == (ACCOUNT, current)


def test_the_menu_fits_the_row(pane, people, workspace):
    asked = []
    pane.asked.connect(lambda what, detail: asked.append((what, detail)))
    pane.reveal(*people["gone"])
    pane._narrow("closed")
    pane.model.finish()
    pane.view.go_to(0)
    pane.menu.aboutToShow.emit()
    assert pane.menu.reopen.isVisible()
    assert not pane.menu.close_account.isVisible()
    pane.menu.reopen.trigger()
    pane._narrow("all")
    pane.model.finish()
    pane.reveal(*people["anna"])
    pane.menu.aboutToShow.emit()
    assert not pane.menu.move_below.isVisible()
    pane.menu.new_contact.trigger()
    pane.menu.remove.trigger()
    pane.add.click()
    assert asked == [
        ("reopen", people["gone"]),
        ("new_contact", people["acme"][1]),
        ("delete", people["anna"]),
        ("new_account", None),
    ]


def test_the_menu_key_and_the_right_button_ask_for_the_menu(pane, people, qtbot, qapp):
    pane.view.menu_asked.disconnect(pane._pop_up)
    pane.reveal(*people["anna"])
    spot = pane.view.visualRect(pane.view.currentIndex()).center()
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        event = QContextMenuEvent(reason, spot, pane.view.viewport().mapToGlobal(spot))
        with qtbot.waitSignal(pane.view.menu_asked) as heard:
            qapp.sendEvent(pane.view.viewport(), event)
        assert tuple(heard.args[:2]) == people["anna"]
        assert heard.args[2] == pane.view.viewport().mapToGlobal(spot)


def test_width_order_and_open_accounts_are_remembered(pane, people, outline, qtbot, workspace):
    pane.resize(333, 600)
    pane.reveal(*people["zhang"])
    kept = json.loads(json.dumps(pane.state()))
    other = TreePane(*first_page(workspace.path))
    qtbot.addWidget(other)
    other.restore({"width": "wide", "expanded": ["x", None], "scroll": []})
    other.restore(kept)
    other.attach(outline, lambda text: [])
    other.model.finish()
    assert names(other) == names(pane)
    assert other.sizeHint().width() == 333
    other.detach()


def test_without_accounts_the_first_one_is_offered(qtbot, qapp, language):
    theme.apply(qapp, "light", language=language)
    pane = TreePane([], (0, 0))
    qtbot.addWidget(pane)
    pane.resize(220, 480)
    pane.show()
    assert pane.stack.currentWidget() is pane.nothing
    assert lint(pane) == []
    with qtbot.waitSignal(pane.asked) as heard:
        pane._first.click()
    assert heard.args == ["new_account", None]


@pytest.mark.parametrize("width", [220, 286, 420])
@pytest.mark.parametrize(("look", "scale"), [("light", 1.0), ("dark", 1.0), ("contrast", 1.25)])
def test_it_passes_the_lint(pane, qapp, people, language, width, look, scale):
    theme.apply(qapp, look, scale, language=language)
    pane.reveal(*people["zhang"])
    pane.resize(width, 500)
    qapp.processEvents()
    assert lint(pane) == []


def test_names_never_run_into_what_stands_at_the_right(pane, workspace, people, qapp):
    """The columns left of the star hold no ink of a long name."""
    records.change(workspace, Account, people["acme"][1], "name", "W" * 80)
    long_ago = datetime.now(UTC) - timedelta(days=100)
    activities.log(workspace, activities.Entry("call", "x", account=people["acme"][1], at=long_ago))
    pane.resize(220, 500)
    qapp.processEvents()
    row = pane.model.row_of(*people["acme"])
    area = pane.view.visualRect(pane.model.index(row, 0))
    picture = pane.view.viewport().grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)
    empty = [x for x in range(picture.width()) if len({picture.pixel(x, y) for y in range(picture.height())}) == 1]
    gaps = [x for x in empty if 60 < x < picture.width() - 14 and x - 1 in empty and x + 1 in empty]
    assert len([x for x in gaps if x - 1 not in gaps]) >= 2  # before the star, and between it and the days


def test_a_tool_tip_shows_a_name_as_it_is(pane, workspace, people):
    records.change(workspace, Account, people["acme"][1], "name", "<b>Acme</b>")
    row = pane.model.row_of(*people["acme"])
    spot = pane.view.visualRect(pane.model.index(row, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, pane.view.viewport().mapToGlobal(spot))
    qapp_sent = pane.view.viewportEvent(event)
    assert qapp_sent
    assert QToolTip.text() == "<qt>&lt;b&gt;Acme&lt;/b&gt;, level VIP</qt>"
    QToolTip.hideText()


def test_it_is_painted_without_the_database_layer():
    slow = "{'sqlalchemy', 'alembic', 'pypinyin', 'phonenumbers', 'openpyxl', 'email_validator'}"
    code = (
        f"import sys, crm_desktop.ui.pages.accounts.tree_pane; print({slow} & {{m.split('.')[0] for m in sys.modules}})"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
