"""Templates in the window: made and changed in the settings, applied from a record and from a list."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from crm_desktop.model import Account, Task
from crm_desktop.services import contacts, records, templates
from crm_desktop.services.printing.words import today
from crm_desktop.services.templates import Item
from crm_desktop.store.undo import undo
from crm_desktop.ui.lint import lint
from crm_desktop.ui.panels.apply_template import ApplyTemplate

pytest_plugins = ["tests.ui.program_window"]


@pytest.fixture
def zhang(folder):
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(folder)
    account = records.create(workspace, Account, {"name": "ABC有限公司"})
    key = contacts.create(workspace, {"full_name": "张三", "types": "existing"}, account)[0]
    contacts.create(workspace, {"full_name": "李四"}, account)
    workspace.close()
    return key


@pytest.fixture
def started(program, zhang):
    made = program("en")
    made.window.resize(1440, 900)
    return made


@pytest.fixture
def card(started):
    started.desk.ask("settings", "templates")
    return started.window.page("settings").templates


def names(started):
    return [each.name for each in templates.everything(started.workspace)]


def key(widget, code, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, code, modifier)


def enter(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    key(line, Qt.Key.Key_Return)


def made(started):
    with started.workspace.read() as session:
        return session.scalars(select(Task).where(Task.deleted_at.is_(None)).order_by(Task.due_at, Task.id)).all()


def test_a_template_is_made_by_keyboard(started, card):
    card.new.click()
    enter(card.form.name, "Samples sent")
    enter(card.form.items.next, "Ask whether they arrived")
    enter(card.form.items.next, "Ask for an opinion")
    enter(card.form.items.lines[1].day, "7")
    enter(card.form.items.lines[1].time, "9:30")
    card.form.add.click()
    found = templates.named(started.workspace, "Samples sent")
    assert [(each.title, each.offset_days, each.at_time) for each in found.items] == [
        ("Ask whether they arrived", 1, ""),
        ("Ask for an opinion", 7, "09:30"),
    ]
    assert card.list.chosen() == found.key
    started.desk.undo()
    assert "Samples sent" not in names(started)


def test_a_built_in_template_is_changed_and_stays_chosen(started, card):
    card.list.setCurrentRow(1)
    before = card.form.template
    enter(card.form.items.lines[0].title, "Call at once")
    found = templates.named(started.workspace, before.name)
    assert (found.items[0].title, found.is_built_in) == ("Call at once", False)
    assert (card.list.chosen(), card.form.template) == (found.key, found)
    started.desk.undo()
    assert templates.named(started.workspace, before.name) == before


def test_what_cannot_be_is_told_beside_it_and_changes_nothing(started, card):
    card.list.setCurrentRow(0)
    before = card.form.template
    enter(card.form.name, "After delivery")
    assert "already" in card.form._rows["name"].finding.text()
    enter(card.form.items.lines[0].time, "25:00")
    assert card.form.problem.text()
    assert templates.everything(started.workspace)[0] == before
    enter(card.form.items.lines[0].day, "soon")
    assert card.form.problem.text() == "“soon” is not a number of days such as +3."
    assert templates.everything(started.workspace)[0] == before


def test_templates_are_ordered_and_deleted_by_keys_and_brought_back(started, card):
    before = names(started)
    card.list.setFocus()
    card.list.setCurrentRow(0)
    key(card.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(started) == [before[1], before[0], before[2]]
    key(card.list, Qt.Key.Key_Delete)
    assert len(names(started)) == 2
    for _each in range(2):
        key(card.list, Qt.Key.Key_Delete)
    assert names(started) == []
    assert card.empty.isVisible()
    undo(started.workspace)
    assert card.list.count() == 1


def panel_of(started):
    started.desk.ask("template")
    QApplication.processEvents()
    return started.window.findChild(ApplyTemplate)


def test_a_template_is_applied_to_the_contact_on_screen(started, zhang):
    started.desk.open("contact", zhang)
    panel = panel_of(started)
    assert panel.isVisible()
    assert panel.template().name == "After delivery"  # for existing customers
    enter(panel.begins, "2027-03-01")
    enter(panel.rows[1].day, "2027-04-05")
    panel.rows[2].box.setChecked(False)
    key(panel.rows[0].day, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert panel.told.text() == "2 tasks"
    key(panel.choice, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not panel.isVisible()
    assert [(each.contact_id, f"{each.due_at:%Y-%m-%d}") for each in made(started)] == [
        (zhang, "2027-03-05"),
        (zhang, "2027-04-05"),
    ]
    started.desk.undo()
    assert made(started) == []


def test_a_day_that_is_not_understood_stays_to_be_mended(started, zhang):
    started.desk.open("contact", zhang)
    panel = panel_of(started)
    enter(panel.rows[0].day, "whenever")
    assert panel.problem.text() == "“whenever” is not a day such as 2026-11-24 or “next Monday”."
    panel.make()
    assert (panel.isVisible(), made(started)) == (True, [])
    enter(panel.rows[0].day, "2027-03-05")
    assert not panel.problem.text()
    panel.make()
    assert len(made(started)) == 3


def test_days_on_a_weekend_move_to_monday_as_long_as_that_is_asked(started, zhang):
    templates.make(started.workspace, "Saturday", "existing", [Item("Call", "call", 0)])
    started.desk.open("contact", zhang)
    panel = panel_of(started)
    saturday = today() + timedelta(days=(5 - today().weekday()) % 7)
    enter(panel.begins, saturday.isoformat())
    assert panel.tasks()[0].day == saturday + timedelta(days=2)
    panel.workdays.click()
    assert panel.tasks()[0].day == saturday
    panel.dismiss()
    assert not panel_of(started).workdays.isChecked()


def test_a_template_is_applied_to_all_that_are_chosen_in_a_list(started, qtbot):
    started.window.show_page("contacts")
    page = started.window.page("contacts")
    qtbot.waitUntil(lambda: page.table().records.is_whole)
    page.table().selectAll()
    panel = panel_of(started)
    assert (panel.subject.text(), panel.told.text()) == ("2 contacts", "6 tasks")
    panel.make_button.click()
    assert len(made(started)) == 6
    started.desk.undo()
    assert made(started) == []


def test_without_a_record_one_is_told_to_choose_one(started):
    said = []
    started.desk.said.connect(lambda text, *_rest: said.append(text))
    started.window.show_page("settings")
    panel = panel_of(started)
    assert panel is None or not panel.isVisible()
    assert said == ["Choose an account or a contact first."]


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_card_and_panel_have_no_fault(program, zhang, spoken, qtbot):
    started = program(spoken)
    started.window.resize(1024, 680)
    started.desk.ask("settings", "templates")
    card = started.window.page("settings").templates
    qtbot.waitUntil(lambda: lint(started.window) == [])
    card.begin()
    qtbot.waitUntil(lambda: lint(started.window) == [])
    started.desk.open("contact", zhang)
    panel = panel_of(started)
    qtbot.waitUntil(lambda: lint(panel) == [])
    assert not panel.area.verticalScrollBar().isVisible()
