"""Files in and out on the command line: import, inspect, export."""

import io
import json

import pytest

from crm_desktop.cli import run
from crm_desktop.services import sample
from crm_desktop.store import dump

SHEET = """\
公司名称,姓名,职位,手机,邮箱,备注
ABC有限公司,张三,销售经理,+86 987654321,zhangsan@abc.com,展会上交谈
ABC有限公司,李四,技术支持,+86 987654320,lisi@abc.com,
Nordwind GmbH,Anna Schneider,Buyer,,anna@nordwind.example,
"""


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


@pytest.fixture
def empty(workspace):
    text = dump.text(workspace)
    workspace.close()
    return text


@pytest.fixture
def crm(empty, folder, capsys):
    def crm(*argv, lang="en"):
        code = run([*map(str, argv), "--data", str(folder.path), "--lang", lang])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return crm


@pytest.fixture
def now(crm, tmp_path):
    def now():
        crm("dump", tmp_path / "now.json")
        return (tmp_path / "now.json").read_text(encoding="utf-8")

    return now


def test_a_sheet_is_imported_as_one_step_and_taken_back(crm, sheet, now, empty):
    code, out, err = crm("import", sheet, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["counts"]["create"], told["counts"]["accounts"], told["counts"]["contacts"]) == (3, 2, 3)
    found = json.loads(now())
    assert [each["full_name"] for each in found["contact"]] == ["张三", "李四", "Anna Schneider"]
    assert "+86 987654321" in {each["raw"] for each in found["channel"]}, "kept as it was written"
    assert told["warnings"], "and told that it is doubtful"
    assert crm("undo", told["set_id"])[0] == 0
    assert now() == empty


def test_a_dry_run_tells_the_same_and_writes_nothing(crm, sheet, now, empty, tmp_path):
    code, out, _err = crm("import", sheet, "--dry-run", "--plan", tmp_path / "plan.json", "--json")
    told = json.loads(out)
    assert (code, told["dry_run"], told["set_id"]) == (0, True, None)
    assert now() == empty
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert [row["number"] for row in plan["rows"]] == [2, 3, 4]
    assert plan["counts"] == told["counts"]
    assert {"code", "old", "new", "label"} <= set(plan["rows"][0]["changes"][0])
    assert json.loads(crm("import", sheet, "--json")[1])["counts"] == told["counts"]


@pytest.mark.parametrize(("line", "steps"), [("import\n", 1), ("", 0), ("\n", 0), ("nonsense\n", 0)])
def test_a_plan_that_was_tried_out_waits_for_a_word(crm, sheet, now, empty, monkeypatch, line, steps):
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    code, out, err = crm("import", sheet, "--dry-run", "--wait", "--json")
    told = [json.loads(each) for each in out.splitlines()]
    assert (code, err) == (0, "")
    assert [each["dry_run"] for each in told] == [True, False][: 1 + steps]
    assert len({json.dumps(each["counts"]) for each in told}) == 1
    if steps:
        assert now() != empty
        assert crm("undo", told[1]["set_id"])[0] == 0
    assert now() == empty


@pytest.mark.parametrize("rest", [[], ["--dry-run"], ["--json"]])
def test_a_plan_waits_only_for_who_can_tell_it_to_go(crm, sheet, now, empty, rest):
    code, out, err = crm("import", sheet, "--wait", *rest)
    assert (code, out, err.strip()) == (1, "", "--wait works together with --dry-run and --json. Add both.")
    assert now() == empty


class Waiting:
    """A standard input at which something is done before the word comes."""

    def __init__(self, meanwhile):
        self.readline = lambda: (meanwhile(), "import\n")[1]


def test_data_that_changed_while_a_plan_waited_are_compared_again(crm, sheet, folder, monkeypatch):
    monkeypatch.setattr("sys.stdin", Waiting(lambda: run(["import", str(sheet), "--data", str(folder.path)])))
    _code, out, _err = crm("import", sheet, "--dry-run", "--wait", "--json")
    told = [json.loads(each) for each in out.splitlines() if each.startswith("{")]
    assert [(each["counts"]["create"], each["prepared_again"]) for each in told] == [(3, False), (0, True)]


def test_new_fields_of_a_plan_that_waited_are_made_once(crm, sheet, tmp_path, monkeypatch, now):
    monkeypatch.setattr("sys.stdin", io.StringIO("import\n"))
    codes = ["account.name", "contact.full_name", "new:contact:text:头衔"]
    (tmp_path / "mapping.json").write_text(json.dumps(codes), encoding="utf-8")
    assert crm("import", sheet, "--mapping", tmp_path / "mapping.json", "--dry-run", "--wait", "--json")[0] == 0
    assert [each["zh"] for each in json.loads(now())["custom_field"]] == ["头衔"]


