"""A change made anywhere is seen at once in head, cards, tree and timeline, and only what it concerns is read again."""

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import event

from crm_desktop.model import Account, Contact
from crm_desktop.services import activities, contacts, records
from crm_desktop.services.activities import Entry
from crm_desktop.store.undo import redo, undo

pytest_plugins = ["tests.ui.program_window"]


@pytest.fixture
def page(program):
    """The page of accounts on a company with two people; `filled` notes which parts were filled, in order."""
    made = program("en")
    workspace = made.workspace
    acme = records.create(workspace, Account, {"name": "Acme", "phone": "010-62345678"})
    bolt = records.create(workspace, Account, {"name": "Bolt"})
    people = [contacts.create(workspace, {"full_name": name}, acme)[0] for name in ("Anna Schneider", "张三")]
    page = made.window.pages["accounts"]
    page.keys = {"acme": acme, "bolt": bolt, "anna": people[0], "zhang": people[1]}
    page.workspace, page.main_window = workspace, made.window
    page.show_record("account", acme)
    page.filled, page.begun, page.drawn = [], [], []
    page.detail.filled.connect(lambda parts: page.filled.append(set(parts)))
    page.timeline.model.was_reset.connect(lambda: page.begun.append(True))
    page.tree.model.dataChanged.connect(lambda first, last: page.drawn.append((first.row(), last.row())))
    return page


def after(page, verb, *arguments):
    """Which parts of the pane were filled by what a verb did: at once, and what could wait."""
    page.filled.clear()
    page.drawn.clear()
    verb(page.workspace, *arguments)
    page.detail.catch_up()
    return page.filled


def row_of(page, kind, name):
    row = page.tree.model.row_of(kind, page.keys[name])
    return row, page.tree.model.node(row).name


def test_what_is_done_to_an_account_fills_what_it_concerns_and_nothing_else(page):
    keys, pane = page.keys, page.detail._panes["account"]
    assert after(page, records.change, Account, keys["acme"], "name", "Acme Works") == [{"record", "places"}]
    assert page.detail.header.name.line.text() == "Acme Works"
    assert page.timeline.composer.subject.text() == "For Acme Works"
    row, name = row_of(page, "account", "acme")
    assert name == "Acme Works"
    assert page.drawn[-1] == (row, row)

    assert after(page, activities.log, Entry("call", "Hello", keys["acme"], [keys["anna"]])) == [
        {"touch"},
        {"depth", "stage"},
    ]
    assert page.detail.header.figures.recent.text() == "1 / 1"
    assert page.timeline.head.number.text() == "1"

    assert after(page, records.change, Contact, keys["anna"], "full_name", "Anna Weber") == [{"places"}]
    assert pane.people._lines[0].accessibleName().startswith("Anna Weber")
    assert page.timeline.model.rows[0].people[0].name == "Anna Weber"

    made = after(page, lambda workspace: records.create(workspace, Account, {"name": "Twig"}, parent_id=keys["acme"]))
    assert made == [{"branches", "branch_count"}]
    assert pane.branches.title.text() == "Branches 1"

    assert after(page, records.change, Account, keys["acme"], "tags", "fair") == [{"record"}]
    assert "fair" in [each.text() for each in page.detail.header.chips._chips if not each.isHidden()]

    assert after(page, records.change, Contact, keys["anna"], "mobile", "13800138000") == []
    assert after(page, records.change, Account, keys["bolt"], "name", "Bolt Works") == []
    assert page.begun == []


def test_what_is_done_to_a_contact_fills_what_it_concerns_and_nothing_else(page):
    keys = page.keys
    page.show_record("contact", keys["anna"])
    place = contacts.places(page.workspace, contact=keys["anna"])[0]
    pane = page.detail._panes["contact"]
    assert after(page, records.change, Contact, keys["anna"], "hobby", "Chess") == [{"record"}]
    assert pane.fields.binders["hobby"].editor.text() == "Chess"
    assert after(page, records.change, Contact, keys["anna"], "mobile", "13800138000") == [{"reaches"}]
    assert after(page, contacts.change_link, place.id, "title", "Buyer") == [{"places", "main"}]
    assert page.detail.header.line.text().startswith("Buyer")
    assert after(page, records.change, Account, keys["acme"], "level", "A") == [{"level"}, {"beat"}]
    assert after(page, records.change, Account, keys["acme"], "phone", "021-62345678") == [{"phone_prefix"}]
    assert pane.groups["landline"]._rows[0].line.placeholderText() == "021-"
    assert after(page, records.change, Contact, keys["zhang"], "hobby", "Go") == []
    assert after(page, undo) == []


def test_a_change_of_another_field_leaves_alone_what_somebody_is_typing(page):
    website = page.detail._panes["account"].fields.binders["website"]
    website.editor.setFocus()
    QTest.keyClicks(website.editor, "not a page")
    said = website.row.finding.text()
    assert said
    records.change(page.workspace, Account, page.keys["acme"], "description", "Busy")
    assert (website.editor.text(), website.row.finding.text()) == ("not a page", said)


def test_news_of_one_field_is_read_with_a_handful_of_statements(page):
    page.show_record("contact", page.keys["anna"])
    heard, asked = [], []
    page.workspace.listen(heard.append)
    records.change(page.workspace, Contact, page.keys["anna"], "hobby", "Chess")

    def listen(connection):
        connection.connection.driver_connection.set_trace_callback(asked.append)

    event.listen(page.workspace.engine, "begin", listen)
    page.workspace.announce(heard[-1])
    event.remove(page.workspace.engine, "begin", listen)
    assert 0 < len([each for each in asked if each.startswith("SELECT")]) <= 5


def test_the_number_of_entries_is_right_whatever_is_done(page):
    keys, workspace, timeline = page.keys, page.workspace, page.timeline
    outside, _account = contacts.create(workspace, {"full_name": "Jo"}, keys["bolt"])
    logged = []

    def log(**who):
        logged.append(activities.log(workspace, Entry("call", "Hello", **who)))

    for step in (
        lambda: log(account=keys["acme"], next_step="demo"),
        lambda: log(contacts=[keys["anna"]]),
        lambda: log(account=keys["bolt"], contacts=[outside]),
        lambda: log(contacts=[outside]),
        lambda: undo(workspace),
        lambda: redo(workspace),
        lambda: activities.edit(workspace, logged[0], "Hello again"),
        lambda: activities.remove(workspace, logged[1]),
        lambda: contacts.link(workspace, outside, keys["acme"]),
        lambda: undo(workspace),
        lambda: undo(workspace),
        lambda: records.change(workspace, Contact, keys["anna"], "hobby", "Chess"),
        lambda: log(account=keys["acme"]),
    ):
        step()
        assert timeline.count() == activities.count(workspace, account=keys["acme"]) == len(timeline.model.rows)
    assert timeline.count() > 1


def test_a_timeline_that_nobody_sees_follows_when_somebody_looks(page):
    page.main_window.show_page("history")
    activities.log(page.workspace, Entry("call", "Hello", page.keys["acme"]))
    page.main_window.show_page("accounts")
    assert [each.summary for each in page.timeline.model.rows] == ["Hello"]
    assert page.timeline.head.number.text() == "1"
