"""The panel for exports: the number first, columns by keyboard, and a worker that does the work."""

import csv
import json

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.model import Account, Contact
from crm_desktop.services import capture, records
from crm_desktop.store import opening, queries
from crm_desktop.store.queries import Listing
from crm_desktop.text import quick_line
from crm_desktop.ui.lint import lint
from crm_desktop.ui.page import Page
from crm_desktop.ui.panels.column_list import ColumnList

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key


@pytest.fixture
def people(workspace):
    """Three people of two companies."""
    for line in ("张三，采购经理，ACME机械有限公司", "张四，ACME机械有限公司", "Anna Schneider, Contoso GmbH"):
        capture.capture(workspace, quick_line.read(line))


class ListPage(Page):
    """A page that lists contacts found by “张”, some of them chosen."""

    def __init__(self, keys=()):
        super().__init__()
        self.keys = keys

    def listing(self):
        return Listing(Contact, text="张", order="full_name", descending=True)

    def chosen_keys(self):
        return self.keys

    def columns_shown(self):
        return ["contact.account", "contact.full_name"]


def keys_of(workspace, entity):
    with workspace.read() as session:
        return list(queries.keys(session, Listing(entity)))


class TestBeforeAnythingIsWritten:
    def test_the_number_is_told(self, shown, people):
        panel = shown("export")
        assert panel.count.text().startswith("2 records · ")
        panel.what.buttons["everything"].click()
        assert panel.count.text() == "5 records"
        assert not panel.format.buttons["csv"].isEnabled()
        assert panel.format.buttons["json"].isEnabled()
        assert panel.column_part.isHidden()

    def test_arrow_keys_choose(self, shown, people):
        panel = shown("export")
        panel.what.buttons["accounts"].setFocus()
        QTest.keyClick(panel.what.buttons["accounts"], KEY.Key_Right)
        assert panel.what.value() == "contacts"
        assert panel.count.text().startswith("3 records · ")

    def test_a_list_on_screen_is_offered_first_and_told_of_how_many(self, panel_window, shown, people):
        panel_window.show_as_page(ListPage())
        panel = shown("export")
        assert panel.what.value() == "seen"
        assert panel.count.text() == "2 of 3 · filter: “张” · 2 columns"
        assert panel.columns.codes() == ["contact.account", "contact.full_name"]

    def test_a_selection_of_several_comes_before_the_list(self, panel_window, shown, people, workspace):
        panel_window.show_as_page(ListPage(keys_of(workspace, Contact)))
        panel = shown("export")
        assert panel.what.value() == "chosen"
        assert panel.what.buttons["chosen"].text() == "The 3 selected"
        assert panel.count.text() == "2 of 3 · filter: “张” · 3 selected records · 2 columns"
        panel_window.show_as_page(ListPage(keys_of(workspace, Contact)[:1]))
        assert shown("export").what.value() == "seen"

    def test_only_contacts_can_become_cards(self, shown, people):
        panel = shown("export")
        assert not panel.format.buttons["vcard4"].isEnabled()
        panel.what.buttons["contacts"].click()
        panel.format.buttons["vcard4"].click()
        assert panel.column_part.isHidden()
        assert panel.count.text() == "3 records"
        panel.what.buttons["accounts"].click()
        assert panel.format.value() == "xlsx"

    def test_nothing_to_export_cannot_be_exported(self, shown):
        assert not shown("export").go.isEnabled()

    def test_without_a_column_there_is_nothing_to_export(self, shown, people):
        panel = shown("export")
        panel.columns.choose_all(chosen=False)
        assert not panel.go.isEnabled()
        panel.columns.choose_all(chosen=True)
        assert panel.go.isEnabled()

    @pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
    def test_nothing_is_cut_off_or_nameless(self, panel_window, shown, people, language, size, workspace):
        panel_window.resize(*size)
        panel_window.show_as_page(ListPage(keys_of(workspace, Contact)))
        shown("export")
        assert lint(panel_window) == []


