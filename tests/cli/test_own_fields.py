"""The verb “fields”: own fields listed, added, renamed, ordered and deleted from the command line."""

import json

import pytest

from crm_desktop.cli import run
from crm_desktop.model import Account
from crm_desktop.services import records
from crm_desktop.store.opening import open_workspace


@pytest.fixture
def ask(crm):
    """Run `fields` with --json; gives the one object that it prints."""

    def ask(*argv):
        code, out, err = crm("fields", *argv, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return ask


def test_a_field_is_added_and_used_by_the_other_verbs(crm, ask, folder, tmp_path):
    made = ask("add", "account", "特殊要求", "--other-name", "Special request", "--in-table")["field"]
    assert (made["code"], made["zh"], made["en"], made["in_table"]) == (
        "account.特殊要求",
        "特殊要求",
        "Special request",
        True,
    )
    workspace = open_workspace(folder)
    key = records.create(workspace, Account, {"name": "ABC有限公司", "特殊要求": "无尘包装"})
    workspace.close()
    assert "特殊要求: 无尘包装" in crm("show", "account", key, lang="zh_CN")[1]
    assert "ABC有限公司" in crm("find", "无尘")[1]
    sheet = tmp_path / "accounts.csv"
    assert crm("export", "accounts", sheet)[0] == 0
    written = sheet.read_text(encoding="utf-8-sig")
    assert "Special request" in written
    assert "无尘包装" in written


def test_fields_are_listed_renamed_and_ordered(crm, ask):
    for name in ("一", "二"):
        ask("add", "contact", name)
    assert [each["code"] for each in ask("list")["fields"]] == ["contact.一", "contact.二"]
    assert [each["code"] for each in ask("move", "contact.二", 1)["fields"]] == ["contact.二", "contact.一"]
    assert ask("rename", "contact.一", "--en", "First")["field"] | {"options": []} == {
        "code": "contact.一",
        "kind": "text",
        "label": "First",
        "zh": "一",
        "en": "First",
        "in_table": False,
        "target": "",
        "options": [],
        "values": 0,
    }
    assert crm("fields", "list", "contact", lang="zh_CN")[1].splitlines()[1].startswith("contact.一  一")
    assert crm("fields", "list", "task")[1] == "No fields were added yet.\n"


def test_a_field_is_deleted_and_brought_back(crm, ask):
    ask("add", "contact", "渠道", "--kind", "pick", "--options", "甲,乙，丙")
    assert ask("list")["fields"][0]["options"] == ["甲", "乙", "丙"]
    assert ask("remove", "contact.渠道") == {"removed": "contact.渠道", "values": 0}
    assert ask("list")["fields"] == []
    assert crm("undo")[0] == 0
    assert crm("fields", "list")[1] == "contact.渠道  渠道  One of a list  (甲, 乙, 丙)  0 values\n"


def test_what_is_wrong_is_told(crm):
    assert crm("fields", "remove", "contact.nothing")[0::2] == (1, "There is no field “contact.nothing”.\n")
    assert crm("fields", "add", "account", "Industry")[0] == 1
    assert crm("fields", "add", "account", "x", "--kind", "colour")[0] == 2
    assert crm("fields")[0] == 2


def test_the_data_folder_may_be_named_before_or_after(folder, capsys):
    assert run(["fields", "--data", str(folder.path), "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fields": []}
