"""Reminders in the window: told once, done and put off by mouse and by keys, counted at the bell, kept in the tray."""

import json
import plistlib
import shlex
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import settings
from crm_desktop.model import Account, Task
from crm_desktop.services import records, tasks
from crm_desktop.services.clock import Now
from crm_desktop.services.tasks import Draft
from crm_desktop.store.folder import DataFolder
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels.task_editor import TaskEditor
from crm_desktop.ui.reminding import login_start
from crm_desktop.ui.reminding.card import ReminderCard
from crm_desktop.ui.reminding.notices import TaskBarNotifier
from crm_desktop.ui.reminding.panel import RemindersPanel
from crm_desktop.ui.reminding.reminders import Reminders
from crm_desktop.ui.reminding.reminding import Reminding
from crm_desktop.ui.reminding.tray import Tray
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.shadow import SHADOW

pytest_plugins = ["tests.ui.panel_window", "tests.ui.program_window"]

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


class Watch:
    """The clock of a computer, as a test sets it."""

    def __init__(self, text, zone=BERLIN):
        self.zone = zone
        self.set(text)

    def set(self, text):
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)

    def __call__(self, morning):
        return Now(self.now, self.zone, morning)


def rest():
    """Wait until everything is read that was asked for, and shown."""
    QApplication.processEvents()
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


class Scene:
    """Reminders over a window, with what they told outside it."""

    def __init__(self, window, make):
        self.window, self.make = window, make
        self.watch = Watch("2026-03-10 09:00")
        self.notifier = TaskBarNotifier(window)
        self.reminders = Reminders(window.desk, self.notifier, window, self.watch)
        self.panel = RemindersPanel(window, self.reminders)
        self.card = ReminderCard(window, self.reminders, self.panel.show_up)
        self.counts = []
        self.reminders.looked.connect(lambda state: self.counts.append(len(state.due)))
        self.workspace = window.desk.workspace

    def start(self):
        self.reminders.start()
        rest()

    def look(self):
        self.reminders.look()
        rest()

    def task(self, title, due, **more):
        at = datetime.fromisoformat(due).replace(tzinfo=BERLIN)
        return self.make(Task, title=title, due_at=at, has_time=True, **more)

    def tick(self, text):
        """What the system is told when the clock shows this."""
        self.notifier.last = None
        self.watch.set(text)
        self.reminders.tick()
        rest()
        return self.notifier.last


@pytest.fixture
def scene(panel_window, make):
    made = Scene(panel_window, make)
    yield made
    made.reminders.stop()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    rest()


def due_of(scene, key):
    with scene.workspace.read() as session:
        return session.get(Task, key).due_at


class TestTelling:
    def test_a_task_is_told_at_its_moment_to_the_system_and_in_the_window_once(self, scene):
        firm = records.create(scene.workspace, Account, {"name": "ABC 贸易"})
        scene.task("Call back", "2026-03-10 09:05", account_id=firm)
        scene.start()
        assert not scene.card.isVisible()
        assert scene.tick("2026-03-10 09:04:40") is None
        assert scene.tick("2026-03-10 09:05") == ("Call back", "Today 09:05 · ABC 贸易")
        assert scene.card.isVisible()
        assert scene.card.title.text() == "Call back"
        assert lint(scene.card) == []
        scene.card.dismiss()
        assert scene.tick("2026-03-10 09:05:20") is None
        assert not scene.card.isVisible()

    def test_what_was_due_while_the_program_was_closed_is_told_in_one_as_late(self, scene, make):
        for number in range(7):
            scene.task(f"Task {number}", f"2026-03-09 {10 + number}:00")
        scene.start()
        assert scene.notifier.last == ("7 tasks are late", "Task 0 · Task 1 · Task 2 · …")
        again = Reminders(scene.window.desk, scene.notifier, scene.window, scene.watch)
        scene.notifier.last = None
        again.look()
        rest()
        assert scene.notifier.last is None, "the next start tells nothing twice"

    def test_after_sleep_the_first_tick_tells_what_was_missed(self, scene):
        scene.task("In the night", "2026-03-10 23:00")
        scene.task("Soon", "2026-03-11 08:00")
        scene.start()
        assert scene.tick("2026-03-11 08:00") == ("2 tasks are due, 1 of them late", "In the night · Soon")

    def test_somebody_who_comes_back_is_told_at_once(self, scene, qapp):
        scene.task("Call", "2026-03-10 09:05")
        scene.start()
        scene.watch.set("2026-03-10 09:30")
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
        rest()
        assert scene.notifier.last[0] == "Call"

    def test_another_time_zone_and_a_clock_that_is_set_are_noticed(self, scene):
        at = datetime(2026, 3, 11, 9, tzinfo=BERLIN)
        scene.make(Task, title="Offer", due_at=at, has_time=False)
        scene.start()
        assert scene.tick("2026-03-10 12:00") is None
        scene.watch.zone = SHANGHAI
        assert scene.tick("2026-03-11 08:59") is None
        assert scene.tick("2026-03-11 09:00")[0] == "Offer"
        assert scene.tick("2026-03-10 09:00") is None
        assert scene.counts[-1] == 0
        assert scene.tick("2026-03-11 09:00") is None
        assert scene.counts[-1] == 1

    def test_a_new_task_is_seen_and_a_done_one_leaves_the_card(self, scene, qtbot):
        scene.start()
        key = scene.task("Call", "2026-03-10 08:00")
        qtbot.waitUntil(scene.card.isVisible)
        tasks.complete(scene.workspace, key)
        qtbot.waitUntil(lambda: not scene.card.isVisible())
        assert scene.counts[-1] == 0

    def test_switched_off_they_are_only_counted(self, scene):
        scene.window.desk.settings.reminders = False
        scene.task("Call", "2026-03-10 08:00")
        scene.start()
        assert scene.notifier.last is None
        assert scene.counts == [1]
        scene.window.desk.settings.reminders = True
        scene.look()
        assert scene.notifier.last[0] == "Call"


