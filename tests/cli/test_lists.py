"""Lists, saved lists, changes of many records and tags from the command line."""

import csv
import io

import pytest

from crm_desktop.model import Account, Contact
from crm_desktop.services import contacts, records
from crm_desktop.store.opening import open_workspace

ACCOUNT_HEADS = (
    "Account name,Account type,Industry,Company size,Annual revenue,Region,Address,Phone,E-mail,Website,Level,Status,"
    "Owner,Created"
)


@pytest.fixture
def people(folder):
    """Two accounts, and three people of whom one works at the first."""
    workspace = open_workspace(folder)
    first = records.create(workspace, Account, {"name": "ABC有限公司", "industry": "it", "level": "vip"})
    records.create(workspace, Account, {"name": "Closed GmbH", "status": "closed", "industry": "it"})
    keys = [
        records.create(workspace, Contact, {"full_name": name, "gender": gender, "tags": tags, "birthday": birthday})
        for name, gender, tags, birthday in (
            ("张三", "male", "A, B", "1970-01-01"),
            ("李芳", "female", "A", "1995-05-05"),
            ("Anna Schneider", "female", "", ""),
        )
    ]
    contacts.link(workspace, keys[0], first)
    workspace.close()
    return keys


def names(found):
    return [each["full_name"] for each in found["records"]]


def test_a_list_is_narrowed_by_conditions_words_and_json(ask, people):
    assert ask("list", "contacts", "--where", "tag", "any_of", "A", "--where", "tag", "none_of", "B", "--count") == {
        "count": 1
    }
    assert names(ask("list", "contacts", "--where", "account.industry", "any_of", "信息技术")) == ["张三"]
    assert names(ask("list", "contacts", "--filter", '{"path": "age", "operator": "at_least", "values": [20]}')) == [
        "李芳",
        "张三",
    ]
    assert names(ask("list", "contacts", "--filter", "schneider")) == ["Anna Schneider"]
    assert names(ask("list", "contacts", "--sort", "tags", "--limit", "1"))
    assert ask("list", "accounts", "--count") == {"count": 1}
    assert ask("list", "accounts", "--closed", "--count") == {"count": 2}
    assert ask("list", "accounts", "--where", "status", "any_of", "closed", "--count") == {"count": 1}


@pytest.mark.parametrize(
    ("lang", "kind", "heads"),
    [
        ("zh_CN", "contacts", "姓名,客户,职位,手机,座机,邮箱,领英,办公地址,生日,爱好,备注"),
        (
            "en",
            "accounts",
            ACCOUNT_HEADS,
        ),
    ],
)
def test_the_usual_columns_are_printed_as_csv(crm, people, lang, kind, heads):
    code, out, _err = crm("list", kind, "--csv", lang=lang)
    rows = list(csv.reader(io.StringIO(out)))
    assert (code, rows[0]) == (0, heads.split(","))
    assert len(rows) == (4 if kind == "contacts" else 2)


def test_columns_are_chosen_and_a_list_is_printed_for_people(crm, people):
    code, out, _err = crm("list", "contacts", "--columns", "full_name,gender", "--sort", "full_name", "--descending")
    lines = out.splitlines()
    assert code == 0
    assert [line.split("  ")[1:] for line in lines[:3]] == [
        ["张三", "Male"],
        ["李芳", "Female"],
        ["Anna Schneider", "Female"],
    ]
    assert lines[3] == "3 records"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--where", "shoe_size", "is", "43"), "There is no field “shoe_size” to filter by."),
        (("--where", "gender", "bigger", "3"), "“Gender” cannot be asked with “bigger”."),
        (("--where", "gender", "any_of"), "“Gender”, is any of: give a value."),
        (("--where", "activity.last", "older", "soon"), "“Last activity”, not for … days: “soon” cannot be used here."),
        (("--filter", '{"path"'), "The filter is no JSON"),
        (("--filter", '{"most": []}'), "This part of the filter cannot be read"),
        (("--sort", "shoe_size"), "A list cannot be sorted by “shoe_size”."),
        (("--columns", "shoe_size"), "There is no column “shoe_size”."),
        (("--saved", "Nothing"), "There is no saved list “Nothing”."),
    ],
)
def test_what_cannot_be_asked_is_told(crm, people, argv, told):
    code, out, err = crm("list", "contacts", *argv)
    assert (code, out) == (1, "")
    assert told in err


def test_a_list_is_saved_shown_exported_and_removed(ask, crm, people, tmp_path):
    women = ("--where", "gender", "any_of", "女", "--columns", "full_name,tags", "--sort", "full_name", "--descending")
    [saved] = ask("lists", "contacts", "save", "Women", *women, "--shared")["lists"]
    assert (saved["count"], saved["said"], saved["columns"]) == (2, "Gender is Female", ["full_name", "tags"])
    assert ask("list", "contacts", "--saved", "women")["records"][0] == {
        "id": people[1],
        "full_name": "李芳",
        "tags": "A",
    }
    [changed] = ask("lists", "contacts", "save", "Women", "--saved", "Women", "--where", "tag", "not_empty")["lists"]
    assert (changed["count"], changed["said"]) == (1, "Gender is Female and Tags is not empty")
    code, _out, _err = crm("export", "contacts", tmp_path / "women.csv", "--saved", "Women")
    assert code == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "women.csv").read_text(encoding="utf-8-sig"))))
    assert [each[:2] for each in rows] == [["Name", "Tags"], ["李芳", "A"]]
    assert ask("lists", "contacts", "rename", "Women", "Ladies")["lists"][0]["name"] == "Ladies"
    assert crm("lists", "contacts", "show", "Women")[0] == 1
    assert crm("lists", "contacts", "show")[0] == 2
    assert crm("lists", "contacts")[1].startswith("Ladies  1 record")
    assert ask("lists", "contacts", "remove", "Ladies") == {"lists": []}


def test_all_of_a_list_are_changed_and_it_is_one_step(ask, crm, people):
    told = ask("change", "contacts", "--where", "gender", "any_of", "female", "--set", "hobby", "golf")
    assert (told["changed"], told["title"]) == (2, "Hobbies of 2 contacts → golf")
    assert ask("list", "contacts", "--where", "hobby", "is", "Golf", "--count") == {"count": 2}
    crm("undo")
    assert ask("list", "contacts", "--where", "hobby", "not_empty", "--count") == {"count": 0}
    code, _out, err = crm("change", "contacts", "--set", "title", "CTO")
    assert code == 1
    assert err.count("Link an account first") == 2
    assert ask("change", "contacts", "--tag", "C")["changed"] == 3
    assert ask("change", "contacts", "--untag", "A,C")["changed"] == 3
    assert crm("change", "contacts", "--owner", "Nobody here")[0] == 1
    assert ask("change", "contacts", "--filter", "schneider", "--delete")["changed"] == 1
    assert crm("change", "contacts", "--untag", "C")[1].startswith("Nothing was changed")


def test_tags_are_merged_renamed_and_removed(ask, crm, people):
    assert [each["name"] for each in ask("tags")["tags"]] == ["A", "B"]
    assert ask("tags", "merge", "B", "A")["tags"][0]["contacts"] == 2
    assert ask("tags", "rename", "A", "重点")["tags"][0]["name"] == "重点"
    assert ask("tags", "colour", "重点", "red")["tags"][0]["colour"] == "red"
    assert ask("tags", "remove", "重点") == {"tags": []}
    assert crm("tags", "merge", "重点")[0] == 2
    assert crm("tags", "remove", "重点")[0] == 1