def test_importing_twice_changes_nothing(crm, sheet, now):
    crm("import", sheet)
    first = now()
    told = json.loads(crm("import", sheet, "--json")[1])
    assert (told["counts"]["same"], told["counts"]["create"], told["counts"]["update"]) == (3, 0, 0)
    assert now() == first


def test_rows_with_problems_are_told_and_written_to_a_workbook(crm, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(SHEET + "," * 5 + "nobody at all\n", encoding="utf-8")
    code, _out, err = crm("import", file, "--errors", tmp_path / "errors.xlsx")
    assert code == 1
    assert "Row 5" in err
    told = json.loads(crm("inspect", tmp_path / "errors.xlsx", "--json")[1])
    assert told["rows"] == 2, "the header and the one row"


def test_progress_is_told_as_lines_of_json(crm, sheet):
    code, _out, err = crm("import", sheet, "--progress", "--json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert code == 0
    assert lines
    assert all(set(line) == {"done", "total", "note"} for line in lines)


def test_a_mapping_by_header_and_options_from_a_file(crm, tmp_path, now):
    file = tmp_path / "odd.csv"
    file.write_text("x,y,z\nABC有限公司,张三,secret\n", encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"x": "account.name", "y": "contact.full_name"}), encoding="utf-8")
    assert crm("import", file, "--header-row", 1, "--mapping", mapping)[0] == 0
    assert "secret" not in now()
    crm("undo")
    options = tmp_path / "options.json"
    columns = ["account.name", "contact.full_name", "contact.note"]
    options.write_text(json.dumps({"header_row": 1, "columns": columns, "tags": ["展会"]}), encoding="utf-8")
    assert crm("import", file, "--options", options)[0] == 0
    assert "secret" in now()
    assert "展会" in now()


def test_keys_and_mode(crm, sheet, now):
    told = json.loads(crm("import", sheet, "--mode", "update", "--match", "mobile,email,name+company", "--json")[1])
    assert told["counts"]["left_out"] == 3
    code, _out, err = crm("import", sheet, "--match", "shoe size")
    assert code == 1
    assert "shoe size" in err


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.xlsx", None),
        ("empty.csv", b""),
        ("text.xlsx", "客户名单".encode()),
        ("locked.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
        ("strange.csv", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_sentence(crm, tmp_path, now, empty, name, content, lang):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    for verb in ("import", "inspect"):
        code, out, err = crm(verb, file, "--json", lang=lang)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
    assert now() == empty


def test_a_mapping_that_cannot_be_used_is_told(crm, sheet, tmp_path, now, empty):
    mapping = tmp_path / "mapping.json"
    for text in ("no json", '{"planet": "account.name"}', '"account.name"', '["account.name", "account.name"]'):
        mapping.write_text(text, encoding="utf-8")
        assert crm("import", sheet, "--mapping", mapping)[0] == 1
    assert now() == empty


def test_inspect_tells_sheets_header_rows_and_columns(crm, sheet):
    told = json.loads(crm("inspect", sheet, "--json")[1])
    assert (told["header_row"], told["rows"]) == (1, 4)
    targets = {each["header"]: each["target"] for each in told["columns"]}
    assert (targets["公司名称"], targets["手机"]) == ("account.name", "contact.mobile")
    assert told["first_rows"][1]["cells"][1] == "张三"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_comes_back_unchanged(folder, capsys, workspace, tmp_path, ending):
    """IMP-X4."""
    sample.documents(workspace)
    before = dump.text(workspace)
    workspace.close()
    file = tmp_path / f"out.{ending}"
    common = ["--data", str(folder.path), "--lang", "en", "--json"]
    assert run(["export", "contacts", str(file), *common]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] >= 2
    assert run(["import", str(file), *common]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert (counts["create"], counts["update"], counts["problem"]) == (0, 0, 0)
    assert run(["dump", str(tmp_path / "now.json"), *common[:-1]]) == 0
    assert (tmp_path / "now.json").read_text(encoding="utf-8") == before


def test_an_export_can_be_narrowed_and_needs_a_known_ending(crm, sheet, tmp_path):
    crm("import", sheet)
    told = json.loads(crm("export", "contacts", tmp_path / "out.csv", "--filter", "nordwind", "--json")[1])
    assert told["rows"] == 1
    code, _out, err = crm("export", "contacts", tmp_path / "out.doc")
    assert code == 1
    assert ".xlsx" in err
