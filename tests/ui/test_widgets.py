"""What a user relies on in the parts every page is built from."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from crm_desktop.ui import theme
from crm_desktop.ui.widgets.avatar import initials, letter
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import ElideButton, secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.chips import FilterChips, TagChip
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.flow import EvenLines, FlowColumns
from crm_desktop.ui.widgets.in_place import InPlaceLine, InPlaceText
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, label
from crm_desktop.ui.widgets.overlay import Overlay
from crm_desktop.ui.widgets.progress import Steps
from crm_desktop.ui.widgets.rail import Rail
from crm_desktop.ui.widgets.search_box import SearchBox
from crm_desktop.ui.widgets.segmented import DIGIT_KEY, Segmented
from crm_desktop.ui.widgets.status_bar import StatusBar
from crm_desktop.ui.widgets.tabs import Tabs
from crm_desktop.ui.widgets.tags import InPlaceTags
from crm_desktop.ui.widgets.toast import ToastHost
from crm_desktop.ui.widgets.top_bar import TopBar

KEY = Qt.Key
ROLES = [("buyer", "Economic buyer"), ("tech", "Technical evaluator"), ("user", "User")]


@pytest.fixture(autouse=True)
def dressed(qapp):
    theme.apply(qapp, "light", language="en")


@pytest.fixture
def page(qtbot):
    """page(widget, …) puts these widgets and a last line into an active window, and gives the window."""

    windows = []  # qtbot knows them by weak references only

    def page(*widgets, width=500, height=400):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.last = QLineEdit()
        window.setLayout(column(*widgets, window.last))
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield page
    windows.clear()


@pytest.fixture
def heard():
    """heard(signal) collects what a signal says."""

    def heard(signal):
        said = []
        signal.connect(said.append)
        return said

    return heard


class TestLabels:
    def test_markup_in_data_is_shown_not_obeyed(self, qtbot):
        for made in (label("<b>bold</b>"), Elide("<b>bold</b>")):
            qtbot.addWidget(made)
            assert made.textFormat() == Qt.TextFormat.PlainText
            assert made.text() == "<b>bold</b>"

    def test_a_shortened_text_is_whole_in_its_tooltip_and_name(self, page):
        words = Elide("A company with a very long name, Limited")
        page(words)
        words.setFixedWidth(60)
        assert words.toolTip() == words.accessibleName() == words.text()
        words.setFixedWidth(500)
        assert words.toolTip() == ""

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("张三", "张三"),
            ("欧阳小明", "小明"),
            ("Anna Schneider", "AS"),
            ("anna", "A"),
            ("", "?"),
            ("李四 Li", "李四"),
        ],
    )
    def test_initials(self, name, shown):
        assert initials(name) == shown

    def test_a_company_is_known_by_its_first_letter(self):
        assert letter("（苏州）精工") == "苏"
        assert letter("acme") == "A"
        assert letter("") == "?"

    def test_a_button_that_shortens_its_words_keeps_its_name(self, page):
        button = ElideButton("Use anna@example.com, as four colleagues do")
        page(button)
        button.setFixedWidth(90)
        assert button.text().endswith("…")
        assert button.accessibleName() == button.toolTip() == "Use anna@example.com, as four colleagues do"


class TestInPlaceLine:
    def line(self, page, text="old"):
        line = InPlaceLine(text)
        window = page(line)
        line.setFocus()
        return line, window

    def test_enter_saves_once(self, page, heard):
        line, window = self.line(page)
        saved = heard(line.committed)
        line.selectAll()
        QTest.keyClicks(line, "new")
        QTest.keyClick(line, KEY.Key_Return)
        QTest.keyClick(line, KEY.Key_Return)
        window.last.setFocus()
        assert saved == ["new"]

    @pytest.mark.parametrize("leave", ["tab", "elsewhere", "hide"])
    def test_leaving_saves(self, page, heard, leave):
        line, window = self.line(page)
        saved = heard(line.committed)
        QTest.keyClicks(line, "er")
        if leave == "tab":
            QTest.keyClick(line, KEY.Key_Tab)
        elif leave == "elsewhere":
            window.last.setFocus()
        else:
            line.hide()
        assert saved == [line.text()]

    def test_nothing_is_saved_when_nothing_changed(self, page, heard):
        line, window = self.line(page)
        saved = heard(line.committed)
        window.last.setFocus()
        assert saved == []

    def test_escape_restores_and_f2_selects_all(self, page, heard):
        line, window = self.line(page)
        saved = heard(line.committed)
        QTest.keyClick(line, KEY.Key_F2)
        assert line.selectedText() == "old"
        QTest.keyClicks(line, "wrong")
        QTest.keyClick(line, KEY.Key_Escape)
        window.last.setFocus()
        assert line.text() == "old"
        assert saved == []

    def test_typing_is_told_letter_by_letter(self, page, heard):
        line, _window = self.line(page, "")
        typed = heard(line.typed)
        QTest.keyClicks(line, "ab")
        assert typed == ["a", "ab"]

    def test_hanzi_are_saved(self, page, heard, type_in):
        line, window = self.line(page, "")
        saved = heard(line.committed)
        type_in(line, "张三")
        window.last.setFocus()
        assert saved == ["张三"]

    def test_news_from_elsewhere_does_not_overwrite_what_is_being_typed(self, page, heard):
        line, window = self.line(page)
        saved = heard(line.committed)
        QTest.keyClicks(line, "er")
        mine = line.text()
        line.set_value("from a colleague")
        assert line.text() == mine
        window.last.setFocus()
        assert saved == [mine]
        line.set_value("later")
        assert line.text() == "later"


class TestInPlaceText:
    def test_it_grows_with_its_text(self, page, qtbot):
        text = InPlaceText("one")
        page(text)
        before = text.height()
        text.set_value("one\ntwo\nthree")
        qtbot.waitUntil(lambda: text.height() > before)

    def test_control_enter_and_leaving_save_and_enter_begins_a_line(self, page, heard):
        text = InPlaceText("")
        window = page(text)
        saved = heard(text.committed)
        text.setFocus()
        QTest.keyClicks(text, "a")
        QTest.keyClick(text, KEY.Key_Return)
        QTest.keyClicks(text, "b")
        assert saved == []
        QTest.keyClick(text, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(text, "c")
        window.last.setFocus()
        assert saved == ["a\nb", "a\nbc"]

    def test_escape_restores(self, page, heard):
        text = InPlaceText("kept")
        window = page(text)
        saved = heard(text.committed)
        text.setFocus()
        QTest.keyClicks(text, "x")
        QTest.keyClick(text, KEY.Key_Escape)
        window.last.setFocus()
        assert text.value() == "kept"
        assert saved == []


class TestChoice:
    def test_chosen_by_keys_alone(self, page, heard):
        choice = InPlaceChoice(ROLES, "buyer")
        page(choice)
        saved = heard(choice.committed)
        choice.setFocus()
        QTest.keyClick(choice, KEY.Key_Return)
        QTest.keyClick(choice.dropped.view, KEY.Key_Down)
        QTest.keyClick(choice.dropped.view, KEY.Key_Return)
        assert saved == ["tech"]
        assert choice.words() == "Technical evaluator"
        assert choice.hasFocus()

    def test_typing_searches(self, page, heard):
        many = [(str(number), f"Colleague {number}") for number in range(30)]
        choice = InPlaceChoice(many)
        page(choice)
        saved = heard(choice.committed)
        choice.setFocus()
        QTest.keyClicks(choice, "2")
        QTest.keyClicks(choice.dropped.search, "7")
        QTest.keyClick(choice.dropped.search, KEY.Key_Return)
        assert saved == ["27"]

    def test_a_search_of_one_s_own_is_asked(self, page, heard):
        asked = []

        def find(query):
            asked.append(query)
            return [("7", "Anna Schneider")]

        choice = InPlaceChoice(find, "3", "Jonas Weber")
        page(choice)
        assert choice.words() == "Jonas Weber"
        saved = heard(choice.committed)
        opened = choice.open("an")
        QTest.keyClick(opened.search, KEY.Key_Return)
        assert asked == ["an"]
        assert saved == ["7"]
        assert choice.words() == "Anna Schneider"

    def test_escape_and_a_click_elsewhere_change_nothing(self, page, heard):
        choice = InPlaceChoice(ROLES, "buyer")
        window = page(choice)
        saved = heard(choice.committed)
        QTest.keyClick(choice.open().view, KEY.Key_Escape)
        assert choice.dropped is None
        choice.open()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        assert choice.dropped is None
        assert saved == []
        assert choice.value() == "buyer"

    def test_the_list_goes_with_the_page_it_belongs_to(self, page):
        choice = InPlaceChoice(ROLES)
        page(choice)
        choice.open()
        choice.hide()
        assert choice.dropped is None

    def test_something_new_can_be_asked_for(self, page, heard):
        choice = InPlaceChoice(ROLES, creates=True)
        page(choice)
        wanted = heard(choice.created)
        opened = choice.open("Advisor")
        QTest.keyClick(opened.search, KEY.Key_Return)
        assert wanted == ["Advisor"]

    def test_several_are_saved_together_on_closing(self, page, heard):
        choice = InPlaceChoices(ROLES, ["buyer"])
        page(choice)
        saved = heard(choice.committed)
        opened = choice.open()
        QTest.keyClick(opened.view, KEY.Key_Down)
        QTest.keyClick(opened.view, KEY.Key_Space)
        assert saved == []
        QTest.keyClick(opened.view, KEY.Key_Escape)
        assert saved == [["buyer", "tech"]]
        assert choice.words() == "Economic buyer, Technical evaluator"

    def test_the_list_stays_inside_the_window(self, page):
        choice = InPlaceChoice([(str(number), str(number)) for number in range(40)])
        window = page(QWidget(), choice)
        assert window.rect().contains(choice.open().geometry())
        choice.dropped.close_list()


class TestTags:
    def test_added_by_enter_and_comma_and_taken_off_by_backspace(self, page, heard):
        tags = InPlaceTags(["Fair 2026"], ["VIP"])
        page(tags)
        saved = heard(tags.committed)
        QTest.keyClicks(tags.line, "VIP")
        QTest.keyClick(tags.line, KEY.Key_Return)
        QTest.keyClicks(tags.line, "#old,")
        QTest.keyClick(tags.line, KEY.Key_Backspace)
        assert saved == [["Fair 2026", "VIP"], ["Fair 2026", "VIP", "old"], ["Fair 2026", "VIP"]]

    def test_a_tag_is_there_once_and_blanks_are_none(self, page, heard):
        tags = InPlaceTags(["VIP"])
        page(tags)
        saved = heard(tags.committed)
        for typed in ("VIP", "   ", "#"):
            QTest.keyClicks(tags.line, typed)
            QTest.keyClick(tags.line, KEY.Key_Return)
        assert saved == []

    def test_a_chip_goes_by_delete_or_its_cross(self, page, heard):
        chip = TagChip("VIP")
        page(chip)
        gone = heard(chip.removed)
        chip.setFocus()
        QTest.keyClick(chip, KEY.Key_Delete)
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, chip.height() // 2))
        assert gone == ["VIP", "VIP"]

    def test_what_is_typed_is_not_lost_on_leaving(self, page, heard):
        tags = InPlaceTags()
        window = page(tags)
        saved = heard(tags.committed)
        tags.line.setFocus()
        QTest.keyClicks(tags.line, "VIP")
        window.last.setFocus()
        assert saved == [["VIP"]]


class TestFieldRow:
    def test_a_finding_is_told_in_words_and_mended_by_one_click(self, page):
        line = InPlaceLine("anna@example")
        field = FieldRow("E-mail", line)
        page(field)
        mended = []
        field.set_state("err")
        field.set_finding("The domain is not complete.", "Use example.com", lambda: mended.append(True))
        assert line.accessibleName() == "E-mail"
        assert line.accessibleDescription() == "The domain is not complete."
        assert line.property("state") == "err"
        assert field.mark.accessibleName() == "err"
        assert field.finding.isVisible()
        field.fix_button.click()
        assert mended == [True]
        field.set_finding("")
        field.set_state("ok", "Telekom")
        assert not field.finding.isVisible()
        assert not field.fix_button.isVisible()
        assert line.property("state") == ""
        assert field.caption.text() == field.mark.toolTip() == "Telekom"

    def test_values_of_a_card_begin_on_one_line(self, page, qtbot):
        card = Card("Contact")
        short, long = FieldRow("Role", InPlaceLine("a")), FieldRow("Expected close date", InPlaceLine("b"))
        card.add_rows(short, long)
        page(card)
        qtbot.waitUntil(lambda: short.editor.x() == long.editor.x())

    def test_a_long_finding_wraps_and_makes_room(self, page, qtbot):
        field = FieldRow("E-mail", InPlaceLine("x"))
        page(field, width=260)
        field.set_finding("This sentence is so long that it cannot stand on one line of a narrow page.")
        qtbot.waitUntil(lambda: field.finding.height() > 30)
        assert field.finding.height() >= field.finding.heightForWidth(field.finding.width())


class TestPlaces:
    @pytest.mark.parametrize(("width", "count"), [(400, 1), (700, 2), (1000, 3), (2000, 3)])
    def test_cards_flow_by_width(self, page, qtbot, width, count):
        columns = FlowColumns()
        cards = [Card(f"Card {number}") for number in range(4)]
        for card in cards:
            columns.add(card)
        page(columns, width=width)
        qtbot.waitUntil(lambda: len({card.x() for card in cards}) == count)
        assert columns.columns() == count

    @pytest.mark.parametrize(("width", "lines"), [(800, 1), (640, 1), (500, 2), (250, 4), (100, 7)])
    def test_figures_stand_in_few_lines_in_common_columns(self, width, lines):
        holder = QWidget()
        even = EvenLines(holder, gap=18)
        figures = [QWidget() for _figure in range(7)]
        for figure in figures:
            figure.setMinimumSize(80, 40)
            even.addWidget(figure)
        height = even.heightForWidth(width)
        even.setGeometry(QRect(0, 0, width, height))
        across = -(-len(figures) // lines)
        assert len({figure.y() for figure in figures}) == lines
        assert [figure.x() for figure in figures] == [figures[n % across].x() for n in range(7)]
        assert height == lines * 46 - 6
        assert max(figure.geometry().right() for figure in figures) < max(width, 80)

    def test_a_wide_card_spans_all_columns_and_a_hidden_one_takes_no_room(self, page, qtbot):
        columns = FlowColumns()
        first, wide, last = Card("First"), Card("Wide"), Card("Last")
        columns.add(first, 1)
        columns.add(wide, wide=True)
        columns.add(last)
        page(columns, width=800)
        qtbot.waitUntil(lambda: wide.width() == columns.width())
        assert first.x() > 0
        assert last.y() >= wide.geometry().bottom()
        first.hide()
        qtbot.waitUntil(lambda: wide.y() == 0)

    def test_steps_tell_where_one_is(self, qtbot):
        steps = Steps(["Choose file", "Map fields"], 0)
        qtbot.addWidget(steps)
        steps.set_current(1)
        assert steps.accessibleName() == "Step 2 of 2: Map fields"

    def test_an_empty_list_offers_the_next_thing_to_do(self, qtbot):
        empty = EmptyState("address_book", "No accounts yet")
        qtbot.addWidget(empty)
        done = []
        empty.add_button("New account", lambda: done.append(True), shortcut="Ctrl+Shift+N").click()
        assert done == [True]
        assert "Ctrl+Shift+N" in [each.text() for each in empty.findChildren(QLabel)]

    def test_a_card_can_be_filled_again(self, page):
        card = Card("Deals", action="New")
        card.add_row(label("old"))
        page(card)
        card.clear()
        card.add_row(label("new"))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert [each.text() for each in card.findChildren(QLabel)] == ["Deals", "new"]


class TestChoosingAView:
    def test_the_rail_tells_what_was_clicked_and_can_be_set_in_silence(self, qtbot, heard):
        rail = Rail()
        qtbot.addWidget(rail)
        today, deals = rail.add("today", "today", "Today"), rail.add("deals", "deals", "Deals")
        said = heard(rail.changed)
        deals.click()
        rail.set_value("today")
        assert said == ["deals"]
        assert today.isChecked()
        assert not deals.isChecked()
        rail.set_value("no button of its own")
        assert rail.value() == ""
        rail.set_count("today", 3)
        assert today.accessibleName() == "Today 3"

    def test_tabs_show_counts_and_tell_their_code(self, qtbot, heard):
        tabs = Tabs("Parts")
        qtbot.addWidget(tabs)
        tabs.add("overview", "Overview")
        tabs.add("deals", "Deals", 2)
        said = heard(tabs.changed)
        tabs.set_value("deals")
        tabs.set_count("deals", 1234)
        assert said == ["deals"]
        assert tabs.tabText(1) == "Deals 1,234"

    def test_alt_and_a_digit_choose_a_kind_while_writing(self, page, heard):
        scope = QWidget()
        line = QLineEdit(scope)
        kinds = Segmented("Kind", [("call", "call", "Call"), ("visit", "visit", "Visit")], scope=scope)
        window = page(scope, kinds)
        said = heard(kinds.changed)
        modifier = Qt.KeyboardModifier.AltModifier if "Alt" in DIGIT_KEY else Qt.KeyboardModifier.MetaModifier
        window.last.setFocus()
        QTest.keyClick(window.last, KEY.Key_2, modifier)
        assert said == []
        line.setFocus()
        QTest.keyClick(line, KEY.Key_2, modifier)
        assert said == ["visit"]
        assert line.hasFocus()

    def test_filters_keep_the_one_that_is_on_when_counts_change(self, qtbot, heard):
        filters = FilterChips("Filters", [("all", "All"), ("a", "A 38")])
        qtbot.addWidget(filters)
        said = heard(filters.changed)
        filters.set_value("a")
        filters.set_choices([("all", "All"), ("a", "A 39"), ("b", "B 2")])
        assert filters.value() == "a"
        filters.set_choices([("all", "All"), ("b", "B 2")])
        assert filters.value() == "all"
        assert said == []


class TestSearch:
    def compose(self, box, letters, commit=""):
        event = QInputMethodEvent(letters, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(box, event)

    def test_letters_still_being_composed_are_searched_for(self, page, heard):
        box = SearchBox("Find")
        page(box)
        said = heard(box.searched)
        box.setFocus()
        self.compose(box, "z's")
        self.compose(box, "", "张三")
        assert said == ["zs", "张三"]

    def test_arrows_step_and_escape_clears_before_it_closes(self, page, heard):
        box = SearchBox("Find", "Ctrl+F")
        page(box)
        said, steps = heard(box.searched), heard(box.stepped)
        box.setFocus()
        QTest.keyClicks(box, "a")
        QTest.keyClick(box, KEY.Key_Down)
        QTest.keyClick(box, KEY.Key_Up)
        QTest.keyClick(box, KEY.Key_Escape)
        assert said == ["a", ""]
        assert steps == [1, -1]

    def test_the_top_bar_opens_the_search(self, qtbot):
        bar = TopBar(search_key="Ctrl+K", quick_add_key="Ctrl+N")
        qtbot.addWidget(bar)
        with qtbot.waitSignal(bar.search.clicked):
            bar.search.click()
        assert bar.search.accessibleName()
        assert "Ctrl+N" in bar.quick_add.toolTip()


class TestNotes:
    def test_one_key_goes_to_the_action_and_back(self, page):
        window = page(QLabel("page"))
        window.last.setFocus()
        host = ToastHost(window)
        undone = []
        host.show("Moved to “Proposal”", "Undo Ctrl+Z", lambda: undone.append(True))
        host.focus()
        assert host.current.button.hasFocus()
        host.focus()
        assert window.last.hasFocus()
        host.focus()
        QTest.keyClick(host.current.button, KEY.Key_Space)
        assert undone == [True]
        assert host.current is None
        assert window.last.hasFocus()

    def test_a_newer_note_takes_the_place_of_the_older(self, page):
        window = page(QLabel("page"))
        host = ToastHost(window)
        first = host.show("First")
        second = host.show("Second")
        assert not first.isVisible()
        assert host.current is second
        window.resize(700, 500)
        assert abs(second.geometry().center().x() - window.rect().center().x()) <= 1
        second.leave()

    def test_a_bar_takes_no_room_while_it_has_nothing_to_say(self, page):
        bar = InfoBar()
        page(bar)
        assert not bar.isVisible()
        asked = []
        bar.say("Landline not verified for 93 days.", "warn")
        bar.add_action("Still valid", "check", lambda: asked.append(True)).click()
        assert bar.isVisible()
        assert asked == [True]
        bar.clear_actions()
        bar.say("")
        assert not bar.isVisible()

    def test_long_work_is_shown_and_can_be_stopped(self, page, qtbot):
        bar = StatusBar()
        page(bar, width=900)
        stopped = []
        bar.show_progress("Importing 5 / 10", 5, 10, lambda: stopped.append(True))
        cancel = next(each for each in bar.findChildren(QPushButton) if each.isVisible())
        cancel.click()
        assert stopped == [True]
        bar.end_progress()
        assert not cancel.isVisible()


class TestOverlay:
    def overlay(self, window):
        overlay = Overlay(window, "Quick add")
        overlay.first, overlay.second = QLineEdit(), secondary("Save")
        overlay.body.addWidget(overlay.first)
        overlay.body.addWidget(overlay.second)
        return overlay

    def test_the_focus_stays_inside_and_is_given_back(self, page, qtbot):
        window = page(QLabel("page"))
        window.last.setFocus()
        overlay = self.overlay(window)
        overlay.open()
        assert overlay.first.hasFocus()
        QTest.keyClick(overlay.first, KEY.Key_Tab)
        assert overlay.second.hasFocus()
        QTest.keyClick(overlay.second, KEY.Key_Tab)
        assert overlay.first.hasFocus()
        QTest.keyClick(overlay.first, KEY.Key_Backtab)
        assert overlay.second.hasFocus()
        with qtbot.waitSignal(overlay.closed):
            QTest.keyClick(overlay.second, KEY.Key_Escape)
        assert not overlay.isVisible()
        assert window.last.hasFocus()

    def test_a_click_beside_the_panel_closes_and_one_on_it_does_not(self, page):
        window = page(QLabel("page"), width=900)
        overlay = self.overlay(window)
        overlay.open()
        QTest.mouseClick(overlay.panel, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        assert overlay.isVisible()
        QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert not overlay.isVisible()

    def test_it_follows_the_window(self, page):
        window = page(QLabel("page"))
        overlay = self.overlay(window)
        overlay.open()
        window.resize(800, 600)
        assert overlay.geometry() == window.rect()
        assert window.rect().contains(overlay.panel.geometry())
