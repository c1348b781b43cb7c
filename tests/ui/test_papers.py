"""Papers on pages: black on white, nothing lost, headings with what they head; and the panel that shows them."""

import re
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from crm_desktop.model import Account, Activity, Contact, Task
from crm_desktop.services import activities, contacts, records
from crm_desktop.services.activities import Entry, Narrowed
from crm_desktop.services.printing.document import (
    Checks,
    Document,
    Fact,
    Facts,
    Heading,
    Lines,
    Notes,
    Paragraph,
    Said,
    Table,
)
from crm_desktop.services.printing.hand_over import hand_over
from crm_desktop.store.queries import Listing
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.page import Page
from crm_desktop.ui.panels import printing
from crm_desktop.ui.panels.printing import record_of
from crm_desktop.ui.printing.pages import Sheets, paint_on, pdf
from tests.ui.verb_here import VerbHere

pytest_plugins = ("tests.ui.panel_window", "tests.ui.program_window")
KEY = Qt.Key
LONG = "https://example.com/" + "x" * 300


def paper(*parts):
    return Document("拜访单", "精工自动化", "打印 2026-11-21 09:20 · 李明", parts)


EVERYTHING = paper(
    Facts((Fact("客户", "VIP", "精工自动化"), Fact("Address", "Line\nbelow")), (Fact("Phone", "+86 138 0013 8000"),)),
    Heading("People"),
    Table(("Name", "Reach"), (("张三", "zhangsan@example.com"), ("<b>李四</b>", LONG)), (30, 70)),
    Notes((("今天 09:10\n电话", "预算 90 万以内"),)),
    Checks(("上门演示",)),
    Paragraph("and 3 more"),
    Said("09:10", "张三", "电话 · 呼入", "第一行\n第二行", ("☐ 下一步",)),
    Lines(6),
)
FACTS = ("精工自动化", "VIP", "Line", "below", "+86 138 0013 8000", "People", "Name", "张三", "zhangsan@example.com")
MORE = ("<b>李四</b>", LONG, "今天 09:10", "预算 90 万以内", "上门演示", "and 3 more", "第一行", "第二行", "☐ 下一步")


def many(count):
    entries = []
    for number in range(count):
        entries.append(Heading(f"Day {number}", is_small=True))
        entries.append(Said("09:10", "张三", "电话", f"Talk {number} " + "预算 90 万以内。" * (number % 17)))
    return paper(*entries)


def page_count(content):
    """How many pages a PDF has, as it says itself."""
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    [count] = re.findall(rb"/Count (\d+)", content)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == int(count)
    return int(count)


@pytest.mark.usefixtures("qapp")
class TestPages:
    def test_hold_everything_as_plain_text(self):
        text = Sheets(EVERYTHING, 72).pages.text()
        assert [each for each in (*FACTS, *MORE) if each not in text] == []

    def test_are_black_on_white_in_the_dark_theme(self, qapp):
        theme.apply(qapp, "dark", language="zh_CN")
        try:
            picture = Sheets(EVERYTHING, 60).picture(0)
        finally:
            theme.apply(qapp, "light", language="en")
        colours = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        greys = [each.lightness() for each in colours]
        assert picture.pixelColor(0, 0) == theme.on_paper("paper")
        assert min(greys) < 40
        assert sum(each > 200 for each in greys) > 0.9 * len(greys)
        assert all(each.hslSaturation() < 10 or each.lightness() > 250 for each in colours)

    @pytest.mark.parametrize("dots", [60, 96, 200])
    def test_look_the_same_on_every_device(self, dots):
        assert Sheets(many(60), dots).pages.count in (page_count(pdf(many(60))), page_count(pdf(many(60))) + 1)

    def test_a_pdf_has_all_pages_and_the_fonts(self):
        content = pdf(many(200))
        assert page_count(content) > 10
        assert b"/FontFile" in content
        assert page_count(pdf(EVERYTHING)) == 1

    def test_of_nothing_is_one_page(self):
        assert page_count(pdf(paper())) == 1

    def test_no_heading_stands_alone_at_the_foot_of_a_page(self):
        pages = Sheets(many(300), 96).pages
        assert pages.count > 10
        assert len(pages.flow.headings) == 600
        assert [each.text() for each in pages.flow.headings if pages.alone(each)] == []

    def test_the_header_of_a_table_is_on_every_page(self):
        rows = tuple((f"Row {number}", "x") for number in range(200))
        sheets = Sheets(paper(Table(("Head", "Other"), rows, (50, 50))), 96)
        assert sheets.pages.count > 2
        body = round(24 / 25.4 * 96)
        tops = [sheets.picture(number).copy(0, body, 794, 16) for number in range(1, sheets.pages.count)]
        assert [each for each in tops if each != tops[0]] == []
        assert min(tops[0].pixelColor(x, 8).lightness() for x in range(200)) < 160, "something is written there"

    def test_no_row_breaks_and_no_header_stands_alone(self):
        rows = tuple((f"Row {number}", "line\n" * (number % 6) + "line") for number in range(80))
        tables = [Table(("Head", "Other"), rows[:end], (50, 50)) for end in (80, 7, 13, 21)]
        pages = Sheets(paper(*(each for table in tables for each in (Heading("List"), table))), 96).pages
        kept = [(table, each) for table, together in pages.flow.tables for each in range(together, table.rows())]
        assert [each for table, each in kept if pages.split(table, each, each)] == []
        assert [table for table, together in pages.flow.tables if pages.split(table, 0, together - 1)] == []
        assert [each.text() for each in pages.flow.headings if pages.alone(each)] == []
        assert {pages.page_of(table, each) for table, each in kept} == set(range(pages.count)), "no page stays empty"

    def test_lines_to_write_on_stay_together_and_a_row_longer_than_a_page_goes_on(self):
        text = "word " * 4000
        pages = Sheets(paper(Notes((("Today", text),)), Heading("Notes"), Lines(6)), 96).pages
        blank, count = pages.flow.tables[-1]
        assert not pages.split(blank, 0, count - 1)
        assert text.strip() in pages.text()

    def test_the_first_page_names_whom_it_is_about(self):
        named, unnamed = (Sheets(Document("Week", each, "", ()), 96).picture(0) for each in ("16 – 22 November", ""))
        assert named != unnamed


