"""The page of accounts in the real window: what the tree asks for is done by the detail pane, and told."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Contact
from crm_desktop.services import addresses, contacts, records
from crm_desktop.ui.panels.leaving import LeavePanel

pytest_plugins = ["tests.ui.program_window"]

KEY = Qt.Key


@pytest.fixture
def window(program):
    """The window over a group, its branch, a company with two people, and another one."""
    made = program("en")
    workspace = made.workspace
    group = records.create(workspace, Account, {"name": "精工集团"})
    branch = records.create(workspace, Account, {"name": "精工苏州"}, parent_id=group)
    acme = records.create(workspace, Account, {"name": "Acme", "phone": "010-62345678", "address": "Main street 1"})
    people = [contacts.create(workspace, {"full_name": name}, acme)[0] for name in ("Anna Schneider", "张三")]
    made.window.keys = {"group": group, "branch": branch, "acme": acme, "anna": people[0], "zhang": people[1]}
    made.window.told = []
    made.window.desk.said.connect(lambda text, *_rest: made.window.told.append(text))
    return made.window


@pytest.fixture
def workspace(window):
    return window.desk.workspace


@pytest.fixture
def page(window):
    return window.pages["accounts"]


def choose(window, kind, name):
    """Make a record the current one, as a click in the tree does."""
    page = window.pages["accounts"]
    assert page.tree.view.reveal(kind, window.keys[name])
    assert page.current() == (kind, window.keys[name])
    return page.tree.menu


def move_below(window, qtbot, typed):
    bar = window.pages["accounts"].detail.move_bar
    qtbot.waitUntil(lambda: bar.above.dropped is not None and bar.above.dropped.isVisible())
    QTest.keyClicks(QApplication.focusWidget(), typed)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    return bar


def parent(workspace, key):
    return records.load(workspace, Account, key).links["parent_id"]


def test_an_account_is_moved_below_another_one_found_by_typing(window, page, workspace, qtbot):
    choose(window, "account", "acme").move_below.trigger()
    bar = move_below(window, qtbot, "jgjt")
    assert parent(workspace, window.keys["acme"]) == window.keys["group"]
    assert window.told[-1] == "Moved below 精工集团"
    assert not bar.isVisible()


def test_a_circle_is_refused_beside_the_choice_and_escape_gives_up(window, page, workspace, qtbot):
    choose(window, "account", "group").move_below.trigger()
    bar = move_below(window, qtbot, "jgsz")
    assert "cannot stand below itself" in bar.asked.finding.text()
    assert parent(workspace, window.keys["group"]) is None
    QTest.keyClick(bar, KEY.Key_Escape)
    assert not bar.isVisible()
    choose(window, "account", "group").move_below.trigger()
    choose(window, "account", "acme")
    assert not bar.isVisible()


def test_a_half_made_record_does_not_stand_in_the_way_of_the_tree(window, page, workspace, qtbot):
    menu = choose(window, "account", "acme")
    page.command("new_account")
    assert not page.command("delete")
    menu.move_below.trigger()
    move_below(window, qtbot, "jgjt")
    assert parent(workspace, window.keys["acme"]) == window.keys["group"]
    page.command("new_contact")
    assert page.detail._new["contact"].isVisible()
    menu.remove.trigger()
    assert records.load(workspace, Account, window.keys["acme"]).deleted_at is not None


def test_an_account_is_closed_and_reopened_and_both_are_told(window, page, workspace):
    choose(window, "account", "acme").close_account.trigger()
    assert records.load(workspace, Account, window.keys["acme"]).fields["status"].value == "closed"
    assert window.told[-1].startswith("Account closed")
    page.tree.sort.menu().aboutToShow.emit()
    page.tree._count()
    page.tree._narrow("closed")
    page.tree.model.finish()
    page.tree.view.go_to(0)
    page.tree.menu.reopen.trigger()
    assert records.load(workspace, Account, window.keys["acme"]).fields["status"].value == "active"
    assert window.told[-1] == "Account reopened"


def test_a_new_contact_from_the_tree_belongs_to_the_account_of_the_row(window, page, workspace, type_in):
    choose(window, "contact", "anna").new_contact.trigger()
    new = page.detail._new["contact"]
    type_in(new.line, "李四")
    QTest.keyClick(new.line, KEY.Key_Return)
    assert page.current()[0] == "contact"
    [place] = contacts.places(workspace, contact=page.current()[1])
    assert place.account_id == window.keys["acme"]


def test_rel_06_a_contact_made_on_the_page_has_the_address_and_is_offered_the_area_code(window, page, workspace):
    choose(window, "account", "acme")
    page.command("new_contact")
    QTest.keyClicks(QApplication.focusWidget(), "Bob Miller")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    [own] = addresses.of_record(workspace, Contact, page.current()[1])
    assert (own.text, own.type, own.follows) == ("Main street 1", "office", "Acme")
    pane = page.detail._panes["contact"]
    row = pane.groups["landline"]._rows[0]
    assert (row.editor.text(), row.editor.placeholderText()) == ("", "010-")
    assert "Same as Acme" in pane.addresses._rows[0].row.finding.text()
    assert pane.groups["mobile"]._rows[0].editor.hasFocus()


def test_the_record_of_the_row_is_deleted_and_can_be_brought_back(window, page, workspace):
    choose(window, "contact", "zhang").remove.trigger()
    assert records.load(workspace, Contact, window.keys["zhang"]).deleted_at is not None
    assert window.told[-1] == "Deleted: 张三"
    window.desk.undo()
    assert records.load(workspace, Contact, window.keys["zhang"]).deleted_at is None


def test_nothing_appears_as_a_window_of_its_own(qapp, program, qtbot):
    seen = []

    class Watcher(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                seen.append(watched.metaObject().className())
            return False

    watcher = Watcher()
    qapp.installEventFilter(watcher)
    window = program("en").window
    workspace = window.desk.workspace
    account = records.create(workspace, Account, {"name": "Acme"})
    contact, _account = contacts.create(workspace, {"full_name": "Anna Schneider"}, account)
    for kind, key in (("account", account), ("contact", contact), ("account", account)):
        window.desk.open(kind, key)
    window.pages["accounts"].detail.command("move")
    qtbot.wait(10)
    qapp.removeEventFilter(watcher)
    assert seen == ["MainWindow"]


def test_what_was_chosen_in_the_tree_is_found_again_by_back(window, page):
    for kind, name in (("account", "acme"), ("contact", "anna"), ("account", "group")):
        choose(window, kind, name)
    window.step(-1)
    assert page.current() == ("contact", window.keys["anna"])
    window.step(-1)
    assert page.current() == ("account", window.keys["acme"])
    window.step(1)
    assert page.current() == ("contact", window.keys["anna"])


def test_acc_20_the_next_primary_contact_is_asked_for_on_the_page_of_the_account(window, page, workspace):
    choose(window, "account", "acme")
    pane = page.detail._panes["account"]
    first, second = contacts.places(workspace, account=window.keys["acme"])
    pane.people.leave_asked(first.id)
    [panel] = pane.window().findChildren(LeavePanel)
    assert panel.rows["successor"].isVisible()
    panel.successor.set_value(str(second.id))
    panel.done.click()
    [now] = [each for each in contacts.places(workspace, account=window.keys["acme"]) if each.is_primary]
    assert now.id == second.id


def test_the_composer_says_what_the_pick_list_says(program, window):
    from crm_desktop.model import picks

    page = window.pages["accounts"]
    buttons = page.timeline.composer.kinds._buttons
    assert {code: each.text() for code, each in buttons.items()} == {
        code: picks.label("activity_kind", code) for code in ("call", "visit", "mail", "chat", "note")
    }


def test_the_composer_speaks_of_mail_in_chinese_and_not_of_mailboxes(program):
    page = program("zh_CN").window.pages["accounts"]
    words = [each.text() for each in page.timeline.composer.kinds._buttons.values()]
    assert words == ["电话", "拜访", "邮件", "微信", "备注"]
