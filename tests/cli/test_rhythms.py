"""Rhythms and the life cycle on the command line."""

from datetime import datetime, timedelta

import pytest

from crm_desktop.model import Account, Tag, Tagging
from crm_desktop.services import activities
from crm_desktop.services.activities import Entry

NOW = datetime.now().astimezone()


@pytest.fixture
def filled(make, workspace):
    acme = make(Account, name="Acme", level="b", created_at=NOW - timedelta(days=500))
    other = make(Account, name="Other", created_at=NOW - timedelta(days=5))
    make(Tagging, tag_id=make(Tag, name="fair", name_key="fair"), account_id=acme)
    activities.log(workspace, Entry("call", "said", acme, at=NOW - timedelta(days=100)))
    workspace.close()
    return acme, other


def test_rhythms_are_listed_set_and_cleared(filled, crm):
    assert crm("cadence")[1].splitlines() == [
        "Level  VIP  14 days  usual",
        "Level  A  14 days  usual",
        "Level  B  30 days  usual",
        "Level  C  60 days  usual",
        "Level  Normal  no rhythm  usual",
    ]
    assert crm("cadence", "set", "tag", "fair", 7) == (0, "Rhythm of fair: 7 days\n", "")
    assert crm("cadence", "set", "level", "B级", "none") == (0, "No rhythm for B\n", "")
    lines = crm("cadence", "list")[1].splitlines()
    assert (lines[2], lines[-1]) == ("Level  B  no rhythm", "Tag  fair  7 days")
    assert crm("cadence", "clear", "tag", "fair")[:2] == (0, "Remove the rhythm of fair\n")
    crm("undo")
    assert "Tag  fair  7 days" in crm("cadence", "list")[1]


def test_a_saved_list_has_a_rhythm_by_its_name(filled, crm, ask):
    crm("lists", "accounts", "save", "Everybody", "--filter", '[{"path": "name", "operator": "not_empty"}]')
    found = ask("cadence", "set", "list", "Everybody", 3)
    assert found["rhythms"][-1] | {"code": ""} == {
        "kind": "list", "code": "", "name": "Everybody", "entity": "account", "days": 3, "usual": False, "problem": "",
    }  # fmt: skip
    late = '[{"path": "rhythm", "operator": "late"}]'
    assert ask("list", "accounts", "--filter", late, "--count") == {"count": 2}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "tag", "fair", "0"), 1), (("set", "tag", "fair", "soon"), 1), (("set", "tag", "none such", "5"), 1),
        (("set", "colour", "red", "5"), 1), (("clear", "level", "vip"), 1), (("set", "tag", "fair"), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_kept(filled, crm, words, code):
    found, out, err = crm("cadence", *words)
    assert (found, out) == (code, "")
    assert err


def test_the_life_cycle_is_shown_set_and_cleared(filled, crm, ask):
    acme, _other = filled
    assert crm("lifecycle", "show", "Acme")[1] == "Dormant: last touch 100 days ago, dormant after 90 days\n"
    said = crm("lifecycle", "set", "Acme", "活跃", "--reason", "in talks", "--until", "2999-12-31")
    assert said[1].startswith("Active: set by hand · in talks · until ")
    found = ask("lifecycle", "show", acme)
    assert (found["stage"], found["override"]["until"]) == ("active", "2999-12-31")
    assert crm("lifecycle", "clear", "Acme")[1].startswith("Dormant:")
    for wrong in (("set", "Acme", "gone", "--reason", "x"), ("set", "Acme", "new"), ("clear", "Acme")):
        assert crm("lifecycle", *wrong)[0] == 1
    assert crm("lifecycle", "set", "Acme", "new", "--reason", "x", "--until", "whenever")[0] == 1


def test_lists_show_and_ask_for_both(filled, ask):
    dormant = '[{"path": "lifecycle", "operator": "any_of", "values": ["沉睡"]}]'
    found = ask("list", "accounts", "--filter", dormant, "--columns", "name,rhythm,lifecycle")
    assert found["records"][0] | {"id": 0} == {
        "id": 0, "name": "Acme", "rhythm": "30 d · 70 d late", "lifecycle": "Dormant"
    }  # fmt: skip
    assert [each["name"] for each in ask("list", "accounts", "--sort", "lifecycle")["records"]] == ["Other", "Acme"]
