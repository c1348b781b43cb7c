"""Files out on the command line: which records, which columns, which format, and what is said of mistakes."""

import csv
import json

import pytest

from crm_desktop.cli import run
from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.services import records


@pytest.fixture
def keys(workspace, make):
    """Three people, two of them at a company."""
    abc = records.create(workspace, Account, {"name": "ABC有限公司", "status": "关闭"})
    found = {
        name: records.create(workspace, Contact, {"full_name": name, "mobile": mobile})
        for name, mobile in (("张三", "13800138000; 13900139000"), ("张四", "13800138001"), ("Anna Schneider", ""))
    }
    for name in ("张三", "张四"):
        make(Affiliation, contact_id=found[name], account_id=abc, title="经理")
    return {"abc": abc} | found


@pytest.fixture
def crm(keys, workspace, folder, capsys):
    workspace.close()

    def crm(*argv, lang="en"):
        code = run(["export", *map(str, argv), "--data", str(folder.path), "--lang", lang])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return crm


def lines(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_columns_and_order(crm, tmp_path):
    file = tmp_path / "out.csv"
    code, out, err = crm("contacts", file, "--columns", "mobile, contact.full_name", "--sort", "full_name", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told == {"file": str(file), "format": "csv", "records": 3, "of": 3, "rows": 3, "notes": []}
    head, *rows = lines(file)
    assert head[:4] == ["Mobile", "Mobile 2", "Name", "Record id"]
    assert [row[2] for row in rows] == ["Anna Schneider", "张三", "张四"]
    assert rows[1][:2] == ["+86 138 0013 8000", "+86 139 0013 9000"]
    crm("contacts", file, "--columns", "full_name", "--sort", "contact.full_name", "--descending")
    assert [row[0] for row in lines(file)[1:]] == ["张四", "张三", "Anna Schneider"]


def test_only_named_records(crm, keys, tmp_path):
    ids = tmp_path / "ids.txt"
    ids.write_text(f"{keys['张三']}\n\ncontact:{keys['张四']}/account:{keys['abc']}\n12345\n", encoding="utf-8")
    code, out, _err = crm("contacts", tmp_path / "out.csv", "--ids", ids, "--json")
    told = json.loads(out)
    assert (code, told["records"], told["rows"]) == (0, 2, 2)
    assert told["notes"] == ["1 of the records that were named is not there."]


@pytest.mark.parametrize("place", ["first", "option", "file"])
def test_what_can_be_said_in_three_ways(crm, tmp_path, place):
    options = tmp_path / "options.json"
    kept = {"columns": ["account.name"], "format": "csv-gb18030"} | ({"what": "accounts"} if place == "file" else {})
    options.write_text(json.dumps(kept), encoding="utf-8")
    said = {"first": ["accounts"], "option": ["--what", "accounts"], "file": []}[place]
    code, _out, _err = crm(*said, "--options", options, tmp_path / "out.csv")
    assert code == 0
    assert lines(tmp_path / "out.csv", "gb18030")[1][0] == "ABC有限公司"


def test_open_accounts_only_as_the_list_has_them(crm, tmp_path):
    options = tmp_path / "options.json"
    options.write_text(json.dumps({"what": "accounts", "closed": False}), encoding="utf-8")
    told = json.loads(crm(tmp_path / "out.xlsx", "--options", options, "--json")[1])
    assert (told["records"], told["of"]) == (0, 1)


@pytest.mark.parametrize(
    ("name", "code", "begins"),
    [
        ("a.vcf", "", "BEGIN:VCARD\r\nVERSION:3.0"),
        ("a.vcf", "vcard4", "BEGIN:VCARD\r\nVERSION:4.0"),
        ("a.json", "", '{"crm_desktop"'),
        ("a.tsv", "", "\ufeffName\tAccount"),
        ("a.csv", "csv-gb18030", "Name,Account"),
    ],
)
def test_every_format(crm, tmp_path, name, code, begins):
    chosen = ["--format", code] if code else []
    told = json.loads(crm("contacts", tmp_path / name, *chosen, "--filter", "张", "--json")[1])
    assert (told["records"], told["rows"]) == (2, 2)
    encoding = "gb18030" if "gb" in code else "utf-8"
    assert (tmp_path / name).read_bytes().decode(encoding).startswith(begins)


def test_the_named_records_become_json(crm, keys, tmp_path):
    ids = tmp_path / "ids.txt"
    ids.write_text(str(keys["Anna Schneider"]), encoding="utf-8")
    assert crm("contacts", tmp_path / "a.json", "--ids", ids)[0] == 0
    [found] = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["contacts"]
    assert found["contact.full_name"] == "Anna Schneider"


def test_progress_is_told_as_lines_of_json(crm, tmp_path):
    _code, _out, err = crm("everything", tmp_path / "a.xlsx", "--progress")
    assert json.loads(err.splitlines()[-1]) == {"done": 4, "total": 4, "note": "Activities"}


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "argv",
    [
        ["a.csv"],
        ["shoes", "a.csv"],
        ["contacts", "a.pdf"],
        ["contacts", "a.csv", "--format", "pdf"],
        ["contacts", "a.csv", "--format", "xlsx"],
        ["contacts", "a.csv", "--encoding", "big5"],
        ["contacts", "a.csv", "--columns", "shoe_size"],
        ["contacts", "a.csv", "--sort", "shoe_size"],
        ["contacts", "a.csv", "--ids", "gone.txt"],
        ["contacts", "a.csv", "--ids", "words.txt"],
        ["contacts", "a.csv", "--options", "gone.json"],
        ["contacts", "a.csv", "--options", "list.json"],
        ["contacts", "a.csv", "--options", "wrong.json"],
        ["accounts", "a.vcf"],
        ["everything", "a.csv"],
        ["everything", "a.xlsx", "--columns", "full_name"],
        ["contacts", "no folder/a.csv"],
    ],
)
def test_a_mistake_gives_one_sentence_and_no_file(crm, tmp_path, monkeypatch, argv, lang):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text("7\nseven\n", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "wrong.json").write_text('{"colour": "red"}', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    code, out, err = crm(*argv, lang=lang)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before