class TestColumns:
    @pytest.fixture
    def columns(self, qtbot):
        found = ColumnList()
        qtbot.addWidget(found)
        found.fill([("a", "A"), ("b", "B"), ("c", "C")], ["c", "a", "gone"])
        return found

    def test_the_chosen_ones_stand_first_in_their_order(self, columns):
        assert [columns.item(row).text() for row in range(3)] == ["C", "A", "B"]
        assert columns.codes() == ["c", "a"]

    def test_keys_choose_and_move(self, columns, qtbot):
        heard = []
        columns.changed.connect(lambda: heard.append(columns.codes()))
        QTest.keyClick(columns, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert heard == [["a", "c"]]
        assert columns.currentItem().text() == "C"
        QTest.keyClick(columns, KEY.Key_Space)
        assert columns.codes() == ["a"]
        QTest.keyClick(columns, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(columns, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert [columns.item(row).text() for row in range(3)] == ["C", "A", "B"], "not beyond the end"
        assert heard[1:] == [["a"], ["a"]]

    def test_dragging_moves(self, columns):
        heard = []
        columns.changed.connect(lambda: heard.append(columns.codes()))
        model = columns.model()
        assert model.moveRow(columns.rootIndex(), 1, columns.rootIndex(), 0)
        assert heard == [["a", "c"]]


class TestWriting:
    def wait(self, panel_window, qtbot):
        qtbot.waitUntil(lambda: panel_window.said != [])
        return panel_window.said[-1]

    def test_a_worker_writes_and_the_window_says_how_many(self, panel_window, shown, people, tmp_path, qtbot):
        panel = shown("export")
        panel.what.buttons["contacts"].click()
        target = tmp_path / "people.xlsx"
        panel.write(target)
        assert not panel.isVisible()
        text, tone, action = self.wait(panel_window, qtbot)[:3]
        assert (text, tone, action) == ("Exported 3 records", "ok", "Show in folder")
        assert panel_window.asked[-1] == ("progress", None)
        rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
        assert {row[0] for row in rows[1:]} == {"张三", "张四", "Anna Schneider"}

    def test_the_list_is_written_as_it_is_seen(self, panel_window, shown, people, tmp_path, qtbot):
        panel_window.show_as_page(ListPage())
        panel = shown("export")
        panel.format.buttons["csv-gb18030"].click()
        target = tmp_path / "list.csv"
        panel.write(target)
        assert self.wait(panel_window, qtbot)[0] == "Exported 2 records"
        lines = list(csv.reader(target.read_text(encoding="gb18030").splitlines()))
        assert lines[0][:3] == ["Account", "Name", "Record id"]
        assert [line[1] for line in lines[1:]] == ["张四", "张三"]

    def test_columns_and_format_are_remembered_for_each_kind_of_record(
        self, shown, people, tmp_path, qtbot, workspace, panel_window
    ):
        panel = shown("export")
        panel.what.buttons["contacts"].click()
        panel.columns.fill([("contact.mobile", "Mobile"), ("contact.full_name", "Name")], ["contact.mobile"])
        panel.format.buttons["csv"].click()
        panel.write(tmp_path / "people.csv")
        self.wait(panel_window, qtbot)
        with workspace.read() as session:
            assert opening.recall(session, "export:contacts") == {"format": "csv", "columns": ["contact.mobile"]}
        panel = shown("export")
        panel.what.buttons["accounts"].click()
        panel.what.buttons["contacts"].click()
        assert panel.columns.codes() == ["contact.mobile"]
        assert panel.format.value() == "csv"

    def test_what_had_to_be_changed_is_told(self, panel_window, shown, workspace, tmp_path, qtbot):
        records.create(workspace, Account, {"name": "长长有限公司", "description": "好" * 40_000})
        panel = shown("export")
        panel.write(tmp_path / "list.xlsx")
        text, tone = self.wait(panel_window, qtbot)[:2]
        assert tone == "warn"
        assert "cut to the 32,767 characters" in text

    def test_everything_becomes_json(self, panel_window, shown, people, tmp_path, qtbot):
        panel = shown("export")
        panel.what.buttons["everything"].click()
        panel.format.buttons["json"].click()
        panel.write(tmp_path / "all.json")
        assert self.wait(panel_window, qtbot)[0] == "Exported 5 records"
        assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["contacts"]) == 3

    def test_a_failure_says_what_is_safe(self, panel_window, shown, people, tmp_path, qtbot):
        shown("export").write(tmp_path / "nowhere" / "people.xlsx")
        text, tone = self.wait(panel_window, qtbot)[:2]
        assert (text.startswith("Nothing was exported."), tone) == (True, "warn")
        assert "Your data was not changed." in text

    def test_a_cancelled_one_leaves_no_file(self, panel_window, shown, people, tmp_path, qtbot):
        folder = tmp_path / "out"
        folder.mkdir()
        shown("export").write(folder / "people.xlsx")
        _words, _done, _total, cancel = panel_window.asked[-1][1]
        cancel()
        assert self.wait(panel_window, qtbot)[0] == "The export was stopped. No file was written."
        assert panel_window.asked[-1] == ("progress", None)
        assert list(folder.iterdir()) == []
