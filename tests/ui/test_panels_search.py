"""Search: whoever is meant is found while the name is still being composed, and one key acts on them."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from crm_desktop.model import Contact
from crm_desktop.services import activities, capture, records
from crm_desktop.services.activities import Entry
from crm_desktop.text import quick_line
from crm_desktop.ui import recent
from crm_desktop.ui.panels.quick_add import QuickAdd

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PEOPLE = (
    "张三，采购经理，ACME机械有限公司，13900008000",
    "张思远，CTO，深圳云图科技有限公司",
    "Anna Schneider, Head of Purchasing, Contoso GmbH",
)


@pytest.fixture
def people(workspace):
    """Three people by name, and what was made of each."""
    made = [capture.capture(workspace, quick_line.read(line)) for line in PEOPLE]
    return {each.name: each for each in made}


@pytest.fixture
def search(shown, people):
    return shown("search")


@pytest.fixture
def look(search, qtbot):
    """look(text) types and gives the words that are found, by kind."""

    def look(text, kind="record"):
        search.box.setText(text)
        qtbot.wait(40)
        return [each.words for each in search.rows() if each.kind == kind]

    return look


class TestFinding:
    def test_by_initials_and_by_last_digits(self, look):
        assert set(look("zs")) == {"张三", "张思远"}
        assert look("8000") == ["张三"]

    def test_it_says_under_which_heading_and_why(self, search, look):
        assert look("8000", "head")[0] == "Contacts"
        row = next(each for each in search.rows() if each.words == "张三")
        assert row.subtitle == "采购经理 · ACME机械有限公司"
        assert "8000" in row.mark

    def test_letters_that_are_still_being_composed_are_looked_for(self, search, qtbot):
        QCoreApplication.sendEvent(search.box, QInputMethodEvent("z's", []))
        qtbot.wait(40)
        assert {each.words for each in search.rows() if each.kind == "record"} == {"张三", "张思远"}

    def test_enter_does_not_act_on_what_was_found_before(self, search, panel_window, people):
        search.box.setText("zs")
        search.box.setText("anna")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("contact", people["Anna Schneider"].contact)]

    def test_nothing_found_is_said_and_can_be_added(self, search, look, panel_window):
        assert look("王小明") == []
        assert look("王小明", "command") == ["Quick add: “王小明”"]
        QTest.keyClick(search.box, KEY.Key_Return)
        assert not search.isVisible()
        assert panel_window.findChild(QuickAdd).line.text() == "王小明"

    def test_at_most_eight_rows_are_in_sight(self, search, workspace, look):
        for number in range(9):
            capture.capture(workspace, quick_line.read(f"张小{number} 1380000000{number}"))
        assert len(look("zhang")) <= 8
        assert search.view.height() <= 8 * 44 + 3 * 30


class TestActing:
    def test_enter_opens_the_first(self, search, look, panel_window, people):
        look("anna")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("contact", people["Anna Schneider"].contact)]
        assert not search.isVisible()

    def test_control_and_enter_open_and_log_a_call(self, search, look, panel_window, people):
        look("anna")
        QTest.keyClick(search.box, KEY.Key_Return, CONTROL)
        assert panel_window.opened == [("contact", people["Anna Schneider"].contact)]
        assert panel_window.asked == [("log_call", None)]

    def test_arrows_pass_over_headings(self, search, look):
        look("zs")
        first = search.view.chosen()
        chosen = []
        for _step in range(12):
            chosen.append(search.view.chosen())
            QTest.keyClick(search.box, KEY.Key_Down)
        assert all(each.can_be_chosen for each in chosen)
        assert chosen[-1] == search.rows()[-1]
        for _step in range(12):
            QTest.keyClick(search.box, KEY.Key_Up)
        assert search.view.chosen() == first

    def test_a_click_opens(self, search, look, panel_window, people):
        look("anna")
        place = search.rows().index(next(each for each in search.rows() if each.kind == "record"))
        middle = search.view.visualRect(search.view.rows.index(place, 0)).center()
        QTest.mouseClick(search.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert panel_window.opened == [("contact", people["Anna Schneider"].contact)]

    def test_an_activity_opens_its_account(self, search, look, workspace, panel_window, people):
        someone = people["Anna Schneider"]
        activities.log(workspace, Entry("call", "wants a torque wrench", contacts=[someone.contact]))
        look("torque")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("account", someone.account)]

    def test_escape_clears_and_then_closes(self, search, look):
        look("anna")
        QTest.keyClick(search.box, KEY.Key_Escape)
        assert (search.box.text(), search.isVisible()) == ("", True)
        QTest.keyClick(search.box, KEY.Key_Escape)
        assert not search.isVisible()


class TestCommands:
    def test_they_are_found_by_their_words_and_by_pinyin(self, look):
        assert "导入 Excel…" in look("excel", "command")
        assert "导入 Excel…" in look("dr", "command")

    def test_enter_runs_one(self, search, look, panel_window):
        look(">导入")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.done == ["import"]
        assert not search.isVisible()

    def test_what_cannot_be_done_now_is_not_offered(self, look):
        assert "Delete" not in look(">", "command")
        assert "Quick add…" in look(">", "command")

    def test_a_call_is_offered_by_name(self, search, look, panel_window):
        assert look("anna", "command")[0] == "Log a call: Anna Schneider"

    def test_their_keys_are_shown(self, search, look):
        look(">quick")
        assert search.view.chosen().mark == "Ctrl+N"


class TestOpenedLast:
    def test_an_empty_line_shows_them_newest_first(self, search, panel_window, people, shown):
        for name in ("张三", "Anna Schneider", "张三"):
            panel_window.desk.open("contact", people[name].contact)
        shown("search")
        assert [each.words for each in search.rows() if each.kind == "record"] == ["张三", "Anna Schneider"]

    def test_ten_are_remembered_and_deleted_ones_left_out(self, search, panel_window, people, shown, workspace):
        settings = panel_window.desk.settings
        for key in range(1, 20):
            recent.opened(settings, "contact", key)
        assert len(recent.places(settings)) == 10
        recent.opened(settings, "account", people["张三"].account)
        recent.opened(settings, "contact", people["张三"].contact)
        records.remove(workspace, Contact, [people["张三"].contact])
        shown("search")
        assert [each.words for each in search.rows() if each.kind == "record"] == ["ACME机械有限公司"]

    @pytest.mark.parametrize("kept", [None, "contact", [1, ["contact"], ["contact", "7"], {}]])
    def test_a_damaged_settings_file_does_no_harm(self, search, panel_window, shown, kept):
        panel_window.desk.settings.layout["recent"] = kept
        shown("search")
        assert [each.words for each in search.rows() if each.kind == "record"] == []
