"""Rows that check while one types, save on leaving, and lose nothing."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.model import Account
from crm_desktop.services import records
from crm_desktop.settings import Settings
from crm_desktop.store.undo import undo
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import Offers
from crm_desktop.ui.form import FieldCard, Fields, Hint, save_typing
from crm_desktop.ui.widgets.boxes import column


@pytest.fixture
def form(qtbot, qapp, workspace, folder):
    """A window with some bound fields of one account, brought up to date by every change."""
    theme.apply(qapp, "light", language="en")
    window, owner = QWidget(), QObject()
    window.desk = Desk(workspace, folder, Settings(), owner)
    window.workspace = workspace

    def change(key, name, text):
        return records.change(workspace, Account, key, name, text)

    window.fields = Fields(window.desk, Account, Offers(), change)
    window.card = FieldCard("Company", "account")
    for name in ("name", "website", "employees", "annual_revenue", "short_name"):
        window.card.add_field(window.fields.bind(name), always=name != "short_name")
    window.card.finish()
    window.last = QLineEdit()
    window.setLayout(column(window.card, window.last))
    window.keys = [records.create(workspace, Account, {"name": name}) for name in ("精工自动化", "ACME")]

    def show(which=0, *, is_new=True):
        window.key = window.keys[which]
        window.fields.show(records.load(workspace, Account, window.key))
        window.card.settle(is_new=is_new)

    window.show_record = show
    window.desk.changed.connect(lambda _change: show(window.keys.index(window.key), is_new=False))
    show()
    qtbot.addWidget(window)
    window.resize(500, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.last.setFocus()
    yield window
    window.desk.close()


def saved(form, name, which=0):
    return records.load(form.workspace, Account, form.keys[which]).fields[name].text


def write(form, name, text):
    line = form.fields.binders[name].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def test_leaving_a_field_saves_it_as_one_step_to_undo(form):
    line = write(form, "website", "www.example.com")
    assert saved(form, "website") == ""
    form.last.setFocus()
    assert saved(form, "website") == line.text() == "https://www.example.com"
    assert form.fields.binders["website"].row.mark.isVisible() is False
    undo(form.workspace)
    assert line.text() == ""


def test_what_is_doubtful_is_told_while_typing_and_kept(form):
    row = form.fields.binders["website"].row
    write(form, "website", "no web page")
    assert row.finding.isVisible()
    assert row.editor.property("state") != "err"
    form.last.setFocus()
    assert saved(form, "website") == "no web page"
    assert row.finding.isVisible()


def test_what_cannot_be_saved_stays_with_the_reason_and_escape_restores(form):
    line = write(form, "annual_revenue", "-5")
    form.last.setFocus()
    row = form.fields.binders["annual_revenue"].row
    assert saved(form, "annual_revenue") == ""
    assert (line.text(), line.property("state")) == ("-5", "err")
    assert row.finding.text()
    assert line.accessibleDescription() == row.finding.text()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), line.property("state"), row.finding.isVisible()) == ("", "", False)


def test_what_could_not_be_saved_waits_until_the_record_is_shown_again(form):
    line = write(form, "employees", "many")
    form.last.setFocus()
    form.show_record(1)
    assert (line.text(), line.property("state")) == ("", "")
    form.show_record(0)
    assert (line.text(), line.property("state")) == ("many", "err")
    write(form, "employees", "350")
    form.last.setFocus()
    assert saved(form, "employees") == "350"
    form.show_record(1)
    form.show_record(0)
    assert (line.text(), line.property("state")) == ("350", "")


def test_a_name_is_needed(form):
    line = form.fields.binders["name"].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert line.property("state") == "err"
    form.last.setFocus()
    assert saved(form, "name") == "精工自动化"


def test_what_is_being_typed_is_saved_before_something_else_is_shown(form):
    write(form, "website", "example.com")
    save_typing(form)
    form.show_record(1)
    assert saved(form, "website") == "https://example.com"


def test_a_hint_comes_after_a_pause_and_its_fix_is_one_click(qtbot, form):
    binder = form.fields.binders["website"]
    binder.hint_for = lambda key, text: (
        Hint("Usual here", "Use example.com", fix="example.com") if "exam" in text else None
    )
    write(form, "website", "exam")
    qtbot.waitUntil(binder.row.fix_button.isVisible)
    assert binder.row.finding.text().endswith("Usual here")
    binder.row.fix_button.click()
    assert saved(form, "website") == "https://example.com"


def test_empty_fields_wait_behind_more_fields_and_do_not_vanish_while_worked_on(form):
    row = form.fields.binders["short_name"].row
    assert not row.isVisible()
    form.card.more.click()
    assert row.isVisible()
    assert row.editor.hasFocus()
    write(form, "short_name", "JG")
    form.last.setFocus()
    form.card.more.click()
    assert row.isVisible()
    form.show_record(1)
    assert not row.isVisible()
