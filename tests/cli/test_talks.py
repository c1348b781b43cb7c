"""Logging, listing, correcting and moving what was said, without a window."""

from datetime import datetime, timedelta

import pytest

from crm_desktop.model import Account
from crm_desktop.services import accounts, activities, contacts, users


@pytest.fixture
def acme(make):
    return make(Account, name="Acme")


@pytest.fixture
def anna(workspace, acme):
    return contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)[0]


@pytest.fixture
def zhang(workspace, acme):
    return contacts.create(workspace, {"full_name": "张三"}, acme)[0]


def test_everything_can_be_logged(ask, workspace, acme, anna, zhang):
    users.add(workspace, "李四")
    told = ask(
        *("log", "Planned", "the trial", "--contact", "Anna Schneider", "--kind", "会议", "--direction", "in"),
        *("--at", "yesterday 3pm", "--minutes", "1h30", "--place", "Booth B2", "--outcome", "interested"),
        *("--with", "张三", "--colleague", "李四", "--confirmed", "--next", "next tue 10am demo"),
    )
    [bubble] = activities.timeline(workspace, account=acme)
    assert bubble.id == told["id"]
    assert (bubble.kind, bubble.direction, bubble.summary) == ("meeting", "in", "Planned the trial")
    yesterday = datetime.now().astimezone() - timedelta(days=1)
    assert bubble.at == yesterday.replace(hour=15, minute=0, second=0, microsecond=0)
    assert (bubble.minutes, bubble.place, bubble.outcome, bubble.details_confirmed) == (
        90,
        "Booth B2",
        "interested",
        True,
    )
    assert [each.id for each in bubble.people] == [anna, zhang]
    assert [each.name for each in bubble.colleagues] == ["李四"]
    assert [(each.title, each.has_time) for each in bubble.next_steps] == [("demo", True)]


def test_a_call_that_nobody_took_needs_no_words(crm, workspace, acme):
    code, out, _err = crm("log", "--account", "Acme", "--outcome", "no_answer")
    [bubble] = activities.timeline(workspace, account=acme)
    assert (code, out) == (0, f"Logged as {bubble.id}\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Hello",), "one --account or one --contact"),
        (("--account", "Acme"), "Write what was said"),
        (("x", "--account", "Acme", "--kind", "song"), "“song” is not known. There are: call, visit"),
        (("x", "--account", "Acme", "--at", "some day"), "“some day” was not understood as a date."),
        (("x", "--account", "Acme", "--minutes", "long"), "“long” is not a length of time"),
        (("x", "--account", "Acme", "--colleague", "Nobody"), "There is no such user."),
    ],
)
def test_what_cannot_be_is_said(crm, acme, arguments, sentence):
    code, _out, err = crm("log", *arguments)
    assert code == 1
    assert sentence in err


def test_a_timeline_is_listed_narrowed_and_written(ask, crm, workspace, make, acme, anna, tmp_path):
    branch = make(Account, name="Acme South")
    accounts.set_parent(workspace, branch, acme)
    crm("log", "in the south", "--account", "Acme South", "--kind", "visit")
    crm("log", "on the phone", "--contact", "Anna Schneider")
    assert [each["summary"] for each in ask("activities", "--account", "Acme")["activities"]] == [
        "on the phone",
        "in the south",
    ]
    assert ask("activities", "--account", "Acme", "--no-branches")["total"] == 1
    assert ask("activities", "--account", "Acme", "--kind", "visit")["activities"][0]["account"] == "Acme South"
    assert ask("activities", "--account", "Acme", "--person", "Anna Schneider", "--text", "phone")["total"] == 1
    _code, out, _err = crm("activities", "--account", "Acme", "--limit", "1")
    assert "Call  Acme  Anna Schneider  on the phone\n1 of 2\n" in out
    target = tmp_path / "out.txt"
    assert crm("activities", "--account", "Acme", "--person", "Anna Schneider", "--to", target)[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "Only: Anna Schneider" in text
    assert "on the phone" in text
    assert "in the south" not in text
    assert crm("print", "hand-over", "--account", "Acme", "--to", target)[0] == 0
    assert "Acme South" in target.read_text(encoding="utf-8")


def test_one_entry_is_edited_moved_and_deleted(ask, crm, workspace, make, acme, anna):
    bolt = make(Account, name="Bolt")
    key = ask("log", "Helo", "--contact", "Anna Schneider")["id"]
    assert crm("activity", "edit", key, "--summary", "Hello", "--place", "Booth", "--no-confirmed") == (
        0,
        "Entry changed\n",
        "",
    )
    [bubble] = activities.timeline(workspace, contact=anna)
    assert (bubble.summary, bubble.place, bubble.kind) == ("Hello", "Booth", "call")
    assert ask("activity", "move", key, "--account", "Bolt") == {
        "id": key,
        "to": "Bolt",
        "stayed": [],
        "left": ["Anna Schneider"],
    }
    assert [each.id for each in activities.timeline(workspace, account=bolt)] == [key]
    assert crm("activity", "delete", key)[:2] == (0, "Entry deleted\n")
    assert activities.timeline(workspace, account=bolt) == []
    for _step in range(3):
        crm("undo")
    assert [each.summary for each in activities.timeline(workspace, contact=anna)] == ["Helo"]