class TestCard:
    @pytest.fixture
    def told(self, scene):
        scene.firm = records.create(scene.workspace, Account, {"name": "Acme"})
        scene.key = scene.task("Call", "2026-03-10 09:00", account_id=scene.firm)
        scene.start()
        QApplication.processEvents()
        return scene

    def test_done_by_keys_and_undone(self, told):
        told.window.page.setFocus()
        press(KEY.Key_F8, SHIFT)
        assert QApplication.focusWidget() is told.card.complete
        press(KEY.Key_Space)
        assert not told.card.isVisible()
        assert told.counts[-1] == 0
        assert told.window.said[-1][:3] == ("Done: Call", "ok", "Undo")
        assert QApplication.focusWidget() is told.window.page
        told.window.desk.undo()
        told.look()
        assert told.counts[-1] == 1
        assert not told.card.isVisible(), "it was told before"

    def test_shift_f8_goes_back_and_esc_closes(self, told):
        told.window.page.setFocus()
        press(KEY.Key_F8, SHIFT)
        press(KEY.Key_F8, SHIFT)
        assert QApplication.focusWidget() is told.window.page
        press(KEY.Key_F8, SHIFT)
        press(KEY.Key_Escape)
        assert not told.card.isVisible()
        assert told.counts[-1] == 1, "the bell still counts it"

    def test_snoozing_offers_the_usual_delays_and_is_undone(self, told):
        choices = told.card.snooze.choices.actions()
        assert [each.text() for each in choices] == ["In 10 minutes", "In 1 hour", "Tomorrow", "Next Monday"]
        before = due_of(told, told.key)
        choices[0].trigger()
        assert due_of(told, told.key) == before + timedelta(minutes=10)
        assert not told.card.isVisible()
        assert told.window.said[-1][0] == "Snoozed until Today 09:10"
        told.window.desk.undo()
        assert due_of(told, told.key) == before
        told.look()
        told.card.announce(told.reminders.state.due)
        choices[1].trigger()
        assert due_of(told, told.key) == before + timedelta(hours=1)
        assert told.tick("2026-03-10 10:00")[0] == "Call"
        choices[2].trigger()
        assert due_of(told, told.key) == before + timedelta(days=1, hours=1), "tomorrow at the same time"

    def test_open_shows_whom_it_is_about(self, told):
        told.card.show_record.click()
        assert told.window.opened == [("account", told.firm)]
        assert not told.card.isVisible()

    def test_a_second_one_joins_the_first_and_all_are_shown(self, told):
        told.task("Offer", "2026-03-10 09:05")
        told.tick("2026-03-10 09:05")
        assert told.card.title.text().startswith("2 tasks are due")
        assert not told.card.complete.isVisible()
        told.card.show_record.click()
        assert [each.due.title for each in told.panel.shown()] == ["Call", "Offer"]
        told.panel.dismiss()


