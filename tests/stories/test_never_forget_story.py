"""Nobody is forgotten (features.md 1.5): a call, a picture, a rhythm and a limit, followed through the real window."""

import shutil
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from crm_desktop.cli import run
from crm_desktop.cli.common import DONE
from crm_desktop.model import Account, Tag, Tagging, Task
from crm_desktop.model.filters import ALL, NOTHING, Group, Test
from crm_desktop.services import activities, attachments, cadence, contacts, records, users
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import TAG, Scope
from crm_desktop.services.today_rules import TODAY
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui.models.tree_values import overdue

pytest_plugins = ["tests.ui.program_window"]

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
NOW = datetime.now().astimezone()
DAY = timedelta(days=1)


@pytest.fixture
def started(program):
    made = program("en")
    made.window.resize(1440, 900)
    return made


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def account(workspace, name, **more):
    """An account that is there for long."""
    with workspace.write("Make") as session:
        found = Account(name=name, created_at=NOW - 900 * DAY, **more)
        session.add(found)
        session.flush()
        return found.id


def open_record(started, entity, key):
    started.desk.open(entity, key)
    QApplication.processEvents()
    return started.window.pages["accounts"]


class Seen:
    """What the window shows of one account: in the head, the tree and the list."""

    def __init__(self, started, key, qtbot):
        self.window, self.key, self.qtbot = started.window, key, qtbot
        self.page = open_record(started, "account", key)
        self.lists = started.window.page("contacts")
        self.lists.show_filtered("account", NOTHING)
        self.records = self.lists.table().records
        self.lists.table().show_columns(["name", "last_activity_at", "rhythm", "lifecycle"])

    def head(self):
        figures = self.page.detail.header.figures
        return figures.rhythm.text(), figures.stage.text(), figures.recent.text()

    def mark(self):
        model = self.page.tree.model
        [found] = [overdue(node) for row in range(len(model.rows)) if (node := model.node(row)).id == self.key]
        return found

    def column(self, place):
        """A column of the list, by account."""
        self.window.turn_to("contacts")
        self.qtbot.waitUntil(lambda: self.records.is_whole and not self.records.is_reading())
        field = self.records.fields[place]
        return {key: self.records.cell(row, field).text for row, key in enumerate(self.records.keys)}

    def cells(self):
        found = [self.column(place)[self.key] for place in (1, 2, 3)]
        self.window.turn_to("accounts")
        return found


def test_act_02_deleting_the_last_call_falls_back_to_the_one_before(started, qtbot):
    workspace = started.workspace
    acme = account(workspace, "Acme", level="vip")
    for days, said in ((100, "first"), (1, "second")):
        activities.log(workspace, Entry("call", said, acme, at=NOW - days * DAY))
    seen = Seen(started, acme, qtbot)
    qtbot.waitUntil(lambda: not seen.mark())
    after = (seen.head(), seen.cells())
    assert after[0] == ("14 d", "Active", "1 / 1")
    seen.page.timeline.view.setFocus()
    press(KEY.Key_End)
    press(KEY.Key_Delete)
    assert [each.summary for each in activities.timeline(workspace, account=acme)] == ["first"]
    qtbot.waitUntil(lambda: seen.mark() == 100)
    qtbot.waitUntil(lambda: seen.head() == ("14 d · 86 d late", "Dormant", "0 / 0"))
    [last, *others] = seen.cells()
    assert others == ["14 d · 86 d late", "Dormant"]
    assert last != after[1][0]
    press(KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not seen.mark())
    qtbot.waitUntil(lambda: seen.head() == after[0])
    assert seen.cells() == after[1]