def test_a_timeline_of_two_thousand_entries_becomes_a_pdf(qapp, workspace, make):
    account = make(Account, name="精工自动化")
    begin = datetime.now().astimezone() - timedelta(days=90)
    rows = [
        {"kind": "note", "summary": f"Talk {number}", "account_id": account, "at": begin + timedelta(hours=number)}
        for number in range(2000)
    ]
    with workspace.write("Log many") as session:
        session.insert_rows(Activity, rows)
    document = hand_over(workspace, "account", account)
    assert "Talk 1999" in Sheets(document, 72).pages.text()
    assert page_count(pdf(document)) > 30


@pytest.fixture
def firm(workspace):
    account = records.create(workspace, Account, {"name": "精工自动化"})
    contact = contacts.create_at(workspace, account, {"full_name": "张三", "mobile": "13800138000"})
    for number in range(100):
        activities.log(workspace, Entry("note", f"Talk {number}", account, (contact,)))
    return account, contact


class RecordPage(Page):
    """A page that shows one record."""

    def __init__(self, place):
        super().__init__()
        self.place = place

    def current(self):
        return self.place


class ListPage(Page):
    """A list of contacts of which some are chosen."""

    def __init__(self, keys):
        super().__init__()
        self.keys = keys

    def listing(self):
        return Listing(Contact)

    def chosen_keys(self):
        return self.keys


@pytest.fixture
def sheet_of(panel_window, shown, firm, monkeypatch):
    """sheet_of("print_visit") shows a paper about the account; its verbs run in this process."""
    monkeypatch.setattr(printing, "Worker", VerbHere)

    def sheet_of(which, place=("account", firm[0])):
        panel_window.show_as_page(RecordPage(place))
        return shown(which)

    return sheet_of


