"""Somebody leaves or changes the role, and records are verified, without a window."""

from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.model import Account, Task
from crm_desktop.services import activities, contacts
from crm_desktop.store.opening import open_workspace


@pytest.fixture
def firm(make, workspace, folder):
    """张三 and 李四 at Acme, level A, unverified for long; one open task."""
    old = datetime.now(UTC) - timedelta(days=200)
    acme = make(Account, name="Acme", level="a", created_at=old)
    keys = {"acme": acme}
    for name in ("张三", "李四"):
        keys[name], _account = contacts.create(workspace, {"full_name": name, "title": "经理"}, acme)
    keys["task"] = make(Task, title="offer", contact_id=keys["张三"], account_id=acme, due_at=old)
    keys["bolt"] = make(Account, name="Bolt", level="vip", created_at=old)
    workspace.close()
    return keys


@pytest.fixture
def look(folder):
    def look(read):
        workspace = open_workspace(folder)
        try:
            return read(workspace)
        finally:
            workspace.close()

    return look


def test_somebody_leaves(firm, crm, look):
    code, out, _err = crm(
        "leave",
        firm["张三"],
        "--on",
        "2026-10-31",
        "--successor",
        firm["李四"],
        "--tasks",
        "successor",
        "--new-account",
        "Cog",
    )
    assert (code, out.splitlines()) == (0, ["张三 has left Acme.", f"  {firm['task']}  offer"])
    places = look(lambda data: contacts.places(data, contact=firm["张三"]))
    assert [(each.account, each.status) for each in places] == [("Cog", "current"), ("Acme", "departed")]


def test_what_cannot_be_is_said(firm, crm):
    assert crm("leave", firm["张三"], "--on", "someday")[0] == 1
    assert crm("leave", 17)[0] == 1
    assert crm("leave", firm["张三"], "--tasks", "successor")[0] == 1


def test_another_role(firm, crm, look):
    assert crm("change-role", firm["张三"], "--title", "总监", "--on", "2026-11-01")[0] == 0
    now, before = look(lambda data: contacts.places(data, contact=firm["张三"]))
    assert (now.title, before.title, before.status) == ("总监", "经理", "changed")
    assert crm("change-role", firm["张三"])[0] == 1


def test_what_is_to_be_verified_is_listed_and_confirmed(firm, crm, ask):
    code, out, _err = crm("verify")
    assert code == 0
    assert out.splitlines() == [
        "VIP: 0 of 1 verified within 90 days",
        "A: 2 of 3 verified within 90 days",
        f"account  {firm['bolt']}  Bolt",
    ]
    told = ask("verify", "--confirm", "account", firm["bolt"])
    assert (told["count"], told["records"]) == (0, [])
    assert crm("verify", "--confirm", "bolt", "1")[0] == 1


def test_an_account_that_is_gone_is_closed(firm, crm, ask, look):
    assert ask("verify", "--closed", "Bolt")["count"] == 0
    [said] = look(lambda data: activities.timeline(data, account=firm["bolt"]))
    assert said.summary.startswith("Account closed: ")
    assert crm("verify", "--closed", "Nobody")[0] == 1
