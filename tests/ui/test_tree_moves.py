"""Accounts are carried about in the tree: with the mouse, with keys, by the menu; one or several."""

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from crm_desktop import i18n
from crm_desktop.model import Account, Contact
from crm_desktop.services import contacts, records
from crm_desktop.settings import Settings
from crm_desktop.store.outline import ACCOUNT, CONTACT, Outline, first_page
from crm_desktop.store.undo import undo
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.accounts.tree_drag import TOP, mime_of
from crm_desktop.ui.pages.accounts.tree_moves import TreeMoves
from crm_desktop.ui.pages.accounts.tree_pane import TreePane
from crm_desktop.ui.widgets.pick_list import PickList
from tests.ui.dragging import event_at

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def keys(make, workspace):
    """Two companies at the top, the first with two branches, one of which has a person."""
    found = {name: make(Account, name=name) for name in ("Acme", "Beta")}
    for name in ("North", "South"):
        found[name] = make(Account, name=name, parent_id=found["Acme"])
    found["Anna"] = contacts.create(workspace, {"full_name": "Anna"}, account=found["North"])[0]
    return found


@pytest.fixture
def pane(qtbot, qapp, workspace, folder, keys):
    """The tree with everything open, and what carries out its wishes."""
    i18n.use("en")
    theme.apply(qapp, "light", language="en")
    outline, owner = Outline(workspace.path), QObject()
    made = TreePane(*first_page(workspace.path))
    qtbot.addWidget(made)
    made.attach(outline, lambda text: [(ACCOUNT, key) for key in keys.values()])
    made.desk = Desk(workspace, folder, Settings(), owner)
    made.said = []
    made.desk.said.connect(lambda text, *_rest: made.said.append(text))
    made.desk.changed.connect(lambda change: (made.refresh(change), made.model.finish()))
    TreeMoves(made.desk, made)
    made.model.finish()
    made.resize(286, 500)
    made.show()
    for name in ("Acme", "North"):
        made.model.expand(made.model.row_of(ACCOUNT, keys[name]))
    yield made
    made.hide()
    made.detach()
    made.desk.close()
    outline.close()


def names(pane):
    model = pane.model
    return ["  " * model.rows.depths[row] + model.node(row).name for row in range(model.rowCount())]


def spot(pane, name):
    row = next(row for row, each in enumerate(names(pane)) if each.strip() == name)
    return pane.view.visualRect(pane.model.index(row, 0)).center()


def click(pane, name, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(pane.view.viewport(), LEFT, modifier, spot(pane, name))


def drag(pane, accounts, place, *, drop=True):
    """Drag accounts over a place; gives whether they may be dropped there, and then drops them."""
    mime = mime_of(accounts)
    enter = event_at(QDragEnterEvent, place, mime)
    pane.view.dragEnterEvent(enter)
    over = event_at(QDragMoveEvent, place, mime)
    pane.view.dragMoveEvent(over)
    if drop:
        pane.view.dropEvent(event_at(QDropEvent, place, mime))
    return over.isAccepted()


def test_an_account_is_dropped_on_another_or_on_a_person_there(pane, keys):
    assert drag(pane, [keys["Beta"]], spot(pane, "South"))
    assert pane.said == ["Moved below South"]
    assert names(pane) == ["Acme", "  North", "    Anna", "  South"]
    pane.model.expand(3)
    assert drag(pane, [keys["Beta"]], spot(pane, "Anna"))
    assert names(pane) == ["Acme", "  North", "    Beta", "    Anna", "  South"]


def test_several_go_to_the_top_by_the_strip_that_appears(pane, keys, workspace):
    strip = QPoint(60, pane.view.viewport().height() - 10)
    accounts = [keys["North"], keys["South"]]
    assert drag(pane, accounts, strip, drop=False)
    assert pane.view._drag.target == TOP
    with_strip = pane.view.viewport().grab().toImage()
    pane.view.dragLeaveEvent(QDragLeaveEvent())
    assert pane.view.viewport().grab().toImage() != with_strip
    assert drag(pane, accounts, strip)
    assert names(pane) == ["Acme", "Beta", "North", "  Anna", "South"]
    undo(workspace)
    assert names(pane) == ["Acme", "  North", "    Anna", "  South", "Beta"]
    assert not drag(pane, [keys["Beta"]], strip)  # it is at the top already: no strip, and nothing below the rows


def test_a_circle_is_marked_and_refused_with_a_sentence(pane, keys):
    drag(pane, [keys["Acme"]], spot(pane, "North"))
    assert "cannot stand below itself" in pane.said[-1]
    assert names(pane)[0] == "Acme"
    drag(pane, [keys["North"]], spot(pane, "Acme"))
    assert pane.said[-1] == "Nothing was moved: it stands there already."


def test_a_row_that_is_waited_on_opens(pane, keys, qtbot):
    pane.model.collapse(0)
    drag(pane, [keys["Beta"]], spot(pane, "Acme"), drop=False)
    qtbot.waitUntil(lambda: pane.model.is_expanded(0))
    pane.view.dragLeaveEvent(QDragLeaveEvent())


def test_rows_scroll_while_something_is_held_at_an_edge(pane, keys, workspace, qtbot):
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"name": f"C {number:03}"} for number in range(60)])
    pane.model.finish()
    bar = pane.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    drag(pane, [keys["Beta"]], QPoint(60, pane.view.viewport().height() - 8), drop=False)
    qtbot.waitUntil(lambda: bar.value() > 50)
    pane.view.dragLeaveEvent(QDragLeaveEvent())