class TestPanel:
    @pytest.fixture
    def opened(self, scene):
        firm = records.create(scene.workspace, Account, {"name": "Acme"})
        scene.keys = [scene.task(f"Task {each}", f"2026-03-0{each} 10:00", account_id=firm) for each in (7, 8, 9)]
        scene.start()
        scene.card.dismiss()
        scene.panel.show_up()
        QApplication.processEvents()
        yield scene
        scene.panel.dismiss()

    def test_it_lists_the_longest_due_first_and_is_sound(self, opened):
        rows = opened.panel.shown()
        assert [each.due.title for each in rows] == ["Task 7", "Task 8", "Task 9"]
        assert rows[0].words.text() == "Sat Mar 7 10:00, late · Acme"
        assert lint(opened.window) == []

    def test_keys_walk_complete_and_open(self, opened):
        rows = opened.panel.shown()
        assert QApplication.focusWidget() is rows[0]
        press(KEY.Key_J)
        press(KEY.Key_Space)
        assert [each.due.title for each in opened.panel.shown()] == ["Task 7", "Task 9"]
        assert QApplication.focusWidget() is rows[1], "the next one stands where the done one was"
        press(KEY.Key_Up)
        press(KEY.Key_S)
        choices = rows[0].snooze.choices
        assert choices.isVisible()
        QTest.keyClick(choices, KEY.Key_Return)
        QApplication.processEvents()
        assert [each.due.title for each in opened.panel.shown()] == ["Task 9"]
        press(KEY.Key_Return)
        assert opened.window.opened[0][0] == "account"
        assert not opened.panel.isVisible()

    def test_what_was_done_comes_back_with_ctrl_z(self, opened, qtbot):
        press(KEY.Key_Space)
        assert len(opened.panel.shown()) == 2
        press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: len(opened.panel.shown()) == 3)

    def test_when_all_is_done_it_says_so(self, opened):
        for _each in range(3):
            opened.panel.shown()[0].complete.click()
        QApplication.processEvents()
        assert opened.panel.empty.isVisible()
        assert lint(opened.window) == []


@pytest.fixture
def started(program, make):
    """The program over a late task, its reminders begun."""
    make(Task, title="Call back", due_at=datetime.now(UTC) - timedelta(days=2), has_time=True)
    make(Account, name="Acme")
    made = program("en")
    made.window.show_reminders()
    rest()
    return made


class TestProgram:
    def test_the_bell_counts_and_opens_the_list(self, started):
        bell = started.window.top.reminders
        assert (bell.count, bell.accessibleName()) == (1, "Reminders (1)")
        panel = next(iter(started.window.findChildren(RemindersPanel)))
        panel.dismiss()
        bell.click()
        assert panel.isVisible()
        assert lint(started.window) == []
        panel.dismiss()

    def test_they_begin_by_themselves_after_the_start(self, program, make, qtbot):
        make(Task, title="Call back", due_at=datetime.now(UTC) - timedelta(days=2), has_time=True)
        make(Account, name="Acme")
        made = program("en")
        qtbot.waitUntil(lambda: made.window.top.reminders.count == 1)
        qtbot.waitUntil(made.window.findChildren(ReminderCard)[0].isVisible)

    @pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
    def test_the_card_leaves_what_is_clicked_on_a_page_free(self, program, make, qtbot, size):
        make(Task, title="Call back", due_at=datetime.now(UTC) - timedelta(days=2), has_time=True)
        make(Account, name="Acme")
        made = program("en")
        made.window.resize(*size)
        qtbot.waitUntil(lambda: any(each.isVisible() for each in made.window.findChildren(ReminderCard)))
        [card] = made.window.findChildren(ReminderCard)

        def covered():
            seen = card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            shown = [each for each in made.window.page_shown().findChildren(Button) if each.isVisible()]
            areas = {each: QRect(each.mapTo(made.window, QPoint()), each.size()) for each in shown}
            return [each.text() for each, area in areas.items() if area.intersects(seen)]

        for code in ("accounts", "today", "import", "contacts", "calendar"):
            made.window.turn_to(code)
            made.window.page(code)
            qtbot.waitUntil(lambda: covered() == [])

    def test_the_card_leaves_the_filled_button_of_a_panel_free(self, program, make, qtbot):
        make(Account, name="Acme")
        made = program("en")
        made.window.resize(1024, 680)
        qtbot.waitUntil(lambda: made.window.findChildren(ReminderCard) != [])
        made.window.turn_to("tasks")
        made.window.page("tasks")
        made.window._actions["new_task"].trigger()
        late = datetime.now(UTC) - timedelta(days=2)
        tasks.create(made.workspace, Draft("Call back", due_at=late, has_time=True))
        [card] = made.window.findChildren(ReminderCard)
        qtbot.waitUntil(card.isVisible)
        rest()
        save = made.window.findChildren(TaskEditor)[0].save_button
        assert save.isVisible()
        seen = card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        assert not seen.intersects(QRect(save.mapTo(made.window, QPoint()), save.size()))

    def test_another_language_is_reminded_in_that_language_and_not_again(self, started, qtbot):
        with qtbot.waitSignal(started.ready):
            started.window._switch_language()
        started.window.show_reminders()
        rest()
        assert started.window.top.reminders.count == 1
        assert not started.window.findChildren(ReminderCard)[0].isVisible()

    def test_without_a_tray_closing_closes(self, started):
        started.settings.stay_in_tray = True
        assert started.window.close()
        assert not started.window.isVisible()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # there is none off screen, nor on a test machine
