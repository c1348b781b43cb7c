"""Search: whoever is meant is found while the name is still being composed, and one key acts on them."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest

from crm_desktop.jobs import Progress, finish
from crm_desktop.model import Account, Contact, Task
from crm_desktop.services import activities, attachments, capture, finding, lists, records
from crm_desktop.services.activities import Entry
from crm_desktop.text import quick_line
from crm_desktop.ui import recent
from crm_desktop.ui.files import taking
from crm_desktop.ui.page import Page
from crm_desktop.ui.panels import search_wish as wishes
from crm_desktop.ui.panels.quick_add import QuickAdd

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PEOPLE = (
    "张三，采购经理，ACME机械有限公司，13900008000",
    "张思远，CTO，深圳云图科技有限公司",
    "Anna Schneider, Head of Purchasing, Contoso GmbH",
)


class Showing(Page):
    """A page on which a record is."""

    def __init__(self, *place):
        super().__init__()
        self.place = place

    def current(self):
        return self.place


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
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        return [each.words for each in search.rows() if each.kind == kind]

    return look


@pytest.fixture
def attach(workspace):
    """attach(name, entity, key) attaches a small file of that name; gives its key."""

    def attach(name, entity, key):
        stored = finish(attachments.storing(workspace, [attachments.Given(name, data=name.encode())])).stored
        return attachments.attach(workspace, entity, key, stored)[0]

    return attach


class TestFiles:
    def test_they_stand_under_their_heading_below_all_others(self, search, look, people, attach):
        attach("张三 报价 Quote.PDF", "contact", people["张三"].contact)
        assert look("张三") == ["张三", "张三 报价 Quote.PDF"]
        assert look("uote.p") == ["张三 报价 Quote.PDF"]
        assert look("报价 quote", "head")[0] == "Files"
        [row] = [each for each in search.rows() if each.kind == "record"]
        assert ([row.words[start:end] for start, end in row.spans], row.subtitle) == (["报价", "Quote"], "张三")

    def test_enter_opens_a_copy_and_control_enter_logs_a_call_with_its_record(
        self, search, look, people, attach, panel_window, qtbot, monkeypatch
    ):
        opened = []
        monkeypatch.setattr(taking.QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()) or True)
        attach("minutes.txt", "contact", people["张三"].contact)
        look("minutes")
        QTest.keyClick(search.box, KEY.Key_Return)
        qtbot.waitUntil(lambda: opened == ["minutes.txt"])
        assert panel_window.opened == []
        panel_window.desk.ask("search")
        look("minutes")
        QTest.keyClick(search.box, KEY.Key_Return, CONTROL)
        assert panel_window.opened == [("contact", people["张三"].contact)]

    def test_tab_offers_the_file_and_its_record(self, search, look, people, attach, panel_window, make):
        task = make(Task, title="Offer", account_id=people["Anna Schneider"].account)
        attach("plan.docx", "task", task)
        look("plan")
        QTest.keyClick(search.box, KEY.Key_Tab)
        words = [each.words for each in search.rows()]
        assert words[:5] == ["plan.docx", "Open a copy", "Show the file", "Show the record", "Save as…"]
        search.box.setText("show the record")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("account", people["Anna Schneider"].account)]


class TestFinding:
    def test_by_initials_and_by_last_digits(self, look):
        assert set(look("zs")) == {"张三", "张思远"}
        assert look("8000") == ["张三"]

    def test_it_says_under_which_heading_and_why(self, search, look):
        assert look("8000", "head")[0] == "Contacts"
        row = next(each for each in search.rows() if each.words == "张三")
        assert row.subtitle == "采购经理 · ACME机械有限公司"
        assert [each.text for each in row.marks] == ["ends 8000"]

    def test_what_was_asked_for_is_marked_in_the_name_or_in_the_reason(self, search, look):
        look("zs")
        [row] = [each for each in search.rows() if each.words == "张思远"]
        assert (row.spans, [each.text for each in row.marks]) == (((0, 2),), ["initials zs"])
        look("经理")
        row = search.view.chosen()
        assert [row.subtitle[start:end] for start, end in row.subtitle_spans] == ["经理"]
        assert [each.text for each in row.marks] == ["Job title"]

    def test_letters_that_are_still_being_composed_are_looked_for(self, search, qtbot):
        for letters in ("z's", "zs", "z s", "zhang'si", "zhang\u2006si"):
            QCoreApplication.sendEvent(search.box, QInputMethodEvent(letters, []))
            qtbot.waitUntil(lambda: not search.looking.is_busy())
            found = {each.words for each in search.rows() if each.kind == "record"}
            assert found == ({"张三", "张思远"} if len(letters) < 4 else {"张思远"}), letters
        commit = QInputMethodEvent()
        commit.setCommitString("张三")
        QCoreApplication.sendEvent(search.box, commit)
        assert search.box.query() == "张三"
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        assert [each.words for each in search.rows() if each.kind == "record"] == ["张三"]

    def test_old_rows_stay_until_there_are_new_ones(self, search, look):
        look("zs")
        before = search.rows()
        search.box.setText("anna")
        assert search.rows() == before

    def test_the_newest_question_wins(self, search, qtbot):
        answers = []
        search.looking.found.connect(answers.append)
        for text in ("z", "zs", "an", "anna"):
            search.box.setText(text)
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        assert [wish.text for wish, _hits in answers] == ["anna"]

    def test_enter_does_not_act_on_what_was_found_before(self, search, panel_window, people, qtbot):
        search.box.setText("zs")
        search.box.setText("anna")
        QTest.keyClick(search.box, KEY.Key_Return)
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        assert panel_window.opened == [("contact", people["Anna Schneider"].contact)]

    @pytest.mark.parametrize("meanwhile", ["", "Escape", "typing"])
    def test_enter_waits_for_the_answer_and_is_dropped_when_something_else_is_done(
        self, search, look, panel_window, people, qtbot, meanwhile
    ):
        look("anna")
        gate = threading.Event()
        search.looking.ask(lambda reading: gate.wait(5) and (wishes.read("anna"), finding.find(reading, "anna")))
        QTest.keyClick(search.box, KEY.Key_Return)
        assert search.isVisible(), "the window is not held up"
        if meanwhile == "Escape":
            QTest.keyClick(search.box, KEY.Key_Escape)
        elif meanwhile:
            search.box.setText("ann")
        gate.set()
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        assert panel_window.opened == ([] if meanwhile else [("contact", people["Anna Schneider"].contact)])

    def test_it_says_what_cannot_be_found_yet_until_it_can(self, search, panel_window):
        catching_up = panel_window.desk.catching_up
        assert not search.later.isVisible()
        catching_up.progress = Progress(2_000, 8_000)
        catching_up.moved.emit()
        assert search.later.isVisible()
        assert search.later.text() == "6,000 new records are not searchable yet · 25 %"
        catching_up.progress = None
        catching_up.moved.emit()
        assert not search.later.isVisible()

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
        assert "wants a torque wrench" in search.view.chosen().subtitle
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("account", someone.account)]

    def test_escape_closes(self, search, look, panel_window):
        look("anna")
        QTest.keyClick(search.box, KEY.Key_Escape)
        assert not search.isVisible()


class TestActionsOfARow:
    @pytest.fixture
    def anna(self, search, look, people):
        """The actions of Anna Schneider are listed."""
        look("anna")
        QTest.keyClick(search.box, KEY.Key_Tab)
        return people["Anna Schneider"]

    def test_tab_lists_them_and_the_line_narrows_them(self, search, anna):
        assert search.rows()[0].words == "Anna Schneider"
        words = [each.words for each in search.rows()[1:]]
        assert words[:6] == ["Open", "Log a call", "Log a visit", "Log an e-mail", "Log a chat", "Write a note"]
        assert {"Edit", "Edit Mobile", "Show in the tree", "Delete"} <= set(words)
        search.box.setText("baifang")
        assert [each.words for each in search.rows()[1:]] == ["Log a visit"]

    def test_enter_carries_one_out(self, search, anna, panel_window):
        search.box.setText("visit")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.opened == [("contact", anna.contact)]
        assert panel_window.asked == [("log_visit", None)]
        assert not search.isVisible()

    def test_numbers_can_be_copied(self, search, look, panel_window):
        look("8000")
        QTest.keyClick(search.box, KEY.Key_Tab)
        search.box.setText("copy")
        assert search.view.chosen().words == "Copy +86 139 0000 8000"
        QTest.keyClick(search.box, KEY.Key_Return)
        assert QGuiApplication.clipboard().text() == "+86 139 0000 8000"

    @pytest.mark.parametrize("key", [KEY.Key_Escape, KEY.Key_Backspace])
    def test_escape_and_backspace_go_back_to_what_was_found(self, search, anna, key, qtbot):
        QTest.keyClick(search.box, key)
        qtbot.waitUntil(lambda: not search.looking.is_busy())
        assert (search.box.text(), search.isVisible()) == ("anna", True)
        assert search.view.chosen().words == "Anna Schneider"

    def test_a_command_has_none(self, search, look):
        look(">quick")
        QTest.keyClick(search.box, KEY.Key_Tab)
        assert [each.words for each in search.rows()][1:] == ["Quick add…"]
        assert search.box.hasFocus()

    def test_an_activity_can_be_copied_and_its_subject_called(self, search, look, workspace, panel_window, people):
        activities.log(workspace, Entry("call", "wants a torque wrench", contacts=[people["张三"].contact]))
        look("torque")
        QTest.keyClick(search.box, KEY.Key_Tab)
        assert {"Open", "Log a call", "Copy as text"} <= {each.words for each in search.rows()}
        search.box.setText("copy")
        QTest.keyClick(search.box, KEY.Key_Return)
        assert QGuiApplication.clipboard().text() == "wants a torque wrench"


class TestSigns:
    @pytest.mark.parametrize("sign", ["@", "＠"])
    def test_people_alone(self, look, sign):
        assert look(f"{sign}a") == ["Anna Schneider"]
        assert look(f"{sign}a", "command") == []
        assert look(f"{sign}ACME") == []

    @pytest.mark.parametrize("sign", [">", "》"])
    def test_actions_alone(self, look, sign):
        assert look(f"{sign}add", "command") == ["Quick add…"]
        assert look(f"{sign}anna", "command") == look(f"{sign}anna") == []

    @pytest.mark.parametrize("sign", ["#", "＃"])
    def test_a_tag_lists_what_carries_it(self, search, look, workspace, people, panel_window, sign):
        for key in (people["张三"].contact, people["张思远"].contact):
            records.change(workspace, Contact, key, "tags", "工博会2026")
        records.change(workspace, Account, people["张三"].account, "tags", "重点")
        assert look(sign, "command") == ["工博会2026", "重点"]
        assert look(f"{sign}gbh", "command") == ["工博会2026"]
        assert search.view.chosen().subtitle == "2 contacts"
        QTest.keyClick(search.box, KEY.Key_Return)
        look(f"{sign}重", "command")
        QTest.keyClick(search.box, KEY.Key_Return)
        (first, (entity, wanted)), (_second, (other, _all)) = panel_window.asked
        assert (first, entity, other) == ("list", "contact", "account")
        assert [(each.path, each.operator, each.values) for each in wanted.tests()] == [
            ("tag", "any_of", ("工博会2026",))
        ]

    @pytest.mark.parametrize("sign", ["/", "、"])
    def test_views_and_saved_lists(self, search, look, workspace, panel_window, sign):
        key = lists.save(workspace, lists.SavedView(0, "未跟进的客户", Account))
        assert look(sign, "command") == ["Contacts", "未跟进的客户"]
        assert look(f"{sign}wgj", "command") == ["未跟进的客户"]
        QTest.keyClick(search.box, KEY.Key_Return)
        assert panel_window.asked == [("list", key)]

    def test_they_are_told_where_nothing_is_typed(self, search, look):
        assert search.signs.isVisible()
        look("a")
        assert not search.signs.isVisible()


class TestCommands:
    def test_they_are_found_by_their_words_and_by_pinyin(self, look):
        assert "导入 Excel…" in look("excel", "command")
        assert "导入 Excel…" in look("dr", "command")

    def test_they_are_found_in_the_other_language(self, look):
        assert look(">beifen", "command") == look(">备份", "command") == look(">bf", "command") == ["Back up now…"]
        assert look(">back", "command") == ["Back up now…"]

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
        assert search.view.chosen().key_words == "Ctrl+N"


class TestOpenedLast:
    def test_an_empty_line_shows_them_newest_first(self, search, panel_window, people, shown):
        for name in ("张三", "Anna Schneider", "张三"):
            panel_window.desk.open("contact", people[name].contact)
        shown("search")
        assert [each.words for each in search.rows() if each.kind == "record"] == ["张三", "Anna Schneider"]

    def test_ten_people_and_three_accounts_are_shown_and_deleted_ones_left_out(
        self, search, panel_window, shown, workspace, people
    ):
        settings = panel_window.desk.settings
        made = [
            capture.capture(workspace, quick_line.read(f"王{each}, Firm {each}")) for each in "一二三四五六七八九十"
        ]
        for each in made:
            recent.opened(settings, "account", each.account)
            recent.opened(settings, "contact", each.contact)
        recent.opened(settings, "contact", people["张三"].contact)
        records.remove(workspace, Contact, [people["张三"].contact])
        shown("search")
        found = [each.words for each in search.rows() if each.kind == "record"]
        assert found == [f"王{each}" for each in "十九八七六五四三二一"] + [f"Firm {each}" for each in "十九八"]

    def test_at_most_so_many_are_kept(self, panel_window):
        settings = panel_window.desk.settings
        for key in range(1, 99):
            recent.opened(settings, "contact", key)
        assert len(recent.places(settings)) == recent.MOST

    def test_the_record_on_show_is_named_in_what_is_offered(self, search, panel_window, people, shown, qtbot):
        panel_window.show_as_page(Showing("contact", people["张三"].contact))
        shown("search")
        words = [each.words for each in search.rows() if each.kind == "command"]
        assert words[:2] == ["Log a call: 张三", "Quick add…"]
        search.box.setText(">dianhua")
        assert search.view.chosen().words == "Log a call: 张三"

    @pytest.mark.parametrize("kept", [None, "contact", [1, ["contact"], ["contact", "7"], {}]])
    def test_a_damaged_settings_file_does_no_harm(self, search, panel_window, shown, kept):
        panel_window.desk.settings.layout["recent"] = kept
        shown("search")
        assert [each.words for each in search.rows() if each.kind == "record"] == []
