"""What the day asks for, on the command line."""

from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.model import Contact, Task


@pytest.fixture
def filled(make, workspace):
    yesterday = datetime.now(UTC) - timedelta(days=1)
    key = make(Contact, full_name="张三", created_at=yesterday)
    for number in range(3):
        make(Task, title=f"call {number}", due_at=yesterday, contact_id=None)
    workspace.close()
    return key


def test_the_day_is_printed(filled, crm):
    code, out, _err = crm("today", "--limit", 2)
    assert code == 0
    assert out.splitlines() == [
        "Late 3",
        "  call 0 · 1 day late",
        "  call 1 · 1 day late",
        "New, not followed up 1",
        "  张三 · 1 day",
    ]


def test_the_day_as_json(filled, ask):
    sections = {each["code"]: each for each in ask("today")["sections"]}
    assert sections["late"]["count"] == len(sections["late"]["items"]) == 3
    assert sections["captured"]["items"][0]["contact_id"] == filled
    assert sections["verify"]["items"] == []


def test_nothing_to_do_is_said(workspace, crm):
    workspace.close()
    assert crm("today")[1] == "All done. Nothing is due.\n"