class TestTray:
    @pytest.fixture
    def tray(self, program, make):
        """The program as it is where there is a tray."""
        make(Account, name="Acme")
        made = program("en")
        made.settings.stay_in_tray = True
        made.tray = Tray(made.window)
        made.window._reminding = Reminding(made.window, made.desk, made.tray)
        return made

    def words(self, program):
        return {each.text(): each for each in program.tray.menu.actions()}

    def test_closing_hides_and_the_menu_opens_captures_and_quits(self, tray, qapp):
        window = tray.window
        assert not window.close()
        assert not window.isVisible()
        assert not qapp.quitOnLastWindowClosed()
        self.words(tray)["Open"].trigger()
        assert window.isVisible()
        window.close()
        self.words(tray)["Quick add…"].trigger()
        assert window.isVisible()
        assert [each.isVisible() for each in window.findChildren(object) if type(each).__name__ == "QuickAdd"] == [True]
        self.words(tray)["Quit"].trigger()
        assert not window.isVisible()
        assert qapp.quitOnLastWindowClosed()

    def test_a_second_start_brings_it_back(self, tray):
        tray.window.close()
        tray.raise_window()
        assert tray.window.isVisible()

    def test_ctrl_q_ends_it(self, tray):
        tray.window.quit()
        assert not tray.window.isVisible()

    def test_switched_off_closing_closes(self, tray):
        tray.settings.stay_in_tray = False
        assert tray.window.close()


class TestSettings:
    @pytest.fixture
    def card(self, program, monkeypatch, tmp_path):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        monkeypatch.setenv("HOME", str(tmp_path))
        made = program("en")
        made.keeps_settings = True
        made.window.show_page("settings")
        return made.window.page("settings").reminders

    def test_they_are_kept(self, card, folder):
        card.reminders.click()
        card.morning.committed.emit("08:30")
        kept = settings.load(folder.settings)
        assert (kept.reminders, kept.morning, kept.stay_in_tray) == (False, "08:30", False)

    def test_a_morning_that_is_no_time_falls_back(self, folder):
        folder.settings.write_text(json.dumps({"morning": "soon"}))
        assert settings.load(folder.settings).morning == "09:00"

    def test_starting_at_login_is_written_only_when_wanted_and_taken_away(self, card, tmp_path):
        assert not login_start.is_on()
        assert not (tmp_path / "config").exists()
        card.at_login.click()
        assert login_start.is_on()
        assert card.at_login.isChecked()
        card.at_login.click()
        assert not login_start.is_on()


class TestLoginStart:
    COMMAND = ("/opt/my crm/crm", "--data", '/srv/100% "mine" $x')

    def test_linux_reads_back_what_is_started(self, tmp_path):
        file = login_start.write_desktop_entry(tmp_path / "autostart", self.COMMAND)
        assert file.name == "crm_desktop.desktop"
        entry = dict(line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if "=" in line)
        unescaped = entry["Exec"].replace("\\\\", "\\").replace("%%", "%").replace("\\$", "$")
        assert shlex.split(unescaped) == list(self.COMMAND)
        assert entry["Type"] == "Application"

    def test_a_mac_reads_back_what_is_started(self, tmp_path):
        file = login_start.write_agent(tmp_path, self.COMMAND)
        agent = plistlib.loads(file.read_bytes())
        assert agent["ProgramArguments"] == list(self.COMMAND)
        assert agent["RunAtLoad"] is True

    def test_windows_is_given_one_command_line(self):
        assert login_start.run_value(("C:\\My CRM\\crm.exe", "--data", "D:\\x")) == '"C:\\My CRM\\crm.exe" --data D:\\x'

    def test_the_usual_folder_is_not_named_and_another_one_is(self, folder, tmp_path):
        assert "--data" not in login_start.command_for(folder)
        assert login_start.command_for(DataFolder(tmp_path / "other"))[-2:] == ["--data", str(tmp_path / "other")]
