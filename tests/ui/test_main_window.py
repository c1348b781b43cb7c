"""The window and the program around it: pages, keys, languages, data folders, and what cannot be opened."""

import shutil
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFileOpenEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import app, i18n, settings
from crm_desktop.model import Account
from crm_desktop.services import accounts, attachments, contacts, records, users
from crm_desktop.store.backup import backup
from crm_desktop.store.driver import connect
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels.calendar_import import CalendarImport
from crm_desktop.ui.program import Program
from crm_desktop.ui.single import SingleInstance
from dev import ROOT
from tests.exchange import ics_files
from tests.ui.dragging import event_at

pytest_plugins = ["tests.ui.program_window"]

KEY, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def press(program, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or program.window, key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def started(program):
    return program("en")


@pytest.fixture
def filled(started):
    """The program over two accounts, the second of them chosen."""
    keys = [records.create(started.workspace, Account, {"name": name}) for name in ("Acme", "Bolt")]
    started.window.open_record("account", keys[1])
    started.keys = keys
    return started


def test_a_closed_account_is_counted_nowhere(filled, qtbot):
    words = filled.window.status.counts.words
    qtbot.waitUntil(lambda: words.text() == "0 contacts · 2 accounts")
    accounts.close(filled.workspace, filled.keys[0])
    qtbot.waitUntil(lambda: words.text() == "0 contacts · 1 account")
    qtbot.waitUntil(lambda: filled.window.pages["accounts"].tree.count.text() == "1")


def current(program):
    return program.window.pages["accounts"].current()


class TestFirstRun:
    def test_an_empty_folder_shows_how_to_begin(self, started):
        window = started.window
        assert window.welcome.isVisible()
        assert window.status.counts.words.text() == "No contacts yet"
        assert lint(window) == []

    def test_the_first_record_ends_it_and_undoing_that_brings_it_back(self, started, qtbot):
        contacts.create(started.workspace, {"full_name": "张三"})
        window = started.window
        assert not window.welcome.isVisible()
        assert window.page_shown() is window.pages["accounts"]
        assert window.status.counts.words.text() == "1 contact · 0 accounts"
        press(started, KEY.Key_Z, CTRL)
        qtbot.waitUntil(started.window.welcome.isVisible)

    def test_the_name_that_is_asked_for_is_kept(self, started, type_in):
        name = started.window.welcome.name
        name.setFocus()
        name.selectAll()
        type_in(name, "李四")
        QTest.keyClick(name, KEY.Key_Return)
        assert users.local_name(started.workspace) == "李四"

    def test_theme_and_language_are_chosen_there(self, started, qtbot):
        started.window.welcome.themes.changed.emit("dark")
        assert theme.is_dark()
        with qtbot.waitSignal(started.ready):
            started.window.welcome.language_chosen.emit("zh_CN")
        assert i18n.language() == "zh_CN"
        assert started.window.welcome.isVisible()
        QApplication.processEvents()
        assert lint(started.window) == []


class TestKeys:
    def test_ctrl_and_a_number_turn_to_a_page(self, filled):
        codes = ("today", "accounts", "contacts", "tasks", "calendar", "import", "history", "settings")
        for number, code in enumerate(codes, start=1):
            press(filled, getattr(KEY, f"Key_{number}"), CTRL)
            assert filled.window.rail.value() == code
            assert filled.window.page_shown() is filled.window.pages[code]

    def test_a_key_reaches_a_page_that_is_still_being_built_when_it_is_complete(self, filled, qtbot):
        window = filled.window
        window.show_page("import")
        assert "import" not in window.pages
        QTest.keyClick(window.windowHandle(), KEY.Key_Shift)
        assert window.pages["import"].result is not None
        window.show_page("settings")
        qtbot.waitUntil(lambda: "settings" in window.pages)

    def test_f6_goes_round_the_panes_and_shift_f6_back(self, filled, qtbot):
        window = filled.window
        window.rail.button("accounts").setFocus()
        stops = []
        for _stop in range(4):
            press(filled, KEY.Key_F6)
            stops.append(QApplication.focusWidget())
        page = window.pages["accounts"]
        assert stops[0] is page.tree.view
        assert page.detail.isAncestorOf(stops[1])
        assert page.timeline.isAncestorOf(stops[2])
        assert stops[3] is window.rail.button("accounts")
        press(filled, KEY.Key_F6, SHIFT)
        assert QApplication.focusWidget() is stops[2]
        for code in ("contacts", "import", "history", "settings"):
            window.show_page(code)
            qtbot.waitUntil(lambda code=code: code in window.pages and window.pages[code].panes()[0].isVisible())
            window.rail.button(code).setFocus()
            press(filled, KEY.Key_F6)
            assert window.pages[code].isAncestorOf(QApplication.focusWidget())

    def test_ctrl_z_undoes_and_ctrl_y_does_again(self, filled):
        workspace, key = filled.workspace, filled.keys[1]
        filled.desk.save(lambda: records.change(workspace, Account, key, "description", "new"))
        filled.window.pages["accounts"].tree.view.setFocus()
        press(filled, KEY.Key_Z, CTRL)
        assert records.load(workspace, Account, key).fields["description"].text == ""
        assert filled.window.toasts.current.words.text() == "Undone: Edit Description"
        press(filled, KEY.Key_Y, CTRL)
        assert records.load(workspace, Account, key).fields["description"].text == "new"

    def test_back_and_forward_go_through_the_records_seen(self, filled):
        first, second = (("account", key) for key in filled.keys)
        filled.window.open_record(*first)
        press(filled, KEY.Key_Left, ALT)
        assert current(filled) == second
        press(filled, KEY.Key_Left, ALT)
        assert current(filled) == second, "there is nothing before"
        press(filled, KEY.Key_Right, ALT)
        assert current(filled) == first

    def test_an_edit_that_waits_is_told_and_written_when_the_other_process_is_done(self, filled, qtbot):
        other = connect(filled.folder.database)
        other.execute("BEGIN IMMEDIATE")
        key = filled.keys[0]
        filled.desk.save(lambda: records.change(filled.workspace, Account, key, "description", "typed meanwhile"))
        assert filled.window.status.saved.words.text() == "Saving…"
        other.execute("COMMIT")
        other.close()
        qtbot.waitUntil(lambda: filled.window.status.saved.words.text().startswith("Saved "))
        assert records.load(filled.workspace, Account, key).fields["description"].text == "typed meanwhile"


class TestLook:
    def test_another_language_builds_the_window_anew_and_gives_everything_back(self, filled, qtbot):
        old, chosen = filled.window, current(filled)
        with qtbot.waitSignal(filled.ready):
            old._switch_language()
        window = filled.window
        assert window is not old
        assert (i18n.language(), window.rail.button("history").text()) == ("zh_CN", "历史")
        assert current(filled) == chosen
        assert window.pages["accounts"].detail.name() == "Bolt"
        QApplication.processEvents()
        assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]
        window.show_page("history")
        with qtbot.waitSignal(filled.ready):
            window._switch_language()
        assert filled.window.rail.value() == "history"
        assert current(filled) == chosen

    def test_the_theme_changes_without_a_new_window(self, filled):
        window = filled.window
        filled.settings.theme = "dark"
        filled.desk.ask("look")
        assert theme.is_dark()
        assert filled.window is window
        filled.settings.theme = "light"
        filled.desk.ask("look")
        assert not theme.is_dark()

    def test_settings_are_kept_for_the_next_start(self, filled, folder):
        filled.keeps_settings = True
        filled.window.show_page("history")
        filled.finish()
        kept = settings.load(folder.settings)
        assert kept.layout["window"]["page"] == "history"
        assert kept.language == "en"