class TestPanel:
    @pytest.mark.parametrize("which", ["print_visit", "print_day", "hand_over"])
    def test_shows_the_first_page_and_nothing_is_cut(self, sheet_of, which, panel_window, language):
        for size in ((1440, 900), (1024, 680)):
            panel_window.resize(*size)
            panel = sheet_of(which)
            assert panel.sheet.width() > 400
            assert panel.print_button.hasFocus()
            assert lint(panel_window) == []
        panel_window.page.setFocus()
        panel.show_up()
        panel.dismiss()
        assert panel_window.page.hasFocus()

    def test_turns_pages_by_keys(self, sheet_of):
        panel = sheet_of("hand_over")
        first = panel.page.text()
        QTest.keyClick(panel.print_button, KEY.Key_PageDown)
        assert panel.page.text() != first
        QTest.keyClick(panel.print_button, KEY.Key_PageUp)
        assert panel.page.text() == first
        assert not panel.before.isEnabled()

    def test_shows_the_newest_of_a_long_timeline_and_says_so(self, sheet_of):
        panel = sheet_of("hand_over")
        assert "Only the newest 60 of them are here." in panel._sheets.pages.text()
        assert "the file holds everything" in panel.subject.text()

    def test_writes_the_whole_text_where_one_says(self, sheet_of, panel_window, qtbot, tmp_path):
        panel = sheet_of("hand_over")
        panel.write(tmp_path / "out.txt")
        qtbot.waitUntil(lambda: bool(panel_window.said))
        assert panel_window.said[0][:2] == ("Saved as out.txt", "ok")
        assert (tmp_path / "out.txt").read_text(encoding="utf-8").count("Talk ") == 100
        assert panel.isHidden()

    def test_says_why_nothing_was_written(self, sheet_of, panel_window, qtbot, tmp_path):
        sheet_of("print_visit").write(tmp_path / "missing" / "out.txt")
        qtbot.waitUntil(lambda: bool(panel_window.said))
        assert panel_window.said[0][0].startswith("No file was written. The folder for “out.txt” is not there.")

    def test_a_process_of_its_own_writes_the_pdf(self, sheet_of, panel_window, qtbot, tmp_path, monkeypatch):
        panel = sheet_of("print_visit")
        monkeypatch.undo()
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        panel.write(tmp_path / "out.pdf")
        qtbot.waitUntil(lambda: bool(panel_window.said))
        assert panel_window.said[0][:2] == ("Saved as out.pdf", "ok")
        assert page_count((tmp_path / "out.pdf").read_bytes()) == 1

    def test_prints_all_pages(self, sheet_of, panel_window, tmp_path):
        panel = sheet_of("hand_over")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        panel.print_on(printer)
        count = page_count((tmp_path / "printed.pdf").read_bytes())
        assert panel_window.said[0][0] == f"Sent to the printer: Hand-over, pages: {count}"

    def test_another_day_is_shown(self, sheet_of, make):
        tomorrow = datetime.now().astimezone() + timedelta(days=1)
        make(Task, title="Send the offer", due_at=tomorrow, has_time=True)
        panel = sheet_of("print_day")
        assert "Send the offer" not in panel._sheets.pages.text()
        panel.step(1)
        assert "Send the offer" in panel._sheets.pages.text()
        assert panel.arguments() == ["--date", tomorrow.date().isoformat()]

    def test_without_a_record_says_what_to_do(self, panel_window, qtbot):
        printing.VisitPaper(panel_window, panel_window.desk).show_up()
        assert panel_window.said[0][0] == "Choose an account or a contact first."


def test_a_paper_is_about_the_record_on_screen_or_the_first_one_chosen(qtbot):
    pages = [RecordPage(("contact", 5)), RecordPage(None), RecordPage(("task", 7)), ListPage([8, 9]), ListPage([])]
    for each in pages:
        qtbot.addWidget(each)
    assert list(map(record_of, pages)) == [("contact", 5), None, None, ("contact", 8), None]
    assert record_of(None) is None


def test_the_menu_and_its_key_print_what_is_on_screen(program, firm, qtbot):
    window = program().window
    window.desk.open("contact", firm[1])
    QTest.keyClick(window, KEY.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    panel = next(each for each in window.findChildren(printing.VisitPaper) if each.isVisible())
    assert "+86 138 0013 8000" in panel._sheets.pages.text()
    panel.dismiss()


def test_paint_on_gives_the_number_of_pages(qapp, tmp_path):
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFullPage(True)
    assert paint_on(many(100), printer) == page_count((tmp_path / "out.pdf").read_bytes())


class TimelinePage(RecordPage):
    """A page that shows one record and some of its timeline."""

    narrowed = None

    def timeline_shown(self):
        return self.narrowed


def test_a_hand_over_holds_what_is_on_screen_or_everything(workspace, firm, panel_window, shown):
    account, contact = firm
    activities.log(workspace, Entry("call", "The only call", account, (contact,)))
    page = TimelinePage(("account", account))
    page.narrowed = Narrowed(("call",), "only", contact, branches=False)
    panel_window.show_as_page(page)
    panel = shown("hand_over")
    assert panel.only_seen.isVisible()
    assert lint(panel_window) == []
    assert panel.arguments()[2:] == ["--kind", "call", "--person", str(contact), "--text=only", "--no-branches"]
    text = Sheets(panel.document(60), 72).pages.text()
    assert "The only call" in text
    assert "Talk 99" not in text
    assert "Only: Call · 张三 · “only”" in text
    panel.only_seen.click()
    assert panel.arguments()[2:] == ["--no-branches"]
    assert "Talk 99" in Sheets(panel.document(60), 72).pages.text()