def test_act_06_a_pasted_screenshot_is_there_after_backup_and_restore(program, folder, qtbot):
    started = program("en")
    anna, _account = contacts.create(started.workspace, {"full_name": "Anna Schneider"}, account_name="Acme")
    composer = open_record(started, "contact", anna).timeline.composer
    composer.text.setFocus()
    drawing = QImage(300, 200, QImage.Format.Format_RGB32)
    drawing.fill(QColor("#C03020"))
    QGuiApplication.clipboard().setImage(drawing)
    press(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: len(composer.files.value()) == 1)
    QTest.keyClicks(composer.text, "Sent this drawing")
    press(KEY.Key_Return, CTRL)
    started.finish()
    where = ["--data", str(folder.path)]
    target = folder.path.parent / "kept" / "backup.db"
    target.parent.mkdir()
    assert run(["backup", str(target), *where]) == DONE
    shutil.rmtree(folder.path)
    assert run(["restore", str(target), *where]) == DONE
    again = program("en")
    page = open_record(again, "contact", anna)
    [bubble] = activities.timeline(again.workspace, contact=anna)
    assert bubble.summary == "Sent this drawing"
    kept = QImage.fromData(attachments.content(again.workspace, bubble.files[0]))
    assert (kept.size().toTuple(), kept.pixelColor(10, 10)) == ((300, 200), QColor("#C03020"))
    assert page.timeline.view.isVisible()


def test_act_08_a_contact_of_a_tag_appears_after_its_days_and_a_logged_call_takes_it_away(started, qtbot):
    workspace = started.workspace
    anna, _account = contacts.create(workspace, {"full_name": "Anna Schneider"})
    contacts.create(workspace, {"full_name": "Bo Bolt"})
    with workspace.write("Tag") as session:
        tag = Tag(name="fair", name_key="fair")
        session.add(tag)
        session.flush()
        session.add(Tagging(tag_id=tag.id, contact_id=anna))
        scope = Scope(TAG, str(tag.id))
    activities.log(workspace, Entry("call", "said", contacts=[anna], at=NOW - 15 * DAY))
    started.window.turn_to("contacts")
    page = started.window.page("contacts")
    page.show_filtered("contact", Group(ALL, (Test("rhythm", "late"),)))
    records = page.table().records
    qtbot.waitUntil(lambda: records.is_whole and not records.keys)
    cadence.put(workspace, scope, 14)
    qtbot.waitUntil(lambda: list(records.keys) == [anna])
    page.table().setFocus()
    page.table().selectRow(0)
    press(KEY.Key_L, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Wants ten")
    press(KEY.Key_Return, CTRL)
    assert [each.summary for each in activities.timeline(workspace, contact=anna)] == ["Wants ten", "said"]
    started.window.turn_to("contacts")
    qtbot.waitUntil(lambda: not records.keys)


def test_acc_16_limits_that_are_changed_show_in_list_and_head_at_once(started, qtbot):
    workspace = started.workspace
    keys = [account(workspace, f"Firm {number:02}") for number in range(20)]
    for number, key in enumerate(keys):
        activities.log(workspace, Entry("call", "said", key, at=NOW - number * 10 * DAY))
    seen = Seen(started, keys[7], qtbot)
    assert (seen.head()[1], seen.cells()[-1]) == ("Active", "Active")
    started.window.turn_to("settings")
    started.window.page("settings").show_section("followup")
    line = started.window.page("settings").lifecycle.rows["lifecycle.dormant"].line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "60")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: seen.head()[1] == "Dormant")
    stages = seen.column(3)
    with workspace.read() as session:
        query = text("SELECT count(*) FROM account WHERE julianday('now') - julianday(last_activity_at) > 60.5")
        counted = session.scalar(query)
    assert list(stages.values()).count("Dormant") == counted == 13
    activities.log(workspace, Entry("call", "said", keys[7]))
    assert seen.cells()[-1] == "Active"
    qtbot.waitUntil(lambda: seen.head()[1] == "Active")


def test_dq_07_today_shows_the_task_under_the_name_of_its_owner(started, qtbot):
    workspace = started.workspace
    bob = users.add(workspace, "Bob")
    acme = records.create(workspace, Account, {"name": "Acme"}, owner_id=bob)
    with workspace.write("Make") as session:
        session.add(Task(title="Who follows?", account_id=acme, owner_id=bob, due_at=whole_day(NOW.date())))
    started.window.turn_to("today")
    rows = started.window.page("today").cards[TODAY].list
    qtbot.waitUntil(lambda: len(rows.rows.items) == 1)
    index = rows.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Who follows? · Acme · Bob · today"
