"""The command line lists what is due."""

from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.model import Account, Task


@pytest.fixture
def due(make, workspace):
    """A late task of an account, and one that is not due yet."""
    firm = make(Account, name="ABC 贸易")
    now = datetime.now(UTC)
    key = make(Task, title="Call back", due_at=now - timedelta(days=3), has_time=True, account_id=firm)
    make(Task, title="Later", due_at=now + timedelta(days=3), has_time=True)
    workspace.close()
    return key


def test_what_is_due_is_listed_in_both_forms(due, crm, ask):
    code, out, err = crm("remind")
    assert (code, err) == (0, "")
    assert out.startswith(f"{due}  ")
    assert "late  Call back  ABC 贸易" in out
    assert "Later" not in out
    [found] = ask("remind")["due"]
    assert (found["task"], found["title"], found["is_late"], found["who"]) == (due, "Call back", True, "ABC 贸易")
    assert ask("remind")["due"] == [found], "asking tells nobody"


def test_nothing_due_is_said(workspace, crm):
    workspace.close()
    assert crm("remind")[:2] == (0, "Nothing is due.\n")
