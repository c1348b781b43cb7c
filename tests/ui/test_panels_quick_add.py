"""Quick add: one typed line, understood on screen before it is saved, by keys or by mouse."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from sqlalchemy import select

from crm_desktop.model import Account, Contact, Task
from crm_desktop.services import capture, records
from crm_desktop.text import quick_line
from crm_desktop.ui.panels.quick_add import QuickAdd
from crm_desktop.ui.widgets.pick_list import PickList

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LINE = "张三，采购经理，ACME，13800138000，zs@example.com，#工博会2026，先看样机"


@pytest.fixture
def panel(shown):
    return shown("quick_add")


@pytest.fixture
def known(workspace):
    """Somebody with the number 138 0013 8000."""
    line = quick_line.read("王海燕，采购员，精工自动化（苏州）有限公司，13800138000")
    return capture.capture(workspace, line)


@pytest.fixture
def names(workspace):
    """names(entity) gives what is called what."""

    def names(entity):
        column = entity.full_name if entity is Contact else entity.name
        with workspace.read() as session:
            return list(session.scalars(select(column).where(entity.deleted_at.is_(None)).order_by(entity.id)))

    return names


def values(panel):
    return {role: each.value() for role, each in panel.tiles.tiles.items() if each.value()}


def choose(panel, role, words):
    """Click a tile and take the offer with these words."""
    QTest.mouseClick(panel.tiles.tiles[role], Qt.MouseButton.LeftButton)
    picker = next(each for each in panel.window().findChildren(PickList) if each.isVisible())
    texts = [picker.model.item(place).text() for place in range(picker.model.rowCount())]
    picker.view.setCurrentIndex(picker.model.index(texts.index(words), 0))
    QTest.keyClick(picker.view, KEY.Key_Return)
    picker.close_list()


class TestByKeyboard:
    def test_name_and_mobile_take_at_most_25_keys(self, panel_window, names):
        keys = 0
        QTest.keyClick(panel_window.page, KEY.Key_N, CONTROL)
        keys += 2
        panel = panel_window.findChild(QuickAdd)
        for letter in "Zhang San 13800138000":
            QTest.keyClick(panel_window.focusWidget(), letter)
            keys += 1
        QTest.keyClick(panel_window.focusWidget(), KEY.Key_Return)
        keys += 1
        assert keys <= 25
        assert names(Contact) == ["Zhang San"]
        assert panel.isVisible()

    def test_hanzi_come_from_an_input_method(self, panel, type_in, names):
        composing = QInputMethodEvent("zhang's", [])
        QCoreApplication.sendEvent(panel.line, composing)
        assert values(panel) == {}
        type_in(panel.line, "张三 13800138000")
        assert values(panel) == {"name": "张三", "phones": "+86 138 0013 8000"}
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert names(Contact) == ["张三"]

    def test_enter_saves_and_waits_for_the_next(self, panel, panel_window, names):
        panel.line.setText(LINE)
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert (panel.line.text(), values(panel)) == ("", {})
        assert panel.isVisible()
        assert panel.line.hasFocus()
        text, tone, action, undo = panel_window.said[-1]
        assert (text, tone, action) == ("Added 张三", "ok", "Undo")
        undo()
        assert names(Contact) == names(Account) == []

    def test_control_and_enter_save_and_open(self, panel, panel_window, workspace):
        panel.line.setText(LINE)
        QTest.keyClick(panel.line, KEY.Key_Return, CONTROL)
        assert not panel.isVisible()
        [(entity, key)] = panel_window.opened
        assert entity == "contact"
        assert records.load(workspace, Contact, key).name == "张三"

    def test_escape_keeps_the_draft(self, panel, shown, names):
        panel.line.setText("张三，采购经理")
        QTest.keyClick(panel.line, KEY.Key_Escape)
        assert not panel.isVisible()
        assert names(Contact) == []
        assert shown("quick_add").line.text() == "张三，采购经理"

    def test_undo_in_an_empty_line_takes_back_the_last_one(self, panel, names):
        panel.line.setText("张三")
        QTest.keyClick(panel.line, KEY.Key_Return)
        QTest.keyClick(panel.line, KEY.Key_Z, CONTROL)
        assert names(Contact) == []

    def test_an_empty_line_says_what_is_missing(self, panel, panel_window):
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert panel.isVisible()
        assert "nothing to save" in panel.remark.text()
        assert panel_window.said == []

    def test_a_pasted_signature_is_understood(self, panel):
        QGuiApplication.clipboard().setText("Anna Schneider\nHead of Purchasing\nContoso GmbH\nT: +49 30 1234567")
        panel.line.paste()
        assert values(panel) == {
            "name": "Anna Schneider",
            "title": "Head of Purchasing",
            "company": "Contoso GmbH",
            "phones": "+49 30 1234567",
        }


class TestWhatWasUnderstood:
    def test_every_part_is_shown_before_saving(self, panel):
        panel.line.setText(LINE)
        assert values(panel) == {
            "name": "张三",
            "title": "采购经理",
            "company": "ACME",
            "phones": "+86 138 0013 8000",
            "mails": "zs@example.com",
            "tags": "#工博会2026",
            "note": "先看样机",
        }
        marks = {role: each.mark() for role, each in panel.tiles.tiles.items() if each.mark()}
        assert marks == {"company": "New", "phones": "Mobile", "mails": "Valid"}

    def test_a_known_account_is_told_from_a_new_one(self, panel, known):
        panel.line.setText("张三，精工自动化（苏州）")
        tile = panel.tiles.tiles["company"]
        assert (tile.value(), tile.mark()) == ("精工自动化（苏州）有限公司", "Exists")

    def test_a_number_that_is_too_short_says_so_and_is_saved_all_the_same(self, panel, names):
        panel.line.setText("张三 1380013800")
        assert panel.tiles.tiles["phones"].mark() == "Check"
        assert panel.remark.text() == "1 digit is missing: a mainland mobile number has 11."
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert names(Contact) == ["张三"]

    def test_one_click_mends_a_mail_address(self, panel):
        panel.line.setText("张三 zs@gmial.com")
        QTest.mouseClick(panel.fix, Qt.MouseButton.LeftButton)
        assert panel.line.text() == "张三 zs@gmail.com"
        assert panel.fix.isHidden()

    def test_a_screen_reader_hears_value_and_mark(self, panel):
        panel.line.setText("张三 13800138000")
        assert panel.tiles.tiles["phones"].accessibleName() == "Mobile: +86 138 0013 8000, Mobile"


class TestPuttingRight:
    def test_name_and_company_change_places(self, panel):
        panel.line.setText("华强，张三")
        before = values(panel)
        choose(panel, "name", f"“{before['name']}” is the company")
        assert values(panel) == {"name": before["company"], "company": before["name"]}

    def test_a_part_of_the_note_becomes_the_title(self, panel):
        panel.line.setText("张三，ACME，先看样机，焊接带头人")
        choose(panel, "note", "“焊接带头人” is the job title")
        assert values(panel) == {"name": "张三", "company": "ACME", "title": "焊接带头人", "note": "先看样机"}

    def test_it_stays_put_right_while_typing_goes_on(self, panel, names):
        panel.line.setText("张三，ACME")
        choose(panel, "company", "Put “ACME” into the note")
        panel.line.setText("张三，ACME，13800138000")
        assert values(panel) == {"name": "张三", "note": "ACME", "phones": "+86 138 0013 8000"}
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert names(Account) == []

    def test_a_number_can_go_into_the_note(self, panel):
        panel.line.setText("张三 021-62881000")
        choose(panel, "phones", "Put “021-62881000” into the note")
        assert values(panel) == {"name": "张三", "note": "021-62881000"}

    def test_an_empty_tile_leads_back_to_the_line(self, panel):
        panel.tiles.tiles["title"].setFocus()
        QTest.keyClick(panel.tiles.tiles["title"], KEY.Key_Space)
        assert panel.line.hasFocus()


class TestTags:
    def test_pinned_tags_stay_for_the_next_ones(self, panel, panel_window, workspace):
        panel.line.setText("张三 #工博会2026")
        panel.tiles.pin.click()
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert values(panel) == {"tags": "#工博会2026"}
        panel.line.setText("李四")
        QTest.keyClick(panel.line, KEY.Key_Return, CONTROL)
        person = records.load(workspace, Contact, panel_window.opened[-1][1])
        assert person.fields["tags"].text == "工博会2026"
        assert panel_window.desk.settings.layout["quick_add"] == {"tags": ["工博会2026"]}

    def test_tags_that_are_not_pinned_go(self, panel):
        panel.line.setText("张三 #VIP")
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert values(panel) == {}

    def test_a_known_tag_is_picked_with_the_mouse(self, panel, workspace):
        capture.capture(workspace, quick_line.read("李四 #老客户"))
        panel.line.setText("张三 #VIP")
        choose(panel, "tags", "老客户")
        assert values(panel)["tags"] == "#VIP #老客户"
        choose(panel, "tags", "VIP")
        assert values(panel)["tags"] == "#老客户"


class TestTwins:
    def test_the_same_number_is_told_while_typing(self, panel, known):
        panel.line.setText("张三 1380013800")
        assert panel.bar.isHidden()
        panel.line.setText("张三 13800138000")
        assert panel.bar.isVisible()
        assert "王海燕 · 精工自动化（苏州）有限公司" in panel.bar.words.text()
        assert "same Mobile" in panel.bar.words.text()

    def test_the_existing_one_can_be_opened(self, panel, panel_window, known):
        panel.line.setText("张三 13800138000")
        QTest.mouseClick(panel.open_twin, Qt.MouseButton.LeftButton)
        assert panel_window.opened == [("contact", known.contact)]
        assert panel.line.text() == "张三 13800138000"

    def test_the_line_can_be_added_to_the_existing_one(self, panel, panel_window, known, names, workspace):
        panel.line.setText("王海燕，采购总监，13800138000，wang@example.com")
        QTest.mouseClick(panel.add_to_twin, Qt.MouseButton.LeftButton)
        person = records.load(workspace, Contact, known.contact)
        assert (person.fields["title"].text, person.fields["email"].text) == ("采购总监", "wang@example.com")
        assert names(Contact) == ["王海燕"]
        assert panel_window.said[-1][0] == "Added to 王海燕"
        panel_window.said[-1][3]()
        assert records.load(workspace, Contact, known.contact).fields["title"].text == "采购员"

    def test_a_known_company_alone_is_not_made_again(self, panel, panel_window, known, names):
        panel.line.setText("精工自动化（苏州）有限公司")
        assert panel.bar.isVisible()
        assert panel.add_to_twin.isHidden()
        QTest.keyClick(panel.line, KEY.Key_Return)
        assert names(Account) == ["精工自动化（苏州）有限公司"]
        assert panel_window.said[-1][0] == "Nothing new: 精工自动化（苏州）有限公司 is there already"


class TestNextStep:
    def test_a_date_in_words_becomes_a_task(self, panel, workspace):
        panel.line.setText("张三")
        panel.next.line.setText("明天上午10点 回访")
        assert "10:00" in panel.next.chip.text()
        QTest.keyClick(panel.next.line, KEY.Key_Return)
        with workspace.read() as session:
            task = session.scalars(select(Task)).one()
        assert (task.title, task.has_time, task.contact_id is not None) == ("回访", True, True)
        assert panel.next.text() == ""
        assert panel.line.hasFocus()


def test_the_mouse_alone_saves(panel, type_in, names):
    type_in(panel.line, "张三")
    QTest.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    type_in(panel.line, "李四")
    QTest.mouseClick(panel.open_button, Qt.MouseButton.LeftButton)
    assert names(Contact) == ["张三", "李四"]
    assert not panel.isVisible()