class TestFolders:
    def test_the_sample_is_a_folder_of_its_own_and_is_left_again(self, filled, qtbot):
        with qtbot.waitSignal(filled.ready):
            filled.window.folder_asked.emit("sample")
        assert filled.folder.path != filled.own.path
        assert "Sample data" in filled.window.status.offline.words.text()
        assert filled.window.counts[0] > 10
        with qtbot.waitSignal(filled.ready):
            filled.window.folder_asked.emit("own")
        assert filled.window.counts == (2, 0)
        assert "Sample data" not in filled.window.status.offline.words.text()

    def test_a_backup_is_put_in_place(self, filled, qtbot, tmp_path):
        file = tmp_path / "mine.db"
        backup(filled.folder.database, file)
        records.create(filled.workspace, Account, {"name": "Later"})
        with qtbot.waitSignal(filled.ready):
            filled.window.folder_asked.emit(f"restore:{file}")
        assert filled.window.counts == (2, 0)

    def test_a_backup_without_its_files_is_put_in_place_and_that_is_told(self, filled, qtbot, tmp_path):
        kept = attachments.files(filled.workspace).keep(b"minutes")
        account = records.create(filled.workspace, Account, {"name": "With a file"})
        attachments.attach(filled.workspace, "account", account, [attachments.Stored("minutes.txt", kept)])
        backup(filled.folder.database, tmp_path / "mine.db")
        for folder in (filled.folder.attachments, tmp_path / "crm-attachments"):
            shutil.rmtree(folder)
        with qtbot.waitSignal(filled.ready):
            filled.window.folder_asked.emit(f"restore:{tmp_path / 'mine.db'}")
        assert filled.window.toasts.current.words.text() == "1 attached file was not beside the backup."

    def test_a_file_that_is_dropped_goes_to_the_import(self, filled):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(ROOT / "resources" / "samples" / "trade_show.xlsx"))])
        filled.window.dropEvent(event_at(QDropEvent, QPoint(10, 10), data, Qt.DropAction.CopyAction))
        assert filled.window.rail.value() == "import"

    def test_a_calendar_goes_to_the_calendar_from_the_window_and_from_the_import(self, filled, qtbot, tmp_path):
        file = tmp_path / "theirs.ICS"
        file.write_bytes(ics_files.GOOGLE)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        drop = event_at(QDropEvent, QPoint(10, 10), data, Qt.DropAction.CopyAction)
        ways = (
            partial(filled.window.dropEvent, drop),
            partial(filled.window.page("import").dropEvent, drop),
            partial(filled.raise_window, str(file)),
        )
        for bring in ways:
            filled.window.turn_to("import")
            bring()
            assert filled.window.rail.value() == "calendar"
            [panel] = [each for each in filled.window.findChildren(CalendarImport) if each.isVisible()]
            qtbot.waitUntil(lambda panel=panel: not panel.is_working())
            assert panel.counts["new"].text() == "2 are new"
            panel.dismiss()

    def test_a_file_that_is_opened_on_a_mac_comes_as_an_event(self, filled, qapp, qtbot, tmp_path):
        calendar, cards = tmp_path / "会议 theirs.ics", tmp_path / "张三.vcf"
        calendar.write_bytes(ics_files.GOOGLE)
        cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:张三\nEND:VCARD\n", encoding="utf-8")
        filled.window.turn_to("accounts")
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(calendar))))
        assert filled.window.rail.value() == "calendar"
        [panel] = [each for each in filled.window.findChildren(CalendarImport) if each.isVisible()]
        qtbot.waitUntil(lambda: not panel.is_working())
        assert panel.counts["new"].text() == "2 are new"
        panel.dismiss()
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(cards))))
        assert filled.window.rail.value() == "import"
        page = filled.window.page("import")
        qtbot.waitUntil(lambda: page.course.facts is not None and not page.course.work.is_running("inspect"))
        assert page.course.draft.name == cards.name
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.com/list.xlsx")))
        assert page.course.draft.name == cards.name, "what is no file here is left alone"

    def test_a_file_that_is_opened_before_the_window_works_waits(self, qtbot, qapp, folder, tmp_path):
        file = tmp_path / "theirs.ics"
        file.write_bytes(ics_files.GOOGLE)
        started = Program(qapp, folder, settings.Settings(language="en", theme="light"))
        started.keeps_settings = False
        try:
            QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
            assert started.file == str(file)
            with qtbot.waitSignal(started.ready):
                started.start()
            qtbot.waitUntil(lambda: started.window.findChild(CalendarImport) is not None)
            panel = started.window.findChild(CalendarImport)
            qtbot.waitUntil(lambda: not panel.is_working())
        finally:
            started.finish()

    def test_a_file_the_program_is_opened_with_waits_until_it_works(self, qtbot, qapp, folder, tmp_path):
        file = tmp_path / "theirs.ics"
        file.write_bytes(ics_files.GOOGLE)
        assert app.is_file(str(file))
        assert not app.is_file("import-ics")
        started = Program(qapp, folder, settings.Settings(language="en", theme="light"))
        started.keeps_settings = False
        try:
            with qtbot.waitSignal(started.ready):
                started.file = str(file)
                started.start()
            qtbot.waitUntil(lambda: started.window.findChild(CalendarImport) is not None)
            panel = started.window.findChild(CalendarImport)
            qtbot.waitUntil(lambda: not panel.is_working())
            assert panel.counts["new"].text() == "2 are new"
        finally:
            started.finish()