def test_the_mouse_shows_what_it_carries(pane, keys):
    one = pane.view._drag._picture([keys["Acme"]]).toImage()
    assert one != pane.view._drag._picture([keys["Acme"], keys["Beta"]]).toImage()
    assert not one.isNull()


def test_only_accounts_can_be_carried(pane, keys):
    def flags(kind, name):
        return pane.model.flags(pane.model.index(pane.model.row_of(kind, keys[name]), 0))

    assert flags(ACCOUNT, "North") & Qt.ItemFlag.ItemIsDragEnabled
    assert not flags(CONTACT, "Anna") & Qt.ItemFlag.ItemIsDragEnabled
    assert not drag(pane, [], spot(pane, "Beta"))


def test_cut_and_paste_do_the_same(pane, keys):
    click(pane, "North")
    click(pane, "South", Qt.KeyboardModifier.ControlModifier)
    assert pane.view.chosen_accounts() == [keys["North"], keys["South"]]
    QTest.keyClick(pane.view, KEY.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert pane.said[-1].startswith("2 accounts taken up.")
    click(pane, "Beta")
    QTest.keyClick(pane.view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names(pane) == ["Acme", "Beta"]
    assert pane.said[-1] == "Moved below Beta"
    QTest.keyClick(pane.view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pane.said[-1] == "Moved below Beta"  # nothing is carried any more


def test_the_menu_moves_and_deletes_all_that_is_chosen(pane, keys, qtbot, workspace):
    click(pane, "North")
    click(pane, "South", Qt.KeyboardModifier.ControlModifier)
    pane.menu.aboutToShow.emit()
    assert not pane.menu.close_account.isVisible()
    pane.menu.move_below.trigger()
    picker = pane.findChild(PickList)
    assert picker.search.placeholderText() == "Move 2 accounts below…"
    assert lint(picker) == []
    QTest.keyClicks(picker.search, "Beta")
    qtbot.waitUntil(lambda: picker.model.rowCount() == 1)
    QTest.keyClick(picker.search, KEY.Key_Return)
    assert records.load(workspace, Account, keys["South"]).links["parent_id"] == keys["Beta"]
    pane.model.expand(pane.model.row_of(ACCOUNT, keys["Beta"]))
    click(pane, "North")
    click(pane, "South", Qt.KeyboardModifier.ControlModifier)
    pane.menu.aboutToShow.emit()
    pane.menu.move_up.trigger()
    assert pane.said[-1] == "Moved to the top"
    assert pane.view.chosen_accounts() == [keys["North"], keys["South"]]  # wherever they went
    pane.menu.remove.trigger()
    assert names(pane) == ["Acme", "Beta"]
    undo(workspace)
    assert len(pane.view.chosen_records()) <= 1


def test_people_and_accounts_together_are_not_deleted(pane, keys):
    click(pane, "North")
    click(pane, "Anna", Qt.KeyboardModifier.ControlModifier)
    pane.menu.aboutToShow.emit()
    assert not pane.menu.remove.isEnabled()
    assert not pane.menu.move_below.isVisible()


def test_everything_can_be_chosen_at_once(pane, keys):
    pane.view.setFocus()
    QTest.keyClick(pane.view, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.view.chosen_count() == 5
    assert pane.view.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    QTest.keyClick(pane.view, KEY.Key_End)
    assert pane.view.chosen_records() == [(ACCOUNT, keys["Beta"])]


def test_what_is_chosen_stays_chosen_through_changes(pane, keys, workspace):
    click(pane, "North")
    click(pane, "Beta", Qt.KeyboardModifier.ControlModifier)
    records.change(workspace, Account, keys["Beta"], "name", "Aaa")
    assert names(pane)[0] == "Aaa"
    assert set(pane.view.chosen_accounts()) == {keys["North"], keys["Beta"]}
    records.remove(workspace, Contact, [keys["Anna"]])
    assert len(pane.view.chosen_accounts()) == 2


def test_the_tree_is_narrowed_by_level_and_status(pane, keys, workspace):
    records.change(workspace, Account, keys["South"], "level", "c")
    records.change(workspace, Account, keys["Beta"], "status", "dormant")
    menu = pane.filter_menu
    pane._fit_menus()
    menu._level["c"].trigger()
    pane.model.finish()
    assert names(pane) == ["Acme", "  South"]
    assert (pane.count.text(), pane.chips.value()) == ("1 of 4", "c")
    menu._status["dormant"].trigger()
    pane.model.finish()
    assert names(pane) == []
    pane._clear.click()
    pane.model.finish()
    pane._fit_menus()
    assert menu._level[""].isChecked()
    assert pane.chips.value() == "all"
    pane.box.setText("x")
    pane._search()
    menu._status["dormant"].trigger()
    pane.model.finish()
    assert names(pane) == ["Beta"]  # found, and dormant
