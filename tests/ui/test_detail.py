"""The middle column: one account or contact, everything about it, each value edited where it stands."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.model import Account, Channel, Contact
from crm_desktop.model.base import now
from crm_desktop.services import accounts, activities, addresses, channels, contacts, records, tasks
from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.accounts.detail import Detail
from crm_desktop.ui.pages.accounts.detail_cards import stops
from crm_desktop.ui.panels.leaving import LeavePanel
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.pick_list import PickList


@pytest.fixture
def company(workspace):
    """An account with three people, its parent and a branch."""
    parent = records.create(workspace, Account, {"name": "精工集团"})
    addresses.add(workspace, Account, parent, "张江路 100 号", "hq")
    texts = {"name": "精工自动化", "level": "A", "region": "苏州", "phone": "0512-62881000 转 801", "tags": "展会"}
    key = records.create(workspace, Account, texts, parent_id=parent)
    records.create(workspace, Account, {"name": "精工研究院"}, parent_id=key)
    for name, mail in (("王海燕", "wang@jinggong-auto.cn"), ("陈志强", "chen@jinggong-auto.cn"), ("周敏", "")):
        contacts.create(workspace, {"full_name": name, "title": "采购", "email": mail}, key)
    return key


@pytest.fixture
def person(workspace, company):
    return contacts.places(workspace, account=company)[0].contact_id


@pytest.fixture
def detail(qtbot, qapp, workspace, folder, company):
    theme.apply(qapp, "light", language="en")
    window, owner = QWidget(), QObject()
    desk = Desk(workspace, folder, Settings(), owner)
    made = Detail(desk)
    desk.changed.connect(made.refresh)
    made.told, made.asked, made.opened = [], [], []
    desk.said.connect(lambda text, *_rest: made.told.append(text))
    desk.asked.connect(lambda what, about: made.asked.append((what, about)))
    desk.opened.connect(lambda entity, key: made.opened.append((entity, key)))
    window.setLayout(column(made))
    qtbot.addWidget(window)
    window.resize(660, 860)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.keep = (window, owner)
    yield made
    desk.close()


@pytest.fixture
def account_pane(detail, company):
    detail.show_record("account", company)
    return detail._panes["account"]


@pytest.fixture
def contact_pane(detail, person):
    detail.show_record("contact", person)
    return detail._panes["contact"]


def write(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def rows(group):
    return [each.editor.text() for each in group._rows if not each.row.isHidden()]


def actions(menu):
    return {each.text(): each for each in menu.actions()}


def test_nothing_is_shown_until_something_is_chosen(detail, company):
    assert detail.pages.currentWidget() is detail.empty
    detail.show_record("account", company)
    assert (detail.current, detail.name()) == (("account", company), "精工自动化")
    detail.show_nothing()
    assert (detail.current, detail.name()) == (None, "")


@pytest.mark.parametrize("size", [(660, 860), (600, 620), (1000, 860)])
def test_both_kinds_of_record_are_laid_out_without_a_fault(qtbot, detail, company, person, size):
    detail.window().resize(*size)
    for entity, key in (("account", company), ("contact", person)):
        detail.show_record(entity, key)
        qtbot.wait(20)
        assert lint(detail.window()) == []


def test_the_head_tells_who_it_is_and_leads_to_the_account(qtbot, detail, contact_pane, company, person, workspace):
    header = detail.header
    assert header.name.line.text() == "王海燕"
    assert header.above.text() == "精工自动化"
    header.above.click()
    assert detail.opened == [("account", company)]
    assert header.figures.last.text() == "—"
    activities.log(workspace, activities.Entry("call", "said", company, [person], next_step="demo"))
    assert header.figures.last.text() == "Today"
    qtbot.waitUntil(lambda: header.figures.recent.text() == "1 / 1")  # read when the rest is painted
    assert "Up to 3 bars" in header.figures.warmth.toolTip()
    tasks.plan(workspace, Contact, person, "quote", (datetime.now().astimezone() - timedelta(days=5)).date())
    assert (header.figures.next.text(), header.figures.next.property("role")) == ("5 days late", "errNumber")
    assert header.figures.next.toolTip().startswith("quote · ")


def test_a_new_name_is_saved_and_a_record_of_the_same_name_pointed_at(qtbot, detail, account_pane, workspace, company):
    other = records.create(workspace, Account, {"name": "ACME"})
    write(detail.header.name.line, "ACME")
    assert detail.name() == "ACME"
    qtbot.waitUntil(detail.header.name.row.fix_button.isVisible)
    detail.header.name.row.fix_button.click()
    assert detail.opened == [("account", other)]


def test_each_number_has_a_row_and_an_extension_is_shown(account_pane, workspace, company):
    group = account_pane.groups["landline"]
    assert rows(group) == ["+86 512 6288 1000 ext. 801"]
    group.add_another()
    write(group._rows[1].editor, "0512-6288")
    assert rows(group) == ["+86 512 6288 1000 ext. 801", "0512-6288"]
    assert group._rows[1].row.finding.isVisible()
    group._rows[1]._do(channels.make_primary)
    assert rows(group)[0] == "0512-6288"
    group._rows[0].remove()
    assert rows(group) == ["+86 512 6288 1000 ext. 801"]


def test_a_number_can_be_copied_and_its_menu_offers_the_rest(detail, account_pane):
    row = account_pane.groups["landline"]._rows[0]
    row.copy()
    assert QGuiApplication.clipboard().text() == "+86 512 6288 1000 ext. 801"
    menu = QMenu()
    row._fill_menu(menu)
    assert {"Copy", "Log a call", "Add another", "Still valid", "Remove"} <= set(actions(menu))
    actions(menu)["Log a call"].trigger()
    assert detail.asked == [("log", "call")]


def test_an_unfinished_mail_gets_the_domain_its_colleagues_use(qtbot, detail, workspace, company):
    contact, _account = contacts.create(workspace, {"full_name": "刘伟"}, company)
    detail.show_record("contact", contact)
    row = detail._panes["contact"].groups["email"]._rows[0]
    row.editor.setFocus()
    QTest.keyClicks(row.editor, "liu@jinggong")
    assert row.row.finding.isVisible()
    qtbot.waitUntil(row.row.fix_button.isVisible)
    assert row.row.fix_button.accessibleName() == "Use …@jinggong-auto.cn (2 people here do)"
    row.row.fix_button.click()
    assert rows(detail._panes["contact"].groups["email"]) == ["liu@jinggong-auto.cn"]


def test_a_number_that_somebody_else_has_is_pointed_at(qtbot, detail, contact_pane, workspace):
    other, _account = contacts.create(workspace, {"full_name": "Anna Schneider", "mobile": "13800138000"})
    row = contact_pane.groups["mobile"]._rows[0]
    row.editor.setFocus()
    QTest.keyClicks(row.editor, "13800138000")
    qtbot.waitUntil(row.row.fix_button.isVisible)
    row.row.fix_button.click()
    assert detail.opened == [("contact", other)]


def test_addresses_follow_the_head_office_and_say_who_is_primary_next(detail, account_pane):
    group = account_pane.addresses
    group._rows[0].follow()
    assert group._rows[0].editor.toPlainText() == "张江路 100 号"
    assert "精工集团" in group._rows[0].row.finding.text()
    group.add_another()
    group._rows[1].editor.setFocus()
    QTest.keyClicks(group._rows[1].editor, "Branch street 1")
    detail.header.name.line.setFocus()
    group._rows[0].remove()
    assert detail.told[-1] == "Address removed; primary is now “Branch street 1”"


def test_a_person_is_added_with_a_name_and_enter_and_the_line_waits_for_the_next(
    account_pane, workspace, company, type_in
):
    line = account_pane.people.line
    line.setFocus()
    type_in(line, "孙磊")
    QTest.keyClick(line, Qt.Key.Key_Return)
    type_in(line, "刘伟 财务主管 13800138000")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (line.text(), line.hasFocus()) == ("", True)
    found = {each.contact: each.title for each in contacts.places(workspace, account=company)}
    assert found["孙磊"] == ""
    assert found["刘伟"] == "财务主管"


def test_a_contact_is_found_by_initials_and_linked(account_pane, workspace, company):
    contact, _account = contacts.create(workspace, {"full_name": "张三"})
    account_pane.people.link_button.click()
    picker = account_pane.window().findChild(PickList)
    QTest.keyClicks(picker.search, "zs")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert contact in {each.contact_id for each in contacts.places(workspace, account=company)}


def test_people_and_branches_open_with_a_click(detail, account_pane, person, workspace):
    account_pane.people._lines[0].click()
    account_pane.branches._lines[0].click()
    assert detail.opened[0] == ("contact", person)
    assert detail.opened[1][0] == "account"


def test_somebody_who_leaves_has_a_last_day_and_a_successor(detail, contact_pane, workspace, company, person):
    status = contact_pane.role.binders["status"].editor
    status.entered.emit("departed")
    [panel] = contact_pane.window().findChildren(LeavePanel)
    assert panel.isVisible()
    assert contacts.places(workspace, contact=person)[0].status == "current"
    others = [each for each in contacts.places(workspace, account=company) if each.contact_id != person]
    panel.successor.entered.emit(str(others[0].id))
    write(panel.day, "2026-10-31")
    panel.done.click()
    [left] = contacts.places(workspace, contact=person)
    assert (left.status, left.to_date) == ("departed", date(2026, 10, 31))
    assert contacts.places(workspace, account=company)[0].contact_id == others[0].contact_id
    assert contact_pane.departed.isVisible()
    assert not panel.isVisible()


def test_another_role_is_asked_for_and_not_just_written(detail, contact_pane, workspace, person):
    contact_pane.role.binders["status"].editor.entered.emit("changed")
    assert detail.asked == [("role_changed", None)]
    assert contacts.places(workspace, contact=person)[0].status == "current"


def test_a_call_to_somebody_who_does_not_want_it_is_asked_about(detail, contact_pane, workspace, person):
    detail.header.call.click()
    records.change(workspace, Contact, person, "do_not_call", "yes")
    detail.header.call.click()
    assert detail.asked == [("log", "call")]
    assert "Do not call" in contact_pane.ask_first.words.text()
    contact_pane.ask_first.go.click()
    assert detail.asked == [("log", "call")] * 2


def test_mail_opens_the_mail_program(detail, contact_pane):
    class Mailer(QObject):
        written = ()

        @Slot(QUrl)
        def write(self, url):
            self.written = (*self.written, url.toString())

    mailer = Mailer()
    QDesktopServices.setUrlHandler("mailto", mailer, "write")
    detail.header.mail.click()
    QDesktopServices.unsetUrlHandler("mailto")
    assert mailer.written == ("mailto:wang@jinggong-auto.cn",)


def test_the_website_opens_in_the_browser(detail, account_pane, workspace, company):
    records.change(workspace, Account, company, "website", "www.example.com")
    menu = QMenu()
    detail.verbs.fill_menu(menu)
    assert "Open website" in actions(menu)


def test_details_are_copied_as_text(detail, contact_pane):
    detail.header.copy.click()
    assert QGuiApplication.clipboard().text().splitlines() == ["王海燕", "采购", "精工自动化", "wang@jinggong-auto.cn"]


def test_role_boss_and_birthday_are_noted_where_they_stand(contact_pane, workspace, person, company):
    contact_pane.role.binders["title"].enter("采购总监")
    boss = contacts.places(workspace, account=company)[1]
    contact_pane.boss.enter(str(boss.id))
    assert contacts.places(workspace, contact=person)[0].title == "采购总监"
    assert contact_pane.boss.editor.words() == boss.contact
    today = datetime.now().astimezone().date()
    contact_pane.fields.binders["birthday"].enter(f"1990-{today.month:02}-{today.day:02}")
    assert contact_pane.fields.binders["birthday"].row.caption.text() == "today"


def test_an_account_is_closed_reopened_moved_and_given_away_from_the_menu(detail, account_pane, workspace, company):
    for words, status in (("Close account", "closed"), ("Reopen account", "active")):
        menu = QMenu()
        detail.verbs.fill_menu(menu)
        actions(menu)[words].trigger()
        assert records.load(workspace, Account, company).fields["status"].value == status
    menu = QMenu()
    detail.verbs.fill_menu(menu)
    actions(menu)["Move to the top"].trigger()
    assert records.load(workspace, Account, company).links["parent_id"] is None


def test_an_impossible_move_is_told_and_not_done(detail, account_pane, workspace, company):
    below = account_pane.view.branches[0].id
    detail.verbs._save(accounts.set_parent, company, below)
    assert "cannot stand below itself" in detail.told[-1]


def test_a_deleted_record_can_be_brought_back(detail, account_pane, company):
    assert detail.command("delete")
    assert detail.pages.currentWidget() is detail.gone
    detail.restore.click()
    assert detail.pages.currentWidget() is not detail.gone
    assert detail.name() == "精工自动化"


def test_history_tells_each_step_and_takes_one_back(detail, account_pane, workspace, company):
    records.change(workspace, Account, company, "industry", "it")
    detail.header.tabs.set_value("history")
    texts = [detail.history.model.index(row).data() for row in range(detail.history.model.rowCount())]
    assert "Industry: — → Information technology" in texts[0]
    detail.history.view.setCurrentIndex(detail.history.model.index(0))
    QTest.keyClick(detail.history.view, Qt.Key.Key_Return)
    assert records.load(workspace, Account, company).fields["industry"].value is None


def test_a_narrow_page_takes_the_timeline_in_as_a_tab(detail, account_pane):
    timeline = QWidget()
    detail.set_narrow(True, timeline)
    detail.show_tab("activity")
    assert timeline.isVisible()
    detail.set_narrow(False, timeline)
    assert detail.stack.currentWidget() is account_pane
    assert detail.stack.indexOf(timeline) == -1
    timeline.setParent(None)
    timeline.deleteLater()


def test_a_new_account_needs_a_name_and_warns_of_one_like_it(qtbot, detail, account_pane, type_in):
    assert detail.command("new_account")
    new = detail._new["account"]
    type_in(new.line, "精工自动化")
    qtbot.waitUntil(new.live.row.fix_button.isVisible)
    QTest.keyClick(new.line, Qt.Key.Key_Escape)
    QTest.keyClick(new.line, Qt.Key.Key_Escape)
    assert detail.name() == "精工自动化"
    detail.command("new_account")
    type_in(new.line, "杭州星河")
    QTest.keyClick(new.line, Qt.Key.Key_Return)
    assert detail.opened[-1][0] == "account"


def test_a_new_contact_belongs_to_the_account_on_show(detail, account_pane, workspace, company, type_in):
    detail.command("new_contact")
    type_in(detail._new["contact"].line, "赵丽")
    QTest.keyClick(detail._new["contact"].line, Qt.Key.Key_Return)
    assert "赵丽" in {each.contact for each in contacts.places(workspace, account=company)}


def test_a_private_customer_shows_what_the_person_has_and_nothing_of_companies(detail, workspace):
    account, _contact = accounts.create_person(workspace, {"full_name": "王芳", "mobile": "13800138000"})
    detail.show_record("account", account)
    pane = detail._panes["account"]
    assert rows(pane.groups["mobile"]) == ["+86 138 0013 8000"]
    assert not pane.fields.binders["size_band"].row.isVisible()


def test_tab_goes_down_the_cards_and_every_stop_has_a_name(detail, contact_pane):
    order = [each for each in stops(contact_pane._body) if each.isVisible()]
    order[0].setFocus()
    for expected in order[1:6]:
        QTest.keyClick(detail.window().focusWidget(), Qt.Key.Key_Tab)
        assert detail.window().focusWidget() is expected


def test_f2_goes_to_the_name(detail, contact_pane):
    QTest.keyClick(detail, Qt.Key.Key_F2)
    assert detail.header.name.line.hasFocus()
    assert detail.focusProxy() is detail.header.name.line


def test_a_hint_can_be_clicked_with_the_mouse_although_the_field_is_left_by_it(qtbot, detail, workspace, company):
    contact, _account = contacts.create(workspace, {"full_name": "刘伟"}, company)
    detail.show_record("contact", contact)
    row = detail._panes["contact"].groups["email"]._rows[0]
    row.editor.setFocus()
    QTest.keyClicks(row.editor, "liu@jinggong")
    qtbot.waitUntil(row.row.fix_button.isVisible)
    qtbot.wait(20)
    qtbot.mouseClick(row.row.fix_button, Qt.MouseButton.LeftButton)
    detail.header.name.line.setFocus()
    assert rows(detail._panes["contact"].groups["email"]) == ["liu@jinggong-auto.cn"]


def test_a_hint_can_be_reached_with_the_keyboard(qtbot, detail, contact_pane, workspace):
    other, _account = contacts.create(workspace, {"full_name": "Anna Schneider", "mobile": "13800138000"})
    row = contact_pane.groups["mobile"]._rows[0]
    row.editor.setFocus()
    QTest.keyClicks(row.editor, "13800138000")
    qtbot.waitUntil(row.row.fix_button.isVisible)
    QTest.keyClick(row.editor, Qt.Key.Key_Tab)
    assert row.row.fix_button.hasFocus()
    QTest.keyClick(row.row.fix_button, Qt.Key.Key_Space)
    assert detail.opened == [("contact", other)]


def test_acc_09_the_next_primary_address_is_asked_for_and_the_next_one_proposed(
    detail, account_pane, workspace, company
):
    for line in ("A street", "B street", "C street"):
        addresses.add(workspace, Account, company, line)
    row, bar = account_pane.addresses._rows[0], account_pane.heir_bar
    row.remove()
    assert bar.isVisible()
    assert (bar.heir.words(), bar.done.hasFocus()) == ("B street", True)
    assert len(addresses.of_record(workspace, Account, company)) == 3
    bar.heir.set_value(str(account_pane.addresses._locations[2].id))
    QTest.keyClick(bar.done, Qt.Key.Key_Return)
    assert [each.text for each in addresses.of_record(workspace, Account, company)] == ["C street", "B street"]
    assert detail.told[-1] == "Address removed; primary is now “C street”"
    account_pane.addresses._rows[0].remove()
    assert not bar.isVisible()
    assert detail.told[-1] == "Address removed; primary is now “B street”"


def test_a_primary_address_that_is_emptied_stays_until_the_answer(detail, account_pane, workspace, company):
    for line in ("A street", "B street", "C street"):
        addresses.add(workspace, Account, company, line)
    row = account_pane.addresses._rows[0]
    row.editor.setFocus()
    row.editor.selectAll()
    QTest.keyClick(row.editor, Qt.Key.Key_Delete)
    detail.header.name.line.setFocus()
    assert account_pane.heir_bar.isVisible()
    assert row.editor.toPlainText() == "A street"
    QTest.keyClick(account_pane.heir_bar, Qt.Key.Key_Escape)
    assert len(addresses.of_record(workspace, Account, company)) == 3


def test_dq_02_a_postal_code_is_checked_while_it_is_typed_and_kept_all_the_same(account_pane, workspace, company):
    addresses.add(workspace, Account, company, "星湖街 328 号")
    row = account_pane.addresses._rows[0].postcode
    assert not row.row.isVisible()
    menu = QMenu()
    account_pane.addresses._rows[0]._fill_menu(menu)
    actions(menu)["Postal code"].trigger()
    assert row.line.hasFocus()
    QTest.keyClicks(row.line, "21500")
    assert "6 digits" in row.row.finding.text()
    QTest.keyClick(row.line, Qt.Key.Key_Return)
    assert addresses.of_record(workspace, Account, company)[0].postcode == "21500"
    write(row.line, "215000")
    assert not row.row.finding.isVisible()
    assert row.row.isVisible()
    row.line.selectAll()
    QTest.keyClick(row.line, Qt.Key.Key_Delete)
    QTest.keyClick(row.line, Qt.Key.Key_Return)
    assert addresses.of_record(workspace, Account, company)[0].postcode == ""


def test_con_04_titles_used_before_are_offered_and_taken_with_enter(qtbot, contact_pane, workspace, person):
    title = contact_pane.role.binders["title"].editor
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "x")
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    event = QInputMethodEvent()
    event.setCommitString("采")
    QCoreApplication.sendEvent(title, event)
    popup = title.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: contacts.places(workspace, contact=person)[0].title == "采购")
    assert not popup.isVisible()


def test_an_undo_key_is_the_windows_when_nothing_was_typed_and_the_texts_when_something_was(contact_pane):
    for editor in (contact_pane.role.binders["department"].editor, contact_pane.fields.binders["note"].editor):
        editor.setFocus()
        claims = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        claims.ignore()
        QCoreApplication.sendEvent(editor, claims)
        assert not claims.isAccepted()
        QTest.keyClicks(editor, "a")
        QCoreApplication.sendEvent(editor, claims)
        assert claims.isAccepted()


def test_con_15_a_number_in_the_card_asks_first_too(detail, contact_pane, workspace, person):
    channels.add(workspace, Contact, person, "mobile", "13800138000")
    records.change(workspace, Contact, person, "do_not_call", "yes")
    menu = QMenu()
    contact_pane.groups["mobile"]._rows[0]._fill_menu(menu)
    actions(menu)["Log a call"].trigger()
    assert (detail.asked, contact_pane.ask_first.isVisible()) == ([], True)


def test_a_number_not_checked_for_long_is_asked_about_and_one_click_answers(detail, contact_pane, workspace, person):
    bar = contact_pane.stale_bar
    assert not bar.isVisible()
    channels.add(workspace, Contact, person, "mobile", "13800138000")
    [mobile] = [each for each in channels.of_record(workspace, Contact, person) if each.kind == "mobile"]
    with workspace.write("Check long ago") as session:
        session.get_one(Channel, mobile.id).checked_at = now() - timedelta(days=93)
    assert bar.isVisible()
    assert "93 days" in bar.words.text()
    bar.changed.click()
    assert contact_pane.groups["mobile"]._rows[0].line.hasFocus()
    bar.left.click()
    [panel] = contact_pane.window().findChildren(LeavePanel)
    assert panel.isVisible()
    panel.dismiss()
    bar.all_valid.click()
    assert detail.asked[-1] == ("verify", None)
    bar.valid.click()
    assert not bar.isVisible()
