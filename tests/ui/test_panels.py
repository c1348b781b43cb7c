"""The panels over the window: one at a time, by keyboard alone, and honest about what they did."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crm_desktop import __version__
from crm_desktop.model import Account, Attachment
from crm_desktop.services import attachments, capture
from crm_desktop.store.attachments import BESIDE, Files
from crm_desktop.store.backup import verify
from crm_desktop.text import quick_line
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels import PANELS, back_up, suggested_backup
from crm_desktop.ui.panels.apply_template import ApplyTemplate
from crm_desktop.ui.panels.changing_role import RolePanel
from crm_desktop.ui.panels.leaving import LeavePanel
from crm_desktop.ui.panels.lifecycle import LifecyclePanel
from crm_desktop.ui.panels.printing import RecordPaper

pytest_plugins = ("tests.ui.panel_window",)
KEY = Qt.Key
ABOUT_A_RECORD = (RecordPaper, LeavePanel, RolePanel, LifecyclePanel, ApplyTemplate)
ALONE = [which for which, kind in PANELS.items() if not issubclass(kind, ABOUT_A_RECORD)]
"""The panels that open without a record on screen; the others have tests of their own."""


@pytest.fixture
def people(workspace):
    """Three people of two companies."""
    for line in ("张三，采购经理，ACME机械有限公司", "李四，ACME机械有限公司", "Anna Schneider, Contoso GmbH"):
        capture.capture(workspace, quick_line.read(line))


class TestEveryPanel:
    @pytest.mark.parametrize("which", ALONE)
    def test_the_focus_goes_in_and_comes_back(self, panel_window, shown, which):
        panel_window.page.setFocus()
        panel = shown(which)
        assert panel.panel.isAncestorOf(panel_window.focusWidget())
        QTest.keyClick(panel_window.focusWidget(), KEY.Key_Escape)
        assert not panel.isVisible()
        assert panel_window.page.hasFocus()

    @pytest.mark.parametrize("which", ALONE)
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


class TestBackup:
    def test_the_name_is_dated_and_in_the_folder_used_last(self, panel_window, tmp_path):
        back_up(panel_window.desk, str(tmp_path / "stick.db"))
        assert suggested_backup(panel_window.desk).startswith(str(tmp_path / "crm-20"))

    def test_a_backup_is_whole_and_told(self, panel_window, people, tmp_path):
        back_up(panel_window.desk, str(tmp_path / "mine"))
        assert verify(tmp_path / "mine.db", "mine") > 0
        assert panel_window.said[-1][:3] == ("Backed up to mine.db and checked", "ok", "Show in folder")

    def test_attached_files_go_along_and_a_damaged_one_is_told(self, panel_window, workspace, make, tmp_path, qtbot):
        store = attachments.files(workspace)
        kept = [store.keep(each) for each in (b"one", b"two")]
        account = make(Account, name="ABC")
        for each in kept:
            make(Attachment, sha256=each.sha256, size=3, file_name="x", mime="text/plain", account_id=account)
        store.place(kept[0].sha256).write_bytes(b"odd")
        back_up(panel_window.desk, str(tmp_path / "mine.db"))
        qtbot.waitUntil(lambda: panel_window.said != [])
        said = "Backed up, but 1 attached file is missing or damaged and was left out."
        assert panel_window.said[-1][:2] == (said, "warn")
        assert Files(tmp_path / BESIDE).is_sound(kept[1].sha256)

    def test_a_large_one_is_made_by_a_worker(self, panel_window, people, tmp_path, qtbot, monkeypatch):
        monkeypatch.setattr("crm_desktop.ui.panels.backing_up.SMALL", 0)
        back_up(panel_window.desk, str(tmp_path / "mine.db"))
        qtbot.waitUntil(lambda: panel_window.said != [])
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