@pytest.fixture
def newer(folder):
    """A data folder of a later version of the program."""
    connection = connect(folder.database)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder.database.read_bytes()


def test_a_newer_folder_is_told_in_the_window_and_not_touched(newer, program, folder):
    made = program("en")
    window = made.window
    assert window.welcome.trouble.isVisible()
    assert "newer" in window.welcome.trouble.words.text()
    assert not window.welcome.choices.isVisible()
    assert window.status.saved.words.text() == "Not opened"
    for key in (KEY.Key_2, KEY.Key_N, KEY.Key_Z):
        press(made, key, CTRL)
    assert window.welcome.isVisible()
    assert lint(window) == []
    made.finish()
    assert folder.database.read_bytes() == newer


def test_a_file_that_is_no_database_is_told_in_the_window_and_not_touched(program, folder):
    diary = b"this is a diary and no database at all" * 200
    folder.database.write_bytes(diary)
    made = program("en")
    assert "damaged" in made.window.welcome.trouble.words.text()
    made.finish()
    assert folder.database.read_bytes() == diary


def test_a_second_start_calls_the_window_of_the_first(qtbot, qapp, folder):
    first, second = SingleInstance(folder.path), SingleInstance(folder.path)
    assert first.take()
    assert not second.take()
    first.listen()
    with qtbot.waitSignal(first.called) as heard:
        assert second.call("/lists/日程 of a \udcff day.ics")
    assert heard.args == ["/lists/日程 of a \udcff day.ics"], "the name as the disk has it"
    first.release()
    assert second.take()
    assert not SingleInstance(folder.path / "other").call()
    second.release()


def test_the_columns_keep_their_widths_while_the_page_is_built(filled):
    filled.window.resize(1440, 900)
    QApplication.processEvents()
    assert filled.window.pages["accounts"].split.sizes()[2] == theme.px(412)
