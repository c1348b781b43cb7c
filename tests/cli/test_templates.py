"""Templates of tasks on the command line."""

import pytest

from crm_desktop.model import Account, Contact
from crm_desktop.services import records


@pytest.fixture
def keys(workspace):
    made = (
        records.create(workspace, Contact, {"full_name": "张三"}),
        records.create(workspace, Contact, {"full_name": "李四"}),
        records.create(workspace, Account, {"name": "ABC有限公司"}),
    )
    workspace.close()
    return made


def test_templates_are_listed(keys, crm, ask):
    code, out, _err = crm("templates")
    assert code == 0
    assert out.splitlines()[:2] == ["After a trade show", "  +1         Send a thank-you mail"]
    assert ask("templates")["templates"][0]["name"] == "After a trade show"


def test_tasks_are_made_for_several_contacts_as_one_step(keys, crm, ask):
    contacts = ["--contact", keys[0], "--contact", keys[1]]
    code, out, _err = crm("templates", "apply", "After a trade show", *contacts, "--on", "2026-11-20", "--workdays")
    assert code == 0
    assert out.splitlines() == [
        "2026-11-23         Send a thank-you mail",
        "2026-11-23         Call about what was discussed",
        "2026-12-04         Visit with a proposal",
        "After a trade show: 6 tasks made",
    ]
    assert crm("undo")[0] == 0
    assert ask("today")["sections"]


def test_what_would_be_made_is_only_printed(keys, ask, crm):
    told = ask("templates", "apply", "after delivery", "--account", keys[2], "--on", "2026-11-20", "--dry")
    assert (told["made"], [each["day"] for each in told["tasks"]]) == (0, ["2026-11-23", "2026-12-20", "2027-01-19"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["apply"], 2),
        (["apply", "After delivery"], 2),
        (["apply", "After delivery", "--contact", 1, "--account", 2], 2),
        (["apply", "no such template", "--contact", 1], 1),
        (["apply", "After delivery", "--contact", 1], 1),
        (["apply", "After delivery", "--contact", 1, "--on", "whenever"], 1),
    ],
)
def test_what_cannot_be_is_told(keys, crm, arguments, code):
    found, out, err = crm("templates", *arguments)
    assert (found, out) == (code, "")
    assert err
