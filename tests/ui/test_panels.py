"""The panels over the window: one at a time, by keyboard alone, and honest about what they did."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crm_desktop import __version__
from crm_desktop.model import Contact
from crm_desktop.services import capture
from crm_desktop.store.backup import verify
from crm_desktop.store.queries import Listing
from crm_desktop.text import quick_line
from crm_desktop.ui.lint import lint
from crm_desktop.ui.page import Page
from crm_desktop.ui.panels import PANELS, back_up, suggested_backup

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key


@pytest.fixture
def people(workspace):
    """Three people of two companies."""
    for line in ("张三，采购经理，ACME机械有限公司", "李四，ACME机械有限公司", "Anna Schneider, Contoso GmbH"):
        capture.capture(workspace, quick_line.read(line))


class TestEveryPanel:
    @pytest.mark.parametrize("which", PANELS)
    def test_the_focus_goes_in_and_comes_back(self, panel_window, shown, which):
        panel_window.page.setFocus()
        panel = shown(which)
        assert panel.panel.isAncestorOf(panel_window.focusWidget())
        QTest.keyClick(panel_window.focusWidget(), KEY.Key_Escape)
        assert not panel.isVisible()
        assert panel_window.page.hasFocus()

    @pytest.mark.parametrize("which", PANELS)
    def test_nothing_is_cut_off_or_nameless(self, panel_window, shown, which, people, language):
        for size in ((1440, 900), (1024, 680)):
            panel_window.resize(*size)
            shown(which)
            assert lint(panel_window) == []

    def test_a_panel_is_built_once_and_only_one_is_open(self, shown):
        search = shown("search")
        add = shown("quick_add")
        assert not search.isVisible()
        assert add.isVisible()
        assert shown("search") is search
        assert not add.isVisible()


class TestShortcuts:
    def test_every_command_is_there_with_its_key(self, panel_window, shown):
        texts = {each.text() for each in shown("shortcuts").findChildren(QLabel)}
        assert {each.text for each in panel_window.commands} <= texts
        assert {"Ctrl+N", "Ctrl+K", "File", "Record"} <= texts

    def test_opening_it_again_shows_nothing_twice(self, shown, qtbot):
        for _time in range(2):
            sheet = shown("shortcuts")
        visible = [each.text() for each in sheet.findChildren(QLabel) if each.isVisible()]
        assert visible.count("Quick add…") == 1


class TestAbout:
    def test_what_support_asks_for_can_be_copied(self, panel_window, shown):
        shown("about").copy.click()
        copied = QGuiApplication.clipboard().text()
        for word in (__version__, "SQLite: 3.", "SQLCipher: 4.", "Python: 3.", str(panel_window.desk.folder.path)):
            assert word in copied


class ListPage(Page):
    """A page that lists contacts found by “ACME”."""

    def listing(self):
        return Listing(Contact, text="ACME")


class TestExport:
    def test_the_number_is_told_before_anything_is_written(self, panel_window, shown, people):
        panel = shown("export")
        assert panel.count.text() == "2 records"
        panel.what.buttons["everything"].click()
        assert panel.count.text() == "5 records"
        assert not panel.format.buttons[".csv"].isEnabled()

    def test_arrow_keys_choose(self, panel_window, shown, people):
        panel = shown("export")
        panel.what.buttons["accounts"].setFocus()
        QTest.keyClick(panel.what.buttons["accounts"], KEY.Key_Right)
        assert (panel.what.value(), panel.count.text()) == ("contacts", "3 records")

    def test_a_list_on_screen_is_offered_first_and_told_of_how_many(self, panel_window, shown, people):
        panel_window.show_as_page(ListPage())
        panel = shown("export")
        assert panel.what.value() == "seen"
        found = panel.counts()[0]
        assert panel.count.text() == f"{found} records of 3"

    def test_a_worker_writes_and_the_window_says_how_many(self, panel_window, shown, people, tmp_path, qtbot):
        panel = shown("export")
        panel.what.buttons["contacts"].click()
        target = tmp_path / "people.xlsx"
        panel.write(target)
        assert not panel.isVisible()
        qtbot.waitUntil(lambda: panel_window.said != [], timeout=20_000)
        assert panel_window.said[-1][0] == "Exported 3 records"
        assert panel_window.asked[-1] == ("progress", None)
        rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
        assert {row[0] for row in rows[1:]} == {"张三", "李四", "Anna Schneider"}

    def test_a_failure_says_what_is_safe(self, panel_window, shown, people, tmp_path, qtbot):
        panel = shown("export")
        panel.write(tmp_path / "nowhere" / "people.xlsx")
        qtbot.waitUntil(lambda: panel_window.said != [], timeout=20_000)
        text, tone = panel_window.said[-1][:2]
        assert (text.startswith("Nothing was exported."), tone) == (True, "warn")
        assert "Your data was not changed." in text

    def test_a_cancelled_one_leaves_no_file(self, panel_window, shown, people, tmp_path, qtbot):
        folder = tmp_path / "out"
        folder.mkdir()
        shown("export").write(folder / "people.xlsx")
        _words, _done, _total, cancel = panel_window.asked[-1][1]
        cancel()
        qtbot.waitUntil(lambda: panel_window.said != [], timeout=20_000)
        assert panel_window.said[-1][0] == "The export was stopped. No file was written."
        assert panel_window.asked[-1] == ("progress", None)
        assert list(folder.iterdir()) == []

    def test_nothing_to_export_cannot_be_exported(self, shown):
        assert not shown("export").go.isEnabled()


class TestBackup:
    def test_the_name_is_dated_and_in_the_folder_used_last(self, panel_window, tmp_path):
        back_up(panel_window.desk, str(tmp_path / "stick.db"))
        assert suggested_backup(panel_window.desk).startswith(str(tmp_path / "crm-20"))

    def test_a_backup_is_whole_and_told(self, panel_window, people, tmp_path):
        back_up(panel_window.desk, str(tmp_path / "mine"))
        assert verify(tmp_path / "mine.db", "mine") > 0
        assert panel_window.said[-1][:3] == ("Backed up to mine.db and checked", "ok", "Show in folder")

    def test_a_large_one_is_made_by_a_worker(self, panel_window, people, tmp_path, qtbot, monkeypatch):
        monkeypatch.setattr("crm_desktop.ui.panels.backing_up.SMALL", 0)
        back_up(panel_window.desk, str(tmp_path / "mine.db"))
        qtbot.waitUntil(lambda: panel_window.said != [], timeout=20_000)
        assert panel_window.said[-1][0] == "Backed up to mine.db and checked"
        assert verify(tmp_path / "mine.db", "mine") > 0

    def test_a_failure_says_what_happened_and_what_is_safe(self, panel_window, people, tmp_path):
        other = tmp_path / "letter.db"
        other.write_text("Dear Anna")
        back_up(panel_window.desk, str(other))
        text, tone = panel_window.said[-1][:2]
        assert text.startswith("No backup was made.")
        assert "holds something else" in text
        assert "Your data is safe" in text
        assert (tone, other.read_text()) == ("warn", "Dear Anna")
